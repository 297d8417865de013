"""The terms as they are shown, references among them, in the table and in the chart."""

from __future__ import annotations

from dataclasses import dataclass

from dmaic.stats.drivers.result import DriversResult, Level
from dmaic.stats.drivers.term import Term
from dmaic.stats.drivers.word import figure
from dmaic.text import printable


@dataclass(frozen=True, slots=True)
class Line:
    """One term, or the reference of a variable.

    Attributes:
        variable: that it belongs to.
        name: as shown.
        ratio: for the step told in the name; 1 of a reference, None where it has no end.
        low, high: its interval.
        p_value: None of a reference.
        customers: of a category.
        rate: share of them who are lost.
    """

    variable: str
    name: str
    ratio: float | None
    low: float | None = None
    high: float | None = None
    p_value: float | None = None
    customers: int | None = None
    rate: float | None = None

    @property
    def is_reference(self) -> bool:
        """Whether the others are compared with it."""
        return self.p_value is None

    @property
    def told(self) -> str:
        """The ratio as text."""
        return "1" if self.is_reference else figure(self.ratio)


def lines(result: DriversResult) -> list[Line]:
    """All terms with their references: the strongest variable first, in it the highest risk first.

    Args:
        result: what was found.
    """
    order = {each.name: at for at, each in enumerate(result.ranking)}
    found = [(each.coefficient, _of_term(each)) for each in result.terms]
    found += [(0.0, _of_reference(each)) for each in result.levels if each.name in order]
    found.sort(key=lambda pair: (order.get(pair[1].variable, 0), -pair[0]))
    return [line for _, line in found]


def _of_term(term: Term) -> Line:
    ratio, low, high = term.over_step()
    name = printable(term.name, 80)
    if term.level is None:
        step = term.step or 1.0
        name = f"{name}, {step:g} more"
    return Line(
        variable=term.variable,
        name=name,
        ratio=ratio,
        low=low,
        high=high,
        p_value=term.p_value,
        customers=term.customers,
        rate=term.rate,
    )


def _of_reference(level: Level) -> Line:
    known = level.reference_customers
    return Line(
        variable=level.name,
        name=printable(f"{level.name}: {level.reference}", 80),
        ratio=1.0,
        customers=known,
        rate=level.reference_lost / known if known else None,
    )
