"""The result of `survival`: how long customers stay, group by group, and whether groups differ."""

from __future__ import annotations

from typing import Any, Literal

from dmaic.block import Block
from dmaic.reply import Study, heading
from dmaic.result import Frozen, Sheet
from dmaic.stats.survival.age import Unit


class Curve(Frozen):
    """A survival curve as its steps: age 0, and every age at which a customer was lost.

    Attributes:
        group: which customers.
        time: ages.
        survival: share of new customers who outlive each age (Kaplan-Meier).
        lower: lower ends of its 95 % log-log interval; None where all at risk were lost.
        upper: upper ends.
        at_risk: customers at risk at each age.
        events: those of them who were lost at it.
        cumulative_hazard: Nelson-Aalen.
        hazard_lower: lower ends of its 95 % interval, on the log scale.
        hazard_upper: upper ends.
    """

    group: str
    time: tuple[float, ...]
    survival: tuple[float, ...]
    lower: tuple[float | None, ...]
    upper: tuple[float | None, ...]
    at_risk: tuple[int, ...]
    events: tuple[int, ...]
    cumulative_hazard: tuple[float, ...]
    hazard_lower: tuple[float, ...]
    hazard_upper: tuple[float, ...]


class Milestone(Frozen):
    """What was seen at a round age.

    Attributes:
        age: in the unit of the ages.
        name: in words, such as `90 days`.
        at_risk: customers at risk at it.
        lost: customers lost until then, the age included.
        survival: share of new customers who outlive it; None beyond the last age seen, and before
            the first at which anybody was in view.
        low, high: its 95 % interval.
        share: of all losses, those until then.
        share_low, share_high: its 95 % Wilson interval.
    """

    age: float
    name: str
    at_risk: int
    lost: int
    survival: float | None = None
    low: float | None = None
    high: float | None = None
    share: float | None = None
    share_low: float | None = None
    share_high: float | None = None


class Hazard(Frozen):
    """How fast customers leave in one month of life.

    Attributes:
        month: from 1.
        start, end: ages between which it lies, the end included.
        at_risk: customers at risk at its start.
        lost: customers lost in it.
        time: customer-months at risk.
        rate: lost a customer-month; None where nobody was at risk.
        low, high: its 95 % interval.
    """

    month: int
    start: float
    end: float
    at_risk: int
    lost: int
    time: float
    rate: float | None = None
    low: float | None = None
    high: float | None = None


class EarlyLife(Frozen):
    """Whether customers leave faster early in life than later.

    Attributes:
        until: the age that divides both, in the unit of the ages.
        name: in words, such as `90 days`.
        early_lost, later_lost: customers lost.
        early_time, later_time: customer-months at risk.
        early_rate, later_rate: lost a customer-month.
        early_low, early_high, later_low, later_high: their 95 % intervals.
        ratio: early over later; None where it cannot be told.
        low, high: its 95 % interval; `high` is None where it has no end.
        p_value: of the hypothesis that both rates are the same.
        verdict: `higher`, `lower`, `not-shown`, or `too-few` losses to tell.
    """

    until: float
    name: str
    early_lost: int
    later_lost: int
    early_time: float
    later_time: float
    early_rate: float | None = None
    early_low: float | None = None
    early_high: float | None = None
    later_rate: float | None = None
    later_low: float | None = None
    later_high: float | None = None
    ratio: float | None = None
    low: float | None = None
    high: float | None = None
    p_value: float | None = None
    verdict: Literal["higher", "lower", "not-shown", "too-few"]


class Group(Frozen):
    """How long the customers of a group stay.

    Attributes:
        group: which customers.
        customers: how many were in view.
        lost: those of them who were lost in view.
        late: those who came into view some time after their sign-up (left truncation).
        time: customer-months at risk.
        last: the greatest age at which anybody was seen.
        median: the least age by which half of new customers are lost; None where it is not reached.
        median_low, median_high: its 95 % interval; None where an end is not reached.
        restricted_mean: mean life up to the horizon; None where it was not seen so far.
        restricted_mean_low, restricted_mean_high: its 95 % interval.
        milestones: at round ages.
        hazard: by month of life.
        early: early life against later.
        observed: customers lost, as the log-rank test counts them; None without groups.
        expected: those who would have been lost if all groups were alike.
        relative_hazard: observed over expected.
    """

    group: str
    customers: int
    lost: int
    late: int
    time: float
    last: float
    median: float | None = None
    median_low: float | None = None
    median_high: float | None = None
    restricted_mean: float | None = None
    restricted_mean_low: float | None = None
    restricted_mean_high: float | None = None
    milestones: tuple[Milestone, ...] = ()
    hazard: tuple[Hazard, ...] = ()
    early: EarlyLife
    observed: float | None = None
    expected: float | None = None
    relative_hazard: float | None = None

    def milestone(self, name: str) -> Milestone | None:
        """The milestone of a name; None where there is none."""
        return next((each for each in self.milestones if each.name == name), None)


