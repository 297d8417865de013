"""What decks and one-page reports pick from the data of every report."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from dmaic.reports.content_slide import latest, slide_functions, story, within


def analysis(kind: str, id: str, *, phase: str = "analyze", finding: str = "") -> dict[str, Any]:
    return {"analysis": kind, "id": id, "phase": phase, "finding": finding}


def data(*analyses: dict[str, Any], group: str = "", papers: Any = ()) -> dict[str, Any]:
    return {
        "analyses": list(analyses),
        "project": {"group": group},
        "phases": [{"name": "define", "documents": list(papers)}],
        "report": {"day": date(2026, 1, 15)},
    }


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
