"""How high the text of a report stands, estimated before Word sets it.

By it an A3 sheet is filled and not overrun, and the contents name pages until Word counts them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from dmaic.reports.dialect import Node, Nodes, is_caption, text_of
from dmaic.reports.office import measure
from dmaic.reports.office.docx_styles import TABLE_SIZE, TEXT_SIZE
from dmaic.reports.office.tree import Grid, images, leads, parted, sticks
from dmaic.reports.picture import Picture

_LEADING = 1.15 * 1.13
"""Height of a line of text, in sizes of its font."""
_SURPLUS = 1.05
"""The measure of text rounds up, so as many lines are not needed; found by trying."""
_GAP = 9
"""Points under a table, above a box."""
_CELL = 8.5
"""Points at the sides of a cell."""


@dataclass(frozen=True, slots=True)
class Unit:
    """What is not torn apart at the end of a page.

    Attributes:
        height: in points.
        sticks: to what follows it.
        headline: it is one.
    """

    height: float
    sticks: bool = False
    headline: bool = False


class Ruler:
    """Measures blocks in a column."""

    def __init__(
        self, pictures: dict[str, Picture], room: float, scale: float, highest: float
    ) -> None:
        """Set the column.

        Args:
            pictures: address in the tree -> picture.
            room: width of the column, in points.
            scale: of all sizes.
            highest: a picture may be, in points.
        """
        self.pictures, self.room, self.scale, self.highest = pictures, room, scale, highest

    def height(self, blocks: Nodes) -> float:
        """Of blocks one above the other, in points.

        Args:
            blocks: of a report's tree.
        """
        return sum(each.height for each in self.units(blocks))

    def units(self, blocks: Nodes, indent: float = 0) -> Iterator[Unit]:
        """What blocks are made of, from top to bottom.

        Args:
            blocks: of a report's tree.
            indent: of their text.
        """
        for number, block in enumerate(blocks):
            after = blocks[number + 1] if number + 1 < len(blocks) else {}
            if number and parted(blocks[number - 1], block):
                yield Unit(_GAP * self.scale)
            if is_caption(block, after):
                yield Unit(self._text(text_of(block), 9, 11, indent), sticks=True)
            elif leads(blocks[number:]):
                yield Unit(self._text(text_of(block), TEXT_SIZE, 6, indent), sticks=True)
            else:
                yield from self._block(block, indent)

    def _block(self, block: Node, indent: float) -> Iterator[Unit]:
        kind: str = block["t"]
        content: Any = block.get("c")
        if kind == "Header":
            size, around = {2: (15.5, 23), 3: (12, 16)}.get(content[0], (10.5, 12))
            high = self._text(text_of(content[2]), size, around, indent, wider=1.08)
            yield Unit(high, sticks=True, headline=True)
        elif kind == "Figure":
            yield Unit(self._figure(block))
        elif kind == "Table":
            yield from self._table(Grid.of(block))
        elif kind == "BlockQuote":
            yield Unit(sum(each.height for each in self.units(content, indent + 20)) + 14)
        elif kind in ("BulletList", "OrderedList"):
            for item in content if kind == "BulletList" else content[1]:
                yield from self._item(item, indent + 16)
        else:
            yield Unit(self._text(text_of(block), TEXT_SIZE, 6, indent))

    def _item(self, blocks: Nodes, indent: float) -> Iterator[Unit]:
        for block in blocks:
            if block["t"] == "Plain":
                yield Unit(self._text(text_of(block), TEXT_SIZE, 2, indent))
            else:
                yield from self._block(block, indent)

    def _text(
        self, text: str, size: float, around: float, indent: float, wider: float = 1.0
    ) -> float:
        points = size * self.scale
        count = measure.lines(text, (self.room - indent) / points / wider * _SURPLUS)
        return count * points * _LEADING + around * self.scale

    def _figure(self, block: Node) -> float:
        image = next(images(block["c"][2]), None)
        picture = self.pictures.get(image["c"][2][0]) if image else None
        words = self._text(text_of(block["c"][1][1]), 9, 14, 0)
        if picture is None:
            return words
        ratio = picture.width / picture.height
        high = min(self.room / ratio, picture.height * 72, self.highest)
        return high + 8 * self.scale + words

    def _table(self, grid: Grid) -> Iterator[Unit]:
        size = TABLE_SIZE * self.scale
        widths = grid.widths(self.room / size)
        if sum(widths) * size > self.room * 0.6:
            widths = [each * self.room / size / sum(widths) for each in widths]
        texts = [*grid.texts()]
        for number, row in enumerate(texts, 1):
            count = max(
                measure.lines(cell, (wide - _CELL / size) * _SURPLUS)
                for cell, wide in zip(row, widths, strict=True)
            )
            high = count * size * 1.05 * 1.15 + 3.5 * self.scale
            yield Unit(high, sticks=sticks(number, len(texts)))
        yield Unit(_GAP * self.scale)


def pages(units: Iterator[Unit], high: float, used: float) -> list[int]:
    """On which page each headline stands, as far as can be told.

    Args:
        units: of the whole text.
        high: a page, in points.
        used: of the first page, before them.
    """
    made: list[int] = []
    page, group = 1 + int(used // high), [*()]
    used %= high
    for unit in units:
        group.append(unit)
        if unit.sticks:
            continue
        together = sum(each.height for each in group)
        if used and used + together > high:
            page, used = page + 1, 0.0
        made += [page for each in group if each.headline]
        page, used = page + int((used + together) // (high + 1)), (used + together) % (high + 1)
        group = []
    return made + [page for each in group if each.headline]
