"""Files that people name: a path as it is typed, and a small file as bytes or as TOML."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from pathlib import Path
from typing import Any

STDOUT = Path("-")
"""The file that is no file: what is written there goes to standard output."""

LARGEST_TOML = 64_000
"""Bytes of a small file of TOML; a style has a few hundred."""

_DOTS = 200
"""Dots on one line of TOML: its reader's memory grows with the square of a dotted name's parts."""


def expanded(path: str | Path) -> Path:
    """The path with a leading `~` written out; as it is where nobody is called so.

    Args:
        path: as it was typed.
    """
    # Path.expanduser raises where there is no such person, or no home folder.
    return Path(os.path.expanduser(path))  # noqa: PTH111


def file_sha256(path: Path) -> str:
    """Fingerprint of a file's bytes.

    Args:
        path: of the file.

    Raises:
        OSError: it cannot be read.
    """
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def is_removed(path: Path) -> bool:
    """Remove a file; whether it is gone.

    Args:
        path: of the file.
    """
    try:
        path.unlink(missing_ok=True)
    except OSError:
        return False
    return True


def read_small(path: Path, most: int) -> bytes:
    """All bytes of a regular file; a pipe or a device, which may have no end, is none.

    Args:
        path: of the file.
        most: bytes it may have.

    Raises:
        OSError: it cannot be read, is no file, or has more bytes.
    """
    raw = read_head(path, most + 1)
    if len(raw) > most:
        raise OSError(errno.EFBIG, f"it is larger than {most // 1000} kB")
    return raw


def read_head(path: Path, most: int) -> bytes:
    """The first bytes of a regular file.

    Args:
        path: of the file.
        most: how many bytes at most.

    Raises:
        OSError: it cannot be read, or is no file.
    """
    try:
        # Without the flag, a pipe to which nobody writes would be waited for.
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    except ValueError as error:
        raise OSError(errno.EINVAL, "its name holds a NUL character") from error
    try:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise OSError(errno.EINVAL, "it is a folder, a pipe or a device")
        with os.fdopen(handle, "rb", closefd=False) as file:
            return file.read(most)
    finally:
        os.close(handle)


def read_toml(raw: bytes) -> dict[str, Any]:
    """What a TOML file says.

    Args:
        raw: its bytes, UTF-8.

    Raises:
        ValueError: it is no TOML, or is past the limits, in words.
    """
    if len(raw) > LARGEST_TOML:
        raise ValueError(f"it is larger than {LARGEST_TOML // 1000} kB")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ValueError("it is no UTF-8 text") from None
    for number, line in enumerate(text.splitlines(), 1):
        if line.count(".") > _DOTS:
            raise ValueError(f"it is nested too deeply (at line {number})")
    import tomllib

    try:
        return tomllib.loads(text)
    except RecursionError:
        raise ValueError("it is nested too deeply") from None
