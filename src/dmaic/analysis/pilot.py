"""Which customers are in a pilot and which are its control group, as a column tells."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dmaic.errors import UsageError, suggest
from dmaic.result import Finding
from dmaic.stats.compare.side import Count
from dmaic.text import BLANK, folded, name_list, printable

_PILOT = frozenset(
    {"1", "exposed", "on", "pilot", "t", "test", "treated", "treatment", "true", "y", "yes"}
)
_CONTROL = frozenset(
    {"0", "control", "f", "false", "holdout", "n", "no", "none", "not pilot", "off", "untreated"}
)

Counts = Mapping[tuple[str, ...], Count]
"""Category, of which the first part is what the pilot's column holds -> at risk and lost."""


@dataclass(frozen=True, slots=True)
class Groups:
    """Values of the pilot's column.

    Attributes:
        pilot: those in the pilot.
        control: those they are compared with.
    """

    pilot: tuple[str, ...]
    control: tuple[str, ...]

    def of(self, counts: Counts, values: Iterable[str]) -> dict[str, Count]:
        """Counts of one group by segment.

        Args:
            counts: of all.
            values: of the group.
        """
        found: dict[str, Count] = {}
        chosen = set(values)
        for category, count in counts.items():
            if category[0] in chosen:
                name = " / ".join(category[1:]) or "all"
                there = found.get(name, Count(0, 0))
                found[name] = Count(there.at_risk + count.at_risk, there.churned + count.churned)
        return found


def find_groups(counts: Counts, column: str, pilot_is: Sequence[str], source: str) -> Groups:
    """Which values mean the pilot.

    Args:
        counts: of all categories.
        column: of the pilot.
        pilot_is: values that mean the pilot; none finds it out from words such as yes and no.
        source: name of the export.

    Raises:
        UsageError: `compare.pilot`, there is no such value; `compare.one-group`, only one group is
            there; `compare.which-pilot`, it cannot be told which value means the pilot.
    """
    sizes: dict[str, int] = {}
    for category, count in counts.items():
        if category[0] != BLANK:
            sizes[category[0]] = sizes.get(category[0], 0) + count.at_risk
    known = {name: size for name, size in sizes.items() if size}
    name = printable(column, 60)
    if len(known) < 2:
        only = f"only {name_list(list(known))}" if known else "nothing"
        raise UsageError(
            f'"{name}" holds {only} among those at risk, so there is no group to compare with.',
            "compare.one-group",
            "Write who is in the pilot and who is in the control group, such as Yes and No; blank "
            "cells belong to neither.",
            source,
        )
    if pilot_is:
        return _named(known, name, pilot_is)
    yes = [each for each in known if folded(each) in _PILOT]
    no = [each for each in known if folded(each) in _CONTROL]
    if len(known) == 2 and (yes or no) and len(yes) < 2 and len(no) < 2:
        pilot = yes or [each for each in known if each not in no]
        return Groups(tuple(pilot), tuple(each for each in known if each not in pilot))
    raise UsageError(
        f'"{name}" holds {name_list(sorted(known), 8)}, and it is not said which of them means '
        "the pilot.",
        "compare.which-pilot",
        f'Name it: --pilot-is "{printable(min(known), 40)}"; all others are then the control '
        "group.",
        source,
    )


def _named(known: Mapping[str, int], column: str, pilot_is: Sequence[str]) -> Groups:
    loose: dict[str, list[str]] = {}
    for each in known:
        loose.setdefault(folded(each), []).append(each)
    pilot: list[str] = []
    for word in pilot_is:
        near = [word] if word in known else loose.get(folded(word), [])
        if len(near) != 1:
            raise UsageError(
                f'--pilot-is "{printable(word, 60)}": "{column}" '
                + (f"holds {name_list(near)}." if near else "has no such value."),
                "compare.pilot",
                suggest(word, known) or f"It holds {name_list(sorted(known), 8)}.",
            )
        pilot += near
    control = tuple(each for each in known if each not in pilot)
    if not control:
        raise UsageError(
            "--pilot-is names all values, so there is no control group.",
            "compare.one-group",
            "Name those of the pilot only.",
        )
    return Groups(tuple(dict.fromkeys(pilot)), control)


def label(values: Sequence[str]) -> str:
    """What a group is called."""
    return " or ".join(values) if len(values) < 3 else f"{values[0]} and {len(values) - 1} more"


def blank_out(counts: Counts) -> Finding | None:
    """Customers of whom it is not known whether they are in the pilot."""
    blank = sum(each.at_risk for category, each in counts.items() if category[0] == BLANK)
    if not blank:
        return None
    whole = sum(each.at_risk for each in counts.values())
    return Finding(
        code="blank-left-out",
        level="warning",
        message=f"Of {100 * blank / whole:.1f} % of those at risk it is not told whether they are "
        "in the pilot; they are in neither group.",
        hint="Fill the column in where it is known.",
    )
