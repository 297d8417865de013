"""What people typed is text in every format: it shows as itself, and nothing is made of it."""

from __future__ import annotations

import html.parser
import io
import json
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from dmaic.cli.entry import main
from dmaic.reports.glyph import noticed
from dmaic.reports.picture import draw
from dmaic.reports.report import Files, Format, Report
from dmaic.reports.style import Colours

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("hostile")]

TODAY = date(2026, 2, 2)
PROJECT = "<b>Cut</b> _churn_ $1.5M {{ 7*7 }}"
SPONSOR = "[boss](javascript:alert(1)) & Co | #raw"
PERSON = "\\input{evil} של"
ACTION = "1. Call *all* `now` | then ~~rest~~ <script>alert(1)</script>"
LONG = "漢字の行動 👩‍👩‍👧 " + "x" * 180
RISK = "![x](http://evil.example/x.png) ::: warn"
DECISION = '$a_1$ and $b$ "quoted" -- it\'s ...'
WHY = "<!-- x --> - list"
PROBLEM = "# Heading\n- list\n<img src=x onerror=alert(1)>"
CASE = "\\textbf{x} #let x = 1 @ref http://evil.example {.cls} 50% ^a^ H~2~O"
SEGMENTS = (
    "<script>alert(1)</script>",
    "$1.5M and $2",
    "{{ 7*7 }} _a_ #raw",
    "漢字 שלום |x|",
    "y" * 90,
    "[l](javascript:1)",
)
DATASET = "$set$ <i>"
TEXTS = (PROJECT, SPONSOR, PERSON, ACTION, LONG, RISK, DECISION, WHY, PROBLEM, CASE, *SEGMENTS)
KINDS = ("define", "analyze", "project", "executive", "a3", "portfolio")


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An engagement in which every text is an attack."""
    folder = tmp_path_factory.mktemp("hostile")
    rows = [
        f'c{number},"{segment}",{int(number % (place + 2) == 0)},10'
        for place, segment in enumerate(SEGMENTS)
        for number in range(place * 200, place * 200 + 200)
    ]
    (folder / "churn.csv").write_text("customer,segment,churned,mrr\n" + "\n".join(rows) + "\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setenv("DMAIC_TODAY", TODAY.isoformat())
        for words in (
            ["init", "."],
            ["project", "new", PROJECT, "--sponsor", SPONSOR, "--template", "dmaic", "--no-input"],
            ["team", "add", PERSON, "--role", "black belt"],
            ["action", "add", ACTION, "--due", "2026-03-01", "--owner", PERSON],
            ["action", "add", LONG, "--due", "2026-01-01", "--owner", PERSON],
            ["risk", "add", RISK, "--probability", "5", "--impact", "5"],
            ["decision", "add", DECISION, "--by", PERSON, "--why", WHY],
            ["doc", "set", "charter", f"problem={PROBLEM}", f"business_case={CASE}"],
            ["data", "add", "churn.csv", "--name", DATASET],
            ["pareto", "--by", "segment"],
        ):
            assert main(words) == 0, words
    return folder


@pytest.fixture(scope="module")
def composed(hostile: Path) -> Callable[[str], Report]:
    from dmaic.project.engagement.home import open_home
    from dmaic.reports.compose import compose
    from dmaic.reports.portfolio import compose_portfolio

    home = open_home(str(hostile / "dmaic.db"))

    @cache
    def make(kind: str) -> Report:
        with home.store.reading() as view:
            if kind == "portfolio":
                return compose_portfolio(view, TODAY)
            return compose(view, home.project(view), kind, TODAY)

    return make


@pytest.fixture(scope="module")
def files(composed: Callable[[str], Report]) -> Callable[[str], Files]:
    from dmaic.reports.make import make
    from dmaic.reports.report import FORMATS
    from dmaic.reports.style import Style

    @cache
    def made(kind: str) -> Files:
        with noticed():
            return make(composed(kind), FORMATS, Style())

    return made


def tree_of(markdown: str) -> Any:
    """The tree as pandoc reads it, before anything was made harmless in it."""
    from dmaic.reports.pandoc import DIALECT, _run

    return json.loads(_run(["-f", DIALECT, "-t", "json"], markdown.encode()))


def nodes(tree: Any, without: str = "") -> Iterator[dict[str, Any]]:
    if isinstance(tree, list):
        for each in tree:
            yield from nodes(each, without)
    elif isinstance(tree, dict) and not (without and tree.get("t") == without):
        if "t" in tree:
            yield tree
        for each in tree.values():
            yield from nodes(each, without)


def words_of(tree: Any, without: str = "") -> list[str]:
    """The words of a tree, as they stand."""
    return [str(each["c"]) for each in nodes(tree, without) if each["t"] == "Str"]


def squeezed(text: str) -> str:
    return re.sub(r"[\s\u00ad\u200b]+", "", text)


@pytest.mark.parametrize("kind", KINDS)
def test_markdown_makes_nothing_of_what_people_typed(
    composed: Callable[[str], Report], kind: str
) -> None:
    report = composed(kind)
    for markdown in (report.markdown, report.slides):
        tree = tree_of(markdown)
        for node in nodes(tree):
            if node["t"] in ("RawInline", "RawBlock"):
                assert node["c"][1] == "<br>"
            assert node["t"] not in ("Math", "Link", "Cite", "Note", "Subscript", "Superscript")
            if node["t"] == "Image":
                assert re.fullmatch(r"figures/[a-z0-9-]+\.svg", node["c"][2][0])
        assert "49" not in words_of(tree)


def test_every_text_is_shown_somewhere(composed: Callable[[str], Report]) -> None:
    shown = squeezed("".join("".join(words_of(tree_of(composed(kind).markdown))) for kind in KINDS))
    behind = squeezed(
        "".join(
            str(cell)
            for kind in KINDS
            for figure in composed(kind).figures.values()
            for row in figure.rows
            for cell in row
        )
    )
    for text in TEXTS:
        heads = (PROJECT, SPONSOR)  # these stand in the head of the report
        for line in text.split("\n"):
            assert squeezed(line) in shown or squeezed(line) in behind or text in heads, line


class Page(html.parser.HTMLParser):
    """What a browser would make of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.text, self.hidden = "", 0
        self.tags: list[tuple[str, dict[str, str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        self.hidden += tag in ("script", "style")

    def handle_endtag(self, tag: str) -> None:
        self.hidden -= tag in ("script", "style")

    def handle_data(self, data: str) -> None:
        self.text += "" if self.hidden else data


@pytest.mark.parametrize("kind", KINDS)
def test_html(composed: Callable[[str], Report], files: Callable[[str], Files], kind: str) -> None:
    page = Page()
    page.feed(files(kind)[f"{kind}.html"].decode())
    assert [tag for tag, _ in page.tags].count("script") == 2
    assert not {"b", "i", "object", "iframe", "form", "base"} & {tag for tag, _ in page.tags}
    for tag, attributes in page.tags:
        assert not [name for name in attributes if name.startswith("on") or name == "style"], tag
        if tag == "img":
            assert attributes["src"].startswith("data:image/")
        if tag == "a":
            assert attributes["href"].startswith("#")
    _same_words(composed(kind).markdown, page.text)
    if composed(kind).project:
        assert squeezed(PROJECT) in squeezed(page.text)
        assert squeezed(SPONSOR) in squeezed(page.text)


@pytest.mark.parametrize("format", ["docx", "pptx"])
@pytest.mark.parametrize("kind", KINDS)
def test_office(
    composed: Callable[[str], Report], files: Callable[[str], Files], kind: str, format: Format
) -> None:
    report = composed(kind)
    text = ""
    with zipfile.ZipFile(io.BytesIO(files(kind)[f"{kind}.{format}"])) as archive:
        for name in archive.namelist():
            if not name.endswith((".xml", ".rels")):
                continue
            for node in ElementTree.fromstring(archive.read(name)).iter():
                tag = node.tag.rpartition("}")[2]
                if node.get("TargetMode") == "External":
                    # A font's or a template's page; never what people typed.
                    assert "evil" not in node.get("Target", "")
                    assert "javascript" not in node.get("Target", "")
                assert tag not in ("oMath", "oMathPara", "object", "OLEObject"), name
                if tag == "t" and name.startswith(("word/document", "ppt/slides/")):
                    text += node.text or ""
                elif tag == "p":
                    text += " "
    if format == "docx":
        _same_words(report.markdown, text)
    else:
        # On a slide the title says what a figure shows; it has no caption.
        _same_words(report.slides or report.markdown, text, without="Figure")


@pytest.mark.parametrize("kind", KINDS)
def test_pdf(
    composed: Callable[[str], Report], files: Callable[[str], Files], kind: str, tmp_path: Path
) -> None:
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not installed")
    path = tmp_path / "report.pdf"
    path.write_bytes(files(kind)[f"{kind}.pdf"])
    text = subprocess.run(["pdftotext", "-raw", path, "-"], check=True, capture_output=True,
                          timeout=60).stdout.decode()  # fmt: skip
    assert b"/JavaScript" not in path.read_bytes()
    assert b"evil.example)" not in path.read_bytes()
    # Right-to-left and Chinese words are laid out in other ways, and a line may end in a hyphen.
    _same_words(composed(kind).markdown, text, only=str.isascii)


@pytest.mark.parametrize("kind", KINDS)
def test_pictures(composed: Callable[[str], Report], kind: str) -> None:
    with noticed():
        pictures = draw(composed(kind).figures, Colours(), png=False)
    for picture in pictures.values():
        # What is drawn is paths; comments would tell texts, and end where a text says so.
        tags = set()
        for node in ElementTree.fromstring(picture.svg).iter():
            tags.add(str(node.tag).rpartition("}")[2])
            for name, value in node.attrib.items():
                assert not name.rpartition("}")[2].startswith("on")
                if name.endswith("href"):
                    assert value.startswith(("#", "data:image/png"))
        assert not tags & {"script", "foreignObject", "a", "animate", "set"}


def _same_words(
    markdown: str, text: str, *, without: str = "", only: Callable[[str], bool] = bool
) -> None:
    """Hold that the words of the Markdown are there."""
    there = squeezed(text).replace("-", "")
    # How something is judged may be told by a colour or a picture.
    words = set(filter(only, words_of(tree_of(markdown), without))) - set("✓!✗○")
    assert not [word for word in words if squeezed(word).replace("-", "") not in there]
