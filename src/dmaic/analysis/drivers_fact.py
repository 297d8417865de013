"""What the rows hold of each candidate: whether it tells something, and not who has left."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import isfinite
from typing import TYPE_CHECKING, Any

from dmaic.analysis.drivers_column import TABLE, Candidate
from dmaic.errors import DataError
from dmaic.result import Finding
from dmaic.stats.drivers.result import LeftOut
from dmaic.text import name_list, printable

if TYPE_CHECKING:
    from dmaic.churn.table import ChurnTable

Ask = Callable[[str], list[tuple[Any, ...]]]

MOST_LEVELS = 30
"""A candidate with more categories is a name, not a category."""

MOST_NAMED = 200
"""The same of one that a person named."""

RARE = 10
"""Categories of fewer customers are taken together, where a person did not name the column."""

GROWS = 0.7
"""Correlation with the time as a customer from which on a number is a matter of that time."""

_SURE = 50
"""Rows from which on a column that tells all the lost from all others is none by chance."""


@dataclass(frozen=True, slots=True)
class Facts:
    """A candidate as the rows hold it.

    Attributes:
        candidate: which.
        levels: of a category: (label or None for blank, customers, lost), largest first; empty
            where there are too many.
        distinct: how many different values.
        filled, filled_lost: customers with a value, and lost ones.
        parts: of a number: the lost and the others do not overlap.
        whole: of a number: all are whole.
        grows: of a number: its correlation with the time as a customer; None where not known.
    """

    candidate: Candidate
    levels: tuple[tuple[str | None, float, float], ...]
    distinct: int
    filled: float
    filled_lost: float
    parts: bool = False
    whole: bool = False
    grows: float | None = None


def look_at(table: ChurnTable, every: Sequence[Candidate]) -> Iterator[Facts]:
    """What the rows hold of each candidate."""
    ask = table.engine.rows
    for at, each in enumerate(every):
        v = f"v{at}"
        ((distinct, filled, gone),) = ask(
            f"SELECT count(DISTINCT {v}), coalesce(sum(n) FILTER ({v} IS NOT NULL), 0),"
            f" coalesce(sum(n) FILTER (lost AND {v} IS NOT NULL), 0) FROM {TABLE}"
        )
        facts = Facts(each, (), int(distinct), float(filled), float(gone))
        if each.number:
            ((lo, hi, other_lo, other_hi, whole),) = ask(
                f"SELECT min({v}) FILTER (lost), max({v}) FILTER (lost),"
                f" min({v}) FILTER (NOT lost), max({v}) FILTER (NOT lost),"
                f" bool_and({v} = trunc({v})) FROM {TABLE}"
            )
            grows = None
            apart = None not in (lo, other_lo) and (lo > other_hi or hi < other_lo)
            if None not in (lo, other_lo):
                grows = _correlation(ask, v, min(lo, other_lo), max(hi, other_hi))
            facts = replace(facts, parts=apart, whole=bool(whole), grows=grows)
        elif distinct <= MOST_NAMED:
            rows = ask(
                f"SELECT {v}, sum(n), coalesce(sum(n) FILTER (lost), 0) FROM {TABLE}"
                f" GROUP BY {v} ORDER BY 2 DESC, 1"
            )
            levels = tuple((label, float(n), float(lost)) for label, n, lost in rows)
            facts = replace(facts, levels=levels)
        yield facts


def _correlation(ask: Ask, v: str, low: float, high: float) -> float | None:
    """With the time as a customer; both as parts of their range, so that no square overflows."""
    ((first, last),) = ask(f"SELECT min(life), max(life) FROM {TABLE}")
    if first is None or first == last or low == high or not isfinite(high - low):
        return None
    ((found,),) = ask(
        f"SELECT corr({v} / {high - low!r} - {low / (high - low)!r},"
        f" (life - {first!r}) / {last - first!r}) FROM {TABLE}"
    )
    return None if found is None or not isfinite(found) else float(found)


def sort_out(facts: Facts, rows: float, lost: float) -> tuple[str, str] | None:
    """Why a candidate is none: it tells nothing, or who has left; None where it is one.

    Args:
        facts: about it.
        rows: customers.
        lost: those of them who are lost.

    Raises:
        DataError: the same of one that a person named, where nothing can be made of it.
    """
    each = facts.candidate
    name = f'"{printable(each.name, 60)}"'
    why: tuple[str, str] | None = None
    blank = rows - facts.filled
    stay = rows - lost
    if not facts.filled:
        why = "blank", "holds blanks only"
    elif facts.distinct == 1 and (each.number or not blank):
        why = "constant", "one value only"
    elif facts.filled_lost == facts.filled and lost and stay:
        why = "lost-only", "is filled in for lost customers only"
    elif not each.number and facts.distinct > (MOST_NAMED if each.named else MOST_LEVELS):
        why = "many-levels", f"{facts.distinct:,} different texts: a name rather than a category"
    if each.named and why is not None:
        raise DataError(
            f"{name} can be no term: {why[1]}.",
            "drivers.no-term",
            "Leave it out"
            + (", or take its bands or periods." if why[0] == "many-levels" else "."),
            column_of(each),
        )
    if each.named or why is not None:
        return why
    if each.number and facts.whole and each.identity and facts.distinct > MOST_LEVELS:
        return "identity", "figures that are names, by its header"
    if each.number and (facts.grows or 0.0) >= GROWS:
        return "time", (
            "grows with time as a customer, as all they ever paid does, and that ends when they "
            "leave; --term takes it in"
        )
    if each.number and blank > rows / 2:
        return "blank", f"blank for {100 * blank / rows:.0f} % of the rows"
    if min(lost, stay) >= RARE and rows >= _SURE and _tells(facts, lost, stay):
        return "tells-churn", (
            "tells every lost customer from every other, as only what is written when they leave "
            "does; --term takes it in"
        )
    return None


def column_of(each: Candidate) -> str:
    """Where a problem of a candidate is."""
    return f"--term {printable(each.name, 60)}"


def _tells(facts: Facts, lost: float, stay: float) -> bool:
    """Whether it alone tells (nearly) every lost customer from the others."""
    if facts.candidate.number:
        return facts.parts
    wrong = sum(min(gone, n - gone) for _, n, gone in facts.levels)
    return wrong <= 0.001 * min(lost, stay)


def leaks(left: Sequence[LeftOut]) -> Iterator[Finding]:
    """Columns that were set aside because only the lost have them."""
    told = [each for each in left if each.why in ("lost-only", "tells-churn", "named-so")]
    if told:
        yield Finding(
            code="leaks-churn",
            level="info" if all(each.why == "lost-only" for each in told) else "warning",
            message="Columns that are, or may be, written when customers leave are not looked at: "
            f"{name_list([each.name for each in told], 8)}.",
            hint="They would explain churn by themselves. --term COL takes one in.",
            count=len(told),
        )
