"""The journal's entries: their hash chain, and what they say in words."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from dmaic.project.store import difference
from dmaic.project.store.row import ItemRow, OperationRow
from dmaic.reply import Touched
from dmaic.text import printable

START = "0" * 64
"""What the first entry follows."""

COLUMNS = tuple(ItemRow.model_fields)
"""Columns of an item, as the journal keeps them."""

ENTRY = tuple(OperationRow.model_fields)
"""Columns of an entry."""

_LONGEST = 200
"""Characters of a value in words."""

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


def when(at: str) -> str:
    """A moment of the record as people write it, in local time.

    Args:
        at: ISO 8601.
    """
    return f"{datetime.fromisoformat(at).astimezone():%Y-%m-%d %H:%M}"


def title_of(row: Row) -> str:
    """What people call an item."""
    body = row["body"]
    return next((str(body[word]) for word in ("name", "title") if body.get(word)), row["key"] or "")


def differences(old: Row, new: Row) -> dict[str, tuple[str | None, str | None]]:
    """Fields that differ -> both values in words.

    Args:
        old: body before.
        new: body after.
    """
    return {
        # A document keeps its fields one level down.
        each.path.removeprefix("fields."): (_brief(each.before), _brief(each.after))
        for each in difference.differences(old, new)
    }


def _brief(text: str | None) -> str | None:
    return None if text is None else printable(text, _LONGEST)
