"""What a kappa is called, and how sure the sentence sounds."""

from __future__ import annotations

import pytest

from dmaic.stats.agreement.coefficient import Coefficient
from dmaic.stats.agreement.verdict import judge, landis_koch


@pytest.mark.parametrize(
    ("kappa", "word"),
    [
        # Landis, J. R. and Koch, G. G. (1977), Biometrics 33, page 165.
        (-0.01, "poor"),
        (0.0, "slight"),
        (0.20, "slight"),
        (0.21, "fair"),
        (0.40, "fair"),
        (0.60, "moderate"),
        (0.61, "substantial"),
        (0.80, "substantial"),
        (0.81, "almost perfect"),
        (1.0, "almost perfect"),
    ],
)
def test_words_of_landis_and_koch(kappa: float, word: str) -> None:
    assert landis_koch(kappa) == word


@pytest.mark.parametrize(
    ("value", "low", "high", "grade", "says"),
    [
        (0.9, 0.8, 0.95, "good", "agree well"),
        (0.9, 0.3, 1.0, "undecided", "code more items"),
        (0.2, 0.0, 0.35, "poor", "agree poorly"),
        (0.3, 0.1, 0.5, "poor", "at best"),
        (0.5, 0.1, 0.9, "undecided", "too few to tell"),
        (0.5, 0.3, 0.7, "moderate", "perhaps poorly"),
        (0.6, 0.45, 0.72, "moderate", "with care"),
        (0.7, 0.5, 0.8, "moderate", "may be good"),
        (0.3, -0.1, 0.8, "undecided", "too few to tell"),
    ],
)
def test_the_interval_says_how_sure_it_is(
    value: float, low: float, high: float, grade: str, says: str
) -> None:
    found = judge(Coefficient(value=value, low=low, high=high, items=20), "The 2 raters")
    assert found[0] == grade
    assert says in found[1]


def test_one_code_decides_nothing() -> None:
    assert judge(Coefficient(value=None, items=20), "The 2 raters")[0] == "undecided"
