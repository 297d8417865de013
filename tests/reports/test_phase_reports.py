"""The report of every phase of the worked case: what a sponsor must find in it, and must not."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from dmaic.project.data.analysis import SavedAnalysis
from dmaic.project.engagement.home import open_home
from dmaic.project.engagement.kept_template import template_of
from dmaic.reports.compose import compose
from dmaic.reports.report import Report

Maker = Callable[[str], Report]

PHASES = ("define", "measure", "analyze", "improve", "control")
KINDS = (*PHASES, "a3", "executive", "project")

SECTIONS = (
    "Where the project stands",
    "Tollgate",
    "Actions and promises",
    "Risks, issues and decisions",
    "What comes next",
    "Appendix: how the figures are computed",
    "Appendix: definitions",
    "Appendix: findings about the data",
    "Appendix: journal of the phase",
)

IN_PHASE = {
    "define": {"Project charter", "Stakeholders", "SIPOC", "Voice of the customer and CTQ tree"},
    "measure": {
        "Control chart of churn",
        "Cost of churn by segment",
        "Agreement",
        "Process map",
        "Journey map",
    },
    "analyze": {
        "Pareto: churned customers by segment",
        "How long customers stay",
        "Test of churn by segment",
        "Fishbone diagram",
        "Cause list",
    },
    "improve": {
        "Recovered revenue: the estimate",
        "Sample size of a pilot",
        "Selection of solutions",
        "Implementation plan",
    },
    "control": {"Before and after", "Capability of first response hours", "Control plan"},
}


def headlines(report: Report, level: int) -> list[str]:
    return re.findall(rf"^{'#' * level} (.+)$", report.markdown, re.MULTILINE)


@pytest.mark.parametrize("kind", PHASES)
def test_a_phase_has_every_section_and_what_belongs_to_it(report: Maker, kind: str) -> None:
    made = report(kind)
    assert {*SECTIONS} <= {*headlines(made, 2)}
    assert IN_PHASE[kind] <= {*headlines(made, 3)}
    others = {title for phase, titles in IN_PHASE.items() if phase != kind for title in titles}
    assert not others & {*headlines(made, 3)}


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("define", r"The problem costs \$5.0M a year; reaching the goal is worth \$1.8M of it"),
        ("analyze", "5 of 7 suspected causes are verified"),
        ("improve", "The pilot met its threshold: 2.7 %, at most 4 % was asked for"),
        ("control", "Sam took the process over on 2026-01-23"),
    ],
)
def test_a_summary_says_what_the_phase_is_for(report: Maker, kind: str, told: str) -> None:
    summaries = {each: report(each).markdown.split("\n## ", 1)[0] for each in PHASES}
    assert f"> - {told}\n" in summaries[kind]
    assert [each for each in PHASES if told in summaries[each]] == [kind]


@pytest.mark.parametrize("kind", PHASES)
def test_the_tollgate_is_shown_whole(report: Maker, worked_case: Path, kind: str) -> None:
    home = open_home(str(worked_case / "dmaic.db"))
    with home.store.reading() as view:
        template = template_of(view, home.project(view, "Cut estimator churn"))
    text = report(kind).markdown
    for criterion in template.phase(kind).gate.criteria:
        assert criterion.title in text
    for role in template.phase(kind).gate.roles:
        assert re.search(rf"✓ {re.escape(role)} \| \w", text)


def test_a_waiver_is_told_with_who_and_why(report: Maker) -> None:
    text = report("measure").markdown
    assert "| waived |" in text
    assert "Waived by Dana, 2025-02-28: Finance closes the books of 2024 in April." in text


@pytest.mark.parametrize("kind", KINDS)
def test_every_figure_is_shown_and_has_words_and_numbers(report: Maker, kind: str) -> None:
    made = report(kind)
    text = made.markdown + made.slides
    shown = re.findall(r"\]\(figures/([a-z0-9-]+)\.svg\)", text)
    assert {*shown} == {*made.figures}
    for name, figure in made.figures.items():
        assert name == figure.name
        assert figure.caption.strip()
        assert figure.alt.strip()
        assert figure.rows
        assert all(len(row) == len(figure.header) for row in figure.rows)


@pytest.mark.parametrize("kind", KINDS)
def test_no_reader_meets_an_id_or_a_command(report: Maker, worked_case: Path, kind: str) -> None:
    home = open_home(str(worked_case / "dmaic.db"))
    with home.store.reading() as view:
        ids = [each.id for each in view.all(SavedAnalysis)]
    made = report(kind)
    text = made.markdown + made.slides
    assert not [id for id in ids if id in text]
    # How figures are computed is told in the words of the analysis, flags among them.
    body = re.split(r"## (?:Appendix: )?[Hh]ow the figures are", made.markdown)[0] + made.slides
    assert not re.findall(r"`dmaic |dmaic doc |--[a-z]{3,}", body)
    # Lines of documents are called by their names; K1 to K4 or CP2 would tell nobody anything.
    assert not re.findall(r"^\| (?:[✓!✗] )?[A-Z]{1,3}[1-9][0-9]? \|", body, re.MULTILINE)


def test_a_finding_is_made_of_the_results_own_figures(report: Maker) -> None:
    text = report("analyze").markdown
    assert "5 of 11 categories make 83.6 % of the churned customers" in text
    assert "The largest by segment: Auto body estimators 46.3 %" in text
    assert "| Auto body estimators | 1,979 |" in text
    assert "Computed on 2025-03-28 with dmaic" in text
    assert re.search(r"dataset 2024, 20,000 rows \(SHA-256 [0-9a-f]{12}…\)", text)


def test_the_numbers_behind_a_figure_are_read_by_people(report: Maker) -> None:
    figure = report("analyze").figures["pareto-churned-customers-by-segment"]
    row = dict(zip(figure.header, figure.rows[0], strict=True))
    assert row["Segment"] == "Auto body estimators"
    assert row["Churned"] == 1979
    assert row["Share %"] == pytest.approx(46.3466)
    assert row["Rate %"] == pytest.approx(39.851)
    assert row["Relative risk"] == pytest.approx(2.6151)


def test_the_numbers_behind_a_documents_figure_are_those_that_it_draws(report: Maker) -> None:
    selection = report("improve").figures["selection-of-solutions"]
    assert selection.header == ("Solution", "Impact", "Effort", "It is a")
    journey = report("measure").figures["journey-map"]
    curve = dict(zip(journey.header, journey.rows[4], strict=True))
    assert (curve["Step"], curve["Curve"]) == ("Ask for help", "-1.6")


def test_money_is_planned_against_realised(report: Maker) -> None:
    made = report("control")
    assert r"planned \$1,737,837 a year; realised \$2,120,004 a year as run-rate" in made.markdown
    figure = made.figures["benefits-planned-and-realised"]
    months = [row[0] for row in figure.rows]
    assert months == sorted(months)
    realised = [row[4] for row in figure.rows if row[4] is not None]
    # Six figures are shown of each number.
    assert realised[-1] == pytest.approx(1_166_094, rel=1e-5)


def test_the_costs_of_the_solutions_are_those_of_the_estimate(report: Maker) -> None:
    told = report("improve").markdown
    shown = told[told.index("### Solutions") :]
    assert "**Costs without**: A discount for estimators (dropped)" in shown
    assert r"**Cost once**: \$135,000" in shown
    assert r"**Cost a year**: \$140,000" in shown
    # What the estimate takes for two years: once, and twice a year's.
    assert r"**Cost**: \$415,000" in told


def test_documents_are_tables_that_fit(report: Maker) -> None:
    for kind in PHASES:
        for line in report(kind).markdown.splitlines():
            if line.startswith("| ---"):
                assert line.count("|") <= 9


def test_a_wide_table_of_few_lines_is_turned(report: Maker) -> None:
    text = report("control").markdown
    assert "| CTQ | Estimates go over without re-typing | First answer to a ticket is quick" in text
    assert "| Frequency | weekly | weekly | weekly |" in text


def test_references_are_names(report: Maker) -> None:
    text = report("improve").markdown
    assert "| API for the exchange formats | Photos are re-typed into quoting systems" in text
    assert "Hire and train two success managers → Call every new estimator" in text
    assert "| Solution | Effect on churn | Cost | Time until it works | Risk | Score |" in text


def test_nothing_is_missing_in_a_finished_project(report: Maker) -> None:
    for kind in PHASES:
        assert report(kind).lacks == ()
        assert "What this report lacks" not in report(kind).markdown


def test_the_same_record_gives_the_same_report(engagement: Path) -> None:

    home = open_home(str(engagement / "dmaic.db"))

    def make() -> Any:
        with home.store.reading() as view:
            return compose(
                view, home.project(view, "Cut estimator churn"), "improve", date(2026, 2, 2)
            )

    first, second = make(), make()
    assert first.markdown == second.markdown
    assert first.slides == second.slides
    assert [*first.figures] == [*second.figures]
    assert first.fingerprint == second.fingerprint


def test_every_chart_of_a_project_can_be_kept(report: Maker) -> None:
    """A report in Markdown comes as quickly as the status only if no chart is drawn twice."""
    figures = {name: each for kind in PHASES for name, each in report(kind).figures.items()}
    keys = [each.key for each in figures.values()]
    assert all(keys)
    assert len({*keys}) == len(keys)


def test_a_document_that_changed_is_drawn_anew(
    report: Maker, engagement: Path, run: Callable[..., Any]
) -> None:
    assert run("project", "reopen", "--reason", "One more cause.").status == 0
    ran = run("doc", "add", "fishbone", "cause=The invoice is hard to read", "bone=Process")
    assert ran.status == 0, ran.err
    home = open_home(str(engagement / "dmaic.db"))
    with home.store.reading() as view:
        project = home.project(view, "Cut estimator churn")
        after = compose(view, project, "analyze", date(2026, 2, 2))
    assert (
        after.figures["fishbone-diagram"].key != report("analyze").figures["fishbone-diagram"].key
    )
