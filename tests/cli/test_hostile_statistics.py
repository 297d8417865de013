"""Figures and options of statistics that nobody should give, and what each is answered with."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

LOST = "No,", "Yes,2024-03-05", "Yes,2024-05-20", "No,"


def customers(seats: Sequence[object], rows: int = 60) -> str:
    """Customers of whom half are lost; `seats` goes round."""
    return "customer_id,signup_date,segment,seats,churned,churn_date\n" + "".join(
        f"C{n},2023-01-01,{'AB'[n % 2]},{seats[n % len(seats)]},{LOST[n % 4]}\n"
        for n in range(rows)
    )


def refused(ran, code: str, *words: str, status: int = 1) -> None:
    assert f"error {code}" in ran.err, ran.err
    assert ran.status == status
    for word in words:
        assert word in " ".join(ran.err.split())


@pytest.mark.parametrize("bad", ["-3", "1.5", "1e308", "101"])
def test_steps_refuse_counts_that_cannot_be(run, export, bad):
    path = export(f"step,defects,units\nask,{bad},100\nship,1,100\n")
    given = ("--count", "defects", "--size", "units", "--step", "step", "--opportunities", "1")
    ran = run("capability", path, *given)
    if bad == "101":  # more defects than units: a unit may have several
        assert ran.status == 0
    else:
        refused(ran, "control.figure", '"ask"')


@pytest.mark.parametrize("size", ["1e308", "-5"])
def test_steps_refuse_sizes_that_cannot_be(run, export, size):
    path = export(f"step,defects,units\nask,1,{size}\nship,1,100\n")
    ran = run("capability", path, "--count", "defects", "--size", "units", "--step", "step")
    refused(ran, "control.figure", '"ask"')


def test_a_single_count_is_looked_at_as_many_are(run, export):
    path = export("month,defects,units\n2025-01,-3,100\n")
    ran = run("capability", path, "--count", "defects", "--size", "units")
    refused(ran, "control.figure", "-3")


@pytest.mark.parametrize("seats", [("1e308", "-1e308", "9e307"), ("1e-308", "0", "5e-324")])
def test_groups_too_far_apart_are_no_scale(run, export, seats):
    ran = run("test", export(customers(seats)), "--churned-by", "seats", "--ordered")
    refused(ran, "test.impossible", "too far apart, or too close")


def test_measurements_that_hardly_differ_are_the_same(run, export):
    path = export(
        "part,who,value\n"
        + "".join(f"{p},{w},{n}e-310\n" for p in range(3) for w in "xy" for n in (p, p + 1))
    )
    ran = run("gage", path, "--part", "part", "--operator", "who", "--value", "value")
    refused(ran, "gage.no-variation", "the same within")


def test_an_identifier_is_refused_with_the_file_and_what_to_do(run, export):
    path = export("mrr,name\n" + "".join(f"{n % 7},name {n % 1500}\n" for n in range(3000)))
    ran = run("correlate", path, "mrr", "name")
    refused(ran, "correlate.identifier: export.csv:", "categories", "Take a column")


def test_months_are_not_offered_as_shorter_than_weeks(run, export):
    path = export(
        "customer_id,signup_date,churned,churn_date\nC1,2024-01-01,Yes,2024-05-01\n"
        "C2,2024-01-01,No,\n"
    )
    ran = run("control", path, "--by", "week")
    refused(ran, "ledger.no-whole-period")
    assert "shorter" not in ran.err


def test_mann_whitney_of_many_groups_names_the_test_that_takes_them(run, export):
    path = export(customers((1, 2, 3)).replace(",B,", ",C,", 9))
    ran = run("test", path, "--measure", "seats", "--by", "segment", "--method", "mann-whitney")
    refused(ran, "test.impossible", "there are 3", "kruskal-wallis")


def test_the_last_day_of_the_calendar_is_beyond_the_data(run, export):
    path = export(customers((1, 2)))
    ran = run("control", path, "--by", "week", "--since", "0001-01-01", "--until", "9999-12-31")
    refused(ran, "ledger.outside", status=2)


@pytest.mark.parametrize("sd", ["1e-320", "1e-160"])
def test_a_deviation_next_to_nothing_is_none(run, export, sd):
    given = ("--usl", "3", "--lsl", "2")
    ran = run("capability", "--mean", "1", "--sd", sd, "--n", "10", *given)
    refused(ran, "usage.capability", "too small", status=2)
    path = export("value\n" + "".join(f"{n % 3}e{sd.split('e')[1]}\n" for n in range(20)))
    refused(run("capability", path, "--value", "value", *given), "capability.no-variation")


def test_a_chart_of_gaps_of_countless_losses_asks_for_counts(run, export):
    days = [f"20{y:02}-{m:02}-{d:02}" for y in range(19, 25) for m in range(1, 13) for d in (3, 9)]
    came, left = days[:72], days[72:]
    rows = (
        f"C{n},{left[n % 72][:8]}{n % 28 + 1:02},{came[n // 72 % 72][:8]}{n // 5184 % 28 + 1:02},"
        f"{'Yes' if n % 7 else 'No'}\n"
        for n in range(145_000)
    )
    path = export("customer_id,churn_date,signup_date,churned\n" + "".join(rows))
    refused(run("control", path, "--chart", "t"), "control.too-many", "--by month")


def test_a_standard_of_nought_is_not_told_as_what_was_counted(run, export):
    path = export(
        "month,lost,customers\n" + "".join(f"2025-{n:02},{n},100\n" for n in range(1, 13))
    )
    ran = run("control", path, "--count", "lost", "--size", "customers", "--center", "0")
    assert ran.status == 0
    assert "The centre line leaves no room for chance" in ran.err
    assert "Everything counted" not in ran.err
