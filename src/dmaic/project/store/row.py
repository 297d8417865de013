"""The three tables of an engagement.

Everything that a team keeps is an *item*: the engagement, a project, a member, an action, a
document, a tollgate, a dataset, a saved analysis. Its fields lie in `body` as JSON and were checked
by the Pydantic model of its kind. So one journal, one undo, one export and one way to find things
serve them all, and a new kind of item needs no migration.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Column, ForeignKey, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from dmaic.errors import StoreError


class ItemRow(SQLModel, table=True):
    """One item as it is now.

    Attributes:
        id: random, unique in the engagement.
        parent: the item it belongs to: the project, or for a project the engagement. The
            engagement is its own parent.
        kind: what it is; see `Entity.kind`.
        key: name that is unique among items of its kind and parent, or None.
        version: number of the operation that wrote it last. It never comes back with another
            content, so it tells whether something was changed.
        position: order in which items were made.
        body: the fields.
        made_at, changed_at: UTC, ISO 8601.
        made_by, changed_by: who.
    """

    __tablename__ = "item"
    __table_args__ = (
        UniqueConstraint("parent", "kind", "key", name="item_key"),
        Index("item_parent_kind", "parent", "kind"),
    )

    id: str = Field(primary_key=True)
    parent: str = Field(
        sa_column=Column(
            ForeignKey("item.id", deferrable=True, initially="DEFERRED"), nullable=False
        )
    )
    kind: str
    key: str | None = None
    version: int
    position: int = Field(sa_type=BigInteger)
    body: dict[str, Any] = Field(sa_type=JSON)
    made_at: str
    made_by: str
    changed_at: str
    changed_by: str


class OperationRow(SQLModel, table=True):
    """One entry of the journal: everything that one command changed.

    Attributes:
        seq: 1, 2, 3, ... without gaps.
        at: UTC, ISO 8601.
        actor: who.
        command: what was run, such as `action add`.
        project: the project concerned, or None.
        undoes: entry that this one takes back, or None.
        redoes: entry that this one brings back, or None.
        note: reason given, or empty.
        changes: each changed item: id, row before (or None) and row after (or None).
        previous: hash of the entry before; 64 zeros for the first.
        hash: SHA-256 of all of the above.
    """

    __tablename__ = "operation"

    seq: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    at: str
    actor: str
    command: str
    project: str | None = None
    undoes: int | None = None
    redoes: int | None = None
    note: str = ""
    changes: list[dict[str, Any]] = Field(sa_type=JSON)
    previous: str
    hash: str


def readable(entry: OperationRow) -> OperationRow:
    """An entry whose parts are what `OperationRow` says they are.

    Args:
        entry: as it was read.

    Raises:
        StoreError: `store.entry`, it was changed by hand and makes no sense.
    """
    if not (_is_moment(entry.at) and _are_changes(entry.changes)):
        raise StoreError(
            f"Entry {entry.seq} of the journal cannot be read: it was changed by hand.",
            "store.entry",
            "`dmaic log verify` names every entry that was; `dmaic restore FILE` brings a backup "
            "back.",
        )
    return entry


def _is_moment(at: object) -> bool:
    try:
        return datetime.fromisoformat(str(at)).tzinfo is not None
    except ValueError:
        return False


def _are_changes(changes: object) -> bool:
    return isinstance(changes, list) and all(
        isinstance(each, dict)
        and isinstance(each.get("id"), str)
        and all(_is_item(each.get(side, "")) for side in ("before", "after"))
        and (each["before"] or each["after"])
        for each in changes
    )


def _is_item(row: object) -> bool:
    if not isinstance(row, dict):
        return row is None
    return isinstance(row.get("body"), dict) and row.keys() == ItemRow.model_fields.keys()
