"""A report as DOCX: pandoc writes it in dmaic's styles, or in those of the client's document."""

from __future__ import annotations

import base64
import tempfile
from pathlib import Path

from dmaic.reports.office.archive import pack, unpack
from dmaic.reports.office.docx_body import Body, contents, image, paragraph, raw, styled
from dmaic.reports.office.docx_finish import DOCUMENT, GAP, SPLIT, finish
from dmaic.reports.office.docx_reference import A3, SHEETS, Page, reference
from dmaic.reports.office.logo import bitmap
from dmaic.reports.office.properties import particulars
from dmaic.reports.office.tree import Nodes
from dmaic.reports.pandoc import read
from dmaic.reports.pandoc import write as convert
from dmaic.reports.picture import Pictures
from dmaic.reports.report import Files, Report
from dmaic.reports.style import Style

_COLUMNS = 3
"""Of the one sheet."""

_ENOUGH = 5
"""Headlines from which on a document has a table of contents."""


def write(report: Report, pictures: Pictures, style: Style) -> Files:
    """`KIND.docx`.

    Args:
        report: composed.
        pictures: of its figures.
        style: of the client.

    Raises:
        DataError: `report.reference`, the client's document cannot be used.
    """
    tree = read(report.markdown)
    single = report.kind == "a3"
    page = (A3 if single else SHEETS)[style.paper]
    columns = _COLUMNS if single else 1
    body = Body(pictures, (page.room - (columns - 1) * GAP) // columns)
    blocks = body.blocks(tree["blocks"])
    if single:
        blocks = [raw(SPLIT), *blocks]
    elif len(body.headings) >= _ENOUGH:
        place = _after_summary(blocks)
        blocks.insert(place, contents(body.headings, page.room, "Contents"))
    tree["blocks"] = [*_title(report, style), *blocks]
    tree["meta"] = {"lang": _words(style.language)}
    if style.right_to_left:
        tree["meta"]["dir"] = _words("rtl")
    made = unpack(_converted(tree, report, style, page), "pandoc", DOCUMENT)
    return {f"{report.kind}.docx": pack(finish(made, report, style, body.room, columns))}


def _converted(tree: dict[str, object], report: Report, style: Style, page: Page) -> bytes:
    """Pandoc's document of a tree, in the client's styles or in dmaic's."""
    if style.reference_docx is not None:
        # Read first: what is no document of Word is told in our words.
        parts = unpack(style.reference_docx, "reference_docx", DOCUMENT)
    else:
        left = report.project or style.organisation
        day = f"{report.day.day} {report.day:%B %Y}"
        parts = reference(style, page, left, f"{report.title}, {day}")
    with tempfile.TemporaryDirectory(prefix="dmaic-report-") as folder:
        path = Path(folder) / "reference.docx"
        path.write_bytes(pack(parts))
        return convert(tree, "docx", [f"--reference-doc={path}"])


def _title(report: Report, style: Style) -> Nodes:
    """The logo or the name of the organisation, title, subtitle, and as of when it is."""
    made: Nodes = []
    if style.logo is not None:
        content, media = bitmap(style.logo)
        ratio = style.logo.width / style.logo.height
        wide = min(2.2, 0.6 * ratio)
        data = f"data:{media};base64,{base64.b64encode(content).decode()}"
        words = style.organisation or "Logo"
        made.append(styled("Masthead", [image(data, words, wide, wide / ratio)]))
    elif style.organisation:
        made.append(paragraph("Masthead", style.organisation))
    title = f"{report.title} (draft)" if report.draft else report.title
    made.append(paragraph("Title", title))
    if report.subtitle:
        made.append(paragraph("Subtitle", report.subtitle))
    made.append(paragraph("Particulars", particulars(report)))
    return made


def _after_summary(blocks: Nodes) -> int:
    """Where the contents stand: after what comes before the first headline.

    A first section that begins with a box is the summary; the contents follow it.
    """
    heads = [number for number, each in enumerate(blocks) if each["t"] == "Header"]
    if len(heads) < 2 or heads[0] > 0:
        return heads[0] if heads else 0
    boxed = blocks[1]["t"] == "RawBlock"
    levels = [number for number in heads[1:] if blocks[number]["c"][0] == 1]
    return levels[0] if boxed and levels else 0


def _words(text: str) -> dict[str, object]:
    return {"t": "MetaInlines", "c": [{"t": "Str", "c": text}]}
