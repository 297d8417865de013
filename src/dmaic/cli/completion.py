"""What the shell offers on Tab: columns of the file on the line, and names of things in dmaic.

Nothing heavy is imported, and a file is only peeked into: a person is waiting with a finger on Tab.
"""

from __future__ import annotations

import csv
import os
import re
from collections import Counter
from collections.abc import Callable, Iterable
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from dmaic.file import expanded

if TYPE_CHECKING:
    from dmaic.project.engagement.home import Home
    from dmaic.project.store.view import View

_SPECIAL = re.compile(r"[^\w@%+=:,./-]")

PEEK = 65_536
"""Bytes read of a file for its header."""


def complete_column(context: typer.Context, incomplete: str) -> list[str]:
    """Column names of FILE that begin with what was typed, in any case."""
    return _offered(columns_of(context), incomplete)


def _offered(names: Iterable[str], incomplete: str) -> list[str]:
    begun, size = incomplete.casefold(), len(incomplete)
    # What was typed stays as it is: Typer drops what does not begin with it.
    rests = [name[size:] for name in names if name[:size].casefold() == begun]
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


def complete_project(context: typer.Context, incomplete: str) -> list[str]:
    """Names of the engagement's projects."""
    return _offered(_looked_up(context, _projects), incomplete)


def complete_criterion(context: typer.Context, incomplete: str) -> list[str]:
    """Names of the criteria of the tollgate that the project is at."""
    return _offered(_looked_up(context, _criteria), incomplete)


def _looked_up(
    context: typer.Context, names: Callable[[Home, View, typer.Context], list[str]]
) -> list[str]:
    """Names from the record, or none where there is no record or it cannot be read."""
    from dmaic.errors import DmaicError
    from dmaic.project.engagement.home import open_home

    try:
        home = open_home(context.params.get("db"))
        with home.store.reading() as view:
            return names(home, view, context)
    except DmaicError:
        return []


def _projects(home: Home, view: View, context: typer.Context) -> list[str]:
    from dmaic.project.engagement.project import Project

    del home, context
    return [each.body.name for each in view.all(Project)]


def _criteria(home: Home, view: View, context: typer.Context) -> list[str]:
    from dmaic.project.engagement.kept_template import template_of
    from dmaic.project.gate.check import current_phase

    project = home.project(view, context.params.get("project"))
    phase = template_of(view, project).phase(current_phase(view, project))
    return [each.name for each in phase.gate.criteria]


def complete_report(context: typer.Context, incomplete: str) -> list[str]:
    """Names of the reports that can be made of the project."""
    return _offered(_looked_up(context, _reports), incomplete)


def _reports(home: Home, view: View, context: typer.Context) -> list[str]:
    from dmaic.reports.layouts import kinds_of

    return list(kinds_of(view, home.project(view, context.params.get("project"))))


def complete_report_format(incomplete: str) -> list[str]:
    """Formats of reports; after a comma those that are not said yet."""
    from dmaic.reports.report import FORMATS

    said, comma, begun = incomplete.rpartition(",")
    left = [each for each in FORMATS if each not in said.split(",")]
    return [f"{said}{comma}{each}" for each in left if each.startswith(begun)]


def complete_question(context: typer.Context, incomplete: str) -> list[str]:
    """Keys of the questions that the project's template asks."""
    return _offered(_looked_up(context, _questions), incomplete)


def _questions(home: Home, view: View, context: typer.Context) -> list[str]:
    from dmaic.project.engagement.kept_package import package_of

    found = package_of(view, home.project(view, context.params.get("project")))
    return [] if found is None else [each.key for each in found.questions.all]


def complete_template(incomplete: str) -> list[str]:
    """Names of the templates that come with dmaic, and of the person's own."""
    from dmaic.engagements.find import built_in, own_templates

    return [name for name in (*built_in(), *own_templates()) if name.startswith(incomplete)]


def complete_own_template(incomplete: str) -> list[str]:
    """Names of the person's own templates."""
    from dmaic.engagements.find import own_templates

    return [name for name in own_templates() if name.startswith(incomplete)]


def complete_preset(incomplete: str) -> list[str]:
    """Names of the built-in presets."""
    return _built_in("presets", incomplete)


def complete_definition(incomplete: str) -> list[str]:
    """Names of the built-in definitions of churn."""
    return _built_in("definitions", incomplete)


def _built_in(folder: str, incomplete: str) -> list[str]:
    from dmaic.resource import templates_folder

    names = sorted(path.stem for path in (templates_folder() / folder).glob("*.yaml"))
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
