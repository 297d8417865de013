"""Files are written whole or not at all."""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from dmaic.errors import OutputError


@contextlib.contextmanager
def whole_file(path: str | Path) -> Iterator[Path]:
    """A private file beside the target that takes the target's place once it is complete.

    Whatever ends the block early, Ctrl-C among it, leaves the target as it was and no file behind.
    A link is followed; a device or a pipe gets the finished bytes.

    Args:
        path: where the file shall be.

    Yields:
        The file to write; it exists and is empty.

    Raises:
        OutputError: `write.directory`, `write.no-folder`, `write.not-allowed` or `write.failed`.
    """
    shown = Path(path)
    with _told(shown):
        target = _target(shown)
        draft = _draft(target)
    try:
        # Only dmaic's own failures to write are told; an error of the caller's passes as it is.
        try:
            yield draft
        except OSError as error:
            raise _failed(shown, error) from error
        with _told(shown):
            _settle(draft, target)
    finally:
        draft.unlink(missing_ok=True)


def write_bytes(path: str | Path, data: bytes) -> None:
    """Write a whole file.

    Args:
        path: where the file shall be.
        data: all of it.

    Raises:
        OutputError: as for `whole_file`.
    """
    with whole_file(path) as draft:
        draft.write_bytes(data)


def write_text(path: str | Path, text: str) -> None:
    """Write a whole UTF-8 file; line ends stay as they are.

    Args:
        path: where the file shall be.
        text: all of it.

    Raises:
        OutputError: as for `whole_file`.
    """
    write_bytes(path, text.encode("utf-8", "backslashreplace"))


def draft_beside(path: Path) -> Path:
    """A name in the same folder that is nobody else's.

    Args:
        path: of the file that is to be.
    """
    return path.with_name(f".dmaic-{secrets.token_hex(8)}.tmp")


def _target(path: Path) -> Path:
    target = Path(os.path.realpath(path))
    if target.is_dir():
        raise OutputError(
            "The output is a folder, not a file.",
            "write.directory",
            f"Name a file in it, such as {path / 'pareto.csv'}.",
            str(path),
        )
    if not target.parent.is_dir():
        raise OutputError(
            f"There is no folder {path.parent}.",
            "write.no-folder",
            "Make the folder first, or choose another place.",
            str(path),
        )
    # Replacing needs leave for the folder only; a write-protected file was protected on purpose.
    if target.exists() and not os.access(target, os.W_OK):
        raise PermissionError(13, "write-protected")
    return target


def _draft(target: Path) -> Path:
    regular = target.is_file() or not target.exists()
    folder = target.parent if regular else Path(tempfile.gettempdir())
    # Not the target's name: with it the draft's could be too long.
    draft = draft_beside(folder / target.name)
    os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    return draft


def _settle(draft: Path, target: Path) -> None:
    with draft.open("rb+") as file:
        os.fsync(file.fileno())
    if target.exists() and not target.is_file():
        with draft.open("rb") as source, target.open("wb") as sink:
            shutil.copyfileobj(source, sink)
        return
    draft.chmod(target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask())
    draft.replace(target)


def _umask() -> int:
    # The system tells the mask only by setting it.
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


@contextlib.contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise _failed(path, error) from error


def _failed(path: Path, error: OSError) -> OutputError:
    if isinstance(error, PermissionError):
        return OutputError(
            "The file cannot be written: permission denied.",
            "write.not-allowed",
            "Choose another place, or close the program that holds the file.",
            str(path),
        )
    reason = (error.strerror or str(error)).lower()
    return OutputError(
        f"The file cannot be written: {reason}.",
        "write.failed",
        "Choose another place, or make room there.",
        str(path),
    )
