"""Tables on slides."""

from __future__ import annotations

from dataclasses import dataclass

from dmaic.reports.dialect import Node, Nodes, sign_of, text_of, without_sign
from dmaic.reports.office import measure
from dmaic.reports.office.drawing import POINT, Box
from dmaic.reports.office.pptx_text import Writer
from dmaic.reports.office.theme import attribute, bare
from dmaic.reports.office.tree import Grid

_PAD = 4.0
"""Points above and below the text of a cell."""
_SIDE = 7.0
"""Points at its sides."""

_NEARLY = 0.62
"""A table that takes more of its room than this takes all of it."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table at a size: what stands where.

    Attributes:
        grid: the table.
        size: of its font, in points.
        columns: their widths, in EMU.
        head: height of the headline, in EMU; 0 without one.
        rows: their heights, in EMU.
    """

    grid: Grid
    size: float
    columns: list[int]
    head: int
    rows: list[int]

    @classmethod
    def of(cls, grid: Grid, size: float, room: int) -> Sheet:
        """Set a table.

        Args:
            grid: the table.
            size: of its font, in points.
            room: width, in EMU.
        """
        em = size * POINT
        widths = grid.widths(room / em)
        if sum(widths) * em > room * _NEARLY:
            widths = [each * room / em / sum(widths) for each in widths]
        columns = [round(each * em) for each in widths]

        def high(cells: list[Nodes], wider: float) -> int:
            counts = [
                measure.lines(text_of(cell), (wide / POINT - 2 * _SIDE) / size / wider)
                for cell, wide in zip(cells, columns, strict=True)
            ]
            return round((max(counts) * size * measure.LINE + 2 * _PAD) * POINT)

        head = high(grid.header, 1.08) if grid.header else 0
        return cls(grid, size, columns, head, [high(row, 1.0) for row in grid.rows])

    @property
    def height(self) -> int:
        """Of the whole table, in EMU."""
        return self.head + sum(self.rows)

    def part(self, first: int, last: int) -> Sheet:
        """Some of its rows, under the same headline.

        Args:
            first: number of the first row.
            last: number of the row after the last one.
        """
        grid = Grid(self.grid.header, self.grid.rows[first:last], self.grid.right)
        return Sheet(grid, self.size, self.columns, self.head, self.rows[first:last])

    def parts(self, high: int) -> list[Sheet]:
        """The table in as many parts as its height needs.

        Args:
            high: what a part may be, in EMU.
        """
        made, first, used = [], 0, self.head
        for number, row in enumerate(self.rows):
            if number > first and used + row > high:
                made.append(self.part(first, number))
                first, used = number, self.head
            used += row
        return [*made, self.part(first, len(self.rows))]

    def shortened(self, high: int) -> Sheet:
        """The same table; a text that alone is higher than a slide ends in three dots.

        Args:
            high: of a slide, in EMU.
        """
        most = high - self.head
        if not self.rows or max(self.rows) <= most:
            return self
        allowed = max(1, int(((most / POINT) - 2 * _PAD) / (self.size * measure.LINE)))
        rows = []
        for row in self.grid.rows:
            cells = []
            for cell, wide in zip(row, self.columns, strict=True):
                room = (wide / POINT - 2 * _SIDE) / self.size
                cells.append(_short(cell, room, allowed))
            rows.append(cells)
        grid = Grid(self.grid.header, rows, self.grid.right)
        heights = [min(each, most) for each in self.rows]
        return Sheet(grid, self.size, self.columns, self.head, heights)

    def xml(self, id: int, name: str, box: Box, writer: Writer) -> str:
        """As the slide has it.

        Args:
            id: of its own on the slide.
            name: what it shows.
            box: where it begins.
            writer: of the slide's text.
        """
        place = Box(box.left, box.top, sum(self.columns), self.height)
        turned = ' rtl="1"' if writer.style.right_to_left else ""
        columns = "".join(f'<a:gridCol w="{each}"/>' for each in self.columns)
        rows = [self._row(self.grid.header, self.head, writer, -1)] if self.grid.header else []
        rows += [
            self._row(row, high, writer, number)
            for number, (row, high) in enumerate(zip(self.grid.rows, self.rows, strict=True))
        ]
        return (
            f'<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="{id}" name="Table {id}" '
            f'descr={attribute(name)}/><p:cNvGraphicFramePr><a:graphicFrameLocks noGrp="1"/>'
            f"</p:cNvGraphicFramePr><p:nvPr/></p:nvGraphicFramePr>{place.xml('p:xfrm')}"
            '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/table">'
            f'<a:tbl><a:tblPr firstRow="{int(bool(self.grid.header))}" bandRow="1"{turned}/>'
            f"<a:tblGrid>{columns}</a:tblGrid>{''.join(rows)}</a:tbl></a:graphicData></a:graphic>"
            "</p:graphicFrame>"
        )

    def _row(self, cells: list[Nodes], high: int, writer: Writer, number: int) -> str:
        head = number < 0
        made = []
        turned = ' rtl="1"' if writer.style.right_to_left else ""
        for cell, right in zip(cells, self.grid.right, strict=True):
            side = "l" if right == bool(turned) else "r"
            words = "".join(
                f'<a:p><a:pPr marL="0" indent="0" algn="{side}"{turned}><a:buNone/>'
                "</a:pPr>"
                + (writer.judged(sign_of([block]), self.size) if not head else "")
                + writer.runs(
                    _words(block), self.size, bold=head, colour="accent1" if head else "tx1"
                )
                + "</a:p>"
                for block in cell
                if block["t"] in ("Para", "Plain")
            )
            end = f'<a:p><a:endParaRPr sz="{round(self.size * 100)}"/></a:p>'
            made.append(
                f"<a:tc><a:txBody><a:bodyPr/><a:lstStyle/>{words or end}</a:txBody>"
                f"{self._cell(writer, number)}</a:tc>"
            )
        return f'<a:tr h="{high}">{"".join(made)}</a:tr>'

    def _cell(self, writer: Writer, number: int) -> str:
        """Ground and rules: a strong one under the headline, thin ones under the rows."""
        head = number < 0
        colours = writer.style.colours
        none = "".join(f'<a:{side} w="0"><a:noFill/></a:{side}>' for side in ("lnL", "lnR", "lnT"))
        ink = '<a:schemeClr val="accent1"/>' if head else f'<a:srgbClr val="{bare(colours.rule)}"/>'
        under = f'<a:lnB w="{15875 if head else 6350}"><a:solidFill>{ink}</a:solidFill></a:lnB>'
        ground = (
            f'<a:solidFill><a:srgbClr val="{bare(colours.fill)}"/></a:solidFill>'
            if number % 2 and not head
            else "<a:noFill/>"
        )
        pad, side = round(_PAD * POINT), round(_SIDE * POINT)
        return (
            f'<a:tcPr marL="{side}" marR="{side}" marT="{pad}" marB="{pad}" '
            f'anchor="{"b" if head else "t"}">{none}{under}{ground}</a:tcPr>'
        )


def _words(block: Node) -> Nodes:
    """The words of a paragraph, without the sign that is written before them."""
    words: Nodes = (without_sign([block]) if sign_of([block]) else [block])[0]["c"]
    return words


def _short(cell: Nodes, room: float, allowed: int) -> Nodes:
    whole = text_of(cell)
    if measure.lines(whole, room) <= allowed:
        return cell
    words = measure.shortened(whole, lambda each: measure.lines(each, room) <= allowed)
    return [{"t": "Plain", "c": [{"t": "Str", "c": words}]}]
