"""The ledger: what a row may be, and what is counted when."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dmaic.analysis.ledger import LedgerQuestion, open_ledger
from dmaic.churn.check import BlockedError
from dmaic.errors import DataError, UsageError
from dmaic.money.flow import Flow
from dmaic.money.ledger import Ledger

Read = Callable[..., Ledger]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def opened(text: str, said: dict[str, Any] | None = None, **asked: Any) -> Ledger:
        path = tmp_path / "export.csv"
        path.write_text("\n".join(line.strip() for line in text.strip().splitlines()) + "\n")
        return open_ledger(path, LedgerQuestion(**asked), **(said or {}))

    return opened


def codes(ledger: Ledger) -> set[str]:
    return {finding.code for finding in ledger.findings}


def month(ledger: Ledger, name: str, *category: str) -> Flow:
    at = [span.name for span in ledger.spans].index(name)
    return ledger.flows[category][at] if category else ledger.whole()[at]


CUSTOMERS = """
    customer_id,signup_date,churn_date,segment,mrr
    a,2023-01-10,,A,100
    b,2023-05-01,2024-02-01,A,50
    c,2024-02-01,,B,20
    d,2024-02-10,2024-02-20,B,30
    e,2024-01-31,2024-03-31,B,40
    f,,2024-01-05,B,10
    g,2023-01-01,2023-12-31,B,10
"""


def test_one_row_a_customer_is_counted_by_the_days_of_its_dates(read: Read) -> None:
    ledger = read(CUSTOMERS, since="2024-01")
    # f has no sign-up date and was there from the start; e signed up on the last day of January.
    assert month(ledger, "2024-01") == Flow(
        3, 1, 1, 0, 0, 160.0, 40.0, 10.0, 0.0, 0.0, None, None, 100.0
    )
    # b left on the first day of February and was there when it began; c came on it and was not;
    # d came and went in it and is in neither.
    assert month(ledger, "2024-02") == Flow(
        3, 1, 1, 0, 1, 190.0, 20.0, 50.0, 0.0, 30.0, None, None, 2500.0
    )
    assert month(ledger, "2024-03").churned == 1
    assert {"signup-missing"} == codes(ledger)
    assert ledger.inputs.roles["signup"] == "signup_date"


def test_the_ledger_begins_with_the_first_churn_date_and_ends_with_the_last_whole_month(
    read: Read,
) -> None:
    assert [span.name for span in read(CUSTOMERS).spans] == [
        "2023-12", "2024-01", "2024-02", "2024-03",
    ]  # fmt: skip
    early = CUSTOMERS.replace("2024-03-31", "2024-03-12")
    ledger = read(early)
    assert ledger.spans[-1].name == "2024-02"
    assert "partial-last-period" in codes(ledger)
    assert read(early, until="2024-03").spans[-1].name == "2024-03"
    # A sign-up at the end of the month shows that the export reaches so far.
    assert read(early.replace("c,2024-02-01", "c,2024-03-30")).spans[-1].name == "2024-03"


def test_a_quarter_is_its_beginning_against_its_end_and_no_sum_of_months(read: Read) -> None:
    ledger = read(CUSTOMERS, period="quarter")
    assert [span.name for span in ledger.spans] == ["2024-Q1"]
    assert "partial-first-period" in codes(ledger)
    flow = ledger.whole()[0]
    # e came in January and left in March: within the quarter it came and went.
    assert (flow.customers_start, flow.new, flow.churned, flow.passing) == (3, 1, 2, 2)
    assert ledger.months == 3
    assert [span.name for span in read(CUSTOMERS, period="quarter", since="2023-Q4").spans] == [
        "2023-Q4", "2024-Q1",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"since": "2024-01-15"}, "ledger.part-of-period"),
        ({"until": "2024-01-15"}, "ledger.part-of-period"),
        ({"since": "2024-02", "period": "quarter"}, "ledger.part-of-period"),
        ({"until": "2025-06"}, "ledger.outside"),
        ({"since": "2019-01"}, "ledger.outside"),
        ({"since": "2024-03", "until": "2024-01"}, "usage.window"),
        ({"since": "soon"}, "usage.date"),
        ({"by": ("segmet",)}, "usage.unknown-column"),
        ({"month": "moth"}, "usage.unknown-column"),
        ({"where": ""}, "usage.empty"),
    ],
)
def test_what_does_not_fit_is_refused(read: Read, asked: dict[str, Any], code: str) -> None:
    with pytest.raises(UsageError) as error:
        read(CUSTOMERS, **asked)
    assert error.value.code == code


def test_a_year_that_is_not_whole_is_no_year(read: Read) -> None:
    with pytest.raises(DataError) as error:
        read(CUSTOMERS.replace("g,2023-01-01,2023-12-31,B,10", ""), period="year")
    assert error.value.code == "ledger.no-whole-period"


def test_without_dates_the_error_says_what_to_name_and_what_needs_none(read: Read) -> None:
    with pytest.raises(DataError) as error:
        read("customer_id,churned,mrr\na,Yes,10\nb,No,20")
    assert error.value.code == "ledger.no-dates"
    assert "--churned-at" in error.value.hint
    assert "dmaic pareto" in error.value.hint


def test_without_sign_up_dates_all_are_there_from_the_start(read: Read) -> None:
    ledger = read("customer_id,churn_date\na,2024-01-30\nb,2024-02-28\nc,")
    assert [flow.customers_start for flow in ledger.whole()] == [3, 2]
    assert "signup-not-told" in codes(ledger)
    assert not ledger.has_money
    assert ledger.whole()[0].mrr_start is None


def test_who_left_before_they_came_was_there_and_is_told(read: Read) -> None:
    ledger = read(
        "customer_id,signup_date,churn_date\na,2024-01-30,2024-01-02\nb,2023-01-01,2024-01-30"
    )
    assert (ledger.whole()[0].customers_start, ledger.whole()[0].churned) == (2, 2)
    assert "end-before-start" in codes(ledger)


SUBSCRIPTIONS = """
    customer_id,subscription_id,start_date,churn_date,plan,mrr
    a,s1,2023-01-05,2024-02-10,Pro,100
    a,s2,2024-02-10,,Starter,70
    b,s3,2023-02-01,2024-01-31,Pro,50
    b,s4,2024-02-01,2024-03-30,Pro,50
    c,s5,2023-05-01,2024-02-03,Pro,10
    c,s6,2024-04-20,,Pro,15
    d,s7,2023-05-01,2024-02-03,Pro,10
    d,s8,2023-05-01,,Starter,20
    z,s9,2023-05-01,2024-04-29,Pro,1
