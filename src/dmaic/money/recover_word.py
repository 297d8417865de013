"""A recovery in words and tables: run-rate, cash, ranges, and what moves them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from dmaic import number
from dmaic.block import Block, Cells, Fields, Heading, Note, Table
from dmaic.money import range_word
from dmaic.text import plural, printable

if TYPE_CHECKING:
    from dmaic.money.quantity import Quantity
    from dmaic.money.recover import RecoveredMonth, RecoverResult

_SHOWN = 25
"""Months that are shown one by one."""


def answer(result: RecoverResult) -> tuple[Block, ...]:
    """The sentence that answers, and the tables.

    Args:
        result: what is told.
    """
    blocks: list[Block] = [
        Heading("Recovered revenue: the estimate", 1),
        Note(result.sentence, strong=True),
    ]
    if result.segments:
        blocks += [Heading("Run-rate, a year"), Fields(tuple(_run_rate(result)))]
        if len(result.segments) > 1:
            blocks.append(_segments(result))
    blocks += [
        Heading(f"Cash, {plural(result.horizon, 'month')}"),
        Fields(tuple(_cash(result))),
    ]
    blocks += range_word.blocks(result.simulation, result.tornado, result.npv, result.currency)
    if len(result.solutions) > 1:
        blocks.append(_solutions(result))
    blocks.append(_months(result))
    return tuple(blocks)


def _run_rate(result: RecoverResult) -> list[tuple[str, str]]:
    money = _money(result)
    rows = [
        ("Churn costs", money(result.baseline_annual_loss)),
        (
            "of it in the segment" if len(result.segments) == 1 else "of it in the segments",
            f"{money(result.segment_annual_loss)} ({number.percent(result.segment_share_value)} % "
            f"of the money, {number.percent(result.segment_share)} % of the churned)",
        ),
        (
            "Recovered",
            f"{money(result.recovered_churn)} ({number.percent(result.recovered_share)} %)",
        ),
    ]
    if result.known_annual:
        rows.append(("Known returns, beside it", money(result.known_annual)))
    if result.win_back_annual:
        rows.append(("Won back, beside it", money(result.win_back_annual)))
    rows += [
        (
            "Logo churn, all",
            _from_to(result.overall_churn_before, result.overall_churn_after),
        ),
        (
            "Logo churn, there",
            _from_to(result.segment_churn_before, result.segment_churn_after),
        ),
    ]
    if result.revenue_churn_before is not None:
        rows.append(
            (
                "Revenue churn, all",
                _from_to(result.revenue_churn_before, result.revenue_churn_after),
            )
        )
    if result.saved_monthly is not None:
        rows.append((f"{result.unit.capitalize()} saved", f"{result.saved_monthly:,.1f} a month"))
    return rows


def _from_to(before: float | None, after: float | None) -> str:
    if before is None or after is None:
        return ""
    fall = f" ({100 * (after / before - 1):+.1f} %)" if before else ""
    return f"{100 * before:.3f} % to {100 * after:.3f} % a month{fall}"


def _cash(result: RecoverResult) -> list[tuple[str, str]]:
    money = _money(result)
    rows = [
        ("Benefit", money(result.benefit)),
        ("Cost", money(result.cost)),
        ("Net", money(result.net)),
        (
            "ROI",
            f"{_times(result.roi)}; of one year at full run-rate {_times(result.roi_run_rate)}",
        ),
        ("Payback", _payback(result)),
        (f"NPV at {100 * result.discount:.4g} % a year", money(result.npv)),
        ("IRR", _irr(result)),
    ]
    if result.cost_share_of_lifetime_value is not None and result.cost:
        rows.append(
            (
                "Cost / lifetime value",
                f"{number.percent(result.cost_share_of_lifetime_value)} % of the "
                f"{money(result.lifetime_value)} that the customers there are worth the simple way",
            )
        )
    return rows


def _times(ratio: float | None) -> str:
    return "– (no cost)" if ratio is None else number.ratio(ratio)


def _payback(result: RecoverResult) -> str:
    if not result.benefit and not result.cost:
        return "nothing to pay back"
    if result.payback_month is None:
        return f"not within {plural(result.horizon, 'month')}"
    return "at once" if result.payback_month == 0 else f"month {result.payback_month}"


def _irr(result: RecoverResult) -> str:
    if result.irr is None:
        return f"none: {result.irr_reason}"
    if result.irr > 10:
        return "more than 1,000 % a year"
    return f"{number.percent(result.irr)} % a year"


def _segments(result: RecoverResult) -> Table:
    money = _money(result)
    rows = result.segments
    return Table(
        (
            Cells("Segment", tuple(printable(each.name, 60) for each in rows), wrap=True),
            Cells("loses", tuple(money(each.annual_loss) for each in rows), right=True, keep=90),
            Cells("share %", _percents([each.share for each in rows]), right=True, keep=70),
            Cells("cut %", _percents([each.reduction for each in rows]), right=True, keep=95),
            Cells("recovered", tuple(money(each.recovered_annual) for each in rows), right=True),
            Cells("churn %", _percents([each.churn_before for each in rows]), right=True, keep=60),
            Cells("after", _percents([each.churn_after for each in rows]), right=True, keep=60),
        ),
        title="By segment, a year",
    )


def _solutions(result: RecoverResult) -> Table:
    money = _money(result)
    rows = result.solutions
    return Table(
        (
            Cells("Solution", tuple(printable(each.name, 60) for each in rows), wrap=True),
            Cells("cut", tuple(_range(each.reduction, _percent) for each in rows), right=True,
                  keep=80),
            Cells("cost", tuple(_range(each.cost, money) for each in rows), right=True, keep=70),
            Cells("a month", tuple(_range(each.running_cost, money) for each in rows), right=True,
                  keep=65),
            Cells("starts", tuple(f"{each.starts}" for each in rows), right=True, keep=50),
            Cells("ramp", tuple(f"{each.ramp}" for each in rows), right=True, keep=50),
            Cells("recovers", tuple(money(each.recovered_annual) for each in rows), right=True),
            Cells("NPV", tuple(money(each.npv) for each in rows), right=True, keep=90),
        ),
        title="Each solution alone (together they bring less where they share a segment)",
    )  # fmt: skip


def _months(result: RecoverResult) -> Table:
    rows = [each for each in result.months if _is_shown(each, result.horizon)]
    money = _money(result)
    columns = [Cells("Month", tuple(f"{each.month}" for each in rows), right=True)]
    if result.segments and rows[0].saved is not None:
        columns.append(
            Cells("saved", tuple(f"{each.saved or 0:,.1f}" for each in rows), right=True, keep=70)
        )
    columns += [
        Cells("benefit", tuple(money(each.benefit) for each in rows), right=True, keep=80),
        Cells("cost", tuple(money(each.cost) for each in rows), right=True, keep=75),
        Cells("net", tuple(money(each.net) for each in rows), right=True, keep=90),
        Cells("cumulative", tuple(money(each.cumulative) for each in rows), right=True),
    ]
    return Table(tuple(columns), title="Cash, month by month")


def _is_shown(row: RecoveredMonth, horizon: int) -> bool:
    return horizon < _SHOWN or row.month <= 12 or row.month % 12 == 0 or row.month == horizon


def _range(quantity: Quantity, told: Callable[[float | None], str]) -> str:
    if quantity.certain:
        return told(quantity.likely)
    return f"{told(quantity.low)}–{told(quantity.high)}"


def _percent(share: float | None) -> str:
    return f"{100 * (share or 0):.4g} %"


def _percents(shares: list[float]) -> tuple[str, ...]:
    return tuple(number.percent(share) for share in shares)


def _money(result: RecoverResult) -> Callable[[float | None], str]:
    # Estimates have no cents.
    return lambda figure: number.money(
        None if figure is None else round(figure) + 0.0, result.currency
    )
