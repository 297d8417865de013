"""What decks and one-page reports pick from the data of every report."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from dmaic.reports.content_slide import latest, slide_functions, story, told_of, within


def analysis(kind: str, id: str, *, phase: str = "analyze", finding: str = "") -> dict[str, Any]:
    return {"analysis": kind, "id": id, "phase": phase, "headline": finding}


def data(*analyses: dict[str, Any], group: str = "", papers: Any = ()) -> dict[str, Any]:
    return {
        "analyses": list(analyses),
        "project": {"group": group},
        "phases": [{"name": "define", "documents": list(papers)}],
        "report": {"day": date(2026, 1, 15)},
    }


def paper(kind: str, fields: dict[str, Any], *, begun: bool = True, **said: str) -> dict[str, Any]:
    figures = [{"name": name, "text": text} for name, text in said.items()]
    return {"kind": kind, "title": "A title", "begun": begun, "fields": fields, "figures": figures}


class TestStory:
    def test_each_question_has_the_newest_answer_of_the_best_kind(self) -> None:
        told = list(
            story(
                data(analysis("churn", "a"), analysis("cost", "b"), analysis("control", "c"),
                     analysis("control", "d"))
            )
        )  # fmt: skip
        assert [each["analysis"]["id"] for each in told] == ["b", "d"]

    def test_where_it_is_lost_is_told_by_the_pareto_of_the_projects_group(self) -> None:
        known = data(
            analysis("pareto", "stages", finding="long term"),
            analysis("pareto", "segments", finding='most are "Estimators"'),
            analysis("pareto", "again", finding='most are "Estimators"'),
            group="estimators",
        )
        assert [each["analysis"]["id"] for each in story(known)] == ["segments"]

    def test_of_a_phase_only_what_belongs_to_it(self) -> None:
        known = data(analysis("cost", "a", phase="measure"), analysis("survival", "b"))
        assert [each["analysis"]["id"] for each in story(known, "measure")] == ["a"]

    def test_without_analyses_there_is_none(self) -> None:
        assert list(story(data())) == []
        assert latest(data(), ("compare",)) is None


class TestPaperHeadline:
    @pytest.mark.parametrize(
        ("given", "told"),
        [
            (paper("causes", {}, verified="5 of 7"), "5 of 7 suspected causes are verified"),
            (
                paper(
                    "journey-map", {}, weakest="J5 Ask for help -1.6; J3 First week -1.0; J4 X -1"
                ),
                "Customers are let down most here: Ask for help; First week",
            ),
            (
                paper("fmea", {}, high_before="3", high_after="0 (1 without a second rating)"),
                "Failures of high priority: 3 before the actions, 0 after",
            ),
            (
                paper("selection", {}, winner="S3 Call each one", turning="yes"),
                "Call each one scores highest, whatever the weights",
            ),
            (
                paper("fishbone", {"effect": "They leave", "ribs": [1]}, causes="1 on 1 bones"),
                '1 possible cause of "They leave"',
            ),
            (
                paper("pilot", {}, success="missed: 5 %, at most 4 % was asked for"),
                "The pilot missed its threshold: 5 %, at most 4 % was asked for",
            ),
            (
                paper("ctq", {"ctqs": [1]}, measurable="2 of 3 verbatims"),
                "2 of 3 verbatims became measurable: 1 CTQ",
            ),
            (
                paper("solutions", {"solutions": [{"status": "done"}, {"status": "dropped"}]}),
                "1 of 1 solution done; 1 looked at and dropped",
            ),
            # Half-filled: what would be told is not computed yet.
            (paper("fmea", {"failures": []}), "A title"),
            (paper("raci", {}), "A title"),
            (paper("fmea", {}, begun=False), "A title: not begun"),
        ],
    )
    def test_it_is_made_of_the_documents_figures(self, given: dict[str, Any], told: str) -> None:
        assert told_of(given) == told


def test_a_document_that_the_template_has_not_is_none() -> None:
    functions = slide_functions(data(papers=[{"kind": "causes", "title": "Cause list"}]))
    assert functions["paper"]("fmea") is None
    assert functions["paper"]("causes")["title"] == "Cause list"


class TestWithin:
    day = date(2026, 1, 15)
    items = tuple({"on": each} for each in (date(2026, 1, 8), date(2026, 1, 9), day, None))

    def test_the_last_seven_days_are_six_back_and_the_day_itself(self) -> None:
        assert within(self.items, "on", self.day, 6, 0) == [*self.items[1:3]]

    def test_what_is_to_come_can_leave_the_day_out(self) -> None:
        coming = {"on": date(2026, 1, 22)}
        assert within([*self.items, coming], "on", self.day, -1, 7) == [coming]

    @pytest.mark.parametrize("edge", [date.min, date.max])
    def test_the_ends_of_the_calendar_do_not_matter(self, edge: date) -> None:
        assert within([{"on": edge}], "on", edge, 6, 6) == [{"on": edge}]
