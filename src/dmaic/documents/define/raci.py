"""The RACI: who does each activity, who answers for it, who is asked and who is told."""

from __future__ import annotations

from typing import Any, ClassVar

from dmaic.documents.base import Document, Figure, Gap, Line, Papers, Phase, Text, ask
from dmaic.documents.name import folded, short, told

PARTS = ("responsible", "accountable", "consulted", "informed")
"""The four parts a person can have in an activity."""

BUSY = 2 / 3
"""Who is responsible for more than this share of the activities is a bottleneck."""


class Activity(Line):
    """One activity and the people in it."""

    PREFIX: ClassVar[str] = "A"
    activity: Text = ask(
        "Activity", "What is done.", example="Call the sample of lost customers", needed=True
    )
    responsible: tuple[Text, ...] = ask(
        "Responsible",
        "Who does it, one or several; without one it is not done.",
        example=["Customer Success lead"],
        needed=True,
        default=(),
    )
    accountable: tuple[Text, ...] = ask(
        "Accountable",
        "Who answers for the result: exactly one, since two leave it to each other.",
        example=["Project lead"],
        needed=True,
        default=(),
    )
    consulted: tuple[Text, ...] = ask(
        "Consulted", "Who is asked before.", example=["Head of Sales"], default=()
    )
    informed: tuple[Text, ...] = ask(
        "Informed", "Who is told after.", example=["Head of Support"], default=()
    )


class Raci(Document):
    """The parts of everybody in the project's activities."""

    KIND: ClassVar[str] = "raci"
    TITLE: ClassVar[str] = "RACI"
    PHASE: ClassVar[Phase] = "define"
    PURPOSE: ClassVar[str] = (
        "The RACI says for each activity who does it, who answers for it, who is asked before and "
        "who is told after. Exactly one answers, so that nothing falls between two functions."
    )

    activities: tuple[Activity, ...] = ask(
        "Activities", "What the project has to get done.", least=3, default=()
    )

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "activities": [
            {"id": "A1", "activity": "Agree how churn is counted and what it costs",
             "responsible": ["Finance controller"], "accountable": ["Project lead"],
             "consulted": ["Head of Sales"], "informed": ["Chief Operating Officer"]},
            {"id": "A2", "activity": "Call the sample of lost customers",
             "responsible": ["Customer Success lead"], "accountable": ["Project lead"],
             "consulted": ["Head of Sales"], "informed": ["Head of Support"]},
            {"id": "A3", "activity": "Find the segments and causes that make the churn",
             "responsible": ["Project lead", "Data analyst"], "accountable": ["Project lead"],
             "consulted": ["Head of Support", "Head of Development"],
             "informed": ["Chief Operating Officer"]},
            {"id": "A4", "activity": "Build the exchange format for quoting systems",
             "responsible": ["Development team"], "accountable": ["Head of Development"],
             "consulted": ["Customer Success lead"], "informed": ["Head of Sales"]},
            {"id": "A5", "activity": "Give estimators' tickets a queue of their own",
             "responsible": ["Support team"], "accountable": ["Head of Support"],
             "consulted": ["Customer Success lead"], "informed": ["Head of Sales"]},
        ]
    }  # fmt: skip

    def rules(self, papers: Papers) -> tuple[Gap, ...]:
        """Exactly one is accountable, and nobody does most of the work."""
        del papers
        gaps = []
        for each in self.activities:
            answer = {folded(name): name for name in each.accountable if name}
            if len(answer) > 1:
                gaps.append(
                    Gap(
                        field=f"activities.{each.id}.accountable",
                        message=(
                            f"{each.id} has {len(answer)} accountable, {told([*answer.values()])}: "
                            "two who answer leave it to each other. Name one."
                        ),
                    )
                )
            told_twice = {folded(name) for name in each.informed} & {
                folded(name) for name in (*each.responsible, *each.accountable)
            }
            if told_twice - {""}:
                gaps.append(
                    Gap(
                        field=f"activities.{each.id}.informed",
                        message=f"{each.id}: {told(sorted(told_twice - {''}))} does it or answers "
                        "for it, and need not be informed.",
                        level="weak",
                    )
                )
        most = BUSY * len(self.activities)
        gaps += [
            Gap(
                field="activities",
                message=f"{short(name)} is responsible for {counts['responsible']} of "
                f"{len(self.activities)} activities: a bottleneck.",
                level="weak",
            )
            for name, counts in self.load().items()
            if len(self.activities) > 2 and counts["responsible"] > most
        ]
        return tuple(gaps)

    def load(self) -> dict[str, dict[str, int]]:
        """Each person, as first spelled, with the number of activities by part.

        In the order of the load: activities done or answered for, then those consulted in.
        """
        spelled: dict[str, str] = {}
        counts: dict[str, dict[str, int]] = {}
        for each in self.activities:
            for part in PARTS:
                for name in getattr(each, part):
                    spelled.setdefault(folded(name), name)
                for key in {folded(name): None for name in getattr(each, part) if name}:
                    counts.setdefault(key, dict.fromkeys(PARTS, 0))[part] += 1
        order = sorted(
            counts,
            key=lambda key: (_weight(counts[key]), counts[key]["consulted"]),
            reverse=True,
        )
        return {spelled[key]: counts[key] for key in order}

    def figures(self, papers: Papers) -> tuple[Figure, ...]:
        """The load of each person, the heaviest first."""
        del papers
        return tuple(
            Figure(
                name=f"load of {name}",
                label=short(name, 24),
                value=_weight(counts),
                text=", ".join(f"{part} {counts[part]}" for part in PARTS if counts[part]),
                formula="activities done + activities answered for" if not place else "",
            )
            for place, (name, counts) in enumerate(self.load().items())
        )


def _weight(counts: dict[str, int]) -> int:
    return counts["responsible"] + counts["accountable"]
