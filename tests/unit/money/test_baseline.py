"""What is lost as things stand, from a ledger and from a few figures."""

from __future__ import annotations

from datetime import date

import pytest

from dmaic.money.baseline import baseline_from, baseline_of
from dmaic.money.definition import Definition
from dmaic.money.flow import Flow
from dmaic.money.ledger import Ledger, Span
from dmaic.money.scenario import Figures
from dmaic.result import Inputs

SPANS = tuple(Span(f"2024-{m:02}", date(2024, m, 1), date(2024, m, 28)) for m in (1, 2, 3))


def ledger() -> Ledger:
    flows = {
        ("A",): (
            Flow(100, new=5, churned=10, mrr_start=1000, mrr_churned=100, mrr_passing=0),
            Flow(95, new=5, churned=5, passing=1, mrr_start=950, mrr_churned=50, mrr_passing=10),
            Flow(95, new=5, churned=3, mrr_start=950, mrr_churned=30, mrr_passing=0),
        ),
        ("B",): tuple(Flow(300, churned=2, mrr_start=9000, mrr_churned=60) for _ in SPANS),
    }
    return Ledger(
        "dmaic", ("segment",), SPANS, flows, "customers", "USD", "mrr", Inputs(source="x")
    )


def test_the_figures_of_a_ledger() -> None:
    base = baseline_of(ledger())
    a = base.find("A")
    assert (a.months, a.churned, a.customers_start) == (3, 18, 100)
    assert a.customers_mean == pytest.approx(290 / 3)
    assert a.rate == pytest.approx(18 / 290)
    assert a.rate_low is not None
    assert a.rate_low < a.rate < (a.rate_high or 0)
    assert a.arpa == pytest.approx(10)
    assert a.mrr_lost == pytest.approx(60)
    # 180 of MRR in 3 months is 720 in twelve; 12 x 720 a year.
    assert a.annual_loss == pytest.approx(8640)
    assert a.share == pytest.approx(18 / 24)
    assert a.share_value == pytest.approx(180 / 360)
    assert a.new == pytest.approx(5)
    assert base.whole.rate == pytest.approx(24 / 1190)
    assert (base.first, base.last, base.by) == ("2024-01", "2024-03", "segment")


def test_shares_and_losses_of_segments_add_up_to_the_whole() -> None:
    base = baseline_of(ledger())
    assert sum(each.share for each in base.segments) == pytest.approx(1)
    assert sum(each.annual_loss or 0 for each in base.segments) == pytest.approx(
        base.whole.annual_loss
    )


def test_only_the_latest_months() -> None:
    base = baseline_of(ledger(), latest=2)
    assert base.first == "2024-02"
    assert base.find("A").churned == 8


def test_a_definition_that_counts_who_came_and_went() -> None:
    counted = Definition(name="x", new_and_churned="counted")
    base = baseline_of(ledger(), counted)
    assert base.find("A").churned == 19
    assert base.find("A").mrr_lost == pytest.approx(190 / 3)


def test_a_few_figures() -> None:
    figures = Figures(loss=5_000_000, churn=0.022, share=0.463, customers=16_000)
    base = baseline_from(figures, ("Estimators",), "USD")
    part = base.find("Estimators")
    assert part.annual_loss == pytest.approx(2_315_000)
    # 16,000 x 2.2 % x 46.3 % a month.
    assert part.churned_monthly == pytest.approx(162.976)
    assert part.mrr_lost == pytest.approx(2_315_000 / 144)
    assert base.find("(the rest)").share == pytest.approx(0.537)


def test_a_share_that_is_not_told() -> None:
    with pytest.raises(KeyError):
        baseline_from(Figures(loss=5e6, churn=0.022), ("Estimators",), None)
