"""The terms of a fitted model, and how much each variable goes with churn."""

from __future__ import annotations

from math import erfc, exp, floor, log, log10, sqrt
from typing import TYPE_CHECKING, Any

from dmaic.result import Frozen
from dmaic.stats.chisquare import survival
from dmaic.stats.drivers.design import Design
from dmaic.stats.drivers.discrimination import Z
from dmaic.stats.drivers.pattern import Patterns, added
from dmaic.stats.drivers.regression import Regression

if TYPE_CHECKING:
    from dmaic.stats.drivers.pattern import Array

_LARGEST = 700.0


class Term(Frozen):
    """One coefficient.

    Attributes:
        name: the column, or `column: level`.
        variable: the column as it was asked for.
        level: the category; None for a number.
        reference: the category that it is compared with; None for a number.
        coefficient: log of the odds ratio, or of the hazard ratio; of a number, for one unit more.
        standard_error: of it.
        odds_ratio: exp of it; None for Cox regression.
        hazard_ratio: the same for Cox regression; None else.
        low, high: 95 % interval of the ratio; None where it has no end.
        p_value: that there is no difference, the other terms held.
        standardised: coefficient times the standard deviation of the column over customers.
        customers, lost: of the category; None for a number.
        rate: share of them who are lost, not adjusted.
        reference_rate: the same of the reference.
        step: of a number, how much more the ratio is printed for: 1 where that shows.
    """

    name: str
    variable: str
    level: str | None = None
    reference: str | None = None
    coefficient: float
    standard_error: float
    odds_ratio: float | None = None
    hazard_ratio: float | None = None
    low: float | None = None
    high: float | None = None
    p_value: float
    standardised: float = 0.0
    customers: int | None = None
    lost: int | None = None
    rate: float | None = None
    reference_rate: float | None = None
    step: float | None = None

    def over_step(self) -> tuple[float | None, float | None, float | None]:
        """The ratio and its bounds for `step` more; as they are for a category."""
        step = self.step or 1.0
        return (
            _exp(self.coefficient * step),
            None if self.low is None else _power(self.low, step),
            None if self.high is None else _power(self.high, step),
        )

    @property
    def ratio(self) -> float | None:
        """The odds ratio or the hazard ratio."""
        return self.odds_ratio if self.odds_ratio is not None else self.hazard_ratio


class Contrast(Frozen):
    """The category whose customers leave more than those of the others.

    Attributes:
        level: the category.
        ratio: its odds (hazard) over the geometric mean of those of the others, weighted by their
            customers; the other columns held.
        low, high: 95 % interval (Wald).
        p_value: that the ratio is 1.
        rate: share of its customers who are lost, not adjusted.
        others_rate: the same of all others.
    """

    level: str
    ratio: float
    low: float
    high: float
    p_value: float
    rate: float
    others_rate: float


class Rank(Frozen):
    """How much a variable goes with churn.

    Attributes:
        name: of the variable.
        standardised: standard deviation, over customers, of what it adds to the log-odds (log
            hazard); the greater, the more customers differ by it.
        statistic: Wald chi-square of all its terms together; likelihood ratio of a spline.
        df: its terms.
        p_value: of that.
        by: `terms`, or `spline` of a number whose risk turns.
        most: of a variable with categories: the one that most surely leaves more than the others.
    """

    name: str
    standardised: float
    statistic: float
    df: int
    p_value: float
    by: str = "terms"
    most: Contrast | None = None


def make_terms(patterns: Patterns, design: Design, fit: Regression) -> tuple[Term, ...]:
    """The terms in the order of the columns.

    Args:
        patterns: what was fitted to.
        design: the columns.
        fit: of them.
    """
    told = []
    counts: dict[int, tuple[Array, Array]] = {}
    for at, name in enumerate(design.names):
        place = at + fit.lead
        owner, level = design.owner[at], design.level[at]
        variable = patterns.variables[owner]
        coefficient = float(fit.coefficients[place])
        clock = fit.lead == 0
        ratio = _exp(coefficient)
        known: dict[str, Any] = {}
        if level is not None:
            if owner not in counts:
                counts[owner] = _counts(patterns, owner)
            rows, lost = counts[owner]
            base = variable.reference
            known = {
                "level": variable.levels[level],
                "reference": variable.against,
                "customers": round(rows[level]),
                "lost": round(lost[level]),
                "rate": float(lost[level] / rows[level]) if rows[level] else None,
                "reference_rate": float(lost[base] / rows[base]) if rows[base] else None,
            }
        told.append(
            Term(
                name=name,
                variable=variable.name,
                coefficient=coefficient,
                standard_error=float(fit.covariance[place, place]) ** 0.5,
                odds_ratio=None if clock else ratio,
                hazard_ratio=ratio if clock else None,
                low=_exp(fit.low[place]),
                high=_exp(fit.high[place]),
                p_value=fit.p_values[place],
                standardised=float(fit.standard[place]),
                step=None if level is not None else _step(coefficient, float(design.scale[at])),
                **known,
            )
        )
    return tuple(told)


