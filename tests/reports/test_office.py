"""DOCX and PPTX as python-docx and python-pptx read them; the pages are looked at elsewhere."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import docx
import pptx
import pytest
from PIL import Image

from dmaic.errors import DataError
from dmaic.reports import write_docx, write_pptx
from dmaic.reports.picture import Picture
from dmaic.reports.report import Figure, Report
from dmaic.reports.style import Colours, Logo, Style

MARKDOWN = """\
> **Estimators make 46.3 % of the loss.**
>
> - Fix their quoting

## Where the project stands

*Money, dollars a year*

| Line | Planned | Note |
|:-----|--------:|------|
| Recovered | 1,500,000 | A note that is so long that it must be broken to several lines |
| ✓ Cost | −120,000 | |

## Tollgate

- ✓ Measure is approved
- ✗ Causes are verified
- Neither

### Signatures

Nobody has signed.

## What was found

![Six segments make 82.6 %](figures/pareto.svg)

![Churn is stable](figures/control.svg)

## What comes next

See [the plan](https://example.com/plan).

## מה הלאה
"""


def picture(name: str, width: float, height: float) -> Picture:
    """A picture of the size of a chart."""
    made = io.BytesIO()
    Image.new("RGB", (int(width * 20), int(height * 20)), "white").save(made, "png")
    figure = Figure(name, f"{name} says", f"bars of {name}", lambda: None)  # type: ignore[arg-type, return-value]
    return Picture(figure, b"<svg/>", made.getvalue(), width, height)


PICTURES = {"pareto": picture("pareto", 8, 5), "control": picture("control", 8, 12)}
REPORT = Report(
    "analyze",
    "Analyze report",
    "Cut churn",
    "Cut churn",
    date(2026, 2, 2),
    MARKDOWN,
    sponsor="Ann <b>",
    fingerprint="110 d6e775dae6f7179d8b",
)


def word(report: Report = REPORT, style: Style | None = None) -> Any:
    files = write_docx.write(report, PICTURES, style or Style())
    return docx.Document(io.BytesIO(files[f"{report.kind}.docx"]))


def deck(report: Report = REPORT, style: Style | None = None) -> Any:
    files = write_pptx.write(report, PICTURES, style or Style())
    return pptx.Presentation(io.BytesIO(files[f"{report.kind}.pptx"]))


def texts(document: Any, style: str) -> list[str]:
    return [each.text for each in document.paragraphs if each.style.name == style]


def parts(content: bytes) -> Mapping[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_a_document_has_headings_captions_and_a_title() -> None:
    made = word()
    assert texts(made, "Title") == ["Analyze report"]
    assert texts(made, "Heading 1")[:2] == ["Where the project stands", "Tollgate"]
    assert texts(made, "Heading 2") == ["Signatures"]
    assert texts(made, "Table Caption") == ["Table 1. Money, dollars a year"]
    assert texts(made, "Image Caption") == [
        "Figure 1. Six segments make 82.6\u00a0%",
        "Figure 2. Churn is stable",
    ]
    (line,) = texts(made, "Particulars")
    assert line.startswith("As of 2026-02-02 · Sponsor: Ann <b> · Record 110 ")
    assert "d6e775dae6f7" in line
    assert "d6e775dae6f7179d8b" not in line


def test_contents_name_every_headline_and_lead_to_it() -> None:
    body = word().element.body.xml
    for number in range(1, 7):
        assert f'w:name="_Toc{number:08d}"' in body
        assert f'w:anchor="_Toc{number:08d}"' in body
        assert f"PAGEREF _Toc{number:08d} " in body
    assert body.index("Contents") > body.index("Estimators make")
    # Six lines need no contents.
    short = replace(REPORT, markdown="## One\n\nText\n")
    assert "PAGEREF" not in word(short).element.body.xml


@pytest.mark.parametrize("kept", ["++-", "++++++-", "++------+-"], ids=["short", "whole", "long"])
def test_no_row_of_a_table_is_left_alone_on_a_page(kept: str) -> None:
    lines = "".join(f"| {number} |\n" for number in range(len(kept) - 1))
    made = word(replace(REPORT, markdown=f"## One\n\n| n |\n|---|\n{lines}"))
    texts = [row.cells[0].paragraphs[0]._p.pPr.xml for row in made.tables[-1].rows]
    assert "".join("+" if "keepNext" in each else "-" for each in texts) == kept


def test_a_tables_headline_is_repeated_and_no_row_is_torn() -> None:
    table = next(each for each in word().tables if len(each.columns) == 3)
    marks = [row._tr.trPr.xml for row in table.rows]
    assert ["tblHeader" in each for each in marks] == [True, False, False]
    assert all("cantSplit" in each for each in marks)
    widths = [cell.width for cell in table.rows[0].cells]
    assert widths[2] > widths[0] > 0
    page = word().sections[0]
    assert sum(widths) <= page.page_width - page.left_margin - page.right_margin + 10
    # The sign stands in its colour, the figures at the right.
    assert "00724F" in table.rows[2].cells[0]._tc.xml
    assert table.rows[1].cells[1].paragraphs[0].alignment == 2


def test_pictures_have_their_words_and_fit_on_a_page() -> None:
    made = word()
    shown = made.element.body.xpath(".//wp:inline")
    assert [each.docPr.get("descr") for each in shown] == ["bars of pareto", "bars of control"]
    for each in shown:
        assert each.extent.cx <= 6.7 * 914400
        assert each.extent.cy <= 4.5 * 914400


def test_a_draft_says_so_on_every_page() -> None:
    made = word(replace(REPORT, draft=True))
    assert texts(made, "Title") == ["Analyze report (draft)"]
    assert 'string="DRAFT"' in made.sections[0].header._element.xml
    assert 'string="DRAFT"' not in word().sections[0].header._element.xml
    slides = deck(replace(REPORT, draft=True)).slides
    assert all("DRAFT" in [each.text for each in slide.shapes if each.has_text_frame]
               for slide in slides)  # fmt: skip


def test_the_a3_is_one_landscape_section_in_columns() -> None:
    made = word(replace(REPORT, kind="a3"))
    assert {(each.page_width > each.page_height) for each in made.sections} == {True}
    assert round(made.sections[0].page_width.cm) == 42
    assert 'w:num="3"' in made.element.body.xml
    assert "PAGEREF" not in made.element.body.xml


@pytest.mark.parametrize("write", [write_docx.write, write_pptx.write])
def test_equal_reports_give_equal_bytes(write: Any) -> None:
    assert write(REPORT, PICTURES, Style()) == write(REPORT, PICTURES, Style())


def test_the_day_is_the_reports_and_not_the_computers() -> None:
    for made in (word(), deck()):
        assert made.core_properties.created.date() == REPORT.day
        assert made.core_properties.modified.date() == REPORT.day
        assert made.core_properties.title == REPORT.title
    content = write_docx.write(REPORT, PICTURES, Style())["analyze.docx"]
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert {each.date_time for each in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_style_colours_and_names_the_document() -> None:
    style = Style(organisation="Acme & Söhne", footer="Confidential",
                  colours=Colours(accent="#7B1FA2"), paper="letter", language="de")  # fmt: skip
    made = word(style=style)
    assert str(made.styles["Heading 1"].font.color.rgb) == "7B1FA2"
    assert "Acme & Söhne · Confidential" in made.sections[0].footer.paragraphs[0].text
    assert round(made.sections[0].page_width.inches, 1) == 8.5
    assert texts(made, "Masthead") == ["Acme & Söhne"]
    first = deck(style=style).slides[0]
    assert "Acme & Söhne" in "\n".join(each.text for each in first.placeholders)


def test_a_logo_is_shown_whatever_its_format() -> None:
    drawn = (
        b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 10">'
        b'<rect width="9" height="9"/></svg>'
    )
    png = picture("logo", 3, 1).png
    for content, media in ((drawn, "image/svg+xml"), (png, "image/png")):
        style = Style(logo=Logo(content=content, media_type=media, width=30, height=10))
        assert len(word(style=style).element.body.xpath(".//wp:inline")) == 3
        assert any("media" in each for each in parts(
            write_pptx.write(REPORT, {}, style)["analyze.pptx"]))  # fmt: skip


def test_from_right_to_left() -> None:
    style = Style(language="he")
    assert "<w:bidi" in word(style=style).styles.element.xml
    assert 'rtl="1"' in deck(style=style).slides[1].shapes._spTree.xml


def test_a_slide_has_the_finding_as_title_and_nothing_runs_off_it() -> None:
    made = deck()
    titles = [slide.shapes.title.text for slide in made.slides]
    assert titles == [
        "Analyze report", "Analyze report", "Where the project stands", "Tollgate", "Signatures",
        "What was found (1/2)", "What was found (2/2)", "What comes next",
        "מה הלאה",
    ]  # fmt: skip
    for slide in made.slides:
        for each in slide.shapes:
            assert 0 <= each.left <= each.left + each.width <= made.slide_width
            assert 0 <= each.top <= each.top + each.height <= made.slide_height
        ids = [each.shape_id for each in slide.shapes]
        assert len(ids) == len(set(ids))


def test_slides_keep_proportions_words_and_links_of_what_they_show() -> None:
    made = deck()
    shown = [each for slide in made.slides for each in slide.shapes if each.shape_type == 13]
    assert [each._element.nvPicPr.cNvPr.get("descr") for each in shown] == [
        "bars of pareto", "bars of control",
    ]  # fmt: skip
    for each, drawn in zip(shown, PICTURES.values(), strict=True):
        assert each.width / each.height == pytest.approx(drawn.width / drawn.height, rel=0.01)
    links = [
        part.target_ref for slide in made.slides for part in slide.part.rels.values()
        if part.is_external
    ]  # fmt: skip
    assert links == ["https://example.com/plan"]
    assert [part.text for part in made.slides[3].placeholders][0:2] == [
        "Tollgate", "Measure is approved\nCauses are verified\nNeither",
    ]  # fmt: skip


def test_a_long_title_and_a_long_name_keep_to_their_places() -> None:
    long = replace(REPORT, slides=f"## {'A finding in many words ' * 40}\n\nText\n",
                   project="Project " * 60)  # fmt: skip
    slide = deck(long).slides[1]
    title = slide.shapes.title
    size = title.text_frame.paragraphs[0].runs[0].font.size
    assert size is not None
    assert size.pt < 26
    assert title.text.endswith("…")
    foot = next(each for each in slide.placeholders if each.name == "ftr")
    assert len(foot.text) < 130
    header = word(long).sections[0].header.paragraphs[0].text
    assert header.endswith("Analyze report, 2026-02-02")
    assert len(header) < 130


def test_the_slides_own_text_is_taken_where_there_is_one() -> None:
    own = replace(REPORT, slides="## One message\n\n![x](figures/pareto.svg)\n")
    assert [slide.shapes.title.text for slide in deck(own).slides] == [
        "Analyze report", "One message",
    ]  # fmt: skip


def test_an_empty_report_still_has_its_title() -> None:
    empty = replace(REPORT, markdown="", sponsor="", subtitle="", project="")
    assert texts(word(empty), "Title") == ["Analyze report"]
    assert len(deck(empty).slides) == 1


def client(kind: str) -> bytes:
    """A document that is not dmaic's: the one that python-docx or python-pptx begins with."""
    made = io.BytesIO()
    if kind == "docx":
        other = docx.Document()
        heading = other.styles["Heading 1"]
        heading.font.name = "Georgia"
        # Word translates the ids of styles, not their names in the file.
        other.styles["Title"].element.set(docx.oxml.ns.qn("w:styleId"), "Titel")
        other.save(made)
    else:
        show = pptx.Presentation()
        show.slides.add_slide(show.slide_layouts[1]).shapes.title.text = "Old slide"
        show.save(made)
    return made.getvalue()


def test_a_clients_own_word_document_gives_the_styles() -> None:
    made = word(style=Style(reference_docx=client("docx")))
    assert made.styles["Heading 1"].font.name == "Georgia"
    assert texts(made, "Title") == ["Analyze report"]
    assert texts(made, "Table Caption") == ["Table 1. Money, dollars a year"]
    assert "Callout" in [each.name for each in made.styles]


def test_a_clients_own_deck_gives_the_layouts_and_none_of_its_slides() -> None:
    made = deck(style=Style(reference_pptx=client("pptx")))
    assert made.slide_width == 9144000
    titles = [slide.shapes.title.text for slide in made.slides]
    assert "Old slide" not in titles
    assert "Tollgate" in titles
    assert {slide.slide_layout.name for slide in made.slides} == {
        "Title Slide", "Title and Content", "Title Only",
    }  # fmt: skip


def consistent(content: bytes) -> None:
    """What Office would offer to repair is not there: untyped parts, relations to nothing."""
    held = parts(content)
    types = ElementTree.fromstring(held["[Content_Types].xml"])
    names = [each.get("PartName", "").lstrip("/") for each in types]
    endings = {each.get("Extension") for each in types}
    assert {each for each in names if each} <= set(held)
    assert len(names) - names.count("") == len({each for each in names if each})
    for name, part in held.items():
        assert name in names or name.rpartition(".")[2] in endings or name.startswith("[")
        if name.endswith((".xml", ".rels")):
            tree = ElementTree.fromstring(part)
        if name.endswith(".rels"):
            folder = posixpath.dirname(posixpath.dirname(name))
            ids = [each.get("Id") for each in tree]
            assert len(ids) == len(set(ids)), name
            for each in tree:
                if each.get("TargetMode") != "External":
                    target = posixpath.join("/", folder, each.get("Target", ""))
                    assert posixpath.normpath(target).lstrip("/") in held, (name, target)
        elif name.endswith(".xml"):
            place = posixpath.join(
                posixpath.dirname(name), "_rels", f"{posixpath.basename(name)}.rels"
            )
            known = re.findall(rb' Id="([^"]+)"', held.get(place, b""))
            used = re.findall(rb' r:(?:id|embed|link)="([^"]+)"', part)
            assert set(used) <= set(known), name


@pytest.mark.parametrize("own", [False, True])
def test_no_part_is_missing_or_unknown(own: bool) -> None:
    style = Style(
        organisation="Acme",
        logo=Logo(content=picture("l", 3, 1).png, media_type="image/png", width=3, height=1),
        reference_docx=client("docx") if own else None,
        reference_pptx=client("pptx") if own else None,
    )
    for kind in ("analyze", "a3"):
        made = replace(REPORT, kind=kind, draft=True)
        consistent(write_docx.write(made, PICTURES, style)[f"{kind}.docx"])
        consistent(write_pptx.write(made, PICTURES, style)[f"{kind}.pptx"])


@pytest.mark.parametrize("content", [b"", b"no zip", client("pptx"), client("docx")[:500]])
def test_what_is_no_word_document_is_told(content: bytes) -> None:
    with pytest.raises(DataError) as told:
        word(style=Style(reference_docx=content))
    assert told.value.code == "report.reference"


@pytest.mark.parametrize("content", [b"", b"no zip", client("docx"), client("pptx")[:500]])
def test_what_is_no_deck_is_told(content: bytes) -> None:
    with pytest.raises(DataError) as told:
        deck(style=Style(reference_pptx=content))
    assert told.value.code == "report.reference"


def test_the_reference_documents_in_the_repository_are_those_that_are_made() -> None:
    from dmaic.reports.office.make_references import references

    folder = Path(__file__).parents[2] / "templates" / "dmaic" / "style"
    for name, content in references(Style()).items():
        # Not the bytes: another zlib packs otherwise.
        assert parts((folder / name).read_bytes()) == parts(content), name
