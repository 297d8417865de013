"""What pandoc leaves to be done in a Word document: rows, dates, columns, the mark of a draft."""

from __future__ import annotations

import re

from dmaic.reports.office.archive import CONTENT_TYPES, Parts
from dmaic.reports.office.docx_reference import Page
from dmaic.reports.office.properties import CORE, CORE_TYPE, core
from dmaic.reports.office.tree import sticks
from dmaic.reports.report import Report
from dmaic.reports.style import Style

DOCUMENT = "word/document.xml"
_HEADER = re.compile(r"word/header\d*\.xml")
GAP = 400
"""Between columns, in twentieths of a point."""


def finish(
    parts: Parts,
    report: Report,
    style: Style,
    room: int,
    sheet: Page | None = None,
    columns: int = 1,
) -> Parts:
    """The parts of the document as it is kept.

    Args:
        parts: as pandoc wrote them.
        report: composed.
        style: of the client.
        room: width of the text, in twentieths of a point.
        sheet: other than the reference document's.
        columns: of the text under the title, on such a sheet.
    """
    made = dict(parts)
    document = parts[DOCUMENT].decode()
    document = _TABLE.sub(lambda found: _table(found[0], room), document)
    if sheet:
        document = _in_columns(document, sheet, columns)
    made[DOCUMENT] = document.encode()
    made[_NUMBERING] = _INDENT.sub(_indented, parts[_NUMBERING].decode()).encode()
    made[CORE] = core(report, style)
    types = made[CONTENT_TYPES].decode()
    if CORE_TYPE not in types:
        override = f'<Override PartName="/{CORE}" ContentType="{CORE_TYPE}"/></Types>'
        made[CONTENT_TYPES] = types.replace("</Types>", override).encode()
    if report.draft:
        for name in filter(_HEADER.fullmatch, parts):
            made[name] = _marked(parts[name].decode()).encode()
    return made


_TABLE = re.compile(r'<w:tbl><w:tblPr><w:tblStyle w:val="Table" />.*?</w:tbl>', re.S)
_PANDOC_ROOM = 7920
"""Width of the text that pandoc reckons with, whatever the page."""


def _table(table: str, room: int) -> str:
    """A table whose columns have widths for the page, and whose rows are not torn apart."""
    wide = [int(each) * room // _PANDOC_ROOM for each in re.findall(r'gridCol w:w="(\d+)"', table)]
    grid = "".join(f'<w:gridCol w:w="{each}"/>' for each in wide)
    table = re.sub(r"<w:tblGrid>.*?</w:tblGrid>", f"<w:tblGrid>{grid}</w:tblGrid>", table)
    table = re.sub(r"<w:tblW [^>]*>", f'<w:tblW w:w="{sum(wide)}" w:type="dxa"/>', table, count=1)
    rows = table.split("<w:tr>")
    for number, row in enumerate(rows[1:], 1):
        heads = "<w:tblHeader" in row
        mark = "<w:tblHeader/>" if heads else ""
        cells = re.sub(r"^<w:trPr>.*?</w:trPr>", "", row).split("<w:tcPr />")
        for place, width in enumerate(wide[: len(cells) - 1], 1):
            cells[place] = f'<w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{cells[place]}'
        look = "TableHeading" if heads else "TableText"
        keep = "<w:keepNext/>" if sticks(number, len(rows) - 1) else ""
        text = "".join(cells).replace(
            '<w:pStyle w:val="Compact" />', f'<w:pStyle w:val="{look}"/>{keep}'
        )
        rows[number] = f"<w:trPr><w:cantSplit/>{mark}</w:trPr>{text}"
    return "<w:tr>".join(rows)


_NUMBERING = "word/numbering.xml"
_INDENT = re.compile(r'<w:ind w:left="(\d+)" w:hanging="360" />')


def _indented(found: re.Match[str]) -> str:
    """Lists stand as far in as lines that are judged; pandoc's stand twice as far."""
    return f'<w:ind w:left="{int(found[1]) * 320 // 720}" w:hanging="240"/>'


SPLIT = '<w:p><w:pPr><w:sectPr><w:type w:val="continuous"/></w:sectPr></w:pPr></w:p>'
"""Stands where the title ends and the columns begin, until `finish` puts the sheet in."""


_LAST = re.compile(r"<w:sectPr\b[^>]*>(?:(?!<w:sectPr\b).)*</w:sectPr>\s*</w:body>", re.S)
"""The last section; Word writes marks of its own into the tag."""


def _in_columns(document: str, page: Page, columns: int) -> str:
    """The title over the whole sheet, the rest in columns of equal height."""
    found = _LAST.search(document)
    if found is None or SPLIT not in document:
        return document
    references = "".join(re.findall(r"<w:(?:header|footer)Reference [^>]*>", found[0]))
    sheet = page.xml()
    continuous = '<w:type w:val="continuous"/>'
    title = f"<w:sectPr>{references}{continuous}{sheet}</w:sectPr>"
    cols = f'<w:cols w:num="{columns}" w:space="{GAP}"/>'
    # A break after the columns makes them equally high; what follows it is empty.
    text = f"<w:sectPr>{continuous}{sheet}{cols}</w:sectPr>"
    end = (
        f'<w:p><w:pPr><w:pStyle w:val="AfterTable"/>{text}</w:pPr></w:p>'
        f"<w:sectPr>{continuous}{sheet}</w:sectPr></w:body>"
    )
    start = f'<w:p><w:pPr><w:pStyle w:val="AfterTable"/>{title}</w:pPr></w:p>'
    return document[: found.start()].replace(SPLIT, start) + end + document[found.end() :]


def _marked(header: str) -> str:
    """A header behind which DRAFT stands across the page, as Word does it."""
    mark = (
        '<w:p xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
        'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
        'xmlns:w10="urn:schemas-microsoft-com:office:word"><w:pPr>'
        '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/></w:pPr><w:r><w:pict>'
        '<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" '
        'path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas><v:f eqn="sum #0 0 10800"/>'
        '<v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/>'
        '<v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/><v:f eqn="if @0 21600 @1"/>'
        '<v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/><v:f eqn="mid @5 @6"/>'
        '<v:f eqn="mid @8 @5"/><v:f eqn="mid @7 @8"/><v:f eqn="mid @6 @7"/>'
        '<v:f eqn="sum @6 0 @5"/></v:formulas><v:path textpathok="t" o:connecttype="custom" '
        'o:connectlocs="@9,0;@10,10800;@11,21600;@12,10800" o:connectangles="270,180,90,0"/>'
        '<v:textpath on="t" fitshape="t"/></v:shapetype>'
        '<v:shape id="DraftMark" o:spid="_x0000_s2049" type="#_x0000_t136" alt="Draft" '
        'style="position:absolute;margin-left:0;margin-top:0;width:420pt;height:140pt;'
        "rotation:315;z-index:-251658752;mso-position-horizontal:center;"
        "mso-position-horizontal-relative:margin;mso-position-vertical:center;"
        'mso-position-vertical-relative:margin" o:allowincell="f" fillcolor="silver" '
        'stroked="f"><v:fill opacity=".35"/>'
        '<v:textpath style="font-family:&quot;Arial&quot;;font-size:1pt;font-weight:bold" '
        'string="DRAFT"/><w10:wrap anchorx="margin" anchory="margin"/></v:shape></w:pict></w:r>'
        "</w:p>"
    )
    end = header.rindex("</")
    return header[:end] + mark + header[end:]
