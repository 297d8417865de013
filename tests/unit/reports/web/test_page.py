"""The page around a report: its policy, and texts of people in its head and foot."""

from __future__ import annotations

import base64
import hashlib
import re
from datetime import date

import pytest

from dmaic.reports.colour import contrast
from dmaic.reports.report import Report
from dmaic.reports.style import Logo, Style
from dmaic.reports.web.body import Entry
from dmaic.reports.web.look import sheet
from dmaic.reports.web.page import Page, page_to_html
from dmaic.reports.write_html import report_to_html

EVIL = "</title><script>x</script>\"'&"


def text(page: Page, style: Style | None = None) -> str:
    return page_to_html(page, style or Style()).decode()


def test_the_policy_allows_the_pages_own_parts_and_nothing_else() -> None:
    page = text(Page("Title", "<p>x</p>"))
    found = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', page)
    assert found is not None
    policy = found[1]
    own = [
        f"'sha256-{base64.b64encode(hashlib.sha256(part.encode()).digest()).decode()}'"
        for part in re.findall(r"<(?:style|script)>(.*?)</(?:style|script)>", page, re.DOTALL)
    ]
    assert len(own) == 3
    assert all(each in policy for each in own)
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy
    assert "http" not in policy
    # The policy comes before what it governs.
    assert page.index("Content-Security-Policy") < page.index("<style>")


def test_no_text_of_people_is_markup() -> None:
    style = Style(organisation=EVIL, footer=EVIL)
    page = Page(
        EVIL, "", subtitle=EVIL, facts=[(EVIL, EVIL)], contents=[Entry(EVIL, EVIL)] * 2,
        trail=[(EVIL, EVIL)], source=EVIL,
    )  # fmt: skip
    shown = text(page, style)
    assert shown.count("<script>") == 2
    assert "<script>x" not in shown
    assert shown.count("<title>") == shown.count("</title>") == 1


def test_a_name_of_a_font_or_a_footer_cannot_leave_its_quotes() -> None:
    foot = '"; } body { color: red } </style><script>'
    looks = sheet(Style.model_validate({"fonts": {"body": "A'B & C"}}), foot, broad=False)
    assert "</style>" not in looks
    assert "color: red" not in looks
    assert '--body: "A\\27 B \\26  C"' in looks


@pytest.mark.parametrize("accent", ["#0B3C5D", "#FFCC00", "#FFFFFF", "#000000", "#7F7F7F"])
def test_words_can_be_read_in_both_themes_whatever_colours_a_client_has(accent: str) -> None:
    colours = dict.fromkeys(("accent", "good", "warning", "bad", "muted", "ink"), accent)
    looks = sheet(Style.model_validate({"colours": colours}), "", broad=False)
    themes = [
        dict(re.findall(r"--([a-z]+): (#[0-9A-F]{6})", line))
        for line in looks.splitlines()
        if line.startswith((":root {", ":root:not"))
    ]
    assert len(themes) == 2
    for theme in themes:
        for name in colours:
            assert contrast(theme[name], theme["ground"]) >= 4.5
            assert contrast(theme[name], theme["fill"]) >= 4.5


def test_a_logo_is_within_the_page() -> None:
    logo = Logo(content=b"\x89PNG", media_type="image/png", width=10, height=5)
    shown = text(Page("Title", ""), Style(logo=logo, organisation="Acme"))
    assert 'src="data:image/png;base64,iVBORw==" alt=""' in shown
    assert 'alt="Logo"' in text(Page("Title", ""), Style(logo=logo))


def test_contents_are_left_out_of_a_page_with_one_section() -> None:
    assert "<nav" not in text(Page("Title", "", contents=[Entry("a", "A")]))
    assert "<nav" in text(Page("Title", "", contents=[Entry("a", "A"), Entry("b", "B")]))


def test_a_draft_says_so_on_screen_and_on_paper() -> None:
    shown = text(Page("Title", "", draft=True))
    assert '<p class="badge">Draft</p>' in shown
    assert '<body class="draft">' in shown
    assert "badge" not in text(Page("Title", "")).split("</style>")[1]


def test_it_names_the_state_of_the_record_and_not_twice_the_project() -> None:
    report = Report(
        "define", "Define report", "Cut churn", "Cut churn", date(2026, 2, 2), "text",
        fingerprint="110 " + "ab" * 32,
    )  # fmt: skip
    shown = report_to_html(report, {}, Style()).decode()
    assert "From the record at entry 110 abababababab<" in shown
    assert "<dt>Project</dt>" not in shown
    assert "<dd>2026-02-02</dd>" in shown
