"""What the doctor looks at in the record: the database, the journal, snapshots, analyses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from dmaic.errors import DmaicError, StoreError
from dmaic.file import file_sha256, is_removed
from dmaic.project.record.doctor import Examined, failed
from dmaic.text import plural, printable

if TYPE_CHECKING:
    from pathlib import Path

    from dmaic.project.engagement.home import Home
    from dmaic.project.store.view import View

_SNAPSHOT = re.compile(r".+-([0-9a-f]{8}|[0-9a-f]{64})\.parquet")
"""Names that dmaic gives to snapshots; the figures are the beginning of their fingerprint."""


def record_checks(home: Home, *, fix: bool) -> Iterator[Examined]:
    """Look at the database and what it says.

    Args:
        home: the engagement.
        fix: mend what can be mended safely.
    """
    path = home.store.path
    if path is not None:
        if not path.is_file():
            yield Examined(name="database", sign="bad", text="There is no database.",
                           detail=str(path), command="dmaic restore FILE")  # fmt: skip
            return
        found = list(_integrity(home))
        yield from found
        if any(each.name == "database" for each in found):
            return
    elif fix:
        _migrate(home)
    try:
        with home.store.reading() as view:
            yield from _journal(view)
            yield from _project(home, view)
            if home.folder is not None:
                yield from _snapshots(home.folder, view, fix=fix)
            yield from _analyses(view)
    except DmaicError as error:
        yield failed("record", error, "The record cannot be read.")


def _integrity(home: Home) -> Iterator[Examined]:
    from pathlib import Path

    from dmaic.project.store.connection import sqlite_connection
    from dmaic.project.store.trouble import told

    try:
        # Takes back what a stopped writer left, and migrates what is older, as every reader does.
        try:
            with home.store.reading():
                pass
        except StoreError as error:
            if error.code == "store.foreign":
                raise
        with told(home.store.place):
            connection = sqlite_connection(Path(home.store.place))
            try:
                found = [row[0] for row in connection.execute("PRAGMA integrity_check(20)")]
                loose = connection.execute("PRAGMA foreign_key_check").fetchall()
            finally:
                connection.close()
    except DmaicError as error:
        lost = error.code in {"store.damaged", "store.foreign"}
        yield Examined(
            name="database",
            sign="bad",
            text=error.message,
            detail=error.where if lost else error.hint,
            command="dmaic restore FILE" if lost else "",
        )
        return
    if found != ["ok"]:
        yield Examined(
            name="integrity",
            sign="bad",
            text="SQLite finds the file damaged.",
            detail="; ".join(printable(str(each), 200) for each in found[:5]),
            command="dmaic restore FILE",
        )
    else:
        yield Examined(name="integrity", sign="good", text="SQLite finds the file whole.")
    if loose:
        yield Examined(
            name="foreign-keys",
            sign="bad",
            text=f"{plural(len(loose), 'item belongs', 'items belong')} to one that is not there.",
            command="dmaic log verify",
        )


def _migrate(home: Home) -> None:
    """A server's database is migrated only when somebody says so."""
    from dmaic.project.store.migration import migrate

    # What went wrong shows when it is read.
    with suppress(DmaicError):
        migrate(home.store, consent=True)


def _journal(view: View) -> Iterator[Examined]:
    from dmaic.project.record.verify import verify
    from dmaic.project.store.store import SCHEMA

    yield Examined(name="schema", sign="good", text=f"The schema is of this dmaic ({SCHEMA}).")
    found = verify(view)
    if found.ok:
        yield Examined(
            name="journal",
            sign="good",
            text=f"The journal is whole: {plural(found.entries, 'entry', 'entries')}.",
        )
    else:
        yield Examined(
            name="journal",
            sign="bad",
            text="The record was changed outside of dmaic.",
            detail=found.breaks[0].message,
            command="dmaic log verify",
        )


def _project(home: Home, view: View) -> Iterator[Examined]:
    from dmaic.project.engagement.project import Project

    if not home.settings.project:
        return
    try:
        view.find(Project, home.settings.project)
    except DmaicError as error:
        yield Examined(
            name="project",
            sign="warn",
            text="The settings name a project in use that is not there.",
            detail=error.message,
            command="dmaic project use NAME",
        )


