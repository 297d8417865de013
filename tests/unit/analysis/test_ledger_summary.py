"""Finished monthly summaries: recognised, read into a ledger, refused where they cannot be."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from dmaic.analysis.ledger import LedgerQuestion, open_ledger
from dmaic.churn.column import Column
from dmaic.churn.summary import summary_columns
from dmaic.errors import DataError, DmaicError, UsageError
from dmaic.money.definition import Definition
from dmaic.money.flow import Flow
from dmaic.money.ledger import Ledger

SUMMARY = """Month,Start customers,New,Churned,Reactivated,Start MRR,Churn MRR,Contraction,Expansion
Jan 2024,100,5,3,0,"1,000.00","30.00",5,7
Feb 2024,102,4,2,1,"1,020.00","20.00",0,1
Mar 2024,105,0,5,0,"1,050.00","50.00",2,2
"""


def read(folder: Path, text: str, **asked: Any) -> Ledger:
    path = folder / "summary.csv"
    path.write_text(text)
    return open_ledger(path, LedgerQuestion(**asked))


def test_a_summary_is_read_as_it_stands(tmp_path: Path) -> None:
    ledger = read(tmp_path, SUMMARY)
    assert [span.name for span in ledger.spans] == ["2024-01", "2024-02", "2024-03"]
    assert ledger.whole()[1] == Flow(
        102, 4, 2, 1, mrr_start=1020.0, mrr_churned=20.0, mrr_contraction=0.0, mrr_expansion=1.0
    )
    assert ledger.findings == ()
    assert ledger.inputs.roles["mrr_churned"] == "Churn MRR"
    assert [span.name for span in read(tmp_path, SUMMARY, since="2024-02").spans] == [
        "2024-02", "2024-03",
    ]  # fmt: skip


def test_losses_with_a_minus_are_losses(tmp_path: Path) -> None:
    minus = SUMMARY.replace('"30.00"', "-30").replace('"20.00"', "-20").replace('"50.00"', "-50")
    assert read(tmp_path, minus).overall().mrr_churned == 100.0


def test_a_summary_may_have_a_row_a_month_and_segment(tmp_path: Path) -> None:
    text = "month,segment,customers_start,churned\n2024-01,A,10,1\n2024-01,B,20,2\n2024-02,B,18,0\n"
    ledger = read(tmp_path, text, by=("segment",))
    assert ledger.flows[("B",)] == (Flow(20, churned=2), Flow(18))
    assert ledger.flows[("A",)] == (Flow(10, churned=1), Flow(0))
    with pytest.raises(DataError) as error:
        read(tmp_path, text)
    assert "--by" in error.value.hint


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("Feb 2024", "Apr 2024", "2024-02 is missing"),
        ("Feb 2024", "Jan 2024", "2024-01 stands on several rows"),
        ("102,4,2", "102.5,4,2", "102.5 is no number of customers"),
        ("102,4,2", "102,-4,2", "-4 is no number of customers"),
        ("102,4,2", "102,4,200", "200 customers churned, and 102 were there"),
        ("102,4,2", "102,4,", "The figure is missing"),
        ('"20.00"', '"2,000.00"', "MRR of 2,000.00 churned"),
        ('"20.00"', "-20", "-20 is below zero"),
        ("Feb 2024", "", "A row has no month"),
    ],
)
def test_what_cannot_be_is_refused_with_its_place(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    with pytest.raises(DataError) as error:
        read(tmp_path, SUMMARY.replace(old, new))
    assert {problem.code for problem in error.value.problems} == {"ledger.summary"}
    assert any(message in problem.message for problem in error.value.problems)
    assert all("summary.csv" in problem.where for problem in error.value.problems)


def test_all_that_is_wrong_is_told_together(tmp_path: Path) -> None:
    with pytest.raises(DataError) as error:
        read(tmp_path, SUMMARY.replace("102,4,2", "102.5,-4,2").replace("Mar", "May"))
    assert len(error.value.problems) == 3


def test_a_summary_that_does_not_add_up_is_told(tmp_path: Path) -> None:
    ledger = read(tmp_path, SUMMARY.replace("Mar 2024,105", "Mar 2024,104"))
    assert [finding.code for finding in ledger.findings] == ["summary-does-not-add-up"]


def test_a_definition_cannot_count_a_summary_again(tmp_path: Path) -> None:
    ledger = read(tmp_path, SUMMARY, definition=Definition(name="own"))
    assert [finding.code for finding in ledger.findings] == ["summary-as-counted"]


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"period": "quarter"}, "ledger.summary-period"),
        ({"since": "2023-01"}, "ledger.outside"),
        ({"until": "2024-01-15"}, "ledger.part-of-period"),
        ({"since": "2024-03", "until": "2024-01"}, "usage.window"),
        ({"by": ("segment",)}, "usage.unknown-column"),
    ],
)
def test_what_does_not_fit_a_summary_is_refused(
    tmp_path: Path, asked: dict[str, Any], code: str
) -> None:
    with pytest.raises(UsageError) as error:
        read(tmp_path, SUMMARY, **asked)
    assert error.value.code == code


def test_a_filter_that_leaves_nothing_is_said(tmp_path: Path) -> None:
    with pytest.raises(DmaicError) as error:
        read(tmp_path, SUMMARY, where="New > 1000")
    assert error.value.code == "ledger.summary"


def test_two_currencies_block(tmp_path: Path) -> None:
    text = (
        "month,segment,customers_start,churned,mrr_start,mrr_lost,currency\n"
        "2024-01,A,10,1,10,1,USD\n2024-01,B,20,2,10,1,EUR\n"
    )
    with pytest.raises(DataError) as error:
        read(tmp_path, text, by=("segment",))
    assert error.value.code == "finding.mixed-currencies"
    assert not read(tmp_path, text, by=("segment",), accept=("mixed-currencies",)).has_money


def test_an_export_of_customers_is_no_summary() -> None:
    names = ["customer_id", "signup_date", "churned", "churn_date", "mrr", "month"]
    assert summary_columns([Column(name) for name in names]) == {}


def test_a_figure_beyond_all_reason_is_refused(tmp_path: Path) -> None:
    text = "month,customers_start,churned,mrr_start,mrr_lost\n2024-01,1e300,1,10,1\n"
    with pytest.raises(DmaicError, match="more than there can be") as error:
        read(tmp_path, text)
    assert error.value.code == "ledger.summary"
