"""`dmaic template update` and `dmaic template answer`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated

import typer

from dmaic.cli.answer import Answer, Face
from dmaic.cli.ask import can_ask
from dmaic.cli.completion import complete_question, complete_template
from dmaic.cli.options import spread
from dmaic.cli.record import Writing, reading, writing
from dmaic.cli.template_answers import Answers, answers_to
from dmaic.errors import DmaicError, NotFoundError, UsageError, suggest
from dmaic.text import printable

if TYPE_CHECKING:
    from dmaic.documents.merge import Side
    from dmaic.project.engagement.project import Project
    from dmaic.project.entity import Stored
    from dmaic.project.store.view import View
    from dmaic.project.template.update import Wish

CLASHES = "What both changed"


@dataclass(frozen=True, slots=True)
class Settling:
    """Who is right where team and template both changed something."""

    keep: Annotated[
        list[str] | None,
        typer.Option(
            "--keep",
            metavar="PATH",
            rich_help_panel=CLASHES,
            help="The team's stays, such as at charter.target; repeatable.",
        ),
    ] = None
    take: Annotated[
        list[str] | None,
        typer.Option(
            "--take",
            metavar="PATH",
            rich_help_panel=CLASHES,
            help="The template's is taken; repeatable.",
        ),
    ] = None
    keep_rest: Annotated[
        bool,
        typer.Option(
            "--keep-rest",
            rich_help_panel=CLASHES,
            help="The team's stays wherever nothing is said.",
        ),
    ] = False
    take_rest: Annotated[
        bool,
        typer.Option(
            "--take-rest",
            rich_help_panel=CLASHES,
            help="The template's is taken wherever nothing is said.",
        ),
    ] = False

    def read(self) -> tuple[dict[str, Side], Side | None]:
        """Path -> whose is right; and whose is where nothing is said, or None.

        Raises:
            UsageError: `usage.conflict`, both are said to be.
        """
        keep, take = self.keep or (), self.take or ()
        both = {*keep} & {*take}
        if both or (self.keep_rest and self.take_rest):
            raise UsageError(
                "It cannot be both kept and taken.",
                "usage.conflict",
                "Say one of the two.",
                ", ".join(sorted(both)) or "--keep-rest --take-rest",
            )
        settled: dict[str, Side] = dict.fromkeys(keep, "mine")
        settled |= dict.fromkeys(take, "theirs")
        return settled, "mine" if self.keep_rest else "theirs" if self.take_rest else None


@spread
def update(
    settling: Settling,
    face: Face,
    place: Writing,
    answers: Answers,
    template: Annotated[
        str | None,
        typer.Argument(
            metavar="TEMPLATE",
            help="Where the newer version is; where it came from by default.",
            show_default=False,
            autocompletion=complete_template,
        ),
    ] = None,
    *,
    older: Annotated[bool, typer.Option("--older", help="Also back to an older version.")] = False,
    other: Annotated[bool, typer.Option("--other", help="Also to another template.")] = False,
) -> Answer:
    """Bring a project to a newer version of its template.

    What the team changed stays; what both changed is shown, and decided one by one. A tollgate
    that is submitted or approved keeps what it was judged on.
    Example: dmaic template update --dry-run
    """
    face.check()
    from dmaic.engagements.carry import known, misfits
    from dmaic.engagements.load import load_resolved
    from dmaic.project.template.refuse import explained, refuse_misfits, refuse_other
    from dmaic.project.template.update import Wish, source_of

    settled, rest = settling.read()
    with reading(place) as (_, _view, project):
        word = source_of(project, template)
    try:
        resolved = load_resolved(word)
    except DmaicError as error:
        raise explained(error, project) if template is None else error from None
    refuse_other(project, resolved, older=older, other=other)
    before, flags = project.body.template.answers, answers.read()
    given = {**known(resolved.questions, before), **flags}
    found = misfits(resolved.questions, given)
    wrong = {key: each for key, each in found.items() if key not in flags}
    quick = place.yes or place.dry_run
    if quick or not can_ask(no_input=place.no_input):
        refuse_misfits(given, wrong)
    said = given
    if wrong or any(each.key not in {**before, **given} for each in resolved.questions.all):
        said = answers_to(
            resolved.questions, given, yes=quick, no_input=place.no_input, wrong=wrong
        )
    wish = Wish(resolved, said, settled, rest)
    brought = _brought(face, place, "template update", lambda _view, _project: wish)
    return replace(brought, notes=_same_tag(word, brought))


@spread
def answer(
    settling: Settling,
    face: Face,
    place: Writing,
    key: Annotated[
        str | None,
        typer.Argument(
            metavar="[KEY]",
            help="Of the question.",
            show_default=False,
            autocompletion=complete_question,
        ),
    ] = None,
    value: Annotated[
        str | None,
        typer.Argument(metavar="[VALUE]", help="The answer.", show_default=False),
    ] = None,
) -> Answer:
    """Answer a question of the project's template anew.

    What the template fills in follows, and what the team changed stays. Without KEY the questions
    are listed with their answers. Example: dmaic template answer client "Acme Ltd"
    """
    face.check()
    if key is None:
        return _listed(face, place)
    from dmaic.project.template.reply import Updated

    if value is None:
        raise UsageError(
            "It takes a key and a value.", "usage.missing", f'dmaic template answer {key} "VALUE"'
        )
    settled, rest = settling.read()
    secret = False

    def wished(view: View, project: Stored[Project]) -> Wish:
        from dmaic.engagements.answers import ensure_answered
        from dmaic.project.engagement.kept_package import package_of
        from dmaic.project.template.refuse import refuse_unasked
        from dmaic.project.template.update import answered_anew

        resolved = package_of(view, project)
        asked = {each.key: each for each in resolved.questions.all} if resolved is not None else {}
        if resolved is None or key not in asked:
            raise NotFoundError(
                f'The template asks no question "{printable(key, 60)}".',
                "answer.unknown",
                suggest(key, asked) or (f"It asks {', '.join(asked)}." if asked else ""),
            )
        nonlocal secret
        secret = asked[key].secret
        ensure_answered(resolved.questions.all, {key: value})
        wish = answered_anew(project, resolved, {key: value}, settled, rest)
        refuse_unasked(resolved, wish.answers, asked[key])
        return wish

    brought = _brought(face, place, "template answer", wished)
    if secret and isinstance(brought.result, Updated) and not brought.result.touched:
        told = "Nothing to change: the answer is a secret, which is not kept, and no text holds it."
        brought = replace(brought, result=brought.result.model_copy(update={"done": told}))
    return brought


def _brought(
    face: Face,
    place: Writing,
    command: str,
    wished: Callable[[View, Stored[Project]], Wish],
) -> Answer:
    """Plan, have clashes decided by whoever is there, then write it as one entry."""
    from dmaic.project.engagement.project import refuse_closed
    from dmaic.project.template.reply import updated
    from dmaic.project.template.update import apply, plan_of, sentence

    with reading(place) as (_, view, project):
        # Before anybody is asked to decide what then cannot be written.
        refuse_closed(project)
        wish = wished(view, project)
        plan = plan_of(view, project, wish)
    if plan.open and not place.dry_run and can_ask(no_input=place.no_input):
        from dmaic.cli.template_clash import decide

        wish = replace(wish, settled={**wish.settled, **decide(plan.open)})
    before = f"{project.body.template.name} {project.body.template.version}"
    after = f"{wish.resolved.name} {wish.resolved.version}"
    with writing(place, command) as (_, work, found):
        plan = plan_of(work, found, wish)
        told = sentence(found, wish, plan)
        apply(work, found, wish, plan, tried=place.dry_run)
        follow = (
            ("dmaic status", "dmaic gate check") if work.changes() and not place.dry_run else ()
        )
        reply = work.reply(told, next=follow)
    return Answer(command, updated(plan, reply, before=before, after=after), face)


def _same_tag(word: str, answer: Answer) -> tuple[str, ...]:
    """What is said where an address with a tag brought nothing new, as it always will."""
    from dmaic.engagements.find import is_address

    changed = bool(getattr(answer.result, "touched", ()))
    if changed or not is_address(word) or "@" not in word.rpartition("/")[2]:
        return ()
    return ("The address names a tag. A newer one: dmaic template update ADDRESS@TAG.",)


def _listed(face: Face, place: Writing) -> Answer:
    from dmaic.project.template.answered import answer_list

    with reading(place) as (_, view, project):
        reply = answer_list(view, project)
    return Answer("template answer", reply, face)
