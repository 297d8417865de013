"""How the retention triangle is told."""

from __future__ import annotations

from collections.abc import Sequence

from dmaic.block import Block, Cells, Heading, Note, Table
from dmaic.stats.survival.retention import CohortResult
from dmaic.text import plural

AGES = (0, 1, 2, 3, 6, 9, 12, 18, 24, 36, 48, 60)
"""Ages that are shown where there are too many to show all."""

ALL_AGES = 13
"""So many ages are all shown."""


def blocks(result: CohortResult) -> tuple[Block, ...]:
    """The sentence and the triangle."""
    told: list[Block] = [
        Heading("Retention by cohort", 1, aside=f"{result.first} to {result.last}"),
        Note(headline(result), strong=True),
        _table(result),
    ]
    if result.earlier:
        told.append(
            Note(
                f"{plural(result.earlier, result.counted[:-1], result.counted)} who signed up "
                f"before {result.first} are in no cohort: who left earlier is not known."
            )
        )
    return tuple(told)


def headline(result: CohortResult) -> str:
    """The answer in a sentence.

    Args:
        result: what was found.
    """
    share = result.average
    last = len(share) - 1
    ages = [age for age in dict.fromkeys((0, 3, min(12, last))) if 0 <= age <= last]
    parts = [
        f"{100 * share[age]:.1f} % "
        + (
            f"at the end of the {result.period} of sign-up"
            if age == 0
            else f"{plural(age, result.period)} later"
        )
        for age in ages
    ]
    listed = parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
    return f"Of new {result.counted} are left: {listed}."


def _table(result: CohortResult) -> Table:
    longest = len(result.average)
    ages = range(longest) if longest <= ALL_AGES else [age for age in AGES if age < longest]
    rows: list[tuple[str, int, Sequence[float]]] = [
        (each.cohort, each.customers, each.retention) for each in result.cohorts
    ]
    rows.append(("all", sum(each.customers for each in result.cohorts), result.average))
    columns = [
        Cells("cohort", tuple(name for name, _, _ in rows)),
        Cells(result.counted, tuple(f"{count:,}" for _, count, _ in rows), right=True),
    ]
    for place, age in enumerate(ages):
        texts = tuple(f"{100 * left[age]:.0f}" if age < len(left) else "" for _, _, left in rows)
        columns.append(Cells(str(age), texts, right=True, keep=90 - place))
    title = f"Still there, % of those who signed up, so many {result.period}s after sign-up"
    return Table(tuple(columns), title=title)


def method(result: CohortResult) -> dict[str, str]:
    """What the figures are.

    Args:
        result: what was found.
    """
    return {
        "retention": f"customers of a cohort still there at the end of the {result.period}, over "
        "all who signed up in it",
        "all": "those still there over those who signed up, of all cohorts seen so long: the "
        "cohorts in it change from column to column",
    }


def assumptions(result: CohortResult) -> tuple[str, ...]:
    """What was taken as given.

    Args:
        result: what was found.
    """
    return (
        f"From {result.first} on the export has everybody who signed up and everybody lost.",
        "Small cohorts move by chance; look at the customers of a cohort before its percentage.",
    )
