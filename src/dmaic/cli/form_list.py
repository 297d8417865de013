"""A list in a form: texts or lines are added, changed and removed, as often as wanted."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from dmaic.block import Fields, Heading, Note
from dmaic.cli.ask import Move, Option
from dmaic.cli.form_field import SHOWN, SIGNS, Question, ask, example_of, question_at
from dmaic.documents.form import form, table
from dmaic.documents.parse import parse
from dmaic.errors import ConflictError, DataError
from dmaic.text import plural, printable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dmaic.cli.ask import Asker
    from dmaic.cli.form_field import Draft
    from dmaic.documents.base import Line
    from dmaic.documents.form import FormField


class Entries(Protocol):
    """What a list editor works on: texts or lines."""

    def labels(self) -> Sequence[str]:
        """One text an entry."""

    def show(self) -> None:
        """All of them."""

    def add(self) -> Move:
        """Ask for one more; BACK where none was added."""

    def change(self, place: int) -> None:
        """Ask for one again."""

    def remove(self, place: int) -> None:
        """Take one away."""


class ListForm:
    """Adding to a list, changing and removing, as often as wanted."""

    def __init__(self, asker: Asker, field: FormField, entries: Entries) -> None:
        self._asker, self._field, self._entries = asker, field, entries

    def edit(self) -> Move:
        """Ask until the person goes on."""
        entries, field = self._entries, self._field
        example = example_of(field)
        self._asker.say(Heading(field.label), Note("\n".join(filter(None, (field.help, example)))))
        if not entries.labels():
            move = entries.add()
            if move is Move.ON or (move is Move.BACK and not entries.labels()):
                return move
            if not entries.labels() or (field.shape == "texts" and self._is_enough()):
                return Move.KEEP
        while True:
            entries.show()
            turn = self._turn()
            if isinstance(turn, Move):
                return turn
            try:
                turn()
            except (DataError, ConflictError) as error:
                self._asker.complain(error)

    def _turn(self) -> Move | Callable[[], object]:
        entries, field = self._entries, self._field
        labels = entries.labels()
        options: list[Option[str]] = [Option("add", "Add another" if labels else "Add one", "a")]
        if labels:
            options += [Option("change", "Change one", "c"), Option("remove", "Remove one", "r")]
        options += [Option("on", "Go on", "g"), Option("back", "Back", "<"),
                    Option("leave", "On to the next step", ">")]  # fmt: skip
        said = self._asker.pick(field.label, options, "on" if self._is_enough() else "add")
        if said == "add":
            return entries.add
        if said in ("change", "remove"):
            place = self._which(said, labels)
            does = entries.change if said == "change" else entries.remove
            return lambda: None if place is None else does(place)
        return {"on": Move.KEEP, "back": Move.BACK}.get(said, Move.ON)

    def _is_enough(self) -> bool:
        return len(self._entries.labels()) >= max(self._field.least, int(self._field.needed))

    def _which(self, verb: str, labels: Sequence[str]) -> int | None:
        shown = [printable(label, 200) for label in labels[:SHOWN]]
        options: list[Option[int | None]] = [Option(at, label) for at, label in enumerate(shown)]
        options.append(Option(None, "none", "<"))
        return self._asker.pick(f"{verb.capitalize()} which", options)


class Texts:
    """A list of texts."""

    def __init__(self, asker: Asker, draft: Draft, field: FormField) -> None:
        self._asker, self._draft, self._field = asker, draft, field

    def labels(self) -> Sequence[str]:
        """The texts."""
        texts: tuple[str, ...] = getattr(self._draft.document, self._field.name)
        return texts

    def show(self) -> None:
        """The texts with their numbers."""
        rows = tuple((str(n + 1), text) for n, text in enumerate(self.labels()))
        self._asker.say(Fields(rows) if rows else Note("Nothing yet."))

    def add(self) -> Move:
        """Texts one after the other, until none is given."""
        while True:
            said = self._asker.line(f"{self._field.label} {len(self.labels()) + 1}")
            if said is Move.HELP:
                self._asker.say(Note(SIGNS))
            elif isinstance(said, Move):
                return said if said in (Move.BACK, Move.ON) else Move.KEEP
            else:
                self._put([*self.labels(), said])

    def change(self, place: int) -> None:
        """One text again."""
        texts = [*self.labels()]
        said = self._asker.line(f"{self._field.label} {place + 1}", texts[place])
        if isinstance(said, str):
            self._put([*texts[:place], said, *texts[place + 1 :]])
        elif said is Move.CLEAR:
            self.remove(place)

    def remove(self, place: int) -> None:
        """One text less."""
        texts = [*self.labels()]
        self._put([*texts[:place], *texts[place + 1 :]])

    def _put(self, texts: list[str]) -> None:
        from dmaic.documents.fill import with_field

        name = self._field.name
        try:
            self._draft.put(with_field(self._draft.document, name, tuple(texts)), name)
        except (DataError, ConflictError) as error:
            self._asker.complain(error)


class Lines:
    """A list of lines."""

    def __init__(self, asker: Asker, draft: Draft, field: FormField) -> None:
        assert field.line is not None
        self._asker, self._draft, self._field = asker, draft, field
        self._cells = form(field.line)

    def _lines(self) -> tuple[Line, ...]:
        lines: tuple[Line, ...] = getattr(self._draft.document, self._field.name)
        return lines

    def labels(self) -> Sequence[str]:
        """Ids with what the lines are called."""
        from dmaic.documents.reference import called

        return [f"{line.id} {called(line)}" for line in self._lines()]

    def show(self) -> None:
        """The lines as a table."""
        count = plural(len(self._lines()), "line")
        self._asker.say(table(self._field, self._lines(), f"{self._field.label}: {count}"))

    def add(self) -> Move:
        """One more line: it is kept from its first answer on."""
        from dmaic.documents.fill import with_line

        first = self._cells[0]
        made: list[str] = []

        def put(value: object) -> None:
            document, line = with_line(self._draft.document, self._field.name, {first.name: value})
            self._draft.put(document, self._field.name)
            made.append(line.id)

        plain = question_at(self._draft, first, self._field.name)
        move = ask(self._asker, Question(first, lambda: parse(first, ""), put, plain.names))
        if not made:
            return move
        self._rest(made[0], 1)
        return Move.KEEP

    def change(self, place: int) -> None:
        """One line again, cell by cell."""
        self._rest(self._lines()[place].id, 0)

    def remove(self, place: int) -> None:
        """One line less."""
        from dmaic.documents.fill import without_line

        document, _ = without_line(self._draft.document, self._lines()[place].id)
        self._draft.put(document, self._field.name)

    def _rest(self, id: str, at: int) -> None:
        while 0 <= at < len(self._cells):
            cell = self._cells[at]
            if not any(line.id == id for line in self._lines()):
                return  # somebody else removed it meanwhile
            move = ask(
                self._asker, question_at(self._draft, cell, f"{self._field.name}.{id}.{cell.name}")
            )
            if move is Move.ON:
                return
            at += -1 if move is Move.BACK else 1
