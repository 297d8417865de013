"""The cash of a scenario, month by month: what is kept, what it brings, what it costs.

All of it is reckoned over draws at once: every uncertain figure is an array with one value a draw.
A plain estimate is one draw at the likely values.

In month m of a segment that loses L customers a month at the monthly rate c, solutions that work on
it reduce its churn by R(m) = 1 - prod(1 - r_i min(1, k_i / ramp_i)), k_i being the months since
solution i began, m - starts_i + 1. So L R(m) customers are saved in month m. They had paid for that
month, pay from the next one on, and keep churning at the lowered rate c (1 - R(m)):

    kept(m) = kept(m-1) (1 - c (1 - R(m))) + L R(m) + L W(m)
    benefit(m) = kept(m-1) MRR margin

On the survival curve (`SegmentBaseline.retention`) c is not one rate: it is that of the k-th month
after a customer was saved, and the cohorts of each month are kept apart. W(m) is the share of a
month's losses won back in it, 1 - prod(1 - w_i) over the solutions in their first twelve months.
One-off costs fall in the month before a solution begins (month 0 for one that begins in month 1),
running costs in each month from its first one on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from dmaic.money.baseline import Baseline, SegmentBaseline
    from dmaic.money.scenario import Scenario

    Array = NDArray[np.float64]

WIN_BACK_MONTHS = 12
"""Months over which the customers lost in the baseline year come back."""


@dataclass(frozen=True, slots=True)
class Values:
    """What the uncertain figures are in each draw: arrays of shape (draws,).

    Attributes:
        reduction: of each solution of the scenario, in its order; 0 to 1.
        cost: of each solution, once.
        running_cost: of each, a month.
        win_back: of each, 0 to 1.
        recovers: of each, a month; 0 where no return is known.
        margin: of revenue.
        scale: segment -> factor on its losses and its churn rate; 1: as the baseline has it.
    """

    reduction: tuple[Array, ...]
    cost: tuple[Array, ...]
    running_cost: tuple[Array, ...]
    win_back: tuple[Array, ...]
    recovers: tuple[Array, ...]
    margin: Array
    scale: Mapping[str, Array]

    @property
    def draws(self) -> int:
        """How many there are."""
        return len(self.margin)


@dataclass(frozen=True, slots=True)
class Cash:
    """Cash by draw and month: arrays of shape (draws, horizon + 1), the first month being 0.

    Attributes:
        saved: customers who would be gone, and are there at the end of the month; None where the
            baseline does not tell customers.
        benefit: margin on what they pay, and known returns.
        cost: one-off and running.
    """

    saved: Array | None
    benefit: Array
    cost: Array

    @property
    def net(self) -> Array:
        """Benefit less cost."""
        net: Array = self.benefit - self.cost
        return net

    @property
    def cumulative(self) -> Array:
        """Net of all months up to each."""
        return self.net.cumsum(axis=1)


@dataclass(frozen=True, slots=True)
class RunRate:
    """What comes back a year once all works in full; arrays of shape (draws,).

    Attributes:
        reduction: segment -> combined reduction of the solutions on it.
        recovered: segment -> its annual loss x combined reduction, revenue.
        win_back: revenue a year of the customers won back.
        known: known returns a year, as given, after all costs to serve.
        churn_after: monthly churn of all customers.
        first_cost: one-off costs and twelve months of running costs.
    """

    reduction: Mapping[str, Array]
    recovered: Mapping[str, Array]
    win_back: Array
    known: Array
    churn_after: Array
    first_cost: Array


def likely(scenario: Scenario) -> Values:
    """One draw, at the likely values."""
    import numpy as np

    def one(figure: float) -> Array:
        return np.array([figure], dtype=np.float64)

    every = scenario.solutions
    return Values(
        reduction=tuple(one(each.reduction.likely) for each in every),
        cost=tuple(one(each.cost.likely) for each in every),
        running_cost=tuple(one(each.running_cost.likely) for each in every),
        win_back=tuple(one(each.win_back.likely) for each in every),
        recovers=tuple(one(each.recovers.likely if each.recovers else 0.0) for each in every),
        margin=one(scenario.margin.likely),
        scale={segment: one(1.0) for segment in scenario.segments},
    )


def cash(baseline: Baseline, scenario: Scenario, values: Values) -> Cash:
    """The cash of a scenario.

    Args:
        baseline: has every segment of the scenario, with the MRR it loses.
        scenario: the solutions and the horizon.
        values: what the uncertain figures are.
    """
    import numpy as np

    # Months first, so that each month is written in one stretch of memory.
    shape = (scenario.horizon + 1, values.draws)
    saved, benefit, cost = np.zeros(shape), np.zeros(shape), np.zeros(shape)
    countable = True
    for segment in scenario.segments:
        base = baseline.find(segment)
        scale = values.scale[segment]
        worth = (base.mrr_lost or 0.0) * scale * values.margin
        customers = base.churned_monthly
        countable = countable and customers is not None
        for month, (before, after) in enumerate(_kept(base, scenario, values), 1):
            benefit[month] += before * worth
            saved[month] += after * (customers or 0.0) * scale
    for place, solution in enumerate(scenario.solutions):
        first = solution.starts
        if first > scenario.horizon:
            continue
        cost[first - 1] += values.cost[place]
        cost[first:] += values.running_cost[place]
        if solution.recovers is not None:
            for month in range(first, scenario.horizon + 1):
                grown = ramped(month - first + 1, solution.ramp)
                benefit[month] += values.recovers[place] * grown
    return Cash(saved.T if countable else None, benefit.T, cost.T)


def _kept(
    base: SegmentBaseline, scenario: Scenario, values: Values
) -> Iterator[tuple[Array, Array]]:
    """Who is kept at the beginning and at the end of each month, in months of a segment's losses.

    2.0 are as many as the segment loses in two months.
    """
    import numpy as np

    scale = values.scale[base.name]
    curve = base.retention
    rate = np.minimum(base.rate * scale, 1.0)
    kept = np.zeros(values.draws)
    cohorts = np.zeros((scenario.horizon if curve else 0, values.draws))
    churn = [curve.churn(month + 1) for month in range(scenario.horizon)] if curve else []
    for month in range(1, scenario.horizon + 1):
        left, away = _left(scenario, values, base.name, month)
        before, come = kept, (1 - left) + (1 - away)
        if curve is None:
            kept = kept * (1 - rate * left) + come
        else:
            # The first cohort is the oldest.
            aged = np.array(churn[: month - 1][::-1])[:, None]
            cohorts[: month - 1] *= 1 - np.minimum(aged * scale, 1.0) * left
            cohorts[month - 1] = come
            kept = cohorts[:month].sum(axis=0)
        yield before, kept


def ramped(months: int, ramp: int) -> float:
    """How much of its effect a solution has in a month of its own: `min(1, months / ramp)`.

    Args:
        months: since it began, its first being 1; 0 or less: not yet.
        ramp: months until it works in full.
    """
    return 0.0 if months < 1 else min(1.0, months / max(ramp, 1))


def _left(
    scenario: Scenario, values: Values, segment: str, month: int
) -> tuple[Array | float, Array | float]:
    """Shares of a segment's losses that no solution saves, and that none wins back, in a month."""
    left: Array | float = 1.0
    away: Array | float = 1.0
    for place, solution in enumerate(scenario.solutions):
        since = month - solution.starts + 1
        if solution.segment != segment or since < 1:
            continue
        left = left * (1 - values.reduction[place] * ramped(since, solution.ramp))
        if since <= WIN_BACK_MONTHS:
            away = away * (1 - values.win_back[place])
    return left, away


