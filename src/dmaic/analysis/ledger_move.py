"""Moves: who came, changed and went in which period, added up to the flows of a ledger."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from dmaic.analysis.ledger_span import told
from dmaic.churn.tally import categorise
from dmaic.money.flow import Flow, added
from dmaic.money.ledger import Category, Span
from dmaic.result import Finding

Key = tuple[str | None, ...]
"""The keys of a category as the rows give them; None is blank."""

NOUGHT = Decimal(0)

MANY = 10
"""Moves in a period, above which one without any is odd."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where customers stand.

    Attributes:
        keys: of their category.
        due: month of the year in which they can leave, 1 to 12; 0 for any.
    """

    keys: Key
    due: int = 0


@dataclass(frozen=True, slots=True)
class Move:
    """What happened to customers alike in one period.

    Attributes:
        period: its number; None: before everything, since nobody knows when.
        before: where they stood when it began; None: they were not there.
        after: where they stood at its end; None: they were no longer there.
        within: where they stood inside it, of those who came and went; else None.
        earlier: they had been there before, and lost.
        customers: how many.
        paid: what they paid when it began, a month.
        pays: what they paid at its end; of those who came and went, inside it.
        less: how much less those pay who stayed and pay less.
        more: how much more those pay who stayed and pay more.
        squares: sum of the squares of what each paid when it began.
    """

    period: int | None
    before: Place | None
    after: Place | None
    customers: int
    within: Place | None = None
    earlier: bool = False
    paid: Decimal = NOUGHT
    pays: Decimal = NOUGHT
    less: Decimal = NOUGHT
    more: Decimal = NOUGHT
    squares: Decimal = NOUGHT


def exact(figure: float) -> Decimal:
    """A sum of decimals as it was written, to 15 digits."""
    return Decimal(f"{figure:.15g}")


@dataclass
class _Sums:
    """A flow that is being added up."""

    start: int = 0
    new: int = 0
    churned: int = 0
    reactivated: int = 0
    passing: int = 0
    money: dict[str, Decimal] = field(default_factory=dict)

    def pay(self, name: str, figure: Decimal) -> None:
        self.money[name] = self.money.get(name, NOUGHT) + figure

    def flow(self, *, money: bool, changes: bool) -> Flow:
        def figure(name: str, known: bool = True) -> float | None:
            return float(self.money.get(name, NOUGHT)) if money and known else None

        return Flow(
            customers_start=self.start,
            new=self.new,
            churned=self.churned,
            reactivated=self.reactivated,
            passing=self.passing,
            mrr_start=figure("start"),
            mrr_new=figure("new"),
            mrr_churned=figure("churned"),
            mrr_reactivated=figure("reactivated"),
            mrr_passing=figure("passing"),
            mrr_contraction=figure("contraction", changes),
            mrr_expansion=figure("expansion", changes),
            squares_churned=figure("squares"),
        )


def flows(
    moves: Iterable[Move], spans: Sequence[Span], first: int, *, money: bool, changes: bool
) -> dict[Category, tuple[Flow, ...]]:
    """Add moves up.

    Args:
        moves: in any order.
        spans: the periods, without gaps.
        first: number of the first of them.
        money: whether what customers pay is known.
        changes: whether it is known when what they pay changes.

    Returns:
        Category -> a flow a period; categories in which nothing stood or happened are left out.
    """
    stock: dict[Place, list[Decimal]] = {}
    inside: list[list[Move]] = [[] for _ in spans]
    for move in moves:
        if move.period is None or move.period < first:
            _shift(stock, move)
        elif move.period < first + len(spans):
            inside[move.period - first].append(move)
    found: dict[Category, list[_Sums]] = {}
    for at, span in enumerate(spans):
        here: dict[Category, _Sums] = {}
        for place, (customers, paid) in stock.items():
            if _is_due(place, span):
                _start(here, place, int(customers), paid)
        for move in inside[at]:
            _add(here, move, span)
        for category, sums in here.items():
            found.setdefault(category, [_Sums() for _ in spans])[at] = sums
        for move in inside[at]:
            _shift(stock, move)
    return {
        category: tuple(sums.flow(money=money, changes=changes) for sums in each)
        for category, each in sorted(found.items())
        if any(sums != _Sums() for sums in each)
    }


def quiet(spans: Sequence[Span], flows: Mapping[Category, tuple[Flow, ...]]) -> Iterator[Finding]:
    """Periods in which nobody came or went, where many do in others.

    Args:
        spans: the periods.
        flows: of all categories.
    """
    whole = [added(each) for each in zip(*flows.values(), strict=True)]
    moved = [each.churned + each.new + each.reactivated + each.passing for each in whole]
    still = [span.name for span, count in zip(spans, moved, strict=True) if not count]
    others = len(moved) - len(still)
    if still and others and sum(moved) >= MANY * others:
        yield Finding(
            code="quiet-periods",
            level="warning",
            message=f"In {told(still)} nobody came or went, and in the other periods "
            f"{sum(moved) / others:,.0f} customers on average; they count as "
            "periods without churn.",
            hint="Does the export leave them out, or is a date wrong? --since and --until narrow "
            "the time.",
            count=len(still),
        )


def _shift(stock: dict[Place, list[Decimal]], move: Move) -> None:
    if move.before is not None:
        held = stock.setdefault(move.before, [NOUGHT, NOUGHT])
        held[0] -= move.customers
        held[1] -= move.paid
    if move.after is not None:
        held = stock.setdefault(move.after, [NOUGHT, NOUGHT])
        held[0] += move.customers
        held[1] += move.pays


def _is_due(place: Place, span: Span) -> bool:
    """Whether who stands there could leave in the period."""
    if span.first.year < span.last.year:  # a week over the turn of the year
        return place.due in (0, span.first.month, span.last.month)
    return not place.due or span.first.month <= place.due <= span.last.month


def _start(here: dict[Category, _Sums], place: Place, customers: int, paid: Decimal) -> None:
    if not customers and not paid:
        return
    sums = here.setdefault(categorise(place.keys), _Sums())
    sums.start += customers
    sums.pay("start", paid)


def _add(here: dict[Category, _Sums], move: Move, span: Span) -> None:
    if move.before is not None:
        sums = here.setdefault(categorise(move.before.keys), _Sums())
        if not _is_due(move.before, span):
            # Who leaves or pays otherwise could do so.
            _start(here, move.before, move.customers, move.paid)
        if move.after is None:
            sums.churned += move.customers
            sums.pay("churned", move.paid)
            sums.pay("squares", move.squares)
        else:
            sums.pay("contraction", move.less)
            sums.pay("expansion", move.more)
    elif move.after is not None:
        sums = here.setdefault(categorise(move.after.keys), _Sums())
        if move.earlier:
            sums.reactivated += move.customers
            sums.pay("reactivated", move.pays)
        else:
            sums.new += move.customers
            sums.pay("new", move.pays)
    elif move.within is not None:
        sums = here.setdefault(categorise(move.within.keys), _Sums())
        sums.passing += move.customers
        sums.pay("passing", move.pays)
