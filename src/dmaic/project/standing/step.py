"""What is remembered of a step beside its evidence: skipped or not, where the walk left it."""

from __future__ import annotations

from typing import ClassVar

from dmaic.project.entity import Entity, Name, Stored, Text
from dmaic.project.store.view import View
from dmaic.project.store.work import Work


class StepMark(Entity):
    """A mark on one step of one phase.

    Attributes:
        phase, step: names in the template.
        skipped: somebody decided to go on without it.
        reason: why, or empty.
        by: who decided it.
        place: where the walk stopped in it, such as the name of a form's field; or empty.
    """

    kind: ClassVar[str] = "step"
    phase: Name
    step: Name
    skipped: bool = False
    reason: Text = ""
    by: Text = ""
    place: Text = ""

    @property
    def key(self) -> str:
        """`phase/step`."""
        return f"{self.phase}/{self.step}"


def step_marks(view: View, project_id: str) -> dict[str, StepMark]:
    """The marks of a project by `phase/step`.

    Args:
        view: to read from.
        project_id: of the project.
    """
    return {each.body.key: each.body for each in view.all(StepMark, project_id)}


def mark_step(work: Work, project_id: str, mark: StepMark) -> Stored[StepMark]:
    """Put a mark on a step, in place of the one it has.

    Args:
        work: to write with.
        project_id: of the project.
        mark: what to remember.
    """
    old = work.keyed(StepMark, project_id, mark.key)
    return work.add(mark, project_id) if old is None else work.change(old, mark)
