"""What a caller may say about an export, as keywords shared by all analyses."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal, TypedDict, Unpack

from dmaic.churn.export import Opening
from dmaic.churn.option import ReadOptions

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
    """Sort what was said into reading options, roles and the rest."""
    words: dict[str, Any] = dict(said)
    read = {name: words.get(name) for name in ReadOptions.__dataclass_fields__}
    return Opening(
        read=ReadOptions(**read),
        roles={role: words[role] for role in ROLES if words.get(role)},
        churned_when=words.get("churned_when"),
        preset=words.get("preset"),
        scale=words.get("value_scale"),
        related=tuple(words.get("related") or ()),
    )
