"""What a caller may say about an export, as keywords shared by all analyses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import isfinite
from typing import Any, Literal, TypedDict, Unpack

from dmaic.churn.export import Opening
from dmaic.churn.option import ReadOptions
from dmaic.churn.role import ROLES
from dmaic.errors import Problem, UsageError, suggest
from dmaic.text import printable

CHOICES = {"decimal": (".", ","), "date_order": ("ymd", "mdy", "dmy")}
"""Keywords that take one of a few words."""


class ReadingSaid(TypedDict, total=False):
    """Keywords of every analysis that opens a table which is no churn export; see `ReadOptions`."""

    input_format: str | None
    encoding: str | None
    delimiter: str | None
    decimal: Literal[".", ","] | None
    date_order: Literal["ymd", "mdy", "dmy"] | None
    header_row: int | None
    skip_last: int | None
    sheet: str | None


class Said(ReadingSaid, total=False):
    """Keywords of every analysis that opens an export; see `ReadOptions` and `Opening`.

    A role (`churned="Churn"`, `value="MonthlyCharges"`, ...) names a column, or `"none"`.
    `related` holds (file, key) pairs of further exports to join.
    """

    customer: str | None
    subscription: str | None
    churned: str | None
    churned_at: str | None
    churned_when: str | None
    signup: str | None
    segment: str | None
    plan: str | None
    region: str | None
    reason: str | None
    value: str | None
    currency: str | None
    interval: str | None
    tenure: str | None
    preset: str | None
    value_scale: float | None
    related: Sequence[tuple[object, str]]


def opening(**said: Unpack[Said]) -> Opening:
    """Sort what was said into reading options, roles and the rest.

    Raises:
        TypeError: a keyword that there is not; to pass over a slip of the pen would answer another
            question.
        UsageError: a text is empty (`usage.empty`) or none of the words to choose from
            (`usage.choice`), or the scale is no factor.
    """
    words: dict[str, Any] = dict(said)
    for name in words:
        if name not in Said.__annotations__:
            near = suggest(name, Said.__annotations__)
            raise TypeError(f"unexpected keyword argument {name!r}. {near}".strip())
    refuse_empty(words)
    for name, choices in CHOICES.items():
        if words.get(name) not in (None, *choices):
            raise UsageError(
                f"{name} is {printable(str(words[name]), 40)!r}, not one of {', '.join(choices)}.",
                code="usage.choice",
                hint="Leave it out to have it found out.",
            )
    scale = words.get("value_scale")
    if scale is not None and (scale == 0 or not isfinite(scale)):
        raise UsageError(
            f"--value-scale {scale:g} is no factor that amounts can be multiplied by.",
            code="usage.value-scale",
            hint="For example --value-scale 0.01 where amounts are in cents.",
        )
    read = {name: words.get(name) for name in ReadOptions.__dataclass_fields__}
    return Opening(
        read=ReadOptions(**read),
        roles={role: words[role] for role in ROLES if words.get(role)},
        churned_when=words.get("churned_when"),
        preset=words.get("preset"),
        scale=words.get("value_scale"),
        related=tuple(words.get("related") or ()),
    )


def refuse_empty(words: Mapping[str, object]) -> None:
    """Refuse options given as an empty text, as an unset variable of a shell script is.

    To pass over them would answer another question than the one that was asked.

    Args:
        words: keyword -> what was said.

    Raises:
        UsageError: names all that are empty.
    """
    empty = [name for name, text in words.items() if text == "" and isinstance(text, str)]
    if empty:
        hint = "Leave the option out, or say what it should be."
        options = (f"--{name.replace('_', '-')}" for name in empty)
        raise UsageError.of([Problem("usage.empty", f"{each} is empty.", hint) for each in options])
