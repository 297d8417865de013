"""The journal as a person reads it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from dmaic.block import Block, Fields, Heading, Note
from dmaic.errors import UsageError
from dmaic.project.store.course import Course, course
from dmaic.project.store.journal import touched, when
from dmaic.reply import INNER, Heads, Listing, Touched
from dmaic.text import plural, printable

if TYPE_CHECKING:
    from dmaic.project.store.row import OperationRow
    from dmaic.project.store.view import View

LIMIT = 50


class Log(Listing):
    """Entries of the journal, the newest first.

    Attributes:
        total: how many entries fit what was asked; `items` holds the newest of them.
        full: show each entry's fields before and after.
    """

    SHOWN = Listing.SHOWN | {"full"}

    kind: str = "log"
    total: int = 0
    full: bool = False

    def records(self) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
        """One row an entry; what it changed stands in the JSON."""
        header, rows = super().records()
        kept = [number for number, name in enumerate(header) if name != "changes"]
        return (
            tuple(header[number] for number in kept),
            [tuple(row[number] for number in kept) for row in rows],
        )

    def blocks(self) -> tuple[Block, ...]:
        """A table, or with `full` every entry with what it changed."""
        if not self.full or not self.items:
            return super().blocks()
        blocks: list[Block] = [Heading(self.title, 1)]
        for item, text in zip(self.items, self.texts, strict=True):
            blocks.append(Heading(f"{item['seq']}  {item['command']}", aside=_aside(item, text)))
            if item["note"]:
                blocks.append(Note(item["note"]))
            blocks += [Fields(_rows(each)) for each in _touched(item["changes"])]
        return (*blocks, *(Note(note) for note in self.notes))


def log(
    view: View,
    *,
    since: str = "",
    entity: str = "",
    actor: str = "",
    project: str | None = None,
    limit: int = LIMIT,
    full: bool = False,
) -> Log:
    """The journal, the newest entry first.

    Args:
        view: the record.
        since: a date or time (local, unless it says otherwise), or the number of an entry; only
            entries after it.
        entity: kind of item, or name or id or the beginning of one: only entries that touch it.
        actor: only what this person did, in any case.
        project: id of a project: only what concerned it.
        limit: at most so many; 0 for all.
        full: show the fields before and after.

    Raises:
        UsageError: `log.since`, that is no date and no number.
    """
    after, seq = _since(since)
    who, word = actor.strip().casefold(), entity.strip().casefold()
    fits = [
        entry
        for entry in view.operations(seq)
        if (after is None or datetime.fromisoformat(entry.at) >= after)
        and (not who or entry.actor.casefold() == who)
        and (project is None or entry.project == project)
        and (not word or _concerns(entry, word))
    ]
    now = course(view.marks())
    chosen = fits[::-1][: limit or None]
    projects = {row.id: str(row.body.get("name", "")) for row in view.rows(kinds=["project"])}
    items = tuple(_item(each, now) for each in chosen)
    notes = []
    if len(fits) > len(chosen):
        notes.append(
            f"The newest {len(chosen):,} of {plural(len(fits), 'entry', 'entries')}; "
            "--limit 0 shows all."
        )
    return Log(
        title="Journal",
        items=items,
        shown=(
            Heads(field="seq", title="entry", right=True),
            Heads(field="at", title="when"),
            Heads(field="actor", title="who"),
            Heads(field="command", title="did"),
            Heads(field="what", title="what", wrap=True),
        ),
        texts=tuple(_texts(each, projects) for each in items),
        signs=(),
        empty="No entry fits." if since or entity or actor else "Nothing was done yet.",
        notes=tuple(notes),
        total=len(fits),
        full=full,
        next=("dmaic log verify",) if items else (),
    )


def _since(said: str) -> tuple[datetime | None, int]:
    said = said.strip()
    if not said:
        return None, 0
    if re.fullmatch(r"[0-9]{1,9}", said):
        return None, int(said)
    try:
        return datetime.fromisoformat(said).astimezone(UTC), 0
    except (ValueError, OverflowError) as error:
        raise UsageError(
            f'"{printable(said, 40)}" is neither a date nor the number of an entry.',
            "log.since",
            "Write --since 2025-12-31, --since 2025-12-31T14:00, or --since 120.",
        ) from error


def _concerns(entry: OperationRow, word: str) -> bool:
    for change in entry.changes:
        for row in (change["before"], change["after"]):
            if row is None:
                continue
            body = row["body"]
            names = (row["key"], body.get("name"), body.get("title"), row["id"])
            if row["kind"] == word or any(str(n).casefold().startswith(word) for n in names if n):
                return True
    return False


def _item(entry: OperationRow, now: Course) -> dict[str, Any]:
    return {
        "seq": entry.seq,
        "at": entry.at,
        "actor": entry.actor,
        "command": entry.command,
        "project": entry.project,
        "what": _summary(entry, now),
        "note": entry.note,
        "undoes": entry.undoes,
        "redoes": entry.redoes,
        "undone_by": now.undone.get(entry.seq),
        "hash": entry.hash,
        "changes": entry.changes,
    }


def _texts(item: dict[str, Any], projects: dict[str, str]) -> dict[str, str]:
    what = item["what"]
    if item["undoes"] is not None:
        what = f"took back {item['undoes']}: {what}"
    elif item["redoes"] is not None:
        what = f"brought back {item['redoes']}: {what}"
    if item["note"]:
        what = f"{what} ({printable(item['note'], 80)})" if what else printable(item["note"], 100)
    if item["undone_by"] is not None:
        what += f" (undone by {item['undone_by']})"
    return {
        "at": when(item["at"]),
        "actor": printable(item["actor"], 20),
        "what": what,
        "project": printable(projects.get(item["project"], item["project"] or ""), 40),
    }


def _aside(item: dict[str, Any], text: dict[str, str]) -> str:
    told = [text["at"], text["actor"]]
    if text["project"]:
        told.append(text["project"])
    if item["undone_by"] is not None:
        told.append(f"undone by {item['undone_by']}")
    return ", ".join(told)


def _touched(changes: Iterable[dict[str, Any]]) -> list[Touched]:
    return [touched(each["before"], each["after"]) for each in changes]


def _summary(entry: OperationRow, now: Course) -> str:
    """`action Call and 3 more`, with the fields where a single thing changed."""
    found = _touched(entry.changes)
    if not found:
        return ""
    turned = now.marks.get(entry.undoes or entry.redoes or entry.seq)
    noun = (turned.command if turned else entry.command).split(" ")[0]
    seen = [each for each in found if each.what not in INNER] or found
    first = next((each for each in seen if each.what == noun), seen[0])
    told = f"{first.what} {printable(first.name, 60)}".strip()
    if len(found) > 1:
        return f"{told} and {len(found) - 1} more"
    fields = list(first.told)
    if not fields:
        return told
    shown = ", ".join(printable(each, 30) for each in fields[:4])
    return f"{told}: {shown}" + (f" and {len(fields) - 4} more" if len(fields) > 4 else "")


def _rows(change: Touched) -> tuple[tuple[str, str], ...]:
    head = (change.what, change.name or change.id)
    return (head, *((name, f"{was} → {now}") for name, (was, now) in change.told.items()))
