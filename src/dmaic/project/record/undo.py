"""Taking operations back, and bringing them back again; each is an entry of the journal itself."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

from pydantic import Field

from dmaic.errors import ConflictError, DmaicError, NotFoundError
from dmaic.project.entity import ENGAGEMENT
from dmaic.project.record.shared import unshared
from dmaic.project.store.course import Course, course
from dmaic.project.store.journal import Row, as_dict, title_of, touched, when
from dmaic.reply import INNER, Change
from dmaic.text import plural, printable

if TYPE_CHECKING:
    from dmaic.project.store.row import OperationRow
    from dmaic.project.store.view import View
    from dmaic.project.store.work import Work

_MOST = 8
"""Things that are named; the JSON has all."""


class Undone(Change):
    """Something was taken back."""

    back: str = Field(default="dmaic redo", exclude=True)


def undo(
    work: Work,
    seq: int | None = None,
    *,
    to: int | None = None,
    anybody: bool = False,
    project: str | None = None,
) -> Undone:
    """Take an operation back: the person's last one, unless another is named.

    Args:
        work: to write in.
        seq: number of an entry, anybody's.
        to: take back everything after this entry, the newest first.
        anybody: not only the person's own operations.
        project: id of a project: only what concerned it.

    Raises:
        NotFoundError: `undo.nothing` or `undo.not-found`.
        ConflictError: something was changed since, or is in the way; nothing is changed.
    """
    now = course(work.marks())
    if seq is not None:
        chosen = [_asked(now, seq)]
    else:
        fits = (
            each
            for each in sorted(now.done, reverse=True)
            if each > (to or 0)
            and (anybody or now.marks[each].actor == work.actor)
            and project in (None, now.marks[each].project)
            and _is_undoable(work, each)
        )
        chosen = list(fits if to is not None else islice(fits, 1))
    if not chosen:
        raise NotFoundError(
            "There is nothing to take back." if anybody else "There is nothing of yours to undo.",
            "undo.nothing",
            "`dmaic log` shows what was done"
            + ("." if anybody else "; `dmaic undo --any` takes back what others did."),
        )
    entries: list[OperationRow] = []
    found: list[tuple[Row | None, Row | None]] = []
    for number, each in enumerate(chosen):
        if number:
            work.turn()
        entry = work.operation(each)
        work.undoes, work.project = each, entry.project
        found += _turn_back(work, entry, now)
        entries.append(entry)
    return Undone(done=_told("Took back", entries), **_facts(work, found))


def redo(
    work: Work, seq: int | None = None, *, anybody: bool = False, project: str | None = None
) -> Change:
    """Bring back what was undone last.

    Args:
        work: to write in.
        seq: number of an entry that was taken back.
        anybody: also what others undid.
        project: id of a project: only what concerned it.

    Raises:
        NotFoundError: `redo.nothing`.
        ConflictError: something was changed since, or is in the way; nothing is changed.
    """
    now = course(work.marks())
    if seq is not None:
        seq = now.marks[seq].undoes or seq if seq in now.marks else seq
        fits = [seq] if seq in now.undone else []
    else:
        fits = [
            each
            for each in now.open
            if (anybody or now.marks[now.undone[each]].actor == work.actor)
            and project in (None, now.marks[each].project)
        ]
    if not fits:
        raise NotFoundError(
            "There is nothing of yours to bring back."
            if seq is None
            else f"Entry {seq} is not undone, so it cannot be brought back.",
            "redo.nothing",
            "A new change ends what redo can bring back; `dmaic redo SEQ` still can."
            if seq is None and now.undone
            else "`dmaic log` shows what was done and undone.",
        )
    entry = work.operation(fits[-1])
    work.redoes, work.project = fits[-1], entry.project
    found = _turn_back(work, entry, now, forward=True)
    return Change(done=_told("Brought back", [entry]), **_facts(work, found))


def _asked(now: Course, seq: int) -> int:
    mark = now.marks.get(seq)
    if mark is None:
        last = max(now.marks, default=0)
        raise NotFoundError(
            f"There is no entry {seq}.", "undo.not-found", f"The journal ends at entry {last}."
        )
    if mark.undoes is not None:
        raise ConflictError(
            f"Entry {seq} itself took back entry {mark.undoes}.",
            "undo.is-undo",
            f"Bring that back: dmaic redo {mark.undoes}.",
        )
    if mark.redoes is not None:
        raise ConflictError(
            f"Entry {seq} brought back entry {mark.redoes}.",
            "undo.is-redo",
            f"Take that back: dmaic undo {mark.redoes}.",
        )
    if seq in now.undone:
        raise ConflictError(
            f"Entry {seq} was taken back already, by entry {now.undone[seq]}.",
            "undo.done",
            f"Bring it back: dmaic redo {seq}.",
        )
    return seq


def _is_undoable(view: View, seq: int) -> bool:
    """Not the beginning of the engagement, nor a mark that changed nothing."""
    changes = view.operation(seq).changes
    return bool(changes) and not any(
        each["id"] == ENGAGEMENT and each["before"] is None for each in changes
    )


def _turn_back(
    work: Work, entry: OperationRow, now: Course, *, forward: bool = False
) -> list[tuple[Row | None, Row | None]]:
    """Put the items of an entry back as they were before it, or forward as they were after."""
    old, new = ("before", "after") if forward else ("after", "before")
    if not _is_undoable(work, entry.seq):
        raise ConflictError(
            f"{_cannot(work, entry)}: it is the beginning of the engagement, or changed nothing.",
            "undo.fixed",
            "`dmaic log` shows what else there is.",
        )
    changes = unshared(work, entry.changes, old, new)
    for each in changes:
        row = work.row(each["id"])
        if (as_dict(row) if row is not None else None) != each[old]:
            raise _in_the_way(work, entry, each["id"], each[old] or each[new], now)
    ids = {each["id"] for each in changes}
    for each in changes:
        if each[new] is None:
            _refuse_orphans(work, entry, each[old], ids, now)
        else:
            _refuse_clash(work, entry, each[new], ids, entry.changes, new)
    # All are taken out first: two items may have swapped their names.
    for each in changes:
        if each[old] is not None:
            work.put(each["id"], None)
    for each in changes:
        if each[new] is not None:
            work.put(each["id"], each[new])
    return [(each[old], each[new]) for each in changes]


def _in_the_way(work: Work, entry: OperationRow, id: str, row: Row, now: Course) -> DmaicError:
    """Which entry changed an item since."""
    what = f'{row["kind"]} "{printable(title_of(row) or id, 60)}"'
    for seq in sorted(now.done - {entry.seq}, reverse=True):
        later = work.operation(seq)
        if any(each["id"] == id for each in later.changes) and later.seq > entry.seq:
            return ConflictError(
                f"{_cannot(work, entry)}: the {what} was written since by entry "
                f"{seq} ({later.command}, {printable(later.actor, 60)}, {when(later.at)}).",
                "undo.changed",
                f"Take that back first: dmaic undo {seq}.",
            )
    return ConflictError(
        f"{_cannot(work, entry)}: the {what} is not as that entry knew it.",
        "undo.changed",
        "`dmaic log show` tells its way; `dmaic log verify` whether it was changed by hand.",
    )


def _refuse_orphans(work: Work, entry: OperationRow, row: Row, ids: set[str], now: Course) -> None:
    """Nothing may be removed that something newer belongs to."""
    for child in work.rows(row["id"]):
        if child.id not in ids:
            raise _in_the_way(work, entry, child.id, as_dict(child), now)


def _refuse_clash(
    work: Work,
    entry: OperationRow,
    row: Row,
    ids: set[str],
    changes: list[dict[str, Row | None]],
    new: str,
) -> None:
    """What comes back needs what it belongs to, and its name."""
    parents = {str(each["id"]) for each in changes if each[new] is not None}
    if row["parent"] not in parents and (row["parent"] in ids or work.row(row["parent"]) is None):
        raise ConflictError(
            f'{_cannot(work, entry)}: what the {row["kind"]} "'
            f'{printable(title_of(row), 60)}" belongs to is gone.',
            "undo.parent",
            "Bring that back first; `dmaic log show` tells how it went.",
        )
    if row["key"] is None:
        return
    for other in work.rows(row["parent"], [row["kind"]], row["key"]):
        if other.id not in ids:
            raise ConflictError(
                f"{_cannot(work, entry)}: there is another {row['kind']} "
                f'"{printable(title_of(row) or row["key"], 60)}" by now.',
                "undo.taken",
                "Rename or remove that one first.",
            )


def _cannot(work: Work, entry: OperationRow) -> str:
    verb = "taken back" if work.redoes is None else "brought back"
    return f"Entry {entry.seq} ({entry.command}) cannot be {verb}"


def _told(verb: str, entries: list[OperationRow]) -> str:
    if len(entries) > 1:
        return f"{verb} {plural(len(entries), 'entry', 'entries')}, down to {entries[-1].seq}."
    (entry,) = entries
    return (
        f"{verb} entry {entry.seq}: {entry.command}, {printable(entry.actor, 60)}, "
        f"{when(entry.at)}."
    )


def _facts(work: Work, found: list[tuple[Row | None, Row | None]]) -> dict[str, Any]:
    whole = []
    for old, new in found:
        row = new or old
        made_or_gone = old is None or new is None
        if row is not None and made_or_gone and row["kind"] not in INNER:
            what = f'{row["kind"]} "{printable(title_of(row) or row["id"], 60)}"'
            whole.append(f"The {what} is {'gone' if new is None else 'there'} again.")
    if len(whole) > _MOST:
        whole[_MOST - 1 :] = [f"And {len(whole) - _MOST + 1} more."]
    return {
        "operation": None if work.dry_run else work.seq,
        "touched": tuple(touched(old, new) for old, new in found),
        "dry_run": work.dry_run,
        "more": tuple(whole),
    }