"""


def test_100_to_70_is_a_contraction_of_30_and_no_churned_customer(read: Read) -> None:
    ledger = read(SUBSCRIPTIONS, where="customer_id in ('a', 'z')")
    flow = month(ledger, "2024-02")
    assert (flow.churned, flow.mrr_churned, flow.mrr_contraction) == (0, 0.0, 30.0)
    assert month(ledger, "2024-03").mrr_start == 71.0


def test_a_subscription_that_ends_as_another_starts_is_no_churn(read: Read) -> None:
    ledger = read(SUBSCRIPTIONS, where="customer_id in ('b', 'z')")
    # One ended on the last day of January and the next began on the first of February.
    assert [flow.churned for flow in ledger.whole()] == [0, 0, 1, 1]
    assert [flow.reactivated for flow in ledger.whole()] == [0, 0, 0, 0]


def test_a_gap_is_churn_and_a_return(read: Read) -> None:
    ledger = read(SUBSCRIPTIONS, where="customer_id in ('c', 'z')")
    assert month(ledger, "2024-02").mrr_churned == 10.0
    assert (month(ledger, "2024-04").reactivated, month(ledger, "2024-04").new) == (1, 0)
    assert month(ledger, "2024-04").mrr_reactivated == 15.0


def test_one_of_two_subscriptions_less_is_a_contraction(read: Read) -> None:
    ledger = read(SUBSCRIPTIONS, where="customer_id in ('d', 'z')", by=("plan",))
    # d pays most for Starter and stands there.
    assert month(ledger, "2024-02", "Starter").mrr_contraction == 10.0
    assert month(ledger, "2024-02", "Starter").churned == 0
    assert ledger.unit == "customers"
    assert "changes-within-row" in codes(ledger)


def test_a_customer_with_several_stays_is_followed_over_its_rows(read: Read) -> None:
    stays = """
        customer_id,signup_date,churn_date,mrr
        a,2023-01-05,2024-01-10,100
        a,2024-03-02,,70
        b,2023-01-05,2024-03-28,10
    """
    flows = read(stays).whole()
    assert [flow.churned for flow in flows] == [1, 0, 1]
    assert [flow.reactivated for flow in flows] == [0, 0, 1]
    assert flows[2].mrr_reactivated == 70.0


def test_rows_of_one_customer_at_the_same_time_block_until_they_are_accepted(read: Read) -> None:
    doubled = """
        customer_id,signup_date,churn_date,mrr
        a,2023-01-05,2024-01-10,100
        a,2023-01-05,2024-01-10,100
        b,2023-01-05,2024-01-30,10
    """
    with pytest.raises(BlockedError) as error:
        read(doubled)
    assert error.value.code == "finding.duplicate-customers"
    ledger = read(doubled, accept=("duplicate-customers",))
    assert ledger.whole()[0].churned == 3
    with pytest.raises(BlockedError):
        read(doubled.replace("2023-01-05,2024-01-10", ",2024-01-10"))


def test_one_subscription_on_two_rows_at_the_same_time_blocks(read: Read) -> None:
    with pytest.raises(BlockedError) as error:
        read(SUBSCRIPTIONS.replace("d,s8,2023", "d,s7,2023"))
    assert "subscription" in error.value.message


def test_customers_without_an_id_are_different_ones(read: Read) -> None:
    blank = SUBSCRIPTIONS.replace("c,s5", ",s5").replace("d,s7", ",s7")
    assert month(read(blank), "2024-02").churned == 2


MONTHS = """
    customer_id,billing month,plan,mrr
    a,2024-01,Pro,100
    a,2024-02,Starter,70
    a,2024-03,Starter,70
    b,2024-01,Pro,50
    c,2024-01,Pro,10
    b,2024-02,Pro,60
    c,2024-03,Pro,10
    d,2024-03,Pro,5
