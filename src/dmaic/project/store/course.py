"""Which entries of the journal are in effect, and which can be brought back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dmaic.project.store.view import Mark


@dataclass(slots=True)
class Course:
    """What of the journal is in effect.

    Attributes:
        marks: every entry, by its number.
        done: numbers of the entries in effect, oldest first.
        undone: number of each entry that is taken back -> number of the entry that did so; the
            one that was taken back last stands last.
        open: those of them that their persons can bring back, in the same order: after something
            new was written there is nothing to bring back, as in an editor.
    """

    marks: dict[int, Mark] = field(default_factory=dict)
    done: set[int] = field(default_factory=set)
    undone: dict[int, int] = field(default_factory=dict)
    open: list[int] = field(default_factory=list)


def course(marks: Iterable[Mark]) -> Course:
    """Which entries are in effect, and which can be brought back.

    Args:
        marks: the whole journal, oldest first.
    """
    now = Course()
    for mark in marks:
        now.marks[mark.seq] = mark
        if mark.undoes is not None:
            now.done.discard(mark.undoes)
            now.undone[mark.undoes] = mark.seq
            now.open.append(mark.undoes)
        elif mark.redoes is not None:
            now.done.add(mark.redoes)
            now.undone.pop(mark.redoes, None)
            now.open = [seq for seq in now.open if seq != mark.redoes]
        else:
            now.done.add(mark.seq)
            by = {seq: now.marks[now.undone[seq]].actor for seq in now.open}
            now.open = [seq for seq in now.open if by[seq] != mark.actor]
    return now
