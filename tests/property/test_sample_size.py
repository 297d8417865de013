"""Properties of the sample sizes, whatever the figures."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dmaic.stats.sampling.precision import for_mean, for_share, to_ask

MARGINS = st.floats(0.001, 0.5)
CONFIDENCES = st.floats(0.5, 0.999)
POPULATIONS = st.integers(1, 10**9)


@given(MARGINS, st.floats(0, 1), CONFIDENCES, POPULATIONS)
def test_a_sample_is_never_larger_than_the_population(
    margin: float, share: float, confidence: float, population: int
) -> None:
    size = for_share(margin, share=share, confidence=confidence, population=population)
    assert size is not None
    assert 1 <= size <= population
    whole = for_share(margin, share=share, confidence=confidence)
    assert whole is not None
    assert size <= whole


@given(MARGINS, MARGINS, CONFIDENCES, st.none() | POPULATIONS)
def test_a_narrower_margin_never_asks_for_fewer(
    one: float, other: float, confidence: float, population: int | None
) -> None:
    narrow, wide = sorted((one, other))
    few = for_share(wide, confidence=confidence, population=population)
    many = for_share(narrow, confidence=confidence, population=population)
    assert few is not None
    assert many is not None
    assert few <= many


@given(st.floats(0.01, 100), st.floats(0, 1000), st.floats(0.001, 1000))
def test_the_unit_of_a_measure_does_not_matter(
    margin: float, deviation: float, unit: float
) -> None:
    size = for_mean(margin, deviation=deviation)
    scaled = for_mean(margin * unit, deviation=deviation * unit)
    assert size is not None
    assert scaled is not None
    # Rounding up may tip over by one where a float is a hair above a whole figure.
    assert abs(size - scaled) <= max(1, 1e-9 * size)


@given(st.floats(1e-300, 1e-200), st.none() | POPULATIONS)
def test_a_margin_too_narrow_for_any_sample_asks_for_everybody(
    margin: float, population: int | None
) -> None:
    assert for_mean(margin, deviation=1e200, population=population) == population


@given(st.integers(1, 10**9), st.floats(0.001, 1))
def test_enough_answer_when_so_many_are_asked(answers: int, rate: float) -> None:
    asked = to_ask(answers, rate)
    assert asked * rate >= answers * (1 - 1e-9)
    assert (asked - 1) * rate < answers
