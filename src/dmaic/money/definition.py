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


DEFAULT = Definition(name="dmaic", title="Lost in the period over active at its start")
"""Our own, where none is named; a test holds `templates/definitions/dmaic.yaml` to it."""
