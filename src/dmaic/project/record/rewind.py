"""The record as it was at the end of a day: every later entry of the journal taken back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from dmaic.project.engagement.project import Project
from dmaic.project.entity import Stored
from dmaic.project.store.journal import as_dict
from dmaic.project.store.row import ItemRow, OperationRow
from dmaic.project.store.view import View, stored

if TYPE_CHECKING:
    from sqlmodel import Session


@dataclass(frozen=True, slots=True)
class Then:
    """A record as of a day.

    Attributes:
        view: of it; it lives as long as the reading.
        project: as it was.
        note: a sentence on which record it is; empty where it is that of today.
    """

    view: View
    project: Stored[Project]
    note: str = ""


@contextmanager
def rewound(view: View, project: Stored[Project], day: date, today: date) -> Iterator[Then]:
    """The record as it was at the end of a day, in a database of its own in memory.

    Where the record of the project begins later, it is the record of today, and `note` says so.

    Args:
        view: of the record.
        project: which.
        day: at whose end, in local time.
        today: the day on which it is read.

    Raises:
        StoreError: `store.entry`, the journal was changed by hand.
    """
    entries = view.operations() if day < today else []
    later = [each for each in entries if _day(each) > day]
    if not later:
        yield Then(view, project)
        return
    rows = _before(view, later)
    if project.id not in rows:
        first = next(_day(each) for each in entries if _touches(each, project.id))
        note = (
            f"The record of this project begins on {first}. It is shown as it is on {today}, and "
            f"judged as of {day}."
        )
        yield Then(view, project, note)
        return
    kept = [each for each in entries if _day(each) <= day]
    with _memory([*rows.values()], kept) as session:
        then = View(session)
        was = stored(ItemRow(**rows[project.id]), Project)
        yield Then(then, was, f"The record is shown as it was at the end of {day}.")


@contextmanager
def rewound_whole(view: View, day: date, today: date) -> Iterator[tuple[View, str]]:
    """The record of all projects as it was at the end of a day, and a sentence that says so.

    Where no project had begun, it is the record of today, and the sentence says that.

    Args:
        view: of the record.
        day: at whose end, in local time.
        today: the day on which it is read; then the sentence is empty.

    Raises:
        StoreError: `store.entry`, the journal was changed by hand.
    """
    entries = view.operations() if day < today else []
    later = [each for each in entries if _day(each) > day]
    if not later:
        yield view, ""
        return
    rows = _before(view, later)
    if not any(each["kind"] == Project.kind for each in rows.values()):
        first = _day(entries[0])
        shown = f"It is shown as it is on {today}, and judged as of {day}."
        yield view, f"The record begins on {first}. {shown}"
        return
    kept = [each for each in entries if _day(each) <= day]
    with _memory([*rows.values()], kept) as session:
        yield View(session), f"The record is shown as it was at the end of {day}."


def _day(entry: OperationRow) -> date:
    return datetime.fromisoformat(entry.at).astimezone().date()


def _touches(entry: OperationRow, id: str) -> bool:
    return any(each["id"] == id for each in entry.changes)


def _before(view: View, later: Sequence[OperationRow]) -> dict[str, dict[str, Any]]:
    """The items without what the later entries changed: id -> row."""
    rows = {row.id: as_dict(row) for row in view.rows()}
    for entry in reversed(later):
        for change in reversed(entry.changes):
            if change["before"] is None:
                rows.pop(change["id"], None)
            else:
                rows[change["id"]] = dict(change["before"])
    return rows


@contextmanager
def _memory(rows: Sequence[dict[str, Any]], entries: Sequence[OperationRow]) -> Iterator[Session]:
    from sqlalchemy.pool import StaticPool
    from sqlmodel import Session, SQLModel, create_engine, insert

    engine = create_engine("sqlite://", poolclass=StaticPool)
    tables = [SQLModel.metadata.tables[name] for name in ("item", "operation")]
    SQLModel.metadata.create_all(engine, tables=tables)
    try:
        with Session(engine) as session:
            if rows:
                session.execute(insert(ItemRow), [*rows])
            if entries:
                fields = OperationRow.model_fields
                plain = [{name: getattr(each, name) for name in fields} for each in entries]
                session.execute(insert(OperationRow), plain)
            session.flush()
            yield session
    finally:
        engine.dispose()
