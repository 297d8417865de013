"""Impact against effort: where each solution stands, and which quadrant that is."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, hypot, sin
from typing import TYPE_CHECKING, Protocol

from dmaic.charts import style
from dmaic.charts.fit import fitted
from dmaic.documents import reference
from dmaic.documents.improve import ranking
from dmaic.errors import DataError
from dmaic.text import plural

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from dmaic.documents.base import Papers
    from dmaic.documents.improve.selection import Selection

_COLORS: dict[ranking.Quadrant, str] = {
    "quick win": "#009E73",
    "big bet": "#0072B2",
    "fill-in": "#7A8B99",
    "money pit": style.VITAL,
}
_MANY: dict[ranking.Quadrant, str] = {
    "quick win": "Quick wins",
    "big bet": "Big bets",
    "fill-in": "Fill-ins",
    "money pit": "Money pits",
}
_HEIGHT = 5.6
_FIELD = 6.2
_KEY = 3.6
_APART = 0.64
"""Nearest that two marks come, in units of the axes."""
_LOW, _HIGH = -0.1, 11.1
_KEYED = 24
"""Solutions that are named beside the field."""


class Shown(Protocol):
    """What is asked of the reply that shows a selection."""

    @property
    def document(self) -> Selection:
        """The selection."""

    @property
    def papers(self) -> Papers:
        """The other documents of the project."""


@dataclass(slots=True)
class _Mark:
    id: str
    name: str
    effort: float
    impact: float
    x: float
    y: float

    @property
    def quadrant(self) -> ranking.Quadrant:
        return ranking.quadrant(self.impact, self.effort)


def draw(reply: Shown) -> Figure:
    """Solutions as marks between effort and impact, their names beside the field.

    Args:
        reply: of the document `selection`.

    Raises:
        DataError: `document.no-figures`, no solution has both impact and effort.
    """
    names = reference.names(reply.papers, "solutions")
    marks = [
        _Mark(each.solution or each.id, names.get(each.solution, ""), each.effort, each.impact,
              each.effort, each.impact)
        for each in reply.document.options
        if each.effort is not None and each.impact is not None
    ]  # fmt: skip
    if not marks:
        raise DataError(
            "No solution has both impact and effort, so there is nothing to draw.",
            "document.no-figures",
            "Give them, for example: dmaic doc set selection O1.impact=8 O1.effort=3",
        )
    spread(marks)
    with style.style():
        figure = style.make_figure(_FIELD + _KEY, _HEIGHT + 1.1)
        style.frame(figure, _headline(marks), _facts(reply.document, marks), [])
        field, key = _axes(figure)
        _quadrants(field)
        for mark in marks:
            _draw_mark(field, mark)
        _draw_key(figure, key, marks)
    return figure


def spread(marks: list[_Mark]) -> None:
    """Move marks apart that would hide one another; the others stay where they are.

    Args:
        marks: x and y are changed.
    """
    taken: dict[tuple[float, float], int] = {}
    for mark in marks:
        place = taken.get((mark.x, mark.y), 0)
        taken[mark.x, mark.y] = place + 1
        # On one spot they open like the seeds of a sunflower.
        away = 0.6 * _APART * place**0.5
        _move(mark, away * cos(2.4 * place), away * sin(2.4 * place))
    for _ in range(200):
        moved = False
        for one, mark in enumerate(marks):
            for two in range(one):
                other = marks[two]
                dx, dy = mark.x - other.x, mark.y - other.y
                distance = hypot(dx, dy)
                if distance >= _APART - 1e-6:
                    continue
                moved = True
                ux, uy = (dx / distance, dy / distance) if distance > 1e-6 else (1.0, 0.0)
                push = (_APART - distance) / 2
                _move(mark, ux * push, uy * push)
                _move(other, -ux * push, -uy * push)
        if not moved:
            return


def _move(mark: _Mark, dx: float, dy: float) -> None:
    mark.x = min(10.5, max(0.5, mark.x + dx))
    mark.y = min(10.5, max(0.5, mark.y + dy))


def _headline(marks: list[_Mark]) -> str:
    wins = [mark for mark in marks if mark.quadrant == "quick win"]
    if not wins:
        return "No quick wins among " + plural(len(marks), "solution")
    if len(wins) > 2:
        return f"{len(wins)} of {plural(len(marks), 'solution')} are quick wins"
    told = " and ".join(style.shown(f"{mark.id} {mark.name}".strip(), 40) for mark in wins)
    return f"Quick {'win' if len(wins) == 1 else 'wins'}: {told}"


def _facts(document: Selection, marks: list[_Mark]) -> list[str]:
    lines = ["Impact and effort from 1 to 10 as the team judged them"]
    left = len(document.options) - len(marks)
    if left:
        lines.append(f"{plural(left, 'solution')} without impact or effort left out")
    return lines


def _axes(figure: Figure) -> tuple[Axes, Axes]:
    """A square field below the headline, and the key at its right."""
    engine = figure.get_layout_engine()
    assert engine is not None
    _, bottom, _, high = engine.get()["rect"]
    figure.set_layout_engine("none")
    width, height = (float(side) for side in figure.get_size_inches())
    side = min(height * high - 0.5, _FIELD - 0.55)
    top = (bottom + high) * height
    field = figure.add_axes((0.6 / width, (top - side) / height, side / width, side / height))
    left = 0.6 + side + 0.3
    key = figure.add_axes((left / width, (top - _HEIGHT) / height, _KEY / width, _HEIGHT / height))
    return field, key


def _quadrants(axes: Axes) -> None:
    low, middle, high = _LOW, ranking.MIDDLE, _HIGH
    spans: dict[ranking.Quadrant, tuple[float, float, str, str]] = {
        "quick win": (low, middle, "left", "top"),
        "big bet": (middle, middle, "right", "top"),
        "fill-in": (low, low, "left", "bottom"),
        "money pit": (middle, low, "right", "bottom"),
    }
    from matplotlib.patches import Rectangle

    for name, (x, y, ha, va) in spans.items():
        width = middle - low
        axes.add_patch(
            Rectangle((x, y), width, width, facecolor=_COLORS[name], alpha=0.09, linewidth=0)
        )
        axes.annotate(
            _MANY[name], (0 if ha == "left" else 1, 0 if va == "bottom" else 1),
            (6 if ha == "left" else -6, 6 if va == "bottom" else -6),
            xycoords="axes fraction", textcoords="offset points", ha=ha, va=va, fontsize=11,
            fontweight="bold", color=_COLORS[name], alpha=0.75, zorder=1,
        )  # fmt: skip
    for line in (axes.axhline, axes.axvline):
        line(middle, color=style.FAINT, linewidth=0.9, linestyle="--", zorder=1)
    axes.set_xlim(low, high)
    axes.set_ylim(low, high)
    axes.set_xticks(range(1, 11))
    axes.set_yticks(range(1, 11))
    axes.set_xlabel("Effort")
    axes.set_ylabel("Impact")
    axes.spines[["top", "right"]].set_visible(False)
    axes.tick_params(length=0)


def _draw_mark(axes: Axes, mark: _Mark) -> None:
    if hypot(mark.x - mark.effort, mark.y - mark.impact) > 0.05:
        axes.plot([mark.effort, mark.x], [mark.impact, mark.y], color=style.FAINT, linewidth=0.8,
                  zorder=2)  # fmt: skip
        axes.plot(mark.effort, mark.impact, ".", color=style.FAINT, markersize=3, zorder=2)
    axes.plot(mark.x, mark.y, "o", color=_COLORS[mark.quadrant], markersize=20, zorder=3,
              markeredgecolor="white", markeredgewidth=1.2)  # fmt: skip
    size = 8.5 if len(mark.id) < 4 else 6.5
    axes.text(mark.x, mark.y, style.shown(mark.id, 5), ha="center", va="center_baseline",
              fontsize=size, fontweight="bold", color="white", zorder=4)  # fmt: skip


def _draw_key(figure: Figure, axes: Axes, marks: list[_Mark]) -> None:
    """What the marks are called, by quadrant, fitted into the height there is."""
    axes.set_axis_off()
    axes.set_xlim(0, _KEY)
    axes.set_ylim(-_HEIGHT, 0)
    lines = 2 if len(marks) <= 10 else 1
    y, room = -0.05, _KEY - 0.75
    shown = 0
    for quadrant, title in _MANY.items():
        group = sorted(
            (mark for mark in marks if mark.quadrant == quadrant),
            key=lambda mark: (mark.effort - mark.impact, mark.id),
        )
        if not group or shown >= _KEYED:
            continue
        axes.text(0, y, title, va="top", fontsize=9.5, fontweight="bold", color=_COLORS[quadrant])
        y -= 0.22
        for mark in group[: _KEYED - shown]:
            text = fitted(figure, mark.name or "not in the list of solutions", room, 8.5,
                          most=lines)  # fmt: skip
            axes.text(0.05, y, style.shown(mark.id, 5), va="top", fontsize=8.5, fontweight="bold",
                      linespacing=1.15)  # fmt: skip
            axes.text(0.45, y, text.text, va="top", fontsize=8.5, linespacing=1.15)
            y -= text.height + 0.03
            shown += 1
        y -= 0.08
    if shown < len(marks):
        axes.text(0, y, f"and {len(marks) - shown} more", va="top", fontsize=8.5, color=style.FAINT)
