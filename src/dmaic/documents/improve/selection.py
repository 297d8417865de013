"""Selection of the solutions: weighted criteria, Pugh against a datum, impact against effort."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

from pydantic import AfterValidator, Field

from dmaic.block import Block, Note
from dmaic.documents import reference
from dmaic.documents.base import Document, Figure, Gap, Line, Papers, Phase, Text, ask
from dmaic.documents.improve import ranking, selection_page
from dmaic.documents.reference import Ref
from dmaic.text import plural


def _is_sign(score: float) -> float:
    if score not in (-1, 0, 1):
        raise ValueError("against the datum a solution is better (1), the same (0) or worse (-1)")
    return score


Grade = Annotated[float, Field(ge=1, le=10)]
Sign = Annotated[float, AfterValidator(_is_sign)]


class Criterion(Line):
    """Something that a good solution has."""

    PREFIX: ClassVar[str] = "K"
    name: Text = ask(
        "Criterion", "What a good solution has.", example="Effect on churn", needed=True
    )
    weight: float | None = ask(
        "Weight",
        "How much it counts; only the proportions matter.",
        example=5,
        needed=True,
        default=None,
        ge=0,
        le=1e6,
    )
    best: Text = ask(
        "What 10 means", "10 is always best: for cost, the cheapest.", example="churn halved"
    )


class Option(Line):
    """One solution with its scores."""

    PREFIX: ClassVar[str] = "O"
    solution: Ref = ask(
        "Solution", "By its id.", example="S1", needed=True, refers="solutions"
    )  # fmt: skip
    scores: dict[Ref, Grade] = ask(
        "Scores",
        "From 1 worst to 10 best for each criterion, by its id.",
        example={"K1": 9, "K2": 4},
        needed=True,
        default={},
        refers="selection.criteria",
    )
    pugh: dict[Ref, Sign] = ask(
        "Against the datum",
        "For each criterion 1 better than the datum, 0 the same, -1 worse.",
        example={"K1": 1, "K2": -1},
        default={},
        refers="selection.criteria",
    )
    impact: float | None = ask(
        "Impact", "From 1 none to 10 highest.", example=9, default=None, ge=1, le=10
    )
    effort: float | None = ask(
        "Effort", "From 1 hardly any to 10 most.", example=8, default=None, ge=1, le=10
    )


class Selection(Document):
    """Solutions judged in three ways."""

    KIND: ClassVar[str] = "selection"
    TITLE: ClassVar[str] = "Selection of solutions"
    PHASE: ClassVar[Phase] = "improve"
    HAS_CHART: ClassVar[bool] = True
    PURPOSE: ClassVar[str] = (
        "The selection judges solutions by criteria that were agreed before. It also says how firm "
        "the ranking is: whether another solution wins when a weight is moved by a fifth."
    )
    EXAMPLE: ClassVar[dict[str, Any]] = {
        "criteria": [
            {"id": "K1", "name": "Effect on churn", "weight": 5, "best": "churn halved"},
            {"id": "K2", "name": "Cost", "weight": 2, "best": "below $5K a year"},
            {"id": "K3", "name": "Time until it works", "weight": 2, "best": "within a month"},
            {"id": "K4", "name": "Risk", "weight": 1, "best": "can be undone in a day"},
        ],
        "datum": "today",
        "options": [
            {"id": "O1", "solution": "S1", "scores": {"K1": 9, "K2": 3, "K3": 3, "K4": 5},
             "pugh": {"K1": 1, "K2": -1, "K3": -1, "K4": 0}, "impact": 9, "effort": 8},
            {"id": "O2", "solution": "S2", "scores": {"K1": 4, "K2": 10, "K3": 10, "K4": 9},
             "pugh": {"K1": 1, "K2": 0, "K3": 0, "K4": 0}, "impact": 6, "effort": 1},
            {"id": "O3", "solution": "S3", "scores": {"K1": 8, "K2": 5, "K3": 8, "K4": 9},
             "pugh": {"K1": 1, "K2": -1, "K3": 0, "K4": 0}, "impact": 8, "effort": 4},
            {"id": "O4", "solution": "S4", "scores": {"K1": 7, "K2": 7, "K3": 8, "K4": 6},
             "pugh": {"K1": 1, "K2": -1, "K3": 0, "K4": -1}, "impact": 7, "effort": 3},
            {"id": "O5", "solution": "S5", "scores": {"K1": 2, "K2": 1, "K3": 9, "K4": 4},
             "pugh": {"K1": 0, "K2": -1, "K3": 0, "K4": -1}, "impact": 2, "effort": 7},
        ],
        "decision": "S1 to S4 are done; S3 and S4 first. S5 is dropped.",
    }  # fmt: skip

    criteria: tuple[Criterion, ...] = ask(
        "Criteria", "What the solutions are judged by, agreed before scoring.", least=2, default=()
    )
    datum: Text = ask(
        "Datum",
        "What Pugh compares with: today's way of working, or a solution by its id.",
        example="today",
    )
    options: tuple[Option, ...] = ask(
        "Solutions judged", "Each solution with its scores.", least=2, default=()
    )
    decision: Text = ask(
        "Decision", "What is done, in which order, and what is not.",
        example="S1 to S4 are done; S5 is dropped.", needed=True, long=True,
    )  # fmt: skip

    def rules(self, papers: Papers) -> tuple[Gap, ...]:
        """Solutions exist and stand once, scores are complete and for criteria that exist."""
        solutions = reference.names(papers, "solutions")
        criteria = [each.id for each in self.criteria]
        gaps: list[Gap] = []
        seen: set[str] = set()
        for each in self.options:
            path = f"options.{each.id}"
            gaps += reference.unknown(f"{path}.solution", [each.solution], solutions, "solutions")
            if each.solution in seen:
                message = f"{each.id} judges {each.solution} a second time."
                gaps.append(Gap(field=f"{path}.solution", message=message))
            seen.add(each.solution)
            for name, given in (("scores", each.scores), ("pugh", each.pugh)):
                gaps += reference.unknown(f"{path}.{name}", given, criteria, "criteria")
            lacking = [id for id in criteria if id not in each.scores]
            if lacking and each.scores:
                message = f"{each.id} has no score for {', '.join(lacking)}."
                gaps.append(Gap(field=f"{path}.scores", message=message))
        if any(each.pugh for each in self.options) and not self.datum:
            message = "Pugh's signs mean nothing without the datum they compare with."
            gaps.append(Gap(field="datum", message=message))
        if self.criteria and all(each.weight == 0 for each in self.criteria):
            gaps.append(Gap(field="criteria", message="All weights are 0: nothing is compared."))
        return tuple(gaps)

    @property
    def weights(self) -> dict[str, float]:
        """Weight of each criterion that has one."""
        return {each.id: each.weight for each in self.criteria if each.weight is not None}

    def ranked(self) -> list[ranking.Score]:
        """Solutions by weighted score."""
        return ranking.ranked(self.weights, self._scored())

    def _scored(self) -> list[tuple[str, dict[str, float]]]:
        return [(each.solution or each.id, dict(each.scores)) for each in self.options]

    def figures(self, papers: Papers) -> tuple[Figure, ...]:
        """Weighted scores, the winner and how firm it is."""
        scores = [each for each in self.ranked() if each.score is not None]
        if not scores:
            return ()
        names = reference.names(papers, "solutions")
        whole = sum(weight > 0 for weight in self.weights.values())
        partly = any(each.given < len(self.weights) for each in scores)
        found = [
            Figure(
                name=f"score_{each.id}",
                label=reference.told(each.id, names, 40),
                value=each.score,
                text=f"{each.score:.2f}{self._aside(each)}",
                formula="" if place else "score = Σ weight × score / Σ weight, from 1 to 10",
            )
            for place, each in enumerate(scores)
        ]
        best = sorted(ranking.winners(self.weights, self._scored()))
        word = " (equal)" if len(best) > 1 else " (so far)" if partly else ""
        turning = ranking.turning(self.weights, self._scored())
        titles = {each.id: each.name for each in self.criteria}
        firm = (
            f"no: {', '.join(reference.told(id, titles, 40) for id in turning)} can turn it"
            if turning
            else "yes"
        )
        return (
            *found,
            Figure(name="winner", label="Winner", value=None,
                   text=f"{', '.join(reference.told(id, names) for id in best)}{word}"),
            Figure(name="turning", label="Winner is firm", value=len(turning), text=firm,
                   formula=f"each of {plural(whole, 'weight')} moved by ±20 %, one at a time"),
        )  # fmt: skip

    def _aside(self, score: ranking.Score) -> str:
        whole = len(self.weights)
        return f" (on {score.given} of {plural(whole, 'criterion', 'criteria')})" * (
            score.given < whole
        )

    def blocks(self, papers: Papers) -> tuple[Block, ...]:
        """The three judgements, each as a table, and the figures."""
        from dmaic.documents.form import figure_blocks, form, table

        if not self.options:
            return super().blocks(papers)
        names = reference.names(papers, "solutions")
        fields = {each.name: each for each in form(type(self))}
        shown: list[Block] = [
            table(fields["criteria"], self.criteria),
            selection_page.scores(self, names),
        ]
        pughs = [each for each in self.options if each.pugh]
        if pughs:
            shown.append(selection_page.pugh(self, names))
        placed = [each for each in self.options if each.impact and each.effort]
        if placed:
            shown.append(selection_page.quadrants(placed, names))
        shown += figure_blocks(self, papers, without="score_")
        if self.decision:
            shown.append(Note(self.decision, strong=True))
        return tuple(shown)
