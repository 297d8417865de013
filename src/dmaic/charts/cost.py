"""The cost of churn: what each category costs a year, the dearest first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dmaic import number
from dmaic.charts import style
from dmaic.charts.bars import tick
from dmaic.charts.ranked import MOST, ROW, Rank, draw_ranked
from dmaic.money.cost import YEAR, CostResult, SegmentCost
from dmaic.result import Result
from dmaic.text import OTHER, plural

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def draw(result: Result) -> Figure:
    """The chart of the cost of churn.

    Args:
        result: a `CostResult`.

    Raises:
        TypeError: it is another result.
    """
    if not isinstance(result, CostResult):
        raise TypeError(f"not a cost result: {type(result).__name__}")
    with style.style():
        return _draw(result)


def _draw(result: CostResult) -> Figure:
    ranks = _ranks(result)
    figure = style.make_figure(9.5, 1.9 + ROW * max(len(ranks), 3))
    axes = figure.subplots()
    prefix = "$" if result.currency == "USD" else ""
    money = f" ({result.currency})" if result.currency else ""
    draw_ranked(axes, ranks, heading=f"lost annualised revenue{money}, with its 95 % interval")
    axes.xaxis.set_major_formatter(lambda figure, _: tick(figure, prefix))
    style.frame(figure, headline(result), _facts(result), ())
    return figure


def headline(result: CostResult) -> str:
    """The finding in one sentence.

    Args:
        result: what was found.
    """
    loss = number.money(result.annual_loss, result.currency, brief=True)
    first = result.segments[0] if len(result.segments) > 1 else None
    if first is None or not first.share:
        return f"Churn costs {loss} a year"
    share = f"{100 * first.share:.1f} % of it"
    return f"Churn costs {loss} a year; {style.shown(first.name, 40)}: {share}"


def _facts(result: CostResult) -> list[str]:
    window = f"{result.first_month} to {result.last_month}"
    if result.months != YEAR:
        window += f", {plural(result.months, 'month')} scaled to a year"
    cash = number.money(result.cash_loss, result.currency, brief=True)
    return [
        f"Run-rate: 12 x the MRR lost ({window}). In cash {cash} stay away within the year.",
        f"{result.customers_lost:,} {result.unit} lost, {number.percent(result.monthly_churn)} % "
        f"a month; definition: {result.definition.name}; {style.shown(result.inputs.source, 60)}",
    ]


def _ranks(result: CostResult) -> list[Rank]:
    lines: Sequence[SegmentCost] = result.segments or (result.whole,)
    shown = lines if len(lines) <= MOST else lines[: MOST - 1]
    rest = lines[len(shown) :]
    ranks = [
        Rank(
            each.name,
            each.annual_loss,
            _label(each.annual_loss, each.share, result),
            each.annual_low,
            each.annual_high,
            strong=at == 0 and bool(result.segments),
        )
        for at, each in enumerate(shown)
    ]
    if rest:
        loss = sum(each.annual_loss for each in rest)
        share = loss / result.annual_loss if result.annual_loss else None
        name = f"{OTHER} ({len(rest)})"
        ranks.append(Rank(name, loss, _label(loss, share, result), rest=True))
    return ranks


def _label(loss: float, share: float | None, result: CostResult) -> str:
    told = number.money(loss, result.currency, brief=True)
    return f"{told} · {100 * share:.1f} %" if share is not None and result.segments else told
