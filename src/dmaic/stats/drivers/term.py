"""The terms of a fitted model, and how much each variable goes with churn."""

from __future__ import annotations

from math import exp, floor, log10
from typing import TYPE_CHECKING, Any

from dmaic.result import Frozen
from dmaic.stats.chisquare import survival
from dmaic.stats.drivers.contrast import Contrast, find_contrast, level_counts
from dmaic.stats.drivers.design import Design
from dmaic.stats.drivers.likelihood import maximise, with_intercept
from dmaic.stats.drivers.pattern import Patterns
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
        step_ratio, step_low, step_high: the ratio and its interval for so much more.
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

    step_ratio: float | None = None
    step_low: float | None = None
    step_high: float | None = None

    def over_step(self) -> tuple[float | None, float | None, float | None]:
        """The ratio and its bounds for `step` more; as they are for a category."""
        if self.step is None:
            return self.ratio, self.low, self.high
        return self.step_ratio, self.step_low, self.step_high

    @property
    def ratio(self) -> float | None:
        """The odds ratio or the hazard ratio."""
        return self.odds_ratio if self.odds_ratio is not None else self.hazard_ratio


class Rank(Frozen):
    """How much a variable goes with churn.

    Attributes:
        name: of the variable.
        standardised: standard deviation, over customers, of what it adds to the log-odds (log
            hazard); the greater, the more customers differ by it.
        statistic: Wald chi-square of all its terms together; likelihood ratio where intervals are
            profiled, and of a spline.
        df: its terms.
        p_value: of that.
        p_adjusted: the same by Holm's method over all columns that were screened.
        by: `terms`, or `spline` of a number whose risk turns.
        most: of a variable with categories: the one that most surely leaves more than the others.
    """

    name: str
    standardised: float
    statistic: float
    df: int
    p_value: float
    p_adjusted: float = 1.0
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
        if level is None:
            known = _stepped(coefficient, fit.low[place], fit.high[place], float(design.scale[at]))
        else:
            if owner not in counts:
                counts[owner] = level_counts(patterns, owner)
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
                standard_error=float(fit.errors[place]),
                odds_ratio=None if clock else ratio,
                hazard_ratio=ratio if clock else None,
                low=_exp(fit.low[place]),
                high=_exp(fit.high[place]),
                p_value=fit.p_values[place],
                standardised=float(fit.standard[place]),
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
        standard_error=float(fit.errors[0]),
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
        if fit.bounds == "profile":
            statistic = _likelihood_ratio(patterns, design, fit, places)
        else:
            inner = fit.covariance[np.ix_(places, places)]
            statistic = float(beta @ np.linalg.solve(inner, beta))
        told.append(
            Rank(
                name=variable.name,
                standardised=float(max(0.0, beta @ share @ beta)) ** 0.5,
                statistic=max(0.0, statistic),
                df=len(own),
                p_value=survival(max(0.0, statistic), len(own)),
                most=find_contrast(patterns, design, fit, owner, places),
            )
        )
    return tuple(sorted(told, key=lambda each: (-each.standardised, each.name)))


def _likelihood_ratio(
    patterns: Patterns, design: Design, fit: Regression, places: list[int]
) -> float:
    """Chi-square of the model against the one without these coefficients.

    Penalised like the fit: under separation a Wald test finds nothing however sure the effect
    (Heinze, G. and Schemper, M. 2002, Statistics in Medicine 21, 2409-2419).
    """
    start = fit.standard.copy()
    start[places] = 0.0
    without = maximise(
        with_intercept(design.standard),
        patterns.rows,
        patterns.lost,
        penalised=fit.method == "Firth",
        start=start,
        fixed=tuple(places),
    )
    return 2 * (fit.comparable - without.log_likelihood)


def _step(coefficient: float, scale: float) -> float:
    """One, where that changes the ratio so that it shows; else a round figure near the spread."""
    if 0.02 <= abs(coefficient) <= 3:
        return 1.0
    power: float = 10.0 ** floor(log10(scale))
    return next(power * each for each in (5, 2, 1) if power * each <= scale * (1 + 1e-9))


def _stepped(
    coefficient: float, low: float | None, high: float | None, scale: float
) -> dict[str, float | None]:
    """The ratio and its bounds for a step that shows."""
    step = _step(coefficient, scale)
    return {
        "step": step,
        "step_ratio": _exp(coefficient * step),
        "step_low": None if low is None else _exp(low * step),
        "step_high": None if high is None else _exp(high * step),
    }


def _exp(figure: float | None) -> float | None:
    if figure is None or figure > _LARGEST:
        return None
    return exp(figure)
