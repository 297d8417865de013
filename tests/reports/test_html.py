"""The HTML page in a real browser: what a reader does with it, and what it must never do."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any

import pytest

from dmaic.reports.picture import Picture, draw
from dmaic.reports.report import Figure, Report
from dmaic.reports.style import Colours, Style
from dmaic.reports.write_html import report_to_html, write

if TYPE_CHECKING:
    from playwright.sync_api import Page

Visit = Callable[..., Any]

SEGMENTS = """\
*The vital few*

| Segment | Churned | Lost a year | Since | Approved | Remark |
|---|---:|---:|---|---|---|
| ✓ Students | 93 | $95.2K | 2025-03-02 | 1 July 2025 | – |
| ✗ Estimators | 1,979 | $2.3M | 2024-11-30 | 28 March 2025 | Their photos are re-typed by hand \
into three quoting systems, and nobody calls them in the first month |
| Agents | 729 | −$808 | – | 31 January 2026 | 写真館 |
| مقدرون | 120 | n/a | 2025-01-15 | 2 February 2024 | wordwordwordwordwordwordwordwordwordword |
| **All** | 4,270 | $5.0M |  |  |  |
"""

MARKDOWN = f"""\
> **Two of eleven segments make 63 % of the loss.** We ask for $120K.

## Where it stands

- ✓ Measure is approved
- ! Judged on old data
- ✗ Nobody signed
- ○ Not begun

> ! The data changed since.

## Who leaves

{SEGMENTS}

![Estimators lead](figures/pareto.svg)

### Method

