"""What a definition of churn changes in a ledger: when a loss is, and who counts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from dmaic.analysis.ledger import LedgerQuestion, open_ledger
from dmaic.money.definition import Definition
from dmaic.money.ledger import Ledger

STRIPE = """
id,Customer ID,Status,Start Date (UTC),Canceled At (UTC),Current Period Start (UTC),Current Period End (UTC),Ended At (UTC),Amount,Interval,Currency
s1,a,canceled,2023-01-01,2024-01-20,2024-01-10,2024-02-10,2024-03-10,100,month,usd
s2,b,active,2023-01-01,2024-02-20,2024-02-10,2024-03-10,,50,month,usd
s3,c,past_due,2023-01-01,,2024-02-15,2024-03-15,,30,month,usd
s4,d,trialing,2024-02-01,,2024-02-01,2024-03-01,,20,month,usd
s5,e,active,2023-01-01,,2024-02-10,2024-03-10,,0,month,usd
s6,f,active,2023-03-05,,2024-02-10,2024-03-10,,1200,year,usd
s7,y,canceled,2023-01-01,2024-01-31,2024-01-31,2024-01-31,2024-01-31,1,month,usd
s8,z,canceled,2023-01-01,2024-03-31,2024-03-31,2024-03-31,2024-03-31,1,month,usd
""".strip()  # fmt: skip  # noqa: E501


@pytest.fixture
def stripe(tmp_path: Path) -> Path:
    path = tmp_path / "subscriptions.csv"
    path.write_text(STRIPE)
    return path


def read(path: Path, **said: Any) -> Ledger:
    definition = Definition(**{"name": "own", "trials": "counted", **said})
    return open_ledger(path, LedgerQuestion(definition=definition, since="2024-01"))


def churned(ledger: Ledger) -> list[int]:
    return [flow.churned for flow in ledger.whole()]


def started(ledger: Ledger) -> list[int]:
    return [flow.customers_start for flow in ledger.whole()]


def codes(ledger: Ledger) -> set[str]:
    return {finding.code for finding in ledger.findings}


def test_a_loss_is_on_the_day_of_the_request_of_the_end_or_of_the_last_expiry(
    stripe: Path,
) -> None:
    # y and z left in January and March by every date; a asked in January, had paid until February
    # and ended in March; b asked in February and is still there.
    assert churned(read(stripe, moment="request")) == [2, 1, 1]
    assert churned(read(stripe, moment="period-end")) == [1, 1, 1]
    assert churned(read(stripe, moment="last-expiry")) == [1, 0, 2]
    for moment in ("request", "period-end", "last-expiry"):
        assert "moment-not-told" not in codes(read(stripe, moment=moment))


def test_who_owes_a_payment_is_there_or_lost_or_left_out(stripe: Path) -> None:
    assert churned(read(stripe, past_due="active")) == [1, 0, 2]
    # c has not paid for the period that began in February.
    assert churned(read(stripe, past_due="churned")) == [1, 1, 2]
    assert started(read(stripe, past_due="active"))[0] == 7
    left_out = read(stripe, past_due="left-out")
    assert started(left_out)[0] == 6
    assert "without who owes a payment" in left_out.inputs.filters


def test_an_unpaid_status_without_an_end_is_still_there_where_who_owes_is_active(
    tmp_path: Path,
) -> None:
    path = tmp_path / "subscriptions.csv"
    path.write_text(STRIPE.replace("c,past_due", "c,unpaid"))
    assert started(read(path, past_due="active"))[0] == 7


def test_trials_are_left_out_or_counted(stripe: Path) -> None:
    assert [flow.new for flow in read(stripe).whole()] == [0, 1, 0]
    assert [flow.new for flow in read(stripe, trials="left-out").whole()] == [0, 0, 0]


def test_who_pays_nothing_is_left_out_or_counted(stripe: Path) -> None:
    counted, left_out = read(stripe), read(stripe, free="left-out")
    assert started(counted)[0] - started(left_out)[0] == 1
    assert counted.whole()[0].mrr_start == left_out.whole()[0].mrr_start


def test_who_pays_by_the_year_is_at_risk_when_it_is_due(stripe: Path) -> None:
    spread, due = read(stripe), read(stripe, annual="due")
    # f signed up in March and pays 100 a month.
    assert [a - b for a, b in zip(started(spread), started(due), strict=True)] == [1, 1, 0]
    paid = [(a.mrr_start or 0) - (b.mrr_start or 0)
            for a, b in zip(spread.whole(), due.whole(), strict=True)]  # fmt: skip
    assert paid == [100.0, 100.0, 0.0]


def test_who_pays_by_the_year_and_leaves_was_at_risk(tmp_path: Path) -> None:
    path = tmp_path / "customers.csv"
    path.write_text(
        "customer_id,signup_date,churn_date,interval,amount\n"
        "a,2023-06-01,2024-01-15,year,120\nb,2023-01-01,2024-01-30,month,5\n"
        "c,2023-03-01,,annual,240\nd,2023-06-01,2024-03-30,month,5\n"
    )
    definition = Definition(name="own", annual="due")
    flows = open_ledger(path, LedgerQuestion(definition=definition)).whole()
    assert [flow.customers_start for flow in flows] == [3, 1, 2]
    assert (flows[0].churned, flows[0].mrr_start, flows[0].mrr_churned) == (2, 20.0, 15.0)


def test_what_the_definition_asks_and_the_export_lacks_is_told(tmp_path: Path) -> None:
    path = tmp_path / "customers.csv"
    path.write_text("customer_id,signup_date,churn_date,mrr\na,2023-01-01,2024-01-30,5\n")

    def told(**said: Any) -> set[str]:
        definition = Definition(**{"name": "own", **said})
        return codes(open_ledger(path, LedgerQuestion(definition=definition)))

    assert told() == {"everyone-churned"}
    assert "moment-not-told" in told(moment="request")
    assert "moment-not-told" in told(moment="period-end")
    assert "interval-not-told" in told(annual="due")
    assert "status-not-told" in told(past_due="churned")


def test_columns_that_are_named_go_before_those_that_are_found(tmp_path: Path) -> None:
    path = tmp_path / "customers.csv"
    path.write_text(
        "customer_id,signup_date,churn_date,told us,state of it\n"
        "a,2023-01-01,2024-03-30,2024-01-02,ok\nb,2023-01-01,2024-03-30,,overdue\n"
        "c,2023-01-01,2024-01-02,2024-01-02,ok\n"
    )
    definition = Definition(name="own", moment="request", past_due="left-out")
    question = LedgerQuestion(
        definition=definition, requested_at="told us", status="state of it", until="2024-03"
    )
    ledger = open_ledger(path, question)
    assert [flow.churned for flow in ledger.whole()] == [2, 0, 0]
    assert ledger.inputs.roles["churned_at"] == "told us"


def test_the_end_of_a_contract_is_no_churn_date(tmp_path: Path) -> None:
    path = tmp_path / "customers.csv"
    path.write_text(
        "customer_id,signup_date,churn_date,end_date\n"
        "a,2023-01-01,2024-01-30,2026-12-31\nb,2023-01-01,,2026-12-31\n"
    )
    assert [span.name for span in open_ledger(path, LedgerQuestion()).spans] == ["2024-01"]
    path.write_text(path.read_text().replace("churn_date", "cancelled_at"))
    assert [span.name for span in open_ledger(path, LedgerQuestion()).spans] == ["2024-01"]
    # What is called an end by its header goes before a request, unless a person says otherwise.
    path.write_text(path.read_text().replace("end_date", "ended_at").replace("2026", "2024"))
    assert [span.name for span in open_ledger(path, LedgerQuestion()).spans] == ["2024-12"]
    named = open_ledger(path, LedgerQuestion(), churned_at="cancelled_at")
    assert [span.name for span in named.spans] == ["2024-01"]
