"""The regression that is told: fitted by statsmodels, or penalised where terms part the lost."""

from __future__ import annotations

from dataclasses import dataclass
from math import erfc, sqrt
from typing import TYPE_CHECKING, Literal

from dmaic.errors import DataError
from dmaic.stats.chisquare import survival
from dmaic.stats.drivers.design import Design, natural
from dmaic.stats.drivers.discrimination import Z
from dmaic.stats.drivers.likelihood import maximise, profile_interval, with_intercept
from dmaic.stats.drivers.model import Cox, Logistic, Model
from dmaic.stats.drivers.pattern import Patterns
from dmaic.stats.drivers.screening import grouped_log_likelihood
from dmaic.stats.drivers.separation import Parting, find_separation

if TYPE_CHECKING:
    from dmaic.stats.drivers.pattern import Array

Bounds = Literal["wald", "profile"]

LIMIT = Z * Z
"""The 95 % quantile of chi-square with one degree of freedom."""

MOST_SINGLE = 200_000
"""Patterns (customers, where there are ages) that statsmodels is asked to fit. Of more it needs
minutes; then the same likelihood is maximised by Newton's steps on the counts."""

MOST_PROFILED = 5_000_000
"""Patterns times terms times terms; more take too long to profile."""


@dataclass(frozen=True, slots=True)
class Regression:
    """A fitted model.

    Attributes:
        model: what fits further columns in the same way.
        method: how it was fitted.
        bounds: how intervals are made.
        standard: coefficients of the standard columns, the intercept first where there is one.
        covariance: of those.
        coefficients: the same in the units of the data.
        errors: standard errors of those.
        low, high: their 95 % bounds; None where there is none.
        p_values: of the same.
        log_likelihood: of the model; plain, also where it was fitted with a penalty.
        log_likelihood_null: without any term.
        comparable: the log-likelihood that other fits of the same kind compare with.
        by_library: statsmodels fitted it.
        parting: the separation that was found, or None.
    """

    model: Model
    method: Literal["maximum likelihood", "Firth", "partial likelihood"]
    bounds: Bounds
    standard: Array
    covariance: Array
    coefficients: Array
    errors: Array
    low: tuple[float | None, ...]
    high: tuple[float | None, ...]
    p_values: tuple[float, ...]
    log_likelihood: float
    log_likelihood_null: float
    comparable: float
    by_library: bool = True
    parting: Parting | None = None

    @property
    def lead(self) -> int:
        """Coefficients in front of those of the terms."""
        return self.model.lead


def fit_logistic(patterns: Patterns, design: Design, bounds: Bounds) -> Regression:
    """Logistic regression; by Firth's penalised likelihood where terms part the lost.

    Args:
        patterns: what it is fitted to.
        design: its columns.
        bounds: how intervals are made where nothing is parted; Firth's are always profiled, if
            there are not too many patterns.
    """
    rows, lost = patterns.rows, patterns.lost
    columns = with_intercept(design.standard)
    first = maximise(columns, rows, lost)
    parting = find_separation(columns, rows, lost) if first.extreme else None
    null = grouped_log_likelihood(rows.sum(keepdims=True), lost.sum(keepdims=True))
    penalised = parting is not None
    if penalised:
        found = maximise(columns, rows, lost, penalised=True)
        if not found.converged:
            raise DataError(
                "The regression does not come to rest, even with Firth's penalty.",
                "drivers.no-fit",
                "Name fewer terms: --term COL, or leave some out: --without COL.",
            )
        beta, covariance = found.coefficients, found.covariance
    else:
        beta, covariance = first.coefficients, first.covariance
        if patterns.size <= MOST_SINGLE:
            beta, covariance = _statsmodels(columns, rows, lost, beta)
        found = first
    profiled = (penalised or bounds == "profile") and (
        patterns.size * len(design.names) ** 2 <= MOST_PROFILED
    )
    told, errors = natural(design, beta, covariance)
    low: list[float | None] = []
    high: list[float | None] = []
    chances: list[float] = []
    for at in range(len(beta)):
        error = float(errors[at])
        ends: tuple[float | None, float | None] = (
            float(told[at]) - Z * error,
            float(told[at]) + Z * error,
        )
        chance = erfc(abs(float(told[at]) / error) / sqrt(2)) if error else 1.0
        if profiled and at:
            scale = float(design.scale[at - 1])
            below, above = profile_interval(columns, rows, lost, found, at, penalised=penalised,
                                            limit=LIMIT)  # fmt: skip
            ends = (
                None if below is None else below / scale,
                None if above is None else above / scale,
            )
            chance = _likelihood_ratio(columns, patterns, found.log_likelihood, beta, at, penalised)
        low.append(ends[0])
        high.append(ends[1])
        chances.append(chance)
    plain = found.log_likelihood
    if penalised:
        from dmaic.stats.drivers.likelihood import log_likelihood

        plain = log_likelihood(columns, rows, lost, beta)
    return Regression(
        model=Logistic(patterns, penalised=penalised),
        method="Firth" if penalised else "maximum likelihood",
        bounds="profile" if profiled else "wald",
        standard=beta,
        covariance=covariance,
        coefficients=told,
        errors=errors,
        low=tuple(low),
        high=tuple(high),
        p_values=tuple(chances),
        log_likelihood=plain,
        log_likelihood_null=null,
        comparable=found.log_likelihood,
        by_library=not penalised and patterns.size <= MOST_SINGLE,
        parting=parting,
    )


