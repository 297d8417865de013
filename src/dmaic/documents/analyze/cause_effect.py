"""The cause-and-effect matrix: how strongly each cause bears on what customers care about."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

from pydantic import AfterValidator, Field

from dmaic.block import Block, Cells, Table
from dmaic.documents import reference
from dmaic.documents.base import Document, Figure, Gap, Line, Papers, Phase, Text, ask
from dmaic.documents.reference import Ref
from dmaic.text import plural

STRENGTHS = (0, 1, 3, 9)
"""None, weak, medium, strong: the steps widen so that strong links stand out."""


def _is_strength(score: float) -> float:
    if score not in STRENGTHS:
        raise ValueError("a score is 0 (no link), 1 (weak), 3 (medium) or 9 (strong)")
    return score


Strength = Annotated[float, AfterValidator(_is_strength)]
Weight = Annotated[float, Field(ge=1, le=10)]


class Row(Line):
    """A cause or a step of the process with its scores."""

    PREFIX: ClassVar[str] = "X"
    what: Text = ask(
        "Cause or step",
        "A cause of the cause list by its id, or a step of the process in words.",
        example="C1",
        needed=True,
        refers="causes",
    )
    scores: dict[Ref, Strength] = ask(
        "Scores",
        "How strongly it bears on each CTQ: 0 not, 1 weakly, 3 somewhat, 9 strongly.",
        example={"CTQ1": 9, "CTQ2": 1},
        needed=True,
        default={},
        refers="ctq.ctqs",
    )


class CauseEffectMatrix(Document):
    """Causes against CTQs."""

    KIND: ClassVar[str] = "cause-effect"
    TITLE: ClassVar[str] = "Cause-and-effect matrix"
    PHASE: ClassVar[Phase] = "analyze"
    PURPOSE: ClassVar[str] = (
        "The matrix scores how strongly each cause bears on each CTQ and weighs the scores by what "
        "customers care about. It says where to look first; it proves nothing."
    )
    EXAMPLE: ClassVar[dict[str, Any]] = {
        "weights": {"CTQ1": 10, "CTQ2": 8, "CTQ3": 7},
        "rows": [
            {"id": "X1", "what": "C1", "scores": {"CTQ1": 9, "CTQ2": 1, "CTQ3": 1}},
            {"id": "X2", "what": "C2", "scores": {"CTQ1": 3, "CTQ2": 1, "CTQ3": 9}},
            {"id": "X3", "what": "C3", "scores": {"CTQ1": 1, "CTQ2": 9, "CTQ3": 3}},
            {"id": "X4", "what": "C4", "scores": {"CTQ1": 0, "CTQ2": 9, "CTQ3": 1}},
            {"id": "X5", "what": "C5", "scores": {"CTQ1": 1, "CTQ2": 3, "CTQ3": 9}},
            {"id": "X6", "what": "C6", "scores": {"CTQ1": 0, "CTQ2": 0, "CTQ3": 0}},
            {"id": "X7", "what": "C7", "scores": {"CTQ1": 3, "CTQ2": 1, "CTQ3": 0}},
        ],
    }

    weights: dict[Ref, Weight] = ask(
        "Weights of the CTQs",
        "How much each CTQ matters to customers, from 1 to 10, by the id of the CTQ.",
        example={"CTQ1": 10, "CTQ2": 8},
        needed=True,
        default={},
        refers="ctq.ctqs",
    )
    rows: tuple[Row, ...] = ask(
        "Causes and steps", "What may bear on the CTQs, with its scores.", least=2, default=()
    )

    def rules(self, papers: Papers) -> tuple[Gap, ...]:
        """Every CTQ has a weight, every row a score for each of them, and ids exist."""
        ctqs = set(reference.names(papers, "ctq.ctqs"))
        causes = reference.names(papers, "causes")
        gaps: list[Gap] = []
        if ctqs:
            gaps += reference.unknown("weights", self.weights, ctqs, "CTQ tree")
            gaps += [
                Gap(field="weights", message=f"{id} has no weight.")
                for id in sorted(ctqs - set(self.weights))
                if self.weights
            ]
        for row in self.rows:
            path = f"rows.{row.id}"
            gaps += reference.unknown(
                f"{path}.scores", row.scores, self.weights, "weights of the CTQs"
            )
            lacking = [id for id in self.weights if id not in row.scores]
            if lacking and row.scores:
                message = f"{row.id} has no score for {', '.join(lacking)}."
                gaps.append(Gap(field=f"{path}.scores", message=message))
            if causes and reference.is_id(row.what, "C"):
                gaps += reference.unknown(f"{path}.what", [row.what.upper()], causes, "cause list")
        return tuple(gaps)

    def totals(self) -> list[tuple[Row, float]]:
        """Rows with their weighted totals, the highest first; equal ones in their order.

        Scores that are not given yet count as nothing.
        """
        found = [
            (row, sum(self.weights[id] * s for id, s in row.scores.items() if id in self.weights))
            for row in self.rows
        ]
        return sorted(found, key=lambda pair: -pair[1])

    def figures(self, papers: Papers) -> tuple[Figure, ...]:
        """The weighted total of each row, the highest first."""
        if not self.weights:
            return ()
        names = reference.names(papers, "causes")
        found = []
        for number, (row, total) in enumerate(self.totals()):
            given = sum(id in self.weights for id in row.scores)
            aside = (
                f" ({given} of {plural(len(self.weights), 'score')} given)"
                if given < len(self.weights)
                else ""
            )
            found.append(
                Figure(
                    name=f"total_{row.id}",
                    label=reference.told(_id(row.what), names, 40),
                    value=total,
                    text=f"{total:,.10g}{aside}",
                    formula="" if number else "total = sum of weight × score over the CTQs",
                )
            )
        return tuple(found)

    def blocks(self, papers: Papers) -> tuple[Block, ...]:
        """The matrix with its totals, the highest first."""
        if not self.rows or not self.weights:
            return super().blocks(papers)
        names = reference.names(papers, "causes", "ctq.ctqs")
        ranked = self.totals()
        columns = [
            Cells("", tuple(row.id for row, _ in ranked), keep=1000),
            Cells(
                "Cause or step",
                tuple(reference.told(_id(row.what), names, 200) for row, _ in ranked),
                wrap=True,
                keep=900,
            ),
            *(
                Cells(
                    f"{id} ×{weight:g}",
                    tuple(f"{row.scores[id]:g}" if id in row.scores else "–" for row, _ in ranked),
                    right=True,
                    keep=500,
                )
                for id, weight in self.weights.items()
            ),
            Cells("Total", tuple(f"{total:,.10g}" for _, total in ranked), right=True, keep=950),
        ]
        return (Table(tuple(columns), title="Weight × score, highest first"),
                *reference.legend(self.weights, names))  # fmt: skip


def _id(what: str) -> str:
    return what.upper() if reference.is_id(what, "C") else what
