"""A record that somebody changed by hand, past dmaic: each command tells it or goes on."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest


def change(engagement: Path, statement: str) -> None:
    connection = sqlite3.connect(engagement / "dmaic.db")
    connection.execute(statement)
    connection.commit()
    connection.close()


STATEMENTS = {
    "changes are no items": "UPDATE operation SET changes = '[1, 2]' WHERE seq = 3",
    "changes are null": "UPDATE operation SET changes = 'null' WHERE seq = 3",
    "a change lacks its sides": 'UPDATE operation SET changes = \'[{"id": "x"}]\' WHERE seq = 3',
    "rows lack columns": "UPDATE operation SET changes = "
    '\'[{"id": "x", "before": null, "after": {"body": {}}}]\' WHERE seq = 3',
    "the moment is none": "UPDATE operation SET at = 'x' WHERE seq = 3",
    "the moment has no offset": "UPDATE operation SET at = '2026-01-01' WHERE seq = 3",
    "a body is null": "UPDATE item SET body = 'null' WHERE kind = 'member'",
    "a body is no JSON": "UPDATE item SET body = '{' WHERE kind = 'document'",
    "the engagement is gone": "DELETE FROM item WHERE id = 'engagement'",
    "the journal is gone": "DELETE FROM operation",
}
COMMANDS = [
    ("status",),
    ("portfolio",),
    ("team", "list"),
    ("doc", "history", "charter"),
    ("doc", "show", "charter"),
    ("log", "show"),
    ("log", "show", "--since", "2020-01-01"),
    ("undo", "3"),
    ("undo",),
    ("redo",),
    ("team", "add", "Sam"),
    ("export", "-o", "out.json"),
    ("backup",),
    ("doctor",),
]


@pytest.mark.parametrize("statement", STATEMENTS.values(), ids=STATEMENTS)
def test_a_record_changed_by_hand_is_no_bug_of_any_command(run, mini, statement) -> None:
    assert run("team", "add", "Dana").status == 0
    assert run("doc", "set", "charter", "metric=churn").status == 0
    change(mini, statement)
    for command in COMMANDS:
        ran = run(*command)
        assert ran.status in (0, 1, 8), f"{command}: {ran.err}"
        assert ran.status != 1 or "error " in ran.err
    assert run("log", "verify").status == 8
