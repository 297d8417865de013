"""What the commands of the three logs share: to add, to list, to change, to close."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from dmaic.cli.answer import Answer, Face
from dmaic.cli.record import Place, Writing, check_reason, reading, writing
from dmaic.settings import today
from dmaic.text import printable

if TYPE_CHECKING:
    from dmaic.project.plan.logbook import LogEntry

Log = Literal["risk", "issue", "decision"]
GRAVE = "From 1, hardly felt, to 5, stops the project."
Owner = Annotated[str | None, typer.Option("--owner", metavar="NAME", help="Who looks after it.")]
Response = Annotated[
    str | None, typer.Option("--response", metavar="TEXT", help="What is done about it.")
]


def _kind(log: Log) -> type[LogEntry]:
    from dmaic.project.plan.logbook import Decision, Issue, Risk

    kinds: dict[Log, type[LogEntry]] = {"risk": Risk, "issue": Issue, "decision": Decision}
    return kinds[log]


def add(log: Log, face: Face, place: Writing, **fields: Any) -> Answer:  # noqa: ANN401
    """Note something.

    Args:
        log: which log.
        face: how the reply is shown.
        place: where the record is.
        **fields: of the entry; what was not said is None.
    """
    face.check()
    from dmaic.project.plan.logbook_change import note

    given = {name: value for name, value in fields.items() if value is not None}
    with writing(place, f"{log} add") as (_, work, project):
        made = note(work, project.id, _kind(log), {"on": today(), **given})
        reply = work.reply(
            f'Noted the {log} "{printable(made.body.title, 80)}" ({made.id}).',
            made,
            next=(f"dmaic {log} list",),
        )
    return Answer(f"{log} add", reply, face)


def entries(log: Log, face: Face, place: Place) -> Answer:
    """The entries of a log.

    Args:
        log: which log.
        face: how the reply is shown.
        place: where the record is.
    """
    face.check()
    from dmaic.project.plan.logbook_reply import log_list

    with reading(place) as (_, view, project):
        reply = log_list(view, project.id, _kind(log))
    return Answer(f"{log} list", reply, face)


def change(log: Log, which: str, face: Face, place: Writing, given: dict[str, Any]) -> Answer:
    """Change facts about an entry.

    Args:
        log: which log.
        which: id or title of the entry.
        face: how the reply is shown.
        place: where the record is.
        given: field -> value.
    """
    face.check()
    from dmaic.project.plan.logbook_change import renote

    with writing(place, f"{log} set") as (_, work, project):
        found = work.find(_kind(log), which, project.id)
        changed = renote(work, project.id, found, given)
        reply = work.reply(f'Changed "{printable(changed.body.title, 80)}".', changed)
    return Answer(f"{log} set", reply, face)


def close(
    log: Literal["risk", "issue"], which: str, reason: str, face: Face, place: Writing
) -> Answer:
    """Close an entry.

    Args:
        log: which log.
        which: id or title of the entry.
        reason: why.
        face: how the reply is shown.
        place: where the record is.

    Raises:
        UsageError: `usage.empty`, no reason is given.
    """
    face.check()
    check_reason(reason)
    from dmaic.project.plan.logbook import Issue, Risk
    from dmaic.project.plan.logbook_change import settle

    with writing(place, f"{log} close", note=reason) as (_, work, project):
        kind: type[Risk | Issue] = Risk if log == "risk" else Issue
        found = work.find(kind, which, project.id)
        closed = settle(work, found, reason.strip(), today())
        reply = work.reply(f'Closed "{printable(found.body.title, 80)}".', closed)
    return Answer(f"{log} close", reply, face)
