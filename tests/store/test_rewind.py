"""The record as of a day: exactly what was there, whatever was undone, removed or renamed since."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from dmaic.project.engagement.project import Project
from dmaic.project.entity import Stored
from dmaic.project.record.rewind import rewound
from dmaic.project.record.undo import undo
from dmaic.project.store.store import Store
from dmaic.settings import played

FIRST = date(2031, 3, 1)


def on(store: Store, number: int, does: Callable[..., Any]) -> Any:
    """Do something on the day of that number."""
    with played(FIRST + timedelta(days=number)), store.writing("thing set") as work:
        return does(work)


def items(store: Store, number: int) -> tuple[list[dict[str, Any]], str]:
    """The bodies as of the end of the day of that number, and the note."""
    with store.reading() as view:
        project: Stored[Project] = view.find(Project, "project1")
        day = FIRST + timedelta(days=number)
        with rewound(view, project, day, FIRST + timedelta(days=30)) as then:
            found = [row.body for row in then.view.rows() if row.kind == "thing"]
            return found, then.note


def test_each_day_shows_what_was_there(store: Store, thing: Any) -> None:
    made = on(store, 1, lambda work: work.add(thing(name="a"), "project1"))
    on(store, 2, lambda work: work.change(made, thing(name="b")))
    on(store, 3, lambda work: work.add(thing(name="c"), "project1"))
    on(store, 4, lambda work: undo(work))
    on(store, 5, lambda work: work.remove(work.find(thing, "b")))
    names = [[each["name"] for each in items(store, day)[0]] for day in range(1, 7)]
    assert names == [["a"], ["b"], ["b", "c"], ["b"], [], []]
    assert items(store, 5)[1] == ""
    assert items(store, 2)[1].endswith(f"at the end of {FIRST + timedelta(days=2)}.")


def test_the_record_itself_is_not_touched(store: Store, thing: Any) -> None:
    on(store, 1, lambda work: work.add(thing(name="a"), "project1"))
    on(store, 3, lambda work: work.add(thing(name="b"), "project1"))
    with store.reading() as view:
        before = [dict(row) for row in view.raw_items()]
    items(store, 2)
    with store.reading() as view:
        assert [dict(row) for row in view.raw_items()] == before


def test_a_day_before_the_project_gives_the_record_of_today_and_says_so(
    store: Store, thing: Any
) -> None:
    on(store, 1, lambda work: work.add(thing(name="a"), "project1"))
    found, note = items(store, -20_000)
    assert [each["name"] for each in found] == ["a"]
    assert note.startswith("The record of this project begins on ")


def test_nothing_is_read_of_the_journal_on_the_day_itself(
    store: Store, thing: Any, monkeypatch: Any
) -> None:
    on(store, 1, lambda work: work.add(thing(name="a"), "project1"))
    with store.reading() as view:
        project = view.find(Project, "project1")
        monkeypatch.setattr(type(view), "operations", None)
        with rewound(view, project, FIRST, FIRST) as then:
            assert then.view is view
