"""`dmaic action import` and `dmaic action export`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from dmaic.cli.action_filter import Filter
from dmaic.cli.answer import PANEL, Answer, Face
from dmaic.cli.options import spread
from dmaic.cli.record import Place, Writing, reading, writing
from dmaic.errors import UsageError
from dmaic.settings import today
from dmaic.text import name_list, plural


@spread
def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="CSV file.", show_default=False)],
    face: Face,
    place: Writing,
    phase: Annotated[
        str | None, typer.Option("--phase", metavar="PHASE", help="Of rows that name none.")
    ] = None,
) -> Answer:
    """Add actions from a CSV file.

    Columns are those of `action export`; title, owner and due are needed. Rows that are here
    already are left alone. Example: dmaic action import plan.csv
    """
    face.check([file])
    from dmaic.project.engagement.kept_template import template_of
    from dmaic.project.gate.check import current_phase
    from dmaic.project.plan.action_file import import_actions

    with writing(place, "action import") as (_, work, project):
        came = import_actions(
            work,
            project.id,
            template_of(work, project),
            file,
            phase=phase or current_phase(work, project),
            today=today(),
        )
        more = []
        if came.known:
            more.append(f"{plural(came.known, 'row')} left alone: here already.")
        if came.unread:
            more.append(f"Columns that mean nothing here: {name_list(came.unread)}.")
        reply = work.reply(
            f"Added {plural(len(came.added), 'action')} from {file}.",
            next=("dmaic action list",),
            more=tuple(more),
        )
    return Answer("action import", reply, face)


@spread
def export(
    place: Place,
    filter: Filter,
    format: Annotated[
        Literal["csv", "ics"] | None,
        typer.Option("--format", help="CSV, or a calendar.", rich_help_panel=PANEL),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="PATH",
            rich_help_panel=PANEL,
            help="Write to a file: .csv or .ics.",
        ),
    ] = None,
    events: Annotated[
        bool,
        typer.Option(
            "--events",
            rich_help_panel=PANEL,
            help="All-day events instead of tasks, for calendars that show no tasks.",
        ),
    ] = False,
) -> Answer | None:
    """Write the actions as CSV or as a calendar.

    Example: dmaic action export -o plan.ics --owner Sam
    """
    chosen = format or _format(output)
    if events and chosen != "ics":
        raise UsageError("--events is for a calendar.", "usage.format", "Add --format ics.")
    from dmaic.cli.render import make_consoles, print_text
    from dmaic.cli.render.flat import to_csv
    from dmaic.output import write_text
    from dmaic.project.plan.action import Action
    from dmaic.project.plan.action_reply import action_list
    from dmaic.project.plan.calendar import calendar
    from dmaic.reply import Change

    with reading(place) as (_, view, project):
        reply = action_list(view, project, filter.wanted(view, project), today())
        ids = {each.id for each in reply.actions}
        found = [each for each in view.all(Action, project.id) if each.id in ids]
    ics = chosen == "ics"
    text = calendar(found, project.body.name, events=events) if ics else to_csv(reply)
    if output is None:
        print_text(text, make_consoles()[0])
        return None
    write_text(output, text)
    wrote = Change(done=f"Wrote {plural(len(found), 'action')} to {output}.")
    return Answer("action export", wrote, Face())


def _format(output: Path | None) -> str:
    if output is None:
        return "csv"
    ending = output.suffix.casefold()
    if ending in (".csv", ".ics"):
        return ending[1:]
    raise UsageError(
        f'The ending "{ending}" does not say which format is wanted.',
        "usage.output-format",
        "End it in .csv or .ics, or add --format.",
        str(output),
    )
