"""`dmaic gate`."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from dmaic.cli.answer import Answer, Face
from dmaic.cli.completion import complete_criterion
from dmaic.cli.options import spread
from dmaic.cli.record import Place, Writing, reading, writing
from dmaic.settings import today

NOT_PASSED = 8
"""Exit status of a check that was asked for and did not pass."""

Phase = Annotated[
    str | None,
    typer.Argument(metavar="[PHASE]", help="Phase; the current one.", show_default=False),
]
Criterion = Annotated[
    str,
    typer.Argument(
        metavar="CRITERION",
        help="Its name, as `dmaic gate check` shows it.",
        autocompletion=complete_criterion,
    ),
]
As = Annotated[
    str | None,
    typer.Option("--as", metavar="NAME", help='Who does it, such as "Dana" or "Dana (Finance)".'),
]
Note = Annotated[str | None, typer.Option("--note", metavar="TEXT", help="Words with it.")]
Reason = Annotated[str | None, typer.Option("--reason", metavar="TEXT", help="Why; needed.")]


@spread
def check(face: Face, place: Place, phase: Phase = None) -> Answer:
    """What a tollgate still asks for.

    Every criterion is judged on evidence, with the command that mends it. Exit status 8 when the
    gate does not pass. Example: dmaic gate check measure
    """
    face.check()
    from dmaic.project.engagement.kept_template import template_of
    from dmaic.project.gate.check import check_gate, phase_named

    with reading(place) as (_, view, project):
        name = phase_named(template_of(view, project), phase).name if phase is not None else ""
        reply = check_gate(view, project, name, today())
    return Answer("gate check", reply, face, 0 if reply.passes else NOT_PASSED)


@spread
def show(face: Face, place: Place, phase: Phase = None) -> Answer:
    """A tollgate with its answers, waivers and signatures.

    Example: dmaic gate show define
    """
    face.check()
    from dmaic.project.engagement.kept_template import template_of
    from dmaic.project.gate.check import check_gate, phase_named
    from dmaic.project.gate.history import history

    with reading(place) as (_, view, project):
        name = phase_named(template_of(view, project), phase).name if phase is not None else ""
        reply = history(view, project, check_gate(view, project, name, today()))
    return Answer("gate show", reply, face)


@spread
def answer(
    criterion: Criterion,
    answer: Annotated[Literal["yes", "no"], typer.Argument(metavar="yes|no", help="The answer.")],
    face: Face,
    place: Writing,
    note: Annotated[
        str | None, typer.Option("--note", metavar="TEXT", help="What it rests on; needed.")
    ] = None,
    as_: As = None,
) -> Answer:
    """Answer a question of a tollgate.

    Example: dmaic gate answer data-trusted yes --note "Agrees with the ledger of 2024"
    """
    face.check()
    from dmaic.project.gate import answer as gate_answer

    with writing(place, "gate answer", note=note or "") as (_, work, project):
        reply = gate_answer.answer(
            work, project, criterion, yes=answer == "yes", note=note, by=as_, today=today()
        )
    return Answer("gate answer", reply, face)


@spread
def submit(
    face: Face, place: Writing, phase: Phase = None, note: Note = None, as_: As = None
) -> Answer:
    """Put a tollgate before those who sign.

    Refused while a criterion fails. What the gate rests on is remembered, so that nobody signs what
    changed since. Example: dmaic gate submit --note "Please sign by Friday"
    """
    face.check()
    from dmaic.project.gate import sign as gate_sign

    with writing(place, "gate submit", note=note or "") as (_, work, project):
        reply = gate_sign.submit(work, project, phase, note=note or "", by=as_, today=today())
    return Answer("gate submit", reply, face)


@spread
def approve(
    face: Face,
    place: Writing,
    phase: Phase = None,
    as_: As = None,
    role: Annotated[
        str | None,
        typer.Option("--role", metavar="ROLE", help="Sign for this role only; else for every one."),
    ] = None,
    note: Note = None,
) -> Answer:
    """Sign a tollgate.

    Every required role must sign; then the next phase opens.
    Example: dmaic gate approve --as "Dana (Finance)"
    """
    face.check()
    from dmaic.project.gate import sign as gate_sign

    with writing(place, "gate approve", note=note or "") as (_, work, project):
        reply = gate_sign.approve(
            work, project, phase, name=as_, role=role, note=note or "", today=today()
        )
    return Answer("gate approve", reply, face)


@spread
def reject(
    face: Face,
    place: Writing,
    phase: Phase = None,
    as_: As = None,
    note: Annotated[str | None, typer.Option("--note", metavar="TEXT", help="Why; needed.")] = None,
) -> Answer:
    """Send a tollgate back.

    Its signatures are void. Example: dmaic gate reject --as Ada --note "The baseline is of June"
    """
    face.check()
    from dmaic.project.gate import back as gate_back

    with writing(place, "gate reject", note=note or "") as (_, work, project):
        reply = gate_back.reject(work, project, phase, name=as_, note=note, today=today())
    return Answer("gate reject", reply, face)


@spread
def waive(
    criterion: Criterion, face: Face, place: Writing, reason: Reason = None, as_: As = None
) -> Answer:
    """Let a criterion pass without evidence, with a reason.

    The waiver is shown with the tollgate and in every report for ever.
    Example: dmaic gate waive journey-mapped --reason "Mapped last year" --as "Ada Park"
    """
    face.check()
    from dmaic.project.gate import answer as gate_answer

    with writing(place, "gate waive", note=reason or "") as (_, work, project):
        reply = gate_answer.waive(work, project, criterion, reason=reason, by=as_, today=today())
    return Answer("gate waive", reply, face)


@spread
def return_(
    phase: Annotated[str, typer.Argument(metavar="PHASE", help="The earlier phase.")],
    face: Face,
    place: Writing,
    reason: Reason = None,
    as_: As = None,
) -> Answer:
    """Go back to an earlier phase, with a reason.

    Its approval and the later ones are out of date then; their history stays.
    Example: dmaic gate return measure --reason "The segments were wrong"
    """
    face.check()
    from dmaic.project.gate import back as gate_back

    with writing(place, "gate return", note=reason or "") as (_, work, project):
        reply = gate_back.go_back(work, project, phase, reason=reason, by=as_, today=today())
    return Answer("gate return", reply, face)
