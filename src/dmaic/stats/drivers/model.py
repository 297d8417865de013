"""A model of who is lost: by whether (logistic regression), or by when (Cox regression)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from dmaic.stats.drivers.likelihood import Fit, maximise, with_intercept
from dmaic.stats.drivers.partial import RiskSets, maximise_partial, risk_sets
from dmaic.stats.drivers.pattern import Patterns

if TYPE_CHECKING:
    from dmaic.stats.drivers.pattern import Array


class Model(Protocol):
    """What fits columns to who is lost."""

    @property
    def lead(self) -> int:
        """Coefficients in front of those of the columns: 1 with an intercept, else 0."""
        ...

    def fit(self, standard: Array) -> Fit:
        """Fit columns that are centred and scaled, (patterns, terms); none at all too."""
        ...


@dataclass(frozen=True, slots=True)
class Logistic:
    """Whether a customer is lost.

    Attributes:
        patterns: what it is fitted to.
        penalised: with Firth's penalty.
    """

    patterns: Patterns
    penalised: bool = False
    lead: int = 1

    def fit(self, standard: Array) -> Fit:
        """Fit columns by the likelihood, plain or penalised."""
        return maximise(
            with_intercept(standard),
            self.patterns.rows,
            self.patterns.lost,
            penalised=self.penalised,
        )


@dataclass(frozen=True, slots=True)
class Cox:
    """When a customer is lost, among those who are there at the same age.

    Attributes:
        patterns: what it is fitted to, with ages.
        sets: who is at risk at which age.
    """

    patterns: Patterns
    sets: RiskSets = field(repr=False)
    lead: int = 0

    def fit(self, standard: Array) -> Fit:
        """Fit columns by the partial likelihood."""
        return maximise_partial(self.sets, standard, self.patterns.rows, self.patterns.lost)


def make_cox(patterns: Patterns) -> Cox:
    """A Cox regression of these customers.

    Args:
        patterns: with ages.
    """
    return Cox(patterns, risk_sets(patterns))
