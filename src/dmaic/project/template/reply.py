"""An update of a project's template as people see it: what changes, what stays, what waits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Literal

from pydantic import Field

from dmaic.block import Block, Check, Checks, Fields, Heading, Note
from dmaic.documents.merge import Move
from dmaic.documents.registry import document_class
from dmaic.project.template.difference import Part, told
from dmaic.project.template.plan import Clash, Plan
from dmaic.reply import Change
from dmaic.result import Frozen
from dmaic.text import plural, printable

_LONG, _SIDE = 600, 240
_FEW = 5
"""Things of one document that the screen shows of what stays anyhow."""


class UpdateItem(Frozen):
    """One thing of an update.

    Attributes:
        what: kind of thing, such as `criterion` or `document`.
        path: how it is named, such as `define.goal-smart` or `charter.target`.
        title: as people read it.
        how: what happens to it.
        before, after: what stands there and what will; None where there is nothing.
    """

    what: str
    path: str
    title: str
    how: Literal["new", "gone", "changed", "kept", "waits"]
    before: str | None = None
    after: str | None = None


class ClashItem(Frozen):
    """Something that both the team and the template changed.

    Attributes:
        path: as `--keep` and `--take` name it.
        title: as people read it.
        base, mine, theirs: what the template said, what the team has, what the template says now;
            None where there is nothing.
        settled: `mine`, `theirs`, or empty as long as nobody decided.
    """

    path: str
    title: str
    base: str | None = None
    mine: str | None = None
    theirs: str | None = None
    settled: Literal["", "mine", "theirs"] = ""


class Updated(Change):
    """A project's template was brought up to date, or would be.

    Attributes:
        before, after: name and version of the template.
        changes: what comes from the template.
        kept: what the team changed, which stays.
        waiting: what a decided tollgate keeps from changing yet.
        clashes: what both changed.
        held: title of each phase that stays as it is -> state of its tollgate.
    """

    kind: str = "template-update"
    before: str
    after: str
    changes: tuple[UpdateItem, ...] = ()
    kept: tuple[UpdateItem, ...] = ()
    waiting: tuple[UpdateItem, ...] = ()
    clashes: tuple[ClashItem, ...] = ()
    held: dict[str, str] = Field(default_factory=dict)

    def blocks(self) -> tuple[Block, ...]:
        """The sentence; then what changes, what clashes, what stays and what waits."""
        lead = "Would do: " if self.dry_run and self.touched else ""
        told: list[Block] = [Note(f"{lead}{self.done}", True)]
        told += section("From the template", self.changes)
        if self.clashes:
            told.append(Heading("Both changed it"))
            told += [block for each in self.clashes for block in clash_blocks(each)]
        told += section("The team's own, which stays", _brief(self.kept))
        if self.waiting:
            told += section("Waits", self.waiting)
            by: dict[str, list[str]] = {}
            for title, state in self.held.items():
                by.setdefault(state, []).append(title)
            states = [f"{state.capitalize()}: {', '.join(each)}." for state, each in by.items()]
            told.append(
                Note(
                    f"{' '.join(states)} What a tollgate is judged on stays as it was; after "
                    "`dmaic gate return PHASE` an update brings the rest."
                )
            )
        return (*told, *(Note(each) for each in self.more))

    def records(self) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
        """One row a thing."""
        rows: list[tuple[Any, ...]] = [
            (each.how, each.what, each.path, each.title, each.before, each.after, None)
            for each in (*self.changes, *self.kept, *self.waiting)
        ]
        rows += [
            ("clash", "field", each.path, each.title, each.base, each.mine, each.theirs)
            for each in self.clashes
        ]
        return ("how", "what", "path", "title", "before", "after", "theirs"), rows


def _brief(items: Iterable[UpdateItem]) -> list[UpdateItem]:
    """The first few of each document, and how many more there are; the JSON has all."""
    by: dict[str, list[UpdateItem]] = {}
    for each in items:
        by.setdefault(each.path.partition(".")[0], []).append(each)
    shown: list[UpdateItem] = []
    for kind, held in by.items():
        most = _FEW if len(held) > _FEW + 1 else len(held)
        shown += held[:most]
        if most < len(held):
            title = f"{document_class(kind).TITLE}: and {len(held) - most} more"
            shown.append(UpdateItem(what="document", path=kind, title=title, how="kept"))
    return shown


def section(title: str, items: Iterable[UpdateItem]) -> list[Block]:
    """A list of things with its headline, or nothing where there is none.

    Args:
        title: the headline.
        items: the things.
    """
    rows = tuple(Check(_sign(each), _line(each), _detail(each)) for each in items)
    return [Heading(title), Checks(rows)] if rows else []


def _sign(item: UpdateItem) -> Literal["good", "bad", "warn", "plain", "todo"]:
    return {"new": "good", "gone": "bad", "changed": "warn", "kept": "plain", "waits": "todo"}[
        item.how
    ]  # type: ignore[return-value]


def _line(item: UpdateItem) -> str:
    word = {"new": "New", "gone": "Gone", "changed": "Changed", "kept": "", "waits": ""}[item.how]
    title = printable(item.title, _LONG)
    return f"{word}: {title}" if word else title


def _detail(item: UpdateItem) -> str:
    before, after = (None if each is None else printable(each, _LONG)
                     for each in (item.before, item.after))  # fmt: skip
    if before and after:
        return f"{before} → {after}"
    return after or before or ""


def clash_blocks(item: ClashItem) -> list[Block]:
    """A clash with what stands on all sides.

    Args:
        item: the clash.
    """
    sides = (("Before", item.base), ("The team", item.mine), ("The template", item.theirs))
    rows = tuple((label, _words(text)) for label, text in sides)
    chosen = {"mine": "the team's stays", "theirs": "the template's is taken"}.get(item.settled, "")
    aside = f" ({chosen})" if chosen else ""
    return [Note(f"{item.path}{aside}", True), Fields(rows)]


def _words(text: str | None) -> str:
    return "(not there)" if text is None else printable(text, _LONG) or "(empty)"


def updated(plan: Plan, change: Change, *, before: str, after: str) -> Updated:
    """The reply of an update.

    Args:
        plan: what was done or would be.
        change: what the writing came to.
        before: name and version of the template so far.
        after: name and version from now on.
    """
    count = len(plan.open)
    open_still = (f"{plural(count, 'clash', 'clashes')} must be decided: each with --keep PATH or "
                  "--take PATH, or one by one at a terminal.",)  # fmt: skip
    return Updated(
        **{**dict(change), "more": open_still if count else (), "kind": "template-update"},
        before=before,
        after=after,
        changes=tuple(_changes(plan)),
        kept=tuple(_moves(plan, "kept")),
        waiting=tuple(_waiting(plan)),
        clashes=tuple(clash_item(each) for each in plan.clashes),
        held=dict(plan.held),
    )


def clash_item(clash: Clash) -> ClashItem:
    """A clash as data."""
    return ClashItem(
        path=clash.path,
        title=clash.what,
        base=clash.base,
        mine=clash.mine,
        theirs=clash.theirs,
        settled=clash.settled or "",
    )


def _changes(plan: Plan) -> Iterator[UpdateItem]:
    for key, (old, new) in plan.answers.items():
        how: Literal["new", "gone", "changed"] = (
            "new" if old is None else "gone" if new is None else "changed"
        )
        yield UpdateItem(
            what="answer", path=key, title=f"Answer {key}", how=how,
            before=_plain(old), after=_plain(new),
        )  # fmt: skip
    for part in plan.parts:
        yield part_item(part)
    yield from _moves(plan, "taken")
    for each in plan.files:
        title = f"{each.kind.capitalize()} {each.name}"
        yield UpdateItem(what=each.kind, path=each.name, title=title, how=each.how)


def part_item(part: Part) -> UpdateItem:
    """A part of a template that differs, as data.

    Args:
        part: any.
    """
    named = f'{part.what} "{part.title}"' if part.name else part.what
    lead = f"{part.phase}: " if part.phase and part.what != "phase" else ""
    fields = [
        f"{name}: {printable(old, _SIDE)} → {printable(new, _SIDE)}"
        for name, (old, new) in part.fields.items()
    ]
    return UpdateItem(
        what=part.what,
        path=".".join(each for each in (part.phase, part.name or part.what) if each),
        title=f"{lead}{named}",
        how=part.how,
        after="; ".join(fields) or None,
    )


def _moves(plan: Plan, how: str) -> Iterator[UpdateItem]:
    for kind, each in plan.papers.items():
        for move in each.merge.moves:
            if move.how == how and not (each.held and how == "taken"):
                yield move_item(kind, move)


def move_item(kind: str, move: Move) -> UpdateItem:
    """A difference of a document, as data.

    Args:
        kind: of document.
        move: what differs, and who made it.
    """
    taken = move.how == "taken"
    before, after = (move.mine, move.theirs) if taken else (move.base, move.mine)
    found: Literal["new", "gone", "changed", "kept"] = "kept"
    if taken:
        found = "new" if not before else "gone" if not after else "changed"
    title = f"{document_class(kind).TITLE}: {move.path}"
    return UpdateItem(
        what="document", path=f"{kind}.{move.path}", title=title, how=found,
        before=before or None, after=after or None,
    )  # fmt: skip


def _waiting(plan: Plan) -> Iterator[UpdateItem]:
    for part in plan.waiting:
        item = part_item(part)
        yield item.model_copy(update={"how": "waits", "title": _line(item)})
    for kind, each in plan.papers.items():
        if each.held:
            count = sum(move.how != "kept" for move in each.merge.moves)
            title = f"{each.document.TITLE}: {plural(count, 'change')}"
            yield UpdateItem(what="document", path=kind, title=title, how="waits")


def _plain(value: object) -> str | None:
    if value is None:
        return None
    return told(list(value) if isinstance(value, tuple) else value)
