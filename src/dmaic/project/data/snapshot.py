"""Where snapshots lie: the folder `data/` of an engagement, and the key of its hashes."""

from __future__ import annotations

import os
import re
import secrets
import shutil
from contextlib import suppress
from pathlib import Path

from dmaic.churn.personal import KEY_BYTES
from dmaic.churn.snapshot import Snapshot
from dmaic.errors import StoreError
from dmaic.file import file_sha256
from dmaic.output import draft_beside
from dmaic.project.data.dataset import Dataset
from dmaic.project.engagement.home import Home

FOLDER = "data"
KEY = ".dmaic-key"

_CHUNK = 1 << 20


def folder_of(home: Home) -> Path:
    """The engagement's folder.

    Raises:
        StoreError: `dataset.no-folder`, only a database on a server was named.
    """
    if home.folder is None:
        raise StoreError(
            "Snapshots lie in the engagement's folder, and only a database was named.",
            "dataset.no-folder",
            "Work in the folder that `dmaic init` made, with the database's URL in its dmaic.toml.",
        )
    return home.folder


def open_snapshot(home: Home, dataset: Dataset) -> Snapshot:
    """The snapshot of a dataset, for an analysis to read.

    Raises:
        StoreError: `dataset.no-snapshot`, there never was one here, as in an imported project;
            `dataset.snapshot-missing`, the file is gone; `dataset.snapshot-changed`, it is not the
            one that was written.
    """
    again = f"dmaic data refresh {_word(dataset.name)}"
    if dataset.snapshot is None or dataset.understood is None:
        raise StoreError(
            f'"{dataset.name}" came without its data.',
            "dataset.no-snapshot",
            f"Read the export again: {again} FILE.",
        )
    path = folder_of(home) / dataset.snapshot
    if not path.is_file():
        raise StoreError(
            f'The snapshot of "{dataset.name}" is gone.',
            "dataset.snapshot-missing",
            f"Bring the file back, or read the export again: {again}.",
            str(path),
        )
    if file_sha256(path) != dataset.snapshot_sha256:
        raise StoreError(
            f'The snapshot of "{dataset.name}" is not the one that was written.',
            "dataset.snapshot-changed",
            f"Bring the file back from a backup, or read the export again: {again}.",
            str(path),
        )
    return Snapshot(path, dataset.understood)


def keep_snapshot(folder: Path, name: str, draft: Path) -> tuple[str, str, bool]:
    """Put a finished snapshot into `data/`, private, whole or not at all.

    The name holds a part of its fingerprint, so that no snapshot is ever written over another: what
    undo brings back is still there.

    Args:
        folder: of the engagement.
        name: of the dataset.
        draft: the finished file.

    Returns:
        Its path relative to the engagement, its SHA-256, and whether it is a new file.

    Raises:
        StoreError: `dataset.not-written`.
    """
    sha = file_sha256(draft)
    stem = re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")[:60] or "dataset"
    try:
        place = folder / FOLDER
        place.mkdir(mode=0o700, exist_ok=True)
        for length in (8, 64):
            target = place / f"{stem}-{sha[:length]}.parquet"
            if not target.exists():
                _copy(draft, target)
                return f"{FOLDER}/{target.name}", sha, True
            if file_sha256(target) == sha:
                return f"{FOLDER}/{target.name}", sha, False
            # Another file of that name, or one that was damaged, is left as it is.
        _copy(draft, target)
    except OSError as error:
        raise StoreError(
            f"The snapshot cannot be written: {(error.strerror or str(error)).lower()}.",
            "dataset.not-written",
            "Make room, or look after the permissions of the folder.",
            str(folder / FOLDER),
        ) from error
    return f"{FOLDER}/{target.name}", sha, True


def _copy(draft: Path, target: Path) -> None:
    private = draft_beside(target)
    try:
        with (
            draft.open("rb") as source,
            os.fdopen(os.open(private, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as sink,
        ):
            shutil.copyfileobj(source, sink, _CHUNK)
            sink.flush()
            os.fsync(sink.fileno())
        private.replace(target)
    finally:
        private.unlink(missing_ok=True)


def purge(home: Home, dataset: Dataset) -> None:
    """Delete the snapshot of a dataset that is no longer in the record.

    Raises:
        StoreError: `dataset.not-deleted`.
    """
    if dataset.snapshot is None:
        return
    path = folder_of(home) / dataset.snapshot
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise StoreError(
            f"The snapshot cannot be deleted: {(error.strerror or str(error)).lower()}.",
            "dataset.not-deleted",
            "Delete the file yourself; the dataset is removed.",
            str(path),
        ) from error


def read_key(folder: Path, *, used: bool, make: bool = True) -> bytes:
    """The key of the engagement's hashes; made where there is none yet.

    Args:
        folder: of the engagement.
        used: there are snapshots whose hashes were made with it.
        make: write a new key to the folder; False takes one for this once.

    Raises:
        StoreError: `dataset.key-missing`, it is gone; `dataset.key`, it cannot be read or is none.
    """
    path = folder / KEY
    try:
        key = path.read_bytes()
    except FileNotFoundError:
        if used:
            raise StoreError(
                "The key of the hashed ids is gone, so new hashes would not fit those of the other "
                "datasets.",
                "dataset.key-missing",
                "Bring the file back from a backup; or remove the datasets (dmaic data rm) and "
                "add them again.",
                str(path),
            ) from None
        if not make:
            return secrets.token_bytes(KEY_BYTES)
        return _make_key(path)
    except OSError as error:
        raise _bad_key(path, (error.strerror or str(error)).lower()) from error
    if len(key) != KEY_BYTES:
        raise _bad_key(path, f"it has {len(key)} bytes instead of {KEY_BYTES}")
    return key


def _make_key(path: Path) -> bytes:
    draft = draft_beside(path)
    try:
        with os.fdopen(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
            file.write(secrets.token_bytes(KEY_BYTES))
            file.flush()
            os.fsync(file.fileno())
        # Whoever comes second takes the key of the first.
        with suppress(FileExistsError):
            path.hardlink_to(draft)
        return path.read_bytes()
    except OSError as error:
        raise _bad_key(path, (error.strerror or str(error)).lower()) from error
    finally:
        draft.unlink(missing_ok=True)


def _bad_key(path: Path, reason: str) -> StoreError:
    return StoreError(
        f"The key of the hashed ids cannot be used: {reason}.",
        "dataset.key",
        "Bring the file back from a backup.",
        str(path),
    )


def _word(name: str) -> str:
    import shlex

    return shlex.quote(name)
