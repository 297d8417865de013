"""What holds of every measured benefit, whatever the figures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from math import isfinite

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from dmaic.analysis.treated import find_sides
from dmaic.money.benefit_measure import BenefitMeasureResult
from dmaic.money.ledger import Ledger
from dmaic.money.measure import measure
from dmaic.money.measure_finding import finding_of, window_findings
from dmaic.money.mix import decompose
from dmaic.result import Inputs

Make = Callable[..., Ledger]
Cells = dict[str, list[tuple[int, int]]]


def cells(least: int = 0) -> st.SearchStrategy[tuple[int, int]]:
    sizes = st.integers(max(least, 0), 5000)
    return sizes.flatmap(lambda n: st.tuples(st.just(n), st.integers(min(least, n), n)))


@st.composite
def pairs(draw: st.DrawFn, least: int = 0) -> tuple[Cells, Cells]:
    """Two exports of the segments fix, a and b over a few months."""
    sides = []
    for _ in range(2):
        months = draw(st.integers(1, 6))
        sides.append(
            {name: draw(st.lists(cells(least), min_size=months, max_size=months))
             for name in ("fix", "a", "b")}
        )  # fmt: skip
    return sides[0], sides[1]


def measured(before: Ledger, after: Ledger, scale: str = "ratio") -> BenefitMeasureResult:
    sides = find_sides(before, after, None, ["fix"], (), with_blank=False)
    result = measure(sides, scale, inputs=Inputs(source="made"))  # type: ignore[arg-type]
    # They are told of any figures whatever.
    assert all(each.message for each in (*window_findings(sides), *finding_of(result, sides)))
    return result


def there(made: tuple[Cells, Cells]) -> bool:
    return all(sum(n for n, _ in side[name]) for side in made for name in side)


SHARED = settings(suppress_health_check=[HealthCheck.too_slow], max_examples=60)


@SHARED
@given(made=pairs(), scale=st.sampled_from(["ratio", "additive"]))
def test_every_figure_is_finite_or_none_and_every_face_is_made(
    ledger: Make, made: tuple[Cells, Cells], scale: str
) -> None:
    assume(there(made))
    result = measured(ledger("2024-01", made[0]), ledger("2025-01", made[1]), scale)
    text = result.model_dump_json()
    assert BenefitMeasureResult.model_validate_json(text) == result
    assert result.blocks()
    header, rows = result.records()
    assert all(len(row) == len(header) for row in rows)
    assert result.customers is not None
    for estimate in (result.customers.claimed, result.customers.reduction, result.market):
        bounds = (estimate.low, estimate.value, estimate.high)
        assert all(each is None or isfinite(each) for each in bounds)
        if estimate.low is not None and estimate.high is not None:
            assert estimate.value is not None
            assert estimate.low <= estimate.value <= estimate.high


@SHARED
@given(made=pairs())
def test_raw_is_the_market_and_the_claim(ledger: Make, made: tuple[Cells, Cells]) -> None:
    assume(there(made))
    result = measured(ledger("2024-01", made[0]), ledger("2025-01", made[1]))
    assert result.customers is not None
    effect = result.customers
    if effect.market is not None and effect.claimed.value is not None:
        assert effect.raw.value == pytest.approx(effect.market + effect.claimed.value, abs=1e-6)


@SHARED
@given(made=pairs(least=1))
def test_swapping_before_and_after_turns_the_effect_around_on_the_log_scale(
    ledger: Make, made: tuple[Cells, Cells]
) -> None:
    one, other = ledger("2024-01", made[0]), ledger("2025-01", made[1])
    there_, back = measured(one, other).customers, measured(other, one).customers
    assert there_ is not None
    assert back is not None
    assert there_.reduction.value is not None
    assert back.reduction.value is not None
    assert (1 - there_.reduction.value) * (1 - back.reduction.value) == pytest.approx(1)
    assert there_.reduction.low is not None
    assert back.reduction.high is not None
    assert (1 - there_.reduction.low) * (1 - back.reduction.high) == pytest.approx(1)


@SHARED
@given(made=pairs(), order=st.permutations(["fix", "a", "b"]))
def test_the_order_of_rows_and_the_currency_change_nothing(
    ledger: Make, made: tuple[Cells, Cells], order: list[str]
) -> None:
    assume(there(made))
    before, after = ledger("2024-01", made[0]), ledger("2025-01", made[1])
    turned = ledger("2024-01", {name: made[0][name] for name in order}, currency="EUR")
    plain = measured(before, after)
    other = measured(turned, replace(after, currency="EUR"))
    assert plain.customers is not None
    assert other.customers is not None
    assert plain.mrr is not None
    assert other.mrr is not None
    assert other.currency == "EUR"
    for one, two in ((plain.customers, other.customers), (plain.mrr, other.mrr)):
        assert two.claimed.value == pytest.approx(one.claimed.value)
        assert two.claimed.low == pytest.approx(one.claimed.low)


@SHARED
@given(made=pairs(), factor=st.floats(0.01, 100))
def test_money_scales_with_what_customers_pay(
    ledger: Make, made: tuple[Cells, Cells], factor: float
) -> None:
    assume(there(made))
    plain, dear = (
        measured(
            ledger("2024-01", made[0], arpa=100 * each), ledger("2025-01", made[1], arpa=100 * each)
        )
        for each in (1, factor)
    )
    assert plain.cash is not None
    assert dear.cash is not None
    assert plain.mrr is not None
    assert plain.customers is not None
    if plain.cash.value is not None:
        assert dear.cash.value == pytest.approx(factor * plain.cash.value, rel=1e-6, abs=1e-6)
    if plain.customers.claimed.value is not None:
        # Everybody pays 100, so money is customers times 100.
        assert plain.mrr.claimed.value == pytest.approx(
            100 * plain.customers.claimed.value, rel=1e-6, abs=1e-4
        )


figures = st.tuples(cells(), cells())


@given(segments=st.dictionaries(st.text(min_size=1, max_size=5), figures, min_size=1, max_size=6))
def test_rate_and_mix_add_up_to_the_change_of_the_whole(
    segments: dict[str, tuple[tuple[int, int], tuple[int, int]]],
) -> None:
    sums = [[sum(each[side][at] for each in segments.values()) for at in (0, 1)] for side in (0, 1)]
    parts = decompose(segments)
    if not (sums[0][0] and sums[1][0]):
        assert parts == {}
        return
    change = sums[1][1] / sums[1][0] - sums[0][1] / sums[0][0]
    total = sum(each.rate + each.mix for each in parts.values())
    assert total == pytest.approx(change, abs=1e-9)
    turned = decompose({name: (after, before) for name, (before, after) in segments.items()})
    for name, part in parts.items():
        assert turned[name].rate == pytest.approx(-part.rate, abs=1e-12)
        assert turned[name].mix == pytest.approx(-part.mix, abs=1e-12)
