"""`dmaic team`."""

from __future__ import annotations

from typing import Annotated

import typer

from dmaic.cli.answer import Answer, Face
from dmaic.cli.options import spread
from dmaic.cli.record import Place, Writing, reading, said, writing
from dmaic.text import name_list, printable

Function = Annotated[
    str | None,
    typer.Option("--function", metavar="NAME", help="Where the person works, such as Finance."),
]
Roles = Annotated[
    list[str] | None,
    typer.Option(
        "--role",
        metavar="ROLE",
        help="Sponsor, champion, process owner, black belt, green belt, member or approver; "
        "repeatable.",
    ),
]
Email = Annotated[str | None, typer.Option("--email", metavar="ADDRESS", help="E-mail address.")]
Who = Annotated[str, typer.Argument(metavar="NAME|ID", help="The person.")]


@spread
def add(
    name: Annotated[str, typer.Argument(metavar="NAME", help="What the person is called.")],
    face: Face,
    place: Writing,
    function: Function = None,
    role: Roles = None,
    email: Email = None,
) -> Answer:
    """Add a person.

    Example: dmaic team add "Dana Reyes" --function Finance --role approver
    """
    face.check()
    from dmaic.project.checked import argument, checked
    from dmaic.project.engagement.kept_template import template_of
    from dmaic.project.people.team import Member, function_named, role_named

    with writing(place, "team add") as (_, work, project):
        known = template_of(work, project).functions
        fields = {
            "name": name,
            "function": function_named(function or "", known),
            "roles": tuple(dict.fromkeys(role_named(each) for each in role or ["member"])),
            "email": email or "",
        }
        made = work.add(checked(Member, fields, where=argument("name")), project.id)
        reply = work.reply(
            f"{printable(made.body.name, 60)} is on the team as {' and '.join(made.body.roles)}.",
            made,
            more=_other_function(made.body.function, known),
        )
    return Answer("team add", reply, face)


def _other_function(function: str, known: tuple[str, ...]) -> tuple[str, ...]:
    if not function or not known or function in known:
        return ()
    asked = name_list(known)
    return (f'The template does not ask for "{printable(function, 40)}"; it asks for {asked}.',)


@spread
def list_(face: Face, place: Place) -> Answer:
    """The team.

    Also says which functions are on it. Example: dmaic team list
    """
    face.check()
    from dmaic.project.people.team_reply import team_reply

    with reading(place) as (_, view, project):
        reply = team_reply(view, project)
    return Answer("team list", reply, face)


@spread
def set_(
    who: Who,
    face: Face,
    place: Writing,
    name: Annotated[str | None, typer.Option("--name", metavar="TEXT", help="New name.")] = None,
    function: Function = None,
    role: Roles = None,
    email: Email = None,
) -> Answer:
    """Change facts about a person.

    What is said replaces what was there. Example: dmaic team set dana --role sponsor
    """
    face.check()
    given = said(name=name, function=function, role=role or None, email=email)
    from dmaic.project.engagement.kept_template import template_of
    from dmaic.project.people.team import Member, function_named, role_named
    from dmaic.project.people.team_change import change_member

    with writing(place, "team set") as (_, work, project):
        known = template_of(work, project).functions
        if "role" in given:
            given["roles"] = tuple(dict.fromkeys(role_named(each) for each in given.pop("role")))
        if "function" in given:
            given["function"] = function_named(given["function"], known)
        member = work.find(Member, who, project.id)
        changed = change_member(work, project.id, member, given)
        reply = work.reply(
            f"Changed {printable(changed.body.name, 60)}.",
            changed,
            more=_other_function(given.get("function", ""), known),
        )
    return Answer("team set", reply, face)


@spread
def rm(who: Who, face: Face, place: Writing) -> Answer:
    """Take a person off the team.

    Somebody else has to take over what the person still owns first. Example: dmaic team rm dana
    """
    face.check()
    from dmaic.project.people.team import Member
    from dmaic.project.people.team_change import remove_member

    with writing(place, "team rm") as (_, work, project):
        member = work.find(Member, who, project.id)
        more = remove_member(work, project.id, member)
        reply = work.reply(f"Took {printable(member.body.name, 60)} off the team.", more=more)
    return Answer("team rm", reply, face)


@spread
def waive(
    function: Annotated[str, typer.Argument(metavar="FUNCTION", help="Such as Marketing.")],
    reason: Annotated[str, typer.Option("--reason", metavar="WHY", help="Why it is left out.")],
    face: Face,
    place: Writing,
    as_: Annotated[
        str | None, typer.Option("--as", metavar="NAME", help="Who says so; you by default.")
    ] = None,
) -> Answer:
    """Say why a function is not on the team.

    Example: dmaic team waive Marketing --reason "no campaign touches these customers"
    """
    face.check()
    from dmaic.project.checked import argument, checked
    from dmaic.project.engagement.kept_template import template_of
    from dmaic.project.people.team import FunctionWaiver, function_named
    from dmaic.project.people.team_change import waive_function

    with writing(place, "team waive", note=reason) as (_, work, project):
        named = function_named(function, template_of(work, project).functions)
        fields = {"function": named, "reason": reason, "by": as_ or work.actor}
        waiver = checked(FunctionWaiver, fields, where=argument("function"))
        kept = waive_function(work, project.id, waiver)
        reply = work.reply(f"{printable(named, 60)} is left out of the team.", kept)
    return Answer("team waive", reply, face)
