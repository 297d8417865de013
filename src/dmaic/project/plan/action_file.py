"""Actions from a CSV file, all mistakes told at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, get_args

from dmaic.engagements.template import Template
from dmaic.errors import DataError, DmaicError, Problem, suggest
from dmaic.project.checked import checked
from dmaic.project.csv_file import Columns, read_rows
from dmaic.project.entity import Stored
from dmaic.project.gate.check import phase_named
from dmaic.project.people.team import Member
from dmaic.project.plan.action import Action, Side, State
from dmaic.project.plan.action_change import owner_named
from dmaic.project.plan.action_reply import COLUMNS
from dmaic.project.store.work import Work
from dmaic.text import printable

_COLUMNS = Columns("action", COLUMNS, ("title", "owner", "due"))
_DATES = ("due", "first_due", "done_on", "dropped_on")


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of a file.

    Attributes:
        added: the new actions.
        known: rows left alone, because the action is in the project already.
        unread: columns that mean nothing here.
    """

    added: tuple[Stored[Action], ...]
    known: int
    unread: tuple[str, ...]


def import_actions(
    work: Work, project: str, template: Template, path: Path, *, phase: str, today: date
) -> Imported:
    """Add the actions of a CSV file: all of them, or none where one row is wrong.

    Columns are those of `action export`: `title`, `owner` and `due` are needed. A row whose `id`,
    or whose title, owner and first date are known already, is left alone.

    Args:
        work: to write in.
        project: id of the project.
        template: that it follows.
        path: of the file.
        phase: of rows that name none.
        today: nothing is done in the future.

    Raises:
        ReadError: `read.not-found`, `read.failed`, `read.encoding`, `read.too-large`,
            `read.no-rows`.
        DataError: `action.column` or `field.value`, with every row that is wrong.
    """
    rows, unread = read_rows(path, _COLUMNS)
    members = work.all(Member, project)
    present = work.all(Action, project)
    ids = {each.id for each in present}
    known = {_same(each.body) for each in present}
    bodies: list[Action] = []
    problems: list[Problem] = []
    left = 0
    for number, cells in rows:
        if cells.get("id") in ids:
            left += 1
            continue
        try:
            body = _action(members, template, cells, phase, today, f"{path}, row {number}")
        except DmaicError as error:
            problems += error.problems
            continue
        if _same(body) in known:
            left += 1
            continue
        known.add(_same(body))
        bodies.append(body)
    if problems:
        raise DataError.of(problems)
    return Imported(tuple(work.add(each, project) for each in bodies), left, unread)


def _same(action: Action) -> tuple[str, str, date]:
    return action.title.casefold(), action.owner.casefold(), action.first_due


def _action(
    members: list[Stored[Member]],
    template: Template,
    cells: Mapping[str, str],
    phase: str,
    today: date,
    at: str,
) -> Action:
    def where(field: str) -> str:
        return f'{at}, column "{field}"'

    problems: list[Problem] = []

    def told(field: str, message: str, hint: str = "") -> None:
        problems.append(Problem("field.value", message, hint, where(field)))

    fields: dict[str, Any] = {"title": cells.get("title", "")}
    side = cells.get("side", "").casefold() or "ours"
    state = cells.get("state", "").casefold() or "open"
    for name, value, words in (("side", side, get_args(Side)), ("state", state, get_args(State))):
        if value not in words:
            hint = suggest(value, words) or f"Write {' or '.join(words)}."
            told(name, f'"{printable(value, 40)}" is no {name}.', hint)
        fields[name] = value
    for name in _DATES:
        cell = cells.get(name, "")
        try:
            fields[name] = date.fromisoformat(cell) if cell else None
        except ValueError:
            fields[name] = None
            told(name, f'"{printable(cell, 40)}" is no date.', "Write it as 2026-12-31.")
    for name in ("title", "due"):
        if not cells.get(name):
            told(name, "it is empty.")
    fields["first_due"] = fields["first_due"] or fields["due"]
    for name, ended in (("done_on", "done"), ("dropped_on", "dropped")):
        if fields["state"] == ended and fields[name] is None and not cells.get(name):
            told(name, f"it is empty, though the state is {ended}.")
        if fields["state"] != ended and fields[name] is not None:
            told(name, f"it is filled, though the state is {fields['state']}.")
        if fields[name] is not None and fields[name] > today:
            told(name, f"{fields[name]} has not come yet.")
    fields["reason"] = cells.get("reason", "")
    try:
        fields["owner"] = owner_named(
            members, cells.get("owner", ""), "customer" if side == "customer" else "ours"
        )
        fields["phase"] = phase_named(template, cells.get("phase") or phase).name
    except DmaicError as error:
        field = "phase" if error.code.startswith("phase.") else "owner"
        problems.append(Problem(error.code, error.message, error.hint, where(field)))
    if problems:
        raise DataError.of(problems)
    return checked(Action, fields, where=where, error=DataError)
