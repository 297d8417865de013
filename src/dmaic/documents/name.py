"""Names and ids that people write in documents: when two mean the same, and how many are told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

from dmaic.documents.base import Line
from dmaic.text import printable

L = TypeVar("L", bound=Line)

_LONGEST = 60


def folded(name: str) -> str:
    """What two spellings of one name have in common: no case, single spaces.

    Args:
        name: such as `Customer  success`.
    """
    return " ".join(name.casefold().split())


def as_id(word: str) -> str:
    """An id as a person wrote it, as lines have theirs; case does not matter.

    Args:
        word: such as ` c1`.
    """
    return word.strip().upper()


def by_id(lines: Iterable[L]) -> dict[str, L]:
    """Lines by their ids; one without an id is not found by any.

    Args:
        lines: of one list.
    """
    return {line.id: line for line in reversed(tuple(lines)) if line.id}


def short(text: str, limit: int = _LONGEST) -> str:
    """A text of a person in a sentence: one line, not long.

    Args:
        text: any.
        limit: characters at most.
    """
    return printable(text, limit)


def told(names: Sequence[str], most: int = 6) -> str:
    """`Sales, Support and 3 more`, or a dash where there are none.

    Args:
        names: in order.
        most: how many are written out.
    """
    shown = [short(name) for name in names[:most]]
    if len(names) > most:
        return f"{', '.join(shown)} and {len(names) - most} more"
    return " and ".join(filter(None, [", ".join(shown[:-1]), shown[-1]])) if shown else "–"
