"""`dmaic project`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from dmaic.cli.answer import Answer, Face
from dmaic.cli.ask import confirm
from dmaic.cli.completion import complete_template
from dmaic.cli.options import spread
from dmaic.cli.project_facts import Facts, Which, followed
from dmaic.cli.record import Place, Writing, check_reason, named, reading, said, writing
from dmaic.cli.template_answers import Answers, answers_to
from dmaic.errors import UsageError
from dmaic.text import plural

if TYPE_CHECKING:
    from dmaic.project.store.work import Work


@spread
def new(
    name: Annotated[str, typer.Argument(metavar="NAME", help="What the project is called.")],
    facts: Facts,
    face: Face,
    place: Writing,
    answers: Answers,
    template: Annotated[
        str | None,
        typer.Option(
            "--template",
            metavar="TEMPLATE",
            help="Template it follows: a name, a folder, a zip file, or a Git address with @TAG.",
            autocompletion=complete_template,
        ),
    ] = None,
) -> Answer:
    """Start a project.

    A template may ask questions, and fill documents in with the answers.
    Example: dmaic project new "Cut estimator churn" --sponsor "Ada Park" --target-date 2026-12-31
    """
    face.check()
    from dmaic.engagements.load import load_resolved
    from dmaic.project.engagement.home import open_home
    from dmaic.project.engagement.start import new_project

    home = open_home(place.db)
    given = answers.read()
    followed_one = load_resolved(template or home.settings.template)
    said = answers_to(
        followed_one.questions, given, yes=place.yes or place.dry_run, no_input=place.no_input
    )
    with home.store.writing("project new", dry_run=place.dry_run) as work:
        made = new_project(
            work,
            name,
            template=followed_one,
            answers=said,
            sponsor=facts.sponsor or "",
            start=facts.start,
            target_date=facts.target_date,
            group=facts.group or "",
            currency=facts.currency or home.settings.currency,
        )
        reply = work.reply(
            f'Started the project "{made.body.name}" ({made.id}), which follows the template '
            f"{made.body.template.name} {made.body.template.version}.",
            made,
            more=_filled_in(work, made.id),
        )
    return Answer("project new", followed(reply, home, made.id), face)


def _filled_in(work: Work, project: str) -> tuple[str, ...]:
    """Which documents the template filled in, in words."""
    from dmaic.documents.registry import document_class
    from dmaic.project.paper.paper import Paper
    from dmaic.text import some

    kinds = [document_class(each.body.document).called() for each in work.all(Paper, project)]
    return (f"Filled in from the template: {some(kinds, 8)}.",) if kinds else ()


@spread
def list_(face: Face, place: Place) -> Answer:
    """The projects.

    Example: dmaic project list
    """
    face.check()
    from dmaic.errors import NotFoundError
    from dmaic.project.engagement.home import open_home
    from dmaic.project.engagement.project_reply import project_list

    home = open_home(place.db)
    with home.store.reading() as view:
        try:
            used = home.project(view, place.project).id
        except NotFoundError:
            used = None
        reply = project_list(view, used)
    return Answer("project list", reply, face)


@spread
def show(face: Face, place: Place, which: Which = None) -> Answer:
    """One project.

    Example: dmaic project show estimator
    """
    face.check()
    from dmaic.project.engagement.project_reply import project_reply

    with reading(named(place, which)) as (_, view, found):
        reply = project_reply(view, found)
    return Answer("project show", reply, face)


@spread
def set_(
    facts: Facts,
    face: Face,
    place: Writing,
    which: Which = None,
    name: Annotated[
        str | None, typer.Option("--name", metavar="TEXT", help="What it is called.")
    ] = None,
) -> Answer:
    """Change facts about a project.

    An empty text clears a fact. Example: dmaic project set --target-date 2027-03-31
    """
    face.check()
    given = said(
        name=name,
        sponsor=facts.sponsor,
        start=facts.start,
        target_date=facts.target_date,
        group=facts.group,
        currency=facts.currency,
    )
    from dmaic.project.checked import check_dates, checked
    from dmaic.project.engagement.project import Project

    with writing(named(place, which), "project set") as (_, work, found):
        body = checked(Project, {**found.body.model_dump(), **given})
        check_dates(body.start, body.target_date)
        changed = work.change(found, body)
        reply = work.reply(f'Changed the project "{body.name}".', changed)
    return Answer("project set", reply, face)


@spread
def use(
    which: Annotated[str, typer.Argument(metavar="PROJECT", help="Id or name.")],
    face: Face,
    place: Place,
) -> Answer:
    """Choose the project that commands work on.

    It changes the line `project` of dmaic.toml. Example: dmaic project use estimator
    """
    face.check()
    from dmaic.project.engagement.settings_file import set_project
    from dmaic.reply import Change

    with reading(named(place, which)) as (home, _, found):
        id, name = found.id, found.body.name
    if home.folder is None:
        raise UsageError(
            "Only a database is named, so there is no dmaic.toml to keep the choice in.",
            "usage.no-folder",
            "Run it in the engagement's folder, or set DMAIC_PROJECT.",
        )
    set_project(home.folder, id)
    reply = Change(done=f'Commands now work on "{name}".', next=("dmaic status",))
    return Answer("project use", reply, face)


@spread
def close(
    face: Face,
    place: Writing,
    which: Which = None,
    reason: Annotated[
        str, typer.Option("--reason", metavar="WHY", help="Why, where a tollgate is still open.")
    ] = "",
) -> Answer:
    """Close a project.

    Its last tollgate must be approved, or a reason be given. Example: dmaic project close
    """
    face.check()
    if reason:
        check_reason(reason)
    from dmaic.project.engagement.close import close as shut

    place = named(place, which)
    with writing(place, "project close", note=reason, closed=True) as (_, work, found):
        closed = shut(work, found, reason.strip())
        follow = () if found.body.following else (f"dmaic project next-cycle {found.id}",)
        reply = work.reply(f'Closed the project "{found.body.name}".', closed, next=follow)
    return Answer("project close", reply, face)


@spread
def reopen(
    reason: Annotated[str, typer.Option("--reason", metavar="WHY", help="Why.")],
    face: Face,
    place: Writing,
    which: Which = None,
) -> Answer:
    """Open a closed project again.

    Example: dmaic project reopen estimator --reason "churn is rising again"
    """
    face.check()
    check_reason(reason)
    from dmaic.project.engagement.close import reopen as open_again

    place = named(place, which)
    with writing(place, "project reopen", note=reason, closed=True) as (_, work, found):
        opened = open_again(work, found, reason.strip())
        reply = work.reply(f'Opened the project "{found.body.name}" again.', opened)
    return Answer("project reopen", reply, face)


@spread
def rm(
    which: Annotated[str, typer.Argument(metavar="PROJECT", help="Id or name.")],
    face: Face,
    place: Writing,
) -> Answer:
    """Remove a project with everything in it.

    You are asked to type its name. Example: dmaic project rm "Trial run"
    """
    face.check()
    place = named(place, which)
    with reading(place) as (home, view, found):
        id, name, held = found.id, found.body.name, len(view.rows(found.id))
    if not place.dry_run:
        confirm(
            f"This removes the project with {plural(held, 'item')}.",
            name,
            yes=place.yes,
            no_input=place.no_input,
        )
    from dmaic.project.engagement.close import remove
    from dmaic.project.engagement.project import Project

    with home.store.writing("project rm", project=id, dry_run=place.dry_run) as work:
        # By id: what was confirmed is removed, whatever took its name meanwhile.
        remove(work, work.find(Project, id))
        reply = work.reply(
            f'Removed the project "{name}" with {plural(held, "item")}.', next=("dmaic portfolio",)
        )
    if not place.dry_run and home.folder is not None and home.settings.project in (id, name):
        from dmaic.project.engagement.settings_file import set_project

        set_project(home.folder, "")
    return Answer("project rm", reply, face)
