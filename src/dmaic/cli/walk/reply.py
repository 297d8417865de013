"""What the walk answers in the end."""

from __future__ import annotations

from typing import Any

from dmaic.block import Block, Check, Checks, Heading, Note, Sign
from dmaic.project.standing.progress import PhaseProgress, StepProgress
from dmaic.reply import Page

SIGNS: dict[str, Sign] = {"done": "good", "skipped": "warn", "open": "todo"}


class WalkReply(Page):
    """How a phase stands after a walk.

    Attributes:
        project: name of the project.
        phase, title: of the phase.
        steps: each with its state.
        kept: what an answers file filled, a line each.
        dry_run: nothing was written.
    """

    kind: str = "walk"
    project: str
    phase: str
    title: str
    steps: tuple[StepProgress, ...]
    kept: tuple[str, ...] = ()
    dry_run: bool = False

    @classmethod
    def of(
        cls,
        project: str,
        phase: PhaseProgress,
        *,
        kept: tuple[str, ...] = (),
        dry_run: bool = False,
        next: tuple[str, ...] = (),
    ) -> WalkReply:
        """The reply for a phase.

        Args:
            project: its name.
            phase: as it stands now.
            kept: what an answers file filled.
            dry_run: nothing was written.
            next: commands that likely follow.
        """
        return cls(
            project=project,
            phase=phase.name,
            title=phase.title,
            steps=phase.steps,
            kept=kept,
            dry_run=dry_run,
            next=next,
        )

    def blocks(self) -> tuple[Block, ...]:
        """How many steps are done, and each of them."""
        done = sum(each.state != "open" for each in self.steps)
        rows = tuple(
            Check(
                SIGNS[each.state],
                each.title,
                each.reason if each.state != "done" else "",
                each.command if each.state == "open" else "",
            )
            for each in self.steps
        )
        word = "Would keep" if self.dry_run else "Kept"
        return (
            Heading(self.title, 1, self.project),
            Note(f"{done} of {len(self.steps)} steps are done.", strong=True),
            *((Note("\n".join(f"{word}: {each}" for each in self.kept)),) if self.kept else ()),
            Checks(rows),
        )

    def records(self) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
        """One row a step."""
        header = ("phase", "step", "title", "state", "reason", "command")
        return header, [
            (each.phase, each.name, each.title, each.state, each.reason, each.command)
            for each in self.steps
        ]
