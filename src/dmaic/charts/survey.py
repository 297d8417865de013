"""The chart of a survey: the reasons with how sure they are, and who answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dmaic import number
from dmaic.charts import style
from dmaic.result import Result
from dmaic.stats.sampling.plan_word import short
from dmaic.stats.sampling.survey import CellRow, ReasonRow, SurveyResult
from dmaic.stats.sampling.survey_word import percent
from dmaic.text import BLANK

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MOST = 15
"""More lines than these no reader tells apart."""

_ROW = 0.36
"""Height of a line in inches."""


def draw(result: Result) -> Figure:
    """Reasons with their intervals, weighted beside unweighted; and the response by category.

    Args:
        result: a `SurveyResult`.

    Raises:
        TypeError: it is another result.
    """
    if not isinstance(result, SurveyResult):
        raise TypeError(f"not a survey: {type(result).__name__}")
    with style.style():
        return _draw(result)


def _draw(result: SurveyResult) -> Figure:
    reasons, cells = result.reasons[:MOST], result.cells[:MOST] if result.by else ()
    panels = bool(reasons) + bool(cells)
    lines = max(len(reasons), len(cells), 4)
    figure = style.make_figure(12.0 if panels > 1 else 7.5, 1.9 + _ROW * lines)
    axes = figure.subplots(1, max(panels, 1), squeeze=False)[0]
    at = 0
    if reasons:
        _reasons(axes[0], result, reasons)
        at = 1
    if cells or not reasons:
        _response(axes[at], result, cells or result.cells)
    style.frame(figure, _headline(result), _facts(result), [])
    return figure


def _reasons(axes: Axes, result: SurveyResult, rows: Sequence[ReasonRow]) -> None:
    weighted = result.is_weighted
    for at, row in enumerate(rows):
        axes.plot(
            [100 * row.low, 100 * row.high], [at, at], color=style.LINE, linewidth=2.2, zorder=3,
            solid_capstyle="butt", label=None if at else f"{short(result.confidence)} % interval",
        )  # fmt: skip
        axes.scatter(
            [100 * row.share], [at], s=46, color=style.LINE, zorder=5,
            label=None if at else "weighted" if weighted else "share",
        )  # fmt: skip
        if weighted:
            axes.scatter(
                [100 * row.unweighted], [at], s=44, marker="D", facecolor="white",
                edgecolor=style.VITAL, linewidth=1.5, zorder=4,
                label=None if at else "as answered",
            )  # fmt: skip
        axes.annotate(
            f"{number.percent(row.share)} %", (100 * row.high, at), (5, 0),
            textcoords="offset points", va="center", fontsize=8.5,
        )  # fmt: skip
    most = max(100 * row.high for row in rows)
    _lines(axes, [row.reason for row in rows], most)
    axes.set_xlabel("share of the lost customers (%)")
    axes.legend(
        loc="lower left", bbox_to_anchor=(0, 1), ncols=3, frameon=False, fontsize=8.5,
        borderaxespad=0.2, columnspacing=1.4, handletextpad=0.5,
    )  # fmt: skip


def _response(axes: Axes, result: SurveyResult, rows: Sequence[CellRow]) -> None:
    whole = 100 * result.response.rate
    axes.axvline(whole, color=style.INK, linestyle="--", linewidth=1, zorder=2)
    axes.annotate(
        f"all {percent(result.response.rate)}", (whole, 1), (3, 2),
        xycoords=("data", "axes fraction"), textcoords="offset points", fontsize=8.5,
        color=style.FAINT,
    )  # fmt: skip
    for at, row in enumerate(rows):
        # Away from the line: the interval does not hold the response of all.
        apart = not row.low <= result.response.rate <= row.high
        color = style.VITAL if apart else style.LINE
        axes.plot([100 * row.low, 100 * row.high], [at, at], color=color, linewidth=2.2, zorder=3,
                  solid_capstyle="butt")  # fmt: skip
        axes.scatter([100 * row.rate], [at], s=46, color=color, zorder=4)
        axes.annotate(
            f"{row.answered:,} of {row.population:,}", (100 * row.high, at), (5, 0),
            textcoords="offset points", va="center", fontsize=8.5,
        )  # fmt: skip
    names = [
        " / ".join("(blank)" if each == BLANK else each for each in row.category) or "all"
        for row in rows
    ]
    _lines(axes, names, max(100 * row.high for row in rows))
    axes.set_xlabel("response (%)")


def _lines(axes: Axes, names: Sequence[str], most: float) -> None:
    """Names at the left from the top down, and room for the figures at the right."""
    axes.set_yticks(range(len(names)))
    axes.set_yticklabels([style.shown(name, 36) for name in names], fontsize=9)
    axes.set_ylim(max(len(names), 3) - 0.4, -0.6)
    axes.set_xlim(0, (most or 1.0) * 1.28)
    # Behind 100 % there is room for figures and nothing else.
    axes.set_xticks([place for place in axes.get_xticks() if 0 <= place <= min(100, most * 1.28)])
    axes.xaxis.grid(visible=True, color=style.GRID)
    style.clean(axes)
    axes.spines[["right"]].set_visible(False)


def _headline(result: SurveyResult) -> str:
    said = (
        f"{result.answered:,} of {result.population:,} answered ({percent(result.response.rate)})"
    )
    if not result.reasons:
        return said
    first = result.reasons[0]
    sure = f" ({number.interval(first.low, first.high)})"
    told = f'{said}: "{first.reason}" {percent(first.share)}'
    return told + (sure if result.answered < result.population else "")


def _facts(result: SurveyResult) -> list[str]:
    told = []
    if result.lead is not None and result.lead.low <= 0 and result.answered < result.population:
        told.append("Too few answered to tell which reason comes first.")
    line = result.inputs.source
    if result.reasons and result.is_weighted:
        line += f"; weighted by {', '.join(result.by)}; {result.effective_n:,.0f} effective answers"
    told.append(line + ".")
    return told