class LogRank(Frozen):
    """A test of the hypothesis that all groups stay equally long.

    Attributes:
        name: of the test: `log-rank`, `wilcoxon` and so on.
        statistic: chi-square; None where nothing can be tested.
        df: degrees of freedom.
        p_value: of it.
    """

    name: str = "log-rank"
    statistic: float | None = None
    df: int | None = None
    p_value: float | None = None


class Pairwise(Frozen):
    """Two groups against each other.

    Attributes:
        first, second: the groups.
        ratio: how many times as fast the first loses customers: the Mantel-Haenszel ratio of
            hazards over all ages.
        low, high: its 95 % interval.
        statistic: log-rank chi-square with 1 degree of freedom.
        p_value: of this pair alone.
        p_holm: the same corrected by Holm for all pairs; None where they are not compared.
    """

    first: str
    second: str
    ratio: float | None = None
    low: float | None = None
    high: float | None = None
    statistic: float | None = None
    p_value: float | None = None
    p_holm: float | None = None


class SurvivalResult(Study):
    """How long customers stay, and when they leave.

    Attributes:
        by: names of the group's parts; empty without groups.
        counted: what is counted, plural.
        unit: what ages are counted in.
        first, last: days between which customers were in view; None where only a tenure tells ages.
        horizon: age up to which mean lives are restricted; None where there is none.
        overall: all customers together.
        groups: a group each, most customers first; empty without groups.
        curves: one a group, in their order; of all customers where there are no groups.
        logrank: the test that all groups stay equally long; None without groups.
        weighted: the same test with other weights of early and late losses.
        extremes: the group that leaves fastest against the one that leaves slowest, by their losses
            over those expected; None without groups.
        pairwise: every two groups; empty where there are more than 12 groups.
    """

    kind: str = "survival"
    by: tuple[str, ...] = ()
    counted: str = "customers"
    unit: Unit = "day"
    first: str | None = None
    last: str | None = None
    horizon: float | None = None
    overall: Group
    groups: tuple[Group, ...] = ()
    curves: tuple[Curve, ...] = ()
    logrank: LogRank | None = None
    weighted: tuple[LogRank, ...] = ()
    extremes: Pairwise | None = None
    pairwise: tuple[Pairwise, ...] = ()

    def rows(self) -> tuple[Group, ...]:
        """The groups, or all customers where there are none."""
        return self.groups or (self.overall,)

    def records(self) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
        """The steps of every curve."""
        fields = [name for name in Curve.model_fields if name not in ("group", "time")]
        return ("group", "time", *fields), [
            (curve.group, *step)
            for curve in self.curves
            for step in zip(curve.time, *(getattr(curve, name) for name in fields), strict=True)
        ]

    def comparable(self) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
        """All customers and the groups, with their survival at round ages and their early life."""
        plain = [name for name in Group.model_fields if name not in _NESTED]
        ages = [each.name for each in self.overall.milestones]
        shares = [f"still_there_after_{age.replace(' ', '_')}" for age in ages]
        rows: list[tuple[Any, ...]] = []
        for each in (self.overall, *self.groups):
            seen = [each.milestone(age) for age in ages]
            left = [found and found.survival for found in seen]
            rows.append((*(getattr(each, name) for name in plain), *left, each.early.ratio))
        return (*plain, *shares, "early_over_later"), rows

    def sheets(self) -> tuple[Sheet, ...]:
        """The curves, the groups, and the hazard by month of life."""
        header, steps = self.records()
        columns, groups = self.comparable()
        months = list(Hazard.model_fields)
        every = (self.overall, *self.groups)
        return (
            Sheet("Curves", tuple(map(heading, header)), steps),
            Sheet("Groups", tuple(map(heading, columns)), groups),
            Sheet("Hazard", ("Group", *map(heading, months)),
                  [(each.group, *(getattr(month, name) for name in months))
                   for each in every for month in each.hazard]),
        )  # fmt: skip

    def answer(self) -> tuple[Block, ...]:
        """The sentence that answers, survival and hazard by age, and the groups compared."""
        from dmaic.stats.survival.page import blocks

        return blocks(self)


_NESTED = ("milestones", "hazard", "early")
