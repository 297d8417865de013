"""Writing the logs: one way for risks, issues and decisions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, TypeVar

from dmaic.errors import ConflictError
from dmaic.project.checked import argument, checked
from dmaic.project.entity import Stored
from dmaic.project.people.team import Member
from dmaic.project.plan.action_change import owner_named
from dmaic.project.plan.logbook import Concern, LogEntry
from dmaic.project.store.work import Work
from dmaic.text import printable

E = TypeVar("E", bound=LogEntry)
C = TypeVar("C", bound=Concern)


def note(work: Work, project: str, kind: type[E], fields: Mapping[str, Any]) -> Stored[E]:
    """Note a risk, an issue or a decision.

    Args:
        work: to write in.
        project: id of the project.
        kind: which log.
        fields: as said; an owner may be the beginning of a name of the team.

    Raises:
        UsageError: `field.value`.
        NotFoundError: `member.not-found`, `member.ambiguous`.
    """
    body = checked(kind, _owned(work, project, fields), where=argument("title"))
    return work.add(body, project)


def renote(work: Work, project: str, entry: Stored[E], changes: Mapping[str, Any]) -> Stored[E]:
    """Change facts about an entry.

    Args:
        work: to write in.
        project: id of the project.
        entry: as read.
        changes: field -> value.

    Raises:
        UsageError: `field.value`.
        NotFoundError: `member.not-found`, `member.ambiguous`.
    """
    fields = {**entry.body.model_dump(), **_owned(work, project, changes)}
    return work.change(entry, checked(type(entry.body), fields))


def settle(work: Work, entry: Stored[C], reason: str, today: date) -> Stored[C]:
    """Close a risk or an issue.

    Args:
        work: to write in.
        entry: an open one.
        reason: why it needs no more looking after.
        today: when it is closed.

    Raises:
        ConflictError: `log.closed`.
    """
    if entry.body.state == "closed":
        title = printable(entry.body.title, 60)
        raise ConflictError(f'"{title}" was closed on {entry.body.closed_on}.', "log.closed")
    changes = {"state": "closed", "closed_on": today, "reason": reason}
    return work.change(entry, checked(type(entry.body), {**entry.body.model_dump(), **changes}))


def _owned(work: Work, project: str, fields: Mapping[str, Any]) -> dict[str, Any]:
    owner = fields.get("owner")
    if not owner:
        return dict(fields)
    return {**fields, "owner": owner_named(work.all(Member, project), owner, "ours")}
