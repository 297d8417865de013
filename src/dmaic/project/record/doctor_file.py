"""What the doctor looks at in the engagement's folder: files, permissions, the kind of disk."""

from __future__ import annotations

import os
import re
import stat
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from dmaic.file import is_removed, read_head
from dmaic.project.engagement.home import SETTINGS
from dmaic.project.record.doctor import Examined
from dmaic.project.store.connection import APPLICATION_ID
from dmaic.text import plural, printable

if TYPE_CHECKING:
    from dmaic.project.engagement.home import Home

NETWORK = {"nfs", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "ncpfs", "afs", "9p", "ceph",
           "glusterfs", "davfs", "fuse.sshfs", "fuse.glusterfs", "fuse.rclone", "fuse.davfs2",
           "fuse.s3fs", "fuse.gvfsd-fuse"}  # fmt: skip
"""Kinds of file system whose locks cannot be relied on."""

SYNCED = re.compile(r"dropbox|onedrive|google ?drive|icloud|nextcloud|owncloud", re.IGNORECASE)
"""Folders that a service copies while they are written."""

FOLDERS = ("data", "reports", "backups")

_OLD = 3600.0
"""Seconds after which a draft is nobody's any more."""

_OTHERS = stat.S_IRWXO


def file_checks(home: Home, *, fix: bool) -> Iterator[Examined]:
    """Look at the folder and the files in it.

    Args:
        home: the engagement.
        fix: mend what can be mended safely.
    """
    path, folder = home.store.path, home.folder
    if path is not None:
        yield from _disk(path)
    yield from _permissions(path, folder, fix=fix)
    if path is not None:
        yield from _sides(path, fix=fix)
    yield from _drafts([each for each in (folder, path and path.parent) if each], fix=fix)
    if "://" in home.settings.database and re.search(r"://[^/@]*:[^/]*@", home.settings.database):
        yield Examined(
            name="password",
            sign="warn",
            text="The settings hold the password of the database.",
            detail="Whoever can read the file, or a copy of it, can write to the record. Set "
            "DMAIC_DB to the whole URL instead.",
        )


def mount_type(path: Path, mounts: str) -> str:
    """Kind of the file system that a path is on, or an empty string.

    Args:
        path: an absolute path.
        mounts: as Linux tells them in `/proc/mounts`.
    """
    best, kind = "", ""
    for line in mounts.splitlines():
        parts = line.split(" ")
        if len(parts) < 3:
            continue
        # Blanks in a name are written as \040.
        point = re.sub(r"\\([0-7]{3})", lambda found: chr(int(found[1], 8)), parts[1])
        inside = str(path) == point or str(path).startswith(point.rstrip("/") + "/")
        if inside and len(point) >= len(best):
            best, kind = point, parts[2]
    return kind


def _disk(path: Path) -> Iterator[Examined]:
    real = Path(os.path.realpath(path))
    try:
        kind = mount_type(real, Path("/proc/mounts").read_text("utf-8", "replace"))
    except OSError:
        kind = ""
    if kind in NETWORK:
        yield Examined(
            name="disk",
            sign="warn",
            text=f"The database lies on a network folder ({kind}).",
            detail="Locks cannot be relied on there: two people who write at once may damage it. "
            "Keep it on a local disk, or share a PostgreSQL database.",
        )
    elif found := SYNCED.search(str(real.parent)):
        yield Examined(
            name="disk",
            sign="warn",
            text=f"The database lies in a folder that is synchronised ({found[0]}).",
            detail="The service may copy it half written, or make two of it. Keep it elsewhere and "
            "put backups there: dmaic backup PATH.",
        )
    else:
        yield Examined(name="disk", sign="good", text="The database lies on a local disk.")


