"""The journal's entries: their hash chain, and what they say in words."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from dmaic.project.row import ItemRow, OperationRow
from dmaic.reply import Touched
from dmaic.text import plural, printable

START = "0" * 64
"""What the first entry follows."""

COLUMNS = tuple(ItemRow.model_fields)
"""Columns of an item, as the journal keeps them."""

ENTRY = tuple(OperationRow.model_fields)
"""Columns of an entry."""

Row = Mapping[str, Any]
"""An item with all its columns."""


def digest(entry: OperationRow) -> str:
    """SHA-256 of an entry, the hash of the entry before it included.

    The text that is hashed is JSON with sorted keys, no spaces and only ASCII.

    Args:
        entry: with every field but `hash`.
    """
    return digest_of({name: getattr(entry, name) for name in ENTRY})


def digest_of(fields: Mapping[str, Any]) -> str:
    """The same for an entry as plain values.

    Args:
        fields: column -> value; the hash itself is left out.
    """
    hashed = {name: fields[name] for name in ENTRY if name != "hash"}
    text = json.dumps(hashed, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def as_dict(row: ItemRow) -> dict[str, Any]:
    """An item as the journal keeps it."""
    return {name: getattr(row, name) for name in COLUMNS}


def touched(before: Row | None, after: Row | None) -> Touched:
    """One change of an entry, in words.

    Args:
        before: the item before; None where it was made.
        after: the item after; None where it was removed.
    """
    row = after or before or {}
    fields = differences(before["body"], after["body"]) if before and after else {}
    return Touched(what=row["kind"], id=row["id"], name=title_of(row), fields=fields)


def title_of(row: Row) -> str:
    """What people call an item."""
    body = row["body"]
    return next((str(body[word]) for word in ("name", "title") if body.get(word)), row["key"] or "")


def differences(old: Row, new: Row) -> dict[str, tuple[str | None, str | None]]:
    """Fields that differ -> both values in words; a field with fields of its own is opened.

    Args:
        old: body before.
        new: body after.
    """
    found: dict[str, tuple[str | None, str | None]] = {}
    for name in {**old, **new}:
        before, after = old.get(name), new.get(name)
        if before == after:
            continue
        if isinstance(before, dict) and isinstance(after, dict):
            for inner in {**before, **after}:
                if before.get(inner) != after.get(inner):
                    told = f"{name}.{inner}" if inner in old or inner in new else str(inner)
                    found[told] = (_text(before.get(inner)), _text(after.get(inner)))
        else:
            found[name] = (_text(before), _text(after))
    return found


def _text(value: object) -> str:
    if value is None or value == "" or value == [] or value == {}:
        return "–"
    if isinstance(value, list) and all(isinstance(each, (str, int, float)) for each in value):
        return printable(", ".join(map(str, value)), 200)
    if isinstance(value, (list, dict)):
        return plural(len(value), "entry", "entries")
    if isinstance(value, bool):
        return "yes" if value else "no"
    return printable(str(value), 200)
