"""The result of `drivers`: what goes with churn."""

from __future__ import annotations

from typing import Any, Literal

from dmaic.block import Block
from dmaic.reply import Study
from dmaic.result import Frozen, Sheet
from dmaic.stats.drivers.calibration import Auc, Calibration
from dmaic.stats.drivers.collinearity import Inflation
from dmaic.stats.drivers.proportional import Proportionality
from dmaic.stats.drivers.reversal import Reversal
from dmaic.stats.drivers.screening import Screened
from dmaic.stats.drivers.shape import Shape
from dmaic.stats.drivers.term import Rank, Term


class LeftOut(Frozen):
    """A column that was not looked at, or not to the end.

    Attributes:
        name: of the column.
        why: in a word: `identity`, `outcome`, `time`, `lost-only`, `tells-churn`, `named-so`,
            `constant`, `blank`, `many-levels`, `personal`, `unreadable`, `no-room`, `aliased`,
            `not-asked`, `label`.
        reason: the same in words.
    """

    name: str
    why: str
    reason: str


class Level(Frozen):
    """The categories of a variable.

    Attributes:
        name: of the variable.
        reference: the category that the others are compared with.
        levels: all of them.
        folded: those that are too few and were taken together.
        reference_customers, reference_lost: customers of the reference, and the lost ones.
    """

    name: str
    reference: str
    levels: tuple[str, ...]
    folded: tuple[str, ...] = ()
    reference_customers: int = 0
    reference_lost: int = 0


class FitFigures(Frozen):
    """How the model was fitted and how it fits.

    Attributes:
        method: `maximum likelihood`, `Firth` or `partial likelihood`.
        by: `statsmodels`, or `counts` where customers are too many for it, or it has no such fit.
        interval: `wald` or `profile`.
        confidence: of the intervals.
        ties: how ties of age are taken; None without a clock.
        truncated: customers who came into view after the beginning of their life; None without.
        log_likelihood: of single customers.
        log_likelihood_null: without any term.
        statistic, df, p_value: likelihood ratio of the model against none.
        pseudo_r2: McFadden's, 1 - log-likelihood / that without terms.
        aic: Akaike's criterion.
        terms: how many.
        events: the lost, or those who stay where they are fewer.
        events_per_term: events for each term.
    """

    method: str
    by: str
    interval: str
    confidence: float = 0.95
    ties: str | None = None
    truncated: int | None = None
    log_likelihood: float
    log_likelihood_null: float
    statistic: float
    df: int
    p_value: float
    pseudo_r2: float | None = None
    aic: float
    terms: int
    events: int
    events_per_term: float


class SeparatedTerm(Frozen):
    """A term that takes part in a separation.

    Attributes:
        name: of the term.
        told: what it parts, in words.
    """

    name: str
    told: str


class Separation(Frozen):
    """Terms that part the lost from the others.

    Attributes:
        kind: `complete` or `quasi-complete`.
        terms: that do it.
    """

    kind: Literal["complete", "quasi-complete"]
    terms: tuple[SeparatedTerm, ...]


class DriversResult(Study):
    """What goes with churn.

    Attributes:
        model: `logistic`, whether customers are lost; `cox`, when.
        chosen: why this model.
        unit: what is counted, plural.
        rows: in the model.
        lost: of them.
        rows_left_out: rows without a figure that the model needs.
        patterns: different rows that there are, as far as the model looks.
        drawn: of those, as many as bends and cross-validation were looked for in; None: in all.
        terms: of the model.
        intercept: of logistic regression.
        ranking: variables, the one that goes with churn most first.
        screening: one variable at a time.
        levels: categories of each variable and their reference.
        left_out: columns not in the model, and why.
        fit: how it was fitted.
        vif: collinearity of the variables.
        separation: None where there is none.
        shapes: of the numbers.
        calibration: of logistic regression.
        auc: how well it tells the lost from the others.
        proportional_hazards: of Cox regression.
        reversals: Simpson's.
        pairs_looked_at: comparisons in which a reversal was looked for.
    """

    kind: str = "drivers"
    model: Literal["logistic", "cox"]
    chosen: str
    unit: str = "customers"
    rows: int
    lost: int
    rows_left_out: int = 0
    patterns: int
    drawn: int | None = None
    terms: tuple[Term, ...]
    intercept: Term | None = None
    ranking: tuple[Rank, ...] = ()
    screening: tuple[Screened, ...] = ()
    levels: tuple[Level, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    fit: FitFigures
    vif: tuple[Inflation, ...] = ()
    separation: Separation | None = None
    shapes: tuple[Shape, ...] = ()
    calibration: Calibration | None = None
    auc: Auc | None = None
    proportional_hazards: tuple[Proportionality, ...] = ()
    reversals: tuple[Reversal, ...] = ()
    pairs_looked_at: int = 0

    def records(self) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
        """One row a term."""
        names = ("name", "variable", "level", "reference", "coefficient", "standard_error",
                 "odds_ratio", "hazard_ratio", "low", "high", "p_value", "standardised",
                 "customers", "lost", "rate", "reference_rate")  # fmt: skip
        return names, [tuple(getattr(term, name) for name in names) for term in self.terms]

    def sheets(self) -> tuple[Sheet, ...]:
        """The terms, the screening, and what was left out."""
        (first,) = super().sheets()
        screening = tuple(
            (each.name, each.statistic, each.df, each.p_value, each.p_adjusted, each.auc,
             "yes" if each.entered else "no")
            for each in self.screening
        )  # fmt: skip
        return (
            first,
            Sheet("Screening", ("Name", "Chi-square", "Df", "P value", "P adjusted", "AUC",
                                "In the model"), screening),
            Sheet("Left out", ("Name", "Why", "Reason"),
                  tuple((each.name, each.why, each.reason) for each in self.left_out)),
        )  # fmt: skip

    def answer(self) -> tuple[Block, ...]:
        """The sentence that answers, the caution, and the tables."""
        # How it is laid out is needed only where it is shown.
        from dmaic.stats.drivers.block import blocks

        return blocks(self)
