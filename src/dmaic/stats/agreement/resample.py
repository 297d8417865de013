"""Fleiss' kappa and Krippendorff's alpha of many raters, with intervals by resampling the items."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from dmaic.stats.agreement.coding import Counts
from dmaic.stats.agreement.coefficient import Coefficient, all_alike

if TYPE_CHECKING:
    import numpy

    Array = numpy.ndarray[Any, numpy.dtype[numpy.float64]]

DRAWS = 2000
"""Samples of items that are drawn."""

_CHUNK = 2_000_000


def fleiss(
    counts: Sequence[Counts], draws: int = DRAWS, seed: int = 1
) -> tuple[Coefficient, tuple[Coefficient, ...]]:
    """Fleiss' kappa of all codes, and of each code against all others.

    With n_ij codings of item i with code j, N items of m codings each and p_j = Σ_i n_ij / (N m):
    κ = (P − Σ p_j²) / (1 − Σ p_j²), P = Σ n_ij (n_ij − 1) / (N m (m − 1)); and
    κ_j = 1 − Σ_i n_ij (m − n_ij) / (N m (m − 1) p_j (1 − p_j)).

    Source: Fleiss, J. L. (1971), Psychological Bulletin 76, 378-382. Its standard error is that
    under agreement by chance, so the intervals are made by resampling items (Zapf, A., Castell, S.,
    Morawietz, L. and Karch, A. 2016, BMC Medical Research Methodology 16:93).

    Args:
        counts: of each item how often it was given each code; all add up to the same m > 1.
        draws: samples for the intervals.
        seed: of the draws.
    """
    import numpy as np

    patterns, weights, samples = _samples(counts, draws, seed)
    each = patterns.sum(axis=1)
    size = float(each[0])
    same = (patterns * (patterns - 1)).sum(axis=1) / (size * (size - 1))
    apart = patterns * (size - patterns) / (size * (size - 1))

    def compute(drawn: Array) -> tuple[Array, Array, Array, Array]:
        items = drawn.sum(axis=1)
        share = drawn @ patterns / (items * size)[:, None]
        observed, chance = drawn @ same / items, (share**2).sum(axis=1)
        spread = share * (1 - share)
        with np.errstate(divide="ignore", invalid="ignore"):
            kappa = np.where(chance < 1 - 1e-12, (observed - chance) / (1 - chance), np.nan)
            codes = np.where(spread > 1e-12, 1 - (drawn @ apart / items[:, None]) / spread, np.nan)
        return kappa, codes, observed, chance

    kappa, codes, observed, chance = compute(weights[None, :])
    parts = [compute(part)[:2] for part in samples]
    many = np.concatenate([part[0] for part in parts])
    of_codes = np.concatenate([part[1] for part in parts])
    items = int(weights.sum())
    shares = weights @ patterns / (items * size)
    whole = _coefficient(kappa[0], many, items, observed[0], chance[0], alike=_alike(same))
    single = tuple(
        _coefficient(
            codes[0, at],
            of_codes[:, at],
            items,
            1 - 2 * float(weights @ apart[:, at]) / items,
            1 - 2 * float(shares[at] * (1 - shares[at])),
            alike=_alike(apart[:, at]),
        )
        for at in range(patterns.shape[1])
    )
    return whole, single


def krippendorff(counts: Sequence[Counts], draws: int = DRAWS, seed: int = 1) -> Coefficient:
    """Krippendorff's alpha of nominal codes; items may lack codings of some raters.

    With n_ij codings of item i with code j, m_i = Σ_j n_ij of at least 2, n_j = Σ_i n_ij and
    n = Σ n_j: α = 1 − Do / De, Do = Σ_i (m_i² − Σ_j n_ij²) / (m_i − 1) / n,
    De = (n² − Σ_j n_j²) / (n (n − 1)). Items with one coding say nothing and are left out.

    Source: Krippendorff, K. (2011), Computing Krippendorff's Alpha-Reliability, University of
    Pennsylvania; the interval by resampling items as in `fleiss`.

    Args:
        counts: of each item how often it was given each code.
        draws: samples for the interval.
        seed: of the draws.
    """
    import numpy as np

    paired = [each for each in counts if sum(each) > 1]
    if not paired:
        return Coefficient(value=None)
    patterns, weights, samples = _samples(paired, draws, seed)
    sizes = patterns.sum(axis=1)
    unlike = (sizes**2 - (patterns**2).sum(axis=1)) / (sizes - 1)

    def compute(drawn: Array) -> tuple[Array, Array, Array]:
        used = drawn @ patterns
        total = used.sum(axis=1)
        seen = drawn @ unlike / total
        expected = (total**2 - (used**2).sum(axis=1)) / (total * (total - 1))
        with np.errstate(divide="ignore", invalid="ignore"):
            alpha = np.where(expected > 1e-12, 1 - seen / expected, np.nan)
        return alpha, seen, expected

    alpha, seen, expected = compute(weights[None, :])
    many = np.concatenate([compute(part)[0] for part in samples])
    return _coefficient(
        alpha[0], many, len(paired), 1 - seen[0], 1 - expected[0], alike=_alike(unlike / sizes)
    )


def _alike(agreements: Array) -> bool:
    """Whether every item was agreed on alike, so that no sample of them tells what luck does."""
    return float(agreements.max() - agreements.min()) < 1e-12


def _samples(counts: Sequence[Counts], draws: int, seed: int) -> tuple[Array, Array, list[Array]]:
    """Items that were coded alike, how many there are of each kind, and samples of such numbers.

    To draw items with replacement is to draw how many there are of each kind.
    """
    import numpy as np

    kinds = sorted(Counter(counts).items())
    patterns = np.array([kind for kind, _ in kinds], dtype=float)
    weights = np.array([number for _, number in kinds], dtype=float)
    items = int(weights.sum())
    random = np.random.default_rng(seed)
    step = max(1, _CHUNK // len(kinds))
    samples = [
        random.multinomial(items, weights / items, size=min(step, draws - start)).astype(float)
        for start in range(0, draws, step)
    ]
    return patterns, weights, samples


def _coefficient(
    value: float, many: Array, items: int, observed: float, chance: float, *, alike: bool
) -> Coefficient:
    import numpy as np

    if np.isnan(value):
        return Coefficient(value=None, items=items, observed=float(observed), chance=float(chance))
    known = many[~np.isnan(many)]
    low, high = float(value), float(value)
    if alike:
        low, high = all_alike(items, float(observed), float(chance))
    elif len(known):
        low, high = (float(each) for each in np.percentile(known, [2.5, 97.5]))
    return Coefficient(
        value=float(value),
        low=max(-1.0, min(low, float(value))),
        high=min(1.0, max(high, float(value))),
        items=items,
        observed=float(observed),
        chance=float(chance),
    )
