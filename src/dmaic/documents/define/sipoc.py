"""The SIPOC: the process on one page, from suppliers to customers."""

from __future__ import annotations

from typing import Any, ClassVar

from dmaic.documents.base import Document, Figure, Gap, Line, Papers, Phase, Text, ask
from dmaic.documents.name import folded, told

STEPS = (4, 7)
"""So many steps show a process on one page; fewer hide it, more are a process map."""


class SipocStep(Line):
    """One step with what goes in and what comes out."""

    PREFIX: ClassVar[str] = "P"
    supplier: tuple[Text, ...] = ask(
        "Supplier", "Who gives the input.", example=["Prospect"], default=()
    )
    input: tuple[Text, ...] = ask(
        "Input", "What the step needs.", example=["contact data"], default=()
    )
    step: Text = ask(
        "Process step", "What is done: a verb and a noun.", example="Sign up", needed=True
    )
    output: tuple[Text, ...] = ask(
        "Output", "What comes out of it.", example=["account"], default=()
    )
    customer: tuple[Text, ...] = ask(
        "Customer", "Who gets the output.", example=["Estimator"], default=()
    )


class Sipoc(Document):
    """Suppliers, inputs, process, outputs and customers."""

    KIND: ClassVar[str] = "sipoc"
    TITLE: ClassVar[str] = "SIPOC"
    PHASE: ClassVar[Phase] = "define"
    PURPOSE: ClassVar[str] = (
        "The SIPOC shows the process on one page: who gives what, what is done with it, and who "
        "gets the result. It settles where the project begins and ends before anybody argues."
    )

    process: Text = ask(
        "Process",
        "Its name.",
        example="From sign-up to the first renewal of an estimator",
        needed=True,
    )
    start: Text = ask("Starts with", "The first event.", example="Sign-up form sent", needed=True)
    end: Text = ask(
        "Ends with", "The last event.", example="First renewal or cancellation", needed=True
    )
    steps: tuple[SipocStep, ...] = ask(
        "Steps", "The process in four to seven steps.", least=2, default=()
    )

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "process": "From sign-up to the first renewal of an estimator",
        "start": "Sign-up form sent",
        "end": "First renewal or cancellation",
        "steps": [
            {"id": "P1", "supplier": ["Prospect", "Marketing"], "input": ["contact data"],
             "step": "Sign up", "output": ["account"], "customer": ["Estimator"]},
            {"id": "P2", "supplier": ["Development"], "input": ["app", "help pages"],
             "step": "Install and take the first photo", "output": ["annotated photo"],
             "customer": ["Estimator"]},
            {"id": "P3", "supplier": ["Estimator"], "input": ["photos of the damage"],
             "step": "Move photos into the quoting system", "output": ["estimate"],
             "customer": ["Insurer", "Car owner"]},
            {"id": "P4", "supplier": ["Estimator"], "input": ["question by e-mail"],
             "step": "Get help", "output": ["answer"], "customer": ["Estimator"]},
            {"id": "P5", "supplier": ["Accounting"], "input": ["plan", "seats"],
             "step": "Pay and renew", "output": ["invoice"], "customer": ["Body shop owner"]},
        ],
    }  # fmt: skip

    def rules(self, papers: Papers) -> tuple[Gap, ...]:
        """Four to seven steps, each with an input and an output, and ends that are named."""
        del papers
        count = len(self.steps)
        gaps = []
        if count >= 2 and not STEPS[0] <= count <= STEPS[1]:
            why = "a process map shows more" if count > STEPS[1] else "what lies between is hidden"
            gaps.append(
                Gap(
                    field="steps",
                    message=f"{count} steps: {STEPS[0]} to {STEPS[1]} fit a page, {why}.",
                    level="weak",
                )
            )
        for part, ends in (("supplier", "gives anything"), ("customer", "gets anything")):
            if self.steps and not any(getattr(each, part) for each in self.steps):
                gaps.append(Gap(field="steps", message=f"No {part} is named: nobody {ends}."))
        for each in self.steps:
            for part in ("input", "output"):
                if not getattr(each, part):
                    gaps.append(
                        Gap(
                            field=f"steps.{each.id}.{part}",
                            message=f"Step {each.id} has no {part}.",
                            level="weak",
                        )
                    )
        return tuple(gaps)

    def figures(self, papers: Papers) -> tuple[Figure, ...]:
        """Who supplies, who is served, and who is on both sides."""
        del papers
        if not self.steps:
            return ()
        supply = _names(self.steps, "supplier")
        serve = _names(self.steps, "customer")
        both = {key: name for key, name in supply.items() if key in serve}
        return tuple(
            Figure(name=name, label=label, value=len(who), text=told([*who.values()]))
            for name, label, who in (
                ("suppliers", "Suppliers", supply),
                ("customers", "Customers", serve),
                ("both_sides", "On both sides", both),
            )
        )


def _names(steps: tuple[SipocStep, ...], part: str) -> dict[str, str]:
    """Names as first spelled, in order."""
    found: dict[str, str] = {}
    for each in steps:
        for name in getattr(each, part):
            if name:
                found.setdefault(folded(name), name)
    return found
