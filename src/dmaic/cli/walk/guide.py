"""The walk through a phase at a terminal: its steps, then its tollgate."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from dmaic.block import Check, Checks, Heading, Note, Sign
from dmaic.cli.walk.gate import walk_gate
from dmaic.cli.walk.step import StepWalk
from dmaic.errors import DmaicError, NotFoundError, suggest
from dmaic.text import printable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dmaic.cli.ask import Asker
    from dmaic.cli.record import Place
    from dmaic.cli.walk.record import Record
    from dmaic.project.standing.progress import PhaseProgress, StepProgress

SIGNS: dict[str, Sign] = {"done": "good", "skipped": "warn", "open": "todo"}


def walk(asker: Asker, record: Record, place: Place, phase: str | None, step: str | None) -> str:
    """Guide a person through a phase.

    Args:
        asker: whom to ask.
        record: the project.
        place: for the commands that are run.
        phase: its name; None takes the one the project is in.
        step: where to begin; None takes where the walk was left, or the first open step.

    Returns:
        Name of the phase.

    Raises:
        NotFoundError: `phase.not-found` or `step.not-found`.
        KeyboardInterrupt: the person left; what is kept was said.
    """
    now = record.phase(phase)
    asker.say(
        Heading(now.title, 1, record.name),
        Note(_purpose(record, now.name)),
        Checks(tuple(Check(SIGNS[each.state], each.title) for each in now.steps)),
        Note("Every answer is kept at once; leave whenever you like with Ctrl-C."),
    )
    at = _first(record, now, step)
    reached: StepWalk | None = None
    try:
        while True:
            now = record.phase(now.name)
            if at < len(now.steps):
                reached = StepWalk(asker, record, place, now.steps[at])
                turn = reached.walk(at + 1, len(now.steps))
            else:
                reached = None
                turn = walk_gate(asker, record, place, now)
            if turn == "leave":
                return now.name
            at = len(now.steps) if turn == "gate" else max(at + (-1 if turn == "back" else 1), 0)
    except KeyboardInterrupt:
        # Even a terminal that was closed shall not keep the place from being kept.
        with suppress(DmaicError, OSError):
            if reached is not None:
                record.stop_at(reached.step, reached.stopped_at)
            _goodbye(asker, now, reached.step if reached else None)
        raise


def _purpose(record: Record, phase: str) -> str:
    from dmaic.project.engagement.kept_template import template_of

    with record.home.store.reading() as view:
        template = template_of(view, record.home.project(view, record.project))
    return template.phase(phase).purpose


def _first(record: Record, phase: PhaseProgress, wanted: str | None) -> int:
    steps = phase.steps
    if wanted is not None:
        return _named(steps, wanted)
    marks = record.marks()
    for number, each in enumerate(steps):
        mark = marks.get(f"{phase.name}/{each.name}")
        if mark is not None and mark.place and each.state == "open":
            return number
    return next((n for n, each in enumerate(steps) if each.state == "open"), len(steps))


def _named(steps: Sequence[StepProgress], word: str) -> int:
    said = word.strip().casefold()
    names = [each.name for each in steps]
    found = [n for n, name in enumerate(names) if name == said]
    found = found or [n for n, name in enumerate(names) if said and name.startswith(said)]
    if len(found) == 1:
        return found[0]
    raise NotFoundError(
        f'The phase has no step "{printable(word, 60)}".',
        "step.not-found",
        suggest(said, names) or f"Steps are {', '.join(names)}.",
    )


def _goodbye(asker: Asker, phase: PhaseProgress, step: StepProgress | None) -> None:
    where = f"at {step.title}" if step is not None else "at the tollgate"
    asker.say(
        Note(f"You left {phase.title} {where}. Every answer up to here is kept."),
        Note(f"Go on with: dmaic walk --phase {phase.name}"),
    )
