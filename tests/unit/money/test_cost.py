"""What churn costs, from ledgers written by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dmaic.money.cost import CostResult, annual_loss, cash_loss, cost_of, months_of_cash
from dmaic.money.cost_word import assumptions, methods
from dmaic.money.definition import DEFAULT, Definition
from dmaic.money.flow import Flow
from dmaic.money.ledger import Ledger

from .test_churn import flow, ledger


def cost(book: Ledger, *, margin: float | None = None, whole_window: bool = False) -> CostResult:
    return cost_of(book, DEFAULT, margin=margin, whole_window=whole_window)


YEAR = ledger({(): [flow(100, 1)] * 12})


def test_a_years_loss_is_twelve_times_the_mrr_lost_in_it() -> None:
    # One customer of $10 a month in each of twelve months: $120 MRR, $1,440 a year.
    made = cost(YEAR)
    assert (made.mrr_lost, made.annual_loss, made.customers_lost) == (120, 1440, 12)
    assert made.monthly_churn == pytest.approx(0.01)


def test_cash_is_lost_from_the_middle_of_the_month_on() -> None:
    assert months_of_cash() == (11.5, 10.5, 9.5, 8.5, 7.5, 6.5, 5.5, 4.5, 3.5, 2.5, 1.5, 0.5)
    assert sum(months_of_cash()) == 72
    # All in January: 11.5 months are missing; all in December: half a month.
    assert cash_loss([100.0, *[0.0] * 11]) == 1150
    assert cash_loss([*[0.0] * 11, 100.0]) == 50
    # An even loss misses half of its run-rate in the year.
    assert cost(YEAR).cash_loss == 720 == annual_loss(120, 12) / 2


def test_a_short_window_is_scaled_and_that_is_said() -> None:
    made = cost(ledger({(): [flow(100, 1)] * 3}))
    assert made.factor == 4
    assert made.annual_loss == 1440
    assert made.cash_loss == pytest.approx(720)
    assert sum(each.cash_loss for each in made.by_month) == pytest.approx(720)
    assert "x 12 / 3" in methods(made)["annual_loss"]
    assert any("stand for a year" in each for each in assumptions(made))


def test_of_a_long_window_the_last_twelve_months_count() -> None:
    # Two bad months, then twelve quiet ones.
    book = ledger({(): [*[flow(100, 50)] * 2, *[flow(100, 1)] * 12]})
    made = cost(book)
    assert (made.months, made.first_month, made.last_month) == (12, "2024-03", "2025-02")
    assert made.annual_loss == 1440
    whole = cost(book, whole_window=True)
    assert whole.months == 14
    # 100 customers and 12 of $10 in 14 months: 12 x 1120 x 12 / 14.
    assert whole.annual_loss == pytest.approx(12 * 1120 * 12 / 14)


def test_segments_add_up_and_stand_by_what_they_cost() -> None:
    book = ledger(
        {
            ("Cheap",): [flow(100, 9)] * 12,
            ("Dear",): [flow(10, 1, pay=1000.0)] * 12,
            ("Faithful",): [flow(10, 0)] * 12,
        }
    )
    made = cost(book)
    assert [each.name for each in made.segments] == ["Dear", "Cheap", "Faithful"]
    for field in ("annual_loss", "cash_loss", "customers_lost", "mrr_lost", "at_risk"):
        assert sum(getattr(each, field) for each in made.segments) == getattr(made, field)
    assert [each.share for each in made.segments] == pytest.approx([1000 / 1090, 90 / 1090, 0])
    faithful = made.segments[2]
    assert (faithful.annual_low, faithful.arpa_lost, faithful.churn_low) == (None, None, 0.0)


def test_arpa_is_that_of_churn_over_the_same_months() -> None:
    # 100 customers of $10, then 50 of $16: (1000 + 800) / 150, and not the $10 of the start.
    made = cost(ledger({(): [flow(100, 1), flow(50, 1, pay=16.0)]}))
    assert made.arpa == 12
    assert methods(made)["arpa"].startswith("MRR / customers, both at the start of each month")


def test_interval_of_the_loss() -> None:
    # Twelve customers of $10: sum of squares 1,200; 12 x (120 +- 1.96 x 34.64).
    made = cost(YEAR)
    assert made.annual_low == pytest.approx(12 * (120 - 1.959964 * 1200**0.5), abs=1e-3)
    assert made.annual_high == pytest.approx(12 * (120 + 1.959964 * 1200**0.5), abs=1e-3)
    assert "interval" in methods(made)
    # A monthly summary does not tell single losses: no interval, and no formula of one.
    bare = cost(ledger({(): [replace(flow(100, 1), squares_churned=None)] * 12}))
    assert bare.annual_low is None
    assert "interval" not in methods(bare)


def test_at_a_margin() -> None:
    made = cost(YEAR, margin=0.8)
    assert (made.annual_margin_loss, made.cash_margin_loss) == (1152, 576)
    assert cost(YEAR).annual_margin_loss is None


def test_who_came_and_went_counts_where_the_definition_says_so() -> None:
    passing = Flow(
        customers_start=10, churned=1, passing=2, mrr_start=100.0, mrr_new=0.0, mrr_churned=10.0,
        mrr_reactivated=0.0, mrr_passing=20.0, squares_churned=100.0,
    )  # fmt: skip
    book = ledger({(): [passing] * 12})
    counted = cost_of(
        book, Definition(name="x", new_and_churned="counted"), margin=None, whole_window=False
    )
    assert (counted.customers_lost, counted.annual_loss) == (36, 12 * 360)
    assert cost(book).annual_loss == 12 * 120


def test_contraction_comes_on_top() -> None:
    assert cost(YEAR).annual_contraction is None
    less = Flow(
        customers_start=10, churned=0, mrr_start=100.0, mrr_new=0.0, mrr_churned=0.0,
        mrr_reactivated=0.0, mrr_passing=0.0, mrr_contraction=30.0, mrr_expansion=0.0,
        squares_churned=0.0,
    )  # fmt: skip
    made = cost(ledger({(): [less] * 12}))
    assert (made.annual_loss, made.annual_contraction) == (0, 12 * 360)


def test_the_answer_keeps_run_rate_apart_from_cash() -> None:
    note = next(block for block in cost(YEAR).answer() if hasattr(block, "strong"))
    assert "$1,440 of annual revenue as run-rate" in note.text
    assert "$720 in cash within the year" in note.text


def test_records_end_in_the_whole() -> None:
    header, rows = cost(YEAR).records()
    assert header[0] == "name"
    assert rows[-1][0] == "All"
    assert rows[-1][header.index("share")] == 1.0
