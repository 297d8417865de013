"""The two sides of a measured benefit: which segments are on which, and how they churned."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from dmaic.money import effect
from dmaic.money.benefit_measure import Effect, Group, Overall, Rates, Role, Window
from dmaic.money.effect import Estimate, Losses, Pair, customers, revenue
from dmaic.money.flow import Flow, added
from dmaic.money.ledger import Category, Ledger
from dmaic.money.mix import Part
from dmaic.stats.proportion import wilson


@dataclass(frozen=True, slots=True)
class Sides:
    """What is compared with what.

    Attributes:
        before, after: the ledgers, by month, with the same parts of a category.
        treated: categories that the fix reached; none where that was not said.
        untouched: categories that they are compared with, on both sides.
        whole: the ledger of all months of the export before, where the baseline is a part of them.
    """

    before: Ledger
    after: Ledger
    treated: tuple[Category, ...]
    untouched: tuple[Category, ...]
    whole: Ledger | None = None

    @property
    def has_money(self) -> bool:
        """Both sides tell what customers pay."""
        return self.before.has_money and self.after.has_money

    def pairs(self, categories: Iterable[Category], *, money: bool = False) -> list[Pair]:
        """What each category lost on both sides."""
        pairs = []
        for category in categories:
            both = [_losses(ledger.flows[category], money) for ledger in (self.before, self.after)]
            if both[0] is not None and both[1] is not None:
                pairs.append((both[0], both[1]))
        return pairs

    def monthly(
        self, ledger: Ledger, categories: Iterable[Category], *, money: bool = False
    ) -> list[Losses]:
        """What categories lost together, a month each."""
        flows = zip(*(ledger.flows[each] for each in categories if each in ledger.flows),
                    strict=True)  # fmt: skip
        return [found for month in flows if (found := _losses(month, money)) is not None]


def _losses(flows: Iterable[Flow], money: bool) -> Losses | None:
    return revenue(flows) if money else customers(flows)


def label(category: Category) -> str:
    """A category as people read it."""
    return " / ".join(category)


def less_one(ratio: Estimate) -> Estimate:
    """A ratio as a change: 0.8 is -0.2."""
    return Estimate(**{side: None if figure is None else figure - 1
                       for side, figure in ratio})  # fmt: skip


def window(ledger: Ledger) -> Window:
    """The months of a ledger."""
    return Window(
        source=ledger.inputs.source,
        first=ledger.spans[0].name,
        last=ledger.spans[-1].name,
        months=ledger.months,
        sha256=ledger.inputs.sha256,
    )


def role(sides: Sides, category: Category) -> Role:
    """On which side of the comparison a category stands."""
    if category in sides.treated:
        return "treated"
    return "untouched" if category in sides.untouched or not sides.treated else "left out"


def base(ledger: Ledger, category: Category) -> tuple[float, float]:
    """Customer-months and customers lost of a category, which may not be there."""
    flow = ledger.of(category) if category in ledger.flows else Flow(0)
    return flow.customers_start, flow.churned


def group(
    sides: Sides,
    name: str,
    role: Role,
    categories: Iterable[Category],
    parts: Mapping[Category, Part],
) -> Group:
    """Categories together, with their parts in the change of the overall rate."""
    chosen = list(categories)
    both = [_rates(ledger, chosen) for ledger in (sides.before, sides.after)]
    losses = [
        customers([ledger.of(each) for each in chosen if each in ledger.flows])
        for ledger in (sides.before, sides.after)
    ]
    here = [parts[each] for each in chosen if each in parts]
    return Group(
        name=name,
        role=role,
        before=both[0],
        after=both[1],
        change=less_one(effect.ratio(losses[0], losses[1])),
        rate_effect=sum(each.rate for each in here) if here else None,
        mix_effect=sum(each.mix for each in here) if here else None,
    )


def _rates(ledger: Ledger, categories: Iterable[Category]) -> Rates | None:
    flows = [ledger.of(each) for each in categories if each in ledger.flows]
    if not flows:
        return None
    flow = added(flows)
    low, high = None, None
    if flow.customers_start:
        low, high = wilson(flow.churned, flow.customers_start)
    return Rates(
        customers=flow.customers_start,
        churned=flow.churned,
        rate=flow.rate,
        low=low,
        high=high,
        mrr=flow.mrr_start,
        mrr_lost=flow.mrr_churned,
        mrr_rate=flow.mrr_churned / flow.mrr_start
        if flow.mrr_start and flow.mrr_churned is not None
        else None,
    )


def overall(sides: Sides, every: Group, heads: Effect | None) -> Overall:
    """All customers on both sides."""
    assert every.before is not None
    assert every.after is not None
    without = None
    if heads is not None and heads.claimed.value is not None and every.after.customers:
        without = (every.after.churned + heads.claimed.value) / every.after.customers
    loss = [
        12 * side.mrr_lost * 12 / months if side.mrr_lost is not None and sides.has_money else None
        for side, months in (
            (every.before, sides.before.months),
            (every.after, sides.after.months),
        )
    ]
    return Overall(
        before=every.before.rate,
        after=every.after.rate,
        change=every.change,
        without_fix=without,
        rate_effect=every.rate_effect,
        mix_effect=every.mix_effect,
        loss_before=loss[0],
        loss_after=loss[1],
        topline=loss[0] - loss[1] if None not in loss else None,  # type: ignore[operator]
    )
