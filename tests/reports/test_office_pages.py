"""Word and PowerPoint reports of the worked case, opened in LibreOffice and looked at as pages."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import pytest
from PIL import Image

from dmaic.reports.make import make
from dmaic.reports.report import Format, Report
from dmaic.reports.style import Style

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("office")]

PROGRAMS = ("soffice", "pdftotext", "pdftoppm")


@dataclass(frozen=True)
class Pages:
    """Texts of the pages, and pictures of them."""

    texts: list[str]
    pictures: list[Path]


@pytest.fixture(scope="module")
def opened(
    report: Callable[[str], Report], tmp_path_factory: pytest.TempPathFactory
) -> Callable[..., Pages]:
    """Open a report of the worked case: `opened("analyze", "docx")`; each is opened once."""
    missing = [each for each in PROGRAMS if not shutil.which(each)]
    if missing:
        if os.environ.get("CI"):
            pytest.fail(f"{missing} missing")
        pytest.skip(f"{missing} missing")
    folder = tmp_path_factory.mktemp("office")

    @cache
    def pages(kind: str, format: Format, draft: bool = False) -> Pages:
        composed = replace(report(kind), draft=draft)
        (name, content), *_ = make(composed, [format], Style(organisation="Acme")).items()
        place = folder / f"{kind}-{format}-{draft}"
        place.mkdir()
        (place / name).write_bytes(content)
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        subprocess.run(
            ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(place),
             str(place / name)],
            check=True, capture_output=True, timeout=180,
        )  # fmt: skip
        pdf = place / f"{kind}.pdf"
        subprocess.run(["pdftoppm", "-r", "40", "-png", str(pdf), str(place / "page")], check=True)
        text = subprocess.run(
            ["pdftotext", "-layout", str(pdf), "-"], check=True, capture_output=True, timeout=60
        ).stdout.decode()
        return Pages(text.split("\f")[:-1], sorted(place.glob("page*.png")))

    return pages


def inked(picture: Path) -> float:
    """Share of a page that is not white."""
    with Image.open(picture) as page:
        grey = page.convert("L").histogram()
    return 1 - sum(grey[250:]) / sum(grey)


def headlines(report: Report) -> list[str]:
    """Those of level 2, as they are read."""
    found = re.findall(r"^## (.+)$", report.markdown, re.M)
    return [re.sub(r"\\(.)", r"\1", each) for each in found]


@pytest.mark.parametrize("kind", ["define", "analyze", "project"])
def test_a_word_report_opens_with_contents_that_are_true(
    report: Callable[[str], Report], opened: Callable[..., Pages], kind: str
) -> None:
    pages = opened(kind, "docx")
    assert len(pages.texts) >= 3
    first = "\n".join(pages.texts[:3])
    for name in headlines(report(kind)):
        told = re.search(rf"^\s*{re.escape(name)}\.{{3,}} *(\d+)$", first, re.M)
        assert told, name
        shown = pages.texts[int(told[1]) - 1]
        assert re.search(rf"^\s*{re.escape(name)}\s*$", shown, re.M), name
    last = len(pages.texts)
    for number, text in enumerate(pages.texts, 1):
        assert re.search(rf"\b{number} ?/ ?{last}\s*$", text)
        assert "Cut estimator churn" in text


def test_figures_and_tables_of_a_word_report_are_numbered_and_shown(
    report: Callable[[str], Report], opened: Callable[..., Pages]
) -> None:
    pages = opened("analyze", "docx")
    text = "\n".join(pages.texts)
    figures = report("analyze").markdown.count("](figures/")
    assert figures >= 3
    assert [int(each) for each in re.findall(r"^\s*Figure (\d+)\.", text, re.M)] == list(
        range(1, figures + 1)
    )
    tables = [int(each) for each in re.findall(r"^\s*Table (\d+)\.", text, re.M)]
    assert tables == list(range(1, len(tables) + 1))
    # No page is empty, none is black.
    assert all(0.005 < inked(each) < 0.6 for each in pages.pictures)


def test_a_draft_is_marked_on_its_pages(opened: Callable[..., Pages]) -> None:
    plain = opened("executive", "docx")
    draft = opened("executive", "docx", True)
    for before, after in zip(plain.pictures, draft.pictures, strict=True):
        # On a page full of charts little of it shows.
        assert inked(after) > inked(before) + 0.001
    assert sum(map(inked, draft.pictures)) > sum(map(inked, plain.pictures)) + 0.02


def test_the_a3_is_one_landscape_page(opened: Callable[..., Pages]) -> None:
    pages = opened("a3", "docx")
    assert len(pages.pictures) == 1
    with Image.open(pages.pictures[0]) as page:
        assert page.width > page.height * 1.3
    # The sheet is used, not only its upper edge.
    with Image.open(pages.pictures[0]) as page:
        lower = page.crop((0, page.height // 2, page.width, page.height * 9 // 10)).convert("L")
    assert sum(lower.histogram()[:200]) > 500
    for part in ("Background", "Goal", "Analysis", "Countermeasures", "Plan", "Follow-up"):
        assert part in pages.texts[0]


@pytest.mark.parametrize("kind", ["executive", "analyze", "control"])
def test_a_deck_opens_with_a_message_on_each_slide(
    report: Callable[[str], Report], opened: Callable[..., Pages], kind: str
) -> None:
    pages = opened(kind, "pptx")
    titles = re.findall(r"^## (.+)$", report(kind).slides, re.M)
    assert len(pages.texts) >= len(titles) >= 3
    assert report(kind).title in pages.texts[0]
    for number, text in enumerate(pages.texts[1:], 2):
        assert "Cut estimator churn" in text
        assert re.search(rf"^.*\b{number}\s*$", text.rstrip().splitlines()[-1])
    with Image.open(pages.pictures[0]) as page:
        assert page.width / page.height == pytest.approx(16 / 9, rel=0.01)
    assert all(inked(each) > 0.01 for each in pages.pictures)
