"""The short sentence that an analysis is titled with."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dmaic.analysis.pareto import pareto
from dmaic.analysis.treated import find_sides
from dmaic.money.ledger import Ledger
from dmaic.money.measure import measure
from dmaic.reports.headline import LONGEST, agreeing, headline, shortened
from dmaic.result import Inputs


@pytest.mark.parametrize(
    ("sentence", "short"),
    [
        (
            "Churn is stable at 2.20 % a month. It was so before.",
            "Churn is stable at 2.20 % a month",
        ),
        ("Half leave by day 663.", "Half leave by day 663"),
        (
            'Churn is highest in "Shops (small)" (39.85 %, of 4,966), which is far above what '
            "the others have on the average (15.24 %), and it was so in every month of the year.",
            'Churn is highest in "Shops (small)", which is far above what the others have on the '
            "average, and it was so in every month of the year",
        ),
        (
            "Churned customers is stable at 1.36 % a month since the change was made in all of "
            "the shops and offices: no special cause in 24 months; none before.",
            "Churned customers is stable at 1.36 % a month since the change was made in all of "
            "the shops and offices",
        ),
        ("", ""),
    ],
)
def test_a_sentence_is_cut_only_where_it_still_makes_sense(sentence: str, short: str) -> None:
    assert shortened(sentence) == short


def test_names_in_a_headline_are_shown_not_obeyed() -> None:
    counts = {"a\nb\x1b[31m": 90, "c": 5, "d": 5}
    rows = [{"segment": name, "count": number} for name, number in counts.items()]
    import pandas

    told = headline(pareto(pandas.DataFrame(rows), category="segment", count="count"))
    assert told.isprintable()
    assert "90.0 % of the churn" in told


def test_an_uneven_spread_without_vital_few_is_said_to_be_one() -> None:
    import pandas

    rows = [{"segment": f"s{n}", "count": 20 - n} for n in range(10)]
    told = headline(pareto(pandas.DataFrame(rows), category="segment", count="count"))
    assert "it takes 8 of 10 to make 80 %" in told
    assert len(told) <= LONGEST


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("Churned customers is stable at 1.36 %.", "Churned customers are stable at 1.36 %."),
        ("First response hours keeps well within its limits: Cpk 1.57.",
         "First response hours keep well within their limits: Cpk 1.57."),
        ("Churn is stable at 2.20 %.", "Churn is stable at 2.20 %."),
        ("Status is stable at 3.", "Status is stable at 3."),
        ("Loss is stable at 3.", "Loss is stable at 3."),
    ],
)  # fmt: skip
def test_the_verb_agrees_with_the_name_of_a_column(sentence: str, told: str) -> None:
    assert agreeing(sentence) == told


@pytest.mark.parametrize(
    ("treated", "lost", "told"),
    [
        (["fix"], 10, 'The fix cut churn in "fix" by 80.0 %, saving 480 customers and $576.0K a '
                      "year as run-rate"),
        (["fix", "x"], 10, "The fix cut churn where it reached by 80.0 %, saving 960 customers "
                           "and $1.2M a year as run-rate"),
        (["fix"], 49, "No effect is shown: 12 customers saved, but anything from"),
        (["fix"], 90, "Worse than without the fix: 480 more customers were lost"),
    ],
)  # fmt: skip
def test_a_fix_is_only_said_to_save_what_is_shown(
    ledger: Callable[..., Ledger], treated: list[str], lost: int, told: str
) -> None:
    def year(first: str, lost: int) -> Ledger:
        segments = {name: [(1000, lost)] * 12 for name in treated}
        return ledger(first, segments | {"others": [(5000, 100)] * 12}, arpa=100.0)

    sides = find_sides(year("2024-01", 50), year("2025-01", lost), None, treated, ())
    assert headline(measure(sides, "ratio", inputs=Inputs(source="made"))).startswith(told)
