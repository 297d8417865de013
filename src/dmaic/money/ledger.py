"""The ledger: what came and went in each period, by category. All money analyses start from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from dmaic.money.flow import Flow, added
from dmaic.result import Finding, Inputs

Category = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Span:
    """One period.

    Attributes:
        name: such as `2024-W05`, `2024-03`, `2024-Q1` or `2024`.
        first: its first day.
        last: its last day, included.
        months: that it lasts; 0 for a week.
    """

    name: str
    first: date
    last: date
    months: int = 1


@dataclass(frozen=True, slots=True)
class Ledger:
    """Flows by category and period, whole periods only.

    Attributes:
        definition: name of the definition of churn by which customers were counted.
        by: names of the category's parts; empty where there is one category, `()`.
        spans: the periods in order of time, without gaps.
        flows: category -> one flow a period. Flows of all categories add up to the whole.
        unit: what is counted, plural, such as `customers`.
        currency: of all money, or None where it is not known.
        value_name: the column that the money comes from, or None without money.
        inputs: what it was computed from.
        findings: what was found about the data, settled: nothing blocking is left.
    """

    definition: str
    by: tuple[str, ...]
    spans: tuple[Span, ...]
    flows: Mapping[Category, tuple[Flow, ...]]
    unit: str
    currency: str | None
    value_name: str | None
    inputs: Inputs
    findings: tuple[Finding, ...] = ()

    @property
    def months(self) -> int:
        """Months that all periods last together."""
        return sum(span.months for span in self.spans)

    @property
    def has_money(self) -> bool:
        """Whether the export tells what customers pay."""
        return self.value_name is not None

    def of(self, category: Category) -> Flow:
        """A category over all periods."""
        return added(self.flows[category])

    def whole(self) -> tuple[Flow, ...]:
        """All categories together, a flow a period."""
        return tuple(added(flows) for flows in zip(*self.flows.values(), strict=True))

    def overall(self) -> Flow:
        """All categories over all periods."""
        return added(self.whole())
