"""What the things in a Pareto analysis are called."""

from __future__ import annotations

from collections.abc import Sequence

from dmaic import number
from dmaic.stats.pareto import ComparisonRow, ParetoComparison, ParetoResult, ParetoRow, PeriodCell
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
    """What the marked rows are: vital few only where there is a Pareto effect.

    Those that are folded are counted, since the rows shown do not reach the cutoff without them.
    """
    words = "vital few"
    if not result.concentration.effect:
        words = f"together reach {result.cutoff:g} %"
        words += " of excess" if result.rank_by == "excess" else ""
    shown = sum(row.vital_few for row in result.rows)
    hidden = result.concentration.few - shown
    folded = hidden > 0 and any(row.other for row in result.rows)
    return f"{words}, with {hidden:,} more in Other" if folded else words


def joined(words: Sequence[str]) -> str:
    """Words as a list in a sentence: `a, b and c`."""
    if len(words) < 2:
        return "".join(words)
    return ", ".join(words[:-1]) + " and " + words[-1]


def facts(result: ParetoResult) -> tuple[str, ...]:
    """Source, size and filters of the analysis in a line or two."""
    counted = f"{number.amount(result.total_churned, places=_whole(result.total_churned))}"
    size = f"{counted} {noun(result)}"
    if result.total_exposure:
        rate = number.percent(result.total_churned / result.total_exposure)
        size = f"{counted} of {result.total_exposure:,} {result.unit} churned ({rate} %)"
    if result.total_value is not None:
        lost = number.amount(
            result.total_value,
            places=number.places([result.total_value], money=True),
            prefix=prefix(result.currency),
        )
        if result.currency and not prefix(result.currency):
            lost = f"{result.currency} {lost}"
        size += f" · {valued(result)}: {lost}"
    ranked = "excess churn" if result.rank_by == "excess" else measured(result)
    lines = [f"{result.inputs.source} · {size} · ranked by {ranked}"]
    if result.inputs.filters:
        lines.append(_only(result))
    return tuple(lines)


def _only(result: ParetoResult | ParetoComparison) -> str:
    """The filters, each of which begins with a word of its own: `where`, `since`, `until`."""
    said = ", ".join(result.inputs.filters)
    begins = said.startswith(("where ", "since ", "until "))
    return f"Only {said}" if begins else f"Only where {said}"


def _whole(figure: float) -> int:
    return number.places([figure])


def amount(result: ParetoComparison, cell: PeriodCell) -> float | None:
    """The figure of a cell that the shares are of."""
    if result.measure == "customers":
        return cell.churned
    return cell.value if result.measure == "value" else cell.measured


def _shown(result: ParetoComparison, figure: float | None, *, sign: bool = False) -> str:
    """An amount in a sentence."""
    money = result.measure == "value"
    text = number.amount(
        figure,
        places=number.places([figure], money=money),
        prefix=prefix(result.currency) if money else "",
        sign=sign,
    )
    named = money and result.currency and not prefix(result.currency)
    return f"{result.currency} {text}" if named else text


def _sizes(result: ParetoComparison) -> str:
    parts = []
    for period, total in ((result.periods[i], result.totals[i]) for i in (0, -1)):
        said = f"{period}: {_shown(result, amount(result, total))}"
        if total.exposure:
            said += f" of {total.exposure:,} {result.unit}"
        parts.append(said)
    return " · ".join(parts)


def comparison_facts(result: ParetoComparison) -> tuple[str, ...]:
    """Source, sizes of the first and the last period, and filters."""
    # Of two files each period is named after its file.
    lines = [] if result.split == "files" else [result.inputs.source]
    lines.append(_sizes(result))
    if result.inputs.filters:
        lines.append(_only(result))
    return tuple(lines)


def change_words(result: ParetoComparison) -> str:
    """What happened to the whole: `from 4,415 to 2,715 (-38.5 %); churn rate from ...`."""
    first, last = result.totals[0], result.totals[-1]
    before, after = amount(result, first), amount(result, last)
    said = f"from {_shown(result, before)} to {_shown(result, after)}"
    if before and after is not None:
        said += f" ({_change(after / before - 1)})"
    if first.rate is not None and last.rate is not None:
        said += f"; churn rate from {_rates(first.rate, last.rate)}"
        if first.rate:
            said += f" ({_change(last.rate / first.rate - 1)})"
    return said


def _change(fraction: float) -> str:
    """A change as a sentence says it, with one decimal: `-38.5 %`."""
    text = f"{100 * fraction:+,.1f}"
    return f"{text.lstrip('+-') if float(text.replace(',', '')) == 0 else text} %"


def _rates(before: float, after: float) -> str:
    """Two rates with one decimal, or with two where one would make them look alike."""
    low, high = f"{100 * before:.1f}", f"{100 * after:.1f}"
    if low == high and before != after:
        low, high = number.percent(before), number.percent(after)
    return f"{low} % to {high} %"
