"""Results of churn and of its cost made from ledgers written by hand."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

import pytest

from dmaic.analysis.churn import make_churn
from dmaic.block import Fields, Note, Table
from dmaic.money.churn import ChurnResult
from dmaic.money.churn_figure import compared, figures
from dmaic.money.churn_method import methods
from dmaic.money.definition import DEFAULT, Definition
from dmaic.money.definition_file import load_definition
from dmaic.money.flow import Flow
from dmaic.money.ledger import Ledger, Span
from dmaic.result import Inputs


def month(number: int) -> Span:
    year, at = divmod(number - 1, 12)
    last = date(2024 + year, at + 1, monthrange(2024 + year, at + 1)[1])
    return Span(f"{last:%Y-%m}", last.replace(day=1), last)


def flow(start: int, churned: int, new: int = 0, pay: float = 10.0) -> Flow:
    return Flow(
        customers_start=start,
        new=new,
        churned=churned,
        mrr_start=start * pay,
        mrr_new=new * pay,
        mrr_churned=churned * pay,
        mrr_reactivated=0.0,
        mrr_passing=0.0,
        squares_churned=churned * pay**2,
    )


def ledger(flows: dict[tuple[str, ...], list[Flow]], money: bool = True) -> Ledger:
    many = len(next(iter(flows.values())))
    return Ledger(
        definition="dmaic",
        by=("segment",) if () not in flows else (),
        spans=tuple(month(number) for number in range(1, many + 1)),
        flows={category: tuple(each) for category, each in flows.items()},
        unit="customers",
        currency="USD" if money else None,
        value_name="mrr" if money else None,
        inputs=Inputs(source="hand.csv", rows=200),
    )


TWO = ledger(
    {
        ("Small",): [flow(100, 10, new=5), flow(95, 5)],
        ("Large",): [flow(50, 1, pay=100.0), flow(49, 0, pay=100.0)],
    }
)


def result(book: Ledger = TWO, definition: Definition = DEFAULT) -> ChurnResult:
    return make_churn(book, definition, "month")


def text(made: ChurnResult) -> str:
    parts: list[str] = []
    for block in made.blocks():
        if isinstance(block, Note):
            parts.append(block.text)
        elif isinstance(block, Fields):
            parts += [f"{label}: {value}" for label, value in block.rows]
        elif isinstance(block, Table):
            parts += [each for column in block.columns for each in (column.title, *column.texts)]
    return "\n".join(parts)


def test_pooled_and_mean_are_told_apart() -> None:
    made = result()
    # (10 + 1) / 150, 5 / 144; pooled 16 / 294.
    assert [each.logo_churn for each in made.periods] == pytest.approx([11 / 150, 5 / 144])
    assert made.overall.logo_churn == pytest.approx(16 / 294)
    assert made.mean_logo_churn == pytest.approx((11 / 150 + 5 / 144) / 2)
    assert made.overall.at_risk == 294
    # Stocks are those of the first period's beginning and of the last one's end.
    assert (made.overall.customers_start, made.overall.customers_end) == (150, 139)
    assert made.overall.mrr_start == 6000.0
    assert made.overall.mrr_end == pytest.approx(6000 + 50 - 150 - 100)


def test_segments_add_up_to_the_whole() -> None:
    made = result()
    assert [each.name for each in made.segments] == ["Small", "Large"]
    for field in ("lost", "at_risk", "churned", "new", "mrr_lost", "mrr_at_risk", "mrr_end"):
        assert sum(getattr(each, field) for each in made.segments) == pytest.approx(
            getattr(made.overall, field)
        )
    assert sum(each.share or 0 for each in made.segments) == pytest.approx(1)


def test_the_whole_definition_is_told_in_words() -> None:
    stripe = load_definition("stripe")
    told = text(result(definition=stripe))
    for _, words in stripe.told():
        assert words in told


def test_formulas_take_off_all_that_is_set_against_the_loss() -> None:
    # Chargify: (churn + contraction) less (expansion + reactivation), over MRR at the start
    # (help.chargify.com/reports/churn-analytics.html). A plus before the last would add it back.
    meant = Definition(name="x", offsets=("expansion", "reactivation"))
    told = methods(meant, period="month", money=True)
    assert told["net_revenue_churn"] == "(gross loss - expansion - reactivation) / the same MRR"
    assert told["nrr"] == (
        "1 - (churned + contraction - expansion - reactivation) / MRR at the start"
    )


def test_who_can_leave_once_a_year_is_not_compounded_by_month() -> None:
    # Of 16 whose year ended 2 left: 12.5 % of a year. By month it would become 1 - 0.875^12, 80 %.
    due = Definition(name="x", annual="due")
    found = figures(flow(16, 2), due, "2024-01", 1)
    assert found["logo_churn"] == 0.125
    assert found["annualised_logo_churn"] is found["annualised_gross_revenue_churn"] is None
    assert "annualised" not in methods(due, period="month", money=True)
    spread = figures(flow(16, 2), DEFAULT, "2024-01", 1)["annualised_logo_churn"]
    assert spread == pytest.approx(1 - 0.875**12)


def test_what_is_not_in_the_export_is_said_and_not_nought() -> None:
    told = text(result())
    assert "Contraction: not in this export" in told
    assert "Net revenue churn: not in this export" in told
    assert "NRR a month: not in this export" in told
    plain = result().to_dict()["overall"]
    assert plain["mrr_contraction"] is None
    assert plain["net_revenue_churn"] is None


def test_without_money_customers_are_counted_alone() -> None:
    made = result(ledger({(): [Flow(customers_start=20, churned=1)]}, money=False))
    assert made.overall.gross_revenue_churn is None
    assert "no column tells what is paid (--value COL)" in text(made)
    assert "MRR (" not in text(made)


def test_nobody_there_is_said() -> None:
    made = result(ledger({(): [Flow(customers_start=0, new=4)]}, money=False))
    assert made.overall.logo_churn is None
    assert "so there is no rate" in text(made)


def test_the_same_ledger_by_two_definitions() -> None:
    stripe = load_definition("stripe")
    line = compared(TWO, stripe, DEFAULT)
    assert line.overall.at_risk == 299  # 294 + 5 new
    assert "Over what" in line.differs
    assert line.mean_logo_churn == pytest.approx((11 / 155 + 5 / 144) / 2)


def test_records_hold_unrounded_figures_of_every_line() -> None:
    header, rows = result().records()
    assert [row[0] for row in rows] == ["period", "period", "overall", "segment", "segment"]
    assert all(len(row) == len(header) for row in rows)
    assert rows[2][header.index("logo_churn")] == 16 / 294


def test_names_of_segments_are_shown_as_they_are() -> None:
    made = result(ledger({("=1+1", "[bold]x"): [flow(3, 1)], ("<b>", "|"): [flow(2, 1)]}))
    assert "=1+1 / [bold]x" in text(made)
    assert "<b>" not in made._repr_html_()
