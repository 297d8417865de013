"""What the shell offers on Tab: column names of the file on the line, and names of presets.

Nothing heavy is imported, and a file is only peeked into: a person is waiting with a finger on Tab.
"""

from __future__ import annotations

import csv
import os
import re
from collections import Counter
from itertools import islice
from pathlib import Path

import typer

from dmaic.file import expanded

_SPECIAL = re.compile(r"[^\w@%+=:,./-]")

PEEK = 65_536
"""Bytes read of a file for its header."""


def complete_column(context: typer.Context, incomplete: str) -> list[str]:
    """Column names of FILE that begin with what was typed, in any case."""
    begun, size = incomplete.casefold(), len(incomplete)
    # What was typed stays as it is: Typer drops what does not begin with it.
    rests = [name[size:] for name in columns_of(context) if name[:size].casefold() == begun]
    if os.environ.get("_DMAIC_COMPLETE") != "complete_bash":
        return [incomplete + rest for rest in rests]
    # Bash inserts what it is given; a name is data and must not become words or commands.
    if _SPECIAL.search(incomplete):
        return []
    return [incomplete + _SPECIAL.sub(r"\\\g<0>", rest) for rest in rests]


def complete_by(context: typer.Context, incomplete: str) -> list[str]:
    """What `--by` takes: column names, and `lifecycle`."""
    return [
        *complete_column(context, incomplete),
        *(["lifecycle"] if "lifecycle".startswith(incomplete) else []),
    ]


def complete_document(incomplete: str) -> list[str]:
    """Names of the working documents."""
    from dmaic.documents.registry import KINDS

    return [name for name in KINDS if name.startswith(incomplete.casefold())]


def complete_preset(incomplete: str) -> list[str]:
    """Names of the built-in presets."""
    from dmaic.resource import templates_folder

    names = sorted(path.stem for path in (templates_folder() / "presets").glob("*.yaml"))
    return [name for name in names if name.startswith(incomplete)]


def columns_of(context: typer.Context) -> list[str]:
    """Column names of the text file on the command line, or none where they cannot be peeked."""
    file = context.params.get("file") or ()
    # Where the last word is an option without its value, the parser leaves the rest in `args`.
    for word in (*([file] if isinstance(file, str) else file), *context.args):
        try:
            path = expanded(str(word))
            if word and path.is_file():
                return _header(path)
        except (OSError, UnicodeError, ValueError, RuntimeError, csv.Error):
            return []
    return []


def _header(path: Path) -> list[str]:
    with path.open("rb") as file:
        start = file.read(PEEK)
    if start[:4] == b"PK\x03\x04" or start[:2] == b"\x1f\x8b" or start[:4] == b"PAR1":
        return []
    encoding = "utf-16" if start[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    lines = start.decode(encoding, "replace").splitlines()
    some = list(islice((line for line in lines if line.strip()), 20))
    header = max((_widest(some, mark) for mark in ",;\t|"), key=lambda found: found[0])[1]
    return [name.strip() for name in header if name.strip().isprintable() and name.strip()]


def _widest(lines: list[str], mark: str) -> tuple[tuple[int, int], list[str]]:
    """How well a delimiter fits: lines that agree on the most cells, and the first of these lines.

    Title lines above the header have fewer cells than it.
    """
    rows = list(csv.reader(lines, delimiter=mark))
    (width, many), *_ = sorted(
        Counter(len(row) for row in rows).items(), key=lambda each: (-each[1], -each[0])
    ) or [(0, 0)]
    first = next((row for row in rows if len(row) == width), [])
    return (many if width > 1 else 0, width), first
