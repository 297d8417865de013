"""`dmaic next`."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dmaic.cli.answer import Answer, Face
from dmaic.cli.ask import can_ask
from dmaic.cli.options import spread
from dmaic.cli.record import Writing, reading
from dmaic.errors import UsageError
from dmaic.settings import today

if TYPE_CHECKING:
    from dmaic.project.standing.next_step import NextStep


@spread
def next_(
    face: Face,
    place: Writing,
    do: Annotated[bool, typer.Option("--do", help="Start it.")] = False,
) -> Answer:
    """The single next step.

    It says why it is next and which command does it; --do starts that.
    Example: dmaic next --do
    """
    face.check()
    from dmaic.project.standing.next_reply import NextReply
    from dmaic.project.standing.progress import progress

    with reading(place) as (_, view, project):
        found = progress(view, project, today(), every_phase=False)
        reply = NextReply.of(project, found)
    if do:
        return _start(found.next, place, face)
    return Answer("next", reply, face)


def _start(step: NextStep, place: Writing, face: Face) -> Answer:
    """Do the next thing: walk through its step, or run its command where nothing is to be said.

    Raises:
        UsageError: `usage.next`, it takes a person's own word, and nobody is there to ask.
    """
    words = shlex.split(step.command)[1:]
    if step.kind in ("sign", "closed"):
        raise UsageError(
            f"{step.title}: people decide that themselves.", "usage.next", f"Type {step.command}."
        )
    if step.kind == "step" and can_ask(no_input=place.no_input):
        words = ["walk", "--phase", step.phase, "--step", step.step]
    elif any(_is_blank(word) for word in words) or words[:2] == ["doc", "edit"]:
        raise UsageError(
            f"{step.title}: this needs your words, and nobody is there to ask.",
            "usage.next",
            f"Say them by flags: {step.command}."
            if words[:2] != ["doc", "edit"]
            else f"Fill it by flags or from a file: dmaic doc set {words[2]} FIELD=VALUE, "
            f"dmaic doc import {words[2]} FILE.",
        )
    from dmaic.cli.app import app

    answer: Any = app([*words, *_passed_on(place, face)], prog_name="dmaic", standalone_mode=False)
    return answer if isinstance(answer, Answer) else Answer("next", answer, face)


def _passed_on(place: Writing, face: Face) -> list[str]:
    """The options that were said, for the command that is started."""
    said = [("--project", place.project), ("--db", place.db)]
    words = [word for flag, value in said if value is not None for word in (flag, value)]
    if face.chosen != "table":
        words += ["--format", face.chosen]
    if face.output is not None:
        words += ["--output", str(face.output)]
    flags = (("--quiet", face.quiet), ("--verbose", face.verbose))
    return words + [flag for flag, value in flags if value]


def _is_blank(word: str) -> bool:
    """A word of a command that a person must replace, such as NAME."""
    return word == "..." or (word.isupper() and word.isalpha())
