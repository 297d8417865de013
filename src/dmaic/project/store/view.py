"""Reading the items of an engagement."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any, TypeVar

import sqlalchemy
from pydantic import ValidationError
from sqlmodel import Session, SQLModel, col, select

from dmaic.errors import NotFoundError, StoreError, suggest
from dmaic.project.entity import Entity, Stored
from dmaic.project.store.row import ItemRow, OperationRow, readable
from dmaic.result import Frozen
from dmaic.text import folded, name_list, printable

E = TypeVar("E", bound=Entity)
F = TypeVar("F", bound=Frozen)


def stored(row: ItemRow, kind: type[F]) -> Stored[F]:
    """A row as a checked value in its envelope.

    Args:
        row: an item.
        kind: the model of its body.

    Raises:
        StoreError: `store.body`, the body does not fit the model.
    """
    try:
        body = kind.model_validate(row.body)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(map(str, first["loc"]))
        raise StoreError(
            f"The {row.kind} {row.id} cannot be read: {field}: {first['msg']}.",
            "store.body",
            "`dmaic log verify` says whether the record was changed by hand; `dmaic doctor` "
            "says what else is wrong.",
        ) from error
    return Stored(
        id=row.id,
        parent=row.parent,
        version=row.version,
        body=body,
        made_at=row.made_at,
        made_by=row.made_by,
        changed_at=row.changed_at,
        changed_by=row.changed_by,
    )


@dataclass(frozen=True, slots=True)
class Mark:
    """An entry of the journal without its changes; see `OperationRow`."""

    seq: int
    actor: str
    command: str
    project: str | None
    undoes: int | None
    redoes: int | None


class View:
    """The items as they were when reading began.

    Args:
        session: an open session; the view lives as long as it does.
    """

    def __init__(self, session: Session) -> None:
        self._session = session

    def rows(
        self, parent: str | None = None, kinds: Iterable[str] = (), key: str | None = None
    ) -> list[ItemRow]:
        """Items in the order in which they were made, undecoded.

        Args:
            parent: only those that belong to this item.
            kinds: only of these kinds.
            key: only with this key.
        """
        query = select(ItemRow).order_by(col(ItemRow.position))
        if parent is not None:
            query = query.where(col(ItemRow.parent) == parent)
        if kinds := tuple(kinds):
            query = query.where(col(ItemRow.kind).in_(kinds))
        if key is not None:
            query = query.where(col(ItemRow.key) == key)
        return list(self._session.exec(query))

    def all(self, kind: type[E], parent: str | None = None) -> list[Stored[E]]:
        """All items of a kind, in the order in which they were made.

        Args:
            kind: their model.
            parent: only those that belong to this item.
        """
        return [stored(row, kind) for row in self.rows(parent, [kind.kind])]

    def keyed(self, kind: type[E], parent: str, key: str) -> Stored[E] | None:
        """The item with this key, or None.

        Args:
            kind: its model.
            parent: the item it belongs to.
            key: its key.
        """
        rows = self.rows(parent, [kind.kind], key)
        return stored(rows[0], kind) if rows else None

    def row(self, id: str) -> ItemRow | None:
        """One item by its whole id, or None."""
        return self._session.exec(select(ItemRow).where(col(ItemRow.id) == id)).first()

    def find(self, kind: type[E], word: str, parent: str | None = None) -> Stored[E]:
        """The item that a person means: by id, name, or the beginning of either.

        Args:
            kind: its model.
            word: what the person wrote.
            parent: only among those that belong to this item.

        Raises:
            NotFoundError: `<kind>.not-found` or `<kind>.ambiguous`.
        """
        return pick(self.all(kind, parent), word, kind.kind)

    def operations(self, since: int = 0) -> list[OperationRow]:
        """The journal from an entry on, oldest first.

        Args:
            since: entries after this number.

        Raises:
            StoreError: `store.entry`, one of them was changed by hand and makes no sense.
        """
        query = select(OperationRow).where(col(OperationRow.seq) > since)
        entries = self._session.exec(query.order_by(col(OperationRow.seq)))
        return [readable(entry) for entry in entries]

    def operation(self, seq: int) -> OperationRow:
        """One entry of the journal.

        Args:
            seq: its number.

        Raises:
            NotFoundError: `log.not-found`, there is none.
            StoreError: `store.entry`, it was changed by hand and makes no sense.
        """
        query = select(OperationRow).where(col(OperationRow.seq) == seq)
        entry = self._session.exec(query).first()
        if entry is None:
            raise NotFoundError(f"There is no entry {seq}.", "log.not-found", "See `dmaic log`.")
        return readable(entry)

    def marks(self) -> list[Mark]:
        """The whole journal without its changes, oldest first."""
        columns = [col(getattr(OperationRow, each.name)) for each in fields(Mark)]
        query = sqlalchemy.select(*columns).order_by(col(OperationRow.seq))
        return [Mark(*row) for row in self._session.execute(query)]

    def raw_operations(self) -> Iterator[Mapping[str, Any]]:
        """The journal as the database holds it, oldest first, JSON as text."""
        yield from self._raw(OperationRow, "seq")

    def raw_items(self) -> Iterator[Mapping[str, Any]]:
        """The items as the database holds them, JSON as text."""
        yield from self._raw(ItemRow, "position")

    def _raw(self, table: type[SQLModel], order: str) -> Iterator[Mapping[str, Any]]:
        columns = sqlalchemy.inspect(table).columns
        query = sqlalchemy.select(
            *(
                sqlalchemy.cast(each, sqlalchemy.Text).label(each.name)
                if isinstance(each.type, sqlalchemy.JSON)
                else each
                for each in columns
            )
        ).order_by(columns[order])
        for row in self._session.execute(query.execution_options(yield_per=500)):
            yield dict(row._mapping)

    def last_operation(self) -> OperationRow | None:
        """The newest entry of the journal."""
        query = select(OperationRow).order_by(col(OperationRow.seq).desc()).limit(1)
        return self._session.exec(query).first()


class Once(View):
    """A view that reads each thing once, for whoever asks the same again and again.

    Args:
        view: lives at least as long; nothing is written meanwhile.
    """

    def __init__(self, view: View) -> None:
        super().__init__(view._session)
        self._rows: dict[object, list[ItemRow]] = {}
        self._read: dict[object, list[Any]] = {}

    def rows(
        self, parent: str | None = None, kinds: Iterable[str] = (), key: str | None = None
    ) -> list[ItemRow]:
        """As the view has them."""
        asked = parent, tuple(kinds), key
        if asked not in self._rows:
            self._rows[asked] = super().rows(parent, asked[1], key)
        return [*self._rows[asked]]

    def all(self, kind: type[E], parent: str | None = None) -> list[Stored[E]]:
        """As the view has them."""
        asked = kind, parent
        if asked not in self._read:
            self._read[asked] = super().all(kind, parent)
        return [*self._read[asked]]


def pick(items: list[Stored[E]], word: str, what: str) -> Stored[E]:
    """The item that a person means, among some.

    A whole id comes first, then a whole name in any case, then the beginning of a name, then that
    of an id: ids are drawn at random, and must not make a name ambiguous that is clear today.

    Args:
        items: to choose from.
        word: what the person wrote.
        what: kind of thing, for the message.

    Raises:
        NotFoundError: `<what>.not-found` or `<what>.ambiguous`.
    """
    said = folded(word)
    names = {each.id: folded(each.body.label) for each in items}
    found = [each for each in items if each.id == said]
    found = found or [each for each in items if names[each.id] == said]
    found = found or [each for each in items if said and names[each.id].startswith(said)]
    found = found or [each for each in items if said and each.id.startswith(said)]
    if len(found) == 1:
        return found[0]
    if found:
        several = name_list([f"{each.id} {each.body.label}" for each in found], 5)
        raise NotFoundError(
            f'"{printable(word, 60)}" fits more than one {what}: {several}.',
            f"{what}.ambiguous",
            "Give more letters of the id or the name.",
        )
    known = [each.body.label for each in items]
    hint = suggest(word, known) or (
        f"There are {name_list(known, 8)}." if known else f"There is no {what} yet."
    )
    raise NotFoundError(f'There is no {what} "{printable(word, 60)}".', f"{what}.not-found", hint)
