"""What a test comes to: a difference, as good as none, or too few to tell.

A p-value above the level says only that chance might have made the difference; whether there can be
one that matters is read from the interval of the effect. No difference is claimed only where the
whole interval holds none that would matter.
"""

from __future__ import annotations

from math import ceil, fsum, sqrt

from dmaic.stats.test.effect import Effect
from dmaic.stats.test.tested import LEVEL, Tested, Verdict

MATTERS = 0.2
"""A churn rate that differs by less than this part of the overall rate hardly matters."""

SMALL = {
    "Hedges' g": 0.2,
    "probability of superiority": 0.0562,
    "omega squared": 0.01,
    "epsilon squared": 0.01,
}
"""Differences of numbers that Cohen (1988, Statistical Power Analysis) calls small; of the
probability of superiority, how far from one half: Φ(0.2 / √2) - 1/2."""


def judge(tested: Tested) -> Verdict:
    """The verdict of a test.

    Args:
        tested: with the adjusted p-value.
    """
    if tested.adjusted < LEVEL:
        return "differ"
    most = _greatest(tested)
    return "alike" if most is not None and most < 1 else "unclear"


def by_name(tested: Tested, name: str) -> Effect | None:
    """An effect of a test by its name, or None."""
    return next((each for each in (tested.effect, *tested.effects) if each.name == name), None)


def typical(tested: Tested) -> tuple[float, float | None, float | None] | None:
    """How far the rates of groups typically lie from the overall one, with its interval.

    The root of the mean, over customers, of the squared distance: V √(p (1 − p)).
    """
    v = by_name(tested, "Cramer's V")
    if v is None or v.value is None or tested.overall is None:
        return None
    unit = sqrt(tested.overall * (1 - tested.overall))
    low = None if v.low is None else v.low * unit
    high = None if v.high is None else v.high * unit
    return v.value * unit, low, high


def _greatest(tested: Tested) -> float | None:
    """The greatest difference that the interval holds, over what would matter."""
    if tested.overall is not None:
        return _greatest_of_rates(tested, MATTERS * tested.overall)
    for effect in (tested.effect, *tested.effects):
        if effect.name in SMALL and effect.low is not None and effect.high is not None:
            middle = 0.5 if effect.name == "probability of superiority" else 0.0
            return max(abs(effect.low - middle), abs(effect.high - middle)) / SMALL[effect.name]
    return None


def _greatest_of_rates(tested: Tested, matters: float) -> float | None:
    effect = tested.effect
    if len(tested.groups) > 2 and tested.test != "cochran-armitage":
        spread = typical(tested)
        return None if spread is None or spread[2] is None else spread[2] / matters
    if effect.low is None or effect.high is None:
        return None
    most = max(abs(effect.low), abs(effect.high))
    scores = [group.score for group in tested.groups if group.score is not None]
    if tested.test == "cochran-armitage" and scores:
        most *= max(scores) - min(scores)
    return most / matters


def enough(tested: Tested) -> int | None:
    """Customers, mixed as these, of whom 80 in 100 samples would show a difference that matters.

    n = λ / w², λ the noncentrality at which the test has a power of 80 % at 5 %, w² that of one
    customer where the groups are just so far apart as matters (Cohen 1988, Statistical Power
    Analysis, ch. 7). The ranks of two groups need 1/0.955 of what means need (Lehmann 1975).

    Args:
        tested: of any kind.

    Returns:
        Rounded up; None where a difference has no size.
    """
    from scipy.special import chdtri, chndtrinc

    sizes = [group.count for group in tested.groups]
    total, df = sum(sizes), len(sizes) - 1
    share = sizes[0] * sizes[-1] / total**2
    if tested.overall is not None:
        spread = tested.overall * (1 - tested.overall)
        each = (MATTERS * tested.overall) ** 2 / spread
        scores = [group.score for group in tested.groups]
        if tested.test == "cochran-armitage":
            known = [score for score in scores if score is not None]
            middle = fsum(s * n for s, n in zip(known, sizes, strict=True)) / total
            squares = fsum(n * (s - middle) ** 2 for s, n in zip(known, sizes, strict=True)) / total
            each, df = each * squares / (max(known) - min(known)) ** 2, 1
        elif df == 1:
            each *= share
    elif df == 1:
        each = SMALL["Hedges' g"] ** 2 * share * (1 if tested.test == "welch" else 0.955)
    else:
        each = SMALL["omega squared"] / (1 - SMALL["omega squared"])
    if each <= 0:
        return None
    return ceil(float(chndtrinc(chdtri(df, LEVEL), df, 0.2)) / each)
