"""Properties of the statistics and of the ranking that hold for any input."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from math import fsum
from random import Random

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from dmaic.errors import UsageError
from dmaic.result import Inputs
from dmaic.stats.cell import reach, running
from dmaic.stats.chisquare import survival
from dmaic.stats.concentration import gini
from dmaic.stats.pareto import ParetoResult
from dmaic.stats.proportion import newcombe, relative_risk, wilson
from dmaic.stats.rank import Cell, compare, rank
from dmaic.stats.risk_set import of_lost_only
from dmaic.text import BLANK

INPUTS = Inputs(source="t")
AMOUNT = st.integers(0, 10**8).map(lambda quarters: quarters / 4)


@st.composite
def cell(draw: st.DrawFn) -> Cell:
    churned = draw(st.integers(0, 300))
    value = draw(AMOUNT) if churned else 0.0
    exposure = churned + draw(st.integers(0, 5000))
    name = draw(st.text(min_size=1, max_size=6) | st.just(BLANK) | st.just("Other"))
    return Cell((name,), churned, value, exposure, value + draw(AMOUNT))


CELLS = st.lists(cell(), min_size=1, max_size=25, unique_by=lambda cell: cell.category)


def proportion() -> st.SearchStrategy[tuple[int, int]]:
    return st.integers(1, 10**6).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


def pareto(cells: list[Cell], **options: object) -> ParetoResult:
    return rank(cells, by=["segment"], inputs=INPUTS, **options)  # type: ignore[arg-type]


@settings(max_examples=200)
@given(st.integers(1, 10_000), st.floats(0, 4))
def test_survival_is_that_of_scipy(df: int, ratio: float) -> None:
    from scipy.special import chdtrc

    statistic = df * ratio
    expected = float(chdtrc(df, statistic))
    if expected > 1e-290:
        assert survival(statistic, df) == pytest.approx(expected, rel=1e-10)
    else:
        assert survival(statistic, df) < 1e-280


@given(st.integers(1, 10_000), st.floats(0, 1e6))
def test_survival_is_a_probability(df: int, statistic: float) -> None:
    assert 0 <= survival(statistic, df) <= 1
    assert survival(statistic, df) >= survival(statistic + 1, df) - 1e-14


@given(proportion(), st.sampled_from([0.8, 0.95, 0.99]))
def test_wilson_holds_the_rate(pair: tuple[int, int], confidence: float) -> None:
    events, trials = pair
    low, high = wilson(events, trials, confidence)
    assert 0 <= low <= events / trials <= high <= 1
    assert (low == 0) == (events == 0)
    assert (high == 1) == (events == trials)
    mirrored = wilson(trials - events, trials, confidence)
    assert mirrored == pytest.approx((1 - high, 1 - low), abs=1e-12)


@given(proportion(), proportion())
def test_newcombe_holds_the_difference(one: tuple[int, int], other: tuple[int, int]) -> None:
    difference, low, high = newcombe(*one, *other)
    assert -1 - 1e-12 <= low <= difference <= high <= 1 + 1e-12
    assert newcombe(*other, *one) == pytest.approx((-difference, -high, -low), abs=1e-12)


@given(proportion(), proportion())
def test_relative_risk_turns_over(one: tuple[int, int], other: tuple[int, int]) -> None:
    ratio, low, high = relative_risk(*one, *other)
    if low is None or high is None or ratio is None:
        assert 0 in (one[0], other[0]) or (one[0] == one[1] and other[0] == other[1])
    else:
        assert low <= ratio <= high
        assert relative_risk(*other, *one) == pytest.approx((1 / ratio, 1 / high, 1 / low))


@given(st.lists(st.floats(0, 1e9), min_size=1, max_size=40), st.floats(0.001, 1000))
def test_gini(values: list[float], factor: float) -> None:
    figure = gini(values)
    assert 0 <= figure <= (len(values) - 1) / len(values) + 1e-12
    assert gini([value * factor for value in values]) == pytest.approx(figure, abs=1e-9)
    pairs = fsum(abs(x - y) for x in values for y in values)
    total = fsum(values)
    assert figure == pytest.approx(
        pairs / (2 * len(values) * total) if total else 0.0, rel=1e-6, abs=1e-12
    )


@given(st.lists(st.floats(0, 1e12), max_size=50), st.floats(0.01, 1))
def test_reach_is_the_first_that_reaches(figures: list[float], fraction: float) -> None:
    count = reach(figures, fraction)
    whole = fsum(figures)
    assert running(figures) == pytest.approx(
        [fsum(figures[: index + 1]) for index in range(len(figures))], rel=1e-15
    )
    if whole == 0:
        assert count == 0
    else:
        assert fsum(figures[:count]) >= whole * (fraction - 2e-9)
        assert count == 1 or fsum(figures[: count - 1]) < whole * (fraction - 0.5e-9)


@given(CELLS, st.randoms(use_true_random=False), st.sampled_from(["measure", "excess"]))
@example([Cell((BLANK,), 0, 0.0, 1, 0.0), Cell(("Other",), 1, 0.0, 1, 0.0)], Random(1), "excess")
def test_order_of_the_input_is_no_matter(cells: list[Cell], random: object, rank_by: str) -> None:
    if not sum(cell.exposure or 0 for cell in cells):
        rank_by = "measure"
    shuffled = list(cells)
    random.shuffle(shuffled)  # type: ignore[attr-defined]

    def outcome(cells: list[Cell]) -> ParetoResult | str:
        try:
            return pareto(cells, rank_by=rank_by, top=5)
        except UsageError as refused:
            # Names that the lost alone have tell of no excess, in any order.
            assert rank_by == "excess"
            assert of_lost_only(cells) is not None
            return refused.code

    assert outcome(shuffled) == outcome(cells)


@given(CELLS)
def test_splitting_a_category_changes_nothing(cells: list[Cell]) -> None:
    # Halves of floats are exact, so the sums are the same to the last digit.
    halves = []
    for whole in cells:
        first = whole.churned // 2
        own = (whole.exposure or 0) // 2
        own = min(max(own, first), (whole.exposure or 0) - (whole.churned - first))
        half = (whole.value or 0) / 2
        at_risk = (whole.exposure_value or 0) / 2
        one = replace(whole, churned=first, exposure=own, value=half, exposure_value=at_risk)
        halves += [
            one,
            replace(one, churned=whole.churned - first, exposure=(whole.exposure or 0) - own),
        ]
    assert pareto(halves) == pareto(cells)


@given(CELLS, st.sampled_from(["customers", "value"]), st.integers(1, 30))
def test_shares(cells: list[Cell], measure: str, top: int) -> None:
    result = pareto(cells, measure=measure, top=top)
    total = result.total_churned if measure == "customers" else result.total_value
    if total == 0:
        assert all(row.share is None and not row.vital_few for row in result.rows)
        return
    shares = [row.share or 0.0 for row in result.rows]
    cumulative = [row.cumulative_share or 0.0 for row in result.rows]
    assert fsum(shares) == pytest.approx(1)
    assert cumulative == sorted(cumulative)
    assert cumulative[-1] == 1
    assert all(0 <= share <= 1 for share in shares)
    ranked = [row.share or 0.0 for row in result.rows if not row.other]
    assert all(one >= two - 1e-11 for one, two in pairwise(ranked))


@given(CELLS, st.integers(1, 30), st.floats(1, 100), st.integers(0, 400))
def test_folding_keeps_every_customer(
    cells: list[Cell], top: int, other_after: float, min_size: int
) -> None:
    result = pareto(cells, top=top, other_after=other_after, min_size=min_size)
    whole = pareto(cells)
    # Where only the lost have a category, those without any lost are left out; tested elsewhere.
    assume(whole.total_exposure is not None)
    assert fsum(row.churned for row in result.rows) == result.total_churned == whole.total_churned
    assert sum(row.exposure or 0 for row in result.rows) == result.total_exposure
    assert result.concentration == whole.concentration
    others = [row for row in result.rows if row.other]
    assert len(others) <= 1
    if others:
        assert result.rows[-1] is others[0]
        assert others[0].folded >= 2
        assert len(result.rows) - 1 + others[0].folded == len(cells)
        assert result.other_rule.startswith(f"{others[0].folded} categories")
        assert others[0].category not in {cell.category for cell in cells}
    else:
        assert result.rows == whole.rows
    if any(cell.category == (BLANK,) for cell in cells):
        assert any(row.category == (BLANK,) for row in result.rows)


@given(CELLS)
def test_excess_sums_to_nothing(cells: list[Cell]) -> None:
    rows = pareto(cells).rows
    if rows[0].excess is not None:
        assert fsum(row.excess or 0.0 for row in rows) == pytest.approx(0, abs=1e-6)
    if rows[0].excess_value is not None:
        scale = fsum(cell.exposure_value or 0.0 for cell in cells)
        assert fsum(row.excess_value or 0.0 for row in rows) == pytest.approx(0, abs=1e-9 * scale)


@given(CELLS)
def test_the_same_period_twice_has_no_change(cells: list[Cell]) -> None:
    result = compare(
        [("before", cells), ("after", cells)], split="files", by=["segment"], inputs=INPUTS, top=4
    )
    for row in result.rows:
        assert row.change == 0
        assert row.change_share in (0, None)
        assert row.change_rate in (0, None)
    single = pareto(cells, top=4)
    assert [row.category for row in result.rows] == [row.category for row in single.rows]


@given(CELLS, CELLS, st.integers(1, 6))
def test_every_customer_is_in_the_comparison(
    before: list[Cell], after: list[Cell], top: int
) -> None:
    result = compare(
        [("before", before), ("after", after)],
        split="files",
        by=["segment"],
        inputs=INPUTS,
        top=top,
    )
    for index, total in enumerate(result.totals):
        assert fsum(row.cells[index].churned for row in result.rows) == total.churned
        exposures = [row.cells[index].exposure for row in result.rows]
        if total.exposure is None:
            # A column that only the lost have in this period: nobody is known to be at risk.
            assert set(exposures) == {None}
        else:
            assert sum(exposure or 0 for exposure in exposures) == total.exposure
    shown = {row.category for row in result.rows}
    for period in result.results:
        assert {row.category for row in period.rows[:top]} <= shown