def _permissions(path: Path | None, folder: Path | None, *, fix: bool) -> Iterator[Examined]:
    if path is not None and path.exists():
        able = (
            os.access(path, os.R_OK),
            os.access(path, os.W_OK) and os.access(path.parent, os.W_OK),
        )
        if not all(able):
            yield Examined(
                name="permission",
                sign="warn" if able[0] else "bad",
                text=f"You may not {'write to' if able[0] else 'read'} the database.",
                detail=f"{path}, or its folder.",
            )
    if os.name != "posix":
        return
    # Settings can name any file: what is no engagement is none of the doctor's business.
    private = [path] if path is not None and _is_engagement(path) else []
    if folder is not None:
        private += [folder / SETTINGS, folder / ".dmaic-key", *(folder / each for each in FOLDERS)]
        private += [*folder.glob("*.bak"), *(folder / "data").glob("*.parquet")]
    wrong = []
    for each in private:
        try:
            mode = stat.S_IMODE(each.stat().st_mode)
        except OSError:
            continue
        if mode & _OTHERS:
            wrong.append((each, mode))
    if not wrong:
        yield Examined(name="private", sign="good", text="The files are private.")
        return
    for each, mode in wrong:
        # What a link of the folder leads to may belong to others.
        own = each == path or not each.is_symlink()
        mended = fix and own and _chmod(each, mode & ~_OTHERS)
        yield Examined(
            name="private",
            sign="good" if mended else "bad",
            text=f"Everybody on this machine may get at {printable(each.name, 60)}.",
            detail=f"{each}: {stat.filemode(each.stat().st_mode)}",
            command="dmaic doctor --fix" if own and not mended else "",
            mended=mended,
        )


def _is_engagement(path: Path) -> bool:
    """Whether an SQLite file says in its header that it is dmaic's."""
    try:
        head = read_head(path, 72)
    except OSError:
        return False
    return head[:16] == b"SQLite format 3\0" and head[68:] == APPLICATION_ID.to_bytes(4, "big")


def _chmod(path: Path, mode: int) -> bool:
    try:
        path.chmod(mode)
    except OSError:
        return False
    return True


def _sides(path: Path, *, fix: bool) -> Iterator[Examined]:
    """What stands beside the database and should not."""
    journal = Path(f"{path}-journal")
    if journal.exists():
        yield Examined(
            name="journal-file",
            sign="plain",
            text="A process is writing, or stopped in the middle of it.",
            detail="In the second case the next command takes back what it left half done.",
        )
    if any(Path(f"{path}{end}").exists() for end in ("-wal", "-shm")):
        mended = fix and _without_wal(path)
        yield Examined(
            name="side-files",
            sign="good" if mended else "warn",
            text="Another program switched the database to a write-ahead log.",
            detail="Two more files belong to it then, and it cannot be read in a read-only folder.",
            command="" if mended else "dmaic doctor --fix",
            mended=mended,
        )


def _without_wal(path: Path) -> bool:
    import sqlite3

    from dmaic.project.store.connection import sqlite_connection

    try:
        connection = sqlite_connection(path, write=True)
        try:
            mode = connection.execute("PRAGMA journal_mode = DELETE").fetchone()
        finally:
            connection.close()
    except sqlite3.Error:
        return False
    return bool(mode == ("delete",))


def _drafts(folders: Iterable[Path], *, fix: bool) -> Iterator[Examined]:
    """Files of commands that were stopped."""
    places = {place for folder in folders for place in (folder, *(folder / sub for sub in FOLDERS))}
    found = sorted(
        draft
        for place in places
        for draft in place.glob(".dmaic-*.tmp*")
        if draft.is_file() and time.time() - draft.stat().st_mtime > _OLD
    )
    if not found:
        return
    mended = fix and all(is_removed(each) for each in found)
    yield Examined(
        name="drafts",
        sign="good" if mended else "warn",
        text=f"{plural(len(found), 'file', 'files')} of stopped commands.",
        detail=", ".join(str(each) for each in found[:3]) + (" ..." if len(found) > 3 else ""),
        command="" if mended else "dmaic doctor --fix",
        mended=mended,
    )
