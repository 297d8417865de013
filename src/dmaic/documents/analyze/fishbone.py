"""The fishbone: what might cause the effect, sorted by bones."""

from __future__ import annotations

from typing import Any, ClassVar

from dmaic.block import Block, Note, Tree
from dmaic.documents.base import Document, Figure, Gap, Line, Papers, Phase, Text, ask
from dmaic.text import plural

BONES = ("people", "process", "product", "policy", "technology", "environment")
"""The usual bones of a service; any other name makes a bone of its own."""

FEW = 3
"""Fewer bones than this mean that the team looked at one corner only."""


class Rib(Line):
    """A possible cause on one of the bones."""

    PREFIX: ClassVar[str] = "B"
    cause: Text = ask(
        "Cause",
        "What might cause the effect, as a fact and not as a missing solution.",
        example="Tickets are answered first come, first served",
        needed=True,
    )
    bone: Text = ask(
        "Bone",
        f"Where the cause sits: {', '.join(BONES[:-1])} or {BONES[-1]}, or a name of your own.",
        example="process",
        needed=True,
    )
    why: tuple[Text, ...] = ask(
        "Sub-causes",
        "What lies behind it, one each.",
        example=["one queue for all", "the segment of a ticket is unknown"],
        default=(),
    )


class Fishbone(Document):
    """Possible causes of one effect."""

    KIND: ClassVar[str] = "fishbone"
    TITLE: ClassVar[str] = "Fishbone diagram"
    PHASE: ClassVar[Phase] = "analyze"
    HAS_CHART: ClassVar[bool] = True
    PURPOSE: ClassVar[str] = (
        "The fishbone gathers what might cause the effect, bone by bone, so that no corner is left "
        "out. Its causes are guesses until the cause list verifies them with evidence."
    )
    EXAMPLE: ClassVar[dict[str, Any]] = {
        "effect": "Auto body estimators cancel: 46.3 % of all churn",
        "ribs": [
            {"id": "B1", "bone": "product", "cause": "Photos are re-typed into quoting systems",
             "why": ["no exchange format", "built for hobby use"]},
            {"id": "B2", "bone": "process", "cause": "No onboarding of new customers",
             "why": ["nobody owns the first week"]},
            {"id": "B3", "bone": "process", "cause": "First answer after two days",
             "why": ["e-mail only", "no target for the first answer"]},
            {"id": "B4", "bone": "policy", "cause": "Tickets served first come, first served",
             "why": ["one queue for all"]},
            {"id": "B5", "bone": "technology", "cause": "Sign-up stores contact data only",
             "why": ["no segment in the records"]},
            {"id": "B6", "bone": "people", "cause": "Support does not know the trade",
             "why": ["no training on quoting"]},
            {"id": "B7", "bone": "policy", "cause": "The price is above a competitor's",
             "why": ["no plan for small shops"]},
            {"id": "B8", "bone": "environment", "cause": "Uploads fail in the shop",
             "why": ["weak mobile network"]},
        ],
    }  # fmt: skip

    effect: Text = ask(
        "Effect",
        "What is to be explained, measured where it can be.",
        example="Auto body estimators cancel: 46.3 % of all churn",
        needed=True,
    )
    ribs: tuple[Rib, ...] = ask(
        "Causes", "What might cause it, each on its bone.", least=3, default=()
    )

    def rules(self, papers: Papers) -> tuple[Gap, ...]:
        """Several bones carry causes."""
        del papers
        bones = [bone for bone, _ in self.bones()]
        if self.ribs and len(bones) < FEW:
            others = ", ".join(each for each in BONES if each not in bones)
            message = f"All causes sit on {plural(len(bones), 'bone')}: look at {others} too."
            return (Gap(field="ribs", message=message, level="weak"),)
        return ()

    def figures(self, papers: Papers) -> tuple[Figure, ...]:
        """How many causes on how many bones."""
        del papers
        if not self.ribs:
            return ()
        text = f"{len(self.ribs)} on {plural(len(self.bones()), 'bone')}"
        return (Figure(name="causes", label="Causes", value=len(self.ribs), text=text),)

    def blocks(self, papers: Papers) -> tuple[Block, ...]:
        """The effect with its bones, causes and sub-causes as a tree."""
        if not self.ribs:
            return super().blocks(papers)
        return (
            Tree(
                self.effect or "(effect not named)",
                tuple(
                    Tree(
                        bone.capitalize(),
                        tuple(
                            Tree(f"{rib.id} {rib.cause}", tuple(Tree(each) for each in rib.why))
                            for rib in ribs
                        ),
                    )
                    for bone, ribs in self.bones()
                ),
            ),
            Note(f"{plural(len(self.ribs), 'possible cause')}; guesses until verified."),
        )

    def bones(self) -> list[tuple[str, list[Rib]]]:
        """The bones that carry causes, the usual six first, then own ones as they come."""
        found: dict[str, list[Rib]] = {}
        for rib in self.ribs:
            found.setdefault(" ".join(rib.bone.casefold().split()) or "other", []).append(rib)
        order = [*(each for each in BONES if each in found), *(b for b in found if b not in BONES)]
        return [(bone, found[bone]) for bone in order]
