"""How far a project is: every step by its evidence, every phase, the next thing to do."""

from __future__ import annotations

from typing import Literal

from dmaic.result import Frozen

StepState = Literal["done", "open", "skipped"]
PhaseState = Literal["approved", "current", "submitted", "ahead", "out of date"]


class StepProgress(Frozen):
    """One step and how it stands.

    Attributes:
        phase, name, title, explain, example: of the step.
        document, analysis: what it is about, or empty.
        optional: it may be left out without a word.
        state: done by evidence, open, or skipped.
        reason: why it stands so.
        command: what does it, as it is typed.
    """

    phase: str
    name: str
    title: str
    explain: str = ""
    example: str = ""
    document: str = ""
    analysis: str = ""
    optional: bool = False
    state: StepState
    reason: str = ""
    command: str


class PhaseProgress(Frozen):
    """One phase and how far it is.

    Attributes:
        name, title: of the phase.
        state: `approved`, `current`, `submitted` (current, waiting for signatures), `ahead`, or
            `out of date` (ahead, was approved before the project went back).
        steps: in order.
        share: share of its steps that are done or skipped; optional ones count only when done.
    """

    name: str
    title: str
    state: PhaseState
    steps: tuple[StepProgress, ...]
    share: float


class NextStep(Frozen):
    """The single next thing to do.

    Attributes:
        kind: what sort of thing it is.
        title: what to do, short.
        why: why it is next, one or two sentences.
        command: what does it, as it is typed.
        phase, step: where it belongs, or empty.
    """

    kind: Literal["step", "criterion", "submit", "sign", "cycle", "closed"]
    title: str
    why: str
    command: str
    phase: str = ""
    step: str = ""


class Progress(Frozen):
    """How far a project is.

    Attributes:
        phases: in order.
        current: name of the phase it is in; the last one's once every gate is approved.
        finished: every gate is approved.
        next: the single next thing to do.
    """

    phases: tuple[PhaseProgress, ...]
    current: str
    finished: bool
    next: NextStep

    @property
    def phase(self) -> PhaseProgress:
        """The phase it is in."""
        return next(each for each in self.phases if each.name == self.current)
