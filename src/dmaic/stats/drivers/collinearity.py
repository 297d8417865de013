"""Collinearity: how much of what a variable says the others say too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dmaic.result import Frozen
from dmaic.stats.drivers.design import Design
from dmaic.stats.drivers.pattern import Patterns

if TYPE_CHECKING:
    from dmaic.stats.drivers.pattern import Array

HIGH = 10.0
"""From here on a coefficient can hardly be told from those of the others."""

NOTABLE = 5.0
"""From here on it is worth a word."""


class Inflation(Frozen):
    """How much less sure a variable's terms are than they would be alone.

    Attributes:
        name: of the variable.
        df: its terms.
        gvif: generalised variance inflation factor; for one term the usual VIF.
        per_term: gvif^(1/df), which compares with the VIF of a number.
    """

    name: str
    df: int
    gvif: float
    per_term: float


def inflation(patterns: Patterns, design: Design) -> tuple[Inflation, ...]:
    """Variance inflation factors of the variables.

    With R the correlations of all columns over customers, R1 those of the variable's columns and R2
    those of the rest, GVIF = det R1 det R2 / det R; for a single column this is 1 / (1 - R²), where
    R² is that of the column regressed on the others.

    Source: Fox, J. and Monette, G. (1992), Journal of the American Statistical Association 87,
    178-183. The factors are those of the columns and do not depend on who is lost.

    Args:
        patterns: whose customers are counted.
        design: the columns.
    """
    import numpy as np

    if len(design.names) < 2:
        return ()
    total = patterns.rows.sum()
    related: Array = design.standard.T @ (design.standard * patterns.rows[:, None]) / total
    whole = np.linalg.slogdet(related)[1]
    told = []
    for at, variable in enumerate(patterns.variables):
        own = [place for place, owner in enumerate(design.owner) if owner == at]
        rest = [place for place, owner in enumerate(design.owner) if owner != at]
        if not own or not rest:
            continue
        inside = np.linalg.slogdet(related[np.ix_(own, own)])[1]
        outside = np.linalg.slogdet(related[np.ix_(rest, rest)])[1]
        factor = float(np.exp(min(inside + outside - whole, 500.0)))
        told.append(
            Inflation(
                name=variable.name,
                df=len(own),
                gvif=max(factor, 1.0),
                per_term=max(factor, 1.0) ** (1 / len(own)),
            )
        )
    return tuple(told)
