"""The chart of a sample size: what more answers, or more customers, would tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dmaic.charts import style
from dmaic.charts.bars import tick
from dmaic.result import Result
from dmaic.stats.sampling.plan import SampleSizeResult, SampleSizeRow
from dmaic.stats.sampling.plan_block import GOOD_POWER, headline, points, rate
from dmaic.stats.sampling.plan_word import short

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

FAR = 12
"""Sizes that differ by more than this factor are drawn on a logarithmic axis."""


def draw(result: Result) -> Figure:
    """The margin, or the power, against the size of the sample; each sample asked for is a point.

    Args:
        result: a `SampleSizeResult`.

    Raises:
        TypeError: it is another result.
    """
    if not isinstance(result, SampleSizeResult):
        raise TypeError(f"not a sample size: {type(result).__name__}")
    with style.style():
        return _draw(result)


def _draw(result: SampleSizeResult) -> Figure:
    figure = style.make_figure(9.0, 5.2)
    axes = figure.subplots()
    for curve in result.curves:
        color = style.PERIODS[curve.row % len(style.PERIODS)]
        name = "" if result.is_survey else _name(result, curve.row)
        axes.plot(
            curve.n, [_height(result, value) for value in curve.value], color=color, linewidth=2,
            label=name or None, zorder=3,
        )  # fmt: skip
    for at, row in enumerate(result.rows):
        _point(axes, result, row, at)
    _frame(axes, result)
    if len(result.curves) > 1 or (result.curves and not result.is_survey):
        axes.legend(loc="lower right", frameon=False, fontsize=9)
    first, _, rest = headline(result).partition(". ")
    style.frame(figure, first.rstrip(".") + "." if rest else first, _facts(result), [])
    return figure


def _height(result: SampleSizeResult, value: float) -> float:
    return value if result.design == "mean" else 100 * value


def _name(result: SampleSizeResult, at: int) -> str:
    """The effect that a curve belongs to."""
    if result.solved == "power":
        effects = list(dict.fromkeys(row.effect for row in result.rows))
    else:
        effects = [row.effect for row in result.rows]
    effect = effects[at]
    if effect is None:
        return ""
    if result.design == "shares":
        return f"{short(result.rows[0].from_rate)} % to {rate(result, effect)} %"
    if result.design == "means":
        return f"difference {effect:.4g}"
    return f"hazard ratio {effect:.3g}"


def _point(axes: Axes, result: SampleSizeResult, row: SampleSizeRow, at: int) -> None:
    value = row.margin if result.is_survey else row.power
    if row.n is None or value is None:
        return
    height = _height(result, value)
    axes.scatter([row.n], [height], s=42, color=style.VITAL, edgecolor="white", zorder=5)
    # So many labels would lie on each other; the table has them.
    if at < 6:
        label = f"{row.n:,}"
        if result.is_survey:
            label += f" answers: {points(result, row.margin)}"
        axes.annotate(
            label, (row.n, height), (7, 7 if result.is_survey else -4),
            textcoords="offset points", fontsize=9, va="bottom" if result.is_survey else "top",
            fontweight="bold" if at == 0 else "normal", zorder=6,
        )  # fmt: skip


def _frame(axes: Axes, result: SampleSizeResult) -> None:
    if result.is_survey:
        axes.set_xlabel("answers")
        unit = "points" if result.design == "share" else "unit of the measure"
        axes.set_ylabel(f"margin, plus or minus ({unit})")
        axes.set_ylim(bottom=0)
    else:
        group = "the pilot" if result.one_group else "the control group"
        even = result.ratio == 1 and not result.one_group
        axes.set_xlabel("customers in each group" if even else f"customers in {group}")
        axes.set_ylabel("power: chance of seeing the effect (%)")
        axes.set_ylim(0, 104)
        wanted = GOOD_POWER if result.wanted_power is None else result.wanted_power
        axes.axhline(100 * wanted, color=style.INK, linestyle="--", linewidth=1, zorder=2)
        axes.annotate(
            f"{short(wanted)} %", (0, 100 * wanted), (4, 3),
            xycoords=("axes fraction", "data"), textcoords="offset points", fontsize=8.5,
            color=style.FAINT,
        )  # fmt: skip
    sizes = [row.n for row in result.rows if row.n]
    if sizes and max(sizes) > FAR * min(sizes):
        axes.set_xscale("log")
        axes.minorticks_off()
    axes.xaxis.set_major_formatter(lambda figure, _: tick(figure))
    axes.yaxis.grid(visible=True, color=style.GRID)
    axes.spines[["right"]].set_visible(False)
    style.clean(axes)


def _facts(result: SampleSizeResult) -> list[str]:
    if result.is_survey:
        told = f"{short(result.confidence)} % confidence"
        told += f"; share {short(result.share)} %" if result.design == "share" else ""
        told += "" if result.population is None else f"; {result.population:,} customers"
        return [told + "."]
    told = f"{'Two' if result.sides == 2 else 'One'}-sided, alpha {short(result.alpha)} %"
    if result.design == "shares":
        told += f", {'with' if result.continuity else 'without'} continuity correction"
    if result.event_share is not None:
        told += f"; {short(result.event_share)} % of the customers lost while they are watched"
    return [told + "."]
