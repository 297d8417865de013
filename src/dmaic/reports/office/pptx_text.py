"""Text on slides: lines of paragraphs and lists, how high they stand, and PowerPoint's XML."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from dmaic.reports.dialect import MARKS, Node, Nodes, sign_of, text_of, without_sign
from dmaic.reports.office import measure
from dmaic.reports.office.drawing import INCH, POINT
from dmaic.reports.office.theme import attribute, bare, colour_of, text
from dmaic.reports.style import Style

_BETWEEN = 0.4
"""Room above a paragraph, in sizes of its font."""

_STEP = 0.28
"""Inches by which a level of a list is indented, at least."""

_WIDEST = 1.1
"""A sign in sizes of its font, with the room behind it."""


def _step(size: float) -> float:
    """Inches by which a level of a list is indented, so that its sign has room.

    Args:
        size: of the font, in points.
    """
    return max(_STEP, size * _WIDEST / 72)


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph on a slide.

    Attributes:
        inlines: its words.
        level: of the list that it stands in; 0 for none.
        mark: before it: a dot, a number, a sign that judges; empty for none.
        bold: as a headline within the slide.
        boxed: it stands in a box.
    """

    inlines: Nodes
    level: int = 0
    mark: str = ""
    bold: bool = False
    boxed: bool = False

    @property
    def text(self) -> str:
        """Its words without their looks."""
        return text_of(self.inlines)

    def height(self, size: float, room: int) -> float:
        """In points.

        Args:
            size: of its font, in points.
            room: width, in EMU.
        """
        wide = room / POINT - self.level * _step(size) * 72
        wider = 1.08 if self.bold else 1.0
        count = measure.lines(self.text, wide / size / wider)
        return size * (count * measure.LINE + _BETWEEN)


def lines_of(blocks: Nodes, level: int = 0, *, boxed: bool = False) -> list[Line]:
    """Paragraphs, lists and boxes as lines.

    Args:
        blocks: without figures and tables.
        level: of the list around them.
        boxed: they stand in a box.
    """
    made: list[Line] = []
    for block in blocks:
        kind: str = block["t"]
        content: Any = block.get("c")
        if kind in ("Para", "Plain"):
            made.append(Line(content, level, boxed=boxed))
        elif kind == "Header":
            made.append(Line(content[2], level, bold=True, boxed=boxed))
        elif kind == "CodeBlock":
            made.append(Line([{"t": "Code", "c": content}], level, boxed=boxed))
        elif kind == "BlockQuote":
            made += lines_of(content, level, boxed=True)
        elif kind == "Div":
            made += lines_of(content[1], level, boxed=boxed)
        elif kind in ("BulletList", "OrderedList"):
            made += _items(block, level + 1, boxed=boxed)
    return made


def _items(block: Node, level: int, *, boxed: bool) -> list[Line]:
    made: list[Line] = []
    ordered = block["t"] == "OrderedList"
    start = block["c"][0][0] if ordered else 1
    for number, item in enumerate(block["c"][1] if ordered else block["c"], start):
        sign = "" if ordered else sign_of(item)
        lines = lines_of(without_sign(item) if sign else item, level, boxed=boxed)
        if lines:
            mark = f"{number}." if ordered else sign or "•"
            made += [replace(lines[0], mark=mark), *lines[1:]]
    return made


def height(lines: Sequence[Line], size: float, room: int) -> int:
    """Of lines one above the other, in EMU.

    Args:
        lines: to be set.
        size: of the font, in points.
        room: width, in EMU.
    """
    return round(sum(each.height(size, room) for each in lines) * POINT)


def cut(line: Line, size: float, room: int, high: int) -> Line:
    """A line that is no higher than a slide: what is too much ends in three dots.

    Args:
        line: to be set.
        size: of the font, in points.
        room: width, in EMU.
        high: what there is, in EMU.
    """
    if height([line], size, room) <= high:
        return line

    def as_told(words: str) -> Line:
        return replace(line, inlines=[{"t": "Str", "c": words}])

    def fits(words: str) -> bool:
        return height([as_told(words)], size, room) <= high

    return as_told(measure.shortened(line.text, fits))


