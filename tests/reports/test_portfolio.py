"""The portfolio: all projects as one report, and as pages that lead down to each report."""

from __future__ import annotations

import html.parser
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from dmaic.errors import DmaicError
from dmaic.project.engagement.home import open_home
from dmaic.reports.content_portfolio import NAMED
from dmaic.reports.pandoc import read
from dmaic.reports.portfolio import compose_portfolio
from dmaic.reports.report import Report
from dmaic.reports.site import Site, make_site
from dmaic.reports.style import Style

TODAY = date(2026, 2, 2)


@pytest.fixture
def firm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Callable[..., Any]) -> Path:
    """An engagement of four projects: red, green, closed, and one in euros."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DMAIC_TODAY", TODAY.isoformat())
    for words in (
        ["init", "."],
        ["project", "new", "Late", "--template", "dmaic", "--target-date", "2026-01-01"],
        ["project", "new", "Fine", "--template", "quick-win"],
        ["project", "new", "Over", "--template", "dmaic"],
        ["project", "close", "Over", "--reason", "Stopped", "--yes"],
        ["project", "new", "Europe", "--template", "dmaic", "--currency", "EUR"],
        ["benefit", "plan", "API", "--target", "120000", "--starts", "2025-11", "-p", "Late",
         "--segment", "estimators"],
        ["benefit", "record", "API", "2025-11=9000", "2025-12=11000", "-p", "Late"],
        ["benefit", "plan", "Calls", "--target", "60000", "--starts", "2025-11", "-p", "Fine",
         "--segment", "estimators"],
        ["benefit", "plan", "Prix", "--target", "48000", "--starts", "2026-01", "-p", "Europe"],
    ):  # fmt: skip
        more = ["--no-input"] if words[:2] == ["project", "new"] else []
        ran = run(*words, *more)
        assert ran.status == 0, (words, ran.err)
    return tmp_path


def composed(folder: Path, **options: Any) -> Report:
    with open_home(str(folder / "dmaic.db")).store.reading() as view:
        return compose_portfolio(view, TODAY, **options)


def site(folder: Path) -> dict[str, bytes]:
    with open_home(str(folder / "dmaic.db")).store.reading() as view:
        return make_site(Site(view, TODAY, Style()))


def board(report: Report) -> dict[str, list[str]]:
    rows = re.search(r"\| Phase \| Red.*?\n\n", report.markdown, re.DOTALL)
    assert rows
    lines = [line.strip("| ").split(" | ") for line in rows[0].strip().split("\n")[2:]]
    return {line[0].strip(): [cell.strip(" |") for cell in line[1:]] for line in lines}


def test_projects_stand_by_phase_and_health(firm: Path) -> None:
    report = composed(firm)
    by = board(report)
    assert "Late" in by["Define"][0]
    assert "Late" not in "".join(by["Define"][1:])
    assert "Europe" in by["Define"][-1]
    assert "Closed: Over." in report.markdown
    assert "**3 open projects** of 4: 1 red, 2 green." in report.markdown
    assert "**Late**: The target date 2026-01-01 has passed." in report.markdown


def test_money_of_one_currency_is_added_and_no_customer_twice(firm: Path) -> None:
    report = composed(firm)
    assert {*report.figures} == {
        "planned-against-realised-usd",
        "planned-against-realised-eur",
    }
    months = report.figures["planned-against-realised-usd"].rows
    assert [row[0] for row in months][:3] == ["2025-11", "2025-12", "2026-01"]
    # Both plan on the same segment, so of each month the larger plan counts.
    assert months[0][1] == pytest.approx(10_000)
    assert [row[2] for row in months[:3]] == [9_000, 11_000, None]
    assert months[1][4] == pytest.approx(20_000)
    assert "Customers that are counted already" in report.markdown
    assert "**Money in EUR:**" in report.markdown


def test_the_portfolio_is_told_in_slides_with_findings_as_titles(firm: Path) -> None:
    blocks = read(composed(firm).slides)["blocks"]
    titles = [block for block in blocks if block["t"] == "Header"]
    assert len(titles) == 5
    assert {block["c"][0] for block in titles} == {2}


def test_what_a_portfolio_lacks_is_told_with_the_command(firm: Path) -> None:
    lacks = composed(firm).lacks
    goals = [each for each in lacks if "no goal" in each.message]
    assert [each.message.split(" has")[0] for each in goals] == ["Late", "Fine", "Europe"]
    assert all(each.command.startswith("dmaic doc edit charter -p ") for each in goals)
    assert not [each for each in lacks if "no money" in each.message]


class Links(html.parser.HTMLParser):
    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.found: list[str] = []
        self.ids: set[str] = set()
        self.feed(page.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        self.ids.add(said.get("id") or "")
        if tag == "a":
            self.found.append(said["href"] or "")


@pytest.mark.slow
def test_every_link_of_the_site_leads_to_a_page_and_every_page_is_reached(firm: Path) -> None:
    pages = site(firm)
    reached, new = set(), {"index.html"}
    while new:
        reached |= new
        found = set()
        for path in new:
            links = Links(pages[path])
            for link in links.found:
                if link.startswith("#"):
                    assert link[1:] in links.ids, (path, link)
                    continue
                assert ":" not in link
                parts = path.split("/")[:-1]
                for part in link.split("/"):
                    parts = parts[:-1] if part == ".." else [*parts, part]
                found.add("/".join(parts))
        assert found <= {*pages}
        new = found - reached
    assert reached == {*pages}


@pytest.mark.slow
def test_the_same_record_gives_the_same_pages(firm: Path) -> None:
    assert site(firm) == site(firm)


@pytest.mark.slow
def test_only_phases_that_were_begun_have_pages(firm: Path, worked_case: Path) -> None:
    assert {name for name in site(firm) if name.startswith("europe/")} == {
        "europe/project.html",
        "europe/define.html",
    }
    with open_home(str(worked_case / "dmaic.db")).store.reading() as view:
        paths = Site(view, TODAY, Style()).pages
    done = {path.split("/")[1] for path in paths if path.startswith("cut-estimator-churn/")}
    assert done == {f"{each}.html" for each in
                    ("project", "define", "measure", "analyze", "improve", "control")}  # fmt: skip


def test_projects_of_one_name_have_folders_of_their_own(
    firm: Path, run: Callable[..., Any]
) -> None:
    for name in ("Fine!", "fine?", "漢字", "..", "CON"):
        assert run("project", "new", name, "--template", "dmaic", "--no-input").status == 0
    with open_home(str(firm / "dmaic.db")).store.reading() as view:
        paths = [*Site(view, TODAY, Style()).pages]
    folders = {path.split("/")[0].casefold() for path in paths if "/" in path}
    assert len(folders) == 9
    for folder in folders:
        assert re.fullmatch(r"[\w-]+", folder)
        assert folder not in ("con", "")


def test_many_projects_are_counted_where_they_cannot_be_named(
    firm: Path, run: Callable[..., Any]
) -> None:
    for number in range(12):
        name = f"Project {number:02}"
        assert run("project", "new", name, "--template", "dmaic", "--no-input").status == 0
    report = composed(firm)
    cell = board(report)["Define"][-1]
    # Fine, Europe and the twelve are green; as many as may be are named.
    assert cell.count("<br>") == NAMED
    assert cell.endswith(f"and {14 - NAMED} more")
    for number in range(12):
        assert f"### Project {number:02}" in report.markdown


def test_an_engagement_without_projects_has_a_portfolio(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Callable[..., Any]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("init", ".").status == 0
    report = composed(tmp_path)
    assert "**No open project**." in report.markdown
    assert "There is no project yet." in report.markdown
    assert [(each.part, each.command) for each in report.lacks] == [
        ("Projects", 'dmaic project new "NAME"')
    ]
    assert run("report", "check", "portfolio").status == 8
    assert [*site(tmp_path)] == ["index.html"]
    ran = run("report", "portfolio", "--format", "md", "--format", "docx", "--format", "pptx",
              "--format", "pdf")  # fmt: skip
    assert ran.status == 0, ran.err


def test_the_command_writes_a_folder_of_pages(firm: Path, run: Callable[..., Any]) -> None:
    ran = run("report", "portfolio", "--to", "board")
    assert ran.status == 0, ran.err
    assert (firm / "board" / "index.html").is_file()
    assert (firm / "board" / "late" / "define.html").is_file()
    ran = run("report", "portfolio", "-o", "all.html")
    assert ran.status == 2
    assert "--to" in ran.err


def test_the_portfolio_of_an_earlier_day_is_the_record_of_that_day(
    worked_case: Path,
) -> None:
    with open_home(str(worked_case / "dmaic.db")).store.reading() as view:
        report = compose_portfolio(view, date(2025, 6, 30))
    assert "The record is shown as it was at the end of 2025-06-30." in report.markdown
    assert "Cycle 2" not in report.markdown
    assert "Cut estimator churn" in board(report)["Improve"][1]


def test_before_the_record_begins_the_portfolio_is_that_of_today_and_says_so(
    worked_case: Path,
) -> None:
    with open_home(str(worked_case / "dmaic.db")).store.reading() as view:
        report = compose_portfolio(view, date(2020, 1, 1))
    assert "The record begins on 2025-" in report.markdown
    assert "judged as of 2020-01-01." in report.markdown
    assert "Cut estimator churn" in report.markdown


def test_a_broken_layout_is_told_and_no_page_is_made(
    firm: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import dmaic.reports.portfolio as portfolio

    folder = firm / "layouts" / "dmaic" / "reports"
    folder.mkdir(parents=True)
    (folder / "portfolio.md.j2").write_text("\n{{ nope }}")
    monkeypatch.setattr(portfolio, "templates_folder", lambda: firm / "layouts")
    with pytest.raises(DmaicError) as caught:
        composed(firm)
    assert caught.value.where == "portfolio.md.j2, line 2"
