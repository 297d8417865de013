"""The options that say which actions are asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Literal

import typer

if TYPE_CHECKING:
    from dmaic.project.engagement.project import Project
    from dmaic.project.entity import Stored
    from dmaic.project.plan.action_reply import Wanted
    from dmaic.project.store.view import View


@dataclass(frozen=True, slots=True)
class Filter:
    """Which actions are asked for."""

    owner: Annotated[
        str | None, typer.Option("--owner", metavar="NAME", help="Only those of this owner.")
    ] = None
    side: Annotated[
        Literal["ours", "customer"] | None, typer.Option("--side", help="Only those of this side.")
    ] = None
    phase: Annotated[
        str | None, typer.Option("--phase", metavar="PHASE", help="Only those of this phase.")
    ] = None
    state: Annotated[
        Literal["open", "done", "dropped"] | None,
        typer.Option("--state", help="Only those that stand so."),
    ] = None
    overdue: Annotated[bool, typer.Option("--overdue", help="Only overdue ones.")] = False

    def wanted(self, view: View, project: Stored[Project]) -> Wanted:
        """The same, with the phase as the template writes it."""
        from dmaic.project.engagement.kept_template import template_of
        from dmaic.project.gate.check import phase_named
        from dmaic.project.plan.action_reply import Wanted

        phase = None
        if self.phase is not None:
            phase = phase_named(template_of(view, project), self.phase).name
        return Wanted(self.owner, self.side, phase, self.state, self.overdue)
