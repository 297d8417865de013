"""Styles of dmaic's own Word documents."""

from __future__ import annotations

from dmaic.reports.colour import mix
from dmaic.reports.office.theme import HEAD, attribute, bare, body_font, heading_font
from dmaic.reports.style import Style

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

TEXT_SIZE = 10.0
"""Points of running text."""
TABLE_SIZE = 8.5
"""Points of text in tables."""


def styles(style: Style, scale: float = 1.0) -> str:
    """`word/styles.xml`.

    Args:
        style: of the client.
        scale: of all sizes and distances; an A3 page is set smaller to hold everything.
    """
    sheet = _Sheet(style, scale)
    return (
        f'{HEAD}<w:styles xmlns:w="{WORD}">{sheet.defaults()}'
        + "".join(sheet.paragraphs())
        + "".join(sheet.characters())
        + sheet.tables()
        + "</w:styles>"
    )


class _Sheet:
    """Writes styles."""

    def __init__(self, style: Style, scale: float) -> None:
        self.style, self.scale = style, scale
        self.colours = style.colours

    def _font(self, family: str) -> str:
        name = attribute(family)
        return f"<w:rFonts w:ascii={name} w:hAnsi={name} w:cs={name} w:eastAsia={name}/>"

    def _run(self, size: float = 0, colour: str = "", *, bold: bool = False, font: str = "") -> str:
        points = round(size * self.scale * 2)
        return (
            "<w:rPr>"
            + (self._font(font) if font else "")
            + ("<w:b/><w:bCs/>" if bold else "")
            + (f'<w:color w:val="{bare(colour)}"/>' if colour else "")
            + (f'<w:sz w:val="{points}"/><w:szCs w:val="{points}"/>' if size else "")
            + "</w:rPr>"
        )

    def _space(self, before: float, after: float, line: float = 1.15) -> str:
        """Points above and below, and the height of a line."""
        return (
            f'<w:spacing w:before="{round(before * self.scale * 20)}" '
            f'w:after="{round(after * self.scale * 20)}" '
            f'w:line="{round(line * 240)}" w:lineRule="auto"/>'
        )

    def defaults(self) -> str:
        """What holds where nothing else is said."""
        size = round(TEXT_SIZE * self.scale * 2)
        language = attribute(self.style.language)
        turned = "<w:bidi/>" if self.style.right_to_left else ""
        return (
            f"<w:docDefaults><w:rPrDefault><w:rPr>{self._font(body_font(self.style))}"
            f'<w:color w:val="{bare(self.colours.ink)}"/>'
            f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'
            f"<w:lang w:val={language} w:eastAsia={language} w:bidi={language}/>"
            f"</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>{turned}{self._space(0, 6)}</w:pPr>"
            "</w:pPrDefault></w:docDefaults>"
        )

    def _paragraph(
        self, id: str, name: str, paragraph: str = "", run: str = "", *, based: str = "Normal",
        next: str = "", own: bool = False,
    ) -> str:  # fmt: skip
        return (
            f'<w:style w:type="paragraph" w:styleId="{id}"'
            + (' w:customStyle="1"' if own else "")
            + (' w:default="1"' if id == "Normal" else "")
            + f'><w:name w:val="{name}"/>'
            + ("" if id == "Normal" else f'<w:basedOn w:val="{based}"/>')
            + (f'<w:next w:val="{next}"/>' if next else "")
            + "<w:qFormat/>"
            + (f"<w:pPr>{paragraph}</w:pPr>" if paragraph else "")
            + run
            + "</w:style>"
        )

    def paragraphs(self) -> list[str]:
        """Styles of paragraphs; the names are those that Word and pandoc know."""
        c, heading = self.colours, heading_font(self.style)
        one = self._paragraph
        keep = "<w:keepNext/><w:keepLines/>"
        made = [
            one("Normal", "Normal"),
            one("BodyText", "Body Text"),
            one("FirstParagraph", "First Paragraph", based="BodyText", own=True),
            one("Lead", "Lead", "<w:keepNext/>", based="BodyText", own=True),
            one("Compact", "Compact", self._space(1, 1), based="BodyText", own=True),
            one("Title", "Title", keep + self._space(0, 2, 1.0),
                self._run(25, c.accent, bold=True, font=heading), next="Subtitle"),
            one("Subtitle", "Subtitle", keep + self._space(0, 3, 1.0),
                self._run(13, c.muted), next="BodyText"),
            one("Masthead", "Masthead", keep + self._space(0, 10, 1.0),
                self._run(9.5, c.muted, bold=True), own=True),
            one("Particulars", "Particulars", self._rule("bottom", c.area, 16, 8)
                + self._space(0, 12, 1.15), self._run(9, c.muted), own=True),
        ]  # fmt: skip
        sizes = {1: (15.5, 18, 5), 2: (12, 12, 4), 3: (10.5, 9, 3), 4: (10, 7, 2)}
        for level, (size, before, after) in sizes.items():
            made.append(
                one(f"Heading{level}", f"heading {level}",
                    keep + self._space(before, after, 1.05)
                    + f'<w:outlineLvl w:val="{level - 1}"/>',
                    self._run(size, c.accent if level < 3 else c.ink, bold=True, font=heading),
                    next="BodyText")
            )  # fmt: skip
        small = self._run(9, c.muted)
        made += [
            one("BlockText", "Block Text", self._space(2, 3)),
            one("CalloutText", "Callout Text", self._space(1, 3), based="BodyText", own=True),
            one("Judged", "Judged", self._hang(16, self._space(1, 2)), based="BodyText", own=True),
            one("Caption", "caption", self._space(2, 8, 1.05), small),
            one("TableCaption", "Table Caption", keep + self._space(8, 3, 1.05), based="Caption",
                own=True),
            one("ImageCaption", "Image Caption", "<w:keepLines/>" + self._space(2, 12, 1.05),
                based="Caption", own=True),
            one("Figure", "Figure", "<w:keepNext/>" + self._space(8, 0, 1.0), own=True),
            one("TableText", "Table Text", self._space(1.5, 1.5, 1.05), self._run(TABLE_SIZE),
                own=True),
            one("TableHeading", "Table Heading", "<w:keepNext/>" + self._space(2, 2, 1.05),
                self._run(TABLE_SIZE, c.accent, bold=True), own=True),
            one("AfterTable", "After Table", self._space(0, 5, 0.7), self._run(4), own=True),
            one("SourceCode", "Source Code", self._space(2, 4), self._run(8.5), own=True),
            one("Header", "header", self._rule("bottom", c.rule, 4, 4) + self._space(0, 0, 1.0),
                self._run(8, c.muted)),
            one("Footer", "footer", self._rule("top", c.rule, 4, 4) + self._space(0, 0, 1.0),
                self._run(8, c.muted)),
            one("TOCHeading", "TOC Heading", keep + self._space(12, 4, 1.05),
                self._run(12, c.accent, bold=True, font=heading), next="BodyText"),
            one("TOC1", "toc 1", self._space(2, 2, 1.0), self._run(10)),
            one("TOC2", "toc 2", f'{self._space(0, 1, 1.0)}<w:ind w:left="280"/>', small),
        ]  # fmt: skip
        return made

    def _rule(self, side: str, colour: str, eighths: int, gap: int) -> str:
        """A line along a paragraph; its thickness in eighths of a point, its distance in points."""
        return (
            f'<w:pBdr><w:{side} w:val="single" w:sz="{eighths}" w:space="{gap}" '
            f'w:color="{bare(colour)}"/></w:pBdr>'
        )

    def _hang(self, points: float, space: str) -> str:
        """The first line begins further out, up to a tab."""
        twips = round(points * self.scale * 20)
        return (
            f'<w:tabs><w:tab w:val="left" w:pos="{twips}"/></w:tabs>{space}'
            f'<w:ind w:left="{twips}" w:hanging="{twips}"/>'
        )

    def characters(self) -> list[str]:
        """Styles of words."""
        c = self.colours
        made = [
            '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
            '<w:name w:val="Default Paragraph Font"/></w:style>',
            '<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/>'
            f'<w:rPr><w:color w:val="{bare(c.accent)}"/><w:u w:val="single"/></w:rPr></w:style>',
            '<w:style w:type="character" w:customStyle="1" w:styleId="VerbatimChar">'
            f'<w:name w:val="Verbatim Char"/><w:rPr>{self._font("Courier New")}'
            f'<w:shd w:val="clear" w:fill="{bare(c.fill)}"/></w:rPr></w:style>',
        ]
        judged = {"Good": c.good, "Warning": c.warning, "Bad": c.bad, "Open": c.muted}
        for name, colour in judged.items():
            made.append(
                f'<w:style w:type="character" w:customStyle="1" w:styleId="Judged{name}">'
                f'<w:name w:val="Judged {name}"/>{self._run(0, colour, bold=True)}</w:style>'
            )
        return made

    def tables(self) -> str:
        """Styles of tables: rules and a striped ground; and the box that stands out."""
        c = self.colours
        rule = f'w:val="single" w:sz="4" w:space="0" w:color="{bare(c.rule)}"'
        thick = f'w:val="single" w:sz="8" w:space="0" w:color="{bare(c.accent)}"'
        band = mix("#FFFFFF", c.fill, 0.75)
        cell = '<w:tblCellMar><w:left w:w="85" w:type="dxa"/><w:right w:w="85" w:type="dxa"/>'
        return (
            '<w:style w:type="table" w:default="1" w:styleId="TableNormal">'
            '<w:name w:val="Normal Table"/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/>'
            f"{cell}</w:tblCellMar></w:tblPr></w:style>"
            '<w:style w:type="table" w:customStyle="1" w:styleId="Table"><w:name w:val="Table"/>'
            '<w:basedOn w:val="TableNormal"/><w:tblPr><w:tblStyleRowBandSize w:val="1"/>'
            f"<w:tblBorders><w:top {rule}/><w:bottom {rule}/><w:insideH {rule}/></w:tblBorders>"
            f"{cell}</w:tblCellMar></w:tblPr>"
            '<w:tblStylePr w:type="firstRow"><w:tcPr><w:tcBorders>'
            f"<w:bottom {thick}/></w:tcBorders>"
            '<w:vAlign w:val="bottom"/></w:tcPr></w:tblStylePr>'
            '<w:tblStylePr w:type="band2Horz"><w:tcPr>'
            f'<w:shd w:val="clear" w:color="auto" w:fill="{bare(band)}"/></w:tcPr></w:tblStylePr>'
            "</w:style>"
            '<w:style w:type="table" w:customStyle="1" w:styleId="Callout">'
            '<w:name w:val="Callout"/><w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>'
            f'<w:left w:val="single" w:sz="36" w:space="0" w:color="{bare(c.area)}"/>'
            '</w:tblBorders><w:tblCellMar><w:top w:w="100" w:type="dxa"/>'
            '<w:left w:w="200" w:type="dxa"/><w:bottom w:w="60" w:type="dxa"/>'
            '<w:right w:w="200" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tcPr>'
            f'<w:shd w:val="clear" w:color="auto" w:fill="{bare(c.fill)}"/></w:tcPr></w:style>'
        )
