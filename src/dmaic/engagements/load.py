"""Loading a template: found, read, checked, and given the fingerprint of its content."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from dmaic.engagements.source import LARGEST, parse
from dmaic.engagements.template import Template
from dmaic.errors import DataError, NotFoundError, suggest
from dmaic.file import expanded
from dmaic.resource import templates_folder
from dmaic.text import printable

FILE = "template.yaml"
"""Name of the file in a template's folder."""


def built_in() -> list[str]:
    """Names of the templates that come with dmaic, the fullest first."""
    found = {path.parent.name for path in templates_folder().glob(f"*/{FILE}")}
    first = [name for name in ("saas-churn", "dmaic", "quick-win") if name in found]
    return [*first, *sorted(found - set(first))]


def load_template(word: str) -> tuple[Template, str]:
    """Load a template.

    Args:
        word: name of a built-in template, or the path of a template's file or folder. What ends in
            `.yaml` or `.yml` or holds a slash is a path.

    Returns:
        The template, and the SHA-256 of its content.

    Raises:
        NotFoundError: `template.unknown`, there is none of this name.
        DataError: `template.read`, `template.size`, `template.yaml` or `template.invalid`, with
            every problem of the file.
    """
    path = _path(word)
    try:
        with path.open("rb") as file:
            raw = file.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise DataError(
            f"The template cannot be read: {reason}.",
            "template.read",
            "Give the path of a template's file or folder, or the name of a built-in one: "
            f"{', '.join(built_in())}.",
            printable(str(path), 200),
        ) from None
    return parse_template(raw, str(path))


def parse_template(raw: bytes, place: str) -> tuple[Template, str]:
    """A template from the bytes of its file.

    Args:
        raw: the bytes.
        place: name of the file, for messages.

    Returns:
        The template, and the SHA-256 of its content.

    Raises:
        DataError: as `load_template`.
    """
    from dmaic.engagements.check import checked

    template = checked(parse(raw, place))
    return template, content_hash(content_of(template))


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


def _path(word: str) -> Path:
    if "/" in word or "\\" in word or word.casefold().endswith((".yaml", ".yml")):
        path = expanded(word)
        return path / FILE if path.is_dir() else path
    known = built_in()
    name = "-".join(word.casefold().replace("_", " ").split())
    if name in known:
        return templates_folder() / name / FILE
    raise NotFoundError(
        f'There is no template "{printable(word, 60)}".',
        "template.unknown",
        f"{suggest(name, known)} There are {', '.join(known)}; a path to a template's folder "
        "also does.".strip(),
    )
