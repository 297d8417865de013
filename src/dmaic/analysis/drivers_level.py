"""A candidate as a variable of the model: its levels, the rare ones together, and the reference."""

from __future__ import annotations

from collections.abc import Sequence

from dmaic.analysis.drivers_fact import RARE, Facts
from dmaic.churn.clean.word import NO
from dmaic.errors import UsageError, suggest
from dmaic.stats.drivers.pattern import Variable, choose_reference
from dmaic.text import BLANK, OTHER, name_list, printable


def variable(facts: Facts, chosen: str | None) -> tuple[Variable, tuple[str, ...], list[str]]:
    """A candidate as a variable of the model.

    Args:
        facts: about it.
        chosen: the reference that a person named, or None.

    Returns:
        The variable, the rare categories that were taken together, and for each level in SQL's
        order of `facts.levels` the name of the variable's level.

    Raises:
        UsageError: `drivers.reference`, there is no such level.
    """
    each = facts.candidate
    if each.number:
        if chosen is not None:
            raise UsageError(
                f'"{printable(each.name, 60)}" is a number and has no reference level.',
                "drivers.reference",
                f"Take it in bands: --term {printable(each.name, 40)}:quartiles.",
            )
        return Variable(each.name, named=each.named), (), []
    names = [BLANK if label is None else label for label, _, _ in facts.levels]
    rare = [
        name
        for name, (label, n, _) in zip(names, facts.levels, strict=True)
        if n < RARE and label is not None
    ]
    fold = rare if len(rare) > 1 and not each.named and len(names) - len(rare) >= 1 else []
    other = OTHER if OTHER not in names or OTHER in fold else f"{OTHER} (few)"
    to = [other if name in fold else name for name in names]
    counts: dict[str, float] = {}
    for name, (_, n, _) in zip(to, facts.levels, strict=True):
        counts[name] = counts.get(name, 0.0) + n
    levels = tuple(sorted(counts, key=lambda name: _order(name, each.order)))
    if chosen is not None and chosen not in levels:
        same = [name for name in levels if name.casefold() == chosen.casefold()]
        if len(same) != 1:
            raise UsageError(
                f'--reference names "{printable(chosen, 40)}", which is no level of '
                f'"{printable(each.name, 60)}".',
                "drivers.reference",
                f"{suggest(chosen, levels)} They are {name_list(levels)}.".strip(),
            )
        chosen = same[0]
    if chosen is not None:
        reference = levels.index(chosen)
    else:
        reference = choose_reference(levels, [counts[name] for name in levels], sorted(NO))
    return Variable(each.name, levels, reference, each.named), tuple(fold), to


def _order(name: str, order: Sequence[str]) -> tuple[bool, int, str]:
    return name in (BLANK, OTHER), order.index(name) if name in order else len(order), name
