"""One figure of a saved result: found by its path, checked against what there is, put in words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, get_args, get_origin

from pydantic import BaseModel

from dmaic.analysis.registry import result_classes
from dmaic.number import amount, places
from dmaic.text import printable

_PLACE = re.compile(r"-?\d{1,6}")

_SHARES = {
    "share", "rate", "percent", "cumulative", "coverage", "power", "yield", "grr", "nrr", "churn",
}  # fmt: skip
"""A field with one of these words in its name holds a fraction of one."""

_OTHERWISE = {"ratio", "excess"}
"""Unless one of these is there as well."""

_SMALL = 0.001
"""p-values below this are told as such."""

_WORDS = {"p_value": "p-value", "df": "degrees of freedom", "auc": "AUC", "pseudo_r2": "pseudo R²"}


def parts(path: str) -> tuple[str | int, ...]:
    """The steps of a dotted path: `points.-1.value` is points, the last, value.

    Args:
        path: names of fields, and places in lists counted from 0, or from the end with -1.
    """
    steps = path.split(".")
    return tuple(int(each) if _PLACE.fullmatch(each) else each for each in steps)


def find(result: Mapping[str, Any], path: str) -> Any:  # noqa: ANN401  plain JSON
    """What stands at a path in a result's JSON; None where nothing does.

    Args:
        result: as `to_dict` gave it.
        path: dotted.
    """
    found: Any = result
    for step in parts(path):
        try:
            if isinstance(found, Mapping):
                found = found[str(step)]
            elif isinstance(found, Sequence) and not isinstance(found, str):
                found = found[step]  # type: ignore[index]
            else:
                return None
        except (KeyError, IndexError, TypeError):
            return None
    return found


def unknown_step(kind: str, path: str) -> tuple[str, list[str]] | None:
    """The first step of a path that no result of an analysis has, and what there is instead.

    Args:
        kind: name of the analysis.
        path: dotted.

    Returns:
        None where the path may be there.
    """
    wrong = [_missing(model, parts(path)) for model in result_classes(kind)]
    return None if None in wrong or not wrong else wrong[0]


def _missing(annotation: Any, steps: tuple[str | int, ...]) -> tuple[str, list[str]] | None:  # noqa: ANN401
    """The step that is not there, and the names that are; None where all may be."""
    if not steps:
        return None
    first, rest = steps[0], steps[1:]
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        fields = annotation.model_fields
        if first not in fields:
            return str(first), list(fields)
        return _missing(fields[str(first)].annotation, rest)
    inner = [each for each in get_args(annotation) if each is not type(None)]
    origin = get_origin(annotation)
    if origin in (tuple, list, Sequence):
        if not isinstance(first, int):
            return first, ["0", "-1"]
        return _any(inner, rest)
    if origin in (dict, Mapping):
        return _any(inner[-1:], rest)
    if inner:
        return _any(inner, steps)
    return (str(first), []) if annotation in (str, int, float, bool) else None


def _any(choices: list[Any], steps: tuple[str | int, ...]) -> tuple[str, list[str]] | None:
    wrong = [_missing(each, steps) for each in choices if each is not Ellipsis]
    return None if None in wrong or not wrong else wrong[0]


def label(path: str) -> str:
    """What a path names, in words: `effect low`, `points (the last) value`.

    Args:
        path: dotted, or the name of a field.
    """
    return printable(" ".join(_said(parts(path))), 80)


def _said(steps: tuple[str | int, ...]) -> Iterator[str]:
    for step in steps:
        if isinstance(step, int):
            from_end = "the last" if step == -1 else f"no. {-step} from the end"
            yield f"({from_end})" if step < 0 else f"(no. {step + 1})"
        else:
            yield _WORDS.get(step, step.replace("_", " "))


def text(path: str, value: object, beside: Sequence[float] = ()) -> str:
    """A value as people read it: a share as per cent, a figure with the decimals that suit it.

    Args:
        path: what it is the value of.
        value: plain JSON.
        beside: figures it is compared with; where they differ they are shown as different.
    """
    if value is None:
        return "not known"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if not isinstance(value, (int, float)):
        plain = value if isinstance(value, str) else "nothing" if not value else str(value)
        return f'"{printable(plain, 60)}"' if isinstance(value, str) else printable(plain, 60)
    if is_p(path) and value < _SMALL:
        return f"< {_SMALL:g}"
    scale, unit = (100, " %") if is_share(path) else (1, "")
    figures = [scale * each for each in (value, *beside)]
    decimals = 1 if unit else places(figures)
    while decimals < 9 and _alike(figures, decimals):
        decimals += 1
    return f"{amount(figures[0], places=decimals)}{unit}"


def _alike(figures: Sequence[float], decimals: int) -> bool:
    first = figures[0]
    return any(
        each != first and amount(each, places=decimals) == amount(first, places=decimals)
        for each in (*figures[1:], 0.0)
    )


def is_p(path: str) -> bool:
    """Whether a field holds a p-value, told by its name.

    Args:
        path: dotted, or the name of the field.
    """
    return path.rpartition(".")[2] == "p_value"


def is_share(path: str) -> bool:
    """Whether a field holds a fraction of one, told by its name.

    Args:
        path: dotted, or the name of the field.
    """
    names = [step for step in parts(path) if isinstance(step, str)]
    words = names[-1].split("_") if names else []
    return bool(_SHARES.intersection(words)) and not _OTHERWISE.intersection(words)
