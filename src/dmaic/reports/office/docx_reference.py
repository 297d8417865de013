"""dmaic's own reference document of Word, made of a style."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dmaic.reports.office import measure
from dmaic.reports.office.archive import CONTENT_TYPES, Parts
from dmaic.reports.office.docx_styles import WORD, styles
from dmaic.reports.office.theme import HEAD, text, theme
from dmaic.reports.style import Style

PLACES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORDPROCESSING = "application/vnd.openxmlformats-officedocument.wordprocessingml"


_HEAD, _FOOT = 150, 50
"""More room above and below the text than at its sides, for header and footer."""


@dataclass(frozen=True, slots=True)
class Page:
    """A sheet of paper, in twentieths of a point.

    Attributes:
        width, height: of the sheet.
        margin: on every side.
        landscape: it lies on its long side.
    """

    width: int
    height: int
    margin: int
    landscape: bool = False

    @property
    def room(self) -> int:
        """Width of the text."""
        return self.width - 2 * self.margin

    @property
    def high(self) -> int:
        """Height of the text."""
        return self.height - 2 * self.margin - _HEAD - _FOOT

    def xml(self) -> str:
        """Size and margins, as a section has them."""
        turned = ' w:orient="landscape"' if self.landscape else ""
        margin, edge = self.margin, self.margin // 2
        return (
            f'<w:pgSz w:w="{self.width}" w:h="{self.height}"{turned}/>'
            f'<w:pgMar w:top="{margin + _HEAD}" w:right="{margin}" w:bottom="{margin + _FOOT}" '
            f'w:left="{margin}" w:header="{edge}" w:footer="{edge}" w:gutter="0"/>'
        )


SHEETS = {"a4": Page(11906, 16838, 1191), "letter": Page(12240, 15840, 1191)}
A3 = {"a4": Page(23811, 16838, 737, True), "letter": Page(24480, 15840, 737, True)}
"""One sheet that shows everything: A3, and tabloid where paper comes in letter size."""


def reference(
    style: Style, page: Page, left: str = "", right: str = "", scale: float = 1.0
) -> Parts:
    """Parts of a reference document.

    Args:
        style: of the client.
        page: the sheet.
        left: words in the header.
        right: words at its other end.
        scale: of all sizes.
    """
    types = {
        "word/document.xml": "document.main",
        "word/styles.xml": "styles",
        "word/settings.xml": "settings",
        "word/header1.xml": "header",
        "word/footer1.xml": "footer",
    }
    places = {"styles": "styles", "settings": "settings", "theme": "theme/theme1"}
    places |= {"header": "header1", "footer": "footer1"}
    footer = " · ".join(each for each in (style.organisation, style.footer) if each)
    parts = {
        CONTENT_TYPES: f'{HEAD}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Override PartName="/word/theme/theme1.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.theme+xml"/>'
        + "".join(
            f'<Override PartName="/{name}" ContentType="{_WORDPROCESSING}.{kind}+xml"/>'
            for name, kind in types.items()
        )
        + "</Types>",
        "_rels/.rels": f'{HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{PLACES}/officeDocument" Target="word/document.xml"/>'
        "</Relationships>",
        "word/_rels/document.xml.rels": f'{HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
        + "".join(
            f'<Relationship Id="rId{number}" Type="{PLACES}/{kind}" Target="{target}.xml"/>'
            for number, (kind, target) in enumerate(places.items(), 1)
        )
        + "</Relationships>",
        "word/document.xml": f'{HEAD}<w:document xmlns:w="{WORD}" xmlns:r="{PLACES}"><w:body>'
        f"{_samples()}{section(page)}</w:body></w:document>",
        "word/styles.xml": styles(style, scale),
        "word/settings.xml": f'{HEAD}<w:settings xmlns:w="{WORD}"><w:zoom w:percent="100"/>'
        '<w:defaultTabStop w:val="720"/><w:characterSpacingControl w:val="doNotCompress"/>'
        '<w:compat><w:compatSetting w:name="compatibilityMode" '
        'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>',
        "word/theme/theme1.xml": theme(style),
        "word/header1.xml": _running("hdr", "Header", page, left, right),
        "word/footer1.xml": _running("ftr", "Footer", page, footer, None),
    }
    return {name: part.encode() for name, part in parts.items()}


def room_of(parts: Parts, otherwise: int) -> int:
    """Width of the text in a document, in twentieths of a point.

    Args:
        parts: of a client's document.
        otherwise: where it does not say.
    """
    document = parts["word/document.xml"].decode(errors="replace")
    sizes = re.findall(r'<w:pgSz\b[^>]*?\bw:w="(\d+)"', document)
    left = re.findall(r'<w:pgMar\b[^>]*?\bw:left="(\d+)"', document)
    right = re.findall(r'<w:pgMar\b[^>]*?\bw:right="(\d+)"', document)
    if not (sizes and left and right):
        return otherwise
    room = int(sizes[-1]) - int(left[-1]) - int(right[-1])
    return room if room > 1440 else otherwise


def section(page: Page) -> str:
    """Sheet, header and footer, at the end of the document.

    Args:
        page: the sheet.
    """
    return (
        '<w:sectPr><w:headerReference w:type="default" r:id="rId4"/>'
        f'<w:footerReference w:type="default" r:id="rId5"/>{page.xml()}</w:sectPr>'
    )


def field(code: str, shown: str, *, stale: bool = False) -> str:
    """A field whose value Word and LibreOffice keep up to date.

    Args:
        code: such as `PAGE`.
        shown: until then.
        stale: Word is to work it out when it opens the document.
    """
    mark = ' w:dirty="true"' if stale else ""
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"{mark}/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>{text(shown)}</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def run(words: str) -> str:
    """Words without looks of their own.

    Args:
        words: any text.
    """
    return f'<w:r><w:t xml:space="preserve">{text(words)}</w:t></w:r>'


def _running(tag: str, look: str, page: Page, left: str, right: str | None) -> str:
    """A header or footer; the footer has the number of the page at the right."""
    # Both stand on one line.
    room = page.room / 20 / 8 - measure.width(right or "1 / 999") - 4
    if measure.width(left) > room:
        left = measure.shortened(left, lambda each: measure.width(each) <= room)
    end = run(right) if right is not None else f"{field('PAGE', '1')}{run(' / ')}"
    if right is None:
        end += field("NUMPAGES", "1")
    return (
        f'{HEAD}<w:{tag} xmlns:w="{WORD}" xmlns:r="{PLACES}"><w:p><w:pPr>'
        f'<w:pStyle w:val="{look}"/><w:tabs><w:tab w:val="right" w:pos="{page.room}"/></w:tabs>'
        f"</w:pPr>{run(left)}<w:r><w:tab/></w:r>{end}</w:p></w:{tag}>"
    )


_SAMPLES = (
    "Title", "Subtitle", "Heading1", "Heading2", "Heading3", "BodyText", "Compact", "CalloutText",
    "Judged", "TableCaption", "TableHeading", "TableText", "ImageCaption",
)  # fmt: skip


def _samples() -> str:
    """A line in each style, so that who opens the document to change them sees them."""
    return "".join(
        f'<w:p><w:pPr><w:pStyle w:val="{each}"/></w:pPr>{run(each)}</w:p>' for each in _SAMPLES
    )
