"""What a database's own errors mean to a person, and what to do about them."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from dmaic.errors import ConflictError, Problem, StoreError
from dmaic.project.store.connection import PATIENCE, place_of, secrets_of, shown

if TYPE_CHECKING:
    from dmaic.errors import DmaicError

_LOCKED = Problem(
    "conflict.locked",
    f"Another process has been writing for {PATIENCE:.0f} seconds.",
    "Run it again; if it stays so, look for a dmaic that waits for an answer.",
)
_FULL = Problem(
    "store.full",
    "The disk is full; nothing was written.",
    "Make room, then run it again.",
)
_DISK = Problem(
    "store.disk",
    "The disk does not do what it is asked to: it may be over its quota, or failing.",
    "Make room or look after the disk, then run it again; `dmaic doctor` looks at the file.",
)
_READ_ONLY = Problem(
    "store.read-only",
    "The database cannot be written: it, or its folder, is read-only to you.",
    "Ask for leave to write, or work on a copy of the folder.",
)
_UNFINISHED = Problem(
    "store.unfinished",
    "A process stopped in the middle of writing, and this reader may not tidy up after it.",
    "Run any dmaic command once as somebody who may write to the folder.",
)
CLOSED = Problem(
    "store.closed",
    "The database cannot be opened: permission denied, or its folder is gone.",
    "Look after the permissions; `dmaic doctor` names them.",
)
FOREIGN = Problem(
    "store.foreign",
    "This is not an engagement of dmaic.",
    "Make one with `dmaic init`, name another with --db, or `dmaic restore` a backup.",
)
DAMAGED = Problem(
    "store.damaged",
    "The database is damaged.",
    "`dmaic doctor` says how badly; `dmaic restore FILE` brings a backup back.",
)
_UNREACHABLE = Problem(
    "store.unreachable",
    "The server cannot be reached, or does not let you in",
    "Check host, user and password of the address, and whether the server runs.",
)

_SQLITE = {
    "SQLITE_BUSY": _LOCKED,
    "SQLITE_LOCKED": _LOCKED,
    "SQLITE_FULL": _FULL,
    "SQLITE_IOERR": _DISK,
    "SQLITE_READONLY_ROLLBACK": _UNFINISHED,
    "SQLITE_READONLY": _READ_ONLY,
    "SQLITE_CANTOPEN": CLOSED,
    "SQLITE_PERM": CLOSED,
    "SQLITE_AUTH": CLOSED,
    "SQLITE_NOTADB": FOREIGN,
    "SQLITE_CORRUPT": DAMAGED,
}
"""Beginning of SQLite's name for an error -> what is told."""

_POSTGRESQL = {
    "55P03": _LOCKED,
    "53100": _FULL,
    "25006": _READ_ONLY,
    "42501": _READ_ONLY,
    "42P01": FOREIGN,
    "28": _UNREACHABLE,
    "3D": _UNREACHABLE,
    "08": _UNREACHABLE,
    "57P": _UNREACHABLE,
}
"""Beginning of PostgreSQL's SQLSTATE -> the same."""


@contextmanager
def told(place: str) -> Iterator[None]:
    """Turn the database's errors into dmaic's.

    Args:
        place: path or URL of the database.

    Raises:
        StoreError: what went wrong.
        ConflictError: `conflict.locked`, somebody else has been writing for too long.
    """
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error) as error:
        raise _told(error, place) from error


def refuse(problem: Problem, place: str) -> StoreError:
    """A problem as an error.

    Args:
        problem: what is wrong.
        place: path or URL of the database.
    """
    return StoreError(problem.message, problem.code, problem.hint, shown(place))


def needs_rollback(error: DBAPIError) -> bool:
    """Whether a reader found what a stopped writer left half done."""
    return "READONLY_ROLLBACK" in getattr(error.orig, "sqlite_errorname", "")


def _told(error: Exception, place: str) -> DmaicError:
    origin = error.orig if isinstance(error, DBAPIError) else error
    where = shown(place)
    name = str(getattr(origin, "sqlite_errorname", None) or "")
    table, key = (_SQLITE, name) if name else (_POSTGRESQL, _state(origin))
    for begin, problem in table.items():
        if key.startswith(begin):
            message = problem.message
            if problem is _UNREACHABLE:
                message += f": {_reason(origin, place)}."
            kind = ConflictError if problem is _LOCKED else StoreError
            return kind(message, problem.code, problem.hint, where)
    return StoreError(
        f"The database says: {_reason(origin, place)}.",
        "store.failed",
        "`dmaic doctor` looks into it; `dmaic restore FILE` brings a backup back.",
        where,
    )


def _state(origin: object) -> str:
    state = getattr(origin, "sqlstate", None)
    if state is None and type(origin).__name__ in {"OperationalError", "ConnectionTimeout"}:
        return "08"  # It never came to a session.
    return str(state or "")


def _reason(origin: object, place: str) -> str:
    """The driver's own words, on one line, without passwords."""
    text = re.sub(r"\s+", " ", str(origin)).strip().rstrip(".")
    if "://" in place:
        url = place_of(place)[1]
        for secret in secrets_of(url) if url is not None else ():
            text = text.replace(secret, "***")
    return text[:300]
