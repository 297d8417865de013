"""Sample sizes against published tables and worked examples."""

from __future__ import annotations

import pytest

from dmaic.documents.measure.data_collection import DataCollectionPlan
from dmaic.stats.proportion import z_score
from dmaic.stats.sampling.precision import for_mean, for_share, to_ask


def test_share_of_an_endless_population() -> None:
    # z² / (4 E²) with z = 1.959964: 384.146, the figure of every textbook, rounded up.
    assert for_share(0.05) == 385
    # z = 1.644854: 270.554; z = 2.575829: 663.490.
    assert for_share(0.05, confidence=0.90) == 271
    assert for_share(0.05, confidence=0.99) == 664
    # p = 0.2: 3.841459 × 0.16 / 0.0009 = 682.926.
    assert for_share(0.03, share=0.2) == 683


@pytest.mark.parametrize(
    ("population", "sample"),
    [(100, 80), (1000, 278), (4000, 351), (10_000, 370), (20_000, 377)],
)
def test_share_of_a_finite_population(population: int, sample: int) -> None:
    # Krejcie, R. V. and Morgan, D. W. (1970), Educational and Psychological Measurement 30,
    # 607-610, table 1: chi² 3.841, p 0.5, margin 0.05.
    assert for_share(0.05, population=population) == sample


def test_cochrans_island() -> None:
    # Cochran (1977), Sampling Techniques, section 4.1: blood group on an island of 3,200 people,
    # margin 5 %, p 0.5, and t = 2, which is 95.45 %: n0 = 400, n = 400 / (1 + 399 / 3200) = 356.
    assert for_share(0.05, confidence=0.954499736103642, population=3200) == 356


def test_mean() -> None:
    # (1.959964 × 15 / 3)² = 96.036.
    assert for_mean(3, deviation=15) == 97
    # (1.959964 × 25 / 3)² = 266.767; / (1 + 266.767 / 3297) = 246.797.
    assert for_mean(3, deviation=25, population=3297) == 247


def test_quantile() -> None:
    # Tables of the normal distribution.
    assert z_score(0.95) == pytest.approx(1.959964, abs=1e-6)


def test_contacts_are_answers_over_the_response_rate() -> None:
    # 351 / 0.30 = 1170 exactly: no customer more for the sake of a float.
    assert to_ask(351, 0.30) == 1170
    assert to_ask(353, 0.30) == 1177


def test_worked_case() -> None:
    # 4,270 churned customers (sample_data): 384.146 / (1 + 383.146 / 4270) = 352.516 → 353 answers,
    # and 353 / 0.3 = 1,176.67 → 1,177 to ask.
    plan = DataCollectionPlan.example()
    calls = plan.measures[1]
    assert (calls.sample, calls.contacts) == (353, 1177)
    assert plan.measures[0].sample is None
