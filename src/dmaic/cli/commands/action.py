"""`dmaic action`."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

import typer

from dmaic.cli.action_filter import Filter
from dmaic.cli.answer import Answer, Face
from dmaic.cli.options import spread
from dmaic.cli.record import Place, Writing, check_reason, day, reading, said, writing
from dmaic.settings import today
from dmaic.text import printable

Which = Annotated[str, typer.Argument(metavar="ACTION", help="Id or title, or its beginning.")]
Owner = Annotated[str | None, typer.Option("--owner", metavar="NAME", help="Who promises it.")]
Side = Annotated[
    Literal["ours", "customer"] | None, typer.Option("--side", help="Whose promise it is.")
]
Phase = Annotated[str | None, typer.Option("--phase", metavar="PHASE", help="Phase it belongs to.")]
Reason = Annotated[str, typer.Option("--reason", metavar="WHY", help="Why.")]


@spread
def add(
    title: Annotated[str, typer.Argument(metavar="TITLE", help="What is to be done.")],
    owner: Annotated[str, typer.Option("--owner", metavar="NAME", help="Who promises it.")],
    due: Annotated[date, typer.Option("--due", parser=day, metavar="DATE", help="By which day.")],
    face: Face,
    place: Writing,
    side: Side = None,
    phase: Phase = None,
) -> Answer:
    """Add an action.

    Without --phase it belongs to the phase that the project is in. Example:
    dmaic action add "Call every new estimator within a day" --owner Sam --due 2026-12-05
    """
    face.check()
    from dmaic.project.checked import argument, checked
    from dmaic.project.engagement.kept_template import template_of
    from dmaic.project.gate.check import current_phase, phase_named
    from dmaic.project.people.team import Member
    from dmaic.project.plan.action import Action
    from dmaic.project.plan.action_change import owner_named

    with writing(place, "action add") as (_, work, project):
        named = phase_named(
            template_of(work, project), current_phase(work, project) if phase is None else phase
        )
        fields = {
            "title": title,
            "owner": owner_named(work.all(Member, project.id), owner, side or "ours"),
            "due": due,
            "first_due": due,
            "side": side or "ours",
            "phase": named.name,
        }
        made = work.add(checked(Action, fields, where=argument("title")), project.id)
        late = (f"{due} has passed, so it is overdue.",) if due < today() else ()
        reply = work.reply(
            f"{printable(made.body.owner, 60)} promises it by {due} ({made.id}).",
            made,
            next=("dmaic action list",),
            more=late,
        )
    return Answer("action add", reply, face)


@spread
def list_(face: Face, place: Place, filter: Filter) -> Answer:
    """The actions, overdue first.

    Promises kept on time are told for the whole project. Example: dmaic action list --overdue
    """
    face.check()
    from dmaic.project.plan.action_reply import action_list

    with reading(place) as (_, view, project):
        reply = action_list(view, project, filter.wanted(view, project), today())
    return Answer("action list", reply, face)


@spread
def show(which: Which, face: Face, place: Place) -> Answer:
    """One action.

    Example: dmaic action show "call every"
    """
    face.check()
    from dmaic.project.plan.action import Action
    from dmaic.project.plan.action_reply import ActionPage, replied

    with reading(place) as (_, view, project):
        found = view.find(Action, which, project.id)
    reply = ActionPage(action=replied(found, today()), made_at=found.made_at, made_by=found.made_by)
    return Answer("action show", reply, face)


@spread
def done(
    which: Which,
    face: Face,
    place: Writing,
    on: Annotated[
        date | None,
        typer.Option("--on", parser=day, metavar="DATE", help="When it was done; today."),
    ] = None,
) -> Answer:
    """Mark an action as done.

    Example: dmaic action done "call every" --on 2026-12-04
    """
    face.check()
    from dmaic.project.plan.action import Action
    from dmaic.project.plan.action_change import finish

    with writing(place, "action done") as (_, work, project):
        found = work.find(Action, which, project.id)
        ended = finish(work, found, on or today(), today())
        kept = (on or today()) <= found.body.first_due
        told = "on time" if kept else f"after the date first agreed on, {found.body.first_due}"
        reply = work.reply(f'Done, {told}: "{printable(found.body.title, 80)}".', ended)
    return Answer("action done", reply, face)


@spread
def move(
    which: Which,
    due: Annotated[date, typer.Option("--due", parser=day, metavar="DATE", help="The new date.")],
    reason: Reason,
    face: Face,
    place: Writing,
) -> Answer:
    """Agree on another date.

    Promises are judged by the first one all the same. Example:
    dmaic action move "call every" --due 2026-12-12 --reason "the phone system came late"
    """
    face.check()
    check_reason(reason)
    from dmaic.project.plan.action import Action
    from dmaic.project.plan.action_change import move as shift

    with writing(place, "action move", note=reason) as (_, work, project):
        found = work.find(Action, which, project.id)
        moved = shift(work, found, due, reason.strip(), today())
        reply = work.reply(f'Moved "{printable(found.body.title, 80)}" to {due}.', moved)
    return Answer("action move", reply, face)


@spread
def drop(which: Which, reason: Reason, face: Face, place: Writing) -> Answer:
    """Give an action up, with a reason.

    Example: dmaic action drop "call every" --reason "the onboarding call does it"
    """
    face.check()
    check_reason(reason)
    from dmaic.project.plan.action import Action
    from dmaic.project.plan.action_change import drop as give_up

    with writing(place, "action drop", note=reason) as (_, work, project):
        found = work.find(Action, which, project.id)
        ended = give_up(work, found, reason.strip(), today())
        reply = work.reply(f'Dropped "{printable(found.body.title, 80)}".', ended)
    return Answer("action drop", reply, face)


@spread
def set_(
    which: Which,
    face: Face,
    place: Writing,
    title: Annotated[
        str | None, typer.Option("--title", metavar="TEXT", help="What is to be done.")
    ] = None,
    owner: Owner = None,
    side: Side = None,
    phase: Phase = None,
) -> Answer:
    """Change facts about an action.

    Another date is agreed on with `action move`. Example: dmaic action set 3fk --owner Dana
    """
    face.check()
    given = said(title=title, owner=owner, side=side, phase=phase)
    from dmaic.project.checked import checked
    from dmaic.project.engagement.kept_template import template_of
    from dmaic.project.gate.check import phase_named
    from dmaic.project.people.team import Member
    from dmaic.project.plan.action import Action
    from dmaic.project.plan.action_change import owner_named

    with writing(place, "action set") as (_, work, project):
        found = work.find(Action, which, project.id)
        if owner is not None or side is not None:
            given["owner"] = owner_named(
                work.all(Member, project.id), owner or found.body.owner, side or found.body.side
            )
        if phase:
            given["phase"] = phase_named(template_of(work, project), phase).name
        body = checked(Action, {**found.body.model_dump(), **given})
        reply = work.reply(f'Changed "{printable(body.title, 80)}".', work.change(found, body))
    return Answer("action set", reply, face)
