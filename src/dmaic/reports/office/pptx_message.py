"""The messages that a report tells in slides, before they are set."""

from __future__ import annotations

from dataclasses import dataclass, field

from dmaic.reports.dialect import Node, Nodes, is_caption, text_of
from dmaic.reports.office.drawing import INCH
from dmaic.reports.office.pptx_text import Line, height, lines_of
from dmaic.reports.office.tree import Grid, images
from dmaic.reports.picture import Picture

BOX_SIDE = INCH * 2 // 10
"""Between a box and its text, at the sides; half of that above and below."""


@dataclass(frozen=True, slots=True)
class Text:
    """Paragraphs in a row, all of them in a box or none."""

    lines: list[Line]

    def height(self, size: float, room: int) -> int:
        """In EMU.

        Args:
            size: of the font, in points.
            room: width, in EMU.
        """
        if not self.lines[0].boxed:
            return height(self.lines, size, room)
        return height(self.lines, size, room - 2 * BOX_SIDE) + 2 * BOX_SIDE // 2


@dataclass(frozen=True, slots=True)
class Table:
    """A table and its caption."""

    grid: Grid
    caption: str = ""


Part = Text | Table


@dataclass(slots=True)
class Message:
    """A slide as it is told: its title, its charts, and the rest.

    Attributes:
        title: the finding.
        charts: each large on the slide.
        parts: texts and tables.
        level: of its headline; 0 before the first.
    """

    title: str
    charts: list[Picture] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    level: int = 0


def messages(
    blocks: Nodes, pictures: dict[str, Picture], title: str, deepest: int = 2
) -> list[Message]:
    """The slides of a report as they are told.

    Args:
        blocks: of the report's tree.
        pictures: address in the tree -> picture.
        title: of what stands before the first headline.
        deepest: level of headline up to which each begins a slide.
    """
    made = [Message(title)]
    for number, block in enumerate(blocks):
        after = blocks[number + 1] if number + 1 < len(blocks) else {}
        if block["t"] == "Header" and block["c"][0] <= deepest:
            words = text_of(block["c"][2]).replace("\n", " ")
            made.append(Message(words, level=block["c"][0]))
        elif not is_caption(block, after):
            caption = ""
            if number and is_caption(blocks[number - 1], block):
                caption = text_of(blocks[number - 1]["c"])
            _add(made[-1], block, caption, pictures)
    levels = [*(each.level for each in made[1:]), 0]
    return [each for each, level in zip(made, levels, strict=True) if _says(each, level)]


def _says(message: Message, after: int) -> bool:
    """It says something: a title alone may be a message, but not one over smaller sections."""
    if message.charts or message.parts:
        return True
    return 0 < message.level >= after


def _add(message: Message, block: Node, caption: str, pictures: dict[str, Picture]) -> None:
    kind: str = block["t"]
    if kind == "Figure":
        image = next(images(block["c"][2]), None)
        picture = pictures.get(image["c"][2][0]) if image else None
        if picture:
            message.charts.append(picture)
            return
        block = {"t": "Para", "c": [{"t": "Str", "c": text_of(block["c"][2])}]}
    if kind == "Table":
        message.parts.append(Table(Grid.of(block), caption))
        return
    lines = lines_of([block])
    if not lines:
        return
    last = message.parts[-1] if message.parts else None
    if isinstance(last, Text) and last.lines[-1].boxed == lines[0].boxed:
        last.lines.extend(lines)
    else:
        message.parts.append(Text(lines))
