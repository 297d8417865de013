"""Where an imported project comes from: its part of the journal of the engagement it lived in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from dmaic.errors import DataError, Problem
from dmaic.project.entity import Entity
from dmaic.project.store.journal import ENTRY, digest_of

if TYPE_CHECKING:
    from dmaic.project.store.view import View

_LINK = ("seq", "previous", "hash")
"""What is told of an entry that concerns other projects, so that the chain can be followed."""

_IMPORT = "import"


class History(Entity):
    """A part of a journal, as it was written; nothing changes it.

    Attributes:
        engagement: name of the engagement it was written in.
        entries: one after the other without gaps. An entry of the project is whole; of others only
            number and hashes are told.
    """

    kind: ClassVar[str] = "history"
    engagement: str
    entries: tuple[dict[str, Any], ...]

    @property
    def label(self) -> str:
        """Where and how far."""
        whole = [each for each in self.entries if "changes" in each]
        return f"{len(whole)} entries of {self.engagement}"


def own_history(view: View, project: str, engagement: str) -> History | None:
    """What this journal says of a project, or None where it says nothing but that it was imported.

    Args:
        view: the record.
        project: id of the project.
        engagement: name of this engagement.
    """
    entries: list[dict[str, Any]] = []
    links: list[dict[str, Any]] = []
    for row in view.raw_operations():
        link = {name: row[name] for name in _LINK}
        if row["project"] != project:
            # Links matter only between entries of the project.
            if entries:
                links.append(link)
            continue
        entries += links
        links = []
        if row["command"] == _IMPORT and not row["undoes"] and not row["redoes"]:
            # It holds the whole project once more.
            entries.append({**link, **{name: row[name] for name in ("at", "actor", "command")}})
        else:
            entries.append({name: _decoded(row, name) for name in ENTRY})
    if not any("changes" in each for each in entries):
        return None
    return History(engagement=engagement, entries=tuple(entries))


def _decoded(row: Mapping[str, Any], name: str) -> Any:  # noqa: ANN401  any JSON
    import json

    return json.loads(row[name]) if name == "changes" else row[name]


def check_history(entries: Sequence[Mapping[str, Any]], where: str) -> None:
    """Prove that a part of a journal is as it was written.

    Args:
        entries: as in `History`.
        where: what it is part of, for the message.

    Raises:
        DataError: `exchange.journal`, names the first entry that is not.
    """
    before: Mapping[str, Any] | None = None
    for place, entry in enumerate(entries, start=1):
        trouble = _trouble(entry, before)
        if trouble:
            raise DataError.of(
                [
                    Problem(
                        "exchange.journal",
                        f"The journal in the file is not as it was written: {trouble}.",
                        "Export the project again from where it lives.",
                        f"{where}, entry {place}",
                    )
                ]
            )
        before = entry


def _trouble(entry: Mapping[str, Any], before: Mapping[str, Any] | None) -> str:
    if any(name not in entry for name in _LINK) or not isinstance(entry["seq"], int):
        return "it lacks its number or its hashes"
    if before is not None and entry["seq"] != before["seq"] + 1:
        return f"number {before['seq'] + 1} is missing"
    if before is not None and entry["previous"] != before["hash"]:
        return "it does not follow the entry before it"
    if "changes" not in entry:
        return ""
    if set(entry) != set(ENTRY):
        return "its fields are not those of an entry"
    if digest_of(entry) != entry["hash"]:
        return "its hash is not that of its content"
    return ""
