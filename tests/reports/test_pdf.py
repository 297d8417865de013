"""PDF as it is opened: pages, fonts, tags, texts, pictures of pages."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import warnings
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from dmaic.markdown.escape import escaped
from dmaic.reports.glyph import MissingGlyph, fonts_missed
from dmaic.reports.picture import draw
from dmaic.reports.report import Report
from dmaic.reports.style import Colours, Style
from dmaic.reports.style_picture import read_logo
from dmaic.reports.write_pdf import write

LOGO = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 10"><path d="M0 0h40v10z"/></svg>'


def program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        reason = f"{name} of poppler is not installed"
        if "CI" in os.environ:
            pytest.fail(reason)
        pytest.skip(reason)
    return found


def ask(tool: str, pdf: bytes, *options: str) -> str:
    done = subprocess.run(
        [program(tool), *options, "-", *(["-"] if tool == "pdftotext" else [])],
        input=pdf, capture_output=True, check=True, timeout=60,
    )  # fmt: skip
    return done.stdout.decode()


def facts(pdf: bytes) -> dict[str, str]:
    lines = (line.partition(":") for line in ask("pdfinfo", pdf).splitlines())
    return {name.strip(): value.strip() for name, _, value in lines}


def pdf_of(report: Report, style: Style | None = None) -> bytes:
    (made,) = write(report, draw(report.figures, Colours(), png=False), style or Style()).values()
    return made


def plain(markdown: str, **fields: object) -> Report:
    given = {"kind": "define", "title": "Define report", "subtitle": "Cut churn",
             "project": "Cut churn", "day": date(2026, 2, 2), **fields}  # fmt: skip
    return Report(markdown=markdown, **given)  # type: ignore[arg-type]


@pytest.mark.slow
@pytest.mark.xdist_group("demo")
@pytest.mark.parametrize("kind", ["analyze", "control", "executive"])
def test_a_report_has_its_title_contents_captions_and_page_numbers(
    report: Callable[[str], Report], kind: str
) -> None:
    made = report(kind)
    style = Style(organisation="Northwind", footer="Confidential", logo=read_logo(LOGO))
    pdf = pdf_of(made, style)
    told = facts(pdf)
    assert told["Title"] == made.title
    assert told["Author"] == "Northwind"
    assert told["Tagged"] == "yes"
    assert told["Page size"].endswith("(A4)")
    # Every family is in the file.
    fonts = ask("pdffonts", pdf).splitlines()[2:]
    assert fonts
    assert all(re.search(r" yes yes yes +\d+ +\d+$", line) for line in fonts)
    pages = int(told["Pages"])
    text = ask("pdftotext", pdf, "-layout")
    assert re.search(rf"{pages} ?/ ?{pages}", text)
    assert text.count("Confidential") >= pages
    for number in range(1, made.markdown.count("](figures/") + 1):
        assert re.search(rf"Figure {number}\b", text)
    if pages > 4:
        assert "Contents" in text


@pytest.mark.slow
@pytest.mark.xdist_group("demo")
def test_every_page_of_a_report_shows_something_within_its_margins(
    report: Callable[[str], Report], tmp_path: Path
) -> None:
    from PIL import Image, ImageChops

    pdf = tmp_path / "improve.pdf"
    pdf.write_bytes(pdf_of(report("improve")))
    subprocess.run([program("pdftoppm"), "-r", "40", "-png", pdf, tmp_path / "page"], check=True)
    pages = sorted(tmp_path.glob("page*.png"))
    assert len(pages) > 4
    for number, path in enumerate(pages, 1):
        page = Image.open(path).convert("L")
        box = ImageChops.invert(page).point(lambda ink: 255 if ink > 60 else 0).getbbox()
        assert box is not None
        left, _, right, _ = box
        if number > 1:
            # The first page has a band from side to side.
            assert left >= page.width * 0.09
            assert right <= page.width * 0.91


@pytest.mark.slow
@pytest.mark.xdist_group("demo")
def test_the_a3_sheet_is_one_landscape_page_that_can_be_read(
    report: Callable[[str], Report],
) -> None:
    pdf = pdf_of(report("a3"))
    told = facts(pdf)
    assert (told["Pages"], told["Page size"]) == ("1", "1190.55 x 841.89 pts (A3)")
    text = ask("pdftotext", pdf)
    for section in ("Background", "Goal", "Countermeasures", "Results", "Follow-up"):
        assert section in text
    letters = ask("pdftotext", pdf, "-bbox")
    heights = [
        float(bottom) - float(top)
        for top, bottom in re.findall(r'yMin="([\d.]+)" [^>]*yMax="([\d.]+)"', letters)
    ]
    assert sorted(heights)[len(heights) // 2] > 8


@pytest.mark.parametrize("much", [1, 40, 400])
def test_an_a3_sheet_stays_one_page_however_much_there_is(much: int) -> None:
    made = plain("## Plan\n\n" + f"- an action that takes a while, {'by Ada ' * 12}\n" * much,
                 kind="a3")  # fmt: skip
    assert facts(pdf_of(made))["Pages"] == "1"
    assert facts(pdf_of(made, Style(paper="letter")))["Page size"].startswith("1224 x 792")


def test_equal_reports_are_equal_byte_for_byte() -> None:
    made = plain("> Summary\n\n## One\n\n*Table*\n\n| a | b |\n|---|--:|\n| x | 1 |\n")
    assert pdf_of(made) == pdf_of(made)
    assert pdf_of(made) != pdf_of(replace(made, day=date(2026, 2, 3)))


def test_the_client_s_colour_and_paper_are_taken() -> None:
    made = plain("## One\n\ntext\n")
    style = Style(colours=Colours(accent="#7A0019"), paper="letter")
    told = facts(pdf_of(made, style))
    assert told["Page size"] == "612 x 792 pts (letter)"
    assert pdf_of(made, style) != pdf_of(made, Style(paper="letter"))


def test_a_family_that_is_not_there_gives_way() -> None:
    from dmaic.reports.style import Fonts

    made = plain("## One\n\ntext\n")
    with fonts_missed() as missed:
        pdf = pdf_of(made, Style(fonts=Fonts(body="No Such Family", heading="Nor This")))
    assert sorted(missed) == ["No Such Family", "Nor This"]
    assert "SourceSansPro" in ask("pdffonts", pdf)


def test_a_font_that_comes_with_the_style_is_set_in(tmp_path: Path) -> None:
    import matplotlib

    from dmaic.reports.style import Fonts

    serif = Path(matplotlib.get_data_path()) / "fonts" / "ttf" / "STIXGeneral.ttf"
    fonts = Fonts(body="STIXGeneral", files=(serif.read_bytes(),))
    assert "STIX" in ask("pdffonts", pdf_of(plain("text"), Style(fonts=fonts)))


def test_a_draft_says_so_on_every_page() -> None:
    made = plain("".join(f"## Section {number}\n\ntext\n\n" for number in range(60)))
    text = ask("pdftotext", pdf_of(replace(made, draft=True)))
    assert "draft" in text
    # Set at a slant, the word is read in pieces.
    assert text.count("AF") == int(facts(pdf_of(replace(made, draft=True)))["Pages"])
    assert "AF" not in ask("pdftotext", pdf_of(made))


def test_a_short_report_has_no_contents() -> None:
    assert "Contents" not in ask("pdftotext", pdf_of(plain("## One\n\na\n\n## Two\n\nb\n")))


@pytest.mark.parametrize("markdown", ["", "just a line", "> only a summary"])
def test_a_report_with_next_to_nothing_in_it_is_a_page(markdown: str) -> None:
    assert facts(pdf_of(plain(markdown)))["Pages"] == "1"


def test_the_head_of_a_table_is_repeated_on_each_of_its_pages() -> None:
    rows = "".join(f"| action {number} | Ada |\n" for number in range(200))
    pdf = pdf_of(plain(f"*Actions*\n\n| Action to take | Owner |\n|---|---|\n{rows}"))
    pages = int(facts(pdf)["Pages"])
    assert pages >= 4
    text = ask("pdftotext", pdf)
    assert text.count("Action to take") == pages
    assert all(f"action {number}\n" in text for number in range(200))


def test_a_word_that_no_line_holds_is_broken_and_can_be_copied_whole() -> None:
    word = "Donaudampfschifffahrtsgesellschaft" * 8
    pdf = pdf_of(plain(f"## {word}\n\n{word}\n\n| a | b |\n|---|---|\n| {word} | x |\n"))
    text = ask("pdftotext", pdf).replace("\n", "")
    assert text.count(word) >= 2
    assert "\u200b" not in text


def test_words_of_thousands_of_letters_are_set() -> None:
    word = "W" * 5000
    made = plain(f"## {word}\n\n{word} `{word}`\n", title=word, subtitle=word, sponsor=word)
    assert int(facts(pdf_of(made))["Pages"]) > 1


@pytest.mark.parametrize(
    "text",
    [
        '"; #panic("x") //',
        "#raw(read(\"data.json\")) @label <label>",
        "\\input{/etc/passwd} $1.5M and $2M",
        "*a* _b_ `c` ~d~ // e /* f */",
        "= heading - + / 1.",
        "<script>alert(1)</script>",
    ],
)  # fmt: skip
def test_text_of_people_is_text(text: str) -> None:
    made = plain(f"> {escaped(text)}\n\n## {escaped(text)}\n\n- ✓ {escaped(text)}\n",
                 title=text, subtitle=text, project=text, sponsor=text)  # fmt: skip
    shown = " ".join(ask("pdftotext", pdf_of(made, Style(organisation=text, footer=text))).split())
    assert shown.count(" ".join(text.split())) >= 6


def test_letters_of_other_scripts_are_set_or_told() -> None:
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        text = ask("pdftotext", pdf_of(plain("Привет, Ελληνικά, čeština, مرحبا")))
    assert "Привет, Ελληνικά, čeština" in text
    assert told == []
    # A letter of a private plane.
    with pytest.warns(MissingGlyph) as missed:
        pdf_of(plain("a \U000f1234 b"))
    assert [each.message.letters for each in missed] == ["\U000f1234"]


def test_a_report_in_a_language_from_right_to_left_begins_at_the_right() -> None:
    made = plain("## مرحبا\n\nمرحبا\n", title="مرحبا", subtitle="مرحبا")
    letters = ask("pdftotext", pdf_of(made, Style(language="ar")), "-bbox")
    right = [float(each) for each in re.findall(r'xMax="([\d.]+)"', letters)]
    assert max(right) > 520
