"""The fishbone: the effect at the head, the bones slanting to the spine, causes on the bones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

from dmaic.charts import style
from dmaic.charts.fit import Fitted, fitted
from dmaic.documents.analyze.causes import CauseList
from dmaic.text import plural

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from dmaic.documents.analyze.fishbone import Fishbone, Rib
    from dmaic.documents.base import Papers

BONES = 10
RIBS = 10
WHYS = 4
"""Bones, causes a bone and sub-causes a cause that are drawn; the rest is counted."""

_COLUMN = 3.3
_HEAD = 2.3
_SLANT = 0.22
"""Inches to the left for each inch away from the spine."""
_ROOM = 2.7
_GAP = 0.13
_CAUSE, _WHY, _BONE = 9.0, 7.8, 10.5

Look = Literal["verified", "rejected", "open"]
_COLORS: dict[Look, str] = {"verified": style.VITAL, "rejected": style.PLAIN, "open": style.INK}


class Shown(Protocol):
    """What is asked of the reply that shows a fishbone."""

    @property
    def document(self) -> Fishbone:
        """The fishbone."""

    @property
    def papers(self) -> Papers:
        """The other documents of the project."""


@dataclass(frozen=True, slots=True)
class _Cause:
    text: Fitted
    whys: tuple[Fitted, ...]
    look: Look

    @property
    def height(self) -> float:
        return self.text.height + sum(each.height for each in self.whys) + 0.16


@dataclass(frozen=True, slots=True)
class _Bone:
    name: Fitted
    causes: tuple[_Cause, ...]

    @property
    def height(self) -> float:
        return 0.3 + sum(each.height for each in self.causes)


def draw(reply: Shown) -> Figure:
    """The fishbone as a figure; verified and rejected causes stand out.

    Args:
        reply: of the document `fishbone`.
    """
    document = reply.document
    looks: dict[str, Look] = {
        each.fishbone: "verified" if each.status == "verified" else "rejected"
        for each in reply.papers.get(CauseList).causes
        if each.fishbone and each.status != "suspected"
    }
    with style.style():
        all_bones = document.bones()
        columns = max(1, -(-min(len(all_bones), BONES) // 2))
        width = columns * _COLUMN + _HEAD + 1.0
        figure = style.make_figure(width, 4)
        bones = [_bone(figure, name, ribs, looks) for name, ribs in all_bones[:BONES]]
        up = max((bone.height for bone in bones[::2]), default=0)
        down = max((bone.height for bone in bones[1::2]), default=0)
        effect = fitted(figure, document.effect or "?", _HEAD - 0.5, 11.5, most=8, bold=True)
        sides = (up, down)
        up, down = (max(side and side + 0.6, effect.height / 2 + 0.3) for side in sides)
        # The bones of one side are equally long; the longest must not leave the figure.
        start = max(1.0, 0.2 + _SLANT * max(up, down))
        figure.set_size_inches(width + start - 1, up + down + 1.25)
        _frame(figure, document, looks)
        axes = _canvas(figure, up, down)
        _spine(axes, start, start + columns * _COLUMN, effect)
        for place, bone in enumerate(bones):
            x = start + (place // 2 + 1) * _COLUMN - 0.25
            _draw_bone(axes, bone, x, sides[place % 2], 1 if place % 2 == 0 else -1)
    return figure


def _frame(figure: Figure, document: Fishbone, looks: dict[str, Look]) -> None:
    bones = document.bones()
    head = (
        f"{plural(len(document.ribs), 'possible cause')} on {plural(len(bones), 'bone')}"
        if document.ribs
        else "No causes yet"
    )
    there = {looks.get(each.id, "open") for each in document.ribs}
    legend = [
        (_COLORS[look], words)
        for look, words in (
            ("verified", "verified by evidence"),
            ("rejected", "rejected"),
            ("open", "not yet checked"),
        )
        if look in there and len(there) > 1
    ]
    facts = "Guesses until the cause list verifies them with evidence"
    left = len(bones) - BONES
    lines = [facts, f"{plural(left, 'bone')} more not drawn"] if left > 0 else [facts]
    style.frame(figure, head, lines, legend)


def _canvas(figure: Figure, up: float, down: float) -> Axes:
    """Axes in inches below the headline, the spine at 0."""
    engine = figure.get_layout_engine()
    assert engine is not None
    left, bottom, across, high = engine.get()["rect"]
    figure.set_layout_engine("none")
    axes = figure.add_axes((left, bottom, across, high))
    axes.set_axis_off()
    axes.set_xlim(0, float(figure.get_figwidth()) * across)
    room = float(figure.get_figheight()) * high
    middle = (room - up - down) / 2
    axes.set_ylim(-down - middle, up + middle)
    return axes


def _bone(figure: Figure, name: str, ribs: Sequence[Rib], looks: dict[str, Look]) -> _Bone:
    causes = []
    for rib in ribs[:RIBS]:
        look = looks.get(rib.id, "open")
        text = fitted(figure, rib.cause or rib.id, _ROOM, _CAUSE, most=3, bold=look == "verified")
        whys = [fitted(figure, f"– {why}", _ROOM, _WHY, most=2) for why in rib.why[:WHYS]]
        if len(rib.why) > WHYS:
            whys.append(fitted(figure, f"– {len(rib.why) - WHYS} more", _ROOM, _WHY, most=1))
        causes.append(_Cause(text, tuple(whys), look))
    if len(ribs) > RIBS:
        more = fitted(figure, f"and {len(ribs) - RIBS} more", _ROOM, _CAUSE, most=1)
        causes.append(_Cause(more, (), "open"))
    title = fitted(figure, name.capitalize(), _ROOM - 0.3, _BONE, most=2, bold=True)
    return _Bone(title, tuple(causes))


def _spine(axes: Axes, left: float, right: float, effect: Fitted) -> None:
    from matplotlib.patches import FancyBboxPatch

    start, end = left - 0.5, right + 0.12
    axes.annotate(
        "", (end, 0), (start, 0),
        arrowprops={"arrowstyle": "-|>", "color": style.LINE, "linewidth": 3,
                    "mutation_scale": 22, "shrinkA": 0, "shrinkB": 0},
    )  # fmt: skip
    high = effect.height + 0.3
    axes.add_patch(
        FancyBboxPatch(
            (end + 0.05, -high / 2),
            _HEAD - 0.4,
            high,
            boxstyle="round,pad=0,rounding_size=0.1",
            facecolor=style.LINE,
            edgecolor="none",
        )
    )
    axes.text(
        end + 0.05 + (_HEAD - 0.4) / 2, 0, effect.text, ha="center", va="center", color="white",
        fontsize=11.5, fontweight="bold", linespacing=1.2,
    )  # fmt: skip


def _draw_bone(axes: Axes, bone: _Bone, x: float, length: float, side: int) -> None:
    """One bone from the spine upwards (side 1) or downwards (-1), its causes spread over it."""
    height = length + 0.06
    top = x - _SLANT * height
    axes.plot([x, top], [0, side * height], color=style.LINE, linewidth=2, zorder=2)
    axes.text(
        top, side * (height + 0.05), bone.name.text, ha="center",
        va="bottom" if side > 0 else "top", fontsize=_BONE, fontweight="bold", color="white",
        linespacing=1.15, zorder=4,
        bbox={"boxstyle": "round,pad=0.35", "facecolor": style.PERIODS[0], "edgecolor": "none"},
    )  # fmt: skip
    # From the far end to the spine, so that both sides read from top to bottom.
    free = (length - bone.height) / (len(bone.causes) + 1)
    y = (length - 0.12 if side > 0 else -0.2) - free
    for cause in bone.causes:
        _draw_cause(axes, cause, x, y)
        y -= cause.height + free


def _draw_cause(axes: Axes, cause: _Cause, x: float, y: float) -> None:
    """One cause with its line to the bone, its upper edge at y."""
    near = min(abs(y), abs(y - cause.height))
    left = x - _COLUMN - _SLANT * near + _GAP + 0.12
    color = _COLORS[cause.look]
    line = y - cause.text.height - 0.03
    axes.text(
        left, y, cause.text.text, ha="left", va="top", fontsize=_CAUSE, linespacing=1.15,
        color=style.FAINT if cause.look == "rejected" else color, zorder=3,
        fontweight="bold" if cause.look == "verified" else "normal",
        fontstyle="italic" if cause.look == "rejected" else "normal",
    )  # fmt: skip
    axes.plot(
        [left, x - _SLANT * abs(line)], [line, line], zorder=1,
        color=style.FAINT if cause.look == "open" else color,
        linewidth=1.6 if cause.look == "verified" else 0.9,
    )  # fmt: skip
    down = line - 0.04
    for why in cause.whys:
        axes.text(
            left + 0.08, down, why.text, ha="left", va="top", fontsize=_WHY, color=style.FAINT,
            linespacing=1.15, zorder=3,
        )  # fmt: skip
        down -= why.height