Pareto by `segment`. [Where it stands](#where-it-stands), [a page](https://example.org/a?b=1&c=2).

## What was done

1. Call them
2. Ask them

| Action | Owner |
|---|---|
{"".join(f"| Call customer {number} | Sam |" + chr(10) for number in range(60))}
"""

DRAWING = (
    b'<svg xmlns="http://www.w3.org/2000/svg" width="720pt" height="288pt" viewBox="0 0 720 288">'
    b'<rect width="720" height="288" fill="#ffffff"/>'
    b'<path d="M 10 280 \nL 700 20" stroke="#d55e00" stroke-width="5"/></svg>'
)


def picture(rows: int = 3) -> Picture:
    figure = Figure(
        "pareto",
        "Estimators lead",
        "Bars of eleven segments, the first by far the longest",
        lambda: None,  # type: ignore[arg-type,return-value]
        ("segment", "churned", "cumulative_share", "unused"),
        [(f"Segment {number}", 1000 - number, 0.46346, None) for number in range(rows)],
    )
    return Picture(figure, DRAWING, b"", 10, 4)


def sample(kind: str = "analyze", markdown: str = MARKDOWN, **more: Any) -> Report:
    return Report(
        kind=kind, title="Analyze report", subtitle="Cut churn", project="Cut churn",
        sponsor="Ada", day=date(2026, 2, 2), markdown=markdown, fingerprint="110 " + "ab" * 32,
        **more,
    )  # fmt: skip


@pytest.fixture
def page(tmp_path: Path) -> Callable[..., Path]:
    """Write a report's page and give its path."""

    def make(report: Report | None = None, style: Style | None = None, rows: int = 3) -> Path:
        path = tmp_path / "report.html"
        pictures = {"pareto": picture(rows)}
        path.write_bytes(report_to_html(report or sample(), pictures, style or Style()))
        return path

    return make


def column(page: Page, number: int) -> list[str]:
    """Texts of a column of the first table, without those of the total."""
    cells = page.locator(f"table >> nth=0 >> tbody tr > *:nth-child({number + 1})")
    return [each.strip() for each in cells.all_inner_texts()]


def head(page: Page, words: str) -> Any:
    return page.locator("table >> nth=0 >> thead").get_by_role("button", name=words)


def overflow(page: Page) -> int:
    width: int = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    return width


def serious(page: Page) -> list[str]:
    """What axe-core finds and calls serious or critical."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page).response["violations"]
    return [
        f"{each['id']}: {json.dumps([node['target'] for node in each['nodes']][:4])}"
        for each in found
        if each["impact"] in ("serious", "critical")
    ]


def test_it_asks_nothing_of_anybody(page: Callable[..., Path], visit: Visit) -> None:
    tab = visit(page())
    tab.page.locator("summary", has_text="numbers").click()
    tab.page.get_by_role("button", name="Dark").click()
    others = [url for url in tab.requests if not url.startswith(("file:", "data:"))]
    assert others == []
    assert len([url for url in tab.requests if url.startswith("file:")]) == 1
    assert tab.complaints == []


def test_a_table_is_sorted_by_figures_days_and_words(
    page: Callable[..., Path], visit: Visit
) -> None:
    shown = visit(page()).page
    own = column(shown, 1)

    head(shown, "Churned").click()
    assert column(shown, 1) == ["1,979", "729", "120", "93"]
    assert shown.locator("th[aria-sort]").get_attribute("aria-sort") == "descending"
    assert shown.get_by_role("status").inner_text() == "Sorted by Churned, descending."
    head(shown, "Churned").click()
    assert column(shown, 1) == ["93", "120", "729", "1,979"]
    assert shown.locator("th[aria-sort]").get_attribute("aria-sort") == "ascending"
    head(shown, "Churned").click()
    assert column(shown, 1) == own
    assert shown.locator("th[aria-sort]").count() == 0

    # What is not known comes last, whichever way round; a minus and a thousand count.
    head(shown, "Lost a year").click()
    assert column(shown, 2) == ["$2.3M", "$95.2K", "−$808", "n/a"]
    head(shown, "Lost a year").click()
    assert column(shown, 2) == ["−$808", "$95.2K", "$2.3M", "n/a"]
    head(shown, "Since").click()
    assert column(shown, 3) == ["2025-03-02", "2025-01-15", "2024-11-30", "–"]
    head(shown, "Approved").click()
    assert column(shown, 4)[0] == "31 January 2026"
    # Signs before the words do not count.
    head(shown, "Segment").click()
    assert column(shown, 0)[:3] == ["Agents", "✗ Estimators", "✓ Students"]
    # The total stays where it is.
    assert shown.locator("table >> nth=0 >> tfoot").inner_text().startswith("All")


def test_a_table_is_sorted_by_keyboard(page: Callable[..., Path], visit: Visit) -> None:
    shown = visit(page()).page
    head(shown, "Churned").focus()
    shown.keyboard.press("Enter")
    assert column(shown, 1)[0] == "1,979"
    shown.keyboard.press("Space")
    assert column(shown, 1)[0] == "93"


def test_the_numbers_behind_a_figure_open(page: Callable[..., Path], visit: Visit) -> None:
    shown = visit(page(rows=700)).page
    picture = shown.get_by_role("img", name="Bars of eleven segments")
    assert picture.evaluate("image => image.naturalWidth") > 0
    numbers = shown.locator("figure table")
    assert not numbers.is_visible()
    shown.locator("summary", has_text="numbers behind").click()
    assert numbers.is_visible()
    # A column without a single value is left out; names of columns are words.
    heads = [each.strip() for each in numbers.locator("th[scope=col]").all_inner_texts()]
    assert heads == ["Segment", "Churned", "Cumulative share"]
    assert numbers.locator("tbody tr").nth(0).inner_text().split("\t") == [
        "Segment 0", "1,000", "0.4635",
    ]  # fmt: skip
    assert "The first 500 of 700 rows." in shown.locator("figure").inner_text()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_theme_follows_the_system_until_the_reader_chooses(
    page: Callable[..., Path], visit: Visit, theme: str
) -> None:
    path = page()
    # Chromium now and then forgets what a page without an address stored, so this one has one.
    serve = partial(SimpleHTTPRequestHandler, directory=str(path.parent))
    with ThreadingHTTPServer(("127.0.0.1", 0), serve) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        shown = visit(f"http://127.0.0.1:{server.server_port}/{path.name}", theme=theme).page
        _choose_a_theme(shown, theme)
        server.shutdown()


def _choose_a_theme(shown: Page, theme: str) -> None:
    other = {"light": "Dark", "dark": "Light"}[theme]
    ground = "getComputedStyle(document.body).backgroundColor"
    before = shown.evaluate(ground)
    assert (before == "rgb(255, 255, 255)") == (theme == "light")

    shown.get_by_role("button", name=other).click()
    after = shown.evaluate(ground)
    assert (after == "rgb(255, 255, 255)") == (theme == "dark")
    # It is remembered.
    shown.reload()
    assert shown.evaluate(ground) == after


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
@pytest.mark.parametrize("kind", ["analyze", "a3"])
def test_it_never_scrolls_sideways(
    page: Callable[..., Path], visit: Visit, width: int, kind: str
) -> None:
    long = "## " + "Donaudampfschifffahrt" * 12 + "\n\n- ✓ " + "x" * 400 + "\n\n" + MARKDOWN
    shown = visit(page(sample(kind, long)), width=width).page
    assert overflow(shown) <= 0
    # What is wider than the page scrolls in its own frame, also by keyboard.
    frame = shown.locator(".wide").first
    wider = frame.evaluate("frame => frame.scrollWidth > frame.clientWidth + 1")
    assert frame.evaluate("frame => frame.tabIndex") == (0 if wider else -1)
    assert wider or width > 400


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing_serious(
    page: Callable[..., Path], visit: Visit, theme: str, width: int
) -> None:
    colours = {"accent": "#FFCC00", "brand": "#FFCC00", "muted": "#BBBBBB"}
    style = Style.model_validate({"organisation": "Acme", "colours": colours})
    shown = visit(page(sample(draft=True), style), theme=theme, width=width).page
    shown.locator("summary", has_text="numbers behind").click()
    assert serious(shown) == []


def test_headlines_lists_and_links_keep_their_meaning(
    page: Callable[..., Path], visit: Visit
) -> None:
    shown = visit(page()).page
    assert shown.locator("h1").all_inner_texts() == ["Analyze report"]
    assert shown.get_by_role("heading", level=2).count() == 3
    assert shown.get_by_role("img", name="Bad").first.inner_text() == "✗"
    assert shown.locator("caption").first.inner_text() == "The vital few"
    contents = shown.get_by_role("navigation", name="Contents")
    contents.get_by_role("link", name="What was done").click()
    assert shown.url.endswith("#what-was-done")
    away = shown.get_by_role("link", name="a page")
    assert away.get_attribute("href") == "https://example.org/a?b=1&c=2"
    assert away.get_attribute("rel") == "noopener noreferrer"


def test_the_contents_are_folded_on_a_phone_and_beside_the_report_elsewhere(
    page: Callable[..., Path], visit: Visit
) -> None:
    link = ("link", {"name": "Who leaves", "exact": True})
    phone = visit(page(), width=390).page
    assert not phone.get_by_role(link[0], **link[1]).is_visible()
    phone.locator("#contents summary").click()
    assert phone.get_by_role(link[0], **link[1]).is_visible()

    wide = visit(page(), width=1280).page
    wide.locator("#what-was-done").scroll_into_view_if_needed()
    wide.evaluate("scrollTo(0, document.body.scrollHeight)")
    wide.wait_for_selector("#contents [aria-current]")
    assert wide.locator("#contents [aria-current]").inner_text() == "What was done"
    assert wide.locator("#contents").bounding_box()["y"] >= 0  # type: ignore[index]


def test_scripts_and_looks_from_elsewhere_do_not_run(
    page: Callable[..., Path], visit: Visit, tmp_path: Path
) -> None:
    inside = (
        "<script>window.ran = 1</script><img src=x onerror='window.ran = 2'>"
        "<p id=dressed style='color: red'>x</p><style>body { color: red }</style>"
        "<iframe src='data:text/html,<script>parent.ran = 3</script>'></iframe>"
        "<link rel=stylesheet href=other.css><script src=other.js></script>"
    )
    (tmp_path / "other.js").write_text("window.ran = 4")
    path = page()
    path.write_text(path.read_text("utf-8").replace("</main>", inside + "</main>"), "utf-8")
    tab = visit(path)
    assert tab.page.evaluate("window.ran === undefined")
    colour = tab.page.locator("#dressed").evaluate("p => getComputedStyle(p).color")
    assert colour == "rgb(34, 34, 34)"
    assert any("Content Security Policy" in each for each in tab.complaints)


def test_without_scripts_it_is_whole(page: Callable[..., Path], browser: Any) -> None:
    context = browser.new_context(java_script_enabled=False)
    shown = context.new_page()
    shown.goto(page().as_uri())
    assert not shown.locator("#theme").is_visible()
    assert shown.locator("#contents a").first.is_visible()
    assert shown.locator("table tbody tr").count() > 60
    context.close()


def sheets(pdf: bytes) -> list[tuple[float, float]]:
    """Width and height of each page of a PDF, in points."""
    assert pdf.startswith(b"%PDF")
    pages = re.findall(rb"/Type /Page\b.*?/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", pdf, re.DOTALL)
    return [(float(width), float(height)) for width, height in pages]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_it_prints_light_on_the_clients_paper(
    page: Callable[..., Path], visit: Visit, theme: str
) -> None:
    shown = visit(page(style=Style(paper="letter")), theme=theme).page
    found = sheets(shown.pdf(prefer_css_page_size=True))
    assert 2 <= len(found) <= 5
    assert {(round(width), round(height)) for width, height in found} == {(612, 792)}
    shown.emulate_media(media="print", color_scheme=theme)
    ground = shown.evaluate("getComputedStyle(document.body).backgroundColor")
    assert ground == "rgb(255, 255, 255)"
    assert not shown.locator("#theme").is_visible()
    assert not shown.locator("summary", has_text="numbers behind").is_visible()


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("many", [1, 2])
def test_an_a3_is_one_sheet_in_landscape_that_holds_all(
    page: Callable[..., Path], visit: Visit, width: int, many: int
) -> None:
    shown = visit(page(sample("a3", MARKDOWN * many)), width=width).page
    (paper,) = sheets(shown.pdf(prefer_css_page_size=True))
    assert paper == pytest.approx((1191, 842), abs=1)
    shown.emulate_media(media="print")
    for box in ("main", ".sections"):
        assert shown.locator(box).evaluate(
            "box => box.scrollWidth <= box.clientWidth + 1 "
            "&& box.scrollHeight <= box.clientHeight + 1"
        )


def test_an_a3_that_would_be_too_small_to_read_takes_another_sheet(
    page: Callable[..., Path], visit: Visit
) -> None:
    shown = visit(page(sample("a3", MARKDOWN * 4))).page
    found = sheets(shown.pdf(prefer_css_page_size=True))
    assert len(found) > 1
    assert {width > height for width, height in found} == {True}


def test_it_reads_from_right_to_left(page: Callable[..., Path], visit: Visit) -> None:
    shown = visit(page(style=Style(language="ar", organisation="شركة"))).page
    assert shown.locator("html").get_attribute("dir") == "rtl"
    box = shown.locator("#contents").bounding_box()
    body = shown.locator(".sections").bounding_box()
    assert box is not None
    assert body is not None
    assert box["x"] > body["x"]
    assert overflow(shown) <= 0


def test_the_same_report_gives_the_same_bytes() -> None:
    one = write(sample(), {"pareto": picture()}, Style())
    assert one == write(sample(), {"pareto": picture()}, Style())
    assert list(one) == ["analyze.html"]


KINDS = ("define", "measure", "analyze", "improve", "control", "a3", "executive", "project")


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_a_report_of_the_worked_case_can_be_read_anywhere(
    report: Callable[[str], Report], visit: Visit, tmp_path: Path, kind: str
) -> None:
    made = report(kind)
    path = tmp_path / f"{kind}.html"
    path.write_bytes(report_to_html(made, draw(made.figures, Colours(), png=False), Style()))
    for theme, width in (("light", 1280), ("dark", 390)):
        tab = visit(path, theme=theme, width=width)
        assert tab.complaints == []
        assert [url for url in tab.requests if not url.startswith(("file:", "data:"))] == []
        assert overflow(tab.page) <= 0
        broken = "[...document.images].filter(image => !image.complete || !image.naturalWidth)"
        assert tab.page.evaluate(f"{broken}.length") == 0
        assert tab.page.locator("figure").count() == made.markdown.count("](figures/")
        assert serious(tab.page) == []
    pages = sheets(tab.page.pdf(prefer_css_page_size=True))
    assert len(pages) == 1 if kind == "a3" else len(pages) >= 2
