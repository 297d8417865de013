"""Read the file of a whole project, trusting nothing in it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from pydantic import ValidationError

from dmaic.errors import DataError, DmaicError, Problem
from dmaic.project.data.dataset import Dataset
from dmaic.project.engagement.project import Project
from dmaic.project.entity import Entity
from dmaic.project.exchange.file import (
    FORMAT,
    LARGEST,
    VERSION,
    ExchangedItem,
    ProjectFile,
    alone,
    without_data,
)
from dmaic.project.exchange.read_template import template_problems
from dmaic.project.record.history import History, check_history
from dmaic.project.store.kinds import KINDS, entity_class
from dmaic.text import name_list, printable

_DEEPEST = 60
_MOST = 50
"""Problems that are told."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A file whose every part was checked.

    Attributes:
        file: as it was read.
        project: the project, alone.
        bodies: the items' bodies, in their order.
    """

    file: ProjectFile
    project: Project
    bodies: tuple[Entity, ...]


def read_project(path: Path) -> Checked:
    """Read and check a file.

    Args:
        path: of the file.

    Raises:
        DataError: `exchange.file`, `exchange.json`, `exchange.format`, `exchange.newer`,
            `exchange.field`, `exchange.kind`, `exchange.body`, `exchange.id`, `exchange.parent`,
            `exchange.key` or `exchange.journal`; all problems found are told together.
    """
    data = _parsed(path)
    name = printable(str(path), 200)
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise DataError(
            "This is no project of dmaic.",
            "exchange.format",
            "`dmaic export PROJECT -o project.json` writes one.",
            name,
        )
    version = data.get("version")
    if isinstance(version, int) and version > VERSION:
        raise DataError(
            f"It was written by a newer dmaic (format {version}, this one knows {VERSION}).",
            "exchange.newer",
            "Update dmaic: pip install --upgrade dmaic.",
            name,
        )
    try:
        file = ProjectFile.model_validate(data)
    except ValidationError as error:
        _refuse([_problem(dict(each), name) for each in error.errors()])
    if file.version != VERSION:
        _refuse([Problem("exchange.field", "version: must be 1.", "", name)])
    return _checked(file, name)


def _parsed(path: Path) -> Any:  # noqa: ANN401  any JSON
    name = printable(str(path), 200)
    try:
        with path.open("rb") as stream:
            raw = stream.read(LARGEST + 1)
    except OSError as error:
        raise DataError(
            f"The file cannot be read: {(error.strerror or str(error)).lower()}.",
            "exchange.file",
            "Check the path.",
            name,
        ) from error
    if len(raw) > LARGEST:
        raise DataError(
            f"The file is larger than {LARGEST >> 20} MB.",
            "exchange.file",
            "A project is not as large; is this the right file?",
            name,
        )
    try:
        data = json.loads(
            raw.decode("utf-8-sig"), parse_constant=_no_number, object_pairs_hook=_once
        )
    except json.JSONDecodeError as error:
        raise _no_json(f"{error.msg} in line {error.lineno}, column {error.colno}", name) from error
    except UnicodeDecodeError as error:
        raise _no_json(f"no UTF-8 at byte {error.start:,}", name) from error
    except RecursionError as error:
        raise _no_json("it is nested too deeply", name) from error
    except ValueError as error:
        raise _no_json(printable(str(error), 200), name) from error
    problems = [Problem("exchange.json", f"{at}: {what}.", "", name) for at, what in _unfit(data)]
    if problems:
        _refuse(problems)
    return data


def _no_number(word: str) -> NoReturn:
    raise ValueError(f"{word} is no number")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f'"{printable(twice, 60)}" stands twice in one object')
    return found


def _unfit(data: object) -> Iterator[tuple[str, str]]:
    """What no database takes, or no person writes, and where it stands."""
    stack: list[tuple[str, object, int]] = [("", data, 0)]
    while stack:
        at, value, depth = stack.pop()
        if depth > _DEEPEST:
            yield printable(at, 120), "nested too deeply"
        elif isinstance(value, dict):
            for name, inner in value.items():
                stack.append((f"{at}.{name}".lstrip("."), inner, depth + 1))
                if _broken(name):
                    yield printable(at, 120), "a name holds a NUL or half a character"
        elif isinstance(value, list):
            stack += [(f"{at}[{n}]", inner, depth + 1) for n, inner in enumerate(value)]
        elif isinstance(value, str) and _broken(value):
            yield printable(at, 120), "a text holds a NUL or half a character"
        elif isinstance(value, float) and value in (float("inf"), float("-inf")):
            yield printable(at, 120), "a number is too large"


def _broken(text: str) -> bool:
    return "\0" in text or not (text.isascii() or text.encode("utf-8", "ignore").decode() == text)


def _no_json(reason: str, name: str) -> DataError:
    return DataError(
        f"The file is no JSON: {reason}.",
        "exchange.json",
        "It may be cut off or edited by hand; export it again.",
        name,
    )


def _problem(error: dict[str, Any], name: str, before: str = "") -> Problem:
    place = before
    for part in error["loc"]:
        place += f"[{part}]" if isinstance(part, int) else f".{part}"
    said = str(error["msg"]).removeprefix("Value error, ")
    shown = printable(place.lstrip("."), 120)
    return Problem(
        "exchange.body" if before else "exchange.field",
        f"{shown}: {said[:1].lower()}{said[1:]}.",
        "",
        name,
    )


def _refuse(problems: list[Problem]) -> NoReturn:
    raise DataError.of(problems[:_MOST])


def _checked(file: ProjectFile, name: str) -> Checked:
    unknown = sorted({item.kind for item in file.items} - set(KINDS) | _hidden(file))
    if unknown:
        raise DataError(
            f"The file holds kinds of items that this dmaic does not know: {name_list(unknown)}.",
            "exchange.kind",
            "Update dmaic: pip install --upgrade dmaic.",
            name,
        )
    problems: list[Problem] = []
    bodies = [_body(number, item, name, problems) for number, item in enumerate(file.items)]
    problems += _misplaced(file, name)
    if not problems:
        problems += _doubles(file, [body for body in bodies if body is not None], name)
    problems += template_problems(file, name)
    if problems:
        _refuse(problems)
    for number, part in enumerate(file.history, start=1):
        check_history(part.entries, f"{name}, history {number}")
    project = alone(file.project.body, {item.id for item in file.items})
    if project != file.project.body:
        message = "project.body: it points to a project or a dataset that is not in the file."
        _refuse([Problem("exchange.reference", message, "Export the project again.", name)])
    return Checked(file, project, tuple(body for body in bodies if body is not None))


def _hidden(file: ProjectFile) -> set[str]:
    """A history has its own place in the file."""
    return {item.kind for item in file.items if item.kind == History.kind}


def _body(number: int, item: ExchangedItem, name: str, problems: list[Problem]) -> Entity | None:
    at = f"items[{number}] ({item.kind}).body"
    try:
        body = entity_class(item.kind).model_validate(item.body)
        _look_inside(body)
    except ValidationError as error:
        problems += [_problem(dict(each), name, at) for each in error.errors()]
        return None
    except DmaicError as error:
        problems.append(Problem("exchange.body", f"{at}: {error.message}", error.hint, name))
        return None
    return without_data(body) if isinstance(body, Dataset) else body


def _look_inside(body: Entity) -> None:
    """Check what the model of an item takes as any JSON."""
    from dmaic.analysis.registry import restore
    from dmaic.project.data.analysis import SavedAnalysis
    from dmaic.project.paper.paper import Paper, opened

    if isinstance(body, Paper):
        opened(body)
    elif isinstance(body, SavedAnalysis):
        restore(body.analysis, body.result)


def _misplaced(file: ProjectFile, name: str) -> Iterator[Problem]:
    """Ids that stand twice, and items whose parent does not come before them."""
    known = {file.project.id}
    for number, item in enumerate(file.items):
        if item.id in known:
            yield Problem(
                "exchange.id", f"items[{number}]: its id {item.id} stands twice.", "", name
            )
        if item.parent not in known:
            yield Problem(
                "exchange.parent",
                f"items[{number}]: it belongs to {item.parent}, which does not come before it.",
                "",
                name,
            )
        known.add(item.id)


def _doubles(file: ProjectFile, bodies: list[Entity], name: str) -> Iterator[Problem]:
    """Names that must be unique and are not."""
    seen: set[tuple[str, str, str]] = set()
    for number, (item, body) in enumerate(zip(file.items, bodies, strict=True)):
        if body.key is None:
            continue
        key = (item.parent, item.kind, body.key)
        if key in seen:
            yield Problem(
                "exchange.key",
                f'items[{number}]: there is a {item.kind} "{printable(body.label, 60)}" already.',
                "",
                name,
            )
        seen.add(key)
