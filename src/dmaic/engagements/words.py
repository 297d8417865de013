"""What is wrong with a template, in words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, get_args, get_origin

from pydantic import BaseModel

from dmaic.engagements.source import Path
from dmaic.errors import suggest
from dmaic.text import printable

_BELONGS = {
    "model_type": "lines NAME: VALUE belong here",
    "dict_type": "lines NAME: VALUE belong here",
    "tuple_type": "a list belongs here",
    "string_type": "a text belongs here",
    "string_too_short": "it is empty",
    "float_parsing": "a number belongs here",
    "bool_parsing": "true or false belongs here",
}
"""What pydantic finds, by its type, in words of people who write templates."""


def in_words(error: dict[str, Any], model: type[BaseModel]) -> tuple[str, str]:
    """One of pydantic's findings as message and hint.

    Args:
        error: one of `ValidationError.errors()`.
        model: what was validated.
    """
    loc = tuple(part for part in error["loc"] if part != "[key]")
    name = next((printable(part, 60) for part in reversed(loc) if isinstance(part, str)), "")
    if error["type"] == "extra_forbidden":
        known = _fields(model, loc[:-1])
        hint = suggest(name, known) or (f"There are {', '.join(known)}." if known else "")
        return f'there is no field "{name}".', hint
    if error["type"] == "missing":
        return f'the field "{name}" is missing.', ""
    said = _BELONGS.get(error["type"]) or str(error["msg"]).removeprefix("Value error, ")
    hint = "Write it as 1.0.0." if name == "version" else ""
    if error["type"] == "string_pattern_mismatch":
        sign = "underscores" if "_" in error["ctx"]["pattern"] else "dashes"
        shown = printable(str(error["input"]), 60)
        return f'"{shown}" is no {name}.', hint or f"Small letters, figures and {sign}."
    told = f"{said[:1].lower()}{said[1:]}."
    # What is wrong with a part of a list as a whole is no matter of a field.
    whole = not loc or isinstance(loc[-1], int)
    return told if whole else f'the field "{name}": {told}', hint


def spoken(path: Path, content: Any) -> str:  # noqa: ANN401
    """Where a part lies, as people call it: `phase define, step charter: `."""
    words = []
    for place, part in enumerate(path):
        inner = None
        try:
            content = content[part]
            inner = content
        except (KeyError, IndexError, TypeError):
            content = None
        if isinstance(part, int) and place:
            noun = {"phases": "phase", "steps": "step", "criteria": "criterion"}.get(
                str(path[place - 1])
            )
            if noun:
                name = inner.get("name") if isinstance(inner, dict) else None
                words.append(f"{noun} {printable(str(name), 40) if name else part + 1}")
    told = ", ".join(words)
    return f"{told[:1].upper()}{told[1:]}: " if told else "The template: "


def _fields(model: type[BaseModel], path: Path) -> list[str]:
    """Names that a part of a model may have, as they are written."""
    for part in path:
        if isinstance(part, int):
            continue
        info = model.model_fields.get(str(part))
        inner = _model(info.annotation) if info else None
        if inner is None:
            return []
        model = inner
    return [info.alias or name for name, info in model.model_fields.items()]


def _model(annotation: Any) -> type[BaseModel] | None:  # noqa: ANN401
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    if get_origin(annotation) is not None:
        return next(filter(None, map(_model, get_args(annotation))), None)
    return None


def unknown(word: str, known: Iterable[str], what: str, many: str) -> tuple[str, str]:
    """Message and hint for a name that there is not.

    Args:
        word: what was written.
        known: what there is.
        what: kind of thing.
        many: its plural.
    """
    names = list(known)
    return (
        f'there is no {what} "{printable(word, 60)}".',
        suggest(word, names) or f"{many} are {', '.join(names)}.",
    )
