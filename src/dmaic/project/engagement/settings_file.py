"""`dmaic.toml` as text: written once with comments, later edited by the line."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from dmaic.errors import StoreError
from dmaic.output import write_text
from dmaic.project.engagement.home import (
    SETTINGS,
    SETTINGS_ERRORS,
    Settings,
    reason_of,
    settings_bytes,
)

IGNORED = """\
# The record and the customers' data stay out of version control.
*.db
*.db-wal
*.db-shm
*.db-journal
*.bak
.dmaic-*
.dmaic-key
/data/
/backups/
/drafts/
"""
"""What Git shall leave alone in an engagement."""

_TEXT = """\
# Settings of this engagement. Edit them as you like; dmaic itself only ever changes the line
# that begins with "project".

# What the engagement is called.
name = {name}

# The database: a file in this folder, or an SQLAlchemy URL of a PostgreSQL server.
# A password is better kept out of this file: set DMAIC_DB to the whole URL instead.
database = {database}

# The project that commands work on: an id or a name. Empty: the only open one.
# `dmaic project use NAME` changes it.
project = {project}

# Template and currency of new projects.
template = {template}
currency = {currency}
"""


def settings_text(settings: Settings) -> str:
    """The file for these settings, with a comment on each.

    Args:
        settings: what it shall say.
    """
    return _TEXT.format(**{field: _quoted(value) for field, value in settings.model_dump().items()})


_PROJECT = re.compile(
    r"""^(?P<head>[ \t]*project[ \t]*=[ \t]*)
        (?:"(?:[^"\\\n]|\\.)*"|'[^'\n]*')
        (?P<tail>[ \t]*(?:\#[^\n]*)?)(?=\r?$)""",
    re.MULTILINE | re.VERBOSE,
)


def set_project(folder: Path, word: str) -> None:
    """Change the project in use, and nothing else of the file.

    Args:
        folder: of the engagement.
        word: id or name of the project; empty for none.

    Raises:
        StoreError: `settings.toml`, the file cannot be read, or its line `project` is written in
            a way that is left alone.
    """
    path = folder / SETTINGS
    try:
        text = settings_bytes(path).decode("utf-8")
    except FileNotFoundError:
        text = settings_text(Settings())
    except SETTINGS_ERRORS as error:
        raise _unchanged(path, reason_of(error)) from error
    wanted = _quoted(word)
    edited, count = _PROJECT.subn(lambda found: found["head"] + wanted + found["tail"], text)
    if not count:
        # A key belongs to the whole file only above the first table.
        edited = f"project = {wanted}\n{text}"
    try:
        said = tomllib.loads(edited)
    except SETTINGS_ERRORS as error:
        raise _unchanged(path, reason_of(error)) from error
    if count > 1 or said.get("project") != word:
        raise _unchanged(path, "the line `project` is not where it is expected")
    if edited != text or not path.exists():
        write_text(path, edited)


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(_escaped(letter) for letter in escaped) + '"'


def _escaped(letter: str) -> str:
    return f"\\u{ord(letter):04x}" if ord(letter) < 0x20 or ord(letter) == 0x7F else letter


def _unchanged(path: Path, reason: str) -> StoreError:
    return StoreError(
        f"The settings were not changed: {reason}.", "settings.toml", "Mend the file.", str(path)
    )
