"""Definitions of churn as they are kept: one YAML file each."""

from __future__ import annotations

from pathlib import Path

from dmaic.errors import UsageError
from dmaic.money.definition import DEFAULT, Definition
from dmaic.yaml_file import Kind

BUILT_IN = (
    "dmaic",
    "stripe",
    "baremetrics",
    "profitwell",
    "recurly",
    "chargify",
    "chartmogul",
    "chargebee",
)
"""Those that come with dmaic; a test holds them to the files."""

ALL = "all"
"""Said of `--definition`: each of the built-in ones."""

_KIND = Kind(
    "definition",
    Definition,
    "name, denominator and moment",
    "one of the built-in definitions",
)


def list_definitions() -> tuple[str, ...]:
    """Names of the built-in definitions and of the user's own, in alphabetical order."""
    return _KIND.names(BUILT_IN)


def load_definition(name_or_path: str | Path | None) -> Definition:
    """Read a definition: a file, one of the user's own, or a built-in one, in that order.

    A text that ends in `.yaml` or `.yml` or holds a slash is a path. The user's own lie in
    `definitions/` of dmaic's configuration folder.

    Args:
        name_or_path: what `--definition` says; None for our own.

    Raises:
        UsageError: there is no such definition (`definition.unknown`), or all are asked for where
            one is needed (`definition.all`).
        DataError: the file cannot be read (`definition.read`), is too large (`definition.size`),
            is no YAML (`definition.yaml`), or says what it cannot say (`definition.invalid`).
    """
    if name_or_path is None:
        return DEFAULT
    if name_or_path == ALL:
        raise UsageError(
            "One definition is needed here, not all of them.",
            "definition.all",
            f"Name one: {', '.join(list_definitions())}. `dmaic churn --definition all` compares "
            "them.",
            "--definition",
        )
    return _KIND.read(_KIND.find(name_or_path, BUILT_IN))


def load_definitions(name_or_path: str | Path | None) -> tuple[Definition, ...]:
    """The definition of that name, or every built-in one where it is `all`, our own first.

    Args:
        name_or_path: what `--definition` says; None for our own.

    Raises:
        UsageError, DataError: as `load_definition`.
    """
    if name_or_path == ALL:
        return tuple(load_definition(name) for name in BUILT_IN)
    return (load_definition(name_or_path),)
