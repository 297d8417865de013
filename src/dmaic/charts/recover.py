"""The chart of a recovery: cash by month, the histogram of its value, and what moves it most."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from dmaic.charts import style
from dmaic.charts.bars import tick
from dmaic.money.range_word import chance, ends_of, verdict
from dmaic.money.recover import RecoverResult
from dmaic.money.simulation import Simulation
from dmaic.money.tornado import TornadoRow
from dmaic.number import compact, money
from dmaic.result import Result
from dmaic.text import plural

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.ticker import MaxNLocator

ROWS = 10
"""More rows of the tornado than these are not drawn; the chart says so."""

_BAND = "#C9DCEA"
_LOW, _HIGH = style.PERIODS[4], style.PERIODS[0]
_PALE = "#AFC9DC"
_SMALL = 8.5
_BOX = {"boxstyle": "square,pad=0.15", "facecolor": "white", "edgecolor": "none", "alpha": 0.85}


def draw(result: Result) -> Figure:
    """The chart of a recovery.

    Above: cumulative net cash at the likely figures with the band of the draws from P10 to P90,
    what has been spent, and the month of payback. Below: the net present values of the draws with
    P10, P50 and P90, and the quantities that move it most.

    Args:
        result: a `RecoverResult`.

    Raises:
        TypeError: it is another result.
    """
    if not isinstance(result, RecoverResult):
        raise TypeError(f"not a result of recover: {type(result).__name__}")
    with style.style():
        return _draw(result)


def _draw(result: RecoverResult) -> Figure:
    rows = result.tornado[:ROWS]
    drawn = len(result.simulation.counts) > 1
    # What has nothing to show is left out, and the rest is given its room.
    below = max(3.2, 1.1 + 0.36 * len(rows)) if rows or drawn else 0.0
    figure = style.make_figure(12.0, 1.5 + 3.7 + below)
    heights = [3.7, below] if below else [3.7]
    grid = figure.add_gridspec(len(heights), 2, height_ratios=heights, width_ratios=[1, 1.15])
    _cash(figure.add_subplot(grid[0, :]), result)
    if drawn:
        _histogram(
            figure.add_subplot(grid[1, 0] if rows else grid[1, :]),
            result.simulation,
            result.currency,
        )
    if rows:
        _tornado(
            figure.add_subplot(grid[1, 1] if drawn else grid[1, :]),
            rows,
            result.npv,
            result.currency,
        )
    headline = verdict(result.simulation, result.payback_month, result.horizon, result.currency)
    style.frame(figure, headline, _facts(result), _legend(result, rows, drawn=drawn))
    return figure


def _legend(
    result: RecoverResult, rows: Sequence[TornadoRow], *, drawn: bool
) -> list[tuple[str, str]]:
    """What the colours mean that are there."""
    costs = any(row.cost for row in result.months)
    losing = drawn and result.simulation.edges[0] < 0
    legend = [(style.LINE, "cumulative net cash at the likely figures")]
    if drawn:
        legend.append((_BAND, f"P10 to P90 of {plural(result.simulation.draws, 'draw')}"))
    if costs or losing:
        words = ["cumulative costs"] * costs + ["draws that lose money"] * losing
        legend.append((style.VITAL, ", and ".join(words)))
    if rows:
        legend += [(_LOW, "at the lower end of the quantity"), (_HIGH, "at its upper end")]
    if any(row.moved != "p10-p90" for row in rows):
        legend.append((_PALE, "± no range given: moved by 10 %, a ramp by a month"))
    return legend


def _facts(result: RecoverResult) -> list[str]:
    found = result.simulation
    lines = [
        _recovered(result),
        f"Margin {100 * result.margin.likely:.3g} %, discount {100 * result.discount:.3g} % a "
        f"year, {plural(found.draws, 'draw')}, seed {found.seed}",
    ]
    if len(result.tornado) > ROWS:
        lines.append(
            f"Shown are the {ROWS} quantities that move the net present value most, of "
            f"{len(result.tornado)}."
        )
    return lines


def _recovered(result: RecoverResult) -> str:
    def brief(figure: float | None) -> str:
        return money(figure, result.currency, brief=True)

    if not result.segments:
        return f"Recovers {brief(result.recovered_annual)} a year at full effect (run-rate)"
    known = f", plus known returns of {brief(result.known_annual)}" if result.known_annual else ""
    return (
        f"Recovers {brief(result.recovered_churn)} a year at full effect (run-rate), of the "
        f"{brief(result.baseline_annual_loss)} that churn costs{known}"
    )


def _prefix(currency: str | None) -> str:
    return "$" if currency == "USD" else ""


def _titled(what: str, currency: str | None) -> str:
    return f"{what} ({currency})" if currency and currency != "USD" else what


def _cash(axes: Axes, result: RecoverResult) -> None:
    months = [row.month for row in result.months]
    nets = [row.cumulative for row in result.months]
    costs = [-sum(row.cost for row in result.months[: place + 1]) for place in range(len(months))]
    band = result.simulation.band
    axes.fill_between(
        [point.month for point in band], [point.p10 for point in band],
        [point.p90 for point in band], color=_BAND, linewidth=0, zorder=2,
    )  # fmt: skip
    if min(costs) < 0:
        axes.plot(months, costs, color=style.VITAL, linestyle="--", linewidth=1.6, zorder=5)
    axes.plot(months, nets, color=style.LINE, linewidth=2.2, zorder=4)
    axes.axhline(0, color=style.INK, linewidth=0.8, zorder=3)
    prefix = _prefix(result.currency)
    axes.yaxis.set_major_formatter(lambda figure, _: tick(figure, prefix))
    axes.set_ylabel(_titled("cumulative net cash", result.currency))
    axes.set_xlabel("month")
    axes.set_xlim(0, max(months))
    axes.set_xticks(_months(max(months)))
    axes.margins(y=0.12)
    if not any((*nets, *costs)):
        axes.set_ylim(-1, 1)
        axes.set_yticks([0])
    _ends(axes, months[-1], nets[-1], costs[-1], result.currency)
    paid = result.payback_month
    if paid is not None and paid > 0:
        axes.axvline(paid, color=style.FAINT, linestyle=":", linewidth=1.2, zorder=3)
        axes.plot([paid], [nets[paid]], "o", color=style.LINE, markersize=7, zorder=5)
        late = paid > 0.75 * max(months)
        axes.annotate(
            f"pays back in month {paid}", (paid, 1), (-5 if late else 5, -4),
            xycoords=("data", "axes fraction"), textcoords="offset points",
            ha="right" if late else "left", va="top", fontsize=9, fontweight="bold", bbox=_BOX,
            zorder=6,
        )  # fmt: skip
    axes.yaxis.grid(visible=True, color=style.GRID)
    axes.spines[["right"]].set_visible(False)
    style.clean(axes)


def _months(last: int) -> list[int]:
    step = next(each for each in (1, 3, 6, 12, 24, 60, 120) if last / each <= 12 or each == 120)
    return list(range(0, last + 1, step))


def _ends(axes: Axes, month: int, net: float, cost: float, currency: str | None) -> None:
    """What the lines come to, behind their ends; the costs where they do not end in one place."""
    low, high = axes.get_ylim()
    told = [(net, style.LINE)]
    if cost and abs(net - cost) > 0.07 * (high - low):
        told.append((cost, style.VITAL))
    for figure, color in told:
        axes.annotate(
            money(figure, currency, brief=True), (month, figure), (6, 0),
            textcoords="offset points", ha="left", va="center", fontsize=9, fontweight="bold",
            color=color, annotation_clip=False,
        )  # fmt: skip


def _histogram(axes: Axes, simulation: Simulation, currency: str | None) -> None:
    axes.set_title("Net present value of the draws", loc="left", fontsize=10, fontweight="bold")
    axes.set_yticks([])
    axes.spines[["left", "right"]].set_visible(False)
    style.clean(axes)
    edges, counts = simulation.edges, simulation.counts
    colors = [style.VITAL if edges[place + 1] <= 0 else style.PLAIN for place in range(len(counts))]
    widths = [high - low for low, high in pairwise(edges)]
    axes.bar(edges[:-1], counts, widths, align="edge", color=colors, edgecolor="white",
             linewidth=0.4, zorder=2)  # fmt: skip
    axes.set_ylim(0, 1.34 * max(counts))
    _nearly_zero(axes, edges[0], edges[-1])
    prefix = _prefix(currency)
    axes.xaxis.set_major_locator(_locator(6))
    axes.xaxis.set_major_formatter(lambda figure, _: tick(figure, prefix))
    what = _titled("net present value", currency)
    axes.set_xlabel(f"{what}; {chance(simulation.probability_loss)} below zero")
    marks = (
        ("P10", simulation.npv.p10, "right", -4, 0.86),
        ("P50", simulation.npv.p50, "center", 0, 0.94),
        ("P90", simulation.npv.p90, "left", 4, 0.86),
    )
    for name, figure, side, shift, height in marks:
        bold = name == "P50"
        axes.axvline(figure, ymax=height, color=style.LINE, linewidth=2 if bold else 1.2,
                     linestyle="-" if bold else "--", zorder=4)  # fmt: skip
        axes.annotate(
            f"{name} {compact(figure, prefix=prefix)}", (figure, height), (shift, 0),
            xycoords=("data", "axes fraction"), textcoords="offset points", ha=side,
            va="bottom" if bold else "center", fontsize=_SMALL,
            fontweight="bold" if bold else "normal", bbox=_BOX, zorder=5,
        )  # fmt: skip


def _locator(most: int) -> MaxNLocator:
    from matplotlib.ticker import MaxNLocator

    return MaxNLocator(most, steps=[1, 2, 2.5, 5, 10])


def _nearly_zero(axes: Axes, low: float, high: float) -> None:
    """Room to the left and right, and the line of zero where it is not far off."""
    width = high - low
    if -0.3 * width <= low <= 0.3 * width or low < 0 < high or -0.3 * width <= high <= 0:
        low, high = min(low, 0.0), max(high, 0.0)
        axes.axvline(0, color=style.INK, linewidth=1.2, zorder=3)
    axes.set_xlim(low - 0.05 * width, high + 0.05 * width)


def _tornado(axes: Axes, rows: Sequence[TornadoRow], middle: float, currency: str | None) -> None:
    axes.set_title(
        "What moves it most, one quantity at a time", loc="left", fontsize=10, fontweight="bold"
    )
    axes.spines[["left", "right"]].set_visible(False)
    style.clean(axes)
    for y, row in enumerate(rows):
        # The axis tells the currency.
        texts = ends_of(row, "USD" if currency == "USD" else None)
        for npv, text, color in zip((row.npv_low, row.npv_high), texts, (_LOW, _HIGH), strict=True):
            axes.barh(y, npv - middle, 0.62, left=middle, color=color, zorder=2,
                      alpha=1 if row.moved == "p10-p90" else 0.55)  # fmt: skip
            left = npv < middle or (npv == middle and text == texts[0])
            axes.annotate(
                text, (npv, y), (-4 if left else 4, 0), textcoords="offset points",
                ha="right" if left else "left", va="center", fontsize=_SMALL - 0.5, zorder=4,
            )  # fmt: skip
    axes.axvline(middle, color=style.INK, linewidth=1, zorder=3)
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.set_yticks(range(len(rows)), [_name(row) for row in rows], fontsize=_SMALL)
    prefix = _prefix(currency)
    axes.xaxis.set_major_locator(_locator(5))
    axes.xaxis.set_major_formatter(lambda figure, _: tick(figure, prefix))
    axes.xaxis.grid(visible=True, color=style.GRID)
    figures = [npv for row in rows for npv in (row.npv_low, row.npv_high)]
    low, high = min(*figures, middle), max(*figures, middle)
    # The texts at the ends need room.
    axes.set_xlim(low - 0.24 * (high - low), high + 0.24 * (high - low))
    axes.set_xlabel(_titled("net present value", currency))


def _name(row: TornadoRow) -> str:
    """What the quantity is, with a long name cut and what it is of left whole."""
    mark = "" if row.moved == "p10-p90" else "\u00a0±"
    name, colon, what = row.name.rpartition(": ")
    if row.kind == "losses" or not colon:
        return style.wrap(style.shown(row.name, 100), 26, 2) + mark
    return f"{style.shown(name, 26)}:\n{what}{mark}"
