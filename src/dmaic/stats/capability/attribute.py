"""Capability of attributes: defects per unit and per million opportunities, yield, sigma level.

DPU = defects / units, DPMO = 1,000,000 x defects / (units x opportunities). Yield is the share of
units without defect: 1 − DPU where a unit fails or does not, e^(−DPU) where it may have several
defects (Poisson). Rolled throughput yield is the product of the yields of all steps. The sigma
level is the normal quantile of 1 − DPMO/1,000,000 plus a shift; the usual 1.5 is a convention that
takes what was counted for the long term and states the short term. Harry, M. and Schroeder, R.
(2000), Six Sigma; Pyzdek and Keller, The Six Sigma Handbook.

Intervals are exact: Clopper and Pearson (1934) of shares; of counts where a unit may have any
number of defects the Poisson limits of Garwood (1936), Biometrika 28, 437-442.
"""

from __future__ import annotations

from math import exp, prod
from statistics import NormalDist

from pydantic import AliasChoices, Field

from dmaic.result import Frozen
from dmaic.stats.proportion import exact

MILLION = 1_000_000


class Step(Frozen):
    """One step of a process, or the whole of it.

    Attributes:
        name: of the step.
        units: that went through it.
        defects: found in them.
        opportunities: for a defect, a unit.
        dpu: defects a unit.
        dpu_low: lower end of its exact interval.
        dpu_high: upper end.
        dpmo: defects a million opportunities.
        dpmo_low: lower end.
        dpmo_high: upper end.
        yield_: share of units without defect; `yield` in JSON.
        yield_low: lower end.
        yield_high: upper end.
        z_long_term: normal quantile of the share without defect; None where it has no end.
        sigma_level: the same with the shift.
        sigma_low: lower end; None where it has none.
        sigma_high: upper end; None where it has none, as without events.
    """

    name: str
    units: float
    defects: float
    opportunities: int = 1
    dpu: float
    dpu_low: float | None = None
    dpu_high: float | None = None
    dpmo: float
    dpmo_low: float | None = None
    dpmo_high: float | None = None
    yield_: float = Field(
        validation_alias=AliasChoices("yield", "yield_"), serialization_alias="yield"
    )
    yield_low: float | None = None
    yield_high: float | None = None
    z_long_term: float | None = None
    sigma_level: float | None = None
    sigma_low: float | None = None
    sigma_high: float | None = None


def sigma_level(share: float | None, shift: float) -> float | None:
    """Normal quantile of what is without defect, plus the shift; None where it has no end.

    Args:
        share: of opportunities with a defect.
        shift: added, in sigma.
    """
    if share is None or not 0 < share < 1:
        return None
    # By symmetry: 1 minus a small share would lose its digits.
    return -NormalDist().inv_cdf(share) + shift


def capability_of(
    name: str,
    defects: float,
    units: float,
    *,
    opportunities: int = 1,
    several: bool = False,
    shift: float = 1.5,
    confidence: float = 0.95,
) -> Step:
    """The figures of one step.

    Args:
        name: of the step.
        defects: found, 0 or more; whole.
        units: looked at, above 0.
        opportunities: for a defect, a unit.
        several: a unit may have several defects.
        shift: added to the sigma level.
        confidence: of the intervals.
    """
    dpu = defects / units
    trials = units * opportunities
    share = defects / trials
    if by_poisson(share, opportunities, several=several):
        low, high = _poisson(defects, confidence)
        low, high = low / trials, high / trials
    else:
        low, high = exact(round(defects), max(round(trials), round(defects), 1), confidence)
    edges = [share, low, high]
    yields = [
        exp(-each * opportunities) if several else max(1 - each * opportunities, 0.0)
        for each in edges
    ]
    return Step(
        name=name,
        units=units,
        defects=defects,
        opportunities=opportunities,
        dpu=dpu,
        dpu_low=low * opportunities,
        dpu_high=high * opportunities,
        dpmo=MILLION * share,
        dpmo_low=MILLION * low,
        dpmo_high=MILLION * high,
        yield_=yields[0],
        yield_low=yields[2],
        yield_high=yields[1],
        z_long_term=sigma_level(share, 0.0),
        sigma_level=sigma_level(share, shift),
        sigma_low=sigma_level(high, shift),
        sigma_high=sigma_level(low, shift),
    )


def by_poisson(share: float, opportunities: int, *, several: bool) -> bool:
    """Whether the interval is that of a count and not of a share.

    A unit that may have any number of defects is no trial that one defect uses up.

    Args:
        share: defects over opportunities.
        opportunities: for a defect, a unit.
        several: a unit may have several defects.
    """
    return share > 1 or (several and opportunities == 1)


def of_dpmo(dpmo: float, shift: float = 1.5) -> Step:
    """The figures of a rate that is known as such, without intervals.

    Args:
        dpmo: defects a million opportunities, between 0 and a million.
        shift: added to the sigma level.
    """
    share = dpmo / MILLION
    return Step(
        name="all",
        units=MILLION,
        defects=dpmo,
        dpu=share,
        dpmo=dpmo,
        yield_=1 - share,
        z_long_term=sigma_level(share, 0.0),
        sigma_level=sigma_level(share, shift),
    )


def rolled(
    steps: list[Step], *, several: bool, confidence: float = 0.95
) -> tuple[float, float | None, float | None]:
    """Rolled throughput yield: the product of the yields, its interval never too narrow.

    Each step's interval is taken so wide that all hold together (Bonferroni).

    Args:
        steps: of the process.
        several: a unit may have several defects.
        confidence: of the interval.
    """
    value = prod(step.yield_ for step in steps)
    apart = 1 - (1 - confidence) / len(steps)
    wide = [
        capability_of(
            step.name, step.defects, step.units, opportunities=step.opportunities,
            several=several, confidence=apart,
        )
        for step in steps
    ]  # fmt: skip
    return (
        value,
        prod(step.yield_low or 0.0 for step in wide),
        prod(1.0 if step.yield_high is None else step.yield_high for step in wide),
    )


def _poisson(events: float, confidence: float) -> tuple[float, float]:
    """Exact limits of a count (Garwood 1936)."""
    from scipy.special import chdtri

    tail = (1 - confidence) / 2
    low = float(chdtri(2 * events, 1 - tail)) / 2 if events else 0.0
    return low, float(chdtri(2 * events + 2, tail)) / 2
