"""DuckDB in memory: the engine that scans exports and answers aggregate SQL."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from tempfile import mkdtemp
from threading import Event, Thread
from types import ModuleType, TracebackType
from typing import TYPE_CHECKING, Any, Self, TypeVar
from weakref import finalize

from dmaic.errors import DmaicError

if TYPE_CHECKING:
    import duckdb
    from duckdb.sqltypes import DuckDBPyType

T = TypeVar("T")

Progress = Callable[[float | None], None]
"""Told the share done, 0 to 1, or None where it is not known."""

_CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "python_enable_replacements": "false",
    "memory_limit": "60%",
}
_PATIENCE = 1.0
_POLL = 0.2


def library() -> ModuleType:
    """DuckDB without its Python layer, which costs as much time to import as the library itself.

    The layer holds the relational and Spark APIs; connections and errors are of the core.
    """
    try:
        return import_module("_duckdb")
    except ImportError:
        return import_module("duckdb")


def _open() -> duckdb.DuckDBPyConnection:
    connection: duckdb.DuckDBPyConnection = library().connect(config=_CONFIG)
    return connection


class _Opening(Thread):
    """Opens a database while its starter does something else."""

    connection: duckdb.DuckDBPyConnection | None = None

    def run(self) -> None:
        with suppress(Exception):  # whoever needs the database opens it again, and is told why
            self.connection = _open()


_openings: list[_Opening] = []


def warm_up() -> None:
    """Begin to open a database; the next `DuckDB` takes it.

    Loading and opening DuckDB takes as long as importing the analyses, and both can go on at once.
    """
    # No daemon: one that is still at it when the interpreter ends takes the process down.
    opening = _Opening()
    _openings.append(opening)
    opening.start()


def _opened() -> duckdb.DuckDBPyConnection | None:
    if not _openings:
        return None
    opening = _openings.pop()
    opening.join()
    return opening.connection


class QueryError(DmaicError):
    """The engine could not answer a query; the message is the engine's own.

    The code is `query.csv` where the text of a file was not as regular as its beginning.
    """


class DuckDB:
    """One private in-memory database.

    Attributes:
        folder: private temporary folder (0700) of this database; what spills and what must be
            copied lies there, and it goes when the database is closed.
    """

    def __init__(self, progress: Progress | None = None) -> None:
        """Open it.

        Args:
            progress: called every now and then once a query has run for a second.
        """
        self._progress = progress
        self.folder = Path(mkdtemp(prefix="dmaic-"))
        self._clean_up = finalize(self, shutil.rmtree, self.folder, ignore_errors=True)
        self._connection: duckdb.DuckDBPyConnection = _opened() or _open()
        self._connection.execute("SET temp_directory = ?", [str(self.folder / "spill")])
        # A list of words as a join would be compared with every cell, and is asked of the few that
        # could not be read: without it a scan of a million rows takes a third of the time.
        self._connection.execute("SET disabled_optimizers = 'in_clause'")
        if progress is not None:
            self._connection.execute("SET enable_progress_bar = true")
            self._connection.execute("SET enable_progress_bar_print = false")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the database and remove its folder."""
        self._connection.close()
        self._clean_up()

    def rows(self, sql: str, parameters: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """All rows of one query.

        Args:
            sql: one statement.
            parameters: values of its `?` marks.

        Raises:
            QueryError: the engine refused it or failed.
            KeyboardInterrupt: the person did not want to wait; the query was stopped.
        """
        return self._wait(lambda: self._connection.execute(sql, parameters or None).fetchall())

    def arrays(self, sql: str) -> dict[str, Any]:
        """The columns of one query as numpy arrays, for figures that are many.

        Args:
            sql: one statement; none of its columns holds NULL.

        Raises:
            QueryError: the engine refused it or failed.
        """
        return self._wait(lambda: self._connection.execute(sql).fetchnumpy())

    def types(self, relation: str) -> list[tuple[str, DuckDBPyType]]:
        """Names and types of the columns of a table expression, as DuckDB's own type objects.

        Raises:
            QueryError: it cannot be read.
        """

        def ask() -> list[tuple[str, DuckDBPyType]]:
            found = self._connection.execute(f"SELECT * FROM {relation} LIMIT 0").description or []
            return [(column[0], column[1]) for column in found]

        return self._wait(ask)

    def register(self, name: str, frame: object) -> None:
        """Make a pandas, Polars or Arrow frame a table of that name.

        Raises:
            QueryError: the engine cannot read it.
        """
        import duckdb  # noqa: F401  the scan of frames asks its Python parts

        self._wait(lambda: self._connection.register(name, frame))

    def close_doors(self, paths: Sequence[Path]) -> None:
        """From now on nothing but these files and the private folder can be reached by SQL.

        No other file, no network, no extension; and no setting can be changed any more.

        Args:
            paths: files that queries still have to read.
        """
        run = self._connection.execute
        run("SET allowed_paths = ?", [[str(path) for path in paths]])
        run("SET allowed_directories = ?", [[str(self.folder)]])
        run("SET enable_external_access = false")
        run("SET lock_configuration = true")

    def _wait(self, ask: Callable[[], T]) -> T:
        """Run it in a thread: only so can a person interrupt DuckDB and hear of its progress."""
        answer: list[T] = []
        trouble: list[BaseException] = []
        done = Event()

        def work() -> None:
            try:
                answer.append(ask())
            except BaseException as error:
                trouble.append(error)
            finally:
                done.set()

        Thread(target=work, daemon=True).start()
        try:
            self._report_until(done)
        except BaseException:
            self._connection.interrupt()
            done.wait(5)
            raise
        if not trouble:
            return answer[0]
        error = trouble[0]
        if isinstance(error, library().Error):
            message = str(error)
            csv = "CSV Error" in message or "CSV Parser" in message or "CSV File" in message
            raise QueryError(message, "query.csv" if csv else "query.failed") from error
        raise error

    def _report_until(self, done: Event) -> None:
        if done.wait(_PATIENCE):
            return
        while not done.wait(_POLL):
            if self._progress is not None:
                share = self._connection.query_progress()
                self._progress(share / 100 if 0 <= share <= 100 else None)
