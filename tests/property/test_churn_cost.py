"""What holds for churn and its cost in any export: sums, bounds, and what changes nothing."""

from __future__ import annotations

import csv
import io
from calendar import monthrange
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dmaic.analysis.churn import make_churn
from dmaic.money import metric
from dmaic.money.cost import cost_of
from dmaic.money.definition import DEFAULT, Definition
from dmaic.money.flow import Flow, added
from dmaic.money.ledger import Ledger, Span
from dmaic.result import Inputs

CENTS = st.integers(1, 10**7).map(lambda cents: cents / 100)


@st.composite
def flows(draw: st.DrawFn) -> Flow:
    paid = draw(st.lists(CENTS, min_size=0, max_size=6))
    stayed = draw(st.lists(CENTS, min_size=0, max_size=6))
    new = draw(st.lists(CENTS, max_size=4))
    passing = draw(st.lists(CENTS, max_size=3))
    back = draw(st.lists(CENTS, max_size=2))
    less = sum(stayed) * draw(st.floats(0, 1))
    return Flow(
        customers_start=len(paid) + len(stayed),
        new=len(new),
        churned=len(paid),
        reactivated=len(back),
        passing=len(passing),
        mrr_start=sum(paid) + sum(stayed),
        mrr_new=sum(new),
        mrr_churned=sum(paid),
        mrr_reactivated=sum(back),
        mrr_passing=sum(passing),
        mrr_contraction=less,
        mrr_expansion=draw(CENTS),
        squares_churned=sum(each * each for each in paid),
    )


DEFINITIONS = st.builds(
    Definition,
    name=st.just("x"),
    denominator=st.sampled_from(["start", "start-plus-new", "average"]),
    new_and_churned=st.sampled_from(["counted", "left-out"]),
    contraction=st.booleans(),
    offsets=st.sampled_from([(), ("expansion",), ("expansion", "reactivation")]),
)


def month(at: int) -> Span:
    year, number = 2020 + at // 12, at % 12 + 1
    last = date(year, number, monthrange(year, number)[1])
    return Span(f"{last:%Y-%m}", last.replace(day=1), last)


@st.composite
def ledgers(draw: st.DrawFn) -> Ledger:
    many = draw(st.integers(1, 16))
    names = draw(st.lists(st.text(min_size=1, max_size=4), min_size=1, max_size=4, unique=True))
    return Ledger(
        definition="x",
        by=("segment",),
        spans=tuple(month(at) for at in range(many)),
        flows={
            (name,): tuple(draw(st.lists(flows(), min_size=many, max_size=many))) for name in names
        },
        unit="customers",
        currency=draw(st.sampled_from(["USD", "EUR", None])),
        value_name="mrr",
        inputs=Inputs(source="any"),
    )


@settings(max_examples=60)
@given(ledgers(), DEFINITIONS)
def test_segments_and_periods_add_up_to_the_whole(book: Ledger, definition: Definition) -> None:
    made = make_churn(book, definition, "month")
    for field in ("lost", "at_risk", "churned", "new", "passing", "mrr_lost", "mrr_at_risk"):
        whole = getattr(made.overall, field)
        for parts in (made.segments, made.periods):
            assert sum(getattr(each, field) for each in parts) == pytest.approx(whole)
    cost = cost_of(book, definition, whole_window=True)
    for field in ("annual_loss", "cash_loss", "customers_lost", "mrr_lost", "at_risk"):
        total = getattr(cost, field)
        assert sum(getattr(each, field) for each in cost.segments) == pytest.approx(total)
    assert sum(each.cash_loss for each in cost.by_month) == pytest.approx(cost.cash_loss)
    if cost.annual_loss:
        assert sum(each.share or 0 for each in cost.segments) == pytest.approx(1)


@settings(max_examples=60)
@given(ledgers(), DEFINITIONS)
def test_figures_are_json_without_nan(book: Ledger, definition: Definition) -> None:
    # A model that held NaN or infinity would not have been made.
    for made in (make_churn(book, definition, "month"), cost_of(book, definition,
                                                               whole_window=False)):  # fmt: skip
        assert type(made).model_validate(made.to_dict()) == made
        assert made.blocks()


