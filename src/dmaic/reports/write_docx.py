"""A report as DOCX: pandoc writes it in dmaic's styles, or in those of the client's document."""

from __future__ import annotations

import base64
import tempfile
from pathlib import Path

from dmaic.reports.dialect import Nodes
from dmaic.reports.office.archive import pack, unpack
from dmaic.reports.office.docx_body import Body, contents, image, paragraph, raw, styled
from dmaic.reports.office.docx_client import completed, renamed
from dmaic.reports.office.docx_finish import DOCUMENT, GAP, SPLIT, finish
from dmaic.reports.office.docx_height import Ruler, pages
from dmaic.reports.office.docx_reference import A3, SHEETS, Page, reference, room_of
from dmaic.reports.office.logo import bitmap
from dmaic.reports.office.properties import day, particulars
from dmaic.reports.pandoc import read
from dmaic.reports.pandoc import write as convert
from dmaic.reports.picture import Pictures
from dmaic.reports.report import Files, Report
from dmaic.reports.style import Style

_COLUMNS = 3
"""Of the one sheet."""

_HIGHEST = 4.4
"""Inches that a chart may be high, so that two find room on a page."""

_SCALES = (1.4, 1.3, 1.2, 1.1, 1.0, 0.92, 0.85, 0.78, 0.72, 0.66, 0.6, 0.55, 0.5)
_TITLE = 105
"""Points that the title takes."""
_FULL = 0.86

_CONTENTS = 31
"""Points that the headline of the contents takes."""
_ENTRIES = {1: 15.5, 2: 11.4}
"""Level of a headline -> points that its line in the contents takes."""

_OVER = 15
"""Points by which a last paragraph's space below may reach into the margin."""

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
    own = style.reference_docx
    # Read first: what is no document of Word is told in our words, not in pandoc's.
    parts = completed(unpack(own, "reference_docx", DOCUMENT), style) if own is not None else None
    page, columns, scale, highest = SHEETS[style.paper], 1, 1.0, _HIGHEST
    room = page.room if parts is None else room_of(parts, page.room)
    if single:
        page, columns = A3[style.paper], _COLUMNS
        room = (page.room - (columns - 1) * GAP) // columns
        # The client's own styles have sizes of their own.
        scale = 1.0 if parts else _scale(tree["blocks"], pictures, page, room)
        highest = _HIGHEST * scale * 0.75
    if parts is None:
        running = f"{report.title}, {day(report)}"
        left = report.project or style.organisation
        parts = reference(style, page, left, running, scale)
    body = Body(pictures, style, room, scale, highest)
    blocks = body.blocks(tree["blocks"])
    if single:
        blocks = [raw(SPLIT), *blocks]
    elif len(body.headings) >= _ENOUGH:
        ruler = Ruler(body.pictures, room / 20, 1.0, highest * 72)
        entries = sum(_ENTRIES.get(level, 0.0) for level, _ in body.headings)
        told = pages(
            ruler.units(tree["blocks"]), page.high / 20 + _OVER, _TITLE + _CONTENTS + entries
        )
        place = _after_summary(blocks)
        blocks.insert(place, contents(body.headings, told, room, "Contents"))
    tree["blocks"] = [*_title(report, style), *blocks]
    tree["meta"] = {"lang": _words(style.language)}
    if style.right_to_left:
        tree["meta"]["dir"] = _words("rtl")
    made = unpack(_converted(tree, pack(parts)), "pandoc", DOCUMENT)
    sheet = page if single else None
    made = finish(made, report, style, room, sheet, columns)
    if own is not None:
        made[DOCUMENT] = renamed(made[DOCUMENT].decode(), parts).encode()
    return {f"{report.kind}.docx": pack(made)}


def _converted(tree: dict[str, object], own: bytes) -> bytes:
    """Pandoc's document of a tree, in the styles of a document."""
    with tempfile.TemporaryDirectory(prefix="dmaic-report-") as folder:
        path = Path(folder) / "reference.docx"
        path.write_bytes(own)
        return convert(tree, "docx", [f"--reference-doc={path}"])


def _scale(blocks: Nodes, pictures: Pictures, page: Page, room: int) -> float:
    """The largest size at which everything stands on one sheet, as far as can be told."""
    known = {each.figure.path: each for each in pictures.values()}
    for scale in _SCALES:
        ruler = Ruler(known, room / 20, scale, _HIGHEST * 72 * scale * 0.75)
        # Charts and rows are not torn apart, so columns are never quite full.
        there = (page.high / 20 - _TITLE * scale) * _COLUMNS * _FULL
        if ruler.height(blocks) <= there:
            return scale
    return _SCALES[-1]


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
