"""The tree of a report made ready for Word: figures, captions, tables, boxes and contents."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from typing import Any

from dmaic.reports.dialect import (
    MARKS,
    Node,
    Nodes,
    is_caption,
    sign_of,
    text_of,
    without_sign,
)
from dmaic.reports.office.docx_reference import field, run
from dmaic.reports.office.docx_styles import TABLE_SIZE
from dmaic.reports.office.theme import bare, colour_of, text
from dmaic.reports.office.tree import Grid, images, leads, parted, said
from dmaic.reports.picture import Picture, Pictures
from dmaic.reports.style import Style

_INCH = 1440


class Body:
    """Turns the blocks of a report into those that its Word document has."""

    def __init__(
        self, pictures: Pictures, style: Style, room: int, scale: float, highest: float
    ) -> None:
        """Begin a document.

        Args:
            pictures: of the report's figures.
            style: of the client.
            room: width of the text, in twentieths of a point.
            scale: of its text.
            highest: a picture may be, in inches.
        """
        self.pictures = {each.figure.path: each for each in pictures.values()}
        self.style = style
        self.room, self.scale, self.highest = room, scale, highest
        self.headings: list[tuple[int, str]] = []
        self._count = {"Figure": 0, "Table": 0}
        self._marks = 0

    def blocks(self, blocks: Nodes) -> Nodes:
        """All of them.

        Args:
            blocks: of a report.
        """
        made: Nodes = []
        for number, block in enumerate(blocks):
            after = blocks[number + 1] if number + 1 < len(blocks) else {}
            if is_caption(block, after):
                made += self._caption("Table", block["c"][0]["c"], "Table Caption")
            else:
                if number and parted(blocks[number - 1], block):
                    made.append(paragraph("AfterTable", ""))
                lead = leads(blocks[number:])
                made += [styled("Lead", [block])] if lead else self._block(block)
        return made

    def _block(self, block: Node) -> Nodes:
        kind: str = block["t"]
        content: Any = block.get("c")
        if kind == "Header":
            return self._heading(content)
        if kind == "Figure":
            return self._figure(block)
        if kind == "Table":
            return self._table(block)
        if kind == "BlockQuote":
            return self._box(content)
        if kind == "BulletList":
            return self._list(block)
        if kind == "HorizontalRule":
            return []
        return [block]

    def _heading(self, content: list[Any]) -> Nodes:
        """A level higher than in the Markdown: there the title is a headline too."""
        level, _, inlines = content
        level = max(1, level - 1)
        self.headings.append((level, text_of(inlines).replace("\n", " ")))
        name = mark(len(self.headings))
        number = len(self.headings)
        inlines = [
            raw(f'<w:bookmarkStart w:id="{9000 + number}" w:name="{name}"/>', inline=True),
            *inlines,
            raw(f'<w:bookmarkEnd w:id="{9000 + number}"/>', inline=True),
        ]
        return [{"t": "Header", "c": [level, ["", [], []], inlines]}]

    def _caption(self, kind: str, inlines: Nodes, look: str) -> Nodes:
        self._count[kind] += 1
        number = field(f"SEQ {kind} \\* ARABIC", str(self._count[kind]))
        start = f'<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">{kind} </w:t></w:r>'
        begun = raw(f"{start}{number.replace('<w:r>', '<w:r><w:rPr><w:b/></w:rPr>')}", inline=True)
        return [styled(look, [{"t": "Para", "c": [begun, *said(". "), *inlines]}])]

    def _figure(self, block: Node) -> Nodes:
        """The picture, and under it its caption; a picture that is not known stays words."""
        _, caption, inner = block["c"]
        image = next(images(inner), None)
        picture = self.pictures.get(image["c"][2][0]) if image else None
        if picture is None:
            return [styled("Image Caption", [{"t": "Para", "c": said(text_of(inner))}])]
        words = text_of(caption[1])
        if not words:
            return [self._picture(picture)]
        inlines = caption[1][0]["c"]
        return [self._picture(picture), *self._caption("Figure", inlines, "Image Caption")]

    def _picture(self, picture: Picture) -> Node:
        wide = min(self.room / _INCH, picture.width, self.highest * _ratio(picture))
        data = base64.b64encode(picture.png).decode()
        shown = image(
            f"data:image/png;base64,{data}", picture.figure.alt, wide, wide / _ratio(picture)
        )
        return styled("Figure", [shown])

    def _table(self, block: Node) -> Nodes:
        grid = Grid.of(block)
        room = self.room / (TABLE_SIZE * self.scale * 20)
        widths = [each / room for each in grid.widths(room)]
        # A table that is nearly as wide as the page looks better as wide as the page.
        if sum(widths) > 0.6:
            widths = [each / sum(widths) for each in widths]
        attributes, caption, columns, head, bodies, foot = block["c"]
        columns = [
            [align, {"t": "ColWidth", "c": share}]
            for (align, _), share in zip(columns, widths, strict=True)
        ]
        for row in (row for body in bodies for row in body[3]):
            for cell in row[1]:
                if sign := sign_of(cell[4]):
                    first, *rest = without_sign(cell[4])
                    words = [self._judged(sign), *said(" "), *first["c"]]
                    cell[4] = [{"t": first["t"], "c": words}, *rest]
        table = {"t": "Table", "c": [attributes, caption, columns, head, bodies, foot]}
        # Two tables that touch would become one.
        return [table, paragraph("AfterTable", "")]

    def _box(self, blocks: Nodes) -> Nodes:
        """A table of one cell holds paragraphs and lists together; borders of paragraphs do not."""
        begin = (
            '<w:tbl><w:tblPr><w:tblStyle w:val="Callout"/>'
            f'<w:tblW w:w="{self.room}" w:type="dxa"/></w:tblPr>'
            f'<w:tblGrid><w:gridCol w:w="{self.room}"/></w:tblGrid><w:tr><w:trPr><w:cantSplit/>'
            f'</w:trPr><w:tc><w:tcPr><w:tcW w:w="{self.room}" w:type="dxa"/></w:tcPr>'
        )
        # A cell must hold a paragraph.
        inner = self.blocks(blocks) or [paragraph("CalloutText", "")]
        inner = [
            styled("Callout Text", [each]) if each["t"] in ("Para", "Plain") else each
            for each in inner
        ]
        after = paragraph("AfterTable", "")
        return [raw(begin), *inner, raw("</w:tc></w:tr></w:tbl>"), after]

    def _list(self, block: Node) -> Nodes:
        """Lines that are judged hang on their sign; others have dots."""
        made: Nodes = []
        for item in block["c"]:
            if sign_of(item):
                first, *rest = without_sign(item)
                line = {"t": "Para", "c": [self._judged(sign_of(item), tab=True), *first["c"]]}
                made += [styled("Judged", [line]), *self.blocks(rest)]
            elif made and made[-1]["t"] == "BulletList":
                made[-1]["c"].append(self.blocks(item))
            else:
                made.append({"t": "BulletList", "c": [self.blocks(item)]})
        return made

    def _judged(self, sign: str, *, tab: bool = False) -> Node:
        """A sign in the colour of what it says.

        LibreOffice forgets colours of styles in tables, so the run says it as well.
        """
        colour = bare(colour_of(sign, self.style))
        shown = (
            f'<w:r><w:rPr><w:rStyle w:val="Judged{MARKS[sign]}"/><w:b/>'
            f'<w:color w:val="{colour}"/></w:rPr><w:t>{text(sign)}</w:t></w:r>'
        )
        return raw(shown + ("<w:r><w:tab/></w:r>" if tab else ""), inline=True)


def contents(
    headings: Sequence[tuple[int, str]], pages: Sequence[int], room: int, title: str
) -> Node:
    """A table of contents whose page numbers are fields of their own.

    Within a `TOC` field LibreOffice shows what the file says, and Word does so until somebody asks
    for more; a reference to a page LibreOffice works out at opening, and Word where it is marked.

    Args:
        headings: level and text of each.
        pages: on which each stands, until Word has counted.
        room: width of the text.
        title: above it.
    """
    parts = [f'<w:p><w:pPr><w:pStyle w:val="TOCHeading"/></w:pPr>{run(title)}</w:p>']
    for number, (level, words) in enumerate(headings, 1):
        if level > 2:
            continue
        page = field(f"PAGEREF {mark(number)} \\h", str(pages[number - 1]), stale=True)
        parts.append(
            f'<w:p><w:pPr><w:pStyle w:val="TOC{level}"/><w:tabs>'
            f'<w:tab w:val="right" w:leader="dot" w:pos="{room}"/></w:tabs></w:pPr>'
            f'<w:hyperlink w:anchor="{mark(number)}" w:history="1">{run(words)}'
            f"<w:r><w:tab/></w:r>{page}</w:hyperlink></w:p>"
        )
    return raw(
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/>'
        "<w:docPartUnique/></w:docPartObj></w:sdtPr><w:sdtContent>"
        f"{''.join(parts)}</w:sdtContent></w:sdt>"
    )


def mark(number: int) -> str:
    """Name of the bookmark of a headline.

    Args:
        number: of the headline, from 1.
    """
    return f"_Toc{number:08d}"


def image(address: str, alt: str, width: float, height: float) -> Node:
    """A paragraph that holds a picture.

    Args:
        address: the picture as `data:`.
        alt: what is to be seen.
        width: in inches.
        height: in inches.
    """
    size = [["width", f"{width:.2f}in"], ["height", f"{height:.2f}in"]]
    return {
        "t": "Para",
        "c": [{"t": "Image", "c": [["", [], size], said(alt), [address, ""]]}],
    }


def paragraph(look: str, words: str) -> Node:
    """A line in a style, which pandoc would leave out if it were empty.

    Args:
        look: id of the style.
        words: any text.
    """
    return raw(f'<w:p><w:pPr><w:pStyle w:val="{look}"/></w:pPr>{run(words)}</w:p>')


def raw(code: str, *, inline: bool = False) -> Node:
    """A piece of Word's own XML.

    Args:
        code: well-formed, together with the other pieces.
        inline: it stands in a paragraph.
    """
    return {"t": "RawInline" if inline else "RawBlock", "c": ["openxml", code]}


def styled(look: str, blocks: Nodes) -> Node:
    """Blocks in a style.

    Args:
        look: name of the style.
        blocks: paragraphs.
    """
    return {"t": "Div", "c": [["", [], [["custom-style", look]]], blocks]}


def _ratio(picture: Picture) -> float:
    return picture.width / picture.height
