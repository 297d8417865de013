"""Any writes, then undo all, equals the start; redo all equals the end; the proof always holds."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from dmaic.errors import ConflictError, NotFoundError
from dmaic.project.engagement.project import Engagement
from dmaic.project.entity import ENGAGEMENT, Entity, Name
from dmaic.project.record.undo import redo, undo
from dmaic.project.record.verify import verify
from dmaic.project.store.store import Store, remove_database

NAMES = st.sampled_from(["a", "b", "c", "d"])


class Piece(Entity):
    kind: ClassVar[str] = "piece"
    name: Name
    value: int = 0

    @property
    def key(self) -> str:
        return self.name


class Course(RuleBasedStateMachine):
    """One person writes, undoes and redoes; a model keeps every state as an editor would."""

    def __init__(self) -> None:
        super().__init__()
        self.path = Path(tempfile.mkdtemp(prefix="dmaic-test-")) / "dmaic.db"
        self.store = Store(self.path, "dana")
        self.store.create(lambda work: work.add(Engagement(name="x"), ENGAGEMENT, id=ENGAGEMENT))
        self.past: list[Any] = []
        self.present = self.rows()
        self.future: list[Any] = []

    def teardown(self) -> None:
        for what, states in ((undo, self.past[::-1]), (redo, [*self.past, self.present][1:])):
            for state in states:
                with self.store.writing(what.__name__) as work:
                    what(work)
                assert self.rows() == state
        remove_database(self.path)
        self.path.parent.rmdir()

    def rows(self) -> list[dict[str, Any]]:
        with self.store.reading() as view:
            return [dict(row) for row in view.raw_items()]

    def wrote(self) -> None:
        now = self.rows()
        if now != self.present:
            self.past.append(self.present)
            self.present, self.future = now, []

    @rule(names=st.lists(NAMES, min_size=1, max_size=3, unique=True), below=st.booleans())
    def add(self, names: list[str], below: bool) -> None:
        try:
            with self.store.writing("piece add") as work:
                pieces = work.all(Piece)
                parent = pieces[0].id if below and pieces else ENGAGEMENT
                for name in names:
                    work.add(Piece(name=name), parent)
        except ConflictError:
            assert self.rows() == self.present
        self.wrote()

    @rule(at=st.integers(0, 9), name=NAMES, value=st.integers(0, 2))
    def change(self, at: int, name: str, value: int) -> None:
        try:
            with self.store.writing("piece set") as work:
                pieces = work.all(Piece)
                if pieces:
                    work.change(pieces[at % len(pieces)], Piece(name=name, value=value))
        except ConflictError:
            assert self.rows() == self.present
        self.wrote()

    @rule(at=st.integers(0, 9))
    def remove(self, at: int) -> None:
        with self.store.writing("piece rm") as work:
            pieces = work.all(Piece)
            if pieces:
                work.remove(pieces[at % len(pieces)])
        self.wrote()

    @rule()
    def swap(self) -> None:
        with self.store.writing("swap") as work:
            pieces = work.all(Piece, ENGAGEMENT)
            if len(pieces) > 1:
                first, second = pieces[:2]
                spare = work.change(first, Piece(name="spare"))
                work.change(second, first.body)
                work.change(spare, second.body)
        self.wrote()

    @rule()
    def undo(self) -> None:
        try:
            with self.store.writing("undo") as work:
                undo(work)
        except NotFoundError:
            assert not self.past
            return
        self.future.append(self.present)
        self.present = self.past.pop()
        assert self.rows() == self.present

    @rule()
    def redo(self) -> None:
        try:
            with self.store.writing("redo") as work:
                redo(work)
        except NotFoundError:
            assert not self.future
            return
        self.past.append(self.present)
        self.present = self.future.pop()
        assert self.rows() == self.present

    @precondition(lambda self: len(self.past) > 1)
    @rule(steps=st.integers(1, 4))
    def undo_some(self, steps: int) -> None:
        steps = min(steps, len(self.past))
        with self.store.reading() as view:
            from dmaic.project.store.course import course

            done = sorted(course(view.marks()).done)
        with self.store.writing("undo") as work:
            undo(work, to=done[-steps - 1])
        for _ in range(steps):
            self.future.append(self.present)
            self.present = self.past.pop()
        assert self.rows() == self.present

    @invariant()
    def is_whole(self) -> None:
        with self.store.reading() as view:
            found = verify(view)
        assert found.ok, found.breaks


Course.TestCase.settings = settings(
    max_examples=15, stateful_step_count=20, suppress_health_check=[HealthCheck.too_slow]
)
TestCourse = pytest.mark.slow(Course.TestCase)