class Writer:
    """Writes text, and keeps the links of a slide."""

    def __init__(self, style: Style) -> None:
        self.style = style
        self.links: dict[str, str] = {}

    def turned(self) -> str:
        """What a paragraph says of itself where the language is written from right to left."""
        return '<a:pPr algn="r" rtl="1"/>' if self.style.right_to_left else ""

    def paragraphs(self, lines: Sequence[Line], size: float) -> str:
        """Lines as paragraphs.

        Args:
            lines: to be set.
            size: of the font, in points.
        """
        return "".join(self._paragraph(each, size) for each in lines)

    def _paragraph(self, line: Line, size: float) -> str:
        indent = round(line.level * _step(size) * INCH)
        hang = round(_step(size) * INCH) if line.mark else 0
        bullet = "<a:buNone/>"
        if line.mark:
            colour = colour_of(line.mark, self.style) if line.mark in MARKS else ""
            bullet = (
                f'<a:buClr><a:srgbClr val="{bare(colour)}"/></a:buClr>' if colour else ""
            ) + f'<a:buFont typeface="Arial"/><a:buChar char={attribute(line.mark)}/>'
            if line.mark[0].isdigit():
                start = int(line.mark.rstrip("."))
                bullet = (
                    '<a:buFont typeface="+mj-lt"/><a:buAutoNum type="arabicPeriod" '
                    f'startAt="{max(1, min(start, 32767))}"/>'
                )
        turned = ' algn="r" rtl="1"' if self.style.right_to_left else ""
        before = round(size * _BETWEEN * 100)
        return (
            f'<a:p><a:pPr marL="{indent}" indent="{-hang}"{turned}><a:spcBef>'
            f'<a:spcPts val="{before}"/></a:spcBef>{bullet}</a:pPr>'
            f"{self.runs(line.inlines, size, bold=line.bold)}</a:p>"
        )

    def judged(self, sign: str, size: float) -> str:
        """A sign in the colour of what it says, and a space; nothing for none.

        Args:
            sign: of `MARKS`.
            size: of the font, in points.
        """
        if not sign:
            return ""
        return self._run(f"{sign} ", size, {"b": "1"}, colour_of(sign, self.style), "")

    def runs(self, inlines: Nodes, size: float = 0, *, bold: bool = False, colour: str = "") -> str:
        """Words with their looks.

        Args:
            inlines: the words.
            size: of the font, in points; 0 leaves it to the layout.
            bold: all of them are.
            colour: name of a colour of the theme, or `#rrggbb`.
        """
        looks = {"b": "1"} if bold else {}
        return self._runs(inlines, size, looks, colour, "")

    def _runs(
        self, inlines: Nodes, size: float, looks: dict[str, str], colour: str, link: str
    ) -> str:
        made = []
        for each in inlines:
            kind: str = each["t"]
            content: Any = each.get("c")
            more = {"Strong": {"b": "1"}, "Emph": {"i": "1"}, "Strikeout": {"strike": "sngStrike"}}
            if kind == "LineBreak":
                made.append("<a:br/>")
            elif kind in more:
                made.append(self._runs(content, size, looks | more[kind], colour, link))
            elif kind == "Link":
                place = self._link(content[2][0])
                made.append(self._runs(content[1], size, looks, colour, place))
            elif kind in ("Span", "Quoted"):
                made.append(self._runs(content[1], size, looks, colour, link))
            elif words := text_of(each):
                made.append(self._run(words, size, looks, colour, link))
        return "".join(made)

    def _run(self, words: str, size: float, looks: dict[str, str], colour: str, link: str) -> str:
        points = f' sz="{round(size * 100)}"' if size else ""
        styles = "".join(f' {name}="{value}"' for name, value in looks.items())
        if colour.startswith("#"):
            ink = f'<a:solidFill><a:srgbClr val="{bare(colour)}"/></a:solidFill>'
        else:
            ink = f'<a:solidFill><a:schemeClr val="{colour}"/></a:solidFill>' if colour else ""
        target = f'<a:hlinkClick r:id="{link}"/>' if link else ""
        return (
            f"<a:r><a:rPr lang={attribute(self.style.language)}{points}{styles}>{ink}{target}"
            f"</a:rPr><a:t>{text(words)}</a:t></a:r>"
        )

    def _link(self, address: str) -> str:
        """Id of the relation to a page; a place within the report is none on a slide."""
        if not address.startswith(("https://", "http://", "mailto:")):
            return ""
        return self.links.setdefault(address, f"rId{100 + len(self.links)}")
