"""The result of `survival --cohort`: the retention triangle."""

from __future__ import annotations

from typing import Any, Literal

from dmaic.block import Block
from dmaic.reply import Study
from dmaic.result import Frozen


class Cohort(Frozen):
    """Customers who signed up in one period.

    Attributes:
        cohort: name of the period, such as `2024-03`.
        customers: how many signed up.
        remaining: those still there at the end of the period of sign-up, of the next, and so on.
        retention: the same as shares of those who signed up.
    """

    cohort: str
    customers: int
    remaining: tuple[int, ...]
    retention: tuple[float, ...]


class CohortResult(Study):
    """The retention triangle: who signed up in each period, and how many were left after others.

    Attributes:
        period: `week`, `month`, `quarter` or `year`.
        counted: what is counted, plural.
        first, last: the first and the last period in view.
        cohorts: in order of time.
        average: of all cohorts seen for so many periods, the share that was left; weighted by size.
        earlier: customers who signed up before the first period in view, which are in no cohort.
    """

    kind: str = "survival-cohort"
    period: Literal["week", "month", "quarter", "year"] = "month"
    counted: str = "customers"
    first: str
    last: str
    cohorts: tuple[Cohort, ...] = ()
    average: tuple[float, ...] = ()
    earlier: int = 0

    def records(self) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
        """A row a cohort: its customers, and the share left after each period."""
        width = max((len(each.retention) for each in self.cohorts), default=0)
        ages = tuple(f"after_{age}" for age in range(width))
        return ("cohort", "customers", *ages), [
            (each.cohort, each.customers, *each.retention,
             *(None for _ in range(width - len(each.retention))))
            for each in self.cohorts
        ]  # fmt: skip

    def answer(self) -> tuple[Block, ...]:
        """The sentence and the triangle."""
        from dmaic.stats.survival.cohort_word import blocks

        return blocks(self)
