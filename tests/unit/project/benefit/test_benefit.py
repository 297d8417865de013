"""A benefit's forecast, its figures, and how it stands."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from dmaic.errors import UsageError
from dmaic.project.benefit.benefit import Benefit, Seal
from dmaic.project.benefit.figures import figures
from dmaic.project.benefit.month import after, parse_month, span

TODAY = date(2025, 7, 15)


def benefit(**facts: Any) -> Benefit:
    actuals = {month: {"amount": each} for month, each in facts.pop("actuals", {}).items()}
    return Benefit.model_validate(
        {"title": "API", "target": 1200, "starts": "2025-01", "actuals": actuals, **facts}
    )


class TestMonth:
    @pytest.mark.parametrize(
        ("text", "month"), [("2025-03", "2025-03"), (" 2025-03-31 ", "2025-03")]
    )
    def test_a_month_or_a_day_of_it(self, text: str, month: str) -> None:
        assert parse_month(text) == month

    @pytest.mark.parametrize(
        "text",
        ["", "2025", "2025-13", "2025-00", "2025-3", "03-2025", "٢٠٢٥-٠٣", "2025-03\0", "x" * 9999],
    )
    def test_anything_else_is_told(self, text: str) -> None:
        with pytest.raises(UsageError) as caught:
            parse_month(text)
        assert caught.value.code == "benefit.month"
        assert len(caught.value.message) < 100

    def test_months_are_counted_over_the_turn_of_the_year(self) -> None:
        assert after("2025-11", 3) == "2026-02"
        assert after("2025-01", -1) == "2024-12"
        assert span(["2026-01", "2025-11"]) == ("2025-11", "2025-12", "2026-01")
        assert span([]) == ()


class TestForecast:
    def test_a_recurring_benefit_brings_a_twelfth_each_month(self) -> None:
        assert set(benefit().forecast.values()) == {100.0}
        assert sum(benefit().forecast.values()) == 1200

    def test_the_ramp_rises_in_equal_steps(self) -> None:
        # 1200 / 12 = 100 a month; a third, two thirds, then all of it.
        rising = list(benefit(ramp=3).forecast.values())
        assert rising[:4] == pytest.approx([100 / 3, 200 / 3, 100, 100])

    def test_a_one_off_comes_once_or_in_parts_that_make_the_whole(self) -> None:
        assert benefit(rhythm="one-off").forecast == {"2025-01": 1200}
        parts = benefit(rhythm="one-off", ramp=3).forecast
        assert parts == {"2025-01": 400, "2025-02": 400, "2025-03": 400}

    def test_what_is_given_counts(self) -> None:
        assert benefit(given={"2025-02": 7, "2025-01": 5}).forecast == {"2025-01": 5, "2025-02": 7}

    @pytest.mark.parametrize(
        "facts",
        [{"target": 0}, {"target": -1}, {"target": 1e16}, {"ramp": 121}, {"months": 0},
         {"starts": "2025-13"}, {"given": {"x": 1}}, {"title": " "}, {"target": float("nan")}],
    )  # fmt: skip
    def test_nonsense_is_refused(self, facts: dict[str, Any]) -> None:
        with pytest.raises(ValidationError):
            benefit(**facts)


class TestFigures:
    def test_nothing_recorded(self) -> None:
        found = figures(benefit(), TODAY)
        assert (found.cash, found.run_rate, found.variance) == (None, None, None)
        # Half of the year is over without a record; only what is left of it is still expected.
        assert found.to_the_end == 600
        assert found.missing == tuple(f"2025-0{n}" for n in range(1, 7))

    def test_run_rate_is_twelve_times_the_last_month_that_is_over_and_no_cash(self) -> None:
        found = figures(benefit(actuals={"2025-05": 80, "2025-06": 90, "2025-07": 5}), TODAY)
        assert found.run_rate == 12 * 90
        assert found.run_rate_month == "2025-06"
        assert found.cash == 175

    def test_of_three_needs_three_months_in_a_row(self) -> None:
        row = {"2025-04": 30, "2025-05": 60, "2025-06": 90}
        assert figures(benefit(actuals=row), TODAY).run_rate_of_three == 12 * 60
        gap = {"2025-03": 30, "2025-05": 60, "2025-06": 90}
        assert figures(benefit(actuals=gap), TODAY).run_rate_of_three is None

    def test_a_one_off_has_no_run_rate(self) -> None:
        found = figures(benefit(rhythm="one-off", actuals={"2025-01": 1000}), TODAY)
        assert found.run_rate is None
        assert (found.cash, found.variance) == (1000, -200)

    def test_variance_is_against_the_plan_until_the_last_record(self) -> None:
        found = figures(benefit(actuals={"2025-01": 90, "2025-03": 130}), TODAY)
        # Planned until March: 300; February was not recorded and counts nothing.
        assert (found.planned_to_date, found.cash, found.variance) == (300, 220, -80)
        assert "2025-02" in found.missing

    def test_months_before_the_plan_are_kept(self) -> None:
        found = figures(benefit(actuals={"2024-11": 10}), TODAY)
        assert [each.month for each in found.months][:3] == ["2024-11", "2024-12", "2025-01"]
        assert found.months[1].planned is None
        assert found.months[1].realised is None

    def test_sums_end_with_the_last_record(self) -> None:
        lines = figures(benefit(actuals={"2025-01": 10, "2025-02": 20}), TODAY).months
        assert [each.realised_sum for each in lines[:3]] == [10, 30, None]
        assert lines[-1].planned_sum == 1200


def test_how_it_stands() -> None:
    seal = Seal(by="Dana", role="approver (Finance)", on=TODAY)
    assert benefit().standing == "planned"
    assert benefit(agreed=seal).standing == "agreed"
    one = {"2025-01": 1}
    assert benefit(agreed=seal, actuals=one).standing == "recorded"
    signed = seal.model_copy(update={"months": ("2025-01",)})
    assert benefit(validated=signed, actuals=one).standing == "validated"
    # A month that came after the signature is not signed.
    two = benefit(validated=signed, actuals={**one, "2025-02": 2})
    assert two.standing == "recorded"
    assert two.unsigned == ("2025-02",)
