"""Properties of the ledger, held against a count of customers day by day in plain Python."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from itertools import pairwise

import pandas
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dmaic.analysis.ledger import LedgerQuestion, open_ledger
from dmaic.money.flow import Flow, added
from dmaic.money.ledger import Category, Ledger, Span

FIRST = date(2023, 11, 1)
ONE = timedelta(days=1)


@dataclass(frozen=True)
class Spell:
    customer: str
    begin: date | None
    end: date | None
    mrr: int
    plan: str


def day() -> st.SearchStrategy[date]:
    # Ends of months matter most: half of the days are there.
    edge = st.integers(0, 9).map(lambda n: date(2023 + (n + 11) // 12, (n + 11) % 12 + 1, 1))
    near = edge.flatmap(lambda when: st.integers(-2, 2).map(lambda n: when + n * ONE))
    return near | st.integers(0, 300).map(lambda n: FIRST + n * ONE)


@st.composite
def spell(draw: st.DrawFn) -> Spell:
    begin, end = draw(st.none() | day()), draw(st.none() | day())
    return Spell(
        draw(st.sampled_from("abc")), begin, end, draw(st.sampled_from([0, 10, 10, 25, 70])),
        draw(st.sampled_from(["Pro", "Team"])),
    )  # fmt: skip


SPELLS = st.lists(spell(), max_size=7).map(
    # Two losses bracket the time, so that every list gives a ledger of the same months.
    lambda spells: [
        *spells,
        Spell("first", None, date(2023, 12, 5), 1, "Pro"),
        Spell("last", None, date(2024, 7, 30), 1, "Pro"),
        Spell("stays", None, None, 40, "Team"),
    ]
)


def read(spells: Sequence[Spell], currency: str = "USD", **asked: object) -> Ledger:
    frame = pandas.DataFrame(
        {
            "customer_id": [each.customer for each in spells],
            "subscription_id": [f"s{n}" for n in range(len(spells))],
            "start_date": [each.begin and each.begin.isoformat() for each in spells],
            "churn_date": [each.end and each.end.isoformat() for each in spells],
            "plan": [each.plan for each in spells],
            "mrr": [f"{each.mrr}.00" for each in spells],
            "currency": currency,
        }
    )
    return open_ledger(frame, LedgerQuestion(**asked), fingerprint=False)  # type: ignore[arg-type]


def ends(each: Spell, spells: Sequence[Spell]) -> date:
    """The last day that it stands; who begins again on the day after it was never away."""
    if each.end is None:
        return date.max - ONE
    begins = {begin(other) for other in spells if other.customer == each.customer}
    return each.end + ONE if each.end + ONE in begins else each.end


def begin(each: Spell) -> date:
    backwards = each.begin and each.end and each.begin > each.end
    return date.min if each.begin is None or backwards else each.begin


def there(spells: Sequence[Spell], at: date) -> list[Spell]:
    """The subscriptions that stand at the start of a day: begun before it, not ended before it."""
    return [each for each in spells if begin(each) < at <= ends(each, spells)]


def place(standing: Sequence[Spell]) -> Category:
    plans: dict[str, tuple[int, int]] = defaultdict(lambda: (0, 0))
    for each in standing:
        paid, count = plans[each.plan]
        plans[each.plan] = (paid + each.mrr, count + 1)
    return (max(plans, key=lambda plan: (*plans[plan], plan)),)


def count(spells: Sequence[Spell], span: Span) -> dict[Category, Flow]:
    """The flows of one period, customer by customer."""
    flows: dict[Category, list[Flow]] = defaultdict(list)
    after = span.last + ONE
    empty = Flow(0, **{f.name: 0.0 for f in fields(Flow) if f.name.startswith(("mrr", "squ"))})
    for customer in {each.customer for each in spells}:
        mine = [each for each in spells if each.customer == customer]
        now, then = there(mine, span.first), there(mine, after)
        inside = [each for each in mine if span.first <= begin(each) <= span.last]
        paid, pays = sum(each.mrr for each in now), sum(each.mrr for each in then)
        if now:
            start = replace(empty, customers_start=1, mrr_start=paid)
            if not then:
                start = replace(start, churned=1, mrr_churned=paid, squares_churned=paid**2)
            else:
                start = replace(
                    start,
                    mrr_contraction=max(paid - pays, 0),
                    mrr_expansion=max(pays - paid, 0),
                )
            flows[place(now)].append(start)
        elif then:
            if any(begin(each) < span.first for each in mine):
                flows[place(then)].append(replace(empty, reactivated=1, mrr_reactivated=pays))
            else:
                flows[place(then)].append(replace(empty, new=1, mrr_new=pays))
        elif inside:
            brought = sum(each.mrr for each in inside)
            flows[place(inside)].append(replace(empty, passing=1, mrr_passing=brought))
    return {category: added(each) for category, each in flows.items()}


@settings(max_examples=60)
@given(SPELLS)
def test_the_ledger_is_what_counting_customers_one_by_one_gives(spells: list[Spell]) -> None:
    ledger = read(spells, by=("plan",))
    first = min(each.end for each in spells if each.end)
    assert ledger.spans[0].name == f"{first:%Y-%m}"
    for at, span in enumerate(ledger.spans):
        counted = count(spells, span)
        told = {category: each[at] for category, each in ledger.flows.items()}
        for category in {*counted, *told}:
            nothing = replace(counted[next(iter(counted))], **dict.fromkeys(names(), 0))
            assert told.get(category, nothing) == counted.get(category, nothing), span.name


def names() -> list[str]:
    return [each.name for each in fields(Flow)]


@settings(max_examples=20)
@given(SPELLS, st.randoms(use_true_random=False))
def test_neither_the_order_of_rows_nor_the_currency_changes_a_figure(
    spells: list[Spell], random: object
) -> None:
    shuffled = list(spells)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    ledger, other = read(spells, by=("plan",)), read(shuffled, "EUR", by=("plan",))
    assert ledger.flows == other.flows
    assert (ledger.currency, other.currency) == ("USD", "EUR")


@settings(max_examples=20)
@given(SPELLS, st.sampled_from(["month", "quarter"]))
def test_categories_add_up_to_the_whole(spells: list[Spell], period: str) -> None:
    assert read(spells, by=("plan",), period=period).whole() == read(spells, period=period).whole()


@settings(max_examples=20)
@given(SPELLS)
def test_who_is_there_at_a_start_is_who_was_there_before_and_came_and_did_not_go(
    spells: list[Spell],
) -> None:
    flows = read(spells).whole()
    for before, after in pairwise(flows):
        assert after.customers_start == (
            before.customers_start + before.new + before.reactivated - before.churned
        )
        moved = [before.mrr_start, before.mrr_new, before.mrr_reactivated, before.mrr_expansion]
        gone = [before.mrr_churned, before.mrr_contraction]
        assert after.mrr_start == pytest.approx(sum(map(float, moved)) - sum(map(float, gone)))  # type: ignore[arg-type]


ROWS = st.lists(
    st.tuples(st.none() | day(), st.none() | day(), st.sampled_from([0, 10, 25])), max_size=8
)


@settings(max_examples=30)
@given(ROWS)
def test_one_row_a_customer_gives_what_the_way_over_events_gives(
    rows: list[tuple[date | None, date | None, int]],
) -> None:
    every = [Spell(f"c{n}", *row, "Pro") for n, row in enumerate(rows)]
    every += [Spell("first", None, date(2023, 12, 5), 1, "Pro"),
              Spell("last", None, date(2024, 7, 30), 1, "Pro")]  # fmt: skip
    by_events = read(every)
    frame = pandas.DataFrame(
        [(each.customer, each.begin, each.end, each.mrr) for each in every],
        columns=["customer_id", "start_date", "churn_date", "mrr"],
    ).astype(str).replace("None", "")  # fmt: skip
    by_rows = open_ledger(frame, LedgerQuestion(), fingerprint=False)
    untold: Callable[[Flow], Flow] = lambda flow: replace(  # noqa: E731
        flow, mrr_contraction=None, mrr_expansion=None
    )
    assert tuple(map(untold, by_events.whole())) == by_rows.whole()
