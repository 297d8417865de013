"""The tree of a report made ready for Word: figures, captions, tables, boxes and contents."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator
from typing import Any

from dmaic.reports.office.docx_reference import field, run
from dmaic.reports.office.docx_styles import TABLE_SIZE
from dmaic.reports.office.theme import text
from dmaic.reports.office.tree import MARKS, Grid, Node, Nodes, said, text_of
from dmaic.reports.picture import Picture, Pictures

_INCH = 1440


class Body:
    """Turns the blocks of a report into those that its Word document has."""

    def __init__(
        self, pictures: Pictures, room: int, scale: float = 1.0, highest: float = 4.4
    ) -> None:
        """Begin a document.

        Args:
            pictures: of the report's figures.
            room: width of the text, in twentieths of a point.
            scale: of its text.
            highest: a picture may be, in inches.
        """
        self.pictures = {each.figure.path: each for each in pictures.values()}
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
                made += self._block(block)
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
        image = next(_images(inner), None)
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
        table = {"t": "Table", "c": [attributes, caption, columns, head, bodies, foot]}
        # Two tables that touch would become one.
        return [table, styled("After Table", [{"t": "Para", "c": []}])]

    def _box(self, blocks: Nodes) -> Nodes:
        """A table of one cell holds paragraphs and lists together; borders of paragraphs do not."""
        begin = (
            '<w:tbl><w:tblPr><w:tblStyle w:val="Callout"/>'
            f'<w:tblW w:w="{self.room}" w:type="dxa"/></w:tblPr>'
            f'<w:tblGrid><w:gridCol w:w="{self.room}"/></w:tblGrid><w:tr><w:trPr><w:cantSplit/>'
            f'</w:trPr><w:tc><w:tcPr><w:tcW w:w="{self.room}" w:type="dxa"/></w:tcPr>'
        )
        inner = self.blocks(blocks)
        if inner and inner[-1]["t"] not in ("Para", "Plain"):
            inner.append(styled("After Table", [{"t": "Para", "c": []}]))
        inner = [
            styled("Callout Text", [each]) if each["t"] in ("Para", "Plain") else each
            for each in inner
        ]
        after = styled("After Table", [{"t": "Para", "c": []}])
        return [raw(begin), *inner, raw("</w:tc></w:tr></w:tbl>"), after]

    def _list(self, block: Node) -> Nodes:
        """Lines that are judged hang on their sign; others have dots."""
        items = block["c"]
        if not all(_sign(item) for item in items):
            return [{"t": "BulletList", "c": [self.blocks(item) for item in items]}]
        made: Nodes = []
        for item in items:
            first, *rest = item
            sign = _sign(item)
            words = first["c"][2:] if len(first["c"]) > 1 else []
            if first["c"][0]["c"] != sign:
                words = [{"t": "Str", "c": first["c"][0]["c"][len(sign) :]}, *first["c"][1:]]
            shown = (
                f'<w:r><w:rPr><w:rStyle w:val="Judged{MARKS[sign]}"/></w:rPr>'
                f"<w:t>{text(sign)}</w:t></w:r><w:r><w:tab/></w:r>"
            )
            line = {"t": "Para", "c": [raw(shown, inline=True), *words]}
            made.append(styled("Judged", [line]))
            made += self.blocks(rest)
        return made


def contents(headings: Iterable[tuple[int, str]], room: int, title: str) -> Node:
    """A table of contents that is filled and that Word and LibreOffice can make anew.

    Args:
        headings: level and text of each.
        room: width of the text.
        title: above it.
    """
    rows = [(level, words, mark(number)) for number, (level, words) in enumerate(headings, 1)]
    rows = [each for each in rows if each[0] <= 2]
    parts = [f'<w:p><w:pPr><w:pStyle w:val="TOCHeading"/></w:pPr>{run(title)}</w:p>']
    for number, (level, words, name) in enumerate(rows):
        page = field(f"PAGEREF {name} \\h", "")
        begin = ""
        if not number:
            begin = (
                '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r>'
                '<w:instrText xml:space="preserve"> TOC \\o "1-2" \\h \\z \\u </w:instrText></w:r>'
                '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
            )
        parts.append(
            f'<w:p><w:pPr><w:pStyle w:val="TOC{level}"/><w:tabs>'
            f'<w:tab w:val="right" w:leader="dot" w:pos="{room}"/></w:tabs></w:pPr>{begin}'
            f'<w:hyperlink w:anchor="{name}" w:history="1">{run(words)}<w:r><w:tab/></w:r>'
            f"{page}</w:hyperlink>"
            + ('<w:r><w:fldChar w:fldCharType="end"/></w:r>' if number == len(rows) - 1 else "")
            + "</w:p>"
        )
    return raw("".join(parts))


def is_caption(block: Node, after: Node) -> bool:
    """A paragraph that is emphasised as a whole and stands before a table.

    Args:
        block: perhaps the caption.
        after: what follows it.
    """
    if block["t"] != "Para" or after.get("t") != "Table":
        return False
    return len(block["c"]) == 1 and block["c"][0]["t"] == "Emph"


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
    """A line in a style.

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


def _images(part: Any) -> Iterator[Node]:  # noqa: ANN401  any part of a tree
    if isinstance(part, list):
        for each in part:
            yield from _images(each)
    elif isinstance(part, dict):
        if part.get("t") == "Image":
            yield part
        yield from _images(part.get("c"))


def _sign(item: Nodes) -> str:
    """The sign that a line of a list begins with, or nothing."""
    if not item or item[0]["t"] not in ("Para", "Plain") or not item[0]["c"]:
        return ""
    first = item[0]["c"][0]
    if first["t"] != "Str":
        return ""
    sign = str(first["c"])
    return sign if sign in MARKS else ""


def _ratio(picture: Picture) -> float:
    return picture.width / picture.height
