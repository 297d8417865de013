"""A text in the person's editor."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import tempfile
from pathlib import Path

from dmaic.errors import OutputError, UsageError
from dmaic.text import printable

_KNOWN = ("sensible-editor", "editor", "nano", "vim", "vi", "notepad.exe")


def editor_named() -> str | None:
    """What `VISUAL` or `EDITOR` says, or None."""
    return os.environ.get("VISUAL", "").strip() or os.environ.get("EDITOR", "").strip() or None


def edit_text(text: str) -> str:
    """A text, changed in the editor; the draft is private, and gone afterwards.

    Args:
        text: as it is.

    Raises:
        UsageError: `usage.editor`, there is none, or it cannot be started.
        OutputError: `write.editor`, it ended with an error.
    """
    with tempfile.TemporaryDirectory(prefix="dmaic-") as folder:
        path = Path(folder) / "answer.txt"
        path.write_text(text, "utf-8")
        open_editor(path)
        return path.read_text("utf-8", "backslashreplace")


def open_editor(path: Path) -> None:
    """Open a file in the editor, and wait until the person is done.

    Args:
        path: of the file.

    Raises:
        UsageError: `usage.editor`, there is none, or it cannot be started.
        OutputError: `write.editor`, it ended with an error.
    """
    command = editor_named() or next((name for name in _KNOWN if shutil.which(name)), None)
    if command is None:
        raise UsageError("No editor is known.", "usage.editor", "Name one: export EDITOR=nano")
    try:
        words = shlex.split(command, posix=os.name == "posix")
        done = subprocess.run([*words, str(path)], check=False)
    except (OSError, ValueError) as error:
        raise UsageError(
            f'The editor "{printable(command, 60)}" cannot be started.',
            "usage.editor",
            "Name another: export EDITOR=nano",
        ) from error
    if done.returncode:
        raise OutputError(
            f"The editor ended with status {done.returncode}; nothing was written.",
            "write.editor",
        )
