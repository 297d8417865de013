"""Who is lost, when, and what they paid a month."""

from __future__ import annotations

import pytest

import dmaic
from dmaic.churn import loss
from dmaic.errors import DataError


def monthly(table) -> list[float | None]:
    """What each row pays a month, in the order of the rows."""
    part = loss.value(table)
    assert part is not None
    return [value for (value,) in table.whole.select(f"{part.sql} AS v", "ORDER BY __dmaic_row")]


def lost(table) -> list[bool | None]:
    part = loss.churned(table)
    return [gone for (gone,) in table.whole.select(f"{part.sql} AS g", "ORDER BY __dmaic_row")]


# Amounts per billing interval, and by division what they are a month.
INTERVALS = [
    ("month", 12, 12),
    ("Monthly", 12, 12),
    ("", 12, 12),
    ("year", 120, 10),
    ("ANNUAL", 120, 10),
    ("Jährlich", 120, 10),
    ("quarter", 30, 10),
    ("\tquarterly ", 30, 10),
    ("6 months", 60, 10),
    ("week", 12, 52),
    ("day", 1, 365 / 12),
]


def test_amounts_per_interval_are_taken_to_a_month(opened) -> None:
    rows = "".join(f"{n},Yes,{amount},{word}\n" for n, (word, amount, _) in enumerate(INTERVALS))
    table = opened("id,churned,amount,interval\n" + rows)
    assert monthly(table) == pytest.approx([each for _, _, each in INTERVALS])


def test_an_unknown_interval_is_asked_about(opened) -> None:
    table = opened("id,churned,amount,interval\n1,Yes,5,month\n2,Yes,5,lunar\n")
    with pytest.raises(DataError) as stopped:
        loss.value(table)
    assert stopped.value.code == "read.interval-unknown"
    assert '"lunar"' in stopped.value.message


def test_an_unknown_interval_beyond_the_first_rows_blocks(write, small_head: int) -> None:
    rows = "".join(f"{n},A,12,month,Yes\n" for n in range(8))
    file = write("id,segment,amount,interval,churned\n" + rows + "9,A,12,lunar,Yes\n")
    with pytest.raises(DataError) as stopped:
        dmaic.pareto(file, "segment")
    (problem,) = stopped.value.problems
    assert problem.code == "finding.unreadable-cells"
    assert problem.where == 'column "interval", rows 10'
    assert '"lunar"' in problem.message


def test_amounts_that_are_monthly_already_do_not_depend_on_the_interval(opened) -> None:
    table = opened("id,churned,mrr,interval\n1,Yes,5,year\n2,Yes,5,month\n")
    assert monthly(table) == [5, 5]


def test_no_interval_takes_amounts_as_they_stand(opened) -> None:
    table = opened("id,churned,amount,interval\n1,Yes,120,year\n", interval="none")
    assert monthly(table) == [120]


def test_yearly_amounts_are_divided_by_twelve(opened) -> None:
    assert monthly(opened("id,churned,ARR,interval\n1,Yes,120,month\n")) == [10]


@pytest.mark.parametrize(
    ("columns", "options", "label"),
    [
        ("Amount,Interval", {}, "Amount a month"),
        ("Amount,Interval", {"interval": "none"}, "Amount"),
        ("Amount,Interval", {"value_scale": 0.01}, "Amount (x 0.01) a month"),
        ("mrr,Interval", {"value_scale": 0.01}, "mrr (x 0.01)"),
        ("ARR,Interval", {}, "ARR a month"),
        ("ARR,Interval", {"value_scale": 0.01}, "ARR (x 0.01) a month"),
    ],
)
def test_what_the_amounts_are_is_said_in_words(opened, columns, options, label) -> None:
    part = loss.value(opened(f"id,churned,{columns}\n1,Yes,120,year\n", **options))
    assert part is not None
    assert part.label == label


def test_a_scale_multiplies_besides(opened) -> None:
    assert monthly(opened("id,churned,mrr\n1,Yes,1200\n", value_scale=0.01)) == [12]
    # Cents a year: by 100 and by 12.
    assert monthly(opened("id,churned,ARR\n1,Yes,12000\n", value_scale=0.01)) == [10]


def test_a_preset_knows_its_cents(opened) -> None:
    text = (
        "CUSTOMER_UUID,PLAN_NAME,MRR,ARR,STATUS,INTERVAL_UNIT\na,Pro,1250,15000,Cancelled,month\n"
    )
    table = opened(text, preset="chartmogul-subscriptions")
    assert monthly(table) == [12.5]


def test_a_flag_decides_before_a_date(opened) -> None:
    table = opened("id,churned,churn_date\n1,No,2024-01-01\n2,Yes,\n3,,2024-01-01\n")
    assert lost(table) == [False, True, None]


def test_a_condition_decides_before_a_flag(opened) -> None:
    table = opened("id,churned,mrr\n1,No,5\n2,Yes,1\n", churned_when="mrr > 2")
    assert lost(table) == [True, False]


def test_a_filled_churn_date_is_a_loss(opened) -> None:
    table = opened("id,churn_date\n1,2024-01-01\n2,\n3,n/a\n")
    assert lost(table) == [True, False, False]
    assert loss.churned(table).label == "churn_date is filled"


def test_a_flag_that_does_not_tell_gives_way_to_the_date(opened) -> None:
    table = opened("id,status,churn_date\n1,purple,2024-01-01\n2,green,\n")
    if table.roles.get("churned") is None:
        pytest.fail("the status column was expected to be recognised")
    assert lost(table) == [True, False]
    assert [each.code for each in table.findings] == ["flag-not-used"]


def test_a_flag_that_was_named_must_tell(opened) -> None:
    table = opened("id,status,churn_date\n1,purple,2024-01-01\n2,green,\n", churned="status")
    with pytest.raises(DataError) as stopped:
        loss.churned(table)
    assert stopped.value.code in ("read.not-a-flag", "read.flag-unknown")


def test_nothing_tells_who_is_lost(opened) -> None:
    with pytest.raises(DataError) as stopped:
        loss.churned(opened("id,colour\n1,red\n"))
    assert stopped.value.code == "role.churned-missing"
    assert '"colour"' in stopped.value.hint


def test_a_file_of_lost_customers_alone(write) -> None:
    result = dmaic.pareto(
        write("id,reason\n1,price\n2,price\n3,gone\n"), "reason", churned_when="true"
    )
    assert [(row.category, row.churned) for row in result.rows] == [(("price",), 2), (("gone",), 1)]
