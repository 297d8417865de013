"""The chart of a measured benefit: rates before and after, and what is claimed of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dmaic import number
from dmaic.charts import style
from dmaic.charts.bars import Bar, draw_names, plain_axes, tick
from dmaic.money.benefit_measure import BenefitMeasureResult, Group, Month, Rates
from dmaic.money.effect import Estimate
from dmaic.money.measure_head import doubts, elsewhere, headline
from dmaic.result import Result
from dmaic.text import BLANK

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

GROUPS = 14
"""More segments than these are not drawn where there is no counterfactual."""

_TREATED, _UNTOUCHED, _WITHOUT = style.VITAL, style.PERIODS[0], style.INK
_CLAIM = "#F6CDB1"
_BAND = "#EBEBEB"


def draw(result: Result) -> Figure:
    """Monthly rates of treated and untouched, the treated without the fix, and the estimate.

    The effect that is claimed is shaded. Where it was not said whom the fix reached, the rates of
    every segment before and after are drawn.

    Args:
        result: a `BenefitMeasureResult`.

    Raises:
        TypeError: it is another result.
    """
    if not isinstance(result, BenefitMeasureResult):
        raise TypeError(f"not a measured benefit: {type(result).__name__}")
    with style.style():
        return _draw(result) if result.customers is not None else _segments(result)


def _draw(result: BenefitMeasureResult) -> Figure:
    figure = style.make_figure(11.5, 5.8)
    left, right = figure.subplots(1, 2, gridspec_kw={"width_ratios": [3.3, 1]})
    _months(left, result)
    _estimates(right, result)
    names = ", ".join(style.shown(name, 40) for name in result.treated[:3])
    more = len(result.treated) - 3
    legend = [
        (_TREATED, f"treated: {names}{f' and {more} more' if more > 0 else ''}"),
        (_UNTOUCHED, "untouched"),
        (_WITHOUT, "treated without the fix, 95 % interval grey"),
        (_CLAIM, "claimed"),
    ]
    lines = [
        each.replace(" See the checks below.", "")
        for each in (elsewhere(result), doubts(result))
        if each
    ]
    style.frame(figure, headline(result), lines, legend)
    return figure


def _months(axes: Axes, result: BenefitMeasureResult) -> None:
    early = [month for month in result.months if month.side != "after"]
    late = [month for month in result.months if month.side == "after"]
    gap = len(early) + 0.5
    places = [*range(len(early)), *(gap + at for at in range(len(late)))]
    assert result.customers is not None
    rate = result.customers.counterfactual_rate
    after = places[len(early) :]
    if rate.value is not None:
        wide = [after[0] - 0.4, after[-1] + 0.4]
        if rate.low is not None and rate.high is not None:
            axes.fill_between(wide, 100 * rate.low, 100 * rate.high, color=_BAND, linewidth=0)
        axes.plot(wide, [100 * rate.value] * 2, color=_WITHOUT, linestyle="--", linewidth=1.4)
        rates = [100 * (month.rate or 0) for month in late]
        axes.fill_between(after, rates, 100 * rate.value, color=_CLAIM, linewidth=0, alpha=0.8)
    for months, at in ((early, places[: len(early)]), (late, after)):
        _line(axes, at, [month.untouched_rate for month in months], _UNTOUCHED)
        _line(axes, at, [month.rate for month in months], _TREATED)
    outside = [at for at, month in zip(places, early, strict=False) if month.side == "outside"]
    for at in outside:
        axes.axvspan(at - 0.5, at + 0.5, color="#F7F7F7", zorder=0)
    axes.axvline(gap - 0.75, color=style.FAINT, linewidth=0.8, linestyle=":")
    plain_axes(axes, 1, "churn a month")
    axes.set_xlim(-0.8, places[-1] + 0.8)
    axes.set_ylim(bottom=0)
    axes.yaxis.set_major_formatter(lambda figure, _: f"{figure:g} %")
    _name_months(axes, places, [*early, *late])
    for text, place, side in (("before", gap - 0.9, "right"), ("after", gap - 0.6, "left")):
        axes.text(place, 1.0, text, transform=axes.get_xaxis_transform(), ha=side, va="bottom",
                  fontsize=8.5, color=style.FAINT)  # fmt: skip
    axes.spines[["right"]].set_visible(False)


def _line(axes: Axes, at: Sequence[float], rates: Sequence[float | None], color: str) -> None:
    axes.plot(
        at, [float("nan") if rate is None else 100 * rate for rate in rates], color=color,
        marker="o", markersize=3.5, linewidth=1.6, zorder=4,
    )  # fmt: skip


def _name_months(axes: Axes, places: Sequence[float], months: Sequence[Month]) -> None:
    """A name every so many months, so that they do not touch."""
    step = max(1, -(-len(months) // 12))
    shown = range(0, len(months), step)
    axes.set_xticks([places[at] for at in shown])
    axes.set_xticklabels([months[at].month for at in shown], rotation=35, ha="right",
                         rotation_mode="anchor", fontsize=8.5)  # fmt: skip


def _estimates(axes: Axes, result: BenefitMeasureResult) -> None:
    """Raw, the market's part, and what is claimed, in money where there is some."""
    effect = result.mrr or result.customers
    assert effect is not None
    factor = 12 if result.mrr is not None else 1
    rows: list[tuple[str, Estimate, str]] = [
        ("raw", effect.raw, style.PLAIN),
        ("market", Estimate(value=effect.market), style.PLAIN),
        ("claimed", effect.claimed, _TREATED),
    ]
    prefix = "$" if result.mrr is not None and result.currency == "USD" else ""
    for x, (_, estimate, color) in enumerate(rows):
        if estimate.value is None:
            continue
        value = factor * estimate.value
        axes.bar(x, value, 0.62, color=color if color != _TREATED else _CLAIM, edgecolor=color)
        top = value
        if estimate.low is not None and estimate.high is not None:
            low, high = factor * estimate.low, factor * estimate.high
            reach = [[max(0.0, value - low)], [max(0.0, high - value)]]
            axes.errorbar(x, value, yerr=reach, fmt="none", ecolor=style.INK, capsize=4,
                          elinewidth=1.2)  # fmt: skip
            top = max(top, high)
        axes.annotate(number.compact(value, prefix=prefix), (x, max(top, 0.0)), (0, 4),
                      textcoords="offset points", ha="center", fontsize=9,
                      fontweight="bold" if color == _TREATED else "normal")  # fmt: skip
    unit = f" ({result.currency})" if result.currency and not prefix else ""
    heading = f"run-rate a year, saved{unit}" if result.mrr is not None else f"{result.unit} saved"
    plain_axes(axes, len(rows), heading)
    axes.set_xticks(range(len(rows)), labels=[name for name, *_ in rows])
    axes.margins(y=0.12)
    axes.axhline(0, color=style.FAINT, linewidth=0.8)
    axes.yaxis.set_major_formatter(lambda figure, _: tick(figure, prefix))
    axes.spines[["right"]].set_visible(False)


