"""The handover: what goes to the process owner, what has to be done for it, and who took it."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from dmaic.documents.base import Document, Figure, Gap, Line, Papers, Phase, Text, ask


class Item(Line):
    """One thing to be done before the owner takes over."""

    PREFIX: ClassVar[str] = "H"
    item: Text = ask(
        "Item", "What has to be done.", example="Control plan runs for a month", needed=True
    )
    owner: Text = ask("Owner", "Who sees to it.", example="Project lead", needed=True)
    done: bool = ask("Done", "Whether it is done.", example=True, default=False)


class Handover(Document):
    """From the team to the process owner."""

    KIND: ClassVar[str] = "handover"
    TITLE: ClassVar[str] = "Handover to the process owner"
    PHASE: ClassVar[Phase] = "control"
    PURPOSE: ClassVar[str] = (
        "The team goes home, the process stays: from this day on its owner keeps the gain. Nothing "
        "is handed over until the owner has accepted it by name."
    )
    EXAMPLE: ClassVar[dict[str, Any]] = {
        "process_owner": "Sam",
        "handed_over": ["control plan and response plan", "call list and its rota",
                        "rules of the estimators' queue", "contract tests of the exchange API"],
        "checklist": [
            {"id": "H1", "item": "Control plan has run for a month", "owner": "Project lead",
             "done": True},
            {"id": "H2", "item": "Everybody concerned is trained", "owner": "Head of Support",
             "done": True},
            {"id": "H3", "item": "Work instructions stand in the handbook", "owner": "Sam",
             "done": True},
            {"id": "H4", "item": "Budget of the success managers is in the plan of next year",
             "owner": "Dana", "done": True},
        ],
        "accepted_by": "Sam",
        "accepted_on": "2026-01-23",
    }  # fmt: skip

    process_owner: Text = ask(
        "Process owner", "Who keeps the gain from now on; one person.", needed=True,
        example="Sam",
    )  # fmt: skip
    handed_over: tuple[Text, ...] = ask(
        "Handed over", "Documents, duties and tools that go to the owner.", needed=True,
        example=["control plan and response plan", "call list and its rota"], default=(),
    )  # fmt: skip
    checklist: tuple[Item, ...] = ask(
        "Checklist", "What has to be done before.", least=1, default=()
    )
    accepted_by: Text = ask("Accepted by", "Who took it over.", example="Sam", needed=True)
    accepted_on: date | None = ask(
        "Accepted on", "When.", example="2026-01-23", needed=True, default=None
    )

    def rules(self, papers: Papers) -> tuple[Gap, ...]:
        """Everything is done, and the owner accepted it."""
        del papers
        gaps = [
            Gap(field=f"checklist.{each.id}.done", message=f"{each.id} is not done: {each.item}")
            for each in self.checklist
            if not each.done
        ]
        same = self.accepted_by.casefold() == self.process_owner.casefold()
        if self.accepted_by and self.process_owner and not same:
            message = "It was accepted by somebody else than the process owner."
            gaps.append(Gap(field="accepted_by", message=message, level="weak"))
        return tuple(gaps)

    def figures(self, papers: Papers) -> tuple[Figure, ...]:
        """How much of the checklist is done."""
        del papers
        if not self.checklist:
            return ()
        done = sum(each.done for each in self.checklist)
        return (
            Figure(name="done", label="Checklist", value=done / len(self.checklist),
                   text=f"{done} of {len(self.checklist)} done"),
        )  # fmt: skip
