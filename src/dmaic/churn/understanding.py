"""How an export was understood, as a value that is kept: without what reads exports."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from dmaic.result import Finding, Frozen


class Understanding(Frozen):
    """How an export was understood.

    Attributes:
        source: its name.
        sha256: fingerprint of its bytes.
        facts: what was recognised of its format.
        findings: what was guessed, left out, mended and joined.
        columns: name and SQL type of each column that is kept.
        number: name of the column that numbers the rows as a spreadsheet shows them.
        roles: role -> column.
        origins: role -> how it was found.
        aliases: shorter name -> column.
        value_factor: as in `Roles`.
        chosen: roles that a person named.
        preset: the whole preset that applied, or None.
        churned_when: condition that tells a lost customer, or None.
        scale: factor on the value, or None.
        decimal, date_order: as said, or None.
    """

    source: str
    sha256: str
    facts: dict[str, str] = Field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    columns: tuple[tuple[str, str], ...]
    number: str
    roles: dict[str, str] = Field(default_factory=dict)
    origins: dict[str, Literal["option", "preset", "header"]] = Field(default_factory=dict)
    aliases: dict[str, str] = Field(default_factory=dict)
    value_factor: float = 1.0
    chosen: tuple[str, ...] = ()
    preset: dict[str, Any] | None = None
    churned_when: str | None = None
    scale: float | None = None
    decimal: Literal[".", ","] | None = None
    date_order: str | None = None
