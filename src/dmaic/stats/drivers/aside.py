"""What a model is looked at with beside its own fit: the customers, or a part of very many."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from dmaic.stats.drivers.calibration import validate_cox, validate_logistic
from dmaic.stats.drivers.design import Design
from dmaic.stats.drivers.model import Cox, Logistic, Model, make_cox
from dmaic.stats.drivers.pattern import Patterns
from dmaic.stats.drivers.proportional import proportionality
from dmaic.stats.drivers.regression import Regression

MOST = 150_000
"""Patterns that bends and cross-validation are looked for in; of more so many are drawn."""


@dataclass(frozen=True, slots=True)
class Aside:
    """Customers for further fits.

    Attributes:
        patterns: all of them, or as many drawn as many fits can be made of.
        design: their columns.
        model: fits columns to them as the model was.
    """

    patterns: Patterns
    design: Design
    model: Model


def make_aside(patterns: Patterns, design: Design, fit: Regression, seed: int) -> Aside:
    """All customers, or a part drawn at random.

    Args:
        patterns: what the model was fitted to.
        design: its columns.
        fit: of them.
        seed: of the drawing.
    """
    if patterns.size <= MOST:
        return Aside(patterns, design, fit.model)
    import numpy as np

    places = np.random.default_rng(seed).choice(patterns.size, MOST, replace=False)
    places.sort()
    part = patterns.some(places)
    model: Model = Logistic(part, penalised=fit.method == "Firth") if fit.lead else make_cox(part)
    return Aside(part, design.some(places), model)


def validated(aside: Aside, fit: Regression, seed: int) -> dict[str, Any]:
    """Fields of the result: how well the model holds on other customers, and at every age.

    Args:
        aside: customers for further fits.
        fit: of the model.
        seed: of the drawing of folds.
    """
    model, design = aside.model, aside.design
    if isinstance(model, Cox):
        # Of those drawn: the covariance must be that of the customers whose residuals are taken.
        own = model.fit(design.standard)
        return {
            "auc": validate_cox(design, model, own.coefficients, seed=seed),
            "proportional_hazards": proportionality(
                model, design, own.coefficients, own.covariance
            ),
        }
    auc, calibration = validate_logistic(
        aside.patterns, design, fit.standard, seed=seed, penalised=fit.method == "Firth"
    )
    return {"auc": auc, "calibration": calibration}
