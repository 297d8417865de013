"""Presets: what the exports of known systems look like, as small YAML files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, field_validator

from dmaic.churn.role import Role
from dmaic.text import printable
from dmaic.yaml_file import At, Kind

SIGNATURES: dict[str, tuple[str, ...]] = {
    "baremetrics": ("plan_amount", "subscription_canceled_at"),
    "chargebee": ("status", "cancelled_at", "cancel_reason_code"),
    "chartmogul-mrr-movements": ("CUSTOMER_UUID", "MRR_MOVEMENT", "MOVEMENT_TYPE"),
    "chartmogul-subscriptions": ("CUSTOMER_UUID", "PLAN_NAME", "MRR", "STATUS"),
    "hubspot-deals": ("Deal Name", "Deal Stage", "Close Date"),
    "recurly-churned": ("account_code", "plan_code", "expired_at", "expiration_reason"),
    "salesforce-opportunities": ("StageName", "CloseDate", "AccountId"),
    "salesforce-opportunity-report": ("Opportunity Name", "Stage", "Close Date"),
    "stripe-subscriptions": ("Customer ID", "Status", "Canceled At (UTC)"),
    "telco": ("customerID", "tenure", "Contract", "MonthlyCharges", "Churn"),
}
"""Built-in preset -> its distinctive headers. A copy of the files' `match`, so that recognising a
file needs no YAML; a test holds the two together."""


class Preset(BaseModel):
    """How the exports of one system are read.

    Attributes:
        name: what `--preset` calls it.
        title: what it is for, one line.
        source: where the system documents the export.
        match: headers that together tell this export from others.
        unit: what one row is.
        roles: role -> headers that play it, the preferred one first.
        ignore: headers that play no role, whatever they are called.
        churned_when: condition that is true for a lost customer; empty where a role tells it.
        value_scale: what an amount is multiplied by, such as 0.01 for cents.
        metadata_pattern: end of the headers of own fields, such as `(metadata)`; such a column can
            be named without it, and plays the role that its name tells.
        exposure: whether the rows hold the customers who stayed, so that there is a churn rate.
        notes: what a user should know.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    name: str = Field(min_length=1, max_length=100, pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$")
    title: str = Field(default="", max_length=200)
    source: str = Field(default="", max_length=500)
    match: tuple[str, ...] = ()
    unit: Literal["customers", "subscriptions", "movements", "deals"] = "customers"
    roles: dict[Role, tuple[str, ...]] = Field(default_factory=dict)
    ignore: tuple[str, ...] = ()
    churned_when: str = Field(default="", max_length=2_000)
    value_scale: float = 1.0
    metadata_pattern: str = Field(default="", max_length=50)
    exposure: bool = True
    notes: str = Field(default="", max_length=2_000)

    @field_validator("churned_when", mode="before")
    @classmethod
    def _plain_true(cls, condition: object) -> object:
        # YAML takes a bare true for a flag; here it is the condition that always holds.
        return "true" if condition is True else condition

    @field_validator("roles", mode="before")
    @classmethod
    def _one_header(cls, roles: object) -> object:
        if not isinstance(roles, dict):
            return roles
        return {role: [each] if isinstance(each, str) else each for role, each in roles.items()}

    @field_validator("value_scale")
    @classmethod
    def _not_nought(cls, scale: float) -> float:
        if scale == 0:
            raise ValueError("must not be 0")
        return scale


def match_preset(
    headers: Iterable[str], signatures: Mapping[str, tuple[str, ...]] = SIGNATURES
) -> str | None:
    """The preset whose distinctive headers are all there; None if there is none.

    Reads no file. Where several match, the one with the most headers is it.

    Args:
        headers: column names of an export.
        signatures: name of a preset -> its distinctive headers; the built-in ones.
    """
    known = {header.strip().casefold() for header in headers}
    matches = [
        name
        for name, signature in signatures.items()
        if all(header.casefold() in known for header in signature)
    ]
    return max(matches, key=lambda name: len(signatures[name]), default=None)


def list_presets() -> tuple[str, ...]:
    """Names of the built-in presets and of the user's own, in alphabetical order."""
    return _KIND.names(tuple(SIGNATURES))


def load_preset(name_or_path: str | Path) -> Preset:
    """Read a preset: a file, one of the user's own, or a built-in one, in that order.

    A text that ends in `.yaml` or `.yml` or holds a slash is a path. The user's own lie in
    `presets/` of dmaic's configuration folder.

    Args:
        name_or_path: what `--preset` says.

    Raises:
        UsageError: there is no such preset (`preset.unknown`).
        DataError: the file cannot be read (`preset.read`), is too large (`preset.size`), is no
            YAML (`preset.yaml`), or says something a preset cannot say (`preset.invalid`).
    """
    return _KIND.read(_KIND.find(name_or_path, tuple(SIGNATURES)))


def _explain(at: At, error: dict[str, Any]) -> tuple[str, str] | None:
    """Words for what goes wrong in lists of headers and in names of roles."""
    if at[:1] == ("roles",) and error["loc"][-1] == "[key]":
        roles = get_args(Role)
        close = get_close_matches(str(at[1]).casefold(), roles, n=1)
        return (
            f'There is no role "{printable(str(at[1]), 60)}".',
            f'Did you mean "{close[0]}"?' if close else f"The roles are {', '.join(roles)}.",
        )
    if at[:1] in (("match",), ("roles",)) and error["type"] != "extra_forbidden":
        name = printable(".".join(str(part) for part in at), 80)
        said = str(error["msg"]).removeprefix("Value error, ")
        return (
            f'The field "{name}" is wrong: {said[:1].lower()}{said[1:]}.',
            "Write headers as a list: [Customer ID, Account].",
        )
    return None


_KIND = Kind("preset", Preset, "name, match and roles", "one of the built-in presets", _explain)
