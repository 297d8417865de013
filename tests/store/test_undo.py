"""Undo and redo: as editors do it, exact, and never over somebody else's work."""

from __future__ import annotations

from typing import Any

import pytest

from dmaic.errors import ConflictError, NotFoundError
from dmaic.project.engagement.project import Project
from dmaic.project.entity import Stored
from dmaic.project.record.undo import redo, undo
from dmaic.project.record.verify import verify
from dmaic.project.store.store import Store


def rows(store: Store) -> list[dict[str, Any]]:
    with store.reading() as view:
        assert verify(view).ok
        return [dict(row) for row in view.raw_items()]


def turn(store: Store, what: Any, *arguments: Any, **options: Any) -> Any:
    with store.writing(what.__name__) as work:
        return what(work, *arguments, **options)


def add(store: Store, kind: Any, name: str, parent: str = "project1") -> Stored[Any]:
    with store.writing("thing add") as work:
        return work.add(kind(name=name), parent)


def test_undo_undo_redo_redo_is_exact(store: Store, thing: Any) -> None:
    states = [rows(store)]
    made = add(store, thing, "a")
    states.append(rows(store))
    with store.writing("thing set") as work:
        work.change(made, thing(name="b", owner="sam"))
    states.append(rows(store))
    for call, number in ((undo, 1), (undo, 0), (redo, 1), (undo, 0), (redo, 1), (redo, 2)):
        reply = turn(store, call)
        assert rows(store) == states[number]
        assert reply.operation is not None
    with pytest.raises(NotFoundError) as caught:
        turn(store, redo)
    assert caught.value.code == "redo.nothing"


def test_a_new_write_clears_redo_but_redo_by_number_stays(store: Store, thing: Any) -> None:
    add(store, thing, "a")
    turn(store, undo)
    add(store, thing, "b")
    with pytest.raises(NotFoundError):
        turn(store, redo)
    turn(store, redo, 3)
    with store.reading() as view:
        assert {each.body.name for each in view.all(thing)} == {"a", "b"}


def test_undo_takes_back_ones_own_unless_told(store: Store, thing: Any) -> None:
    add(store, thing, "mine")
    add(Store(store.place, "max"), thing, "his")
    assert "Took back entry 3" in turn(store, undo).done
    with pytest.raises(ConflictError, match="entry 4"):  # What is his lies in her project.
        turn(store, undo)
    with pytest.raises(NotFoundError, match="nothing of yours"):
        turn(Store(store.place, "zoe"), undo)
    assert "Took back entry 4" in turn(store, undo, anybody=True).done
    with store.reading() as view:
        assert view.all(thing) == []


def test_the_beginning_cannot_be_undone(store: Store) -> None:
    with pytest.raises(ConflictError) as caught:
        turn(store, undo, 1)
    assert caught.value.code == "undo.fixed"
    turn(store, undo)
    with pytest.raises(NotFoundError):
        turn(store, undo, anybody=True)


def test_what_was_changed_since_is_not_taken_back_and_the_entry_is_named(
    store: Store, thing: Any
) -> None:
    made = add(store, thing, "a")
    with Store(store.place, "max").writing("thing set") as work:
        work.change(made, thing(name="a", owner="eve"))
    before = rows(store)
    with pytest.raises(ConflictError, match=r"by entry 4 \(thing set, max") as caught:
        turn(store, undo)
    assert caught.value.hint == "Take that back first: dmaic undo 4."
    assert rows(store) == before
    turn(store, undo, 4)
    turn(store, undo, 3)


def test_what_others_built_upon_is_not_taken_away(store: Store, thing: Any) -> None:
    made = add(store, thing, "a")
    add(Store(store.place, "max"), thing, "below", made.id)
    with pytest.raises(ConflictError, match="entry 4"):
        turn(store, undo)


def test_what_comes_back_needs_its_name_and_what_it_belongs_to(store: Store, thing: Any) -> None:
    made = add(store, thing, "a")
    with store.writing("thing rm") as work:
        work.remove(made)
    other = add(store, thing, "A")
    with pytest.raises(ConflictError) as caught:
        turn(store, undo, 4)
    assert caught.value.code == "undo.taken"
    with store.writing("thing rm") as work:
        work.remove(other)
    with store.writing("project rm") as work:
        work.remove(work.find(Project, "Cut churn"))
    with pytest.raises(ConflictError) as caught:
        turn(store, undo, 4)
    assert caught.value.code == "undo.parent"


