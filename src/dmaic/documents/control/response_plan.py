"""The response plan: what is done, by whom and how fast, when something slips."""

from __future__ import annotations

from typing import Any, ClassVar, Literal

from dmaic.documents.base import Document, Figure, Gap, Line, Papers, Phase, Text, ask

Severity = Literal["", "low", "medium", "high", "critical"]


class Response(Line):
    """What one trigger sets off."""

    PREFIX: ClassVar[str] = "RP"
    trigger: Text = ask(
        "Trigger",
        "What sets it off, so that two people see the same.",
        example="Mean time to first answer of estimators above 8 hours in a week",
        needed=True,
    )
    severity: Severity = ask("Severity", "How bad it is.", example="high", needed=True)
    action: Text = ask(
        "First action",
        "What is done first, before anybody looks for the cause.",
        example="Move two people from the general queue for a week",
        needed=True,
    )
    owner: Text = ask("Owner", "Who does it.", example="Head of Support", needed=True)
    hours: float | None = ask(
        "Within", "How soon the first action is done.", example=4, unit="hours", needed=True,
        default=None, ge=0, le=1e6,
    )  # fmt: skip
    escalation: Text = ask(
        "Escalation",
        "Who is told when it does not help, and when.",
        example="The sponsor, after two weeks in a row",
    )


class ResponsePlan(Document):
    """Triggers and what they set off."""

    KIND: ClassVar[str] = "response-plan"
    TITLE: ClassVar[str] = "Response plan"
    PHASE: ClassVar[Phase] = "control"
    PURPOSE: ClassVar[str] = (
        "The response plan is written while everybody is calm. When a limit is broken, nobody has "
        "to ask what to do or who decides."
    )
    EXAMPLE: ClassVar[dict[str, Any]] = {
        "responses": [
            {"id": "RP1", "severity": "high", "owner": "Head of Development", "hours": 8,
             "trigger": "Less than 75 % of a week's estimates go through the exchange format",
             "action": "Run the contract tests against each quoting system; tell the customers "
                       "concerned",
             "escalation": "Head of Development, after two days"},
            {"id": "RP2", "severity": "high", "owner": "Head of Support", "hours": 4,
             "trigger": "Mean time to first answer of estimators above 8 hours in a week",
             "action": "Move two people from the general queue for a week",
             "escalation": "The sponsor, after two weeks in a row"},
            {"id": "RP3", "severity": "medium", "owner": "Sam", "hours": 24,
             "trigger": "Fewer than 95 % of a week's new estimators called within a day",
             "action": "Call those who were missed; check the list of sign-ups",
             "escalation": "Head of Customer Success, after two weeks in a row"},
        ]
    }  # fmt: skip

    responses: tuple[Response, ...] = ask(
        "Responses", "What is done for each trigger.", least=1, default=()
    )

    def rules(self, papers: Papers) -> tuple[Gap, ...]:
        """What is high or critical is escalated."""
        del papers
        return tuple(
            Gap(
                field=f"responses.{each.id}.escalation",
                message=f"{each.id} is {each.severity} and escalates to nobody.",
                level="weak",
            )
            for each in self.responses
            if each.severity in ("high", "critical") and not each.escalation
        )

    def figures(self, papers: Papers) -> tuple[Figure, ...]:
        """The slowest first action."""
        del papers
        known = [each.hours for each in self.responses if each.hours is not None]
        if not known:
            return ()
        slowest = max(known)
        text = f"{slowest:,.10g} hours"
        return (Figure(name="slowest", label="Slowest first action", value=slowest, text=text),)
