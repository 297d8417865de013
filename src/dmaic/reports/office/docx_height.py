"""How high the text of a report stands, estimated: by it an A3 sheet is filled and not overrun."""

from __future__ import annotations

from typing import Any

from dmaic.reports.dialect import Node, Nodes, is_caption, text_of
from dmaic.reports.office import measure
from dmaic.reports.office.docx_styles import TABLE_SIZE, TEXT_SIZE
from dmaic.reports.office.tree import Grid, images
from dmaic.reports.picture import Picture

_LEADING = 1.15 * 1.17
"""Height of a line of text, in sizes of its font."""
_CELL = 8.5
"""Points at the sides of a cell."""


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

    def blocks(self, blocks: Nodes, indent: float = 0) -> float:
        """Height of blocks one above the other, in points.

        Args:
            blocks: of a report's tree.
            indent: of their text.
        """
        total = 0.0
        for number, block in enumerate(blocks):
            after = blocks[number + 1] if number + 1 < len(blocks) else {}
            if is_caption(block, after):
                total += self._text(text_of(block), 9, 11, indent)
            else:
                total += self._block(block, indent)
        return total

    def _block(self, block: Node, indent: float) -> float:
        kind: str = block["t"]
        content: Any = block.get("c")
        if kind == "Header":
            size, around = {2: (15.5, 23), 3: (12, 16)}.get(content[0], (10.5, 12))
            return self._text(text_of(block), size, around, indent, wider=1.08)
        if kind == "Figure":
            return self._figure(block)
        if kind == "Table":
            return self._table(Grid.of(block))
        if kind == "BlockQuote":
            return self.blocks(content, indent + 20) + 16 * self.scale
        if kind in ("BulletList", "OrderedList"):
            items = content if kind == "BulletList" else content[1]
            return sum(self._item(each, indent + 24) for each in items)
        return self._text(text_of(block), TEXT_SIZE, 6, indent)

    def _item(self, blocks: Nodes, indent: float) -> float:
        total = 0.0
        for block in blocks:
            if block["t"] == "Plain":
                total += self._text(text_of(block), TEXT_SIZE, 2.5, indent)
            else:
                total += self._block(block, indent)
        return total

    def _text(
        self, text: str, size: float, around: float, indent: float, wider: float = 1.0
    ) -> float:
        points = size * self.scale
        count = measure.lines(text, (self.room - indent) / points / wider)
        return count * points * _LEADING + around * self.scale

    def _figure(self, block: Node) -> float:
        image = next(images(block["c"][2]), None)
        picture = self.pictures.get(image["c"][2][0]) if image else None
        words = self._text(text_of(block["c"][1][1]), 9, 14, 0)
        if picture is None:
            return words
        ratio = picture.width / picture.height
        return min(self.room / ratio, picture.height * 72, self.highest) + 8 * self.scale + words

    def _table(self, grid: Grid) -> float:
        size = TABLE_SIZE * self.scale
        widths = grid.widths(self.room / size)
        if sum(widths) * size > self.room * 0.6:
            widths = [each * self.room / size / sum(widths) for each in widths]
        total = 9.0
        for row in grid.texts():
            count = max(
                measure.lines(cell, wide - _CELL / size)
                for cell, wide in zip(row, widths, strict=True)
            )
            total += count * size * 1.05 * 1.17 + 3.5 * self.scale
        return total