"""


def test_a_row_may_be_a_month_of_a_customer(read: Read) -> None:
    ledger = read(MONTHS, month="billing month")
    assert [span.name for span in ledger.spans] == ["2024-02", "2024-03"]
    assert month(ledger, "2024-02") == Flow(
        3, 0, 1, 0, 0, 160.0, 0.0, 10.0, 0.0, 0.0, 30.0, 10.0, 100.0
    )
    assert month(ledger, "2024-03") == Flow(
        2, 1, 1, 1, 0, 130.0, 5.0, 60.0, 10.0, 0.0, 0.0, 0.0, 3600.0
    )
    assert codes(ledger) == set()
    assert ledger.inputs.roles["month"] == "billing month"


def test_a_month_column_is_found_where_nothing_else_tells_who_is_lost(read: Read) -> None:
    named = read(MONTHS, month="billing month")
    assert read(MONTHS).flows == named.flows
    with pytest.raises(DataError) as error:
        read(MONTHS.replace("plan", "churned").replace("Pro", "No").replace("Starter", "Yes"))
    assert error.value.code == "ledger.no-dates"


@pytest.mark.parametrize("form", ["{0}-{1}", "{0}{1}", "{0}-{1}-01", "{1}/15/{0}"])
def test_months_may_be_written_in_many_ways(read: Read, form: str) -> None:
    written = MONTHS
    for number in ("01", "02", "03"):
        written = written.replace(f"2024-{number}", form.format("2024", number))
    assert read(written).flows == read(MONTHS).flows


def test_rows_without_a_month_are_left_out_and_told(read: Read) -> None:
    ledger = read(MONTHS + "    z,,Pro,7")
    assert ledger.flows == read(MONTHS).flows
    (finding,) = ledger.findings
    assert (finding.code, finding.count, finding.rows) == ("month-missing", 1, (10,))


def test_an_export_of_the_lost_alone_is_told_to_know_no_rates(read: Read) -> None:
    ledger = read(
        """
        uuid,account_code,plan_code,activated_at,expired_at,expiration_reason,unit_amount
        a,x,p,2023-01-01,2024-01-05,r,10
        b,y,p,2023-01-01,2024-01-31,r,20
        """
    )
    assert ledger.inputs.preset == "recurly-churned"
    assert "everyone-churned" in codes(ledger)
    assert ledger.overall().mrr_churned == 30.0


def test_a_change_of_plan_is_counted_where_the_customer_stood_before(read: Read) -> None:
    ledger = read(MONTHS, month="billing month", by=("plan",))
    assert month(ledger, "2024-02", "Pro").mrr_contraction == 30.0
    assert month(ledger, "2024-02", "Starter").customers_start == 0
    assert month(ledger, "2024-03", "Starter").mrr_start == 70.0


MOVEMENTS = """
    CUSTOMER_UUID,DATE,MRR_MOVEMENT,MOVEMENT_TYPE,CURRENCY_CODE
    a,2024-01-03,10000,new_biz,USD
    b,2024-01-05,5000,new_biz,USD
    a,2024-02-07,-3000,contraction,USD
    b,2024-02-10,-5000,churn,USD
    b,2024-03-10,4000,reactivation,USD
    a,2024-03-31,-7000,churn,USD
