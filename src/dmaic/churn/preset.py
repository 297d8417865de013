"""Presets: what the exports of known systems look like, as small YAML files."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, cast, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from dmaic.churn.role import Role
from dmaic.errors import DataError, Problem, UsageError, suggest
from dmaic.file import expanded
from dmaic.resource import templates_folder
from dmaic.settings import config_folder
from dmaic.text import printable

if TYPE_CHECKING:
    import yaml

LARGEST = 64 * 1024
"""Bytes a preset may have."""

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


def match_preset(headers: Iterable[str]) -> str | None:
    """The built-in preset whose distinctive headers are all there; None if there is none.

    Reads no file. Where several match, the one with the most headers is it.

    Args:
        headers: column names of an export.
    """
    known = {header.strip().casefold() for header in headers}
    matches = [
        name
        for name, signature in SIGNATURES.items()
        if all(header.casefold() in known for header in signature)
    ]
    return max(matches, key=lambda name: len(SIGNATURES[name]), default=None)


def list_presets() -> tuple[str, ...]:
    """Names of the built-in presets and of the user's own, in alphabetical order."""
    own = [path.stem for path in _own_folder().glob("*.yaml")]
    return tuple(sorted({*SIGNATURES, *own}))


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
    path = _path(name_or_path)
    try:
        with path.open("rb") as file:
            raw = file.read(LARGEST + 1)
    except OSError as error:
        raise DataError(
            f"The preset cannot be read: {error.strerror or error}.",
            code="preset.read",
            where=printable(str(path)),
            hint="Check the path and its permissions.",
        ) from error
    if len(raw) > LARGEST:
        raise DataError(
            f"The preset is larger than {LARGEST // 1024} kB.",
            code="preset.size",
            where=printable(str(path)),
            hint="A preset is a short text file; is this the right one?",
        )
    content, lines = _yaml(raw, path)
    try:
        return Preset.model_validate(content)
    except ValidationError as error:
        problems = [_problem(dict(each), lines, path) for each in error.errors()]
        raise DataError.of(problems) from None


def _own_folder() -> Path:
    return config_folder() / "presets"


def _path(name_or_path: str | Path) -> Path:
    text = str(name_or_path)
    is_path = isinstance(name_or_path, Path) or "/" in text or "\\" in text
    if is_path or text.casefold().endswith((".yaml", ".yml")):
        return expanded(text)
    if "\0" not in text and text:
        if text in SIGNATURES:
            own = _own_folder() / f"{text}.yaml"
            return own if own.is_file() else templates_folder() / "presets" / f"{text}.yaml"
        own = _own_folder() / f"{text}.yaml"
        if own.is_file():
            return own
    known = list_presets()
    raise UsageError(
        f'There is no preset "{printable(text, 60)}".',
        code="preset.unknown",
        where="--preset",
        hint=f"{suggest(text, known)} There are {', '.join(known)}; a path to a YAML file also "
        "does.".strip(),
    )


def _yaml(raw: bytes, path: Path) -> tuple[Any, dict[tuple[str | int, ...], int]]:
    """The content of a YAML file, and the line of each of its parts.

    Raises:
        DataError: it is no YAML that a preset may use: aliases, tags or several documents.
    """
    import yaml

    where = printable(str(path))
    lines: dict[tuple[str | int, ...], int] = {}
    try:
        text = raw.decode("utf-8-sig")
        # Aliases let a few bytes stand for gigabytes; no preset needs one.
        for event in yaml.parse(text, Loader=yaml.SafeLoader):
            if isinstance(event, yaml.AliasEvent):
                mark = event.start_mark
                raise DataError(
                    "A preset cannot use YAML aliases (*name).",
                    code="preset.yaml",
                    where=f"{where}, line {mark.line + 1}" if mark is not None else where,
                    hint="Write the value out.",
                )
        node = yaml.compose(text, Loader=yaml.SafeLoader)
        if node is not None:
            _note_lines(node, (), lines, where)
        return yaml.safe_load(text), lines
    except UnicodeDecodeError as error:
        raise DataError(
            "The preset is not UTF-8 text.",
            code="preset.yaml",
            where=where,
            hint="Save it as UTF-8.",
        ) from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        said = getattr(error, "problem", None) or "it is nested too deeply or holds a bad value"
        raise DataError(
            f"The preset is not YAML: {printable(str(said), 200)}.",
            code="preset.yaml",
            where=f"{where}, line {mark.line + 1}" if mark is not None else where,
            hint="Compare it with one of the built-in presets; texts with special characters go in "
            "quotes.",
        ) from None


def _note_lines(
    node: yaml.Node,
    at: tuple[str | int, ...],
    lines: dict[tuple[str | int, ...], int],
    where: str,
) -> None:
    import yaml

    lines[at] = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            name = str(key.value)
            if (*at, name) in lines:
                raise DataError(
                    f'The preset has the field "{printable(name, 60)}" twice.',
                    code="preset.yaml",
                    where=f"{where}, line {key.start_mark.line + 1}",
                    hint="Leave one out.",
                )
            _note_lines(value, (*at, name), lines, where)
            lines[(*at, name)] = key.start_mark.line + 1
    elif isinstance(node, yaml.SequenceNode):
        for place, value in enumerate(node.value):
            _note_lines(value, (*at, place), lines, where)


def _problem(error: dict[str, Any], lines: dict[tuple[str | int, ...], int], path: Path) -> Problem:
    at = tuple(part for part in error["loc"] if part != "[key]")
    spot = at
    while spot and spot not in lines:
        spot = spot[:-1]
    place = printable(str(path)) + (f", line {lines[spot]}" if spot in lines else "")
    name = printable(".".join(str(part) for part in at), 80)
    fields = list(Preset.model_fields)
    hint = ""
    if error["type"] == "extra_forbidden":
        message = f'A preset has no field "{name}".'
        hint = suggest(str(at[-1]), fields) or f"The fields are {', '.join(fields)}."
    elif at[:1] == ("roles",) and error["loc"][-1] == "[key]":
        message = f'There is no role "{printable(str(at[1]), 60)}".'
        roles = get_args(Role)
        close = get_close_matches(str(at[1]).casefold(), roles, n=1)
        hint = f'Did you mean "{close[0]}"?' if close else f"The roles are {', '.join(roles)}."
    elif not at:
        message = "A preset is a list of fields such as name, match and roles."
        hint = "Compare it with one of the built-in presets."
    else:
        said = cast(str, error["msg"]).removeprefix("Value error, ")
        message = f'The field "{name}" is wrong: {said[:1].lower()}{said[1:]}.'
        if at[0] in ("match", "roles"):
            hint = "Write headers as a list: [Customer ID, Account]."
    return Problem("preset.invalid", message, hint, place)