def _segments(result: BenefitMeasureResult) -> Figure:
    rows = sorted(
        result.segments, key=lambda each: -(each.before.churned if each.before is not None else 0)
    )[:GROUPS]
    figure = style.make_figure(11.5, 5.8)
    axes = figure.subplots()
    colors = (style.PERIODS[0], style.PERIODS[1])
    for x, group in enumerate(rows):
        for side, color, shift in (
            (group.before, colors[0], -0.13),
            (group.after, colors[1], 0.13),
        ):
            _point(axes, x + shift, side, color)
    plain_axes(axes, len(rows), "churn a month, 95 % interval")
    axes.set_ylim(bottom=0)
    axes.yaxis.set_major_formatter(lambda figure, _: f"{figure:g} %")
    draw_names(axes, [_named(group) for group in rows])
    axes.spines[["right"]].set_visible(False)
    lines = [] if len(rows) == len(result.segments) else [
        f"Drawn are {len(rows)} of {len(result.segments)} segments; the table has all."
    ]  # fmt: skip
    names = [f"{side.first} to {side.last}" for side in (result.before, result.after)]
    style.frame(figure, headline(result), lines, list(zip(colors, names, strict=True)))
    return figure


def _named(group: Group) -> Bar:
    return Bar(group.name, 0.0, None, blank=BLANK in group.name)


def _point(axes: Axes, x: float, side: Rates | None, color: str) -> None:
    if side is None or side.rate is None or side.low is None or side.high is None:
        return
    reach = [[max(0.0, 100 * (side.rate - side.low))], [max(0.0, 100 * (side.high - side.rate))]]
    axes.errorbar(x, 100 * side.rate, yerr=reach, fmt="o", color=color, markersize=5, capsize=2.5,
                  elinewidth=1.2)  # fmt: skip
