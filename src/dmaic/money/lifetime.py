"""What customers of one category are worth over their lifetime, in payments and in money."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isfinite, prod
from typing import TYPE_CHECKING, Literal

from dmaic.errors import DataError
from dmaic.money.clv_row import AgePoint, ClvRow
from dmaic.money.sbg import Age, Curve, payments
from dmaic.money.sbg_fit import Fit, fit
from dmaic.result import Finding
from dmaic.stats import chisquare
from dmaic.stats.proportion import wilson
from dmaic.text import name_list

if TYPE_CHECKING:
    from dmaic.money.sbg import Figures

BEYOND = 24
"""A curve is told for so many periods beyond the last age seen."""

Period = Literal["month", "year"]


@dataclass(frozen=True, slots=True)
class Terms:
    """How payments become money.

    Attributes:
        margin: share of a payment that is left after what serving the customer costs.
        discount: a year, a fraction.
        period: what one period of age is, and what a payment is for.
        horizon: periods counted; None for all there will ever be.
    """

    margin: float = 1.0
    discount: float = 0.10
    period: Period = "month"
    horizon: int | None = None

    @property
    def rate(self) -> float:
        """The discount a period: (1 + discount)^(1/12) - 1 a month."""
        years = 1.0 if self.period == "year" else 1 / 12
        return float((1 + self.discount) ** years - 1)


def value_rate(churn: float, arpa: float | None, terms: Terms) -> ClvRow:
    """What a customer is worth where a rate of churn is all that is known.

    Args:
        churn: a period, above 0.
        arpa: what a customer pays a period, or None.
        terms: how payments become money.
    """
    row = ClvRow(churn=churn, arpa=arpa, model="constant", survival=_survival(Curve(churn), 0))
    return _priced(row.model_copy(update=_constant(churn, terms)), terms)


def value(
    ages: Sequence[Age],
    still: Mapping[int, int],
    arpa: float | None,
    terms: Terms,
    category: tuple[str, ...] = (),
) -> tuple[ClvRow, DataError | None]:
    """What customers are worth by all ways of reckoning.

    Args:
        ages: at risk and lost in each period of age.
        still: customers who are there now, by the periods of age they have outlived.
        arpa: what a customer pays a period, or None.
        terms: how payments become money.
        category: which customers.

    Returns:
        The row, and why no curve could be fitted, or None.
    """
    at_risk, lost = sum(age.at_risk for age in ages), sum(age.lost for age in ages)
    churn = lost / at_risk if at_risk else None
    low, high = wilson(lost, at_risk) if at_risk else (None, None)
    figures: dict[str, object] = {}
    problem = None
    if churn:
        figures |= _constant(churn, terms)
    try:
        found = fit(ages)
    except DataError as error:
        problem = error
    else:
        figures |= _curve(found, ages, still, terms)
    row = ClvRow(
        category=category,
        customers=sum(still.values()),
        at_risk=at_risk,
        lost=lost,
        churn=churn,
        churn_low=low,
        churn_high=high,
        arpa=arpa,
        observed=_observed(ages),
    )
    return _priced(row.model_copy(update=figures), terms), problem


def _constant(churn: float, terms: Terms) -> dict[str, object]:
    """Payments if everybody left at the same rate at every age."""
    return {
        "payments_simple": 1 / churn,
        "payments_discounted": Curve(churn).payments(terms.rate, horizon=terms.horizon),
    }


def _curve(
    found: Fit, ages: Sequence[Age], still: Mapping[int, int], terms: Terms
) -> dict[str, object]:
    import numpy

    curve = found.curve
    held = [age for age, customers in still.items() if customers]
    weights = numpy.array([float(still[age]) for age in held])
    at = numpy.array([float(age) for age in held])

    def new(rates: Figures, spreads: Figures) -> Figures:
        return payments(rates, spreads, terms.rate, 0, terms.horizon)

    def existing(rates: Figures, spreads: Figures) -> Figures:
        each = payments(rates[:, None], spreads[:, None], terms.rate, at[None, :], terms.horizon)
        mean: Figures = (each * weights).sum(axis=-1) / weights.sum()
        return mean

    figures: dict[str, object] = {
        "model": "sbg" if curve.spread else "constant",
        "shape": found.shape,
        "alpha": curve.alpha,
        "beta": curve.beta,
        "alpha_error": found.alpha_error,
        "beta_error": found.beta_error,
        "log_likelihood": found.log_likelihood,
        "log_likelihood_constant": found.log_likelihood_constant,
        "trend": found.trend,
        "fit_p": _agrees(found, ages),
        "median_lifetime": curve.median(),
        "mean_lifetime": finite(curve.lifetime()),
        "survival": _survival(curve, len(ages)),
    }
    point = numpy.array([curve.rate]), numpy.array([curve.spread])
    for name, figure in (("new", new), ("existing", existing)):
        if name == "existing" and not held:
            continue
        low, high = found.region.interval(figure)
        figures[f"payments_{name}"] = finite(float(figure(*point)[0]))
        figures[f"payments_{name}_low"] = finite(low)
        figures[f"payments_{name}_high"] = finite(high)
    whole = float(new(*point)[0])
    if isfinite(whole):
        seen = len(ages) if terms.horizon is None else min(len(ages), terms.horizon)
        figures["projected_share"] = max(0.0, 1 - curve.payments(terms.rate, horizon=seen) / whole)
    return figures


def _priced(row: ClvRow, terms: Terms) -> ClvRow:
    """The row with money: payments times ARPA and margin."""
    if row.arpa is None:
        return row
    each = row.arpa * terms.margin
    money = {
        name: None if payments is None else payments * each
        for name in ("simple", "discounted", "new", "new_low", "new_high",
                     "existing", "existing_low", "existing_high")
        for payments in (getattr(row, f"payments_{name}"),)
    }  # fmt: skip
    worth = money["existing"]
    base = None if worth is None or row.customers is None else worth * row.customers
    return row.model_copy(update={**money, "base_value": base})


def _survival(curve: Curve, seen: int) -> tuple[float, ...]:
    return curve.survival(seen + BEYOND)


def _observed(ages: Sequence[Age]) -> tuple[AgePoint, ...]:
    """Counts by age with the product of the rates of staying (Kaplan and Meier 1958)."""
    points: list[AgePoint] = []
    for number, age in enumerate(ages, 1):
        stays = 1 - age.lost / age.at_risk if age.at_risk else None
        before = points[-1].survived if points else 1.0
        survived = None if stays is None or before is None else prod((before, stays))
        points.append(
            AgePoint(
                age=number, at_risk=age.at_risk, lost=age.lost, retention=stays, survived=survived
            )
        )
    return tuple(points)


def _agrees(found: Fit, ages: Sequence[Age]) -> float | None:
    """P-value of Pearson's chi-square of the counts against the curve; None if it cannot be made.

    Neighbouring ages are taken together until 5 losses and 5 who stayed are expected.
    """
    curve = found.curve
    statistic, groups = 0.0, 0
    off = expected = spare = variance = 0.0
    for k, age in enumerate(ages):
        hazard = curve.rate / (1 + curve.spread * k)
        off += age.lost - age.at_risk * hazard
        expected += age.at_risk * hazard
        spare += age.at_risk * (1 - hazard)
        variance += age.at_risk * hazard * (1 - hazard)
        if expected >= 5 and spare >= 5:
            statistic, groups = statistic + off**2 / variance, groups + 1
            off = expected = spare = variance = 0.0
    free = groups - (2 if curve.spread else 1)
    return chisquare.survival(statistic, free) if free > 0 else None


def finite(figure: float) -> float | None:
    """The figure; None where it has no end, since no number says that."""
    return figure if isfinite(figure) else None


def refused(problem: DataError, names: Sequence[str]) -> Finding:
    """That no curve could be fitted, and why.

    Args:
        problem: as `value` gave it.
        names: of the categories in words; none for all customers together.
    """
    of = f" of {name_list(names, 5)}" if names else ""
    return Finding(
        code="no-curve",
        level="warning",
        message=f"No curve can be fitted to customers{of}: {problem.message[:1].lower()}"
        f"{problem.message[1:]}",
        hint=problem.hint or "Only the constant rate is told.",
        count=len(names) or None,
    )
