"""The ledger of the sample export is the summary that lies beside it, month by month.

`monthly_summary.csv` is added up by sample_data/generate.py with the csv module alone; its totals
are derived in test_sample_data.py from the export itself.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from dmaic.analysis.ledger import LedgerQuestion, open_ledger

SAMPLE = Path(__file__).parents[2] / "sample_data"


@pytest.mark.parametrize(
    ("folder", "churned", "at_risk"), [("", 4270, 194177), ("after", 2647, 194091)]
)
@pytest.mark.parametrize("by", [(), ("segment",)])
def test_the_ledger_of_the_sample_is_its_summary(
    folder: str, churned: int, at_risk: int, by: tuple[str, ...]
) -> None:
    ledger = open_ledger(SAMPLE / folder / "churn_export.csv", LedgerQuestion(by=by))
    with (SAMPLE / folder / "monthly_summary.csv").open(encoding="utf-8") as file:
        months = list(csv.DictReader(file))
    assert [span.name for span in ledger.spans] == [month["month"] for month in months]
    for flow, month in zip(ledger.whole(), months, strict=True):
        assert (flow.customers_start, flow.new, flow.churned, flow.passing) == (
            int(month["customers_start"]),
            int(month["new_customers"]),
            int(month["churned_customers"]),
            0,
        )
        assert f"{flow.mrr_start:.2f}" == month["mrr_start"]
        assert f"{flow.mrr_churned:.2f}" == month["mrr_lost"]
    overall = ledger.overall()
    assert (overall.churned, overall.customers_start) == (churned, at_risk)


@pytest.mark.parametrize("folder", ["", "after"])
def test_the_summary_itself_gives_the_same_ledger(folder: str) -> None:
    export = open_ledger(SAMPLE / folder / "churn_export.csv", LedgerQuestion())
    summary = open_ledger(SAMPLE / folder / "monthly_summary.csv", LedgerQuestion())
    assert summary.spans == export.spans
    names = ("customers_start", "new", "churned", "mrr_start", "mrr_churned")
    for one, other in zip(summary.whole(), export.whole(), strict=True):
        assert [getattr(one, name) for name in names] == [getattr(other, name) for name in names]
