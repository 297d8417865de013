"""What the answers of a few say about all, and who did not answer: the answer of `dmaic survey`."""

from __future__ import annotations

from typing import Any

from dmaic.block import Block
from dmaic.reply import Study, heading
from dmaic.result import Frozen, Sheet
from dmaic.stats.test.effect import Effect

FEW = 30
"""Fewer answers than these tell hardly more than that there is such a reason."""


_TITLES = {
    "unweighted": "Share as answered",
    "share": "Share weighted",
    "standard_error": "Share standard error",
    "design_effect": "Deff",
    "effective_n": "Effective answers",
    "bound_low": "Share at least",
    "bound_high": "Share at most",
}
"""Headings of a workbook, where a field's name says too little."""


class Response(Frozen):
    """How many answered.

    Attributes:
        rate: answers over customers, a fraction of one.
        low, high: Wilson interval of it.
    """

    rate: float
    low: float
    high: float


class CellRow(Frozen):
    """One category of the population, and who answered in it.

    Attributes:
        category: which; empty where there are none.
        population: customers.
        answered: those of them who answered.
        rate: answered over customers.
        low, high: Wilson interval of it.
        population_share: its part of the population.
        answer_share: its part of the answers.
        weight: customers that one of its answers stands for.
        collapsed: it has too few answers and is weighted together with others.
    """

    category: tuple[str, ...]
    population: int
    answered: int
    rate: float
    low: float
    high: float
    population_share: float
    answer_share: float
    weight: float
    collapsed: bool = False


class Nonresponse(Frozen):
    """Whether all categories answered alike.

    Attributes:
        test: name of the test.
        statistic: chi-square; None where no test can be made.
        df: degrees of freedom.
        p_value: chance of such differences where all are as ready to answer.
        effect: Cramér's V with its 95 % interval; None without a test.
        note: what limits the test, or why there is none.
    """

    test: str = "chi-square test of equal response"
    statistic: float | None = None
    df: int | None = None
    p_value: float | None = None
    effect: Effect | None = None
    note: str = ""


class ReasonRow(Frozen):
    """One reason.

    Attributes:
        reason: as it was written.
        answers: how many gave it.
        unweighted: over all answers, as if they were a picture of all customers.
        share: weighted to the population.
        low, high: interval of the share.
        standard_error: of the share; None where a stratum has one answer only.
        design_effect: of the share.
        effective_n: answers that would tell as much without weights.
        bound_low: its part of all customers, were it no reason of anybody who is silent.
        bound_high: the same, were it the reason of all of them.
    """

    reason: str
    answers: int
    unweighted: float
    share: float
    low: float
    high: float
    standard_error: float | None
    design_effect: float
    effective_n: float
    bound_low: float
    bound_high: float


class Lead(Frozen):
    """Whether the most frequent reason is more frequent than the next.

    Attributes:
        first, second: the reasons.
        difference: of their shares.
        low, high: its interval; above 0 the first is the more frequent one.
    """

    first: str
    second: str
    difference: float
    low: float
    high: float


class SurveyResult(Study):
    """An exit survey set against the customers it was to speak for.

    Attributes:
        unit: what is counted, plural.
        by: names of the category's parts; empty where all are weighted alike.
        question: name of the column with the reasons, or None.
        confidence: of all intervals but that of the effect.
        least: answers that a category needs to be weighted by itself.
        population: customers lost.
        answered: those of them whose answer counts.
        response: the response rate.
        cells: one a category, the largest first.
        nonresponse: whether all categories answered alike; None without categories.
        design_effect: Kish's, of the weights.
        effective_n: answers that would tell as much without weights.
        margin: half the interval of a reason that half of the customers have.
        reasons: one a reason, the most frequent first.
        lead: of the first reason over the second; None where there are none.
    """

    kind: str = "survey"
    unit: str = "customers"
    by: tuple[str, ...] = ()
    question: str | None = None
    confidence: float = 0.95
    least: int = 5
    population: int
    answered: int
    response: Response
    cells: tuple[CellRow, ...]
    nonresponse: Nonresponse | None = None
    design_effect: float
    effective_n: float
    margin: float
    reasons: tuple[ReasonRow, ...] = ()
    lead: Lead | None = None

    @property
    def is_weighted(self) -> bool:
        """Whether there are strata to weight by."""
        return bool(self.by) and not all(cell.collapsed for cell in self.cells)

    def records(self) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
        """The reasons; the categories where no reasons were asked for."""
        if not self.reasons:
            return self._cells()
        names = tuple(ReasonRow.model_fields)
        return names, [tuple(getattr(row, name) for name in names) for row in self.reasons]

    def _cells(self) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
        names = tuple(name for name in CellRow.model_fields if name != "category")
        return (*(self.by or ("customers_of",)), *names), [
            (*(row.category or ("(all)",)), *(getattr(row, name) for name in names))
            for row in self.cells
        ]

    def sheets(self) -> tuple[Sheet, ...]:
        """The reasons, and who answered."""
        header, rows = self._cells()
        response = Sheet("Response", tuple(map(heading, header)), rows)
        if not self.reasons:
            return (response,)
        header, rows = self.records()
        titles = tuple(_TITLES.get(name) or heading(name) for name in header)
        return (Sheet("Reasons", titles, rows), response)

    def answer(self) -> tuple[Block, ...]:
        """The sentences, the reasons with their intervals, and who answered."""
        # How it is laid out needs the result, and only where it is shown.
        from dmaic.stats.sampling.survey_block import blocks

        return blocks(self)
