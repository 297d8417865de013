"""What projects follow is kept in the engagement, once, under the fingerprint of its content."""

from __future__ import annotations

from typing import Any

from dmaic.errors import StoreError
from dmaic.project.entity import ENGAGEMENT, Entity
from dmaic.project.store.work import Work


class Kept(Entity):
    """Base of the content that is kept.

    Attributes:
        name, version: of the template.
        hash: SHA-256 of the content.
        content: as plain JSON types.
    """

    name: str
    version: str
    hash: str
    content: dict[str, Any]

    @property
    def key(self) -> str:
        """The content's fingerprint."""
        return self.hash

    @property
    def label(self) -> str:
        """Its name and version."""
        return f"{self.name} {self.version}"


def keep_once(work: Work, kept: Kept) -> str:
    """Keep content, where it is not kept yet.

    Args:
        work: to write with.
        kept: the content.

    Returns:
        Its fingerprint.
    """
    if work.keyed(type(kept), ENGAGEMENT, kept.hash) is None:
        work.add(kept, ENGAGEMENT)
    return kept.hash


def broken(message: str, *, code: str) -> StoreError:
    """The error for content that is not what a project began with.

    Args:
        message: what is wrong.
        code: of the error.
    """
    return StoreError(
        message, code, "`dmaic log verify` looks into it; `dmaic restore` brings a backup back."
    )
