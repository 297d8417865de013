"""How a Pareto comparison is shown: the periods side by side, then the changes."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dmaic import number
from dmaic.cli.render.view import Column, Mark, View
from dmaic.result import Reply
from dmaic.stats.pareto import ComparisonRow, ParetoComparison
from dmaic.stats.pareto_word import (
    amount,
    change_words,
    comparison_facts,
    label,
    prefix,
    row_label,
    title,
    vital_words,
)
from dmaic.text import BLANK

_ENDS = 50
"""What the columns of the first and the last period are worth more than those between."""


def views(result: Reply) -> tuple[View, ...]:
    """One table with all periods.

    Args:
        result: a `ParetoComparison`.

    Raises:
        TypeError: it is another result.
    """
    if not isinstance(result, ParetoComparison):
        raise TypeError(f"not a Pareto comparison: {type(result).__name__}")
    rows = result.rows
    first, last = result.periods[0], result.periods[-1]
    marks: list[Mark] = ["other" if row.other else "plain" for row in rows]
    vital = {row.category for row in result.results[0].rows if row.vital_few}
    for index, row in enumerate(rows):
        if row.category in vital and not row.other:
            marks[index] = "vital"
    names = [row_label(row) for row in rows]
    words = change_words(result)
    view = View(
        title=f"{title(result.results[0])}: {first} to {last}",
        facts=comparison_facts(result),
        columns=(
            Column(label(result.by), (*names, "Total"), keep=200, name=True),
            *_periods(result),
            *_changes(result),
        ),
        marks=(*marks, "total"),
        blank=frozenset(i for i, row in enumerate(rows) if BLANK in row.category),
        vital=f"{vital_words(result.results[0])} in {first}",
        verdict=f"{words[0].upper()}{words[1:]}.",
        notes=(f"Changes are {last} minus {first}; shares and rates change in percentage points.",),
    )
    return (view,)


def _periods(result: ParetoComparison) -> list[Column]:
    columns = []
    money = result.measure == "value"
    sign = prefix(result.currency) if money else ""
    heading = "churned" if result.measure == "customers" else "lost" if money else result.measure
    for i, period in enumerate(result.periods):
        cells = [*(row.cells[i] for row in result.rows), result.totals[i]]
        # Ends first, then the latest periods: those people ask about.
        worth = _ENDS if i in (0, len(result.periods) - 1) else 0
        worth += i - len(result.periods)
        figures = [amount(result, cell) for cell in cells]
        places = number.places(figures, money=money)
        texts = tuple(number.amount(figure, places=places, prefix=sign) for figure in figures)
        short: tuple[str, ...] = ()
        if any(abs(figure or 0) >= 10_000 for figure in figures):
            short = tuple(number.compact(figure, prefix=sign) for figure in figures)
        columns += [
            Column(heading, texts, short, group=period, keep=100 + worth),
            _percents("share %", [cell.share for cell in cells], period, keep=40 + worth),
            _percents("rate %", [cell.rate for cell in cells], period, keep=60 + worth),
        ]
    return [column for column in columns if set(column.cells) - {number.DASH}]


def _percents(heading: str, fractions: Sequence[float | None], period: str, *, keep: int) -> Column:
    return Column(heading, tuple(map(number.percent, fractions)), group=period, keep=keep)


def _changes(result: ParetoComparison) -> list[Column]:
    money = result.measure == "value"
    first, last = result.totals[0], result.totals[-1]
    before, after = amount(result, first), amount(result, last)
    total = None if before is None or after is None else after - before
    figures = [*(row.change for row in result.rows), total]
    places = number.places(figures, money=money)
    sign = prefix(result.currency) if money else ""
    changed = tuple(
        number.amount(figure, places=places, prefix=sign, sign=True) for figure in figures
    )
    rate = None if first.rate is None or last.rate is None else last.rate - first.rate

    def texts(show: Callable[[ComparisonRow], str], end: str) -> tuple[str, ...]:
        return (*(show(row) for row in result.rows), end)

    columns = [
        Column("count" if not money else "value", changed, group="change", keep=145),
        Column(
            "share", texts(lambda row: number.percent(row.change_share, sign=True), ""),
            group="change", keep=80,
        ),
        Column(
            "rate",
            texts(lambda row: number.percent(row.change_rate, sign=True),
                  number.percent(rate, sign=True)),
            group="change", keep=130,
        ),
        Column(
            "95 % int.",
            texts(lambda row: number.interval(row.change_rate_low, row.change_rate_high), ""),
            group="change", keep=85,
        ),
    ]  # fmt: skip
    return [column for column in columns if set(column.cells) - {number.DASH, ""}]
