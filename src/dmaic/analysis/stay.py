"""Who was at risk at which age: stays of customers, as far as the export saw them.

A stay says how old a customer was when the time looked at began (0: signed up in it), how old when
it ended or the customer left, and whether he left. Customers who are still there (right censoring)
and customers who came before the time began (left truncation) are so told apart from those seen
whole, and counts by age are what every analysis of survival needs. One scan; rows stay in SQL.

Ages are whole calendar months, as a ledger counts them: in period t of age a customer is in the
t-th calendar month after that of sign-up; the first takes the rest of the month of sign-up with it.
So at risk over all ages together are the customers active at the start of each month, and lost are
those that `dmaic churn` counts, with those who came and went within a month.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import fsum

from dmaic.money.ledger import Category, Span
from dmaic.money.sbg import Age
from dmaic.result import Finding, Inputs


@dataclass(frozen=True, slots=True)
class Stay:
    """Customers who were seen alike.

    Attributes:
        entry: periods of age they had outlived when they came into view; 0 where they signed up in
            view. At risk are they in the periods entry + 1, ..., exit.
        exit: the last period of age that was seen whole; the entry where there was none.
        lost: they did not outlive the period `exit`.
        customers: how many.
        mrr: what they paid a month together; None without money.
    """

    entry: int
    exit: int
    lost: bool
    customers: int
    mrr: float | None = None

    @property
    def seen(self) -> int:
        """Periods that each of them was at risk."""
        return self.exit - self.entry


@dataclass(frozen=True, slots=True)
class Exposure:
    """Stays by category.

    Attributes:
        by: names of the category's parts; empty where there is one category, `()`.
        stays: category -> stays; of all categories together they are those of the whole.
        span: the time looked at; None where only a column of tenure tells ages.
        unit: what is counted, plural.
        currency: of all money, or None where it is not known.
        value_name: the column that the money comes from, or None without money.
        inputs: what it was computed from.
        findings: what was found about the data, settled.
    """

    by: tuple[str, ...]
    stays: Mapping[Category, tuple[Stay, ...]]
    span: tuple[Span, Span] | None
    unit: str
    currency: str | None
    value_name: str | None
    inputs: Inputs
    findings: tuple[Finding, ...] = ()

    def whole(self) -> tuple[Stay, ...]:
        """The stays of all categories together."""
        return tuple(stay for stays in self.stays.values() for stay in stays)


def by_age(stays: Iterable[Stay]) -> tuple[Age, ...]:
    """At risk and lost in each period of age, from the first on.

    Args:
        stays: of one category, or of several together.
    """
    every = [stay for stay in stays if stay.seen > 0]
    oldest = max((stay.exit for stay in every), default=0)
    came, lost = [0] * (oldest + 2), [0] * (oldest + 2)
    for stay in every:
        came[stay.entry + 1] += stay.customers
        came[stay.exit + 1] -= stay.customers
        lost[stay.exit] += stay.customers if stay.lost else 0
    ages, there = [], 0
    for age in range(1, oldest + 1):
        there += came[age]
        ages.append(Age(there, lost[age]))
    return tuple(ages)


def still_there(stays: Iterable[Stay]) -> dict[int, int]:
    """Customers who are there at the end, by the periods of age they have outlived.

    Args:
        stays: of one category, or of several together.
    """
    ages: dict[int, int] = {}
    for stay in stays:
        if not stay.lost:
            ages[stay.exit] = ages.get(stay.exit, 0) + stay.customers
    return dict(sorted(ages.items()))


def arpa(stays: Iterable[Stay]) -> float | None:
    """What a customer pays a month: MRR over customers, over all the months they were at risk.

    Args:
        stays: of one category, or of several together.
    """
    every = [stay for stay in stays if stay.seen > 0]
    months = sum(stay.customers * stay.seen for stay in every)
    paid = [stay.mrr * stay.seen for stay in every if stay.mrr is not None]
    return fsum(paid) / months if months and len(paid) == len(every) else None


def merged(stays: Iterable[Stay]) -> Iterator[Stay]:
    """Stays alike as one, in order, so that the order of rows changes nothing.

    Args:
        stays: in any order.
    """
    alike: dict[tuple[int, int, bool], list[Stay]] = {}
    for stay in stays:
        alike.setdefault((stay.entry, stay.exit, stay.lost), []).append(stay)
    for key, each in sorted(alike.items()):
        paid = [stay.mrr for stay in each if stay.mrr is not None]
        mrr = fsum(paid) if len(paid) == len(each) else None
        yield Stay(*key, sum(stay.customers for stay in each), mrr)
