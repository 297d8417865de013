"""What a study of agreement found."""

from __future__ import annotations

from typing import Any, Literal

from dmaic.block import Block
from dmaic.reply import Study
from dmaic.result import Frozen
from dmaic.stats.agreement.coefficient import Coefficient, Weights

Sort = Literal["between", "within", "pair", "standard", "all-standard"]
Grade = Literal["good", "moderate", "poor", "undecided"]
Statistic = Literal["cohen", "fleiss", "krippendorff", "standard"]


class Comparison(Frozen):
    """Who agrees with whom, on how many items.

    Attributes:
        sort: `between` all raters, `within` one over repeats, a `pair` of raters, one with the
            `standard`, or all with it (`all-standard`).
        first: rater, or empty for all.
        second: the other rater, or `standard`, or empty.
        items: compared.
        agreed: on which every coding is the same.
        percent_agreement: agreed over items, a fraction; None without items.
        low, high: its exact 95 % interval (Clopper-Pearson).
        kappa: Cohen's; None where somebody coded an item more than once, or it does not exist.
        kappa_low, kappa_high: its 95 % interval.
    """

    sort: Sort
    first: str = ""
    second: str = ""
    items: int
    agreed: int
    percent_agreement: float | None = None
    low: float | None = None
    high: float | None = None
    kappa: float | None = None
    kappa_low: float | None = None
    kappa_high: float | None = None


class CodeUse(Frozen):
    """One code.

    Attributes:
        code: the code.
        used: how often it was given.
        share: of all codings, a fraction.
        kappa: Fleiss' kappa of this code against all others; None where it does not exist.
        low, high: its 95 % interval.
    """

    code: str
    used: int
    share: float
    kappa: float | None = None
    low: float | None = None
    high: float | None = None


class MixedUp(Frozen):
    """Two codes that stand for each other.

    Attributes:
        first, second: the codes.
        pairs: of codings of one item, of which one is the first and one the second.
        share: of all pairs that differ, a fraction.
        items: on which that happened.
    """

    first: str
    second: str
    pairs: int
    share: float
    items: int


class Confusion(Frozen):
    """Which codes meet which.

    Attributes:
        rows: whose codes the rows are; empty for pairs of any raters.
        columns: whose the columns are.
        codes: heads of rows and columns.
        counts: items; or pairs of codings, of which one with two codes stands on both sides.
    """

    rows: str
    columns: str
    codes: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]


class AgreementResult(Study):
    """How far raters agree on the codes that they give.

    Attributes:
        raters: their names.
        codes: the codes, how often they were used and how well each is agreed on.
        items: coded by anybody.
        codings: given in all.
        repeated: some rater coded some items more than once.
        kappa: agreement beyond chance, of the coefficient that `statistic` names.
        kappa_low, kappa_high: its 95 % interval.
        statistic: `cohen`, `fleiss`, `krippendorff`, or `standard`: Cohen's against the standard.
        percent_agreement: items on which all agree, a fraction, without any mark for chance.
        percent_low, percent_high: its exact 95 % interval.
        weights: how much a disagreement of ordered codes counts in Cohen's kappa.
        cohen: of two raters who coded every item once; None otherwise.
        fleiss: of items with equally many codings; None where none has two.
        krippendorff: alpha of all items with two codings or more.
        comparisons: between all, within each, each pair, and with the standard.
        mixed_up: pairs of codes, the most mixed up first.
        confusion: which codes meet which.
        standard_confusion: codes given (rows) by the right ones; None without a standard.
        landis_koch: the word of Landis and Koch for the kappa.
        grade: whether the codes can be used: `good`, `moderate`, `poor`, or `undecided`.
        verdict: the same in a sentence.
        draws, seed: of the intervals by resampling.
    """

    kind: str = "agreement"
    raters: tuple[str, ...]
    codes: tuple[CodeUse, ...]
    items: int
    codings: int
    repeated: bool = False
    kappa: float | None
    kappa_low: float | None = None
    kappa_high: float | None = None
    statistic: Statistic
    percent_agreement: float | None
    percent_low: float | None = None
    percent_high: float | None = None
    weights: Weights = "none"
    cohen: Coefficient | None = None
    fleiss: Coefficient | None = None
    krippendorff: Coefficient | None = None
    comparisons: tuple[Comparison, ...]
    mixed_up: tuple[MixedUp, ...] = ()
    confusion: Confusion
    standard_confusion: Confusion | None = None
    landis_koch: str | None = None
    grade: Grade
    verdict: str
    draws: int
    seed: int

    def records(self) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
        """One row a comparison."""
        header = tuple(Comparison.model_fields)
        return header, [tuple(getattr(each, name) for name in header) for each in self.comparisons]

    def answer(self) -> tuple[Block, ...]:
        """The verdict, the coefficients, who agrees with whom, and what is mixed up."""
        # How it is laid out needs the result, and only where it is shown.
        from dmaic.stats.agreement.word import blocks

        return blocks(self)
