from __future__ import annotations

import pytest

from dmaic.result import Inputs
from dmaic.stats.pareto_word import facts, vital_words
from dmaic.stats.rank import Cell, rank

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
