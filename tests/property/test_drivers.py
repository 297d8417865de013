"""What never changes the drivers of churn: order, units, labels, and how rows are counted."""

from __future__ import annotations

import numpy as np
import pandas
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import dmaic


def frame(seed: int, size: int = 120) -> pandas.DataFrame:
    draw = np.random.default_rng(seed)
    plan = draw.choice(["a", "b", "c"], size)
    use = draw.normal(50, 9, size).round()
    odds = 0.8 * (plan == "b") + 0.04 * (use - 50)
    churned = (draw.random(size) < 1 / (1 + np.exp(-odds))).astype(int)
    return pandas.DataFrame({"churned": churned, "plan": plan, "use": use})


def told(data: pandas.DataFrame, **given: object) -> dmaic.DriversResult:
    return dmaic.drivers(data, terms=["plan", "use"], fingerprint=False, **given)  # type: ignore[arg-type]


SEEDS = st.integers(0, 10_000)
FEW = settings(max_examples=15, deadline=None)


@FEW
@given(SEEDS, SEEDS)
def test_the_order_of_rows_changes_nothing(seed: int, other: int) -> None:
    data = frame(seed)
    mixed = data.sample(frac=1, random_state=other)
    assert told(mixed) == told(data)


@FEW
@given(SEEDS, st.floats(1e-6, 1e6), st.floats(-1e6, 1e6))
def test_units_and_zero_of_a_number_change_its_own_figures_only(
    seed: int, unit: float, zero: float
) -> None:
    data = frame(seed)
    one = told(data)
    two = told(data.assign(use=data.use * unit + zero))
    for here, there in zip(one.terms, two.terms, strict=True):
        factor = unit if here.variable == "use" else 1.0
        assert there.coefficient * factor == pytest.approx(here.coefficient, rel=1e-4, abs=1e-6)
        assert there.standardised == pytest.approx(here.standardised, rel=1e-4, abs=1e-6)
        assert there.p_value == pytest.approx(here.p_value, rel=1e-3, abs=1e-9)
    assert two.fit.log_likelihood == pytest.approx(one.fit.log_likelihood, abs=1e-4)


@FEW
@given(SEEDS, st.integers(2, 5))
def test_every_customer_twice_keeps_ratios_and_narrows_intervals(seed: int, times: int) -> None:
    data = frame(seed)
    one = told(data)
    more = told(pandas.concat([data] * times))
    for here, there in zip(one.terms, more.terms, strict=True):
        assert there.coefficient == pytest.approx(here.coefficient, abs=1e-6)
        assert there.standard_error == pytest.approx(here.standard_error / times**0.5, rel=1e-5)


@FEW
@given(SEEDS)
def test_lost_and_kept_turned_round_turn_every_ratio_round(seed: int) -> None:
    data = frame(seed)
    one = told(data, reference="plan=a")
    two = told(data.assign(churned=1 - data.churned), reference="plan=a")
    for here, there in zip(one.terms, two.terms, strict=True):
        assert there.coefficient == pytest.approx(-here.coefficient, abs=1e-6)
        assert there.p_value == pytest.approx(here.p_value, abs=1e-6)


@FEW
@given(SEEDS, st.sampled_from("abc"))
def test_the_reference_changes_neither_the_model_nor_the_ranking(seed: int, level: str) -> None:
    data = frame(seed)
    one, two = told(data), told(data, reference=f"plan={level}")
    assert two.fit.log_likelihood == pytest.approx(one.fit.log_likelihood, abs=1e-7)
    assert [each.name for each in two.ranking] == [each.name for each in one.ranking]
    for here, there in zip(one.ranking, two.ranking, strict=True):
        assert there.standardised == pytest.approx(here.standardised, abs=1e-6)
        assert there.statistic == pytest.approx(here.statistic, rel=1e-5, abs=1e-6)
        assert (here.most is None) == (there.most is None)
        if here.most is not None and there.most is not None:
            assert there.most.level == here.most.level
            assert there.most.ratio == pytest.approx(here.most.ratio, rel=1e-5)


@FEW
@given(st.integers(0, 60), st.integers(0, 60), st.integers(0, 60), st.integers(0, 60))
def test_a_table_of_two_by_two_always_gets_a_finite_answer_or_a_reason(
    a: int, b: int, c: int, d: int
) -> None:
    rows = [("x", 1, a), ("x", 0, b), ("y", 1, c), ("y", 0, d)]
    data = pandas.DataFrame([row for row in rows if row[2]], columns=["g", "churned", "n"])
    if not len(data):
        return
    try:
        result = dmaic.drivers(data, terms="g", count="n", reference="g=x", fingerprint=False)
    except dmaic.DmaicError:
        # Refused only where there is nothing to compare.
        assert 0 in (a + b, c + d, a + c, b + d) or a + b + c + d < 3
        return
    (term,) = result.terms
    half = 0.5 if 0 in (a, b, c, d) else 0.0
    exact = np.log((c + half) * (b + half) / ((d + half) * (a + half)))
    assert term.coefficient == pytest.approx(exact, abs=1e-4)
    assert result.fit.method == ("Firth" if half else "maximum likelihood")
