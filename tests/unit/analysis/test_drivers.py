"""`drivers`: which columns are looked at, what is done with blanks, levels, ages and conditions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas
import pytest

import dmaic
from dmaic.errors import DataError, UsageError


def frame(size: int = 1000, seed: int = 1, **more: Any) -> pandas.DataFrame:
    draw = np.random.default_rng(seed)
    plan = draw.choice(["Basic", "Pro", "Team"], size, p=[0.5, 0.3, 0.2])
    use = draw.normal(30, 10, size).round(1)
    odds = -1 + 0.9 * (plan == "Pro") + 0.03 * (use - 30)
    churned = np.where(draw.random(size) < 1 / (1 + np.exp(-odds)), "yes", "no")
    columns: Mapping[str, Any] = {"churned": churned, "plan": plan, "use": use, **more}
    return pandas.DataFrame(columns)


def why(result: dmaic.DriversResult) -> dict[str, str]:
    return {each.name: each.why for each in result.left_out}


def codes(result: dmaic.DriversResult) -> set[str]:
    return {each.code for each in result.findings}


def test_all_columns_that_may_go_with_churn_are_looked_at() -> None:
    result = dmaic.drivers(frame())
    assert [each.name for each in result.terms] == ["plan: Pro", "plan: Team", "use"]
    assert {each.reference for each in result.terms} == {"Basic", None}
    assert why(result) == {"churned": "outcome"}
    assert result.ranking[0].p_adjusted < 0.001
    assert result.rows == 1000


def test_columns_that_only_the_lost_have_or_that_name_customers_are_set_aside_and_told() -> None:
    data = frame()
    lost = data.churned == "yes"
    data = data.assign(
        customer_id=[f"C{at}" for at in range(1000)],
        exit_offer=np.where(lost, "refused", None),
        final_state=np.where(lost, "gone", "there"),
        score=lost * 10 + 1,
        cancel_calls=np.arange(1000) % 3,
        email=[f"a{at}@example.com" for at in range(1000)],
        branch_code=np.arange(1000),
        note=[f"text {at}" for at in range(1000)],
        country="NO",
        empty=None,
        last_login="2024-03-05",
    )
    result = dmaic.drivers(data)
    assert why(result) == {
        "churned": "outcome",
        "customer_id": "identity",
        "exit_offer": "lost-only",
        "final_state": "tells-churn",
        "score": "tells-churn",
        "cancel_calls": "named-so",
        "email": "personal",
        "branch_code": "identity",
        "note": "many-levels",
        "country": "constant",
        "empty": "blank",
        "last_login": "time",
    }
    assert "leaks-churn" in codes(result)
    assert {each.variable for each in result.terms} == {"plan", "use"}


def test_what_adds_up_over_the_time_as_a_customer_is_set_aside() -> None:
    draw = np.random.default_rng(6)
    months = draw.integers(1, 60, 1000)
    paid = months * draw.uniform(15, 25, 1000)
    data = frame(tenure=months, paid_in_all=paid, calls=draw.poisson(3, 1000))
    for model in ("logistic", "cox"):
        result = dmaic.drivers(data, model=model)
        assert why(result)["paid_in_all"] == "time"
        assert "calls" in {each.variable for each in result.terms}
    assert dmaic.drivers(data, terms="paid_in_all").terms[0].name == "paid_in_all"


def test_a_person_may_name_what_is_left_out_otherwise() -> None:
    data = frame(cancel_calls=np.arange(1000) % 3, tenure=np.arange(1000) % 40)
    assert why(dmaic.drivers(data, model="logistic"))["tenure"] == "time"
    result = dmaic.drivers(data, terms=["cancel_calls", "tenure"])
    assert [each.name for each in result.terms] == ["cancel_calls", "tenure"]
    assert result.model == "logistic"


def test_bands_and_periods_are_terms_too() -> None:
    result = dmaic.drivers(frame(), terms=["use:0,20,40", "plan"])
    assert {each.variable for each in result.terms} == {"use:0,20,40", "plan"}
    (level,) = [each for each in result.levels if each.name == "use:0,20,40"]
    assert len(level.levels) == 3


def test_rows_without_a_number_are_left_out_and_blank_categories_are_one_of_their_own() -> None:
    data = frame()
    data.loc[:99, "use"] = None
    data.loc[100:199, "plan"] = None
    result = dmaic.drivers(data)
    assert (result.rows, result.rows_left_out) == (900, 100)
    assert "incomplete-rows" in codes(result)
    assert "plan: (blank)" in {each.name for each in result.terms}


def test_a_column_that_is_mostly_blank_is_left_out() -> None:
    data = frame()
    data.loc[:700, "use"] = None
    assert why(dmaic.drivers(data))["use"] == "blank"


def test_rare_categories_are_taken_together_unless_the_column_was_named() -> None:
    data = frame()
    data.loc[:3, "plan"] = "Odd"
    data.loc[4:8, "plan"] = "Strange"
    (level,) = dmaic.drivers(data).levels
    assert "Other" in level.levels
    assert set(level.folded) == {"Odd", "Strange"}
    (level,) = dmaic.drivers(data, terms=["plan", "use"]).levels
    assert level.folded == ()


def test_the_reference_can_be_named() -> None:
    result = dmaic.drivers(frame(), reference="plan=pro")
    assert {each.name for each in result.terms} == {"plan: Basic", "plan: Team", "use"}
    with pytest.raises(UsageError, match="no level") as caught:
        dmaic.drivers(frame(), reference="plan=Prro")
    assert caught.value.code == "drivers.reference"
    assert 'Did you mean "Pro"' in caught.value.hint


def test_a_yes_and_no_is_compared_with_the_no() -> None:
    data = frame(auto=np.where(np.arange(1000) % 4 == 0, "No", "Yes"))
    (level,) = [each for each in dmaic.drivers(data).levels if each.name == "auto"]
    assert level.reference == "No"


def test_within_and_where_both_hold() -> None:
    data = frame(region=np.where(np.arange(1000) % 2, "N", "S"))
    result = dmaic.drivers(data, within="plan = 'Pro'", where="region = 'N'")
    expected = int(((data.plan == "Pro") & (data.region == "N")).sum())
    assert result.rows == expected
    assert why(result)["plan"] == "constant"
    assert "plan = 'Pro'" in result.inputs.filters[0]


def test_counts_are_as_good_as_rows() -> None:
    data = frame().assign(use=lambda each: each.use.round(-1))
    counted = data.value_counts().reset_index(name="n")
    one = dmaic.drivers(data, terms=["plan", "use"])
    other = dmaic.drivers(counted, terms=["plan", "use"], count="n")
    assert (one.rows, one.lost) == (other.rows, other.lost)
    assert one.patterns == other.patterns
    for here, there in zip(one.terms, other.terms, strict=True):
        assert there.coefficient == pytest.approx(here.coefficient, abs=1e-9)
    assert one.auc == other.auc


def test_too_many_columns_for_the_events_are_screened_and_told() -> None:
    draw = np.random.default_rng(5)
    noise = {f"x{at}": draw.normal(size=200) for at in range(40)}
    data = frame(200, **noise)
    result = dmaic.drivers(data)
    events = min(result.lost, 200 - result.lost)
    assert len(result.terms) <= events / 10
    assert sum(each == "no-room" for each in why(result).values()) > 30
    assert len(result.screening) == 42
    assert "few-events" in codes(result)


def test_noise_is_not_told_as_an_answer() -> None:
    draw = np.random.default_rng(9)
    told = 0
    for seed in range(10):
        noise = {f"x{at}": draw.normal(size=300) for at in range(30)}
        data = frame(300, seed, **noise).drop(columns=["plan", "use"])
        told += "Nothing looked at clearly" not in dmaic.drivers(data).blocks()[1].text  # type: ignore[union-attr]
    assert told <= 2


def test_cox_is_taken_where_a_tenure_was_named() -> None:
    draw = np.random.default_rng(2)
    data = frame(months=draw.integers(1, 40, 1000))
    result = dmaic.drivers(data, tenure="months")
    assert result.model == "cox"
    assert {each.variable for each in result.terms} == {"plan", "use"}
    assert all(each.odds_ratio is None and each.hazard_ratio for each in result.terms)
    assert result.calibration is None
    assert result.auc is not None
    assert result.auc.measure == "concordance"
    assert dmaic.drivers(data, tenure="months", model="logistic").model == "logistic"


def test_customers_who_were_there_before_are_at_risk_from_the_first_day_on() -> None:
    days = pandas.Timestamp("2024-01-01") + pandas.to_timedelta(
        np.random.default_rng(3).integers(-900, 300, 1000), unit="D"
    )
    data = frame(signup_date=days)
    data["churn_date"] = np.where(
        data.churned == "yes", (data.signup_date.clip(lower=pandas.Timestamp("2024-01-01"))
                                + pandas.Timedelta(days=30)).dt.strftime("%Y-%m-%d"), None
    )  # fmt: skip
    result = dmaic.drivers(data, model="cox")
    assert result.fit.truncated
    assert any("in view 2024-01-01" in each for each in result.inputs.filters)
    plain = dmaic.drivers(data, model="logistic")
    assert "unequal-time" in codes(plain)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"terms": "churned"}, "drivers.outcome"),
        ({"terms": "nope"}, "usage.unknown-column"),
        ({"reference": "plan"}, "drivers.reference"),
        ({"model": "cox", "bounds": "profile"}, "drivers.bounds"),
        ({"model": "probit"}, "usage.choice"),
        ({"seed": -1}, "drivers.seed"),
        ({"within": ""}, "usage.empty"),
        ({"without": "nope"}, "usage.unknown-column"),
    ],
)
def test_questions_that_do_not_fit_are_refused(given: dict[str, Any], code: str) -> None:
    with pytest.raises(UsageError) as caught:
        dmaic.drivers(frame(), **given)
    assert caught.value.code == code


def test_data_that_do_not_fit_are_refused() -> None:
    for data, given, code in (
        (frame().assign(churned="yes"), {}, "drivers.one-outcome"),
        (frame().assign(churned="no"), {}, "finding.no-churn"),
        (frame()[["churned"]], {}, "drivers.no-terms"),
        (frame().assign(plan="same"), {"terms": "plan"}, "drivers.no-term"),
        (frame(n=-1), {"count": "n"}, "drivers.count"),
        (frame(), {"model": "cox"}, "exposure.no-age"),
    ):
        with pytest.raises(DataError) as caught:
            dmaic.drivers(data, **given)
        assert caught.value.code == code


def test_a_hazard_without_end_is_refused_by_name() -> None:
    data = frame(months=np.arange(1000) % 30 + 1)
    data.loc[(data.plan == "Team"), "churned"] = "no"
    with pytest.raises(DataError, match="plan: Team") as caught:
        dmaic.drivers(data, tenure="months")
    assert caught.value.code == "drivers.monotone"
    # Whether, not when: a penalty keeps the ratio finite, and the separation is told.
    result = dmaic.drivers(data, terms=["plan", "use"], model="logistic")
    assert result.fit.method == "Firth"
    assert result.separation is not None
    assert [each.name for each in result.separation.terms] == ["plan: Team"]
    assert "separated-terms" in codes(result)


def test_what_parts_the_lost_is_not_called_unclear() -> None:
    # None of 12 and 6 of 12. A Wald test finds nothing under separation, however sure the effect;
    # the penalised likelihood ratio of the term and that of its column are the same.
    data = pandas.DataFrame(
        {
            "churned": ["no"] * 12 + ["yes", "no"] * 6,
            "plan": ["A"] * 12 + ["B"] * 12,
            "use": [at * 7 % 24 for at in range(24)],
        }
    )
    result = dmaic.drivers(data, terms=["plan", "use"])
    assert result.fit.method == "Firth"
    plan, rank = result.terms[0], result.ranking[0]
    assert rank.name == "plan"
    assert rank.p_value == pytest.approx(plan.p_value)
    assert rank.p_adjusted < 0.05
    assert rank.most is not None
    assert (rank.most.low, rank.most.high) == pytest.approx((plan.low, plan.high))
    assert "goes with churn most" in "".join(
        getattr(block, "text", "") for block in result.answer()
    )


def test_a_saved_result_comes_back_whole() -> None:
    from dmaic.analysis.registry import restore

    result = dmaic.drivers(frame())
    assert restore("drivers", result.to_dict()) == result
