"""The next step, all the way from an empty project to the next cycle."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from dmaic.project.engagement.home import open_home
from dmaic.project.engagement.project import Project
from dmaic.project.standing.progress import Progress, progress
from dmaic.project.standing.step import StepMark, mark_step

from ..conftest import Run  # noqa: TID252  as importlib mode names it
from .conftest import refused, set_goal

TODAY = date(2031, 3, 1)


def step(run: Run) -> Any:
    ran = run("next", "--json")
    assert ran.status == 0
    return ran.json["result"]["step"]


def looked() -> Progress:
    with open_home().store.reading() as view:
        return progress(view, view.all(Project)[0], TODAY)


def fill_charter(run: Run) -> None:
    set_goal(run)
    assert run("doc", "set", "charter", "out_of_scope=prices").status == 0


def test_it_leads_from_the_first_step_to_the_signatures(dmaic: Run) -> None:
    first = step(dmaic)
    assert (first["kind"], first["step"]) == ("step", "charter")
    assert first["command"] == "dmaic doc edit charter"
    fill_charter(dmaic)
    second = step(dmaic)
    assert second["kind"] == "criterion"
    assert second["command"].startswith("dmaic gate answer committed yes")
    dmaic("gate", "answer", "committed", "yes", "--note", "A day")
    assert step(dmaic)["command"] == "dmaic gate submit"
    dmaic("gate", "submit")
    third = step(dmaic)
    assert third["kind"] == "sign"
    assert third["command"] == 'dmaic gate approve --as "Ada Park"'
    dmaic("doc", "set", "charter", "target=1.2")
    again = step(dmaic)
    assert again["kind"] == "submit"
    assert "document charter changed by maria" in again["why"]
    dmaic("gate", "submit")
    dmaic("gate", "approve", "--as", "Ada")
    assert "Dana" in step(dmaic)["title"]
    dmaic("gate", "approve", "--as", "Dana")
    assert step(dmaic)["command"] == "dmaic data add FILE --name NAME"


def test_who_must_sign_and_is_not_there_is_to_be_added(submitted: Run) -> None:
    submitted("team", "rm", "Ada", "--yes")
    found = step(submitted)
    assert found["command"] == 'dmaic team add NAME --role "sponsor"'


def test_why_a_gate_was_sent_back_stands_on_a_line_of_its_own(submitted: Run) -> None:
    assert submitted("gate", "reject", "--as", "Ada", "--note", "not yet").status == 0
    fill_charter(submitted)
    assert "not yet\nMend that first" in step(submitted)["why"]


def test_a_skipped_step_is_passed_over_and_told(dmaic: Run) -> None:
    home = open_home()
    with home.store.writing("step skip") as work:
        project = work.all(Project)[0]
        mark = StepMark(phase="define", step="charter", skipped=True, reason="Later", by="Ada")
        mark_step(work, project.id, mark)
    found = looked()
    assert found.phase.steps[0].state == "skipped"
    assert "Ada: Later" in found.phase.steps[0].reason
    assert found.next.kind == "criterion"


def test_evidence_counts_more_than_a_skip(dmaic: Run) -> None:
    test_a_skipped_step_is_passed_over_and_told(dmaic)
    fill_charter(dmaic)
    assert looked().phase.steps[0].state == "done"


def test_optional_steps_count_only_when_done(dmaic: Run) -> None:
    phase = looked().phase
    assert any(each.optional for each in phase.steps)
    assert (phase.ready, phase.counted) == (0, 1)
    fill_charter(dmaic)
    phase = looked().phase
    assert (phase.ready, phase.counted) == (1, 1)


def test_states_of_the_phases_follow_the_gates(approved: Run) -> None:
    assert [each.state for each in looked().phases] == ["approved", "current"]
    approved("gate", "return", "define", "--reason", "Wrong")
    assert [each.state for each in looked().phases] == ["current", "ahead"]


def test_the_quick_look_agrees_with_the_whole_one(approved: Run) -> None:
    whole = looked()
    with open_home().store.reading() as view:
        quick = progress(view, view.all(Project)[0], TODAY, every_phase=False)
    assert quick.next == whole.next
    assert quick.phase == whole.phase
    assert [each.state for each in quick.phases] == [each.state for each in whole.phases]


class TestDo:
    def test_a_command_without_blanks_is_run(self, ready: Run) -> None:
        ready("doc", "set", "charter", "out_of_scope=prices")
        ran = ready("next", "--do")
        assert ran.status == 0
        assert "Submitted the Define tollgate" in ran.out

    def test_what_needs_words_says_the_flags(self, dmaic: Run) -> None:
        ran = dmaic("next", "--do", "--no-input")
        refused(ran, "usage.next", "dmaic doc set charter", "dmaic doc import charter", status=2)
        fill_charter(dmaic)
        refused(dmaic("next", "--do"), "usage.next", "gate answer committed", status=2)

    def test_the_faces_are_passed_on(self, ready: Run) -> None:
        ready("doc", "set", "charter", "out_of_scope=prices")
        assert ready("next", "--do", "--json").json["command"] == "gate submit"

    def test_nobody_signs_by_it_alone(self, submitted: Run) -> None:
        ran = submitted("next", "--do")
        refused(ran, "usage.next", "themselves", "dmaic gate approve", status=2)


def test_commands_are_aimed_at_the_project_that_was_named(dmaic: Run) -> None:
    dmaic("project", "new", "Other one", "--template", "./template.yaml")
    found = dmaic("next", "--project", "Other one", "--json").json["result"]
    assert found["step"]["command"] == "dmaic doc edit charter --project 'Other one'"
    ran = dmaic("gate", "check", "--project", "Other one", "--json")
    commands = [each["command"] for each in ran.json["result"]["criteria"]]
    assert all(each.endswith("--project 'Other one'") for each in commands)


@pytest.mark.parametrize("form", ["csv", "md", "json", "table"])
def test_it_has_every_face(dmaic: Run, form: str) -> None:
    assert "dmaic doc edit charter" in dmaic("next", "--format", form).out


def test_a_project_keeps_its_template_when_the_file_changes(dmaic: Run) -> None:
    path = Path("template.yaml")
    path.write_text(path.read_text("utf-8").replace("title: Charter", "title: Changed"), "utf-8")
    assert step(dmaic)["title"] == "Charter"
    path.unlink()
    assert step(dmaic)["title"] == "Charter"
