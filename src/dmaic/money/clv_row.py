"""The figures of a lifetime value: one row a category of customers."""

from __future__ import annotations

from typing import Literal

from dmaic.result import Frozen


class AgePoint(Frozen):
    """What was seen of customers at one age.

    Attributes:
        age: period of age, from 1.
        at_risk: customers who began it in view.
        lost: those of them who did not outlive it.
        retention: share who did; None where nobody was at risk.
        survived: share of new customers who outlive all periods up to it, the product of the
            retentions; None after an age at which nobody was seen.
    """

    age: int
    at_risk: float
    lost: float
    retention: float | None = None
    survived: float | None = None


class ClvRow(Frozen):
    """Lifetime value of the customers of a category. Periods are those of the result.

    Attributes:
        category: which customers; empty for all.
        customers: who are there now.
        at_risk: customer-periods in view.
        lost: customers lost in them.
        churn: lost over at risk, a period.
        churn_low: lower bound of its 95 % Wilson interval.
        churn_high: upper bound.
        arpa: what a customer pays a period.
        model: `sbg`; `constant` where the rate does not fall with age, or nothing tells its course;
            None where no curve could be fitted.
        shape: why it is that model: `sbg`, `flat`, `rising` or `one-age`; None without a fit.
        alpha: first parameter of the Beta distribution of the rates of loss.
        beta: second parameter.
        alpha_error: standard error of alpha.
        beta_error: standard error of beta.
        log_likelihood: of the model.
        log_likelihood_constant: of a constant rate.
        trend: standard errors by which losses come earlier than a constant rate would have them.
        fit_p: p-value of the counts against the curve, by chi-square.
        median_lifetime: first period that half of the new customers do not outlive; None above
            1,200.
        mean_lifetime: periods; None where there is no finite mean, for alpha of 1 or less.
        payments_simple: 1 / churn.
        payments_discounted: discounted payments at a constant rate.
        payments_new: discounted payments of a new customer on the curve.
        payments_new_low: lower bound of its 95 % profile-likelihood interval.
        payments_new_high: upper bound; None where it has no end.
        payments_existing: the same of the customers there now, each at his age, on average.
        payments_existing_low: lower bound.
        payments_existing_high: upper bound.
        projected_share: share of `payments_new` that falls after the last age seen.
        simple: ARPA x margin / churn, the vendors' way.
        discounted: ARPA x margin x `payments_discounted`.
        new: ARPA x margin x `payments_new`.
        new_low: lower bound.
        new_high: upper bound.
        existing: ARPA x margin x `payments_existing`.
        existing_low: lower bound.
        existing_high: upper bound.
        base_value: `existing` of all customers there now together.
        survival: share of new customers who outlive each period, from 1.0 at 0.
        observed: what was seen, by age.
    """

    category: tuple[str, ...] = ()
    customers: int | None = None
    at_risk: float | None = None
    lost: float | None = None
    churn: float | None = None
    churn_low: float | None = None
    churn_high: float | None = None
    arpa: float | None = None
    model: Literal["sbg", "constant"] | None = None
    shape: Literal["sbg", "flat", "rising", "one-age"] | None = None
    alpha: float | None = None
    beta: float | None = None
    alpha_error: float | None = None
    beta_error: float | None = None
    log_likelihood: float | None = None
    log_likelihood_constant: float | None = None
    trend: float | None = None
    fit_p: float | None = None
    median_lifetime: int | None = None
    mean_lifetime: float | None = None
    payments_simple: float | None = None
    payments_discounted: float | None = None
    payments_new: float | None = None
    payments_new_low: float | None = None
    payments_new_high: float | None = None
    payments_existing: float | None = None
    payments_existing_low: float | None = None
    payments_existing_high: float | None = None
    projected_share: float | None = None
    simple: float | None = None
    discounted: float | None = None
    new: float | None = None
    new_low: float | None = None
    new_high: float | None = None
    existing: float | None = None
    existing_low: float | None = None
    existing_high: float | None = None
    base_value: float | None = None
    survival: tuple[float, ...] = ()
    observed: tuple[AgePoint, ...] = ()


FIGURES = tuple(
    name for name in ClvRow.model_fields if name not in ("category", "survival", "observed")
)
"""Names of a row's plain figures."""