"""


def test_a_log_of_movements_is_added_up_to_what_each_customer_pays(read: Read) -> None:
    ledger = read(MOVEMENTS)
    assert month(ledger, "2024-02") == Flow(
        2, 0, 1, 0, 0, 150.0, 0.0, 50.0, 0.0, 0.0, 30.0, 0.0, 2500.0
    )
    assert month(ledger, "2024-03") == Flow(
        1, 0, 1, 1, 0, 70.0, 0.0, 70.0, 40.0, 0.0, 0.0, 0.0, 4900.0
    )
    assert "log-begins-late" not in codes(ledger)


def test_a_log_that_begins_late_gives_back_what_was_paid_before_it(read: Read) -> None:
    ledger = read(MOVEMENTS + "    d,2024-03-01,-900,churn,USD")
    assert month(ledger, "2024-02").mrr_start == 159.0
    assert month(ledger, "2024-03").mrr_churned == 79.0
    assert "log-begins-late" in codes(ledger)


def test_movements_in_two_currencies_cannot_be_followed(read: Read) -> None:
    with pytest.raises(DataError) as error:
        read(MOVEMENTS.replace("churn,USD", "churn,EUR"), accept=("mixed-currencies",))
    assert error.value.code == "ledger.no-money"


def test_mixed_currencies_block_and_accepted_leave_money_out(read: Read) -> None:
    mixed = """
        customer_id,signup_date,churn_date,mrr,currency
        a,2023-01-01,2024-01-30,5,USD
        b,2023-01-01,,5,EUR
    """
    with pytest.raises(BlockedError) as error:
        read(mixed)
    assert error.value.code == "finding.mixed-currencies"
    ledger = read(mixed, accept=("mixed-currencies",))
    assert (ledger.has_money, ledger.whole()[0].churned) == (False, 1)


def test_cells_that_cannot_be_read_block(read: Read) -> None:
    rows = "".join(f"c{n},2023-01-01,2024-01-{n % 28 + 1:02},5\n" for n in range(200))
    with pytest.raises(BlockedError) as error:
        read("customer_id,signup_date,churn_date,mrr\n" + rows + "x,2023-13-45,2024-01-30,5\n")
    assert error.value.code == "finding.unreadable-cells"


def test_amounts_that_are_missing_are_told_of_those_who_stay_too(read: Read) -> None:
    ledger = read(
        "customer_id,signup_date,churn_date,mrr\na,2023-01-01,2024-01-30,5\nb,2023-01-01,,\nc,2023-01-01,,-4"
    )
    assert {"missing-amounts", "negative-amounts"} <= codes(ledger)
    assert ledger.whole()[0].mrr_start == 1.0


def test_amounts_of_a_year_are_counted_a_month(read: Read) -> None:
    ledger = read(
        "customer_id,signup_date,churn_date,amount,interval\na,2023-01-01,2024-01-30,1200,year\nb,2023-01-01,,30,month"
    )
    assert ledger.whole()[0].mrr_start == 130.0


def test_nobody_lost_is_said(read: Read) -> None:
    with pytest.raises(DataError) as error:
        read(
            "customer_id,signup_date,churn_date\na,2023-01-01,\nb,2023-01-01,",
            {"churned_at": "churn_date"},
        )
    assert error.value.code == "finding.no-churn"


def test_months_in_which_nobody_moves_are_told_where_many_do_in_others(read: Read) -> None:
    rows = [f"c{n},2023-01-01,2024-0{n % 2 * 3 + 1}-{n % 27 + 1:02}" for n in range(40)]
    ledger = read(
        "customer_id,signup_date,churn_date\n" + "\n".join([*rows, "z,2023-01-01,2024-04-30"])
    )
    (finding,) = [each for each in ledger.findings if each.code == "quiet-periods"]
    assert "2024-02, 2024-03" in finding.message
    assert "quiet-periods" not in codes(read(CUSTOMERS, since="2023-05"))


def test_a_month_column_needs_a_customer_column(read: Read) -> None:
    with pytest.raises(DataError) as error:
        read("who,month,mrr\na,2024-01,5\na,2024-02,5", month="month")
    assert error.value.code == "ledger.no-customer"


@pytest.mark.parametrize(
    "name", ["it's; DROP TABLE x--", 'a "quoted" one', "[bold]x[/bold]", "{0}"]
)
def test_names_and_categories_are_never_more_than_text(read: Read, name: str) -> None:
    column = name.replace('"', '""')
    text = (
        f'customer_id,signup_date,churn_date,"{column}",mrr\n'
        f'a,2023-01-01,2024-01-05,"{column}",1\na,2024-01-20,,"{column}",2\nb,2023-01-01,2024-01-30,,3'
    )
    assert set(read(text, by=(name,)).flows) == {(name,), ("(blank)",)}


def test_a_time_in_which_nobody_was_there_is_an_error(read: Read) -> None:
    early = "customer_id,signup_date,churn_date\na,2023-01-01,2024-01-05\nb,2024-03-31,2024-03-31"
    with pytest.raises(DataError) as error:
        read(early, since="2024-02", until="2024-02")
    assert error.value.code == "ledger.nobody"
    assert read(early).overall().passing == 1


@pytest.mark.parametrize(("amount", "said"), [("-10", "less than nothing"), ("", "No row has")])
def test_amounts_that_tell_of_no_money_leave_it_out(read: Read, amount: str, said: str) -> None:
    # A rate of money below zero has its interval upside down, and a customer whose MRR nobody
    # wrote down is not worth $0.
    ledger = read(f"""
        customer_id,signup_date,churn_date,segment,mrr
        a,2023-01-10,,A,{amount}
        b,2023-05-01,2024-02-01,A,{amount}
        c,2023-02-01,2024-03-31,B,{amount}
    """, since="2024-01", until="2024-03")  # fmt: skip
    assert not ledger.has_money
    assert ledger.overall().churned == 2
    found = next(each for each in ledger.findings if each.code == "no-money")
    assert said in found.message


@pytest.mark.parametrize("mrr", [150_000, 50_000_000, 10**11])
def test_large_amounts_by_month_are_squared(read: Read, mrr: int) -> None:
    # DuckDB keeps the product of two DECIMAL(18) in 18 digits: from an MRR of 100,000 on it failed.
    months = ["a,2024-01", "a,2024-02", "a,2024-03", "b,2024-01", "b,2024-02", "b,2024-03",
              "c,2024-01"]  # fmt: skip
    rows = "\n".join(f"{each},{mrr}" for each in months)
    ledger = read(f"customer_id,month,mrr\n{rows}", since="2024-02", until="2024-02")
    assert ledger.overall().squares_churned == float(mrr) ** 2


def test_one_month_of_customers_tells_no_churn(read: Read) -> None:
    with pytest.raises(DataError, match="none after it tells who stayed"):
        read("customer_id,month,mrr\na,2024-01,5\nb,2024-01,5\nc,2024-01,6")