def run_rate(baseline: Baseline, scenario: Scenario, values: Values) -> RunRate:
    """What comes back a year once all solutions work in full.

    Args:
        baseline: has every segment of the scenario.
        scenario: the solutions.
        values: what the uncertain figures are.
    """
    import numpy as np

    nothing = np.zeros(values.draws)
    reductions: dict[str, Array] = {}
    recovered: dict[str, Array] = {}
    win_back, churn = nothing.copy(), np.full(values.draws, baseline.whole.rate)
    for segment in scenario.segments:
        base = baseline.find(segment)
        places = [place for place, each in enumerate(scenario.solutions) if each.segment == segment]
        left, away = nothing + 1, nothing + 1
        for place in places:
            left = left * (1 - values.reduction[place])
            away = away * (1 - values.win_back[place])
        loss = (base.annual_loss or 0.0) * values.scale[segment]
        reductions[segment] = 1 - left
        recovered[segment] = loss * (1 - left)
        win_back += loss * (1 - away)
        churn -= base.share * (1 - left) * baseline.whole.rate
    return RunRate(
        reduction=reductions,
        recovered=recovered,
        win_back=win_back,
        known=12 * sum(values.recovers, nothing),
        churn_after=np.maximum(churn, 0.0),
        first_cost=sum(values.cost, nothing) + 12 * sum(values.running_cost, nothing),
    )


def npv(net: Array, discount: float) -> Array:
    """Net present value: each month's net over `(1 + discount)^(month / 12)`, added up.

    Args:
        net: by draw and month, the first being month 0.
        discount: a year.
    """
    import numpy as np

    factors = (1 + discount) ** (-np.arange(net.shape[1]) / 12)
    value: Array = net @ factors
    return value


def payback(cumulative: Array) -> Array:
    """The month from whose end on the cumulative net is no longer below zero; NaN if there is none.

    A hundredth of a cent below zero is zero.

    Args:
        cumulative: by draw and month, the first being month 0.
    """
    import numpy as np

    below = cumulative < -1e-4
    # The last month below zero, found from the end.
    last = cumulative.shape[1] - 1 - below[:, ::-1].argmax(axis=1)
    month = np.where(below.any(axis=1), last + 1.0, 0.0)
    found: Array = np.where(month < cumulative.shape[1], month, np.nan)
    return found
