"""The chart of a comparison: the months of both sides, and the difference with its interval."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dmaic.charts import style
from dmaic.charts.control import LIMIT, draw_panel
from dmaic.charts.forest import ROW, Estimated, draw_forest
from dmaic.money.effect import Estimate
from dmaic.number import percent
from dmaic.result import Result
from dmaic.stats.compare.result import Arm, CompareResult
from dmaic.stats.compare.verdict import confidence, share
from dmaic.stats.compare.word import notes

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MOST = 12
"""More segments than these are not drawn."""

_SMALL = "#EEF1F4"


def draw(result: Result) -> Figure:
    """Months with limits made anew at the change, or the rates of both sides; and the differences.

    The smallest effect worth having is shaded either way: an interval wholly within it is no
    effect, one that reaches out of it and holds 0 is too little data.

    Args:
        result: a `CompareResult`.

    Raises:
        TypeError: it is another result.
    """
    if not isinstance(result, CompareResult):
        raise TypeError(f"not a comparison: {type(result).__name__}")
    with style.style():
        return _draw(result)


def _draw(result: CompareResult) -> Figure:
    rows = _rows(result)
    figure = style.make_figure(12.5, 2.6 + max(3.2, ROW * len(rows)))
    left, right = figure.subplots(1, 2, width_ratios=(6, 5))
    if result.control is not None:
        draw_panel(left, result.control)
        left.set_xticks(left.get_xticks()[:: 1 + len(result.control.points) // 16])
    else:
        _sides(left, result)
    _differences(right, result, rows)
    level = confidence(result)
    one, other = result.reference, result.compared
    facts = [
        f"{one.churned:,} of {one.at_risk:,} and {other.churned:,} of {other.at_risk:,} "
        f"{result.counted} lost; interval of all {level}, of segments 95 %; "
        f"{style.shown(result.inputs.source, 80)}",
        *notes(result),
    ]
    legend = [(LIMIT, "control limits")] if result.control is not None else []
    if result.minimal_difference is not None:
        least = share(result.minimal_effect)
        legend.append((_SMALL, f"less than {least} of the rate: too small to matter"))
    style.frame(figure, _headline(result), facts, legend)
    return figure


def _headline(result: CompareResult) -> str:
    """The verdict without its figures where it is long."""
    first = result.verdict.split(". ")[0].rstrip(".")
    return first.split(" (difference")[0]


def _rows(result: CompareResult) -> list[Estimated]:
    def row(name: str, figure: Estimate, *, strong: bool = False) -> Estimated:
        points = figure.times(100)
        label = "" if figure.value is None else percent(figure.value, sign=True)
        return Estimated(name, points.value, points.low, points.high, label, strong)

    rows = [row("all", result.difference, strong=True)]
    if result.reversal is not None:
        rows.append(row("within segments, together", result.reversal.stratified))
    both = [each for each in result.segments if each.reference and each.compared]
    return rows + [row(each.name, each.difference) for each in both[:MOST]]


def _differences(axes: Axes, result: CompareResult, rows: list[Estimated]) -> None:
    if result.minimal_difference is not None:
        least = 100 * result.minimal_difference
        axes.axvspan(-least, least, color=_SMALL, zorder=0, linewidth=0)
    axes.axvline(0, color=style.INK, linewidth=1, zorder=1)
    word = "after less before" if result.mode == "before-after" else "pilot less control"
    month = " a month" if result.counted == "customer-months" else ""
    draw_forest(axes, rows, heading=f"difference, points of churn{month} ({word})", wrap=24)


def _sides(axes: Axes, result: CompareResult) -> None:
    """Rates of both sides with their intervals; of groups also before the pilot."""
    heads = {"before-after": ("before", "after"), "pilot": ("control", "pilot")}[result.mode]
    colors = (style.PERIODS[0], style.VITAL)
    times: list[tuple[str, tuple[Arm, Arm]]] = []
    if result.baseline is not None:
        times.append(("before", (result.baseline.reference, result.baseline.compared)))
    times.append(("now" if times else "", (result.reference, result.compared)))
    ticks: list[tuple[float, str]] = []
    for time, (when, arms) in enumerate(times):
        for at, arm in enumerate(arms):
            if arm.rate is None or arm.low is None or arm.high is None:
                continue
            x = 2.4 * time + at
            reach = [[100 * (arm.rate - arm.low)], [100 * (arm.high - arm.rate)]]
            axes.errorbar([x], [100 * arm.rate], yerr=reach, color=colors[at], marker="o",
                          markersize=7, capsize=5, linewidth=1.8)  # fmt: skip
            axes.annotate(f"{percent(arm.rate)} %", (x, 100 * arm.rate), (9, 0),
                          textcoords="offset points", va="center", fontsize=9)  # fmt: skip
            name = heads[at] if result.mode == "before-after" else f"{heads[at]}: {arm.name}"
            ticks.append((x, style.wrap(style.shown(f"{name} {when}".strip(), 60), 18, 3)))
    axes.set_xticks([x for x, _ in ticks], labels=[name for _, name in ticks], fontsize=8.5)
    axes.set_xlim(-0.7, 2.4 * (len(times) - 1) + 1.9)
    axes.set_ylim(bottom=0)
    axes.margins(y=0.15)
    month = " a month" if result.counted == "customer-months" else ""
    axes.set_ylabel(f"churn{month}, 95 % intervals")
    axes.yaxis.set_major_formatter(lambda figure, _: f"{figure:g} %")
    axes.yaxis.grid(visible=True, color=style.GRID)
    axes.spines[["right"]].set_visible(False)
    style.clean(axes)
