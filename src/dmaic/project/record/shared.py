"""What several projects of an engagement follow: undoing one leaves it to the others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dmaic.project.store.journal import as_dict

if TYPE_CHECKING:
    from dmaic.project.store.work import Work

_KINDS = ("template", "package")
"""Kinds of items that belong to the engagement and that projects point to by their key."""

Changes = list[dict[str, Any]]


def unshared(work: Work, changes: Changes, old: str, new: str) -> Changes:
    """The changes of an entry without templates that other projects follow by now.

    A template is kept once, with the first project that follows it, and stays for the others.

    Args:
        work: to read from.
        changes: of the entry.
        old: `before` or `after`: the side that is there now.
        new: the other one, which is to come.
    """
    ids = {each["id"] for each in changes}
    projects = [as_dict(row) for row in work.rows(kinds=["project"]) if row.id not in ids]
    projects += [each[new] for each in changes if (each[new] or {}).get("kind") == "project"]
    marks = [row["body"]["template"] for row in projects]
    followed = {mark.get(field) for mark in marks for field in ("hash", "package")}

    def stays(each: dict[str, Any]) -> bool:
        row = each[old] or each[new]
        if row["kind"] not in _KINDS:
            return False
        there = work.row(each["id"])
        if there is None or as_dict(there) != row:
            return False
        return each[old] is None or (each[new] is None and row["key"] in followed)

    return [each for each in changes if not stays(each)]
