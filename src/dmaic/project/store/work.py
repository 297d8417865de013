"""Writing items: everything one command changes becomes one entry of the journal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from sqlmodel import Session, col, delete, insert, update

from dmaic.errors import ConflictError
from dmaic.project.entity import Entity, Stored, new_id
from dmaic.project.store.journal import START, as_dict, differences, digest, touched, when
from dmaic.project.store.row import ItemRow, OperationRow
from dmaic.project.store.view import View, stored
from dmaic.reply import Change
from dmaic.text import printable, some

E = TypeVar("E", bound=Entity)

_PER_OPERATION = 100_000
"""More items than one command makes; keeps them in order across operations."""


class Work(View):
    """What a command reads and writes within its one transaction.

    Args:
        session: holds the write lock.
        actor: who does it.
        command: what was run, for the journal.
        at: now, UTC, ISO 8601.
        project: the project concerned.
        note: reason given.
        dry_run: everything is rolled back in the end.
    """

    def __init__(
        self,
        session: Session,
        *,
        actor: str,
        command: str,
        at: str,
        project: str | None = None,
        note: str = "",
        dry_run: bool = False,
    ) -> None:
        super().__init__(session)
        last = self.last_operation()
        self.seq = 1 + (last.seq if last else 0)
        self.actor, self.command, self.at = _storable(actor, 200), command, at
        self.project, self.note, self.dry_run = project, _storable(note, 20_000), dry_run
        self.undoes: int | None = None
        self.redoes: int | None = None
        self.marked = False
        """An entry is made even where no item changed."""
        self._previous = last.hash if last else START
        self._before: dict[str, dict[str, Any] | None] = {}
        self._after: dict[str, dict[str, Any] | None] = {}
        self._made = 0

    def add(self, body: E, parent: str, *, id: str | None = None) -> Stored[E]:
        """Make an item.

        Args:
            body: its fields.
            parent: the item it belongs to.
            id: only for the engagement, whose id is known.

        Raises:
            ConflictError: `<kind>.exists`, its key is taken.
        """
        if body.key is not None and self.rows(parent, [body.kind], body.key):
            raise ConflictError(
                f'There is a {body.kind} "{printable(body.label, 60)}" already.',
                f"{body.kind}.exists",
                "Choose another name, or change the one that is there.",
            )
        stamp = {"made_at": self.at, "made_by": self.actor}
        stamp |= {"changed_at": self.at, "changed_by": self.actor}
        return self.place(body, parent, id or new_id(), **stamp)

    def place(self, body: E, parent: str, id: str, **stamp: str) -> Stored[E]:
        """Make an item as it was elsewhere, such as in a project that is brought in.

        Args:
            body: its fields; its key is free.
            parent: the item it belongs to.
            id: its id, which is free.
            **stamp: `made_at`, `made_by`, `changed_at` and `changed_by`.
        """
        self._made += 1
        row = ItemRow(
            id=id,
            parent=parent,
            kind=body.kind,
            key=body.key,
            version=self.seq,
            position=self.seq * _PER_OPERATION + self._made,
            body=body.model_dump(mode="json"),
            **stamp,
        )
        self.put(row.id, as_dict(row))
        return stored(row, type(body))

    def change(self, item: Stored[E], body: E) -> Stored[E]:
        """Give an item new fields; nothing is written where they are the old ones.

        Args:
            item: as it was read.
            body: its new fields.

        Raises:
            ConflictError: `conflict.changed`, somebody changed or removed it since it was read.
        """
        row = self._current(item, item.body.label, item.body)
        if body.key is not None and body.key != row.key:
            taken = self.rows(item.parent, [body.kind], body.key)
            if taken:
                raise ConflictError(
                    f'There is a {body.kind} "{printable(body.label, 60)}" already.',
                    f"{body.kind}.exists",
                    "Choose another name.",
                )
        fields = body.model_dump(mode="json")
        if fields == row.body and body.key == row.key:
            return item
        after = {
            **as_dict(row),
            "key": body.key,
            "version": self.seq,
            "body": fields,
            "changed_at": self.at,
            "changed_by": self.actor,
        }
        self.put(item.id, after)
        return stored(ItemRow(**after), type(body))

    def remove(self, item: Stored[E]) -> None:
        """Remove an item and everything that belongs to it.

        Raises:
            ConflictError: `conflict.changed`, somebody changed or removed it since it was read.
        """
        self._current(item, item.body.label, item.body)
        self._drop(item.id)

    def _drop(self, id: str) -> None:
        for row in self.rows(id):
            if row.id != id:
                self._drop(row.id)
        self.put(id, None)

    def put(self, id: str, after: Mapping[str, Any] | None) -> None:
        """Write a row as it is, and remember it for the journal.

        Args:
            id: of the item.
            after: all its columns; None removes it.
        """
        row = self.row(id)
        if id not in self._before:
            self._before[id] = as_dict(row) if row is not None else None
        session = self._session
        if row is not None:
            session.expunge(row)
        if after is None:
            session.exec(delete(ItemRow).where(col(ItemRow.id) == id))
        elif row is None:
            session.exec(insert(ItemRow).values(**after))
        else:
            session.exec(update(ItemRow).where(col(ItemRow.id) == id).values(**after))
        self._after[id] = dict(after) if after is not None else None

    def settle(self) -> OperationRow | None:
        """Append the journal's entry, if anything was changed or shall be marked."""
        changes = self.changes()
        if not changes and not self.marked:
            return None
        entry = OperationRow(
            seq=self.seq,
            at=self.at,
            actor=self.actor,
            command=self.command,
            project=self.project,
            undoes=self.undoes,
            redoes=self.redoes,
            note=self.note,
            changes=changes,
            previous=self._previous,
            hash="",
        )
        entry.hash = digest(entry)
        self._session.add(entry)
        self._session.flush()
        return entry

    def turn(self) -> None:
        """End this entry and begin the next, in the same transaction."""
        entry = self.settle()
        if entry is not None:
            self.seq, self._previous = entry.seq + 1, entry.hash
        self.undoes = self.redoes = None
        self._before, self._after, self._made = {}, {}, 0

    def changes(self) -> list[dict[str, Any]]:
        """Each item that is not as it was: its id, its row before and its row after."""
        return [
            {"id": id, "before": before, "after": self._after[id]}
            for id, before in self._before.items()
            if before != self._after[id]
        ]

    def reply(
        self,
        done: str,
        item: Stored[Any] | None = None,
        *,
        next: tuple[str, ...] = (),
        more: tuple[str, ...] = (),
    ) -> Change:
        """What the command answers.

        Args:
            done: what happened, one sentence.
            item: the thing itself afterwards.
            next: commands that likely follow.
            more: further sentences.
        """
        changes = self.changes()
        return Change(
            done=done if changes else "Nothing to change: it is so already.",
            operation=self.seq if changes and not self.dry_run else None,
            touched=tuple(touched(each["before"], each["after"]) for each in changes),
            item=None if item is None else {"id": item.id, **item.body.model_dump(mode="json")},
            dry_run=self.dry_run,
            more=more,
            next=next,
        )

    def _current(self, item: Stored[E], label: str, seen: E) -> ItemRow:
        row = self.row(item.id)
        if row is None:
            raise ConflictError(
                f'"{printable(label, 60)}" was removed{self._removed_by(item.id)} while you worked '
                "on it. Nothing was written.",
                "conflict.changed",
                "`dmaic log` shows how; `dmaic undo SEQ` with its number brings it back.",
            )
        if row.version != item.version:
            found = differences(seen.model_dump(mode="json"), row.body)
            told = [f"{name}: {was} → {now}" for name, (was, now) in found.items()]
            raise ConflictError(
                f'"{printable(label, 60)}" was changed by {printable(row.changed_by, 60)} at '
                f"{when(row.changed_at)} while you worked on it: "
                f"{some(told, 5) or 'and back'}. Nothing was written.",
                "conflict.changed",
                "Look at it again, then make your change once more.",
            )
        return row

    def _removed_by(self, id: str) -> str:
        for entry in reversed(self.operations()):
            if any(each["id"] == id and each["after"] is None for each in entry.changes):
                return f" by {printable(entry.actor, 60)} at {when(entry.at)}"
        return ""


def _storable(text: str, most: int) -> str:
    """Text from the system as every database takes it."""
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")[:most]
