"""What a template says as plain data, and the fingerprint of it."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from dmaic.engagements.template import Template


def content_of(template: Template) -> dict[str, Any]:
    """What a template says, as plain JSON types, without what it leaves at its default.

    So a later dmaic whose templates can say more finds the same content in the same file.
    """
    return template.model_dump(mode="json", exclude_defaults=True)


def content_hash(content: dict[str, Any]) -> str:
    """SHA-256 of a template's content: comments, order of fields and layout do not matter.

    The text that is hashed is JSON with sorted keys, no spaces and only ASCII.
    """
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(text.encode("ascii")).hexdigest()
