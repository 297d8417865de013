"""The life of a tollgate on the command line, with everything that is refused and why."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from ..conftest import Run  # noqa: TID252  as importlib mode names it
from .conftest import gate, refused, set_goal


class TestCheck:
    def test_an_open_gate_ends_with_status_8_and_says_what_mends_each(self, dmaic: Run) -> None:
        ran = dmaic("gate", "check", "--json")
        assert ran.status == 8
        criteria = {each["name"]: each for each in ran.json["result"]["criteria"]}
        assert {name: each["outcome"] for name, each in criteria.items()} == {
            "goal-smart": "fail", "committed": "fail", "risks-owned": "warn"
        }  # fmt: skip
        assert criteria["goal-smart"]["command"] == "dmaic doc edit charter"
        assert criteria["committed"]["command"].startswith("dmaic gate answer committed yes")

    def test_warnings_do_not_hold_it_up(self, ready: Run) -> None:
        ran = ready("gate", "check")
        assert ran.status == 0
        assert "passes (1 warning)" in ran.out
        assert "Next: dmaic gate submit" in ran.err

    def test_a_later_gate_waits_for_the_one_before(self, ready: Run) -> None:
        ran = ready("gate", "check", "measure")
        assert ran.status == 8
        assert "[previous-gate]" in ran.out

    def test_a_phase_is_found_by_its_beginning(self, ready: Run) -> None:
        assert ready("gate", "check", "DEF").status == 0
        refused(ready("gate", "check", "mesure"), "phase.not-found", '"measure"')
        refused(ready("gate", "check", ""), "phase.not-found")

    @pytest.mark.parametrize("form", ["csv", "md", "json"])
    def test_it_has_every_face(self, dmaic: Run, form: str) -> None:
        ran = dmaic("gate", "check", "--format", form)
        assert ran.status == 8
        assert "goal-smart" in ran.out

    def test_reading_writes_nothing(self, dmaic: Run) -> None:
        before = Path("dmaic.db").read_bytes()
        for verb in ("check", "show"):
            dmaic("gate", verb)
        dmaic("next")
        assert Path("dmaic.db").read_bytes() == before


class TestAnswer:
    def test_a_no_holds_the_gate_up_and_the_newest_answer_counts(self, ready: Run) -> None:
        assert ready("gate", "answer", "committed", "no", "--note", "She left").status == 0
        assert ready("gate", "check").status == 8
        assert ready("gate", "answer", "committed", "yes", "--note", "Back").status == 0
        assert ready("gate", "check").status == 0
        assert [each["note"] for each in gate(ready)["answers"]] == ["Back"]

    def test_an_answer_needs_a_note(self, dmaic: Run) -> None:
        for note in ((), ("--note", " ")):
            ran = dmaic("gate", "answer", "committed", "yes", *note)
            refused(ran, "usage.missing", "--note", status=2)

    def test_what_evidence_judges_nobody_answers(self, dmaic: Run) -> None:
        ran = dmaic("gate", "answer", "goal-smart", "yes", "--note", "Trust me")
        refused(ran, "gate.not-a-question", "Needs the metric")

    def test_only_finance_agrees_to_benefits(self, dmaic: Run) -> None:
        words = ("gate", "answer", "benefits-agreed", "yes", "--note", "$1.5M", "--as", "Dana")
        refused(dmaic(*words), "gate.not-a-question", "dmaic benefit plan")
        plan = ("benefit", "plan", "API", "--target", "1.5M")
        assert dmaic(*plan).status == 0
        refused(dmaic("benefit", "lock", "API", "--by", "Sam"), "benefit.may-not-lock", "Dana")
        assert dmaic("benefit", "lock", "API", "--by", "Dana (Finance)").status == 0

    def test_unknown_names_are_met_with_known_ones(self, dmaic: Run) -> None:
        ran = dmaic("gate", "answer", "comitted", "yes", "--note", "x")
        refused(ran, "criterion.not-found", '"committed"')
        assert dmaic("gate", "answer", "committed", "maybe", "--note", "x").status == 2

    @pytest.mark.parametrize("note", ["x" * 20_001, "a\0b"])
    def test_hostile_notes_are_refused_in_words(self, dmaic: Run, note: str) -> None:
        ran = dmaic("gate", "answer", "committed", "yes", "--note", note)
        assert ran.status in (1, 2)
        assert "error field.value:" in ran.err

    def test_words_are_data(self, dmaic: Run) -> None:
        note = "[red]; DROP TABLE item; {{7*7}} \x1b[31m =1+1 ../.."
        assert dmaic("gate", "answer", "committed", "yes", "--note", note).status == 0
        assert gate(dmaic)["answers"][0]["note"] == note
        assert "\x1b" not in dmaic("gate", "show").out


class TestSubmit:
    def test_it_is_refused_with_every_reason(self, dmaic: Run) -> None:
        ran = dmaic("gate", "submit")
        refused(ran, "gate.not-passed", "[goal-smart]", "[committed]", "2 criteria not met")

    def test_it_waits_for_every_role(self, ready: Run) -> None:
        ran = ready("gate", "submit", "--note", "By Friday")
        assert ran.status == 0
        assert "sponsor, approver (Finance)" in " ".join(ran.out.split())
        assert 'Next: dmaic gate approve --as "Ada Park"' in ran.err
        assert "Next: dmaic report define" in ran.err
        assert gate(ready)["state"] == "submitted"

    def test_only_the_current_phase_can_be_submitted(self, ready: Run) -> None:
        refused(ready("gate", "submit", "measure"), "gate.not-current", "not in Measure yet")

    def test_twice_without_a_change_is_refused(self, submitted: Run) -> None:
        ran = submitted("gate", "submit")
        refused(ran, "gate.submitted", "nothing changed since", "Still to sign", "Ada Park")

    def test_a_missing_role_is_told(self, ready: Run) -> None:
        assert ready("team", "rm", "Dana", "--yes").status == 0
        ran = ready("gate", "submit")
        assert ran.status == 0
        assert "Nobody on the team is approver (Finance) yet" in ran.out

    def test_a_dry_run_changes_nothing(self, ready: Run) -> None:
        ran = ready("gate", "submit", "--dry-run")
        assert ran.status == 0
        assert "Would do" in ran.out
        assert gate(ready)["state"] == "open"


class TestApprove:
    def test_every_role_signs_then_the_next_phase_opens(self, submitted: Run) -> None:
        first = submitted("gate", "approve", "--as", "ada", "--note", "Good")
        assert "Still to sign: approver (Finance)" in first.out
        assert submitted("gate", "submit", "measure").status == 1
        second = submitted("gate", "approve", "--as", "Dana (Finance)")
        assert "Measure is open" in second.out
        assert [each["by"] for each in gate(submitted)["signers"]] == ["Ada Park", "Dana"]
        assert submitted("next", "--json").json["result"]["phase"] == "Measure"

    def test_a_gate_that_was_not_submitted_cannot_be_signed(self, ready: Run) -> None:
        refused(ready("gate", "approve", "--as", "Ada"), "gate.not-submitted")

    def test_who_is_not_on_the_team_cannot_sign(self, submitted: Run) -> None:
        refused(submitted("gate", "approve", "--as", "Eve"), "member.not-found")
        refused(submitted("gate", "approve"), "member.not-found", "maria", "--as NAME", "Ada Park")
        refused(submitted("gate", "approve", "--as", ""), "member.not-found")

    def test_who_has_no_such_role_cannot(self, submitted: Run) -> None:
        refused(submitted("gate", "approve", "--as", "Sam"), "gate.may-not-sign", "sponsor")

    def test_a_role_that_the_person_has_not_is_refused(self, submitted: Run) -> None:
        ran = submitted("gate", "approve", "--as", "Ada", "--role", "approver")
        refused(ran, "gate.may-not-sign", "as approver")

    def test_another_function_than_the_teams_is_refused(self, submitted: Run) -> None:
        refused(submitted("gate", "approve", "--as", "Dana (Sales)"), "member.other", "Finance")

    def test_an_approver_of_another_function_cannot_sign_for_finance(self, submitted: Run) -> None:
        submitted("team", "add", "Finn", "--role", "approver", "--function", "Sales")
        refused(submitted("gate", "approve", "--as", "Finn"), "gate.may-not-sign")

    def test_nobody_signs_twice(self, submitted: Run) -> None:
        assert submitted("gate", "approve", "--as", "Ada").status == 0
        refused(submitted("gate", "approve", "--as", "Ada"), "gate.signed", "Dana")

    def test_who_has_two_roles_signs_for_both_and_it_is_told(self, submitted: Run) -> None:
        submitted("team", "set", "Dana", "--role", "approver", "--role", "sponsor")
        ran = submitted("gate", "approve", "--as", "Dana")
        assert "2 of the roles" in ran.out
        assert gate(submitted)["state"] == "approved"

    def test_or_for_one_of_them(self, submitted: Run) -> None:
        submitted("team", "set", "Dana", "--role", "approver", "--role", "sponsor")
        assert submitted("gate", "approve", "--as", "Dana", "--role", "sponsor").status == 0
        assert gate(submitted)["state"] == "submitted"

    def test_nobody_signs_what_changed_since(self, submitted: Run) -> None:
        assert submitted("doc", "set", "charter", "target=1.1").status == 0
        ran = submitted("gate", "approve", "--as", "Ada")
        refused(ran, "gate.changed", "document charter changed by maria", "submit it again")
        assert submitted("gate", "submit").status == 0
        assert submitted("gate", "approve", "--as", "Ada").status == 0
        states = [each["state"] for each in gate(submitted)["rounds"]]
        assert states == ["withdrawn", "submitted"]

    def test_taking_the_change_back_lets_it_be_signed(self, submitted: Run) -> None:
        submitted("doc", "set", "charter", "target=1.1")
        assert submitted("undo").status == 0
        assert submitted("gate", "approve", "--as", "Ada").status == 0

    def test_a_changed_answer_is_seen(self, submitted: Run) -> None:
        submitted("gate", "answer", "committed", "yes", "--note", "Two days", "--as", "Sam")
        refused(submitted("gate", "approve", "--as", "Ada"), "gate.changed", "committed", "Sam")

    def test_what_the_gate_does_not_look_at_may_change(self, submitted: Run) -> None:
        submitted("doc", "set", "lessons", "--help")
        submitted("action", "add", "Call", "--owner", "Sam", "--due", "2031-04-01")
        submitted("doc", "add", "raci", "tasks", "task=Call")
        assert submitted("gate", "approve", "--as", "Ada").status == 0

    def test_a_signature_can_be_undone(self, submitted: Run) -> None:
        submitted("gate", "approve", "--as", "Ada")
        assert submitted("undo").status == 0
        assert [each["by"] for each in gate(submitted)["signers"]] == ["", ""]

    def test_an_approved_gate_stays_as_it_was(self, approved: Run) -> None:
        words = ("gate", "answer", "committed", "no", "--note", "x")
        refused(approved(*words), "gate.approved", "dmaic gate return define")
        refused(approved("gate", "waive", "risks-owned", "--reason", "x"), "gate.approved")
        refused(approved("gate", "submit", "define"), "gate.not-current", "approved already")
        refused(approved("gate", "approve", "define", "--as", "Ada"), "gate.not-submitted")


class TestReject:
    def test_it_voids_the_signatures_and_says_why(self, submitted: Run) -> None:
        submitted("gate", "approve", "--as", "Ada")
        ran = submitted("gate", "reject", "--as", "Dana", "--note", "The cost is of 2023")
        assert ran.status == 0
        assert "signature of Ada Park is void" in ran.out
        found = gate(submitted)
        assert found["state"] == "rejected"
        assert found["rounds"][0]["reason"] == "The cost is of 2023"
        assert "The cost is of 2023" in submitted("next").out
        assert submitted("gate", "submit").status == 0

    def test_it_needs_a_reason_and_somebody_who_may(self, submitted: Run) -> None:
        refused(submitted("gate", "reject", "--as", "Dana"), "usage.missing", status=2)
        refused(submitted("gate", "reject", "--as", "Sam", "--note", "x"), "gate.may-not-sign")

    def test_there_must_be_something_to_reject(self, ready: Run) -> None:
        refused(ready("gate", "reject", "--as", "Dana", "--note", "x"), "gate.not-submitted")

    def test_who_signed_may_still_change_their_mind(self, submitted: Run) -> None:
        submitted("gate", "approve", "--as", "Ada")
        assert submitted("gate", "reject", "--as", "Ada", "--note", "No").status == 0


class TestWaive:
    def test_a_waived_criterion_lets_the_gate_pass_and_is_never_forgotten(self, dmaic: Run) -> None:
        set_goal(dmaic)
        ran = dmaic("gate", "waive", "committed", "--reason", "He promised", "--as", "Ada (Sales)")
        assert ran.status == 0
        assert dmaic("gate", "check").status == 0
        assert "Waived by Ada Park" in dmaic("gate", "check").out
        assert dmaic("gate", "answer", "committed", "yes", "--note", "Now").status == 0
        found = gate(dmaic)
        assert found["criteria"][1]["outcome"] == "pass"
        assert found["waivers"][0]["reason"] == "He promised"
        assert "He promised" in dmaic("gate", "check").out

    def test_it_needs_a_written_reason(self, dmaic: Run) -> None:
        for reason in ((), ("--reason", ""), ("--reason", "  ")):
            ran = dmaic("gate", "waive", "committed", *reason)
            refused(ran, "usage.missing", "--reason", status=2)

    def test_what_is_met_needs_no_waiver(self, ready: Run) -> None:
        ran = ready("gate", "waive", "committed", "--reason", "x")
        refused(ran, "gate.passes", "A day a week")

    def test_one_waiver_is_enough(self, dmaic: Run) -> None:
        assert dmaic("gate", "waive", "goal-smart", "--reason", "x").status == 0
        refused(dmaic("gate", "waive", "goal-smart", "--reason", "y"), "gate.waived", "maria")

    def test_the_order_of_the_phases_is_not_waived(self, dmaic: Run) -> None:
        refused(dmaic("gate", "waive", "previous-gate", "--reason", "x"), "gate.previous")

    def test_a_waiver_after_the_submission_is_a_change(self, submitted: Run) -> None:
        submitted("gate", "waive", "risks-owned", "--reason", "None seen")
        refused(submitted("gate", "approve", "--as", "Ada"), "gate.changed", "waiver risks-owned")


class TestReturn:
    def test_later_approvals_are_out_of_date_and_history_stays(self, approved: Run) -> None:
        ran = approved("gate", "return", "define", "--reason", "Wrong baseline", "--as", "Ada")
        assert ran.status == 0
        found = gate(approved)
        assert found["state"] == "out of date"
        assert found["rounds"][0]["signatures"][0]["by"] == "Ada Park"
        assert "Wrong baseline" in approved("gate", "check", "define").out
        assert approved("next", "--json").json["result"]["phase"] == "Define"
        assert approved("gate", "submit").status == 0

    def test_it_needs_a_reason(self, approved: Run) -> None:
        refused(approved("gate", "return", "define"), "usage.missing", "--reason", status=2)

    @pytest.mark.parametrize("phase", ["measure"])
    def test_only_an_earlier_phase_can_be_returned_to(self, approved: Run, phase: str) -> None:
        refused(approved("gate", "return", phase, "--reason", "x"), "gate.not-earlier")

    def test_a_submitted_later_gate_is_withdrawn(self, approved: Run) -> None:
        for name in ("data-registered", "benefits-agreed"):
            assert approved("gate", "waive", name, "--reason", "Later").status == 0
        assert approved("gate", "submit").status == 0
        assert approved("gate", "return", "define", "--reason", "x").status == 0
        assert gate(approved, "measure")["rounds"][0]["state"] == "withdrawn"
        assert approved("undo").status == 0
        assert gate(approved, "measure")["rounds"][0]["state"] == "submitted"


def test_a_finished_project_goes_on_to_the_next_cycle(approved: Run) -> None:
    for name in ("data-registered", "benefits-agreed"):
        approved("gate", "waive", name, "--reason", "Small")
    approved("gate", "submit")
    ran = approved("gate", "approve", "--as", "Ada")
    assert "can be closed" in ran.out
    assert "dmaic project next-cycle" in approved("next").out
    refused(approved("gate", "submit"), "gate.finished")
    assert approved("gate", "check").status == 0


def test_a_closed_project_refuses_every_change_of_its_gates(submitted: Run) -> None:
    assert submitted("project", "close", "--reason", "Enough").status == 0
    for words in (
        ("submit",),
        ("approve", "--as", "Ada"),
        ("reject", "--as", "Ada", "--note", "x"),
        ("waive", "risks-owned", "--reason", "x"),
        ("answer", "committed", "no", "--note", "x"),
        ("return", "define", "--reason", "x"),
    ):
        refused(submitted("gate", *words), "project.closed", "reopen")
    assert "closed" in submitted("next").out


def test_every_change_is_in_the_journal_with_its_reason(approved: Run) -> None:
    approved("gate", "return", "define", "--reason", "Wrong baseline")
    told = json.dumps(approved("log", "--json").json)
    for word in ("gate answer", "gate submit", "gate approve", "gate return", "Wrong baseline"):
        assert word in told
    assert approved("log", "verify").status == 0


@pytest.mark.slow
def test_two_who_sign_at_the_same_moment_are_both_kept(submitted: Run) -> None:
    source = str(Path(__file__).parents[3] / "src")
    environment = {**os.environ, "PYTHONPATH": source, "DMAIC_TODAY": "2031-03-01"}
    both = [
        subprocess.Popen(
            [sys.executable, "-m", "dmaic", "gate", "approve", "--as", name, "--quiet"],
            env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )
        for name in ("Ada Park", "Dana")
    ]  # fmt: skip
    for each in both:
        _, err = each.communicate(timeout=120)
        assert each.returncode == 0, err
    found = gate(submitted)
    assert found["state"] == "approved"
    assert {each["by"] for each in found["signers"]} == {"Ada Park", "Dana"}


def test_a_benefit_that_changed_since_the_submission_is_not_signed_for(approved: Run) -> None:
    approved("gate", "waive", "data-registered", "--reason", "Later")
    assert approved("benefit", "plan", "API", "--target", "1.5M").status == 0
    assert approved("benefit", "lock", "API", "--by", "Dana").status == 0
    assert approved("gate", "submit").status == 0
    changed = ("benefit", "plan", "API", "--target", "3M", "--reason", "It looks better")
    assert approved(*changed).status == 0
    refused(approved("gate", "approve", "--as", "Ada"), "gate.changed", "The benefit API changed")
    assert approved("undo").status == 0
    assert approved("gate", "approve", "--as", "Ada").status == 0
    # The target was agreed to: from now on it is frozen.
    refused(approved("benefit", "plan", "API", "--target", "3M"), "benefit.locked")
