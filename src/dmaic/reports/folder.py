"""The folder that reports are written to: reports are made anew, everything else is left alone."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path, PurePosixPath

from dmaic.errors import ConflictError, OutputError
from dmaic.file import file_sha256, read_small
from dmaic.output import write_bytes, write_text
from dmaic.text import printable, some

LIST = ".reports.sha256"
"""What was written last, as `sha256sum -c` reads it."""

_LARGEST = 10_000_000
"""Bytes of such a list."""

_LINE = re.compile(r"^([0-9a-f]{64}) [ *](.+)$")


def write_files(
    folder: Path,
    files: Mapping[str, bytes],
    *,
    replace: bool = False,
    owned: Callable[[str], bool] | None = None,
) -> None:
    """Write the files of a report, all of them or, where one is somebody's own, none.

    A file that was changed since it was written, or was never written by this, is kept.

    Args:
        folder: is made where it is missing.
        files: path within it -> content.
        replace: also write over what was changed.
        owned: tells by its path whether a file of an earlier run is removed where this run does
            not make it; None: it lies in a folder within this one that is written now.

    Raises:
        ConflictError: `report.changed`.
        OutputError: as for `write_bytes`.
    """
    written = _written(folder)
    now = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    stand = {name: _hash(folder / name) for name in (*written, *files)}
    theirs = [
        name for name in files if stand[name] not in (None, now[name], *written.get(name, ()))
    ]
    if theirs and not replace:
        raise ConflictError(
            f"Changed since they were written, or not written by dmaic: "
            f"{some([printable(name, 80) for name in theirs], 5)}.",
            "report.changed",
            "Move them away, choose another folder with --to, or add --replace.",
            printable(str(folder)),
        )
    parts = {PurePosixPath(name).parent for name in files} - {PurePosixPath()}
    owned = owned or (lambda name: PurePosixPath(name).parent in parts)
    left = [
        name
        for name, was in written.items()
        if name not in files and stand[name] in was and owned(name)
    ]
    make_folder(folder)
    if any(stand[name] != now[name] for name in files):
        # Ended half-way, what was written by then is still known as dmaic's.
        _list(folder, {**written, **{name: {*written.get(name, ()), now[name]} for name in files}})
    for name, content in files.items():
        make_folder((folder / name).parent)
        if stand[name] != now[name]:
            write_bytes(folder / name, content)
    for name in left:
        (folder / name).unlink(missing_ok=True)
        with contextlib.suppress(OSError):
            # Only an empty folder can be removed.
            (folder / name).parent.rmdir()
    kept = {name: was for name, was in written.items() if name not in left and stand[name]}
    _list(folder, kept | {name: {hash} for name, hash in now.items()})


def _list(folder: Path, written: Mapping[str, Iterable[str]]) -> None:
    lines = (f"{hash}  {name}\n" for name, many in sorted(written.items()) for hash in sorted(many))
    write_text(folder / LIST, "".join(lines))


def make_folder(folder: Path) -> None:
    """Make a folder and those above it, where they are missing.

    Args:
        folder: may be there.

    Raises:
        OutputError: `write.no-folder`.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(
            f"The folder cannot be made: {(error.strerror or str(error)).lower()}.",
            "write.no-folder",
            "Choose another place with --to.",
            printable(str(folder)),
        ) from error


def _written(folder: Path) -> dict[str, set[str]]:
    """File -> its fingerprint; where a run ended half-way also that of what it would have been."""
    try:
        text = read_small(folder / LIST, _LARGEST).decode("utf-8")
    except (OSError, UnicodeDecodeError):
        return {}
    found = (_LINE.match(line) for line in text.splitlines())
    said: dict[str, set[str]] = {}
    for each in found:
        # The list is a file that anybody can write: it names nothing outside the folder.
        if each and _within(each[2]):
            said.setdefault(each[2], set()).add(each[1])
    return said


def _within(name: str) -> bool:
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts and "\\" not in name


def _hash(path: Path) -> str | None:
    """Fingerprint of a file; None where there is none, empty where it cannot be read."""
    try:
        if path.exists() and not path.is_file():
            # A pipe or a device may have no end.
            return ""
        return file_sha256(path)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError:
        # A name that no file can have is told when it is written.
        return "" if os.path.lexists(path) else None
