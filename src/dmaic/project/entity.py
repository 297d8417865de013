"""What is kept: checked values, each in the envelope that the store gives it."""

from __future__ import annotations

import secrets
import unicodedata
from dataclasses import dataclass
from typing import Annotated, ClassVar, Generic, TypeVar

from pydantic import AfterValidator, StringConstraints

from dmaic.result import Frozen, no_nul
from dmaic.result import Text as Text
from dmaic.text import folded

_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without i, l, o, 0 and 1, which are read as one another."""

ENGAGEMENT = "engagement"
"""Id of the one item that everything else hangs from."""


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _composed(text: str) -> str:
    # Two names that nobody can tell apart shall be one: an accent may be typed in two ways.
    return unicodedata.normalize("NFC", text)


Name = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=200),
    AfterValidator(no_nul),
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


class Named(Entity):
    """Base of what is called by a name that nothing else of its kind has.

    Attributes:
        name: what it is called.
    """

    name: Name

    @property
    def key(self) -> str:
        """Its name, in any case."""
        return folded(self.name)

    @property
    def label(self) -> str:
        """Its name."""
        return self.name


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
