"""What the things in a Pareto analysis are called."""

from __future__ import annotations

from collections.abc import Sequence

from dmaic.stats.pareto import ComparisonRow, ParetoResult, ParetoRow
from dmaic.text import plural

PEOPLE = ("customers", "subscriptions", "rows")
"""Units that churn; any other is the name of a column of counts."""


def label(category: Sequence[str]) -> str:
    """A category as one text: the values of its columns, parted by a slash."""
    return " / ".join(category)


def row_label(row: ParetoRow | ComparisonRow) -> str:
    """A row's category as one text; of "Other" also how many it holds."""
    if not row.other:
        return label(row.category)
    # "Other" holds the same word in every column.
    name = row.category[0]
    return f"{name} ({plural(row.folded, 'category', 'categories')})" if row.folded else name


def title(result: ParetoResult) -> str:
    """What is shared out, and by what: `Churned customers by segment`."""
    what = measured(result)
    if result.measure == "customers" and result.unit in PEOPLE:
        what = what.capitalize()
    return f"{what} by {label(result.by)}"


def noun(result: ParetoResult) -> str:
    """What is counted, plural: `churned customers`, or the name of a count column."""
    return f"churned {result.unit}" if result.unit in PEOPLE else result.unit


def measured(result: ParetoResult) -> str:
    """What the shares are of, in words."""
    if result.measure == "customers":
        return noun(result)
    return valued(result) if result.measure == "value" else result.measure


def valued(result: ParetoResult) -> str:
    """The value column in words: `mrr lost`, or its bare name beside a column of counts."""
    name = result.value_name or "value"
    return f"{name} lost" if result.unit in PEOPLE else name


def prefix(currency: str | None) -> str:
    """The sign in front of an amount: only the dollar has one, other currencies are headings."""
    return "$" if currency == "USD" else ""


def vital_words(result: ParetoResult) -> str:
    """What the marked rows are: vital few only where there is a Pareto effect."""
    if result.concentration.effect:
        return "vital few"
    return f"reach {result.cutoff:g} %" + (" of excess" if result.rank_by == "excess" else "")


def joined(words: Sequence[str]) -> str:
    """Words as a list in a sentence: `a, b and c`."""
    if len(words) < 2:
        return "".join(words)
    return ", ".join(words[:-1]) + " and " + words[-1]
