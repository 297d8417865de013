"""The hash chain of the journal."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from dmaic.project.row import ItemRow, OperationRow

START = "0" * 64
"""What the first entry follows."""

COLUMNS = tuple(ItemRow.model_fields)
"""Columns of an item, as the journal keeps them."""


def digest(entry: OperationRow) -> str:
    """SHA-256 of an entry, the hash of the entry before it included.

    The text that is hashed is JSON with sorted keys, no spaces and only ASCII.

    Args:
        entry: with every field but `hash`.
    """
    fields = {name: getattr(entry, name) for name in OperationRow.model_fields if name != "hash"}
    text = json.dumps(fields, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def as_dict(row: ItemRow) -> dict[str, Any]:
    """An item as the journal keeps it."""
    return {name: getattr(row, name) for name in COLUMNS}