def test_swapped_names_are_swapped_back(store: Store, thing: Any) -> None:
    one, two = add(store, thing, "one"), add(store, thing, "two")
    before = rows(store)
    with store.writing("swap") as work:
        one = work.change(one, thing(name="spare"))
        work.change(two, thing(name="one"))
        work.change(one, thing(name="two"))
    after = rows(store)
    turn(store, undo)
    assert rows(store) == before
    turn(store, redo)
    assert rows(store) == after


def test_a_removed_project_comes_back_with_everything(store: Store, thing: Any) -> None:
    one = add(store, thing, "a")
    add(store, thing, "below", one.id)
    before = rows(store)
    with store.writing("project rm") as work:
        work.remove(work.find(Project, "Cut churn"))
    turn(store, undo)
    assert rows(store) == before


def test_undo_to_an_entry_is_whole_or_nothing(store: Store, thing: Any) -> None:
    made = add(store, thing, "a")
    with store.writing("thing set") as work:
        work.change(made, thing(name="b"))
    add(store, thing, "c")
    reply = turn(store, undo, to=2)
    assert reply.done == "Took back 3 entries, down to 3."
    with store.reading() as view:
        assert view.all(thing) == []
        assert [each.undoes for each in view.operations(5)] == [5, 4, 3]
    # Redone up to the change of "a", which somebody else then builds upon.
    turn(store, redo)
    turn(store, redo)
    other = Store(store.place, "max")
    with other.writing("thing set") as work:
        work.change(work.find(thing, "b"), thing(name="b", owner="max"))
    turn(store, redo)
    before = rows(store)
    with pytest.raises(ConflictError, match="written since"):
        turn(store, undo, to=2)
    assert rows(store) == before


def test_entries_that_cannot_be_undone_say_what_to_do(store: Store, thing: Any) -> None:
    add(store, thing, "a")
    turn(store, undo)
    for seq, code in ((3, "undo.done"), (4, "undo.is-undo"), (99, "undo.not-found")):
        with pytest.raises((ConflictError, NotFoundError)) as caught:
            turn(store, undo, seq)
        assert caught.value.code == code
    turn(store, redo)
    with pytest.raises(ConflictError) as conflict:
        turn(store, undo, 5)
    assert conflict.value.code == "undo.is-redo"
    with pytest.raises(NotFoundError):
        turn(store, redo, 3)


def test_only_what_concerned_a_project(store: Store, thing: Any) -> None:
    with store.writing("thing add", project="project1") as work:
        work.add(thing(name="a"), "project1")
    with store.writing("thing add") as work:
        work.add(thing(name="elsewhere"), "engagement")
    assert "entry 3" in turn(store, undo, project="project1").done
    with store.reading() as view:
        assert view.operations(4)[0].project == "project1"


def test_a_dry_run_of_undo_says_what_and_changes_nothing(store: Store, thing: Any) -> None:
    add(store, thing, "a")
    before = rows(store)
    with store.writing("undo", dry_run=True) as work:
        reply = undo(work)
    assert reply.more == ('The thing "a" is gone again.',)
    assert reply.operation is None
    assert rows(store) == before


def test_who_read_before_an_undo_and_redo_may_still_write(store: Store, thing: Any) -> None:
    """The version comes back with the content, so nobody is told of a change that is none."""
    made = add(store, thing, "a")
    turn(store, undo)
    turn(store, redo)
    with store.writing("thing set") as work:
        assert work.change(made, thing(name="b")).body.name == "b"


def test_a_template_that_another_project_follows_stays_when_the_first_one_goes(
    store: Store,
) -> None:
    from dmaic.project.engagement.kept_template import template_of
    from dmaic.project.engagement.start import new_project

    with store.writing("project new") as work:
        new_project(work, "First", template="quick-win")
        first = work.seq
    with store.writing("project new") as work:
        second = new_project(work, "Second", template="quick-win")
    turn(store, undo, first)
    with store.reading() as view:
        assert template_of(view, second).name == "quick-win"
    turn(store, redo, first)
    turn(store, undo, first)
    rows(store)
    with store.reading() as view:
        assert template_of(view, second).name == "quick-win"
