"""The next step as people see it."""

from __future__ import annotations

from typing import Any

from dmaic.block import Block, Fields, Heading, Note
from dmaic.project.engagement.project import Project
from dmaic.project.entity import Stored
from dmaic.project.standing.next_step import NextStep
from dmaic.project.standing.progress import Progress
from dmaic.reply import Page


class NextReply(Page):
    """The single next thing to do.

    Attributes:
        project: name of the project.
        phase: title of the phase that it is in.
        done, steps: steps of the phase that are done or skipped, and those there are to do.
        step: the next thing.
    """

    kind: str = "next-step"
    project: str
    phase: str
    done: int
    steps: int
    step: NextStep

    @classmethod
    def of(cls, project: Stored[Project], found: Progress) -> NextReply:
        """The reply for a project.

        Args:
            project: the project.
            found: how far it is.
        """
        return cls(
            project=project.body.name,
            phase=found.phase.title,
            done=found.phase.ready,
            steps=found.phase.counted,
            step=found.next,
            next=("dmaic next --do",),
        )

    def blocks(self) -> tuple[Block, ...]:
        """What, why, and the command."""
        return (
            Heading(self.project, 1, f"{self.phase}, {self.done} of {self.steps} steps done"),
            Note(self.step.title, strong=True),
            Note(self.step.why),
            Fields((("Command", self.step.command),)),
        )

    def records(self) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
        """One row."""
        header = ("phase", "kind", "title", "why", "command")
        step = self.step
        return header, [(self.phase, step.kind, step.title, step.why, step.command)]
