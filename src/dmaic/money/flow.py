"""What happened to the customers of one category in one period, and what follows from it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from math import fsum


@dataclass(frozen=True, slots=True)
class Flow:
    """Customers and monthly recurring revenue (MRR) that stood, came and went.

    Flows of several periods or categories are added with `added`; `customers_start` and
    `mrr_start` are then customer-periods and MRR-periods, which rates are over.

    Attributes:
        customers_start: active when the period began.
        new: signed up in it and still there at its end.
        churned: active when it began and lost in it.
        reactivated: came back in it, having been lost before it.
        passing: signed up in it and lost in it; in none of the others.
        mrr_start: what those active at its start paid a month; None without money, as all of these.
        mrr_new: MRR of the new.
        mrr_churned: MRR of the churned.
        mrr_reactivated: MRR of those who came back.
        mrr_passing: MRR of those who came and went.
        mrr_contraction: MRR less of those who stayed and paid less, a positive figure; None where
            the export cannot tell.
        mrr_expansion: MRR more of those who stayed and paid more, or None.
        squares_churned: sum of the squares of the churned customers' MRRs; the variance of
            `mrr_churned` if losses come independently (compound Poisson).
    """

    customers_start: int
    new: int = 0
    churned: int = 0
    reactivated: int = 0
    passing: int = 0
    mrr_start: float | None = None
    mrr_new: float | None = None
    mrr_churned: float | None = None
    mrr_reactivated: float | None = None
    mrr_passing: float | None = None
    mrr_contraction: float | None = None
    mrr_expansion: float | None = None
    squares_churned: float | None = None

    @property
    def rate(self) -> float | None:
        """Churned over active at start (logo churn); None where nobody was there."""
        return self.churned / self.customers_start if self.customers_start else None

    @property
    def arpa(self) -> float | None:
        """Average revenue per account: MRR over customers, both at the start."""
        if self.mrr_start is None or not self.customers_start:
            return None
        return self.mrr_start / self.customers_start


def added(flows: Iterable[Flow]) -> Flow:
    """The sum of flows; a figure that one of them lacks is lacking in the sum.

    Args:
        flows: at least one.
    """
    every = list(flows)
    sums: dict[str, int | float | None] = {}
    for field in fields(Flow):
        figures = [getattr(flow, field.name) for flow in every]
        if any(figure is None for figure in figures):
            sums[field.name] = None
        elif all(isinstance(figure, int) for figure in figures):
            sums[field.name] = sum(figures)
        else:
            sums[field.name] = fsum(figures)
    return Flow(**sums)  # type: ignore[arg-type]