def make_intercept(fit: Regression) -> Term | None:
    """The intercept of a logistic regression: all numbers 0 and all categories the reference."""
    if not fit.lead:
        return None
    coefficient = float(fit.coefficients[0])
    return Term(
        name="(intercept)",
        variable="",
        coefficient=coefficient,
        standard_error=float(fit.covariance[0, 0]) ** 0.5,
        odds_ratio=_exp(coefficient),
        low=_exp(fit.low[0]),
        high=_exp(fit.high[0]),
        p_value=fit.p_values[0],
    )


def make_ranking(patterns: Patterns, design: Design, fit: Regression) -> tuple[Rank, ...]:
    """The variables, the one that goes with churn most first.

    Args:
        patterns: what was fitted to.
        design: the columns.
        fit: of them.
    """
    import numpy as np

    total = patterns.rows.sum()
    told = []
    for owner, variable in enumerate(patterns.variables):
        own = [at for at, each in enumerate(design.owner) if each == owner]
        if not own:
            continue
        columns = design.standard[:, own]
        beta = fit.standard[[at + fit.lead for at in own]]
        share = columns.T @ (columns * patterns.rows[:, None]) / total
        places = [at + fit.lead for at in own]
        natural = fit.coefficients[places]
        spread = fit.covariance[np.ix_(places, places)]
        # In standard units, so that columns of very different size lose no digits.
        scale = design.scale[own]
        inner = spread * np.outer(scale, scale)
        statistic = float((natural * scale) @ np.linalg.solve(inner, natural * scale))
        told.append(
            Rank(
                name=variable.name,
                standardised=float(max(0.0, beta @ share @ beta)) ** 0.5,
                statistic=max(0.0, statistic),
                df=len(own),
                p_value=survival(max(0.0, statistic), len(own)),
                most=_contrast(patterns, design, fit, owner, places),
            )
        )
    return tuple(sorted(told, key=lambda each: (-each.standardised, each.name)))


def _contrast(
    patterns: Patterns, design: Design, fit: Regression, owner: int, places: list[int]
) -> Contrast | None:
    """Of the categories in the model the one with the greatest z against the others."""
    import numpy as np

    variable = patterns.variables[owner]
    if variable.is_number:
        return None
    rows, lost = _counts(patterns, owner)
    levels = [variable.reference, *(design.level[at - fit.lead] or 0 for at in places)]
    beta = np.concatenate(([0.0], fit.coefficients[places]))
    spread = np.zeros((len(levels), len(levels)))
    spread[1:, 1:] = fit.covariance[np.ix_(places, places)]
    best: tuple[float, int, float, float] | None = None
    for at in range(len(levels)):
        weights = rows[levels].copy()
        weights[at] = 0.0
        weights = -weights / weights.sum()
        weights[at] = 1.0
        size = float(weights @ beta)
        error = max(float(weights @ spread @ weights), 1e-300) ** 0.5
        if best is None or size / error > best[0]:
            best = (size / error, at, size, error)
    assert best is not None
    z, at, size, error = best
    here, there = rows[levels], lost[levels]
    rest, rest_lost = here.sum() - here[at], there.sum() - there[at]
    ratio, low, high = _exp(size), _exp(size - Z * error), _exp(size + Z * error)
    if ratio is None or low is None or high is None:
        return None
    return Contrast(
        level=variable.levels[levels[at]],
        ratio=ratio,
        low=low,
        high=high,
        p_value=erfc(abs(z) / sqrt(2)),
        rate=float(there[at] / here[at]),
        others_rate=float(rest_lost / rest),
    )


def _counts(patterns: Patterns, owner: int) -> tuple[Array, Array]:
    import numpy as np

    levels = len(patterns.variables[owner].levels)
    place = patterns.values[owner].astype(np.intp)
    return (
        added(place, patterns.rows, levels),
        added(place, patterns.lost, levels),
    )


def _step(coefficient: float, scale: float) -> float:
    """One, where that changes the ratio so that it shows; else a round figure near the spread."""
    if 0.02 <= abs(coefficient) <= 3:
        return 1.0
    power: float = 10.0 ** floor(log10(scale))
    return next(power * each for each in (5, 2, 1) if power * each <= scale * (1 + 1e-9))


def _power(figure: float, step: float) -> float | None:
    return _exp(log(figure) * step) if figure > 0 else 0.0


def _exp(figure: float | None) -> float | None:
    if figure is None or figure > _LARGEST:
        return None
    return exp(figure)
