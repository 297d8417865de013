"""What the writers of DOCX and PPTX read from pandoc's tree: pictures, and tables as grids."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from dmaic.reports.dialect import Node, Nodes, text_of
from dmaic.reports.office.measure import widest_word, width


def said(text: str) -> Nodes:
    """A text as inlines.

    Args:
        text: any.
    """
    return [{"t": "Str", "c": text}]


_LEADS = 3
"""Paragraphs before a figure that stay on its page."""


def leads(blocks: Nodes) -> bool:
    """The first of some blocks is a paragraph that leads to a figure, perhaps over others.

    Args:
        blocks: from the paragraph on.
    """
    kinds = [each["t"] for each in blocks[: _LEADS + 1]]
    if kinds[0] != "Para" or "Figure" not in kinds:
        return False
    return set(kinds[: kinds.index("Figure")]) == {"Para"}


def parted(before: Node, block: Node) -> bool:
    """There is more room between two blocks: above a box, and between a list and a paragraph.

    Args:
        before: the upper one.
        block: the lower one.
    """
    if block["t"] == "BlockQuote":
        return bool(before["t"] != "Header")
    return block["t"] == "Para" and before["t"] in ("BulletList", "OrderedList")


_SHORT = 7
"""Rows of a table that stands on one page, the headline's included."""


def sticks(number: int, count: int) -> bool:
    """A row of a table stands on the page of the next one: no row is left alone.

    Args:
        number: of the row, from 1, the headline's included.
        count: how many there are.
    """
    return number < count and (count <= _SHORT or number <= 2 or number == count - 1)


def images(part: Any) -> Iterator[Node]:  # noqa: ANN401  any part of a tree
    """The pictures in a part of a tree.

    Args:
        part: of a tree.
    """
    if isinstance(part, list):
        for each in part:
            yield from images(each)
    elif isinstance(part, dict):
        if part.get("t") == "Image":
            yield part
        yield from images(part.get("c"))


@dataclass(frozen=True, slots=True)
class Grid:
    """A table.

    Attributes:
        header: blocks of each cell of the headline; empty without one.
        rows: blocks of each cell.
        right: which columns stand at the right, as figures do.
    """

    header: list[Nodes]
    rows: list[list[Nodes]]
    right: list[bool]

    @classmethod
    def of(cls, table: Node) -> Grid:
        """Read from a node.

        Args:
            table: a `Table` of the tree.
        """
        _, _, columns, head, bodies, foot = table["c"]
        lines = [[cell[4] for cell in row[1]] for row in head[1]]
        rows = [[cell[4] for cell in row[1]] for body in bodies for row in [*body[2], *body[3]]]
        rows += [[cell[4] for cell in row[1]] for row in foot[1]]
        right = [each[0]["t"] == "AlignRight" for each in columns]
        header = lines[0] if lines and any(map(text_of, lines[0])) else []
        return cls(header, lines[1:] + rows, right)

    def texts(self) -> list[list[str]]:
        """The texts of all lines, the headline's first."""
        lines = ([self.header] if self.header else []) + self.rows
        return [[text_of(cell) for cell in line] for line in lines]

    def widths(self, room: float) -> list[float]:
        """Widths of the columns by what is in them, in sizes of the font.

        A column gets what its longest line wants where all find room. Where not, each gets its
        longest word, and those with more text get more of the rest.

        Args:
            room: that the table may take.
        """
        texts = self.texts()
        wanted, needed, weight = [], [], []
        for cells in zip(*texts, strict=True):
            longest = max(width(line) for cell in cells for line in cell.split("\n"))
            wanted.append(longest * _BOLD + _PADDING)
            needed.append(max(map(widest_word, cells)) * _BOLD + _PADDING)
            # The room that a text needs grows with its length; one long cell must not take all.
            weight.append(max(map(width, cells)) ** 0.5 + 1)
        if sum(wanted) <= room:
            return wanted
        if sum(needed) >= room:
            return _levelled(needed, room)
        return _shared(wanted, needed, weight, room)


_PADDING = 1.6
"""Left and right of the text in a cell."""

_BOLD = 1.08
"""Bold text, as headlines have it, is wider."""


def _levelled(needed: list[float], room: float) -> list[float]:
    """The widest columns give way: they are where the longest words are broken."""
    low, high = 0.0, max(needed)
    for _ in range(40):
        level = (low + high) / 2
        low, high = (
            (level, high) if sum(min(each, level) for each in needed) < room else (low, level)
        )
    return [min(each, low) for each in needed]


def _shared(
    wanted: list[float], needed: list[float], weight: list[float], room: float
) -> list[float]:
    """Columns fill up from what they need to what they want, by weight."""
    got = list(needed)
    open_ = set(range(len(got)))
    left = room - sum(got)
    while left > 1e-6 and open_:
        total = sum(weight[each] for each in open_)
        share = {each: left * weight[each] / total for each in open_}
        for each, more in share.items():
            taken = min(more, wanted[each] - got[each])
            got[each] += taken
            left -= taken
        open_ = {each for each in open_ if wanted[each] - got[each] > 1e-6}
    return got
