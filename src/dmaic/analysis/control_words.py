"""Options of `dmaic control` written in one line, as a control plan keeps them."""

from __future__ import annotations

import inspect
import shlex
from collections.abc import Mapping
from typing import Any

from dmaic.analysis.control import control
from dmaic.analysis.control_figure import parse_figure
from dmaic.analysis.said import Said
from dmaic.errors import UsageError, suggest
from dmaic.text import printable

_RENAMED = {"lambda": "lambda_", "limits": "ewma_limits"}
"""Option -> keyword, where they differ."""

_SEVERAL = ("stage", "exclude", "accept")
_FIGURES = ("center", "sigma", "target", "start", "lambda_", "k", "h", "value_scale")
_WHOLE = ("header_row", "skip_last")
_UNSAID = ("fingerprint", "progress", "source", "said", "screen", "related", "baseline")


def parse_words(text: str) -> dict[str, Any]:
    """The keywords of `control` that options say.

    Args:
        text: such as `--by month --where "plan = 'Pro'"`.

    Raises:
        UsageError: `control.words`, there is no such option, or one has no value;
            `control.number`, a figure is none.
    """
    try:
        words = shlex.split(text)
    except ValueError as error:
        raise _wrong(f"A quotation mark is not closed in {printable(text, 80)}") from error
    if words[:2] == ["dmaic", "control"]:
        words = words[2:]
    known = _known()
    said: dict[str, Any] = {}
    at = 0
    while at < len(words):
        option, given, value = words[at].partition("=")
        name = known.get(option)
        if name is None:
            raise _wrong(
                f'"{printable(option, 40)}" is no option of a control chart',
                suggest(option, known),
            )
        if not given:
            at += 1
            if at >= len(words):
                raise _wrong(f"{option} has no value")
            value = words[at]
        at += 1
        if name in _SEVERAL:
            said[name] = (*said.get(name, ()), value)
        elif name in said:
            raise _wrong(f"{option} stands twice")
        else:
            said[name] = _plain(name, value, option)
    return said


def written_words(said: Mapping[str, Any]) -> str:
    """The same as a line that can be typed.

    Args:
        said: keywords of `control`.
    """
    options = {name: option for option, name in _known().items()}
    parts = []
    for name, value in said.items():
        for each in value if isinstance(value, (tuple, list)) else (value,):
            parts += [options[name], _quoted(each if isinstance(each, str) else f"{each:g}")]
    return " ".join(parts)


def _quoted(word: str) -> str:
    """In double quotes where single ones stand in it, as conditions have them."""
    plain = "'" in word and not any(sign in word for sign in '"$`\\!')
    return f'"{word}"' if plain else shlex.quote(word)


def _known() -> dict[str, str]:
    names = [*inspect.signature(control).parameters, *Said.__annotations__]
    renamed = {keyword: option for option, keyword in _RENAMED.items()}
    return {
        "--" + renamed.get(name, name).replace("_", "-"): name
        for name in names
        if name not in _UNSAID
    }


def _plain(name: str, value: str, option: str) -> str | float | int:
    if name in _FIGURES:
        return parse_figure(value, option)
    if name in _WHOLE:
        return int(parse_figure(value, option))
    return value


def _wrong(problem: str, hint: str = "") -> UsageError:
    return UsageError(
        f"{problem}.",
        "control.words",
        hint or "Write options as behind `dmaic control`: --by month --freeze-until 2024-12.",
    )
