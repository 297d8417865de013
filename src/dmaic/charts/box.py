"""Boxes with wrapped words in them and arrows between them, for maps and trees."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from dmaic.charts import style

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Shape = Literal["box", "diamond", "square", "wait"]

_LETTER = 0.0078
"""Mean width of a letter in inches at one point."""


@dataclass(frozen=True, slots=True)
class Box:
    """One box; the axes count in inches.

    Attributes:
        x, y: its middle.
        width, height: in inches.
        text: words in it.
        face, edge: colours.
        shape: `square` has sharp corners and a double edge, `wait` a dashed edge.
        bold: it matters more.
        size: of the letters, in points.
    """

    x: float
    y: float
    width: float
    height: float
    text: str
    face: str = "white"
    edge: str = style.FAINT
    shape: Shape = "box"
    bold: bool = False
    size: float = 8.5


def draw_box(axes: Axes, box: Box) -> None:
    """A box with as many of its words as fit.

    Args:
        axes: counts in inches.
        box: where and what.
    """
    from matplotlib.patches import FancyBboxPatch, Polygon

    x, y, half, rise = box.x, box.y, box.width / 2, box.height / 2
    dashed = "--" if box.shape == "wait" else "-"
    if box.shape == "diamond":
        corners = [(x - half, y), (x, y + rise), (x + half, y), (x, y - rise)]
        axes.add_patch(Polygon(corners, facecolor=box.face, edgecolor=box.edge, zorder=3))
    else:
        corner = 0.0 if box.shape == "square" else 0.08
        for inset in (0, 0.05) if box.shape == "square" else (0,):
            axes.add_patch(
                FancyBboxPatch(
                    (x - half + inset, y - rise + inset), box.width - 2 * inset,
                    box.height - 2 * inset, linestyle=dashed, zorder=3, facecolor=box.face,
                    boxstyle=f"round,pad=0,rounding_size={corner}" if corner else "square,pad=0",
                    edgecolor=box.edge, linewidth=1,
                )
            )  # fmt: skip
    room = box.width * (0.72 if box.shape == "diamond" else 1) - 0.12
    high = box.height * (0.6 if box.shape == "diamond" else 1) - 0.06
    letters = int(room / (box.size * _LETTER * (1.06 if box.bold else 1)))
    lines = max(int(high / (box.size * 1.22 / 72)), 1)
    axes.text(
        x, y, style.wrap(style.shown(box.text), letters, lines), ha="center", va="center",
        fontsize=box.size, fontweight="bold" if box.bold else "normal", linespacing=1.1, zorder=4,
    )  # fmt: skip


def draw_arrow(
    axes: Axes,
    start: tuple[float, float],
    end: tuple[float, float],
    *,
    color: str = style.FAINT,
    bend: float = 0.0,
    head: bool = True,
) -> None:
    """A line from one place to another.

    Args:
        axes: counts in inches.
        start: where it leaves.
        end: where it arrives.
        color: of the line.
        bend: how far it swings out; 0 is straight.
        head: with an arrow's head.
    """
    axes.annotate(
        "", end, start, zorder=2,
        arrowprops={
            "arrowstyle": "-|>" if head else "-", "color": color, "linewidth": 1.3,
            "connectionstyle": f"arc3,rad={bend}", "shrinkA": 0, "shrinkB": 0,
        },
    )  # fmt: skip


def inches(axes: Axes, width: float, height: float) -> None:
    """Let the axes count in inches and hide their frame.

    Args:
        axes: of the whole drawing.
        width: of the drawing.
        height: of the drawing.
    """
    # A hair of room, so that no edge is cut.
    axes.set_xlim(-0.03, width + 0.03)
    axes.set_ylim(-0.03, height + 0.03)
    axes.set_aspect("equal", anchor="NW")
    axes.set_xticks([])
    axes.set_yticks([])
    axes.spines[:].set_visible(False)
