"""The solutions, each tied to the verified causes that it takes away."""

from __future__ import annotations

from typing import Any, ClassVar, Literal

from dmaic import number
from dmaic.documents import reference
from dmaic.documents.analyze.causes import CauseList
from dmaic.documents.base import Document, Figure, Gap, Line, Papers, Phase, Text, ask
from dmaic.documents.reference import Ref
from dmaic.text import plural

Status = Literal["idea", "selected", "piloted", "done", "dropped"]


class Solution(Line):
    """One solution."""

    PREFIX: ClassVar[str] = "S"
    name: Text = ask(
        "Solution", "What is done, in a few words.", example="API for the exchange formats",
        needed=True,
    )  # fmt: skip
    description: Text = ask(
        "Description",
        "How it works, for somebody who was not in the room.",
        example="Photos and notes go into the three common quoting systems without typing.",
        long=True,
    )
    causes: tuple[Ref, ...] = ask(
        "Causes",
        "The verified causes that it takes away, by their ids.",
        example=["C1"],
        needed=True,
        default=(),
        refers="causes",
    )
    effect: Text = ask(
        "Expected effect",
        "What changes and by how much, before it is done.",
        example="65 % fewer estimators cancel, with S2 to S4",
        needed=True,
    )
    cost_once: float | None = ask(
        "Cost once",
        "What it costs to make, in the project's currency.",
        example=120_000,
        default=None,
        ge=0,
        le=1e15,
    )
    cost_a_year: float | None = ask(
        "Cost a year",
        "What it costs to run for a year.",
        example=15_000,
        default=None,
        ge=0,
        le=1e15,
    )
    effort: float | None = ask(
        "Effort", "Work to make it.", example=160, unit="person-days", default=None, ge=0, le=1e9
    )
    owner: Text = ask("Owner", "Who sees to it.", example="Head of Development", needed=True)
    status: Status = ask("Status", "How far it is.", example="selected", default="idea")


class Solutions(Document):
    """Solutions with their causes, effects and costs."""

    KIND: ClassVar[str] = "solutions"
    TITLE: ClassVar[str] = "Solutions"
    PHASE: ClassVar[Phase] = "improve"
    PURPOSE: ClassVar[str] = (
        "Every solution takes away a cause that was verified; one that does not is a guess. Effect "
        "and cost are written down before, so that they can be compared with what comes true."
    )
    EXAMPLE: ClassVar[dict[str, Any]] = {
        "solutions": [
            {"id": "S1", "name": "API for the exchange formats",
             "description": "Photos and notes go into the three common quoting systems without "
                            "typing.",
             "causes": ["C1"], "effect": "Half of the estimators' churn that names re-typing",
             "cost_once": 120_000, "cost_a_year": 15_000, "effort": 160,
             "owner": "Head of Development",
             "status": "done"},
            {"id": "S2", "name": "Sign-up asks what the customer does",
             "description": "One added question; the answer is the segment in every record.",
             "causes": ["C5"], "effect": "Segment known for 98 % of new customers",
             "cost_once": 2_000, "cost_a_year": 0, "effort": 3, "owner": "Head of Sales",
             "status": "done"},
            {"id": "S3", "name": "A call to every new estimator within a day",
             "description": "A Customer Success Manager calls, sets up the app for the shop and "
                            "stays until the first job is done.",
             "causes": ["C2"], "effect": "Churn in the first three months halved",
             "cost_once": 5_000, "cost_a_year": 85_000, "effort": 10, "owner": "Sam",
             "status": "done"},
            {"id": "S4", "name": "Support triage",
             "description": "Estimators' tickets go into their own queue and are served first, by "
                            "phone where it helps.",
             "causes": ["C3", "C4"], "effect": "First answer within 2 hours instead of 2 days",
             "cost_once": 8_000, "cost_a_year": 40_000, "effort": 15, "owner": "Head of Support",
             "status": "done"},
            {"id": "S5", "name": "A discount for estimators",
             "description": "Two months free after a year; the price is no verified cause.",
             "causes": ["C6"], "effect": "None that the data support",
             "cost_once": 0, "cost_a_year": 380_000, "effort": 2, "owner": "Dana",
             "status": "dropped"},
        ]
    }  # fmt: skip

    solutions: tuple[Solution, ...] = ask(
        "Solutions", "What could be done about the verified causes.", least=1, default=()
    )

    def rules(self, papers: Papers) -> tuple[Gap, ...]:
        """Every solution that is not dropped points to a verified cause."""
        listed = papers.get(CauseList)
        causes = {each.id: each for each in listed.causes}
        gaps: list[Gap] = []
        for each in self.alive():
            path = f"solutions.{each.id}.causes"
            gaps += reference.unknown(path, each.causes, causes, "cause list")
            known = [causes[id] for id in each.causes if id in causes]
            if known and not any(cause.status == "verified" for cause in known):
                said = ", ".join(f"{cause.id} is {cause.status}" for cause in known)
                message = f"{each.id} stands on no verified cause: {said}."
                gaps.append(Gap(field=path, message=message))
        pointed = {id for each in self.alive() for id in each.causes}
        gaps += [
            Gap(
                field="solutions",
                message=f"{cause.id} is verified and no solution takes it away.",
                level="weak",
            )
            for cause in listed.verified()
            if cause.id not in pointed and self.solutions
        ]
        return tuple(gaps)

    def figures(self, papers: Papers) -> tuple[Figure, ...]:
        """What the solutions that are not dropped cost together."""
        del papers
        alive = self.alive()
        if not alive:
            return ()
        wanted = (
            ("cost_once", "Cost once", ""),
            ("cost_a_year", "Cost a year", ""),
            ("effort", "Effort", " person-days"),
        )
        return tuple(
            _sum(name, label, unit, [getattr(each, name) for each in alive])
            for name, label, unit in wanted
        )

    def alive(self) -> tuple[Solution, ...]:
        """The solutions that are not dropped."""
        return tuple(each for each in self.solutions if each.status != "dropped")


def _sum(name: str, label: str, unit: str, figures: list[float | None]) -> Figure:
    known = [figure for figure in figures if figure is not None]
    if not known:
        return Figure(name=name, label=label, value=None, text=number.DASH)
    total = sum(known)
    aside = (
        f" ({len(known)} of {plural(len(figures), 'solution')} known)"
        if len(known) < len(figures)
        else ""
    )
    return Figure(
        name=name,
        label=label,
        value=total,
        text=f"{number.amount(total, places=number.places(known, money=not unit))}{unit}{aside}",
        formula="dropped solutions left out" if name == "cost_once" else "",
    )
