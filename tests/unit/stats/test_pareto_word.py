from __future__ import annotations

import pytest

from dmaic.result import Inputs
from dmaic.stats.pareto_word import change_words, facts, vital_words
from dmaic.stats.rank import Cell, compare, rank

CELLS = [Cell((name,), lost) for name, lost in zip("abcdef", (30, 25, 24, 8, 7, 6), strict=True)]


@pytest.mark.parametrize(
    ("filters", "said"),
    [
        (("plan = 'Pro'",), "Only where plan = 'Pro'"),
        (("where plan = 'Pro'",), "Only where plan = 'Pro'"),
        (("since 2024-03-01", "until 2024-05-31"), "Only since 2024-03-01, until 2024-05-31"),
        (("where mrr > 20", "since 2024-03-01"), "Only where mrr > 20, since 2024-03-01"),
    ],
)
def test_filters_read_as_a_sentence(filters: tuple[str, ...], said: str) -> None:
    result = rank(CELLS, by=["segment"], inputs=Inputs(source="t", filters=filters))
    assert facts(result)[-1] == said


def test_those_of_the_few_that_are_folded_are_counted() -> None:
    # 30, 25 and 24 of 100 do not reach 80; with 8 they do. Folded, a and b alone make 55.
    shown = rank(CELLS, by=["segment"], inputs=Inputs(source="t"))
    assert vital_words(shown) == "together reach 80 %"
    folded = rank(CELLS, by=["segment"], inputs=Inputs(source="t"), top=2)
    assert vital_words(folded) == "together reach 80 %, with 2 more in Other"


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        # 200 of 1,000 and 121 of 1,000: a fall by 79 / 200.
        (200, 121, "from 200 to 121 (-39.5 %); churn rate from 20.0 % to 12.1 % (-39.5 %)"),
        (0, 5, "from 0 to 5; churn rate from 0.0 % to 0.5 %"),
        (200, 200, "from 200 to 200 (0.0 %); churn rate from 20.0 % to 20.0 % (0.0 %)"),
    ],
)
def test_changes_are_said_with_one_decimal(before: int, after: int, said: str) -> None:
    periods = [("p", [Cell(("a",), before, exposure=1000), Cell(("b",), 0, exposure=0)])]
    periods.append(("q", [Cell(("a",), after, exposure=1000), Cell(("b",), 0, exposure=0)]))
    result = compare(periods, split="month", by=["segment"], inputs=Inputs(source="t"))
    assert change_words(result) == said


def test_rates_that_differ_little_are_told_apart() -> None:
    # 41 and 44 of 10,000 are both 0.4 % with one decimal.
    periods = [(str(n), [Cell(("a",), n, exposure=10_000)]) for n in (41, 44)]
    result = compare(periods, split="month", by=["segment"], inputs=Inputs(source="t"))
    assert "churn rate from 0.41 % to 0.44 % (+7.3 %)" in change_words(result)
