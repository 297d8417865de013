"""From lives to the figures of the result."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isnan
from typing import TYPE_CHECKING

from dmaic.stats.proportion import wilson
from dmaic.stats.survival import hazard, logrank
from dmaic.stats.survival.age import EARLY, Unit, milestones, month
from dmaic.stats.survival.kaplan_meier import Estimate, Span, estimate
from dmaic.stats.survival.life import Counts, Lives, counts
from dmaic.stats.survival.result import (
    Curve,
    EarlyLife,
    Group,
    Hazard,
    LogRank,
    Milestone,
    Pairwise,
)
from dmaic.text import plural

if TYPE_CHECKING:
    from dmaic.stats.survival.life import Figures

ALL = "(all)"
"""Name of all customers together."""

MOST_PAIRS = 12
"""Groups of which every two are compared; of more there would be too many pairs to read."""


@dataclass(frozen=True, slots=True)
class Life:
    """A group with its figures at hand.

    Attributes:
        name: of the group.
        lives: of its customers.
        counted: the same as arrays.
        estimate: its survival curve.
    """

    name: str
    lives: Lives
    counted: Counts
    estimate: Estimate

    @property
    def emptied(self) -> bool:
        """Whether all at risk were lost while others, older when they came into view, stayed."""
        import numpy

        zero = numpy.flatnonzero(self.estimate.survival == 0)
        return bool(zero.size) and float(self.estimate.time[zero[0]]) < self.estimate.last

    def gaps(self) -> list[tuple[float, float]]:
        """Ages between which nobody was in view, before the last one seen."""
        import numpy

        came = numpy.maximum(self.counted.ages_came, 0.0)
        marks = numpy.unique(numpy.concatenate(([0.0], came, self.counted.ages_gone)))
        there = self.counted.at_risk(marks[1:])
        return [
            (float(marks[at]), float(marks[at + 1])) for at in range(there.size) if there[at] == 0
        ]


def life(name: str, lives: Lives) -> Life:
    """A group with its figures.

    Args:
        name: of the group.
        lives: of one customer or more.
    """
    counted = counts(lives)
    return Life(name, lives, counted, estimate(counted))


def common_horizon(lives: Sequence[Life]) -> float | None:
    """The greatest age up to which the mean life of every group can be told.

    The smallest of the groups' greatest ages, as Uno's survRM2 takes; groups of which nobody was
    seen at any age say nothing.

    Args:
        lives: all groups.
    """
    ends = [each.estimate.last for each in lives if each.estimate.last > 0]
    return min(ends, default=None)


def curve(each: Life) -> Curve:
    """The steps of a group's curve; shares to ten digits.

    Args:
        each: the group.
    """
    found = each.estimate
    return Curve(
        group=each.name,
        time=tuple(map(float, found.time)),
        survival=_shares(found.survival),
        lower=tuple(map(_known, found.lower)),
        upper=tuple(map(_known, found.upper)),
        at_risk=tuple(map(int, found.at_risk)),
        events=tuple(map(int, found.events)),
        cumulative_hazard=_shares(found.hazard),
        hazard_lower=_shares(found.hazard_lower),
        hazard_upper=_shares(found.hazard_upper),
    )


def _shares(figures: Figures) -> tuple[float, ...]:
    return tuple(float(f"{figure:.10g}") for figure in figures)


def _known(figure: float) -> float | None:
    return None if isnan(figure) else float(f"{figure:.10g}")


def group(each: Life, unit: Unit, horizon: float | None) -> Group:
    """The figures of a group.

    Args:
        each: the group.
        unit: of the ages.
        horizon: age up to which its mean life is told.
    """
    import numpy

    found, step = each.estimate, month(unit)
    half = found.quantile()
    mean = found.restricted_mean(horizon) if horizon is not None else Span()
    hazards = hazard.by_step(each.counted, step, found.last) if found.last > 0 else []
    there = each.counted.at_risk(numpy.array([start for start, _, _ in hazards]))
    return Group(
        group=each.name,
        customers=each.lives.customers,
        lost=each.lives.losses,
        late=each.lives.late,
        time=float(each.counted.time_upto(numpy.array([found.last]))[0]) / step,
        last=found.last,
        median=half.value,
        median_low=half.low,
        median_high=half.high,
        restricted_mean=mean.value,
        restricted_mean_low=mean.low,
        restricted_mean_high=mean.high,
        milestones=tuple(_milestone(each, *at) for at in milestones(unit, found.last)),
        hazard=tuple(
            Hazard(month=at + 1, start=start, end=end, at_risk=int(there[at]), lost=rate.lost,
                   time=rate.time, rate=rate.value, low=rate.low, high=rate.high)
            for at, (start, end, rate) in enumerate(hazards)
        ),
        early=_early(each, unit),
    )  # fmt: skip


def _milestone(each: Life, age: float, name: str) -> Milestone:
    import numpy

    left = each.estimate.at(age)
    if any(start <= 0 and age <= end for start, end in each.gaps()):
        left = Span()  # nobody was in view yet
    at = numpy.array([age])
    lost, every = int(each.counted.lost_upto(at)[0]), each.lives.losses
    low, high = wilson(lost, every) if every else (None, None)
    return Milestone(
        age=age,
        name=name,
        at_risk=int(each.counted.at_risk(at)[0]),
        lost=lost,
        survival=left.value,
        low=left.low,
        high=left.high,
        share=lost / every if every else None,
        share_low=low,
        share_high=high,
    )


def _early(each: Life, unit: Unit) -> EarlyLife:
    until = EARLY[unit]
    early, later = hazard.split(each.counted, until, month(unit))
    ratio = hazard.compare(early, later)
    return EarlyLife(
        until=until,
        name=plural(until, unit),
        early_lost=early.lost,
        later_lost=later.lost,
        early_time=early.time,
        later_time=later.time,
        early_rate=early.value,
        early_low=early.low,
        early_high=early.high,
        later_rate=later.value,
        later_low=later.low,
        later_high=later.high,
        ratio=ratio.value,
        low=ratio.low,
        high=ratio.high,
        p_value=ratio.p_value,
        verdict=ratio.verdict,
    )


@dataclass(frozen=True, slots=True)
class Compared:
    """Groups against each other.

    Attributes:
        logrank: the test of all.
        weighted: the same with other weights.
        pairwise: every two groups; empty where there are more than `MOST_PAIRS`.
        expected: losses of each group if all were alike.
        observed: those it had.
        extremes: the group that leaves fastest against the one that leaves slowest.
        crossing: pairs of whom one leaves faster early and the other late, by name.
    """

    logrank: LogRank
    weighted: tuple[LogRank, ...]
    pairwise: tuple[Pairwise, ...]
    observed: tuple[float, ...]
    expected: tuple[float, ...]
    extremes: Pairwise | None
    crossing: tuple[tuple[str, str], ...]


def compare(lives: Sequence[Life]) -> Compared:
    """Test whether all groups stay equally long.

    Args:
        lives: two groups or more.
    """
    table = logrank.table([each.counted for each in lives])
    outcomes: Mapping[str, logrank.Outcome] = {
        name: logrank.compare(table, name) for name in logrank.WEIGHTS
    }
    tests = [
        LogRank(name=name, statistic=each.statistic, df=each.df, p_value=each.p_value)
        for name, each in outcomes.items()
    ]
    plain = outcomes["log-rank"]
    pairs = logrank.pairs(table) if len(lives) <= MOST_PAIRS else ()
    return Compared(
        tests[0],
        tuple(tests[1:]),
        tuple(
            Pairwise(first=lives[pair.first].name, second=lives[pair.second].name,
                     ratio=pair.ratio, low=pair.low, high=pair.high, statistic=pair.statistic,
                     p_value=pair.p_value, p_holm=pair.holm)
            for pair in pairs
        ),
        plain.observed,
        plain.expected,
        _extremes(lives, table, plain),
        tuple(
            (lives[pair.first].name, lives[pair.second].name)
            for pair in pairs
            if logrank.crosses(table.of((pair.first, pair.second)), len(pairs))
        ),
    )  # fmt: skip


def _extremes(
    lives: Sequence[Life], table: logrank.Table, plain: logrank.Outcome
) -> Pairwise | None:
    """The groups with the most and the fewest losses for those expected."""
    told = [at for at, expected in enumerate(plain.expected) if expected > 0]
    if len(told) < 2:
        return None

    def relative(at: int) -> tuple[float, str]:
        return plain.observed[at] / plain.expected[at], lives[at].name

    first, second = max(told, key=relative), min(told, key=relative)
    both = table.of((first, second))
    value, low, high = logrank.ratio(both)
    tested = logrank.compare(both)
    return Pairwise(first=lives[first].name, second=lives[second].name, ratio=value, low=low,
                    high=high, statistic=tested.statistic, p_value=tested.p_value)  # fmt: skip
