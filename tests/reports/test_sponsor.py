"""Decks, executive summary and A3: short, the finding first, nothing left out silently."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from dmaic.documents.define.charter import Charter
from dmaic.documents.registry import KINDS, document_class
from dmaic.engagements.find import built_in
from dmaic.project.engagement.home import Home, open_home
from dmaic.project.engagement.kept_package import layouts_of
from dmaic.project.engagement.project import Project
from dmaic.project.engagement.start import init, new_project
from dmaic.project.paper.paper import read_paper, write_paper
from dmaic.project.plan.action import Action
from dmaic.reports.compose import compose
from dmaic.reports.headline import LONGEST
from dmaic.reports.layouts import kinds
from dmaic.reports.report import Report
from dmaic.resource import templates_folder

PHASES = ("define", "measure", "analyze", "improve", "control")
DECKS = (*PHASES, "executive", "project")
TODAY = date(2026, 2, 2)

Maker = Callable[[str], Report]


def slides(report: Report) -> dict[str, list[str]]:
    """Title -> lines of a slide."""
    found: dict[str, list[str]] = {}
    for line in report.slides.splitlines():
        if line.startswith("## "):
            title = line.removeprefix("## ")
            assert title not in found, f"two slides are called {title}"
            found[title] = []
        elif line.strip():
            found[title].append(line)
    return found


@pytest.mark.parametrize("kind", DECKS)
def test_a_slide_holds_one_message(report: Maker, kind: str) -> None:
    deck = slides(report(kind))
    assert 6 <= len(deck) <= 25
    for title, lines in deck.items():
        assert 5 < len(title) <= LONGEST + 20, title
        assert not title.endswith("."), title
        charts = [line for line in lines if line.startswith("![")]
        rows = [line for line in lines if line.startswith("|")]
        bullets = [line for line in lines if line.startswith("- ")]
        assert lines, f"{title} is empty"
        assert len(charts) <= 1, title
        assert len(rows) <= 6 + 2, title
        assert len(bullets) <= 8, title
        assert not (charts and rows), f"{title}: the chart is to be large"


@pytest.mark.parametrize("kind", DECKS)
def test_figures_of_a_deck_are_in_the_report(report: Maker, kind: str) -> None:
    made = report(kind)
    shown = set(re.findall(r"\(figures/([a-z0-9-]+)\.svg\)", made.slides))
    assert shown <= set(made.figures)


def test_a_deck_of_a_phase_is_titled_with_what_was_found(report: Maker) -> None:
    titles = " ".join(slides(report("analyze")))
    for told in (
        "Auto body estimators",
        "46.3 %",
        "first 90 days",
        "suspected causes are verified",
    ):
        assert told in titles


def test_nobody_reads_in_a_deck_how_the_others_stand_to_the_project(report: Maker) -> None:
    # The list of stakeholders says who is against it, and a deck is shown to them.
    told = report("define").slides
    assert "takeholders" not in told.replace("Stakeholders: not there", "")
    assert "roadmap is full" not in told


def test_the_first_page_answers_what_how_much_and_what_is_asked(report: Maker) -> None:
    box = report("executive").markdown.split("\n## ")[0]
    assert all(line.startswith(">") for line in box.strip().splitlines())
    assert "from 2.2 to 1.4 %" in box
    assert "2.20 % a month before, 1.36 % after" in box
    assert "$2.1M a year realised, $1.7M planned".replace("$", "\\$") in box
    assert "signed by Finance" in box
    assert "**What we need from you:** nothing; the project is closed." in box


def test_a_run_rate_says_of_which_month_it_is(report: Maker) -> None:
    # As of much later it would pass for what comes in today.
    assert "the last recorded month, 2025-12, would" in report("executive").markdown
    assert "Here that month is 2025-12." in report("control").markdown


def test_what_was_dropped_is_not_told_as_if_it_were_done(report: Maker) -> None:
    for text in (report("executive").markdown, report("executive").slides, report("a3").markdown):
        assert "Looked at and dropped: A discount for estimators." in text
        assert "| A discount" not in text


def test_an_a3_has_its_eight_boxes_in_order_and_two_charts(report: Maker) -> None:
    text = report("a3").markdown
    assert re.findall(r"^## (\d)\. (.+)$", text, re.MULTILINE) == [
        ("1", "Background"), ("2", "Current state"), ("3", "Goal"), ("4", "Analysis"),
        ("5", "Countermeasures"), ("6", "Plan"), ("7", "Results"), ("8", "Follow-up"),
    ]  # fmt: skip
    assert len(re.findall(r"^!\[", text, re.MULTILINE)) == 2


class TestBegunAndEmpty:
    @pytest.fixture
    def home(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
        monkeypatch.setenv("DMAIC_TODAY", TODAY.isoformat())
        store = init(tmp_path / "firm", actor="Kim").store
        with store.writing("project new") as work:
            new_project(work, "مشروع 减少流失", template="saas-churn")
        return open_home(str(tmp_path / "firm"))

    def made(self, home: Home, kind: str) -> Report:
        with home.store.reading() as view:
            return compose(view, home.project(view, None), kind, TODAY)

    @pytest.mark.parametrize("kind", [*DECKS, "a3"])
    def test_an_empty_project_gives_a_report_that_says_so(self, home: Home, kind: str) -> None:
        made = self.made(home, kind)
        assert "not agreed yet" in made.markdown + made.slides or kind in PHASES
        assert not re.search(r"\bNone\b(?! of)", made.markdown + made.slides)
        for title, lines in slides(made).items() if made.slides else ():
            assert title
            assert lines

    def test_what_is_missing_is_named_in_the_deck(self, home: Home) -> None:
        deck = slides(self.made(home, "define"))
        told = next(lines for title, lines in deck.items() if "missing or stale" in title)
        assert "- ! Project charter: not there or not complete" in told

    def test_a_goal_without_a_target_is_none_yet(self, home: Home) -> None:
        with home.store.writing("doc set") as work:
            project = home.project(work, None)
            state = read_paper(work, project.id, "charter")
            write_paper(work, project.id, state, Charter(metric="monthly logo churn"))
        told = self.made(home, "executive").markdown
        assert "not agreed yet; the charter has no target for monthly logo churn" in told

    def test_200_actions_are_counted_not_listed(self, home: Home) -> None:
        with home.store.writing("action add") as work:
            project, due = home.project(work, None), date(2026, 1, 5)
            for number in range(200):
                action = Action(title=f"Action {number}", owner="Ada", due=due, first_due=due)
                work.add(action, project.id)
        summary = self.made(home, "executive")
        assert summary.markdown.count("Action ") < 40
        assert "and 200 more things" in summary.markdown
        assert "201 things that we need from you" in summary.slides
        assert all(len(lines) <= 8 for lines in slides(summary).values())
        assert "… and 195 more actions" in self.made(home, "a3").markdown


@pytest.mark.parametrize("template", built_in())
@pytest.mark.parametrize("part", [1, 99])
def test_documents_that_are_begun_and_no_more_give_reports(
    tmp_path: Path, template: str, part: int
) -> None:
    """Every document holds its first fields alone, and their lines no more than a name."""
    store = init(tmp_path / "firm", actor="Kim").store
    with store.writing("project new") as work:
        project = new_project(work, "Begun", template=template)
        for kind in KINDS:
            example = document_class(kind).EXAMPLE
            fields = {name: _begun(example[name]) for name in list(example)[:part]}
            state = read_paper(work, project.id, kind)
            write_paper(work, project.id, state, document_class(kind).model_validate(fields))
    with store.reading() as view:
        begun = view.find(Project, project.id)
        # The portfolio is no report of one project.
        for kind in kinds(layouts_of(view, begun), view, begun).keys() - {"portfolio"}:
            made = compose(view, begun, kind, TODAY)
            assert not re.search(r"^- *$|^#+ *$", made.markdown + made.slides, re.MULTILINE)


def _begun(value: Any) -> Any:
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return [{name: each[name] for name in list(each)[:2]} for each in value]
    return value


@pytest.mark.parametrize("name", ["parts.md.j2", "parts.slides.md.j2"])
def test_every_part_that_layouts_share_is_documented(name: str) -> None:
    text = (templates_folder() / "dmaic" / "reports" / name).read_text("utf-8")
    page = (templates_folder().parent / "docs" / "how-to" / "write-a-layout.md").read_text("utf-8")
    parts = re.findall(r"{%-? macro (\w+)\(", text)
    assert parts
    assert [part for part in parts if f"`{part}(" not in page] == []


def test_what_came_after_a_phase_is_not_told_as_if_it_were_its_own(report: Maker) -> None:
    summary = next(iter(slides(report("define")).values()))
    assert any(line.startswith("- **After the phase**, as of 2026-02-02:") for line in summary)
    text = report("define").markdown
    assert "The Define phase ended on 2025-01-31" in text


def test_a_tollgate_is_not_doubted_for_a_date_that_passed_since(report: Maker) -> None:
    gate = report("define").markdown.split("## Tollgate")[1].split("\n## ")[0]
    assert "in doubt" not in gate
    assert "Its date is over" not in gate


def test_an_a3_is_told_in_slides_whose_titles_say_something(report: Maker) -> None:
    titles = [*slides(report("a3"))]
    assert titles[0].startswith("The goal: monthly logo churn from 2.2 to 1.4 %")
    assert not any(re.match(r"\d\. ", title) for title in titles)


@pytest.mark.parametrize("kind", [*PHASES, "executive", "project", "a3"])
def test_days_are_written_in_one_way(report: Maker, kind: str) -> None:
    made = report(kind)
    months = "January|February|March|April|May|June|July|August|October|November|December"
    # What the team wrote, `3 to 14 February 2025`, stays as it is.
    day = rf"(?<!to )\b\d{{1,2}} (?:{months}) 20\d\d\b"
    assert not re.search(day, made.markdown + made.slides)


def test_a_report_tells_money_in_the_currency_of_the_project(report: Maker) -> None:
    text = report("improve").markdown.replace("\\$", "$")
    assert 'prefer "API and calls": worth $1,176,000' in text
    assert "**Cost once**: $135,000" in text
    assert "| $120,000 | $15,000 |" in text


def test_words_of_the_method_are_told_where_they_are_used(report: Maker) -> None:
    assert "**SIPOC**: supplier, input, process, output, customer" in report("define").markdown
    assert "**Cpk**" in report("control").markdown
    assert "**Cpk**" not in report("analyze").markdown


def test_the_vital_few_are_said_to_make_what_they_make(report: Maker) -> None:
    # Blanks are in no group that can be worked on, so they are in no sum of groups either.
    told = report("control").markdown.split("**Vital few**: ")[1].split("\n")[0]
    assert told.startswith("Real estate agents 27.7 %, Auto body estimators 13.4 %")
    assert told.endswith("(6 of 11, together 66.1 % of the loss)")
