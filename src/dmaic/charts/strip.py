"""A strip of named stretches under a chart: neighbours of one name become one stretch."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from dmaic.charts import style
from dmaic.documents.name import folded

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# Light tints of Okabe and Ito's colours: dark text stays readable on each.
TINTS = ("#BFD9EC", "#FAE0AE", "#B5E2D3", "#EBCFDE", "#D2EBF8", "#F6CDB0", "#F8F2B4", "#D9D9D9")


def colors(names: Sequence[str]) -> dict[str, str]:
    """A tint for each name, by its folded spelling, in the order of first appearance.

    Args:
        names: an empty one gets none.
    """
    order = list(dict.fromkeys(folded(name) for name in names if name))
    return {name: TINTS[place % len(TINTS)] for place, name in enumerate(order)}


def draw_strip(
    axes: Axes, names: Sequence[str], *, faces: Sequence[str], row: float, letters: int
) -> None:
    """Stretches side by side, one unit wide for each name.

    Args:
        axes: the x of a name is its place in the list.
        names: neighbours of one name are drawn as one; an empty one is left out.
        faces: colour of each; an empty one is drawn as an open, dashed stretch.
        row: lower edge; a strip is one high.
        letters: that fit in one unit.
    """
    from matplotlib.patches import FancyBboxPatch

    start = 0
    for (name, face), same in groupby(zip(map(folded, names), faces, strict=True)):
        count = len(list(same))
        if name:
            axes.add_patch(
                FancyBboxPatch(
                    (start - 0.46, row + 0.12), count - 0.08, 0.76,
                    boxstyle="round,pad=0,rounding_size=0.05", mutation_aspect=2,
                    facecolor=face or "white", edgecolor="none" if face else style.VITAL,
                    linestyle="-" if face else "--", linewidth=1,
                )
            )  # fmt: skip
            axes.text(
                start + (count - 1) / 2, row + 0.5,
                style.wrap(style.shown(names[start]), count * letters - 2, 2),
                ha="center", va="center", fontsize=8.5, linespacing=1.05, clip_on=True,
                color=style.INK if face else style.VITAL,
                fontstyle="normal" if face else "italic",
            )  # fmt: skip
        start += count
