"""The communication plan: who hears what, how, how often and from whom."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from dmaic.documents.base import Document, Figure, Gap, Line, Papers, Phase, Text, ask
from dmaic.documents.define.stakeholders import QUADRANTS, Stakeholders
from dmaic.documents.name import folded, short, told
from dmaic.text import plural


class Message(Line):
    """One thing that is told, again and again."""

    PREFIX: ClassVar[str] = "M"
    audience: tuple[Text, ...] = ask(
        "Audience",
        "Who hears it, named as among the stakeholders.",
        example=["Head of Support"],
        needed=True,
        default=(),
    )
    message: Text = ask(
        "Message",
        "What they need to know or decide.",
        example="How long both queues wait, week by week",
        needed=True,
    )
    channel: Text = ask("Channel", "How it reaches them.", example="stand-up", needed=True)
    frequency: Text = ask("Frequency", "How often.", example="weekly", needed=True)
    owner: Text = ask("Owner", "Who tells it.", example="Project lead", needed=True)
    first: date | None = ask(
        "First on", "The first day.", example="2025-01-20", needed=True, default=None
    )


class CommunicationPlan(Document):
    """What is told to whom."""

    KIND: ClassVar[str] = "communication"
    TITLE: ClassVar[str] = "Communication plan"
    PHASE: ClassVar[Phase] = "define"
    PURPOSE: ClassVar[str] = (
        "The plan says who hears what, how often and from whom. Trust comes from news that "
        "arrives when it was promised, the bad as well as the good."
    )

    messages: tuple[Message, ...] = ask(
        "Messages", "What is told, a line each.", least=1, default=()
    )

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "messages": [
            {"id": "M1", "audience": ["Chief Operating Officer"],
             "message": "Where the project stands, what blocks the tollgate, what to decide",
             "channel": "status report, one page", "frequency": "every two weeks",
             "owner": "Project lead", "first": "2025-01-20"},
            {"id": "M2", "audience": ["Head of Support", "Head of Development", "Head of Sales"],
             "message": "What the team found and what it asks of the function",
             "channel": "meeting, half an hour", "frequency": "every two weeks",
             "owner": "Project lead", "first": "2025-01-21"},
            {"id": "M3", "audience": ["Finance controller"],
             "message": "Figures of the benefit, for agreement",
             "channel": "workbook and call", "frequency": "at every tollgate",
             "owner": "Project lead", "first": "2025-01-31"},
            {"id": "M4", "audience": ["Customer Success lead"],
             "message": "Who is to be called, and what customers answered",
             "channel": "stand-up", "frequency": "weekly", "owner": "Project lead",
             "first": "2025-01-22"},
        ]
    }  # fmt: skip

    def rules(self, papers: Papers) -> tuple[Gap, ...]:
        """Nobody with much influence is forgotten."""
        if not self.messages:
            return ()
        heard = self._reached()
        return tuple(
            Gap(
                field="messages",
                message=f"No message reaches {short(each.name)}, whom to {each.quadrant}.",
                level="weak",
            )
            for each in papers.get(Stakeholders).stakeholders
            if each.quadrant in QUADRANTS[:2] and each.name and folded(each.name) not in heard
        )

    def _reached(self) -> frozenset[str]:
        return frozenset(folded(name) for each in self.messages for name in each.audience)

    def figures(self, papers: Papers) -> tuple[Figure, ...]:
        """How many of the stakeholders are told anything."""
        all_of_them = [each for each in papers.get(Stakeholders).stakeholders if each.name]
        if not self.messages or not all_of_them:
            return ()
        heard = self._reached()
        left = [each.name for each in all_of_them if folded(each.name) not in heard]
        text = f"{len(all_of_them) - len(left)} of {plural(len(all_of_them), 'stakeholder')}"
        return (
            Figure(
                name="reached",
                label="Stakeholders reached",
                value=1 - len(left) / len(all_of_them),
                text=f"{text}; not {told(left)}" if left else text,
                formula="stakeholders who are an audience / all stakeholders",
            ),
        )
