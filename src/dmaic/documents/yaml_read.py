"""YAML and JSON of people as pieces: nothing is guessed, everything knows its line.

All scalars stay the text that stands there; the document's form reads them by the shape of their
field. So `no` is the text "no" in a text field and the answer "no" in a yes/no field, and Norway is
not false.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from dmaic.documents.assemble import Piece
from dmaic.documents.yaml_write import MARK
from dmaic.errors import DataError, Problem
from dmaic.text import printable

if TYPE_CHECKING:
    import yaml

_DEEPEST = 12
_EMPTY = frozenset({"~", "null", "Null", "NULL"})


def piece_of_yaml(text: str, name: str = "") -> Piece:
    """YAML as pieces.

    Args:
        text: the file.
        name: what it is called in messages; empty where there is only one place it can be.

    Raises:
        DataError: `document.yaml`: no YAML, or YAML with aliases, or a name twice.
    """
    import yaml

    lead = f"{printable(name)}, " if name else ""
    text = without_marks(text)
    try:
        for event in yaml.parse(text, Loader=yaml.BaseLoader):
            # Aliases let a few bytes stand for gigabytes; no document needs one.
            if isinstance(event, yaml.AliasEvent):
                raise DataError(
                    "A document cannot use YAML aliases (*name).",
                    "document.yaml",
                    "Write the value out, or put the text in quotes.",
                    f"{lead}{_line(event.start_mark)}",
                )
        node = yaml.compose(text, Loader=yaml.BaseLoader)
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        said = getattr(error, "problem", None) or "it is nested too deeply or holds a bad sign"
        raise DataError(
            f"This is not YAML: {printable(str(said), 200)}.",
            "document.yaml",
            "A text that holds a colon, or begins with a sign such as [ or *, goes in quotes.",
            f"{lead}{_line(mark)}" if mark is not None else name,
        ) from None
    if node is None:
        return Piece({}, name or "the file")
    problems: list[Problem] = []
    piece = _piece(node, lead, problems, 0)
    if problems:
        raise DataError.of(problems)
    return piece


def without_marks(text: str) -> str:
    """The text without the lines that told what was wrong."""
    if MARK not in text:
        return text
    return "".join(
        line for line in text.splitlines(keepends=True) if not line.startswith(f"{MARK} ")
    )


def _piece(node: yaml.Node, lead: str, problems: list[Problem], depth: int) -> Piece:
    import yaml

    where = f"{lead}{_line(node.start_mark)}"
    if depth > _DEEPEST:
        raise DataError("It is nested too deeply.", "document.yaml", where=where)
    if isinstance(node, yaml.MappingNode):
        named: dict[str, Piece] = {}
        for key, value in node.value:
            place = f"{lead}{_line(key.start_mark)}"
            if not isinstance(key, yaml.ScalarNode):
                problems.append(Problem("document.yaml", "A name must be a text.", "", place))
                continue
            if key.value in named:
                said = f'"{printable(key.value, 60)}" stands there twice.'
                hint = f"The other is at {named[key.value].where}."
                problems.append(Problem("document.twice", said, hint, place))
                continue
            piece = _piece(value, lead, problems, depth + 1)
            named[key.value] = Piece(piece.value, place)
        return Piece(named, where)
    if isinstance(node, yaml.SequenceNode):
        return Piece([_piece(each, lead, problems, depth + 1) for each in node.value], where)
    plain = isinstance(node, yaml.ScalarNode) and node.style is None and node.value in _EMPTY
    return Piece("" if plain else node.value, where)


def _line(mark: Any) -> str:  # noqa: ANN401  PyYAML has two kinds of marks, or none
    return f"line {mark.line + 1}" if mark is not None else "somewhere"


def piece_of_json(text: str, name: str = "") -> Piece:
    """JSON as pieces; what `dmaic doc show --json` prints is taken as well.

    Args:
        text: the file.
        name: what it is called in messages.

    Raises:
        DataError: `document.json`.
    """
    try:
        value = json.loads(text, object_pairs_hook=_once, parse_constant=_refused)
    except json.JSONDecodeError as error:
        raise DataError(
            f"This is not JSON: {error.msg}.",
            "document.json",
            where=f"{printable(name)}, line {error.lineno}".lstrip(", "),
        ) from error
    except (ValueError, RecursionError) as error:
        said = printable(str(error), 200) if isinstance(error, ValueError) else "nested too deeply"
        raise DataError(
            f"This is not JSON that dmaic reads: {said}.", "document.json", where=printable(name)
        ) from error
    if isinstance(value, dict) and "schema" in value and isinstance(value.get("result"), dict):
        value = value["result"].get("body", value["result"])
    return _json_piece(value, "", name, 0)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise ValueError(f'"{name}" stands there twice')
        found[name] = value
    return found


def _refused(name: str) -> float:
    raise ValueError(f"{name} is no figure")


def _json_piece(value: object, path: str, name: str, depth: int) -> Piece:
    where = ", ".join(part for part in (printable(name), path) if part)
    if depth > _DEEPEST:
        raise DataError("It is nested too deeply.", "document.json", where=where)
    if isinstance(value, dict):
        return Piece(
            {
                each: _json_piece(one, f"{path}.{printable(each, 60)}".strip("."), name, depth + 1)
                for each, one in value.items()
            },
            where,
        )
    if isinstance(value, list):
        return Piece(
            [_json_piece(one, f"{path}[{i + 1}]", name, depth + 1) for i, one in enumerate(value)],
            where,
        )
    if value is None:
        return Piece("", where)
    if isinstance(value, bool):
        return Piece("yes" if value else "no", where)
    return Piece(value if isinstance(value, str) else repr(value), where)
