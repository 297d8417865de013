"""What a caller may say about an export, as keywords shared by all analyses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import isfinite
from typing import Any, Literal, TypedDict, Unpack

from dmaic.churn.export import Opening
from dmaic.churn.option import ReadOptions
from dmaic.errors import Problem, UsageError

ROLES = (
    "customer",
    "subscription",
    "churned",
    "churned_at",
    "signup",
    "segment",
    "plan",
    "region",
    "reason",
    "value",
    "currency",
    "interval",
    "tenure",
)
"""Roles that a column may be given by name."""


class Said(TypedDict, total=False):
    """Keywords of every analysis that opens an export; see `ReadOptions` and `Opening`.

    A role (`churned="Churn"`, `value="MonthlyCharges"`, ...) names a column, or `"none"`.
    `related` holds (file, key) pairs of further exports to join.
    """

    input_format: str | None
    encoding: str | None
    delimiter: str | None
    decimal: Literal[".", ","] | None
    date_order: Literal["ymd", "mdy", "dmy"] | None
    header_row: int | None
    skip_last: int | None
    sheet: str | None
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
        UsageError: a text is empty (`usage.empty`), or the scale is no factor.
    """
    words: dict[str, Any] = dict(said)
    refuse_empty(words)
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
