"""Whatever is changed by hand is found and named."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import text
from sqlmodel import Session

from dmaic.errors import UsageError
from dmaic.project.record.verify import Verified, verify
from dmaic.project.store.journal import digest_of
from dmaic.project.store.store import Store


def by_hand(store: Store, *statements: str, **values: Any) -> None:
    with Session(store.engine(write=True, keys=False)) as session:
        for statement in statements:
            session.execute(text(statement), values)
        session.commit()


def proof(store: Store, expect: str = "") -> Verified:
    with store.reading() as view:
        return verify(view, expect=expect)


@pytest.fixture
def kept(store: Store, thing: Any) -> Store:
    with store.writing("thing add") as work:
        made = work.add(thing(name="Call", owner="sam"), "project1", id="call")
    with store.writing("thing set") as work:
        work.change(made, thing(name="Call", owner="eve"))
    with store.writing("thing add") as work:
        work.add(thing(name="Other"), "project1", id="other")
    return store


def test_a_whole_record_is_whole_and_tells_its_head(kept: Store) -> None:
    found = proof(kept)
    assert (found.ok, found.entries, found.items, found.head) == (True, 5, 4, 5)
    assert len(found.head_hash) == 64
    assert proof(kept, f"5:{found.head_hash}").ok


@pytest.mark.parametrize(
    ("statement", "entry", "words"),
    [
        ("UPDATE operation SET actor = 'max' WHERE seq = 3", 3, "Entry 3 was changed"),
        ("UPDATE operation SET at = '2020' WHERE seq = 1", 1, "Entry 1 was changed"),
        ("UPDATE operation SET note = 'x' WHERE seq = 5", 5, "Entry 5 was changed"),
        ("UPDATE operation SET changes = '[]' WHERE seq = 4", 4, "Entry 4 was changed"),
        ("UPDATE operation SET changes = '{\"a\": 1}' WHERE seq = 4", 4, "Entry 4 was changed"),
        ("DELETE FROM operation WHERE seq = 3", 3, "Entry 3 is missing"),
        ("DELETE FROM operation WHERE seq = 1", 1, "Entry 1 is missing"),
        ("DELETE FROM operation WHERE seq IN (2, 3)", 2, "2 entries are missing"),
        ("UPDATE operation SET seq = 9 WHERE seq = 5", 5, "4|entries are missing"),
        ("UPDATE operation SET hash = '" + "0" * 64 + "' WHERE seq = 2", 2, "Entry 2 was changed"),
        ("UPDATE operation SET previous = '' WHERE seq = 3", 3, "does not follow"),
    ],
)
def test_a_changed_entry_is_named(kept: Store, statement: str, entry: int, words: str) -> None:
    by_hand(kept, statement)
    found = proof(kept)
    assert not found.ok
    assert found.breaks[0].entry == entry
    assert any(word in found.breaks[0].message for word in words.split("|"))


def test_swapped_entries_are_named(kept: Store) -> None:
    by_hand(
        kept,
        "UPDATE operation SET seq = 99 WHERE seq = 3",
        "UPDATE operation SET seq = 3 WHERE seq = 4",
        "UPDATE operation SET seq = 4 WHERE seq = 99",
    )
    found = proof(kept)
    assert not found.ok
    assert found.breaks[0].entry == 3


def test_a_cut_off_end_is_found_by_the_items(kept: Store) -> None:
    by_hand(kept, "DELETE FROM operation WHERE seq = 5")
    found = proof(kept)
    assert [(each.item, "stands in no entry" in each.message) for each in found.breaks] == [
        ("other", True)
    ]


@pytest.mark.parametrize(
    ("statement", "item", "words"),
    [
        ('UPDATE item SET body = \'{"name":"Call","owner":"zoe","parts":[]}\' WHERE id = \'call\'',
         "call", "owner is zoe, was eve"),
        ("UPDATE item SET changed_by = 'max' WHERE id = 'call'", "call", "changed_by is max"),
        ("UPDATE item SET key = 'x' WHERE id = 'call'", "call", "key is x, was call"),
        ("UPDATE item SET version = 1 WHERE id = 'call'", "call", "version is 1, was 4"),
        ("DELETE FROM item WHERE id = 'other'", "other", "removed by hand"),
        ("INSERT INTO item SELECT 'new', parent, kind, 'n', version, position, body, made_at, "
         "made_by, changed_at, changed_by FROM item WHERE id = 'other'",
         "new", "stands in no entry"),
    ],
)  # fmt: skip
def test_a_changed_item_is_named(kept: Store, statement: str, item: str, words: str) -> None:
    by_hand(kept, statement)
    found = proof(kept)
    assert [each.item for each in found.breaks] == [item]
    assert words in found.breaks[0].message


def test_a_rewritten_chain_is_whole_but_not_the_head_written_down(kept: Store) -> None:
    """Who recomputes every hash deceives the chain, not a head that is kept elsewhere."""
    head = proof(kept)
    rewrite(kept, lambda row: {**row, "actor": "max"} if row["seq"] == 3 else row)
    forged = proof(kept)
    assert forged.ok
    assert forged.head_hash != head.head_hash
    found = proof(kept, f"5:{head.head_hash}")
    assert not found.ok
    assert "not the one that was written down" in found.breaks[0].message
    assert not proof(kept, f"6:{head.head_hash}").ok


def rewrite(store: Store, edit: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    with store.reading() as view:
        rows = [dict(row) for row in view.raw_operations()]
    previous = "0" * 64
    for row in rows:
        new = edit({**row, "changes": json.loads(row["changes"])})
        new["previous"] = previous
        previous = digest_of(new)
        by_hand(
            store,
            "UPDATE operation SET actor = :actor, previous = :previous, hash = :hash "
            "WHERE seq = :seq",
            actor=new["actor"], previous=new["previous"], hash=previous, seq=new["seq"],
        )  # fmt: skip


@pytest.mark.parametrize("head", ["", " ", "5", "5:", "5:abc", ":" + "a" * 64, "x:" + "a" * 64,
                                  "٣:" + "a" * 64, "-1:" + "a" * 64])  # fmt: skip
def test_what_is_no_head_is_refused(kept: Store, head: str) -> None:
    if not head:
        return
    with pytest.raises(UsageError) as caught:
        proof(kept, head)
    assert caught.value.code == "usage.head"


@pytest.mark.parametrize("garbage", ["", "{", "null", "[" * 100_000, '{"changes": 1}', "[1]"])
def test_garbage_in_the_journal_of_sqlite_is_named_not_stumbled_over(
    sqlite_store: Store, garbage: str
) -> None:
    by_hand(sqlite_store, "UPDATE operation SET changes = :garbage WHERE seq = 2", garbage=garbage)
    found = proof(sqlite_store)
    assert found.breaks[0].entry == 2
    by_hand(sqlite_store, "UPDATE item SET body = :garbage WHERE id = 'project1'", garbage=garbage)
    assert not proof(sqlite_store).ok