@given(flows(), DEFINITIONS)
def test_bounds_hold(flow: Flow, definition: Definition) -> None:
    rate, ends = metric.logo_churn(flow, definition), metric.logo_interval(flow, definition)
    if ends is not None:
        assert 0 <= ends[0] <= (rate or 0) + 1e-12
        assert (rate or 0) - 1e-12 <= ends[1] <= 1
    gross, net = metric.gross_churn(flow, definition), metric.net_churn(flow, definition)
    if gross is not None and net is not None:
        assert net <= gross + 1e-12
    grr, nrr = metric.grr(flow), metric.nrr(flow, definition)
    if grr is not None and nrr is not None:
        assert -1e-9 <= grr <= 1
        assert nrr >= grr - 1e-9


@given(flows(), st.integers(2, 1000))
def test_another_currency_changes_no_rate(flow: Flow, factor: int) -> None:
    money = {name: getattr(flow, name) * factor for name in Flow.__dataclass_fields__
             if name.startswith("mrr_")}  # fmt: skip
    counts = {name: getattr(flow, name) for name in
              ("customers_start", "new", "churned", "reactivated", "passing")}  # fmt: skip
    other = Flow(**counts, **money, squares_churned=(flow.squares_churned or 0) * factor**2)
    for figure in (metric.cancelled_churn, metric.gross_churn, metric.net_churn, metric.nrr):
        assert figure(other, DEFAULT) == pytest.approx(figure(flow, DEFAULT))
    ends = metric.cancelled_interval(flow, DEFAULT)
    assert metric.cancelled_interval(other, DEFAULT) == (ends and pytest.approx(ends))


@given(st.lists(flows(), min_size=1, max_size=5), DEFINITIONS)
def test_the_pooled_rate_lies_among_those_of_the_periods(
    every: list[Flow], definition: Definition
) -> None:
    rates = [rate for flow in every if (rate := metric.logo_churn(flow, definition)) is not None]
    risky = [flow for flow in every if metric.at_risk(flow, definition)]
    if rates:
        pooled = metric.logo_churn(added(risky), definition)
        assert min(rates) - 1e-12 <= (pooled or 0) <= max(rates) + 1e-12


@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_order_of_rows_and_currency_change_nothing(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    import dmaic

    days = st.integers(1, 28)
    rows = []
    for at in range(data.draw(st.integers(3, 14))):
        signup = f"2023-{data.draw(st.integers(10, 12)):02d}-{data.draw(days):02d}"
        gone = data.draw(st.booleans()) or at == 0
        left = f"2024-{data.draw(st.integers(1, 3)):02d}-{data.draw(days):02d}" if gone else ""
        pays = f"{data.draw(st.integers(1, 99_999)) / 100:.2f}"
        rows.append([f"c{at}", data.draw(st.sampled_from(["A", "B", ""])), signup, left, pays])
    rows += [
        ["z1", "A", "2023-10-01", "2024-01-31", "5"],
        ["z2", "B", "2023-10-01", "2024-03-31", "7"],
    ]
    other = data.draw(st.permutations(rows))
    results = []
    for order, currency in ((rows, "USD"), (other, "EUR")):
        text = io.StringIO()
        writer = csv.writer(text)
        writer.writerow(["customer_id", "segment", "signup_date", "churn_date", "mrr", "currency"])
        writer.writerows([*row, currency] for row in order)
        path = tmp_path_factory.mktemp("export") / "export.csv"
        path.write_text(text.getvalue())
        churn = dmaic.churn_rates(path, by="segment", fingerprint=False).to_dict()
        cost = dmaic.cost(path, fingerprint=False).to_dict()
        for each in (churn, cost):
            assert each.pop("currency") == currency
            each.pop("findings")
        results.append((churn, cost))
    assert results[0] == results[1]
