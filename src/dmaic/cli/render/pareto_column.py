"""The columns of a Pareto table: bar and figures, the ranking measure first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from dmaic import number
from dmaic.cli.render.view import Column
from dmaic.stats.pareto import ParetoResult, ParetoRow
from dmaic.stats.pareto_word import PEOPLE, prefix, valued


def columns(result: ParetoResult, *, total: bool) -> list[Column]:
    """All columns but the names; those that nothing is known for are left out.

    Args:
        result: what is shown.
        total: whether a row of totals follows the categories.
    """
    rows = result.rows
    shares: list[float | None] = [row.share for row in rows]
    lengths = [row.excess for row in rows] if result.rank_by == "excess" else shares
    longest = max((length for length in lengths if length is not None), default=0.0)
    bars = tuple(max(0.0, (length or 0.0) / longest) if longest > 0 else 0.0 for length in lengths)
    counts = "churned" if result.unit in PEOPLE else result.unit
    money = "lost" if result.unit in PEOPLE else valued(result)
    if result.currency not in (None, "USD"):
        money = f"{result.currency} {money}"
    count = _amounts(
        counts,
        [*(row.churned for row in rows), *([result.total_churned] if total else [])],
        keep=90 if result.measure == "customers" else 65,
    )
    value = _amounts(
        "value " + money if money == "lost" else money,
        [*(row.value for row in rows), *([result.total_value] if total else [])],
        keep=90 if result.measure == "value" else 70,
        sign=prefix(result.currency),
        money=True,
        short_title=money,
    )
    shown = [
        _percents("share %", shares, keep=88, last=1.0, total=total),
        _percents("cum. %", [row.cumulative_share for row in rows], keep=86, total=total),
    ]
    counted = _percents(
        f"{counts} %", [row.share_churned for row in rows], keep=38, last=1.0, total=total
    )
    worth = _percents("value %", [row.share_value for row in rows], keep=40, last=1.0, total=total)
    if result.measure == "customers":
        figures = [count, *shown, value, worth]
    elif result.measure == "value":
        figures = [value, *shown, count, counted]
    else:
        measured = _amounts(
            result.measure,
            [*(row.measured for row in rows), *([result.total_measured] if total else [])],
            keep=90,
        )
        figures = [measured, *shown, count, counted, value, worth]
    bar = Column("", bar=(*bars, *([0.0] if total else [])), keep=60)
    made = [bar, *figures, *_rates(result, total=total)]
    return [column for column in made if column.bar or set(column.cells) - {number.DASH, ""}]


def _rates(result: ParetoResult, *, total: bool) -> list[Column]:
    rows = result.rows
    average = None
    if result.total_exposure:
        average = result.total_churned / result.total_exposure
    ranked = result.rank_by == "excess"
    tail = ("",) if total else ()
    sign = prefix(result.currency)

    def texts(show: Callable[[ParetoRow], str]) -> tuple[str, ...]:
        return (*(show(row) for row in rows), *tail)

    exposure = [*(row.exposure for row in rows), *([result.total_exposure] if total else [])]
    excess = _amounts(
        "excess", [row.excess for row in rows], keep=95 if ranked else 28, plus=True, decimals=1
    )
    above = _amounts(
        "excess value",
        [row.excess_value for row in rows],
        keep=18,
        sign=sign,
        money=True,
        plus=True,
    )
    return [
        _amounts("at risk", exposure, keep=15),
        _percents("rate %", [row.rate for row in rows], keep=50, last=average, total=total),
        Column("95 % int.", texts(lambda row: number.interval(row.rate_low, row.rate_high)),
               keep=35),
        Column("rel. risk", texts(lambda row: number.ratio(row.relative_risk)), keep=30),
        Column("risk int.", texts(lambda row: number.interval(
            row.relative_risk_low, row.relative_risk_high, scale=1)), keep=20),
        replace(excess, cells=excess.cells + tail, short=_longer(excess.short, tail)),
        replace(above, cells=above.cells + tail, short=_longer(above.short, tail)),
    ]  # fmt: skip


def _longer(cells: tuple[str, ...], tail: tuple[str, ...]) -> tuple[str, ...]:
    return cells + tail if cells else ()


def _percents(
    heading: str,
    fractions: Sequence[float | None],
    *,
    keep: int,
    last: float | None = None,
    total: bool,
) -> Column:
    cells = [number.percent(fraction) for fraction in fractions]
    if total:
        cells.append("" if last is None or not set(cells) - {number.DASH} else number.percent(last))
    return Column(heading, tuple(cells), keep=keep)


def _amounts(
    heading: str,
    figures: Sequence[float | None],
    *,
    keep: int,
    sign: str = "",
    money: bool = False,
    plus: bool = False,
    short_title: str = "",
    decimals: int | None = None,
) -> Column:
    places = number.places(figures, money=money) if decimals is None else decimals
    cells = tuple(
        number.amount(figure, places=places, prefix=sign, sign=plus) for figure in figures
    )
    short: tuple[str, ...] = ()
    if any(figure is not None and abs(figure) >= 10_000 for figure in figures):
        short = tuple(number.compact(figure, prefix=sign, sign=plus) for figure in figures)
    return Column(heading, cells, short, short_title, keep=keep)