def _snapshots(folder: Path, view: View, *, fix: bool) -> Iterator[Examined]:
    """Missing, changed and orphaned snapshots."""
    wanted: dict[str, dict[str, Any]] = {}
    for row in view.rows(kinds=["dataset"]):
        if row.body.get("snapshot"):
            wanted[str(row.body["snapshot"])] = row.body
    wrong = False
    for name, body in wanted.items():
        path = folder / name
        label = printable(str(body.get("name", "")), 60)
        if not path.is_file():
            text = f'The snapshot of "{label}" is gone.'
        elif _sha256(path) != body.get("snapshot_sha256"):
            text = f'The snapshot of "{label}" is not the one that was written.'
        else:
            continue
        wrong = True
        yield Examined(name="snapshot", sign="bad", text=text, detail=str(path),
                       command=f"dmaic data refresh {label}")  # fmt: skip
    if wanted and not wrong:
        yield Examined(
            name="snapshot",
            sign="good",
            text=f"{plural(len(wanted), 'snapshot is', 'snapshots are')} as written.",
        )
    if any(body.get("hashed") for body in wanted.values()) and not (folder / ".dmaic-key").exists():
        yield Examined(
            name="key",
            sign="bad",
            text="The key of the hashed ids is gone: new data cannot be joined with the old.",
            detail=f"Bring {folder / '.dmaic-key'} back from a copy of the folder.",
        )
    orphans = [path for path in sorted(folder.glob("data/*.parquet"))
               if f"data/{path.name}" not in wanted and _is_ours(path)]  # fmt: skip
    known = _named_ever(view) if orphans else set()
    kept = [path for path in orphans if f"data/{path.name}" in known]
    lost = [path for path in orphans if path not in kept]
    if kept:
        yield Examined(
            name="kept-snapshots",
            sign="plain",
            text=f"{plural(len(kept), 'snapshot')} of former datasets, kept for undo.",
            detail=_names(kept) + ": delete what no undo shall bring back.",
        )
    if lost:
        mended = fix and all(is_removed(path) for path in lost)
        yield Examined(
            name="orphans",
            sign="good" if mended else "warn",
            text=f"{plural(len(lost), 'snapshot')} that no entry of the journal names.",
            detail=_names(lost),
            command="" if mended else "dmaic doctor --fix",
            mended=mended,
        )


def _named_ever(view: View) -> set[str]:
    """Snapshots that the journal names: undo and redo may bring them back."""
    return {
        str(row["body"].get("snapshot"))
        for entry in view.operations()
        for change in entry.changes
        for row in (change["before"], change["after"])
        if row is not None and row["kind"] == "dataset"
    }


def _is_ours(path: Path) -> bool:
    """A snapshot's name holds the beginning of its own fingerprint; a person's file does not."""
    named = _SNAPSHOT.fullmatch(path.name)
    return named is not None and _sha256(path).startswith(named[1])


def _sha256(path: Path) -> str:
    try:
        return file_sha256(path)
    except OSError:
        return ""


def _names(paths: list[Path]) -> str:
    shown = ", ".join(printable(path.name, 80) for path in paths[:3])
    return shown + (f" and {len(paths) - 3} more" if len(paths) > 3 else "")


def _analyses(view: View) -> Iterator[Examined]:
    from dmaic.project.data.analysis import SavedAnalysis, is_stale
    from dmaic.project.data.dataset import Dataset
    from dmaic.project.engagement.project import Project

    stale, count = 0, 0
    for project in view.all(Project):
        datasets = view.all(Dataset, project.id)
        found = view.all(SavedAnalysis, project.id)
        replaced = {each.body.replaces for each in found}
        current = [each for each in found if each.id not in replaced]
        count += len(current)
        stale += sum(is_stale(each.body, datasets) for each in current)
    if stale:
        yield Examined(
            name="stale",
            sign="warn",
            text=f"{plural(stale, 'analysis is', 'analyses are')} older than the data.",
            command="dmaic analysis rerun",
        )
    elif count:
        yield Examined(name="stale", sign="good", text="The analyses are of the current data.")
