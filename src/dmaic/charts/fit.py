"""Text that is broken by its measured width, for charts that are mostly words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dmaic.charts import style

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_LEADING = 1.25


@dataclass(frozen=True, slots=True)
class Fitted:
    """A text in lines.

    Attributes:
        text: with line breaks.
        lines: how many.
        height: in inches.
    """

    text: str
    lines: int
    height: float


def fitted(
    figure: Figure, text: str, width: float, size: float, *, most: int, bold: bool = False
) -> Fitted:
    """A text broken so that no line is wider than asked; the last line may end in an ellipsis.

    Args:
        figure: whose fonts are used.
        text: any.
        width: in inches.
        size: of the font.
        most: lines at most.
        bold: the text will be bold.
    """
    lines = _broken(figure, style.shown(text, 300), width, size, most + 1, bold)
    if len(lines) > most:
        last = f"{lines[most - 1]} {lines[most]}"
        room = width - _width(figure, "…", size, bold)
        last = last[: _cut(figure, "", last, room, size, bold)]
        lines = [*lines[: most - 1], last.rstrip() + "…"]
    return Fitted("\n".join(lines), len(lines), len(lines) * size * _LEADING / 72)


def _broken(
    figure: Figure, text: str, width: float, size: float, most: int, bold: bool
) -> list[str]:
    lines = [""]
    for word in text.split():
        joined = f"{lines[-1]} {word}".lstrip()
        if _width(figure, joined, size, bold) <= width:
            lines[-1] = joined
            continue
        if _width(figure, word, size, bold) <= width:
            lines.append(word)
        else:
            # A word that fits on no line is cut, beginning on the line that is there.
            lead, rest = (f"{lines[-1]} " if lines[-1] else ""), word
            while rest and len(lines) <= most:
                cut = _cut(figure, lead, rest, width, size, bold)
                lines[-1] = lead + rest[:cut] if cut else lines[-1]
                rest, lead = rest[cut:], ""
                if rest:
                    lines.append("")
        if len(lines) > most:
            break
    return [line for line in lines if line][:most] or [""]


def _cut(figure: Figure, lead: str, word: str, width: float, size: float, bold: bool) -> int:
    """Letters of a long word that fit behind the lead; at least one on a line of its own."""
    low, high = 0 if lead else 1, len(word)
    while low < high:
        middle = (low + high + 1) // 2
        if _width(figure, lead + word[:middle], size, bold) <= width:
            low = middle
        else:
            high = middle - 1
    return low


def _width(figure: Figure, text: str, size: float, bold: bool) -> float:
    from matplotlib.text import Text

    shown = Text(0, 0, text, fontsize=size, fontweight="bold" if bold else "normal", figure=figure)
    return float(shown.get_window_extent().width) / figure.dpi
