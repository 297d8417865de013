"""What is kept: checked values, each in the envelope that the store gives it."""

from __future__ import annotations

import secrets
import unicodedata
from dataclasses import dataclass
from typing import Annotated, ClassVar, Generic, TypeVar

from pydantic import AfterValidator, StringConstraints

from dmaic.result import Frozen

_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without i, l, o, 0 and 1, which are read as one another."""

ENGAGEMENT = "engagement"
"""Id of the one item that everything else hangs from."""


def _no_nul(text: str) -> str:
    if "\0" in text:
        raise ValueError("holds a NUL character")
    return text


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _composed(text: str) -> str:
    # Two names that nobody can tell apart shall be one: an accent may be typed in two ways.
    return unicodedata.normalize("NFC", text)


Text = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=20_000), AfterValidator(_no_nul)
]
"""Words of a person: trimmed, at most 20,000 characters, never interpreted."""

Name = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=200),
    AfterValidator(_no_nul),
    AfterValidator(_one_line),
    AfterValidator(_composed),
]
"""What people call a thing, on one line."""


class Entity(Frozen):
    """Base of everything that is kept as an item.

    Attributes:
        kind: name of the kind in the store and in messages.
    """

    kind: ClassVar[str]

    @property
    def key(self) -> str | None:
        """Name that must be unique among items of this kind in the project, or None."""
        return None

    @property
    def label(self) -> str:
        """What people call it in a message."""
        return self.key or self.kind


E_co = TypeVar("E_co", bound=Frozen, covariant=True)


@dataclass(frozen=True, slots=True)
class Stored(Generic[E_co]):
    """An item with its envelope; see `ItemRow`."""

    id: str
    parent: str
    version: int
    body: E_co
    made_at: str
    made_by: str
    changed_at: str
    changed_by: str


def new_id() -> str:
    """A random id: eight letters and figures that are hard to confuse."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(8))
