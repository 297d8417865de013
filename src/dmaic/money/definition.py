"""A definition of churn, as data: what is counted, when, and over what."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from dmaic.result import Frozen

Offset = Literal["expansion", "reactivation"]


class Definition(Frozen):
    """What "churn" means to whoever counts it; read from YAML.

    Attributes:
        name: what `--definition` calls it.
        title: one line.
        source: address of the page where the system documents it; empty for our own.
        denominator: customers (or MRR) `start`: active when the period begins; `start-plus-new`:
            those and who signed up in it; `average`: the mean of its beginning and its end.
        moment: a customer is lost on the day of the `request`, at the `period-end` (the end of what
            was paid), or on the `last-expiry`, when the last subscription has ended.
        new_and_churned: who signs up and leaves within one period is `counted` as churned, or
            `left-out`.
        past_due: who owes a payment is `active`, `churned`, or `left-out` of everything.
        trials: trial subscriptions are `left-out` or `counted`.
        free: customers who pay nothing are `left-out` or `counted`.
        annual: customers who pay by the year stand in every month (`spread`), or only in the month
            in which they could leave (`due`).
        contraction: gross revenue churn includes the MRR less of those who stayed.
        offsets: what is set against the loss in net revenue churn.
        notes: what a reader should know.
    """

    name: str = Field(min_length=1, max_length=100, pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$")
    title: str = Field(default="", max_length=200)
    source: str = Field(default="", max_length=500)
    denominator: Literal["start", "start-plus-new", "average"] = "start"
    moment: Literal["request", "period-end", "last-expiry"] = "last-expiry"
    new_and_churned: Literal["counted", "left-out"] = "left-out"
    past_due: Literal["active", "churned", "left-out"] = "active"
    trials: Literal["counted", "left-out"] = "left-out"
    free: Literal["counted", "left-out"] = "counted"
    annual: Literal["spread", "due"] = "spread"
    contraction: bool = True
    offsets: tuple[Offset, ...] = ("expansion",)
    notes: str = Field(default="", max_length=2_000)

    def told(self) -> tuple[tuple[str, str], ...]:
        """The whole definition in words: what it settles, and how."""
        gross = "Churned MRR and contraction" if self.contraction else "Churned MRR"
        back = " and ".join(self.offsets) or "nothing"
        return (
            ("Definition", f"{self.name}: {self.title}" if self.title else self.name),
            ("Over what", _WORDS[self.denominator]),
            ("Lost on", _WORDS[self.moment]),
            ("New and churned", _WORDS[f"passing {self.new_and_churned}"]),
            ("Past due", _WORDS[f"past due {self.past_due}"]),
            ("Trials", self.trials.replace("-", " ").capitalize()),
            ("Pay nothing", self.free.replace("-", " ").capitalize()),
            ("Annual plans", _WORDS[self.annual]),
            ("Gross revenue churn", gross),
            ("Net revenue churn", f"Gross, less {back}"),
            ("Documented at", self.source or "docs/churn.md of dmaic"),
            ("Notes", self.notes),
        )

    def differences(self, other: Definition) -> dict[str, str]:
        """What this definition settles in another way, in words.

        Args:
            other: what it is compared with.
        """
        mine, theirs = self.told()[1:-2], dict(other.told())
        return {label: text for label, text in mine if theirs[label] != text}


_WORDS = {
    "start": "Active when the period begins",
    "start-plus-new": "Active when the period begins, and who signed up in it",
    "average": "The mean of active when the period begins and when it ends",
    "request": "The day of the cancellation",
    "period-end": "The end of what was paid for",
    "last-expiry": "The day on which the last subscription ended",
    "passing counted": "Who signs up and leaves in one period counts as churned",
    "passing left-out": "Who signs up and leaves in one period is left out",
    "past due active": "Who owes a payment is still active",
    "past due churned": "Who owes a payment counts as churned",
    "past due left-out": "Who owes a payment is left out",
    "spread": "In every month, with a twelfth of the year's price",
    "due": "Only in the month in which they could leave",
}

DEFAULT = Definition(
    name="dmaic",
    title="Lost in the period over active at its start",
    notes="Our own. The plainest that adds up: who is active when the period begins can be lost in "
    "it once, so the rate is a proportion and has an interval, and segments add up to the whole. "
    "Reactivated customers are shown, and not set against the loss.",
)
"""Our own, where none is named; a test holds `templates/definitions/dmaic.yaml` to it."""
