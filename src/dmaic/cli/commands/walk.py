"""`dmaic walk`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from dmaic.cli.answer import Answer, Face
from dmaic.cli.ask import can_ask, make_asker
from dmaic.cli.options import spread
from dmaic.cli.record import Place, Writing
from dmaic.errors import UsageError

if TYPE_CHECKING:
    from dmaic.cli.walk.record import Record


@spread
def walk(
    face: Face,
    place: Writing,
    *,
    phase: Annotated[
        str | None,
        typer.Option("--phase", metavar="PHASE", help="Phase to walk; the current one."),
    ] = None,
    step: Annotated[
        str | None,
        typer.Option("--step", metavar="STEP", help="Step to begin with; where it was left."),
    ] = None,
    file: Annotated[
        Path | None,
        typer.Option("--file", metavar="PATH", help="YAML with the answers: step, field, answer."),
    ] = None,
) -> Answer:
    """Be guided through a phase, step by step.

    Each step is explained, asked and kept answer by answer; leave with Ctrl-C and go on later.
    Example: dmaic walk --phase define
    """
    face.check([file] if file is not None else [])
    from dmaic.cli.walk.record import Record
    from dmaic.cli.walk.reply import WalkReply
    from dmaic.project.engagement.home import open_home
    from dmaic.settings import today

    record = Record(open_home(place.db), place.project, today())
    there = Place(project=record.project, db=place.db)
    kept: tuple[str, ...] = ()
    if file is not None:
        from dmaic.cli.walk.script import play, read_answers

        named = record.phase(phase).name if phase is not None else None
        kept = play(record, there, read_answers(file), named, dry_run=place.dry_run)
    elif place.dry_run:
        raise UsageError(
            "A walk asks and keeps; there is nothing to try out.",
            "usage.walk-dry-run",
            "Leave --dry-run out, or check a file of answers: dmaic walk --file PATH --dry-run.",
        )
    elif can_ask(no_input=place.no_input):
        from dmaic.cli.walk.guide import walk as guide

        phase = guide(make_asker(), record, there, phase, step)
    else:
        _refuse(record, phase)
    reply = WalkReply.of(
        record.name,
        record.phase(phase),
        kept=kept,
        dry_run=place.dry_run,
        next=(record.progress().next.command,),
    )
    return Answer("walk", reply, face)


def _refuse(record: Record, phase: str | None) -> NoReturn:
    """Nobody is there to ask: say what is missing, and which command fills each."""
    from dmaic.cli.walk.missing import missing
    from dmaic.errors import Problem

    now = record.phase(phase)
    first = Problem(
        "usage.no-terminal",
        f"The walk asks, and nobody is there to answer. {now.title} still lacks:",
        f"Give all answers in a file: dmaic walk --phase {now.name} --file PATH. Or one by one:",
    )
    raise UsageError.of([first, *missing(record, now.name)])
