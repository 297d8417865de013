"""The FMEA's risks before and after the actions: RPN as bars, the action priority beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from dmaic.charts import style
from dmaic.charts.fit import fitted
from dmaic.documents.improve.priority import Priority, action_priority, rpn
from dmaic.errors import DataError
from dmaic.text import plural

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from dmaic.documents.improve.fmea import Failure, Fmea

FAILURES = 25
"""Failures that are drawn, the gravest; the rest is counted."""

_WIDTH = 10.0
_NAMES = 3.7
_ROW = 0.56
_COLORS: dict[Priority, str] = {"H": style.VITAL, "M": "#E69F00", "L": "#009E73"}


class Shown(Protocol):
    """What is asked of the reply that shows an FMEA."""

    @property
    def document(self) -> Fmea:
        """The FMEA."""


def draw(reply: Shown) -> Figure:
    """Two bars for each failure, before and after, coloured by action priority.

    Args:
        reply: of the document `fmea`.

    Raises:
        DataError: `document.no-figures`, no failure is rated.
    """
    rated = [each for each in reply.document.ranked() if each.before]
    if not rated:
        raise DataError(
            "No failure is rated yet, so there is nothing to draw.",
            "document.no-figures",
            "Rate one, for example: dmaic doc set fmea F1.severity=7 F1.occurrence=6 "
            "F1.detection=5",
        )
    failures = rated[:FAILURES]
    with style.style():
        figure = style.make_figure(_WIDTH, 1.7 + _ROW * max(len(failures), 2))
        style.frame(
            figure, _headline(rated), _facts(rated, len(reply.document.failures)), _legend(failures)
        )
        axes = figure.add_subplot()
        for row, failure in enumerate(failures):
            _draw_row(axes, failure, row)
        _lay_out(figure, axes, failures)
    return figure


def _headline(rated: list[Failure]) -> str:
    before = sum(action_priority(*each.before) == "H" for each in rated if each.before)
    after = sum(
        action_priority(*(each.after or each.before)) == "H" for each in rated if each.before
    )
    return f"{plural(before, 'failure')} of high priority before the actions, {after} after"


def _facts(rated: list[Failure], count: int) -> list[str]:
    lines = ["RPN = S × O × D, ordered by action priority (AIAG & VDA 2019) and severity"]
    left = [
        (len(rated) - FAILURES, "less grave not drawn"),
        (count - len(rated), "not rated yet"),
    ]
    told = [f"{plural(number, 'failure')} {words}" for number, words in left if number > 0]
    return [*lines, *([", ".join(told)] if told else [])]


def _legend(failures: list[Failure]) -> list[tuple[str, str]]:
    there = {
        action_priority(*rated)
        for each in failures
        for rated in (each.before, each.after)
        if rated is not None
    }
    words: dict[Priority, str] = {"H": "H: act", "M": "M: should act", "L": "L: may act"}
    return [(_COLORS[letter], words[letter]) for letter in words if letter in there]


def _draw_row(axes: Axes, failure: Failure, row: int) -> None:
    for rated, place, pale in (
        (failure.before, row - 0.18, True),
        (failure.after, row + 0.18, False),
    ):
        if rated is None:
            continue
        letter = action_priority(*rated)
        length = rpn(*rated)
        axes.barh(place, length, 0.32, color=_COLORS[letter], alpha=0.45 if pale else 1.0,
                  linewidth=0)  # fmt: skip
        axes.annotate(
            f"{length}  {letter} {'before' if pale else 'after'}", (length, place), (4, 0),
            textcoords="offset points", va="center_baseline", fontsize=8,
            fontweight="bold" if letter == "H" else "normal",
        )  # fmt: skip


def _lay_out(figure: Figure, axes: Axes, failures: list[Failure]) -> None:
    longest = max(rpn(*rated) for each in failures for rated in (each.before, each.after) if rated)
    axes.set_xlim(0, longest * 1.22)
    axes.set_ylim(max(len(failures), 2) - 0.4, -0.6)
    names = [
        fitted(figure, f"{each.id} {each.step}: {each.mode}", _NAMES, 9, most=2).text
        for each in failures
    ]
    axes.set_yticks(range(len(failures)), names, fontsize=9, linespacing=1.15)
    axes.set_xlabel("RPN")
    axes.xaxis.grid(visible=True, color=style.GRID)
    axes.set_axisbelow(True)
    axes.spines[["top", "right", "bottom"]].set_visible(False)
    axes.tick_params(length=0)