def _likelihood_ratio(
    columns: Array, patterns: Patterns, best: float, beta: Array, at: int, penalised: bool
) -> float:
    start = beta.copy()
    start[at] = 0.0
    fit = maximise(
        columns, patterns.rows, patterns.lost, penalised=penalised, start=start, fixed=(at,)
    )
    return survival(max(0.0, 2 * (best - fit.log_likelihood)), 1)


def _statsmodels(columns: Array, rows: Array, lost: Array, start: Array) -> tuple[Array, Array]:
    """Coefficients and covariance of the generalised linear model of the counts."""
    import warnings

    import numpy as np
    from statsmodels.genmod.families import Binomial
    from statsmodels.genmod.generalized_linear_model import GLM

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = GLM(np.column_stack((lost, rows - lost)), columns, family=Binomial()).fit(
            start_params=start, tol=1e-12
        )
    return np.asarray(found.params), np.asarray(found.cov_params())


def _phreg(patterns: Patterns, design: Design, model: Cox, start: Array) -> tuple[Array, Array]:
    """Coefficients and covariance by statsmodels, each customer by itself."""
    import warnings

    import numpy as np
    from statsmodels.duration.hazard_regression import PHReg

    lost = np.rint(patterns.lost).astype(np.int64)
    every = np.arange(patterns.size)
    gone = np.repeat(every, lost)
    who = np.concatenate((gone, np.repeat(every, np.rint(patterns.rows).astype(np.int64) - lost)))
    status = np.zeros(len(who))
    status[: len(gone)] = 1.0
    # Only the order of ages counts. The library has those who enter at an age at risk at it; as
    # ranks, an entry can be put right behind the age that it is.
    exit_, entry = 2 * model.sets.exit, 2 * model.sets.entry
    entry[entry > 0] += 1
    seen = (model.sets.entry < model.sets.exit)[who]
    who, status = who[seen], status[seen]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = PHReg(
            exit_[who], design.standard[who], status=status, entry=entry[who], ties="efron"
        ).fit(start_params=start, disp=0)
    return np.asarray(found.params), np.asarray(found.cov_params())


def fit_cox(patterns: Patterns, design: Design, model: Cox) -> Regression:
    """Cox regression with Efron's ties, by statsmodels; Wald intervals.

    Args:
        patterns: with ages.
        design: its columns.
        model: of the same patterns.

    Raises:
        DataError: `drivers.monotone`, some terms part the lost, so that no finite ratio fits.
    """
    import numpy as np

    found = model.fit(design.standard)
    if found.extreme:
        worst = [
            name
            for name, beta in zip(design.names, found.coefficients / design.scale, strict=True)
            if abs(beta) > 8
        ] or [design.names[int(np.argmax(np.abs(found.coefficients)))]]
        from dmaic.text import name_list

        raise DataError(
            f"No finite hazard ratio fits {name_list(worst, 4)}: nobody there is lost, or all are "
            "before any other.",
            "drivers.monotone",
            "Leave it out with --without COL, take wider bands, or ask whether instead of when: "
            "--model logistic has a penalty for it.",
        )
    beta, spread = found.coefficients, found.covariance
    if patterns.rows.sum() <= MOST_SINGLE:
        beta, spread = _phreg(patterns, design, model, beta)
    coefficients, errors = natural(design, beta, spread)
    return Regression(
        model=model,
        method="partial likelihood",
        bounds="wald",
        standard=beta,
        covariance=spread,
        coefficients=coefficients,
        errors=errors,
        low=tuple((coefficients - Z * errors).tolist()),
        high=tuple((coefficients + Z * errors).tolist()),
        p_values=tuple(erfc(abs(z) / sqrt(2)) for z in (coefficients / errors).tolist()),
        log_likelihood=found.log_likelihood,
        log_likelihood_null=model.fit(design.standard[:, :0]).log_likelihood,
        comparable=found.log_likelihood,
        by_library=bool(patterns.rows.sum() <= MOST_SINGLE),
    )
