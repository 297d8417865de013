"""The checks of benefits: agreed to before, realised and validated afterwards."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from dmaic.project.benefit.benefit import Benefit, Seal
from dmaic.project.gate.state import GateAnswer, GateState

from .conftest import Desk, member

ROLE = "approver (Finance)"


def seal(*months: str, role: str = ROLE) -> Seal:
    return Seal(by="Dana", role=role, on=date(2025, 6, 1), months=months)


def benefit(title: str = "API", **facts: Any) -> Benefit:
    actuals = {month: {"amount": each} for month, each in facts.pop("actuals", {}).items()}
    return Benefit.model_validate(
        {"title": title, "target": 1200, "starts": "2025-01", "actuals": actuals, **facts}
    )


def answered(phase: str) -> GateState:
    said = GateAnswer(criterion="asked", yes=True, note="$1.5M", by="Dana", at="2025-06-01T09:00")
    return GateState(phase=phase, answers=(said,))


class TestAgreed:
    @pytest.fixture(autouse=True)
    def _at_improve(self, desk: Desk) -> None:
        desk.phase = "improve"

    def test_without_a_plan_it_fails_and_says_how_to_make_one(self, desk: Desk) -> None:
        verdict = desk.judge("benefits-agreed")
        assert verdict.outcome == "fail"
        assert verdict.command.startswith("dmaic benefit plan")

    def test_a_plan_waits_for_the_signature(self, desk: Desk) -> None:
        desk.lay(member("Dana", "Finance", "approver"))
        id = desk.lay(benefit())
        verdict = desk.judge("benefits-agreed")
        assert verdict.outcome == "fail"
        assert verdict.command == f'dmaic benefit lock {id} --by "Dana"'

    def test_a_signed_plan_passes_with_its_target(self, desk: Desk) -> None:
        desk.lay(benefit(agreed=seal()))
        verdict = desk.judge("benefits-agreed")
        assert verdict.outcome == "pass"
        assert "$1,200 a year, agreed by Dana on 2025-06-01" in verdict.reason

    def test_another_role_does_not_do(self, desk: Desk) -> None:
        desk.lay(benefit(agreed=seal(role="sponsor")))
        assert desk.judge("benefits-agreed").outcome == "fail"
        assert desk.judge("benefits-agreed", role="sponsor").outcome == "pass"

    def test_one_of_two_warns(self, desk: Desk) -> None:
        desk.lay(benefit(agreed=seal()), benefit("Calls"))
        verdict = desk.judge("benefits-agreed")
        assert verdict.outcome == "warn"
        assert "Calls" in verdict.reason

    def test_an_answer_given_before_benefits_were_kept_still_counts(self, desk: Desk) -> None:
        desk.lay(answered("improve"))
        assert desk.judge("benefits-agreed").outcome == "fail"
        desk.lay(member("Dana", "Finance", "approver"))
        assert desk.judge("benefits-agreed").outcome == "pass"


class TestRealised:
    @pytest.fixture(autouse=True)
    def _at_control(self, desk: Desk) -> None:
        desk.phase = "control"

    def test_nothing_recorded_fails(self, desk: Desk) -> None:
        assert desk.judge("benefits-realised").command.startswith("dmaic benefit plan")
        id = desk.lay(benefit(agreed=seal()))
        verdict = desk.judge("benefits-realised")
        assert verdict.outcome == "fail"
        assert verdict.command == f"dmaic benefit record {id} MONTH AMOUNT"

    def test_recorded_and_not_signed_fails(self, desk: Desk) -> None:
        id = desk.lay(benefit(agreed=seal(), actuals={"2025-01": 100}))
        verdict = desk.judge("benefits-realised")
        assert verdict.outcome == "fail"
        assert f"dmaic benefit lock {id}" in verdict.command

    def test_signed_months_pass_with_run_rate_and_cash(self, desk: Desk) -> None:
        desk.lay(benefit(actuals={"2025-01": 120}, validated=seal("2025-01")))
        verdict = desk.judge("benefits-realised")
        assert verdict.outcome == "pass"
        assert "$1,440 a year as run-rate, 120.00 % of the target" in verdict.reason
        assert "$120 in cash" in verdict.reason

    def test_less_than_the_target_warns(self, desk: Desk) -> None:
        desk.lay(benefit(actuals={"2025-01": 90}, validated=seal("2025-01")))
        assert desk.judge("benefits-realised").outcome == "warn"

    def test_a_month_that_is_not_signed_warns(self, desk: Desk) -> None:
        desk.lay(benefit(actuals={"2025-01": 120, "2025-02": 120}, validated=seal("2025-01")))
        verdict = desk.judge("benefits-realised")
        assert verdict.outcome == "warn"
        assert "Not validated: “API”" in verdict.reason

    def test_soft_money_alone_warns(self, desk: Desk) -> None:
        soft = benefit(nature="soft", actuals={"2025-01": 120}, validated=seal("2025-01"))
        desk.lay(soft)
        assert desk.judge("benefits-realised").outcome == "warn"

    def test_enough_months(self, desk: Desk) -> None:
        desk.lay(benefit(actuals={"2025-01": 120}, validated=seal("2025-01")))
        assert desk.judge("benefits-realised", months=2).outcome == "fail"

    def test_an_older_template_that_asks_twice_means_what_came_back(self, desk: Desk) -> None:
        """Before there was `benefits-realised`, Control asked `benefits-agreed` again."""
        desk.lay(benefit(agreed=seal()))
        assert desk.judge("benefits-agreed").outcome == "fail"
        desk.lay(answered("control"), member("Dana", "Finance", "approver"))
        assert desk.judge("benefits-agreed").outcome == "pass"
