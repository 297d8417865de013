"""Churn rates as proportions: how sure they are, and how two of them compare."""

from __future__ import annotations

from functools import lru_cache
from math import exp, log, sqrt
from statistics import NormalDist


@lru_cache(maxsize=8)
def z_score(confidence: float) -> float:
    """Two-sided quantile of the normal distribution, 1.96 for 95 %.

    Args:
        confidence: between 0 and 1.

    Raises:
        ValueError: it is not.
    """
    if not 0 < confidence < 1:
        raise ValueError(f"confidence {confidence} is not between 0 and 1")
    return NormalDist().inv_cdf(0.5 + confidence / 2)


def wilson(events: float, trials: float, confidence: float = 0.95) -> tuple[float, float]:
    """Wilson score interval of a proportion.

    With p = events / n the bounds are (p + z²/2n ± z √(p(1 − p)/n + z²/4n²)) / (1 + z²/n). The
    interval stays inside 0 and 1 and is sound for small n, where p ± z·se is not.

    Source: Wilson, E. B. (1927), Journal of the American Statistical Association 22, 209-212.

    Args:
        events: churned customers.
        trials: customers at risk, at least `events`, more than 0.
        confidence: of the two-sided interval.

    Returns:
        Lower and upper bound, fractions of one; exactly 0 without events, exactly 1 with only
        events.

    Raises:
        ValueError: the figures are not those of a proportion.
    """
    _check(events, trials)
    z = z_score(confidence)
    rate = events / trials
    square = z * z / trials
    middle = (rate + square / 2) / (1 + square)
    half = z / (1 + square) * sqrt(rate * (1 - rate) / trials + square / (4 * trials))
    low = 0.0 if events == 0 else max(0.0, min(rate, middle - half))
    high = 1.0 if events == trials else min(1.0, max(rate, middle + half))
    return low, high


def exact(events: float, trials: float, confidence: float = 0.95) -> tuple[float, float]:
    """Exact (Clopper-Pearson) interval of a proportion: never narrower than it says.

    With k events in n the lower bound is the α/2 quantile of Beta(k, n − k + 1), the upper one the
    1 − α/2 quantile of Beta(k + 1, n − k); where all or none had the event the bounds are
    (α/2)^(1/n) and 1, or 0 and 1 − (α/2)^(1/n). Effective numbers of answers need not be whole.

    Source: Clopper, C. J. and Pearson, E. S. (1934), Biometrika 26, 404-413.

    Args:
        events: such as items that raters agreed on.
        trials: items, at least `events`, more than 0.
        confidence: of the two-sided interval.

    Returns:
        Lower and upper bound, fractions of one.

    Raises:
        ValueError: the figures are not those of a proportion.
    """
    _check(events, trials)
    z_score(confidence)
    tail = (1 - confidence) / 2
    if events in (0, trials):
        edge: float = tail ** (1 / trials)
        return (edge, 1.0) if events else (0.0, 1 - edge)
    from scipy.special import betaincinv

    return (
        float(betaincinv(events, trials - events + 1, tail)),
        float(betaincinv(events + 1, trials - events, 1 - tail)),
    )


def relative_risk(
    events: float,
    trials: float,
    other_events: float,
    other_trials: float,
    confidence: float = 0.95,
) -> tuple[float | None, float | None, float | None]:
    """Rate of one group over the rate of another, with the Katz log interval.

    RR = (a/m) / (b/n), bounds exp(ln RR ± z √(1/a − 1/m + 1/b − 1/n)).

    Source: Katz, D., Baptista, J., Azen, S. P. and Pike, M. C. (1978), Biometrics 34, 469-474.

    Nothing is added to empty cells. Without events in the first group the ratio is 0 and has no
    bounds; without events in the other there is no ratio; where everyone in both groups had the
    event the ratio is 1 and has no bounds.

    Args:
        events: churned in the group, a.
        trials: at risk in the group, m.
        other_events: churned among those it is compared with, b.
        other_trials: at risk among them, n.
        confidence: of the two-sided interval.

    Returns:
        Ratio, lower and upper bound; None where it does not exist.

    Raises:
        ValueError: the figures are not those of two proportions.
    """
    if trials == 0 or other_trials == 0:
        return None, None, None
    _check(events, trials)
    _check(other_events, other_trials)
    if other_events == 0:
        return None, None, None
    ratio = (events / trials) / (other_events / other_trials)
    if events == 0:
        return 0.0, None, None
    variance = 1 / events - 1 / trials + 1 / other_events - 1 / other_trials
    if variance <= 0:
        return ratio, None, None
    spread = z_score(confidence) * sqrt(variance)
    return ratio, exp(log(ratio) - spread), exp(log(ratio) + spread)


def newcombe(
    events: float,
    trials: float,
    other_events: float,
    other_trials: float,
    confidence: float = 0.95,
) -> tuple[float, float, float]:
    """Difference of two independent proportions with Newcombe's hybrid score interval.

    With p, q the proportions and (l, u), (L, U) their Wilson intervals the bounds are
    (p − q) − √((p − l)² + (U − q)²) and (p − q) + √((u − p)² + (q − L)²).

    Source: Newcombe, R. G. (1998), Statistics in Medicine 17, 873-890, method 10.

    Args:
        events: churned in the group.
        trials: at risk in the group.
        other_events: churned among those it is compared with.
        other_trials: at risk among them.
        confidence: of the two-sided interval.

    Returns:
        Difference, lower and upper bound.

    Raises:
        ValueError: the figures are not those of two proportions.
    """
    low, high = wilson(events, trials, confidence)
    other_low, other_high = wilson(other_events, other_trials, confidence)
    rate, other = events / trials, other_events / other_trials
    difference = rate - other
    return (
        difference,
        difference - sqrt((rate - low) ** 2 + (other_high - other) ** 2),
        difference + sqrt((high - rate) ** 2 + (other - other_low) ** 2),
    )


def _check(events: float, trials: float) -> None:
    if not (trials > 0 and 0 <= events <= trials):
        raise ValueError(f"{events} of {trials} is not a proportion")
