"""Proving that the journal is whole, and that the items are what it says."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from dmaic.block import Block, Check, Checks, Heading, Note
from dmaic.errors import UsageError
from dmaic.project.store.journal import START, differences, digest_of
from dmaic.reply import Page
from dmaic.result import Frozen
from dmaic.text import plural, printable

if TYPE_CHECKING:
    from dmaic.project.store.view import View

MOST = 50
"""Breaks that are told; after the first, most follow from it."""


class Break(Frozen):
    """Something that is not as it was written.

    Attributes:
        entry: number of the entry, or None where an item is meant.
        item: id of the item, or None.
        message: what is wrong.
    """

    entry: int | None = None
    item: str | None = None
    message: str


class Verified(Page):
    """What the proof found.

    Attributes:
        ok: journal and items are whole.
        entries: how many entries were read.
        items: how many items there are.
        head: number of the last entry.
        head_hash: its hash. Kept elsewhere, it proves later that nothing up to here was rewritten.
        breaks: what is wrong, the first first.
        total: how many breaks there are; at most 50 are listed.
        expected: the older head that was looked for, or empty.
    """

    kind: str = "log-verify"
    ok: bool
    entries: int
    items: int
    head: int
    head_hash: str
    breaks: tuple[Break, ...] = ()
    total: int = 0
    expected: str = ""

    def blocks(self) -> tuple[Block, ...]:
        """The verdict, the breaks, and the head to write down."""
        read = f"{plural(self.entries, 'entry', 'entries')}, {plural(self.items, 'item')}"
        rows: tuple[Check, ...]
        if self.ok:
            rows = (
                Check("good", f"The journal is whole, and the items are what it says: {read}."),
            )
            if self.expected:
                rows += (Check("good", f"It still holds {self.expected[:24]}… as it was."),)
        else:
            rows = tuple(Check("bad", each.message) for each in self.breaks)
        more = self.total - len(self.breaks)
        return (
            Heading("The record", aside="whole" if self.ok else "NOT as it was written"),
            Checks(rows),
            *((Note(f"And {more:,} more."),) if more else ()),
            Note(f"Head  {self.head}:{self.head_hash}"),
            Note(
                "Written down elsewhere, it proves later that nothing up to here was rewritten: "
                "dmaic log verify --expect HEAD"
                if self.ok
                else "What was read from the first break on cannot be trusted. Compare it with a "
                "backup: dmaic restore FILE shows how far one reaches."
            ),
        )

    def records(self) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
        """One row a break."""
        return (
            ("entry", "item", "message"),
            [(each.entry, each.item, each.message) for each in self.breaks],
        )


def verify(view: View, *, expect: str = "") -> Verified:
    """Recompute the chain, replay the journal, and compare with the items as they are.

    Args:
        view: the record.
        expect: an older head, `SEQ:HASH`, that must still be in the chain.

    Raises:
        UsageError: `usage.head`, that is no head.
    """
    want = _head(expect) if expect else None
    journal = _Journal()
    for row in view.raw_operations():
        journal.read(row)
    items = list(view.raw_items())
    found = [*journal.breaks, *_compare(journal.state, items)]
    if want is not None and journal.hashes.get(want[0]) != want[1]:
        message = (
            f"Entry {want[0]} is not the one that was written down: its hash is "
            f"{journal.hashes[want[0]][:12]}…, not {want[1][:12]}…."
            if want[0] in journal.hashes
            else f"Entry {want[0]}, which was written down, is not there."
        )
        found.append(Break(entry=want[0], message=message))
    return Verified(
        ok=not found,
        entries=journal.count,
        items=len(items),
        head=journal.seq,
        head_hash=journal.hash,
        breaks=tuple(found[:MOST]),
        total=len(found),
        expected=f"{want[0]}:{want[1]}" if want else "",
    )


def _head(expect: str) -> tuple[int, str]:
    seq, _, digest = expect.strip().partition(":")
    digest = digest.strip().casefold()
    if not (seq.isascii() and seq.isdigit() and len(digest) == 64):
        raise UsageError(
            f'"{printable(expect, 80)}" is no head of a journal.',
            "usage.head",
            "Give number and hash as `dmaic log verify` printed them: --expect 12:4f2c...",
        )
    return int(seq), digest


class _Journal:
    """The journal as it is read, entry by entry."""

    def __init__(self) -> None:
        self.seq, self.hash, self.count = 0, START, 0
        self.state: dict[str, dict[str, Any]] = {}
        self.hashes: dict[int, str] = {}
        self.breaks: list[Break] = []

    def read(self, row: Mapping[str, Any]) -> None:
        """The next entry."""
        self.count += 1
        seq = row["seq"]
        if not isinstance(seq, int):
            self._break(None, f"An entry has no number but {printable(repr(seq), 40)}.")
            return
        if seq != self.seq + 1:
            gone = seq - self.seq - 1
            words = f"Entry {self.seq + 1} is" if gone == 1 else f"{gone:,} entries are"
            self._break(self.seq + 1, f"{words} missing before entry {seq}.")
        elif row["previous"] != self.hash:
            self._break(seq, f"Entry {seq} does not follow entry {seq - 1} as that is now.")
        changes: Any = None
        try:
            changes = json.loads(row["changes"])
            whole = digest_of({**row, "changes": changes}) == row["hash"]
        except (TypeError, ValueError, RecursionError):
            whole = False
        if not whole:
            self._break(seq, f"Entry {seq} was changed after it was written: its hash is wrong.")
        self.seq, self.hash = seq, str(row["hash"])
        self.hashes[seq] = self.hash
        self._replay(seq, changes, whole=whole)

    def _replay(self, seq: int, changes: Any, *, whole: bool) -> None:  # noqa: ANN401
        try:
            for each in changes:
                id, before, after = each["id"], each["before"], each["after"]
                if whole and self.state.get(id) != before:
                    self._break(
                        seq, f"Entry {seq} changed the item {id}, which was not as it says."
                    )
                if after is None:
                    self.state.pop(id, None)
                else:
                    self.state[id] = after
        except (TypeError, KeyError):
            if whole:
                self._break(seq, f"Entry {seq} cannot be read.")

    def _break(self, seq: int | None, message: str) -> None:
        self.breaks.append(Break(entry=seq, message=message))


def _compare(
    state: dict[str, dict[str, Any]], items: Iterable[Mapping[str, Any]]
) -> Iterator[Break]:
    """What in the table differs from what the journal says."""
    seen = set()
    for row in items:
        id = str(row["id"])
        seen.add(id)
        told = f"The {printable(str(row['kind']), 40)} {printable(id, 40)}"
        if id not in state:
            yield Break(item=id, message=f"{told} stands in no entry of the journal.")
            continue
        try:
            now = {**row, "body": json.loads(row["body"])}
        except (TypeError, ValueError, RecursionError):
            yield Break(item=id, message=f"{told} was changed by hand: its fields are no JSON.")
            continue
        if now == state[id]:
            continue
        yield Break(item=id, message=f"{told} was changed by hand: {_differs(state[id], now)}.")
    for id, row in state.items():
        if id not in seen:
            told = f"The {printable(str(row.get('kind')), 40)} {printable(id, 40)}"
            yield Break(item=id, message=f"{told} was removed by hand.")


def _differs(should: Mapping[str, Any], now: Mapping[str, Any]) -> str:
    if isinstance(should.get("body"), dict) and isinstance(now["body"], dict):
        should, now = {**should, **should["body"]}, {**now, **now["body"]}
        should.pop("body"), now.pop("body")
    found = differences(should, now)
    parts = [f"{name} is {now}, was {was}" for name, (was, now) in list(found.items())[:5]]
    return "; ".join(parts) or "its fields differ"
