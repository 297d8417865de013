"""Copies of an engagement's database."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from pathlib import Path

from dmaic.block import Block, Fields, Note
from dmaic.errors import StoreError
from dmaic.output import draft_beside
from dmaic.project.record.verify import verify
from dmaic.project.store.copying import copy_file, name_it, written
from dmaic.project.store.store import Store, remove_database
from dmaic.project.store.trouble import told
from dmaic.reply import Page
from dmaic.text import plural

FOLDER = "backups"


class Copied(Page):
    """A backup was written, or put in the place of the database.

    Attributes:
        done: what happened, one sentence.
        path: the file that was written.
        replaced: where the database that was replaced lies now; empty where there was none.
        entries: entries of the journal in it.
        head, head_hash: its last entry.
        whole: its journal is whole.
    """

    kind: str = "backup"
    done: str
    path: str
    replaced: str = ""
    entries: int
    head: int
    head_hash: str
    whole: bool = True

    def blocks(self) -> tuple[Block, ...]:
        """The sentence and what is in the copy."""
        rows = [("Journal", f"{plural(self.entries, 'entry', 'entries')}, "
                            f"{'whole' if self.whole else 'NOT whole: dmaic log verify'}"),
                ("Head", f"{self.head}:{self.head_hash}")]  # fmt: skip
        if self.replaced:
            rows.append(("Replaced", self.replaced))
        told = "Snapshots in data/ and settings are not in a backup of the database."
        return (Note(self.done, strong=True), Fields(tuple(rows)), Note(told))

    def records(self) -> tuple[tuple[str, ...], list[tuple[object, ...]]]:
        """One row."""
        fields = ("path", "replaced", "entries", "head", "head_hash", "whole")
        return fields, [tuple(getattr(self, field) for field in fields)]


def backup(store: Store, target: Path | None, day: date) -> Copied:
    """Write a copy of the database; no file is ever written over.

    Args:
        store: the database.
        target: file or folder; None takes `backups/` beside the database, where the name holds
            the day.
        day: today.

    Raises:
        StoreError: `backup.server`, it is on a server; `backup.exists`, the file is there;
            `backup.failed`; or the database cannot be read.
    """
    path = file_of(store, "Copy it with pg_dump.")
    if target is None:
        folder, named = path.parent / FOLDER, None
    elif target.is_dir():
        folder, named = target, None
    else:
        folder, named = target.parent, target
    with written(named or folder):
        if target is None:
            folder.mkdir(mode=0o700, exist_ok=True)
        draft = draft_beside(folder / path.name)
        try:
            with store.reading(), told(store.place):
                copy_file(path, draft)
            with Store(draft, store.actor).reading() as view:
                found = verify(view)
            made = name_it(
                draft,
                named or folder / f"{path.stem}-{day}{path.suffix}",
                numbered=named is None,
            )
        finally:
            remove_database(draft)
    return Copied(
        done=f"Wrote a backup: {short_path(made)}.",
        path=str(made),
        entries=found.entries,
        head=found.head,
        head_hash=found.head_hash,
        whole=found.ok,
    )


def file_of(store: Store, advice: str) -> Path:
    """The file of a database.

    Args:
        store: the database.
        advice: what to do where it is on a server.

    Raises:
        StoreError: `backup.server`.
    """
    if store.path is None:
        raise StoreError(
            "The database is on a PostgreSQL server, whose own tools copy it.",
            "backup.server",
            advice,
            store.shown,
        )
    return store.path


def short_path(path: Path) -> str:
    """The path as it is typed here."""
    with suppress(ValueError):
        return str(path.absolute().relative_to(Path.cwd()))
    return str(path)
