"""What a customer is worth over a lifetime: the vendors' way, discounted, and from survival."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from dmaic import number
from dmaic.block import Block
from dmaic.money.clv_row import FIGURES, AgePoint, ClvRow
from dmaic.money.lifetime import Period
from dmaic.reply import Study, heading
from dmaic.result import Sheet


class ClvResult(Study):
    """Lifetime value of customers.

    Attributes:
        by: names of the category's parts; empty without categories.
        unit: what is counted, plural.
        currency: of all money, or None where it is not known.
        period: what one period of age is.
        first: the first month looked at, or None.
        last: the last one, or None.
        margin: share of a payment that is left after what serving the customer costs.
        discount: a year, a fraction.
        discount_period: a period.
        horizon: periods counted; None for all there will ever be.
        alpha: of all customers together; see `ClvRow`.
        beta: the same.
        log_likelihood: the same.
        survival: share of new customers who outlive each period; the first is 1.0.
        constant: the same if everybody left at the same rate at every age.
        overall: all customers together.
        rows: one a category, the most customers first.
    """

    kind: str = "clv"
    by: tuple[str, ...] = ()
    unit: str = "customers"
    currency: str | None = None
    period: Period = "month"
    first: str | None = None
    last: str | None = None
    margin: float = 1.0
    discount: float = 0.10
    discount_period: float
    horizon: int | None = None
    alpha: float | None = None
    beta: float | None = None
    log_likelihood: float | None = None
    survival: tuple[float, ...] = ()
    constant: tuple[float, ...] = ()
    overall: ClvRow
    rows: tuple[ClvRow, ...] = ()

    def records(self) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
        """All customers first, then one row a category."""
        names = self.by or ("customers_of",)
        header = (*names, *FIGURES)
        everybody = ("(all)", *("" for _ in names[1:]))
        return header, [
            (*(row.category or everybody), *(getattr(row, name) for name in FIGURES))
            for row in (self.overall, *self.rows)
        ]

    def sheets(self) -> tuple[Sheet, ...]:
        """The values, and retention by age."""
        header, rows = self.records()
        told = tuple(map(heading, header))
        head = (heading(self.period), "At risk", "Lost", "Retention", "Observed survival",
                "Survival", "Constant rate")  # fmt: skip
        return (
            Sheet("Lifetime value", told, rows),
            Sheet("Retention", head, list(self.retention(range(len(self.survival))))),
        )

    def retention(self, ages: Iterable[int]) -> Iterator[tuple[Any, ...]]:
        """Age, at risk, lost, retention, observed survival, survival on the curve, at one rate.

        Args:
            ages: no greater than the last one of `survival`.
        """
        seen: dict[int, AgePoint] = {point.age: point for point in self.overall.observed}
        for age in ages:
            point = seen.get(age)
            yield (
                age,
                point and point.at_risk,
                point and point.lost,
                point and point.retention,
                point.survived if point else 1.0 if age == 0 and seen else None,
                self.survival[age],
                self.constant[age] if self.constant else None,
            )

    def money(self, figure: float | None) -> str:
        """An amount as it is told: whole from a hundred on.

        Args:
            figure: the amount.
        """
        if figure is not None and abs(figure) >= 100:
            figure = float(round(figure))
        return number.money(figure, self.currency)

    def answer(self) -> tuple[Block, ...]:
        """The sentence, what a customer is worth by each way, segments, and retention by age."""
        # How it is laid out needs the result, and only where it is shown.
        from dmaic.money.clv_block import blocks

        return blocks(self)
