"""Which columns tell who a customer is, and how their cells are replaced by a keyed hash."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from dmaic.churn.clean.reading import MISSING, missing
from dmaic.churn.clean.text import category
from dmaic.churn.column import Column, literal
from dmaic.churn.role_word import EXACT, normalise
from dmaic.result import Finding

if TYPE_CHECKING:
    from dmaic.churn.table import ChurnTable
    from dmaic.engines.duckdb import DuckDB

KEY_BYTES = 32
_BLOCK = 64
_LENGTH = 20
"""Hexadecimal figures that are kept of a hash: 80 bits, so that no two customers meet."""

_SHORT = 1 + max(len(word.encode()) for word in MISSING)

HASH = f"h[0-9a-f]{{{_LENGTH}}}"
"""What a replaced cell looks like. It begins with a letter, so that it is read as no number."""

_ADDRESS = r"[^\s@<>\"',;:()\[\]]+@[^\s@<>\"',;:()\[\].]+(\.[^\s@<>\"',;:()\[\].]+)+"
_AT = re.compile(_ADDRESS)

_WORDS = (
    "email", "e mail", "mail", "correo", "courriel", "phone", "telephone", "telefon", "telefono",
    "mobile", "handy", "fax", "first name", "last name", "full name", "surname", "forename",
    "given name", "family name", "vorname", "nachname", "nombre", "apellido", "prenom", "contact",
    "contact name", "user name", "username", "street", "strasse", "postal address", "birthday",
    "date of birth", "birth date", "iban", "ip address", "passport", "ssn",
)  # fmt: skip

_IDENTITY = ("customer", "subscription")


def has_address(column: Column) -> str:
    """Boolean SQL: the cell holds an e-mail address.

    Args:
        column: a text column.
    """
    cell = column.sql
    # Hardly any cell has the sign, and looking for it costs next to nothing.
    return f"(contains({cell}, '@') AND regexp_matches({cell}, {literal(_ADDRESS)}))"


def personal(table: ChurnTable, columns: Sequence[Column], needed: Iterable[str]) -> set[str]:
    """Names of the columns whose every cell is replaced.

    They are those of the customer and the subscription, those whose header names a person's data,
    and those whose cells are mostly e-mail addresses.

    Args:
        table: the opened export.
        columns: those that are kept.
        needed: columns that figures rest on, whose cells stay unless they hold an address.
    """
    ids = {column.name for role in _IDENTITY if (column := table.roles.get(role)) is not None}
    others = [each for each in columns if each.name not in ids and each.name not in set(needed)]
    named = {each.name for each in others if _names_a_person(each.name)}
    texts = [each for each in others if each.is_text and each.name not in named]
    if texts:
        asked = ", ".join(
            f"count(*) FILTER ({has_address(each)}) * 2 > count({category(each)})" for each in texts
        )
        (answer,) = table.head.select(asked)
        named |= {each.name for each, mostly in zip(texts, answer, strict=True) if mostly}
    return ids | named


def _names_a_person(header: str) -> bool:
    words = normalise(header)
    if any(words in EXACT[role] for role in _IDENTITY):
        return True
    return any(f" {word} " in f" {words} " for word in _WORDS)


def set_key(engine: DuckDB, key: bytes) -> None:
    """Give the engine the key of the hashes; no statement holds it, so no message can show it.

    Args:
        engine: where the cells are replaced.
        key: secret of the engagement.
    """
    block = key.ljust(_BLOCK, b"\0")
    for name, pad in (("dmaic_inner", 0x36), ("dmaic_outer", 0x5C)):
        engine.rows(f"SET VARIABLE {name} = ?", [bytes(byte ^ pad for byte in block)])


def hashed(column: Column) -> str:
    """SQL text: HMAC-SHA-256 of the cell as its category is named; blanks stay.

    Equal ids have equal hashes in every snapshot of an engagement, whether they come from text or
    from numbers, so that they can still be counted, compared and joined.

    Args:
        column: any column.
    """
    cell = category(column)
    inner = f"unhex(sha256(getvariable('dmaic_inner') || encode({cell})))"
    digest = f"'h' || left(sha256(getvariable('dmaic_outer') || {inner}), {_LENGTH})"
    # `n/a` and its like are nobody's id, and are told apart from ids; all of them are short.
    blank = f"strlen({cell}) < {_SHORT} AND {missing(cell)}"
    return f"(CASE WHEN {blank} THEN {cell} ELSE {digest} END)"


def without_addresses(column: Column) -> str:
    """SQL: the cell, or its hash where it holds an e-mail address.

    Args:
        column: any column.
    """
    if not column.is_text:
        return column.sql
    return f"(CASE WHEN {has_address(column)} THEN {hashed(column)} ELSE {column.sql} END)"


def scrub(text: str) -> str:
    """The words without e-mail addresses.

    Args:
        text: words that may quote a cell.
    """
    return _AT.sub("[e-mail]", text) if "@" in text else text


def scrubbed(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings whose messages quote no e-mail address.

    Args:
        findings: as they were made.
    """
    return tuple(
        each.model_copy(update={"message": scrub(each.message), "hint": scrub(each.hint)})
        for each in findings
    )
