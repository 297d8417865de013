"""The chart of a lifetime value: retention as observed, on the fitted curve, and at one rate."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from dmaic.charts import style
from dmaic.money.clv import ClvResult
from dmaic.money.clv_block import headline
from dmaic.result import Result
from dmaic.text import plural

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

CURVE = style.PERIODS[0]
CONSTANT = style.VITAL
BAND = "#F4F6F8"


def draw(result: Result) -> Figure:
    """Curves of the customers left, and of the rate of staying, by age.

    What was observed is drawn as points, the fitted curve and the constant rate as lines; beyond
    the last age seen they are a projection, dashed on a shaded ground.

    Args:
        result: a `ClvResult`.

    Raises:
        TypeError: it is another result.
    """
    if not isinstance(result, ClvResult):
        raise TypeError(f"not a lifetime value: {type(result).__name__}")
    with style.style():
        return _draw(result)


def _draw(result: ClvResult) -> Figure:
    figure = style.make_figure(12.0, 5.4)
    left, right = figure.subplots(1, 2, width_ratios=(3, 2))
    observed = result.overall.observed
    seen = len(observed)
    fitted = result.overall.shape is not None
    lines: list[tuple[Sequence[float], str, str]] = []
    if result.constant:
        lines.append((result.constant, CONSTANT, "constant rate"))
    if fitted and result.overall.model == "sbg":
        lines.append((result.survival, CURVE, "sBG curve"))
    if observed:
        survived = [(point.age, point.survived) for point in observed]
        kept = [(point.age, point.retention) for point in observed]
        _points(left, [(0, 1.0), *survived])
        _points(right, kept)
    for curve, color, name in lines:
        _line(left, list(range(len(curve))), [100 * share for share in curve], color, name, seen)
        stays = [100 * after / before for before, after in pairwise(curve) if before > 0]
        _line(right, list(range(1, len(stays) + 1)), stays, color, name, seen)
    for axes, heading in (
        (left, "customers left (%)"),
        (right, f"staying through the {result.period} (%)"),
    ):
        _axes(axes, heading, result, seen)
    left.set_ylim(0, 104)
    # The rate is told by how it differs from 100 %.
    low, _ = right.get_ylim()
    right.set_ylim(max(0.0, low), 100.5 + 0.02 * (100 - max(0.0, low)))
    left.legend(loc="upper right", frameon=False, fontsize=9)
    style.frame(figure, headline(result), _facts(result), [])
    return figure


def _line(
    axes: Axes, ages: Sequence[int], shares: Sequence[float], color: str, name: str, seen: int
) -> None:
    """A line up to the last age seen, and dashed beyond it."""
    # Where nothing was seen all of it is a projection.
    until = sum(age <= seen for age in ages) if seen else 0
    if until > 1:
        axes.plot(ages[:until], shares[:until], color=color, linewidth=2, label=name, zorder=3)
    beyond = max(until - 1, 0)
    axes.plot(
        ages[beyond:], shares[beyond:], color=color, linewidth=1.6, linestyle=(0, (4, 2.5)),
        label=f"{name}, projected" if until > 1 else name, zorder=3,
    )  # fmt: skip


def _points(axes: Axes, points: Sequence[tuple[int, float | None]]) -> None:
    known = [(age, 100 * share) for age, share in points if share is not None]
    size = 28 if len(known) <= 30 else 10
    axes.scatter(
        [age for age, _ in known], [share for _, share in known], s=size, color=style.INK,
        label="observed", zorder=4,
    )  # fmt: skip


def _axes(axes: Axes, heading: str, result: ClvResult, seen: int) -> None:
    last = len(result.survival) - 1
    axes.set_xlim(-0.02 * last, last * 1.02)
    axes.set_xlabel(f"age ({result.period}s)")
    axes.set_ylabel(heading)
    axes.yaxis.grid(visible=True, color=style.GRID)
    axes.spines[["right"]].set_visible(False)
    style.clean(axes)
    from matplotlib.ticker import MaxNLocator

    axes.xaxis.set_major_locator(MaxNLocator(integer=True, steps=[1, 2, 3, 6, 10]))
    if 0 < seen < last:
        axes.axvspan(seen, last * 1.02, color=BAND, zorder=0)
        axes.text(
            seen + 0.012 * last, 0.015, "projection", transform=axes.get_xaxis_transform(),
            fontsize=8.5, color=style.FAINT, va="bottom",
        )  # fmt: skip


def _facts(result: ClvResult) -> list[str]:
    row = result.overall
    told = []
    if row.alpha is not None and row.beta is not None:
        told.append(
            f"Shifted-beta-geometric curve: alpha {row.alpha:.3f}, beta {row.beta:.3f}. "
            f"Constant rate: {100 * (row.churn or 0):.2f} % a {result.period}."
        )
    elif row.churn is not None:
        told.append(f"Constant rate: {100 * row.churn:.2f} % a {result.period}.")
    if row.at_risk is not None:
        told.append(
            f"{plural(round(row.lost or 0), 'customer')} lost in {row.at_risk:,.0f} "
            f"customer-{result.period}s ({result.inputs.source})"
            + (f", {result.first} to {result.last}." if result.first else ".")
        )
    return told
