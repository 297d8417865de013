"""The form of a document at a terminal, played with answers in place of a person."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import TypeVar

import pytest

from dmaic.cli.ask import Asker, Move, Option
from dmaic.cli.form import Form
from dmaic.cli.render.console import make_console
from dmaic.documents.base import Document, Papers
from dmaic.documents.define.charter import Charter
from dmaic.errors import ConflictError

T = TypeVar("T")


class Person(Asker):
    """Somebody who answers from a list; at its end they leave."""

    def __init__(self, *answers: str) -> None:
        self.heard = io.StringIO()
        super().__init__(make_console(self.heard, width=80, plain=True))
        self.answers = list(answers)
        self.asked: list[str] = []

    def _typed(self, question: str, present: str, *, long: bool) -> str:
        del long
        self.asked.append(question)
        if not self.answers:
            raise KeyboardInterrupt
        said = self.answers.pop(0)
        return present if said == "" else said

    def pick(self, question: str, options: Sequence[Option[T]], present: T | None = None) -> T:
        self.asked.append(question)
        if not self.answers:
            raise KeyboardInterrupt
        said = self.answers.pop(0)
        if not said:
            return next((o for o in options if o.value == present), options[0]).value
        return next(o for o in options if said in (o.key, o.label)).value


class Memory:
    """A place where a document is kept, with every version of it."""

    def __init__(self, document: Document) -> None:
        self.document: Document = document
        self.kept: list[Document] = []
        self.theirs: Document | None = None

    def put(self, document: Document, place: str) -> None:
        assert place
        if self.theirs is not None:
            self.document, self.theirs = self.theirs, None
            raise ConflictError("It was changed by Sam.", "conflict.changed")
        self.document = document
        self.kept.append(document)

    def papers(self) -> Papers:
        return Papers()


def fill(*answers: str, only: Sequence[str], document: Document | None = None) -> Memory:
    memory = Memory(document or Charter())
    Form(Person(*answers), memory).fill(only)
    return memory


def test_every_answer_is_kept_at_once() -> None:
    memory = Memory(Charter())
    with pytest.raises(KeyboardInterrupt):
        Form(Person("2.2 % cancel", "It costs $5.0M"), memory).fill()
    assert len(memory.kept) == 2
    assert memory.document == Charter(problem="2.2 % cancel", business_case="It costs $5.0M")


def test_enter_keeps_what_stands_there_and_writes_nothing() -> None:
    memory = fill("", "", only=["metric", "baseline"], document=Charter(metric="churn", baseline=2))
    assert memory.kept == []


def test_a_value_that_does_not_fit_is_told_with_the_example_and_asked_again() -> None:
    person, memory = Person("much", "-5", "5M"), Memory(Charter())
    Form(person, memory).fill(["annual_cost"])
    assert memory.document == Charter(annual_cost=5_000_000)
    heard = person.heard.getvalue()
    assert '"much" is no number' in heard
    assert "at least 0" in heard
    assert heard.count("5000000") >= 2
    assert len(person.asked) == 3


def test_back_and_on() -> None:
    person, memory = Person("first", "<", "better", ">"), Memory(Charter())
    move = Form(person, memory).fill(["problem", "business_case", "metric"])
    assert move is Move.ON
    assert memory.document == Charter(problem="better")
    # The fourth question was the business case again; the metric was never asked.
    assert [each.split(",")[0] for each in person.asked] == [
        "Problem",
        "Business case",
        "Problem",
        "Business case",
    ]


def test_back_before_the_first_field_leaves_the_form() -> None:
    assert Form(Person("<"), Memory(Charter())).fill(["problem"]) is Move.BACK


def test_a_minus_empties_a_field() -> None:
    memory = fill(
        "-", "-", only=["metric", "by"], document=Charter(metric="churn", by="2025-12-31")
    )
    assert memory.document == Charter()


def test_it_goes_on_where_it_stopped() -> None:
    person = Person("2025-12-31")
    with pytest.raises(KeyboardInterrupt):
        Form(person, Memory(Charter())).fill(start="by")
    assert person.asked[0] == "By"


def test_texts_are_added_one_by_one_until_none_is_given() -> None:
    memory = fill("sign-up; and trial", "support", "", only=["in_scope"])
    assert memory.document == Charter(in_scope=["sign-up; and trial", "support"])
    assert len(memory.kept) == 2


def test_texts_are_changed_and_removed() -> None:
    begun = Charter(in_scope=["sign-up", "support", "prices"])
    memory = fill(
        "c", "support", "onboarding", "r", "prices", "a", "tickets", "", "g",
        only=["in_scope"], document=begun,
    )  # fmt: skip
    assert memory.document == Charter(in_scope=["sign-up", "onboarding", "tickets"])


def test_lines_are_kept_from_their_first_answer_on() -> None:
    memory = Memory(Charter())
    with pytest.raises(KeyboardInterrupt):
        Form(Person("Measure tollgate"), memory).fill(["milestones"])
    assert [(m.id, m.name, m.due) for m in memory.document.milestones] == [  # type: ignore[attr-defined]
        ("M1", "Measure tollgate", None)
    ]


def test_no_first_answer_adds_no_line() -> None:
    assert fill("", only=["milestones"]).kept == []


def test_somebody_elses_change_is_told_and_nothing_is_overwritten() -> None:
    memory = Memory(Charter(metric="mine"))
    memory.theirs = Charter(metric="theirs", baseline=3)
    person = Person("new", "")
    Form(person, memory).fill(["metric"])
    assert "changed by Sam" in person.heard.getvalue()
    # The second time Enter kept what the other person wrote.
    assert memory.document == Charter(metric="theirs", baseline=3)


def test_hostile_words_are_text_and_are_shown_harmless() -> None:
    evil = "[bold]x[/bold] \x1b[31m=cmd|' /C calc'!A0 {{7*7}} '; DROP TABLE item;--"
    person, memory = Person(evil, "<", ">"), Memory(Charter())
    Form(person, memory).fill(["problem", "business_case"])
    assert memory.document == Charter(problem=evil)
    assert "\x1b" not in person.heard.getvalue()


def test_a_paste_that_is_too_long_is_refused_in_words() -> None:
    person, memory = Person("x" * 20_001, "short"), Memory(Charter())
    Form(person, memory).fill(["problem"])
    assert "longer than 20,000 characters" in person.heard.getvalue()
    assert memory.document == Charter(problem="short")
