"""Which files a person means: paths, globs, standard input."""

from __future__ import annotations

import os
import re
import shutil
import stat
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import IO

from dmaic.churn.source.base import Desk, File
from dmaic.errors import Problem, ReadError, UsageError, suggest
from dmaic.file import expanded
from dmaic.result import Finding
from dmaic.text import plural, printable

STDIN = "<stdin>"

_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")


def find_files(asked: Sequence[str | Path], desk: Desk) -> tuple[list[File], list[Finding]]:
    """The files that paths, globs and `-` stand for, in order, each once.

    Args:
        asked: at least one; a path that exists is never taken for a glob.
        desk: where a pipe's bytes are kept.

    Raises:
        ReadError: all that cannot be found or opened, in one error.
    """
    files: list[File] = []
    problems: list[Problem] = []
    findings: list[Finding] = []
    seen: set[Path] = set()
    for each in asked:
        try:
            for file in _expand(each, desk):
                place = file.path.resolve()
                if place in seen:
                    findings.append(_twice(file))
                else:
                    seen.add(place)
                    files.append(file)
        except ReadError as error:
            problems += error.problems
    if problems:
        raise ReadError.of(problems)
    return files, findings


def _expand(asked: str | Path, desk: Desk) -> list[File]:
    text = os.fspath(asked)
    if isinstance(asked, str):
        if text == "-":
            return [_spool_stdin(desk)]
        if _URL.match(text):
            raise ReadError(
                "dmaic reads files, not addresses.",
                code="read.url",
                where=printable(text, 120),
                hint="Download it first, then give the file; or pipe it in: curl ADDRESS | "
                "dmaic pareto -",
            )
    path = Path(text)
    if "\0" not in text and not os.path.lexists(path):
        if text.startswith("~"):
            path = expanded(path)
        elif set(text) & set("*?["):
            return _match(text, desk)
    return [_open(path, desk)]


def _match(pattern: str, desk: Desk) -> list[File]:
    import glob

    # Unlike Path.glob it takes a pattern with a folder in front, as people write it.
    paths = sorted(glob.glob(pattern, recursive=True))  # noqa: PTH207
    # A pipe or a device that happens to match is not meant; a link to nothing is told.
    paths = [path for path in paths if Path(path).is_file() or not Path(path).exists()]
    if not paths:
        raise ReadError(
            "No file matches.",
            code="read.no-match",
            where=printable(pattern, 200),
            hint=_near(Path(pattern)) or "Check the folder and the pattern.",
        )
    files: list[File] = []
    problems: list[Problem] = []
    for path in paths:
        try:
            files.append(_open(Path(path), desk))
        except ReadError as error:
            problems += error.problems
    if problems:
        raise ReadError.of(problems)
    return files


def _open(path: Path, desk: Desk) -> File:
    where = printable(str(path), 200)
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise ReadError(
                "This is a folder, not a file.",
                code="read.directory",
                where=where,
                hint=_inside(path),
            )
        if stat.S_ISFIFO(status.st_mode):
            with path.open("rb") as stream:
                return _spool(stream, path.name, desk)
        if not stat.S_ISREG(status.st_mode):
            raise ReadError("This is a device, not a file.", code="read.not-a-file", where=where)
        with path.open("rb"):
            pass
    except (FileNotFoundError, NotADirectoryError, ValueError) as error:
        raise ReadError(
            "There is no such file.", code="read.not-found", where=where, hint=_near(path)
        ) from error
    except PermissionError as error:
        raise ReadError(
            "You are not allowed to read this file.",
            code="read.permission",
            where=where,
            hint="Ask its owner, or copy it to a folder of your own.",
        ) from error
    except OSError as error:
        raise ReadError(
            f"The file cannot be opened: {error.strerror or error}.",
            code="read.failed",
            where=where,
        ) from error
    return File(path.absolute(), path.name, status.st_size)


def _spool_stdin(desk: Desk) -> File:
    stream = sys.stdin.buffer if sys.stdin is not None else None
    if stream is None or stream.isatty():
        raise UsageError(
            "Nothing is piped in.",
            code="read.stdin",
            where=STDIN,
            hint="Pipe a file in, such as: zcat export.csv.gz | dmaic pareto -",
        )
    return _spool(stream, STDIN, desk)


def _spool(stream: IO[bytes], name: str, desk: Desk) -> File:
    target = desk.draft("spool")
    with target.open("wb") as sink:
        shutil.copyfileobj(stream, sink, 1 << 20)
    return File(target, name, target.stat().st_size)


def _near(path: Path) -> str:
    folder = path.parent
    try:
        names = sorted(entry.name for entry in os.scandir(folder))
    except FileNotFoundError:
        return f"There is no folder {printable(str(folder), 120)} either."
    except OSError:
        return ""
    return printable(suggest(path.name, names), 300)


def _inside(path: Path) -> str:
    try:
        endings = sorted({each.suffix for each in path.iterdir() if each.is_file()} - {""})
    except OSError:
        endings = []
    ending = next((each for each in (".csv", ".xlsx", ".parquet") if each in endings), "")
    pattern = f"{path}/*{ending or '.csv'}"
    return f"Name a file in it, or several with a pattern: '{printable(pattern, 200)}'."


def _twice(file: File) -> Finding:
    return Finding(
        code="same-file",
        level="info",
        message=f"{file.where} was named more than once; it is read once.",
        count=1,
    )


def total(files: Sequence[File]) -> str:
    """The files' names as one name: all of them up to three, else the first and how many."""
    names = [file.name for file in files]
    if len(names) <= 3:
        return ", ".join(names)
    return f"{names[0]} and {plural(len(names) - 1, 'more file')}"
