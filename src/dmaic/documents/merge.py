"""Two people changed one document: what both did, put together, and where they clash."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Literal, TypeVar

from dmaic.documents.base import Document
from dmaic.documents.fill import checked
from dmaic.documents.form import FormField, form
from dmaic.documents.parse import spell

D = TypeVar("D", bound=Document)

Side = Literal["mine", "theirs"]
Content = dict[str, Any]
Lines = Sequence[Content]

_NONE: Mapping[str, Side] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Move:
    """A field or a line that is not everywhere the same.

    Attributes:
        path: such as `target`, `milestones.M1.due`, or `milestones.M1` for the whole line.
        how: only the other one changed it, so it is taken; only oneself did, so it is kept; or
            both did, and they clash.
        base, mine, theirs: what stands there, as `dmaic doc set` takes it; None where the line is
            not there.
    """

    path: str
    how: Literal["taken", "kept", "clash"]
    base: str | None
    mine: str | None
    theirs: str | None


@dataclass(slots=True)
class Merge:
    """What came of putting two changes together.

    Attributes:
        moves: every difference, in the order of the document.
    """

    moves: list[Move] = field(default_factory=list)

    @property
    def clashes(self) -> dict[str, str]:
        """Path of each clash -> what the other one wrote."""
        return {each.path: _other(each) for each in self.moves if each.how == "clash"}


def merged(
    base: D,
    mine: D,
    theirs: D,
    *,
    settled: Mapping[str, Side] = _NONE,
    anchor: Side = "theirs",
    needed: Collection[str] = (),
) -> tuple[D, Merge]:
    """The document with both changes; where both changed a field, one's own.

    A line that one removed and the other changed stays. Of two new lines with one id the one of
    the anchor keeps it.

    Args:
        base: what both began with.
        mine: with one's own changes.
        theirs: with the other's.
        settled: path of a clash -> whose word counts.
        anchor: whose order the lines keep.
        needed: ids of lines that stay although the other one removed them.
    """
    notes = Merge()
    old, own, other = (each.model_dump() for each in (base, mine, theirs))
    body: Content = {}
    for each in form(type(base)):
        name = each.name
        if each.line is None:
            body[name] = _choose(each, name, (old[name], own[name], other[name]), settled, notes)
        else:
            three = (old[name], own[name], other[name])
            body[name] = _Lines(each, settled, notes, anchor, needed).merged(*three)
    return checked(type(base), body), notes


def _choose(
    cell: FormField,
    path: str,
    three: tuple[Any, Any, Any],
    settled: Mapping[str, Side],
    notes: Merge,
) -> Any:  # noqa: ANN401
    old, own, other = three
    if own == other:
        return own
    words = [spell(cell, each) for each in three]
    if own == old:
        notes.moves.append(Move(path, "taken", *words))
        return other
    if other == old:
        notes.moves.append(Move(path, "kept", *words))
        return own
    notes.moves.append(Move(path, "clash", *words))
    return other if settled.get(path) == "theirs" else own


@dataclass(slots=True)
class _Lines:
    """The lines of one list, put together.

    Attributes:
        listed: the field that holds them.
        settled, notes, anchor, needed: as for `merged`.
    """

    listed: FormField
    settled: Mapping[str, Side]
    notes: Merge
    anchor: Side
    needed: Collection[str]

    def merged(self, old: Lines, own: Lines, other: Lines) -> list[Content]:
        before, mine, theirs = ({line["id"]: line for line in lines} for lines in (old, own, other))
        first, second = (mine, theirs) if self.anchor == "mine" else (theirs, mine)
        made: list[Content] = []
        for id, line in first.items():
            if id in before:
                made += self._known(id, before[id], mine.get(id), theirs.get(id))
            else:
                made.append(line)
                self._new(id, line, self.anchor)
        free = self._number({**before, **mine, **theirs})
        for id, line in second.items():
            if id in before:
                if id not in first:
                    made += self._known(id, before[id], mine.get(id), theirs.get(id))
            elif line != first.get(id):
                # Both may have given one id to different lines.
                free += id in first
                fresh = {**line, "id": f"{self._prefix}{free}"} if id in first else line
                made.append(fresh)
                self._new(fresh["id"], fresh, "theirs" if self.anchor == "mine" else "mine")
        return made

    def _known(
        self, id: str, old: Content, own: Content | None, other: Content | None
    ) -> list[Content]:
        """A line that was there before, as it is to be: none where it goes."""
        path = f"{self.listed.name}.{id}"
        if own is not None and other is not None:
            assert self.listed.line is not None
            cells = form(self.listed.line)
            return [
                {"id": id}
                | {
                    cell.name: _choose(
                        cell,
                        f"{path}.{cell.name}",
                        (old[cell.name], own[cell.name], other[cell.name]),
                        self.settled,
                        self.notes,
                    )
                    for cell in cells
                }
            ]
        left = own or other
        if left is None:
            return []
        # What was changed is told, however long the line is.
        changed = [name for name in old if left[name] != old[name]]
        words = (self._told(old, changed), self._told(own, changed), self._told(other, changed))
        if left == old and own is not None and id in self.needed:
            self.notes.moves.append(Move(path, "kept", *words))
            return [own]
        if left == old:
            self.notes.moves.append(Move(path, "taken" if own is not None else "kept", *words))
            return []
        self.notes.moves.append(Move(path, "clash", *words))
        side = self.settled.get(path)
        chosen = left if side is None else own if side == "mine" else other
        return [] if chosen is None else [chosen]

    def _new(self, id: str, line: Content, side: Side) -> None:
        words = self._told(line)
        mine, theirs = (words, None) if side == "mine" else (None, words)
        how: Literal["taken", "kept"] = "kept" if side == "mine" else "taken"
        self.notes.moves.append(Move(f"{self.listed.name}.{id}", how, None, mine, theirs))

    def _told(self, line: Content | None, more: Collection[str] = ()) -> str | None:
        """A line in words: its texts, the first ones, and further fields by their names."""
        if line is None:
            return None
        assert self.listed.line is not None
        told = {cell.name: spell(cell, line[cell.name]) for cell in form(self.listed.line)}
        first = [name for name in told if told[name]][:3]
        named = [f"{name}: {told[name] or '(empty)'}" for name in more if name not in first]
        return "; ".join([*(told[name] for name in first), *named])

    @property
    def _prefix(self) -> str:
        assert self.listed.line is not None
        return self.listed.line.PREFIX

    def _number(self, lines: Mapping[str, Content]) -> int:
        numbers = (id.removeprefix(self._prefix) for id in lines)
        return max((int(each) for each in numbers if each.isdecimal()), default=0)


def _other(move: Move) -> str:
    if move.theirs is None:
        return "removed"
    if move.mine is None:
        return "changed, and you removed it"
    return move.theirs or "(empty)"
