"""The store: the same behaviour on SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from dmaic.errors import ConflictError, NotFoundError, StoreError
from dmaic.project.engagement.project import Engagement, Project
from dmaic.project.entity import ENGAGEMENT
from dmaic.project.record.verify import verify
from dmaic.project.store.store import SCHEMA, Store


def test_what_is_written_is_read(store: Store, thing: Any) -> None:
    parts = ("ä", '"; DROP TABLE item; --', "[bold]", "\U0001f600", "1" * 5000)
    with store.writing("thing add") as work:
        made = work.add(thing(name="Call Ünser", owner="sam", parts=parts), "project1")
    with store.reading() as view:
        assert view.all(thing, "project1") == [made]
        assert view.keyed(thing, "project1", "call ünser") == made
        assert view.find(thing, "CALL") == made
        assert verify(view).ok


def test_a_second_create_is_refused_and_harms_nothing(store: Store) -> None:
    with pytest.raises(StoreError) as caught:
        store.create()
    assert caught.value.code == "store.exists"
    with store.reading() as view:
        assert view.find(Project, "Cut churn")


def test_a_failed_beginning_leaves_nothing(store_place: str) -> None:
    store = Store(store_place, "dana")

    def fail(work: Any) -> None:
        work.add(Engagement(name="x"), ENGAGEMENT, id=ENGAGEMENT)
        raise RuntimeError("power cut")

    with pytest.raises(RuntimeError):
        store.create(fail)
    if store.path is not None:
        assert list(store.path.parent.iterdir()) == []
    store.create(lambda work: work.add(Engagement(name="x"), ENGAGEMENT, id=ENGAGEMENT))
    with store.reading() as view:
        assert [each.body.name for each in view.all(Engagement)] == ["x"]


def test_an_error_within_writing_leaves_no_trace(store: Store, thing: Any) -> None:
    with store.reading() as view:
        before = verify(view)
    with pytest.raises(ConflictError), store.writing("thing add") as work:
        _ = [work.add(thing(name=name), "project1") for name in ("a", "b", "a")]
    with store.reading() as view:
        assert verify(view) == before


def test_a_dry_run_leaves_no_trace(store: Store, thing: Any) -> None:
    with store.reading() as view:
        before = verify(view)
    with store.writing("thing add", dry_run=True) as work:
        made = work.add(thing(name="a"), "project1")
        reply = work.reply("Added a.", made)
    assert reply.dry_run
    assert reply.operation is None
    with store.reading() as view:
        assert verify(view) == before


def test_a_change_that_changes_nothing_is_no_entry(store: Store, thing: Any) -> None:
    with store.writing("thing add") as work:
        made = work.add(thing(name="a"), "project1")
    with store.writing("thing set") as work:
        assert work.change(made, thing(name="a")) == made
    with store.reading() as view:
        last = view.last_operation()
    assert last is not None
    assert last.command == "thing add"


def test_the_second_of_two_editors_is_told_what_by_whom_and_when(store: Store, thing: Any) -> None:
    with store.writing("thing add") as work:
        seen = work.add(thing(name="Call", owner="sam"), "project1")
    other = Store(store.place, "max")
    with other.writing("thing set") as work:
        work.change(seen, thing(name="Call", owner="eve", parts=("x",)))
    with pytest.raises(ConflictError) as caught, store.writing("thing set") as work:
        work.change(seen, thing(name="Call", owner="zoe"))
    message = caught.value.message
    assert caught.value.code == "conflict.changed"
    assert "owner: sam → eve" in message
    assert "parts: – → x" in message
    assert "by max at 20" in message
    with store.reading() as view:
        assert view.find(thing, "Call").body.owner == "eve"


def test_who_edits_what_was_removed_is_told_by_whom(store: Store, thing: Any) -> None:
    with store.writing("thing add") as work:
        seen = work.add(thing(name="Call"), "project1")
    with Store(store.place, "max").writing("thing rm") as work:
        work.remove(seen)
    with pytest.raises(ConflictError, match="removed by max at") as caught:  # noqa: SIM117
        with store.writing("thing set") as work:
            work.change(seen, thing(name="Call", owner="zoe"))
    assert caught.value.code == "conflict.changed"


def test_a_taken_name_is_refused(store: Store, thing: Any) -> None:
    with store.writing("thing add") as work:
        one, _ = work.add(thing(name="a"), "project1"), work.add(thing(name="b"), "project1")
    with pytest.raises(ConflictError), store.writing("thing add") as work:
        work.add(thing(name="A"), "project1")
    with pytest.raises(ConflictError), store.writing("thing set") as work:
        work.change(one, thing(name="B"))


def test_removing_a_project_takes_everything_below_it(store: Store, thing: Any) -> None:
    with store.writing("thing add") as work:
        one = work.add(thing(name="a"), "project1")
        work.add(thing(name="b"), one.id)
    with store.writing("project rm") as work:
        work.remove(work.find(Project, "Cut churn"))
    with store.reading() as view:
        assert [row.kind for row in view.rows()] == ["engagement"]
        assert verify(view).ok


def test_names_and_beginnings_find_and_ambiguous_ones_are_told(store: Store, thing: Any) -> None:
    with store.writing("thing add") as work:
        for name in ("Onboarding", "Onboarding call", "API"):
            work.add(thing(name=name), "project1")
    with store.reading() as view:
        assert view.find(thing, "onboarding").body.name == "Onboarding"
        assert view.find(thing, "ap").body.name == "API"
        with pytest.raises(NotFoundError, match="more than one"):
            view.find(thing, "onb")
        with pytest.raises(NotFoundError) as caught:
            view.find(thing, "Onbording")
    assert "Onboarding" in caught.value.hint


def test_order_stays_beyond_two_thousand_million(store: Store, thing: Any) -> None:
    """Positions are larger than 32 bits after some 21,000 entries."""
    with store.writing("thing add") as work:
        work.seq += 30_000
        work.add(thing(name="late"), "project1")
        work.seq -= 30_000
    with store.reading() as view:
        assert view.rows()[-1].position > 2**31


def test_text_from_the_system_is_stored_whatever_it_is(store_place: str) -> None:
    store = Store(store_place, "da\udcffna\0")
    store.create(lambda work: work.add(Engagement(name="x"), ENGAGEMENT, id=ENGAGEMENT))
    with store.writing("x", note="\udc80\0why") as work:
        work.marked = True
    with store.reading() as view:
        assert view.operation(2).actor == "da?na"
        assert view.operation(2).note == "?why"
        assert verify(view).ok


def test_a_newer_schema_is_refused_with_advice(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dmaic.project.store.store.SCHEMA", "0000")
    for use in (store.reading, lambda: store.writing("x")):
        with pytest.raises(StoreError) as caught, use():
            pass
        assert caught.value.code == "store.newer"
        assert "pip install --upgrade dmaic" in caught.value.hint
        assert SCHEMA in caught.value.message


def test_a_database_that_is_none_of_dmaic_is_refused(
    store_place: str, make: Callable[[str], Store]
) -> None:
    import sqlite3

    store = Store(store_place, "dana")
    if store.path is not None:
        sqlite3.connect(store.path).execute("CREATE TABLE t (a)").connection.close()
    for use in (store.reading, lambda: store.writing("x")):
        with pytest.raises(StoreError) as caught, use():
            pass
        assert caught.value.code == "store.foreign"


def test_a_reader_sees_one_moment(
    postgresql_place: str, make: Callable[[str], Store], thing: Any
) -> None:
    """On SQLite a writer waits for the readers, so there is nothing to see."""
    store = make(postgresql_place)
    with store.reading() as view:
        assert view.all(thing) == []
        with Store(store.place, "max").writing("thing add") as work:
            work.add(thing(name="a"), "project1")
        assert view.all(thing) == []
    with store.reading() as view:
        assert len(view.all(thing)) == 1


def test_a_reader_cannot_write(store: Store, thing: Any) -> None:
    from sqlalchemy import text

    with pytest.raises(StoreError) as caught, store.reading() as view:
        view._session.execute(text("DELETE FROM item"))
    assert caught.value.code == "store.read-only"


def test_a_waiting_writer_gives_up_with_a_word(
    store: Store, thing: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dmaic.project.store.connection.PATIENCE", 0.2)
    monkeypatch.setattr("dmaic.project.store.store.PATIENCE", 1)
    with store.writing("thing add") as work:
        work.add(thing(name="a"), "project1")
        with pytest.raises(ConflictError) as caught, Store(store.place, "max").writing("x"):
            pass
    assert caught.value.code == "conflict.locked"
    with store.reading() as view:
        assert len(view.all(thing)) == 1
