"""Every check, both ways: what satisfies it, and what it says and offers where it is not met."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, ClassVar

import pytest
from pydantic import ValidationError

from dmaic.documents.analyze.causes import CauseList
from dmaic.documents.control.control_plan import ControlPlan
from dmaic.documents.define.charter import Charter
from dmaic.documents.define.ctq import CtqTree
from dmaic.documents.improve.pilot import PilotPlan
from dmaic.documents.improve.solutions import Solutions
from dmaic.project.criterion.base import Verdict
from dmaic.project.gate.state import GateAnswer, GateState, Round
from dmaic.project.people.team import FunctionWaiver

from .conftest import TODAY, Desk, action, analysis, dataset, member, risk

FUNCTIONS = ("Sales", "Marketing", "Support", "Customer Success", "Development", "Finance")


def charter(**changes: Any) -> Charter:
    return Charter.model_validate({**Charter.EXAMPLE, **changes})


def causes(*changes: dict[str, Any]) -> CauseList:
    first = dict(CauseList.EXAMPLE["causes"][0])
    return CauseList.model_validate(
        {"causes": [{**first, "id": f"C{place}", **each} for place, each in enumerate(changes, 1)]}
    )


class TestDocumentComplete:
    def test_a_document_that_was_never_begun_fails_with_the_command_that_opens_it(
        self, desk: Desk
    ) -> None:
        verdict = desk.judge("document-complete", document="charter")
        assert verdict.outcome == "fail"
        assert verdict.command == "dmaic doc edit charter"

    def test_the_worked_case_is_complete(self, desk: Desk) -> None:
        desk.lay(Charter.example())
        assert desk.judge("document-complete", document="charter").outcome == "pass"

    def test_a_needed_field_that_is_empty_fails_and_is_named(self, desk: Desk) -> None:
        desk.lay(charter(baseline=None))
        verdict = desk.judge("document-complete", document="charter")
        assert verdict.outcome == "fail"
        assert "Baseline" in verdict.reason

    def test_a_weak_point_only_warns(self, desk: Desk) -> None:
        late = [{"id": "M1", "name": "Gate", "due": "2031-01-01"}]
        desk.lay(charter(milestones=late))
        assert desk.judge("document-complete", document="charter").outcome == "warn"

    def test_many_gaps_are_counted_not_all_told(self, desk: Desk) -> None:
        desk.lay(Charter(problem="It hurts"))
        assert "more gaps" in desk.judge("document-complete", document="charter").reason


class TestSmartGoal:
    def test_the_worked_case_is_smart(self, desk: Desk) -> None:
        desk.lay(Charter.example())
        verdict = desk.judge("smart-goal")
        assert verdict.outcome == "pass"
        assert "2.2" in verdict.reason

    @pytest.mark.parametrize(
        ("field", "letter"),
        [("metric", "Specific"), ("in_scope", "Specific"), ("baseline", "Measurable"),
         ("target", "Achievable"), ("annual_cost", "Relevant"), ("by", "Time-bound"),
         ("milestones", "Time-bound")],
    )  # fmt: skip
    def test_each_letter_that_does_not_hold_is_named(
        self, desk: Desk, field: str, letter: str
    ) -> None:
        empty = getattr(Charter(), field)
        desk.lay(charter(**{field: empty}))
        verdict = desk.judge("smart-goal")
        assert verdict.outcome == "fail"
        assert f"{letter}: Needs" in verdict.reason

    def test_a_target_that_is_the_baseline_is_no_goal(self, desk: Desk) -> None:
        desk.lay(charter(target=Charter.EXAMPLE["baseline"]))
        assert "The target is the baseline." in desk.judge("smart-goal").reason

    def test_a_bold_goal_warns(self, desk: Desk) -> None:
        desk.lay(charter(baseline=2.2, target=0.2))
        assert desk.judge("smart-goal").outcome == "warn"

    def test_a_date_before_the_projects_start_is_refused(self, desk: Desk) -> None:
        desk.lay(charter(by="2025-01-06"))
        assert desk.judge("smart-goal").outcome == "fail"

    def test_a_date_that_is_over_warns(self, desk: Desk) -> None:
        desk.lay(charter(by="2025-06-29"))
        assert desk.judge("smart-goal").outcome == "warn"


class TestTeam:
    def test_an_empty_team_fails(self, desk: Desk) -> None:
        verdict = desk.judge("team-covers")
        assert verdict.outcome == "fail"
        assert verdict.command == 'dmaic team add NAME --function "Sales"'

    def test_every_function_covered_passes_in_any_case_of_letters(self, desk: Desk) -> None:
        desk.lay(*(member(f"P{n}", each.upper()) for n, each in enumerate(FUNCTIONS)))
        assert desk.judge("team-covers").outcome == "pass"

    def test_a_function_that_is_left_out_with_a_reason_passes_and_is_told(self, desk: Desk) -> None:
        desk.lay(*(member(f"P{n}", each) for n, each in enumerate(FUNCTIONS[1:])))
        desk.lay(FunctionWaiver(function="sales", reason="Sold by partners", by="Ada"))
        verdict = desk.judge("team-covers")
        assert verdict.outcome == "pass"
        assert "Sold by partners" in verdict.reason

    def test_own_functions_replace_the_templates(self, desk: Desk) -> None:
        desk.lay(member("Ada", "Legal"))
        assert desk.judge("team-covers", functions=["Legal"]).outcome == "pass"

    def test_a_role_must_be_held_in_the_function_that_is_asked_for(self, desk: Desk) -> None:
        desk.lay(member("Dana", "Sales", "approver"))
        verdict = desk.judge("role-filled", role="approver (Finance)")
        assert verdict.outcome == "fail"
        assert verdict.command == 'dmaic team add NAME --role "approver" --function "Finance"'
        desk.lay(member("Fay", "finance", "approver"))
        assert desk.judge("role-filled", role="approver (Finance)").outcome == "pass"

    def test_a_role_that_there_is_not_is_no_parameter(self, desk: Desk) -> None:
        with pytest.raises(ValueError, match="sponsor"):
            desk.judge("role-filled", role="sponser")


class TestPromises:
    def test_no_action_is_not_overdue_yet_may_be_too_few(self, desk: Desk) -> None:
        assert desk.judge("actions-not-overdue").outcome == "pass"
        assert desk.judge("actions-not-overdue", least=1).outcome == "fail"

    def test_what_is_due_today_is_not_overdue(self, desk: Desk) -> None:
        desk.lay(action("Call", TODAY))
        assert desk.judge("actions-not-overdue", least=1).outcome == "pass"

    def test_what_was_due_yesterday_is_and_the_longest_is_named(self, desk: Desk) -> None:
        desk.lay(action("Call", TODAY - timedelta(1)), action("Ask", TODAY - timedelta(9)))
        verdict = desk.judge("actions-not-overdue")
        assert verdict.outcome == "fail"
        assert "2 actions overdue" in verdict.reason
        assert "“Ask”" in verdict.reason
        assert desk.judge("actions-not-overdue", most=2).outcome == "pass"

    @pytest.mark.parametrize("state", ["done", "dropped"])
    def test_what_is_ended_is_not_overdue(self, desk: Desk, state: str) -> None:
        desk.lay(action("Call", date(2025, 1, 1), state=state))
        assert desk.judge("actions-not-overdue").outcome == "pass"

    def test_what_was_dropped_does_not_count_as_agreed(self, desk: Desk) -> None:
        desk.lay(action("Call", date(2025, 1, 1), state="dropped"))
        assert desk.judge("actions-not-overdue", least=1).outcome == "fail"

    def test_no_risk_was_thought_of(self, desk: Desk) -> None:
        assert desk.judge("risks-owned").outcome == "fail"
        assert desk.judge("risks-owned", least=0).outcome == "pass"

    def test_an_open_risk_needs_owner_and_response(self, desk: Desk) -> None:
        desk.lay(risk("No segments", owner="Maria"))
        verdict = desk.judge("risks-owned")
        assert verdict.outcome == "fail"
        assert verdict.command.startswith('dmaic risk set "No segments"')

    def test_a_closed_one_does_not(self, desk: Desk) -> None:
        desk.lay(risk("No segments", state="closed"))
        assert desk.judge("risks-owned").outcome == "pass"


class TestData:
    def test_no_export(self, desk: Desk) -> None:
        for check in ("dataset-registered", "segment-coverage"):
            verdict = desk.judge(check)
            assert verdict.outcome == "fail"
            assert verdict.command == "dmaic data add FILE --name NAME"

    @pytest.mark.parametrize(("months", "outcome"), [(11, "fail"), (12, "pass"), (24, "pass")])
    def test_months_are_counted_at_the_edge(self, desk: Desk, months: int, outcome: str) -> None:
        desk.lay(dataset(months=months))
        assert desk.judge("dataset-registered", months=12).outcome == outcome

    def test_an_export_without_churn_dates_is_said_to_have_none(self, desk: Desk) -> None:
        desk.lay(dataset(months=0))
        assert "no churn dates" in desk.judge("dataset-registered", months=12).reason
        assert desk.judge("dataset-registered").outcome == "pass"

    @pytest.mark.parametrize(
        ("coverage", "outcome"), [(None, "fail"), (0.0, "fail"), (0.7999, "fail"), (0.8, "pass"),
                                  (1.0, "pass")]
    )  # fmt: skip
    def test_coverage_is_judged_at_the_edge(
        self, desk: Desk, coverage: float | None, outcome: str
    ) -> None:
        desk.lay(dataset(coverage=coverage))
        assert desk.judge("segment-coverage", share=0.8).outcome == outcome

    def test_coverage_is_that_of_the_default_dataset(self, desk: Desk) -> None:
        bad = desk.lay(dataset("bad", coverage=0.1))
        desk.lay(dataset("good", coverage=0.9))
        assert desk.judge("segment-coverage").outcome == "pass"
        with desk.store.writing("data set-default") as work:
            project = work.find(type(desk.project.body), desk.project.id)
            work.change(project, project.body.model_copy(update={"default_dataset": bad}))
        assert desk.judge("segment-coverage").outcome == "fail"

    def test_an_analysis_is_wanted_as_the_template_asks_it(self, desk: Desk) -> None:
        desk.lay(dataset())
        verdict = desk.judge("analysis-on-current-data", analysis="pareto")
        assert verdict.outcome == "fail"
        assert verdict.command == "dmaic pareto --by segment"

    def test_without_data_the_data_comes_first(self, desk: Desk) -> None:
        verdict = desk.judge("analysis-on-current-data", analysis="pareto")
        assert verdict.command == "dmaic data add FILE --name NAME"

    def test_a_fresh_one_passes_a_stale_one_is_rerun(self, desk: Desk) -> None:
        id = desk.lay(dataset())
        desk.lay(analysis(id))
        assert desk.judge("analysis-on-current-data", analysis="pareto").outcome == "pass"

    def test_a_stale_one_is_to_be_rerun(self, desk: Desk) -> None:
        id = desk.lay(dataset())
        made = desk.lay(analysis(id, "b" * 64))
        verdict = desk.judge("analysis-on-current-data", analysis="pareto")
        assert verdict.outcome == "fail"
        assert verdict.command == f"dmaic analysis rerun {made}"

    def test_one_of_a_file_that_nobody_watches_does_not_count(self, desk: Desk) -> None:
        desk.lay(dataset())
        desk.lay(analysis(None))
        verdict = desk.judge("analysis-on-current-data", analysis="pareto")
        assert verdict.outcome == "fail"
        assert "not registered" in verdict.reason

    def test_a_pareto_of_the_projects_own_group_speaks_for_it(self, desk: Desk) -> None:
        with desk.store.writing("project set") as work:
            project = work.find(type(desk.project.body), desk.project.id)
            work.change(project, project.body.model_copy(update={"group": "estimators"}))
        id = desk.lay(dataset())
        rows = {"rows": [{"category": ["Estimators"]}]}
        desk.lay(analysis(id, result=rows), analysis(id, title="Pareto by reason"))
        verdict = desk.judge("analysis-on-current-data", analysis="pareto")
        assert verdict.reason.startswith("Pareto by segment (")

    def test_what_came_after_the_approval_is_not_what_was_signed(self, desk: Desk) -> None:
        id = desk.lay(dataset())
        later = "2025-09-01T09:00:00+00:00"
        desk.lay(analysis(id), analysis(id, title="Pareto of next year", run_at=later))
        newest = desk.judge("analysis-on-current-data", analysis="pareto")
        assert newest.reason.startswith("Pareto of next year (")
        signed = Round(by="Sam", at="2025-03-28T09:00:00+00:00", state="approved")
        desk.lay(GateState(phase=desk.phase, rounds=(signed,)))
        verdict = desk.judge("analysis-on-current-data", analysis="pareto")
        assert verdict.reason.startswith("Pareto by segment (")

    def test_another_kind_does_not_count(self, desk: Desk) -> None:
        desk.lay(analysis(desk.lay(dataset()), analysis="inspect"))
        assert desk.judge("analysis-on-current-data", analysis="pareto").outcome == "fail"


class TestAnalysisSaved:
    def test_one_of_figures_alone_counts_where_the_analysis_needs_no_data(self, desk: Desk) -> None:
        desk.lay(analysis(None, analysis="decide", title="Decision; options API"))
        verdict = desk.judge("analysis", kind="decide")
        assert verdict.outcome == "pass"
        assert "figures alone" in verdict.reason

    def test_the_check_of_current_data_does_not_take_it(self, desk: Desk) -> None:
        desk.lay(analysis(None, analysis="recover", title="Recovered revenue"))
        assert desk.judge("analysis", kind="recover").outcome == "pass"
        verdict = desk.judge("analysis-on-current-data", analysis="recover")
        assert verdict.outcome == "fail"
        assert "figures alone" in verdict.reason

    def test_one_that_needs_data_does_not_count_without(self, desk: Desk) -> None:
        desk.lay(analysis(None))
        assert desk.judge("analysis", kind="pareto").outcome == "fail"

    def test_a_stale_one_is_to_be_rerun(self, desk: Desk) -> None:
        made = desk.lay(analysis(desk.lay(dataset()), "b" * 64, analysis="recover"))
        verdict = desk.judge("analysis", kind="recover")
        assert (verdict.outcome, verdict.command) == ("fail", f"dmaic analysis rerun {made}")

    def test_without_one_the_command_makes_it_without_any_data(self, desk: Desk) -> None:
        verdict = desk.judge("analysis", kind="decide")
        assert verdict.outcome == "fail"
        assert verdict.command.startswith("dmaic decide")

    def test_a_kind_that_there_is_not_is_refused_with_the_nearest(self, desk: Desk) -> None:
        with pytest.raises(ValidationError, match='Did you mean "recover"'):
            desk.judge("analysis", kind="recovr")


class TestFigureOfAnAnalysis:
    """A condition on a figure of the saved result."""

    RESULT: ClassVar[dict[str, Any]] = {
        "net": 1_500_000.0,
        "percent_agreement": 0.896,
        "kappa": 0.596,
        "stable": True,
        "verdict": "less is lost",
        "effect": {"name": "difference", "low": None},
        "points": [{"value": 4}, {"value": -2}],
    }

    def judge(self, desk: Desk, **asked: Any) -> Verdict:
        desk.lay(analysis(desk.lay(dataset()), analysis="churn", result=self.RESULT))
        return desk.judge("analysis", kind="churn", **asked)

    @pytest.mark.parametrize(
        ("asked", "outcome", "said"),
        [
            ({"field": "kappa", "least": 0.6}, "fail", "kappa is 0.596; at least 0.600 is asked"),
            ({"field": "kappa", "least": 0.59}, "pass", "kappa is 0.60; at least 0.59 is asked"),
            ({"field": "percent_agreement", "least": 0.9}, "fail",
             "percent agreement is 89.6 %; at least 90.0 % is asked"),
            ({"field": "net", "least": 1_000_000}, "pass",
             "net is 1,500,000; at least 1,000,000 is asked"),
            ({"field": "net", "least": 1, "most": 2}, "fail", "at least 1 and at most 2 is asked"),
            ({"field": "stable", "is": True}, "pass", "stable is yes, as is asked"),
            ({"field": "stable", "is": False}, "fail", "stable is yes; no is asked"),
            ({"field": "verdict", "is": "less is lost"}, "pass",
             'verdict is "less is lost", as is asked'),
            ({"field": "points.-1.value", "is": -2}, "pass", "points (the last) value is -2"),
            ({"field": "points.0.value", "most": 3}, "fail", "points (no. 1) value is 4"),
            ({"field": "effect.low", "least": 0}, "fail", "does not tell the effect low"),
            ({"field": "points.7.value", "least": 0}, "fail", "does not tell"),
            ({"field": "kappa.deeper", "is": "x"}, "fail", "does not tell"),
            ({"field": "verdict", "least": 0}, "fail", "which is no figure; at least 0 is asked"),
            # Yes is not one.
            ({"field": "stable", "is": 1}, "fail", "yes; 1 is asked"),
            ({"field": "stable", "least": 1}, "fail", "which is no figure"),
        ],
    )  # fmt: skip
    def test_it_is_judged_and_told_in_words(
        self, desk: Desk, asked: dict[str, Any], outcome: str, said: str
    ) -> None:
        verdict = self.judge(desk, **asked)
        assert verdict.outcome == outcome
        assert said in verdict.reason
        assert bool(verdict.command) == (outcome == "fail")

    def test_the_newest_that_is_not_stale_is_looked_at(self, desk: Desk) -> None:
        id = desk.lay(dataset())
        for kappa, sha in ((0.9, "a"), (0.4, "a"), (0.8, "b")):
            desk.lay(analysis(id, sha * 64, analysis="churn", result={"kappa": kappa}))
        verdict = desk.judge("analysis", kind="churn", field="kappa", least=0.6)
        assert verdict.outcome == "fail"
        assert "kappa is 0.4" in verdict.reason

    def test_one_that_has_no_such_figure_does_not_stand_before_one_that_has(
        self, desk: Desk
    ) -> None:
        id = desk.lay(dataset())
        for result in ({"power": 0.8}, {"margin": 0.05, "power": None}):
            desk.lay(analysis(id, analysis="churn", result=result))
        asked = {"kind": "churn", "field": "power", "least": 0.8}
        assert desk.judge("analysis", **asked).outcome == "pass"

    def test_a_stale_one_is_to_be_rerun_before_its_figure_is_asked(self, desk: Desk) -> None:
        id = desk.lay(dataset())
        made = desk.lay(analysis(id, "b" * 64, analysis="churn", result=self.RESULT))
        verdict = desk.judge("analysis", kind="churn", field="kappa", least=0.1)
        assert verdict.command == f"dmaic analysis rerun {made}"

    @pytest.mark.parametrize(
        ("asked", "said"),
        [
            ({"least": 1}, "which figure"),
            ({"field": "kappa"}, "nothing is asked"),
            ({"field": "kappa", "least": 2, "most": 1}, "never so"),
            ({"field": "kappa", "least": 2, "is": 1}, "say one"),
            ({"field": "effect..low", "least": 2}, "a dot between"),
            ({"field": "kappa", "least": "much"}, "valid number"),
            ({"field": "kappa", "equals": 1}, "equals"),
        ],
    )
    def test_what_cannot_be_asked_is_refused(
        self, desk: Desk, asked: dict[str, Any], said: str
    ) -> None:
        with pytest.raises(ValidationError, match=said):
            desk.judge("analysis", kind="churn", **asked)


# The worked case's own counts: 4,270 customers lost before, 2,647 after, -38.0 %.
BEFORE, AFTER = 4270, 2647


def compared(dataset: str, first: float, last: float, **facts: Any) -> Any:
    totals = [{"churned": first, "value": None}, {"churned": last, "value": None}]
    result = {"split": "files", "measure": "customers", "totals": totals}
    return analysis(dataset, result=result, **facts)


class TestImprovementMeasured:
    def test_nothing_compared(self, desk: Desk) -> None:
        desk.lay(analysis(desk.lay(dataset())))
        verdict = desk.judge("improvement-measured")
        assert verdict.outcome == "fail"
        assert "--compare" in verdict.command

    def test_the_worked_case_reaches_its_target(self, desk: Desk) -> None:
        desk.lay(charter(baseline=2.2, target=1.4))
        desk.lay(compared(desk.lay(dataset()), BEFORE, AFTER))
        verdict = desk.judge("improvement-measured")
        assert verdict.outcome == "pass"
        # 2647 / 4270 - 1 = -0.38009
        assert "-38.01 %" in verdict.reason

    def test_less_than_the_charter_asks_for_warns(self, desk: Desk) -> None:
        desk.lay(charter(baseline=2.2, target=1.1))
        desk.lay(compared(desk.lay(dataset()), BEFORE, AFTER))
        verdict = desk.judge("improvement-measured")
        assert verdict.outcome == "warn"
        assert "-50.00 %" in verdict.reason

    def test_groups_of_a_column_are_no_before_and_after(self, desk: Desk) -> None:
        totals = [{"churned": BEFORE}, {"churned": AFTER}]
        result = {"split": "plan", "measure": "customers", "totals": totals}
        desk.lay(analysis(desk.lay(dataset()), result=result))
        assert desk.judge("improvement-measured").outcome == "fail"

    @pytest.mark.parametrize("last", [BEFORE, BEFORE + 1])
    def test_no_change_and_more_loss_are_no_improvement(self, desk: Desk, last: float) -> None:
        desk.lay(compared(desk.lay(dataset()), BEFORE, last))
        assert desk.judge("improvement-measured").outcome == "fail"

    def test_a_stale_comparison_does_not_count(self, desk: Desk) -> None:
        desk.lay(compared(desk.lay(dataset()), BEFORE, AFTER, fingerprint="c" * 64))
        assert "stale" in desk.judge("improvement-measured").reason

    @pytest.mark.parametrize(
        ("measure", "field"),
        [("customers", "churned"), ("value", "value"), ("seats", "measured")],
    )
    def test_what_was_measured_is_compared(self, desk: Desk, measure: str, field: str) -> None:
        cell = {"churned": 1, "value": 1, "measured": 1}
        totals = [{**cell, field: 4}, {**cell, field: 1}]
        result = {"split": "files", "measure": measure, "totals": totals}
        desk.lay(analysis(desk.lay(dataset()), result=result))
        assert "-75.00 %" in desk.judge("improvement-measured").reason

    @pytest.mark.parametrize(
        "totals", [[], [{"churned": 1}], [{}, {}], [{"churned": None}] * 2, "x", [1, 2],
                   [{"churned": 0}, {"churned": 5}]]
    )  # fmt: skip
    def test_a_result_of_another_shape_is_no_comparison(self, desk: Desk, totals: Any) -> None:
        result = {"split": "files", "measure": "customers", "totals": totals}
        desk.lay(analysis(desk.lay(dataset()), result=result))
        assert "Nobody compared" in desk.judge("improvement-measured").reason


class TestCauses:
    def test_no_cause(self, desk: Desk) -> None:
        assert desk.judge("causes-verified").command == "dmaic doc edit causes"

    def test_a_suspicion_is_not_verified_and_the_command_names_it(self, desk: Desk) -> None:
        desk.lay(causes({"status": "suspected"}))
        verdict = desk.judge("causes-verified")
        assert verdict.outcome == "fail"
        assert verdict.command.startswith("dmaic doc set causes C1.status=verified")

    def test_other_evidence_counts_only_where_it_is_let(self, desk: Desk) -> None:
        desk.lay(causes({"evidence": [], "other_evidence": ["Watched"], "status": "verified"}))
        assert desk.judge("causes-verified").outcome == "fail"
        assert desk.judge("causes-verified", analysis=False).outcome == "pass"

    def test_an_analysis_on_the_current_data_verifies(self, desk: Desk) -> None:
        id = desk.lay(analysis(desk.lay(dataset())))
        desk.lay(causes({"evidence": [id], "status": "verified"}))
        assert desk.judge("causes-verified").outcome == "pass"
        assert desk.judge("causes-verified", least=2).outcome == "fail"

    def test_a_stale_analysis_does_not(self, desk: Desk) -> None:
        id = desk.lay(analysis(desk.lay(dataset()), "b" * 64))
        desk.lay(causes({"evidence": [id], "status": "verified"}))
        assert desk.judge("causes-verified").outcome == "fail"


def solutions(*causes_of: list[str], **changes: Any) -> Solutions:
    first = dict(Solutions.EXAMPLE["solutions"][0])
    return Solutions.model_validate(
        {"solutions": [{**first, "id": f"S{place}", "causes": each, **changes}
                       for place, each in enumerate(causes_of, 1)]}
    )  # fmt: skip


class TestSolutions:
    def test_no_solution(self, desk: Desk) -> None:
        verdict = desk.judge("solutions-address-verified-causes")
        assert verdict.command == "dmaic doc edit solutions"

    @pytest.mark.parametrize(
        ("pointed", "outcome"),
        [([["C1"]], "pass"), ([["C1", "C2"]], "pass"), ([["C2"]], "fail"), ([[]], "fail"),
         ([["C9"]], "fail"), ([["C1"], ["C2"]], "fail")],
    )  # fmt: skip
    def test_each_must_point_to_a_verified_cause(
        self, desk: Desk, pointed: list[list[str]], outcome: str
    ) -> None:
        shown = {"other_evidence": ["Watched"]}
        desk.lay(causes({**shown, "status": "verified"}, {**shown, "status": "suspected"}))
        desk.lay(solutions(*pointed))
        verdict = desk.judge("solutions-address-verified-causes")
        assert verdict.outcome == outcome
        if outcome == "fail":
            assert verdict.command.endswith("=C1")

    def test_a_dropped_solution_need_not(self, desk: Desk) -> None:
        desk.lay(causes({"other_evidence": ["Watched"], "status": "verified"}))
        desk.lay(
            Solutions(solutions=(*solutions(["C1"]).solutions,
                                 *[each.model_copy(update={"id": "S2"})
                                   for each in solutions([], status="dropped").solutions]))
        )  # fmt: skip
        assert desk.judge("solutions-address-verified-causes").outcome == "pass"


class TestPilot:
    def test_the_worked_case_was_rolled_out(self, desk: Desk) -> None:
        desk.lay(PilotPlan.example())
        assert desk.judge("pilot-decided").outcome == "pass"

    @pytest.mark.parametrize(
        ("changes", "word"),
        [({"measured": None}, "measured"), ({"decision": ""}, "decision"),
         ({"decided_by": ""}, "who decided"), ({"decision": "stop"}, "stop"),
         ({"end": "2025-07-01"}, "runs until")],
    )  # fmt: skip
    def test_what_is_missing_is_named(self, desk: Desk, changes: dict[str, Any], word: str) -> None:
        desk.lay(PilotPlan.model_validate({**PilotPlan.EXAMPLE, **changes}))
        verdict = desk.judge("pilot-decided")
        assert verdict.outcome == "fail"
        assert word in verdict.reason

    def test_rolling_out_against_the_threshold_warns(self, desk: Desk) -> None:
        desk.lay(PilotPlan.model_validate({**PilotPlan.EXAMPLE, "measured": 9.9}))
        assert desk.judge("pilot-decided").outcome == "warn"

    def test_no_pilot(self, desk: Desk) -> None:
        assert desk.judge("pilot-decided").outcome == "fail"


class TestControls:
    def test_the_worked_case_controls_every_ctq(self, desk: Desk) -> None:
        desk.lay(CtqTree.example(), ControlPlan.example())
        assert desk.judge("ctqs-controlled").outcome == "pass"

    def test_no_ctq_is_not_enough(self, desk: Desk) -> None:
        assert desk.judge("ctqs-controlled").command == "dmaic doc edit ctq"

    def test_a_ctq_without_a_line_is_named(self, desk: Desk) -> None:
        desk.lay(CtqTree.example())
        plan = ControlPlan.example()
        desk.lay(plan.model_copy(update={"controls": plan.controls[:0]}))
        verdict = desk.judge("ctqs-controlled")
        assert verdict.outcome == "fail"
        assert verdict.command == "dmaic doc add control-plan ctq=CTQ1"

    @pytest.mark.parametrize(("field", "word"), [("owner", "an owner"), ("reaction", "a reaction")])
    def test_a_line_needs_owner_and_reaction(self, desk: Desk, field: str, word: str) -> None:
        desk.lay(CtqTree.example())
        plan = ControlPlan.example()
        blank = tuple(each.model_copy(update={field: ""}) for each in plan.controls)
        desk.lay(plan.model_copy(update={"controls": blank}))
        assert f"without {word}" in desk.judge("ctqs-controlled").reason


def answered(yes: bool, by: str = "Dana") -> GateState:
    given = GateAnswer(criterion="asked", yes=yes, note="Seen", by=by, at="2025-06-01T08:00:00")
    return GateState(phase="define", answers=(given,))


class TestQuestion:
    def test_unanswered(self, desk: Desk) -> None:
        verdict = desk.judge("question")
        assert verdict.outcome == "fail"
        assert verdict.command == 'dmaic gate answer asked yes --note "..."'

    @pytest.mark.parametrize(("yes", "outcome"), [(True, "pass"), (False, "fail")])
    def test_answered(self, desk: Desk, yes: bool, outcome: str) -> None:
        desk.lay(answered(yes))
        assert desk.judge("question").outcome == outcome
