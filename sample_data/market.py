"""Customers who sign up and churn, as the worked case has them.

Only `random.Random.random()` is drawn from, and only whole numbers are added up: both are the same
in every version of Python.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import TypeVar

from worked_case import (
    AFTER,
    BEFORE,
    BLANK,
    ESTIMATORS,
    FIRST_MONTH,
    HAZARD,
    LOST_A_MONTH,
    PRICE,
    QUESTION_MONTH,
    REGIONS,
    SEGMENTS,
    Segment,
)

T = TypeVar("T")


@dataclass
class Customer:
    """One customer; `churned` is the date of churn, if any."""

    number: int
    segment: str
    signed_up: date
    plan: str
    seats: int
    region: str
    churned: date | None = None

    @property
    def mrr(self) -> int:
        """Monthly recurring revenue in dollars."""
        return PRICE[self.plan] * self.seats

    @property
    def side(self) -> int:
        """0 for estimators, 1 for everybody else: the column of a table of weights."""
        return int(self.segment != ESTIMATORS)


class Draw:
    """Draws that are the same in every version of Python."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed).random

    def below(self, end: int) -> int:
        """A whole number from 0 up to, not including, `end`."""
        return int(self.random() * end)

    def pick(self, weights: Mapping[T, int]) -> T:
        """One key, by weight."""
        left = self.below(sum(weights.values()))
        for key, weight in weights.items():
            left -= weight
            if left < 0:
                return key
        raise ValueError("no weights")


def split(total: int, weights: Sequence[int]) -> list[int]:
    """Whole numbers proportional to the weights that add up to `total`."""
    whole = sum(weights)
    parts = [total * weight // whole for weight in weights]
    order = sorted(range(len(weights)), key=lambda i: (-(total * weights[i] % whole), i))
    for i in order[: total - sum(parts)]:
        parts[i] += 1
    return parts


def months_between(early: date, late: date) -> int:
    """Calendar months from one date's month to the other's."""
    return (late.year - early.year) * 12 + late.month - early.month


def in_month(draw: Draw, year: int, month: int) -> date:
    """Any day of the month."""
    return date(year, month, 1 + draw.below(monthrange(year, month)[1]))


def sign_up(draw: Draw, segment: Segment, day: date) -> Customer:
    """A new customer of the segment; the number is given later."""
    plan = draw.pick(dict(zip(PRICE, segment.plans, strict=True)))
    seats = 1 + int(draw.random() * draw.random() * segment.seats)
    return Customer(0, segment.name, day, plan, seats, draw.pick(REGIONS))


def first_customers(draw: Draw) -> list[Customer]:
    """Everybody who is a customer when the year `BEFORE` begins; estimators came later."""
    year, month = FIRST_MONTH
    span = (BEFORE - year) * 12 + 1 - month
    found = []
    for segment in SEGMENTS:
        for _ in range(segment.start):
            late = draw.below(span)
            if segment.name == ESTIMATORS:
                late = max(late, draw.below(span))
            years, months = divmod(month - 1 + late, 12)
            found.append(sign_up(draw, segment, in_month(draw, year + years, months + 1)))
    return found


def live_a_year(draw: Draw, customers: list[Customer], year: int) -> None:
    """Let customers sign up and churn; nobody churns in the month of sign-up."""
    which = (BEFORE, AFTER).index(year)
    season = [94 + draw.below(13) for _ in range(12)]
    for segment in SEGMENTS:
        asked = year > BEFORE or segment.name != BLANK
        new = [10 if asked or month < QUESTION_MONTH else 1 for month in range(1, 13)]
        for month, count in enumerate(split(segment.new[which], new), 1):
            for _ in range(count):
                customers.append(sign_up(draw, segment, in_month(draw, year, month)))
        noise = [each * (94 + draw.below(13)) for each in season]
        mine = [c for c in customers if c.segment == segment.name and c.churned is None]
        # Onboarding is what the improvement added: estimators then leave like everybody else.
        side = int(segment.name != ESTIMATORS or year == AFTER)
        for month, count in enumerate(split(segment.churned[which], noise), 1):
            left = count
            while left:
                customer = mine[draw.below(len(mine))]
                tenure = months_between(customer.signed_up, date(year, month, 1))
                if customer.churned or tenure < 1:
                    continue
                weight = next(row[1 + side] for row in HAZARD if tenure <= row[0])
                if draw.below(12) < weight:
                    customer.churned = in_month(draw, year, month)
                    left -= 1


def steer(draw: Draw, customers: Sequence[Customer], target: int, most: int = 20) -> None:
    """Add or take seats, one at a time, until the customers' MRR is within $9 of the target."""
    missing = target - sum(customer.mrr for customer in customers)
    while abs(missing) > 9:
        customer = customers[draw.below(len(customers))]
        step = 1 if missing > 0 else -1
        price = step * PRICE[customer.plan]
        if 1 <= customer.seats + step <= most and abs(missing - price) < abs(missing):
            customer.seats += step
            missing -= price


def hit_the_loss(draw: Draw, customers: Sequence[Customer], year: int) -> None:
    """Make the year's lost MRR that of the worked case, by the seats of churned customers.

    In `AFTER` only customers of that year may change: the others stand in the earlier export.
    """
    ours, total = LOST_A_MONTH[year]
    churned = [c for c in customers if c.churned and c.churned.year == year]
    for side in (0, 1):
        mine = [c for c in churned if c.side == side]
        free = [c for c in mine if c.signed_up.year == year or year == BEFORE]
        free = [c for c in free if c.seats > 1]
        held = sum(c.mrr for c in mine) - sum(c.mrr for c in free)
        goal = ours if side == 0 else total - sum(c.mrr for c in churned if c.side == 0)
        steer(draw, free, goal - held)


def number(draw: Draw, customers: list[Customer], first: int) -> None:
    """Number those without a number in the order of sign-up, with gaps as in real exports."""
    last = first
    for customer in sorted((c for c in customers if not c.number), key=lambda c: c.signed_up):
        last += 1 + draw.below(3)
        customer.number = last
    customers.sort(key=lambda c: c.number)
