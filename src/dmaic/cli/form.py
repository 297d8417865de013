"""The form of a document, asked field by field at a terminal; kept after every answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from dmaic.block import Fields, Heading, Note
from dmaic.cli.ask import Move, Option
from dmaic.documents.form import form, is_blank, table
from dmaic.documents.parse import parse, spell
from dmaic.documents.reference import names
from dmaic.errors import ConflictError, DataError, UsageError
from dmaic.text import plural, printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dmaic.cli.ask import Asker
    from dmaic.documents.base import Document, Line, Papers
    from dmaic.documents.form import FormField

SIGNS = (
    "Enter keeps what stands there. ? explains, < goes back, > goes on, - empties a field, + opens "
    "your editor for a long text. Ctrl-C leaves; everything answered is kept."
)
"""What may be typed instead of an answer."""

_SHOWN = 30


class Draft(Protocol):
    """A document that is being filled, and the place where it is kept."""

    @property
    def document(self) -> Document:
        """As it is kept now."""

    def put(self, document: Document, place: str) -> None:
        """Keep it.

        Args:
            document: as it shall be.
            place: the field that was answered.

        Raises:
            ConflictError: somebody changed it since; `document` now shows theirs.
        """

    def papers(self) -> Papers:
        """The other documents."""


@dataclass(frozen=True, slots=True)
class Question:
    """One field to be asked.

    Attributes:
        field: its form.
        present: what stands there now.
        put: keeps an answer; raises DataError where it does not fit.
        names: ids that may stand there with what they are called.
    """

    field: FormField
    present: Callable[[], object]
    put: Callable[[object], None]
    names: Callable[[], dict[str, str]] = dict


def ask(asker: Asker, question: Question) -> Move:
    """Ask for one field until there is an answer that fits, and keep it.

    Args:
        asker: whom to ask.
        question: what to ask.

    Returns:
        KEEP to go on, BACK, or ON to leave the rest.
    """
    field = question.field
    _introduce(asker, field, question.names())
    while True:
        try:
            said = _answer(asker, field, question.present())
            if said is Move.HELP:
                asker.say(Note(f"{field.help}\n{_example(field)}\n{SIGNS}".replace("\n\n", "\n")))
                continue
            if isinstance(said, Move) and said is not Move.CLEAR:
                return said
            question.put(parse(field, "") if isinstance(said, Move) else said)
        except (DataError, ConflictError, UsageError) as error:
            asker.complain(error)
        else:
            return Move.KEEP


def _answer(asker: Asker, field: FormField, present: object) -> object | Move:
    if field.shape in ("choice", "yes-no"):
        return _picked(asker, field, present)
    text = spell(field, present)
    said = asker.line(_label(field), text, long=field.long)
    if said is Move.EDITOR:
        from dmaic.cli.editor import edit

        said = edit(text, suffix=".txt").strip()
        return parse(field, said) if said != text else Move.KEEP
    if isinstance(said, Move):
        return said
    return Move.KEEP if said == text else parse(field, said)


def _picked(asker: Asker, field: FormField, present: object) -> object | Move:
    values: list[object] = [True, False] if field.shape == "yes-no" else [*field.choices]
    options = [Option(value, spell(field, value)) for value in values]
    blank = is_blank(present)
    options += [Option(Move.KEEP, "leave it empty", "-")] if blank else []
    options += [Option(Move.CLEAR, "empty it", "-")] if not blank and not field.needed else []
    options += [Option(Move.BACK, "back", "<"), Option(Move.ON, "on", ">")]
    picked = asker.pick(_label(field), options, Move.KEEP if blank else present)
    return Move.KEEP if picked == present else picked


def _introduce(asker: Asker, field: FormField, known: dict[str, str]) -> None:
    asker.say(Note("\n".join(each for each in (field.help, _example(field)) if each)))
    if known:
        rows = tuple((id, printable(name, 200)) for id, name in [*known.items()][:_SHOWN])
        asker.say(Fields(rows))


def _example(field: FormField) -> str:
    if field.example is None or field.shape == "lines":
        return ""
    return f"For example: {spell(field, field.example)}"


def _label(field: FormField) -> str:
    unit = f" ({field.unit})" if field.unit else ""
    return f"{field.label}{unit}" + ("" if field.needed else ", if any")


class Form:
    """A document's form at a terminal.

    Args:
        asker: whom to ask.
        draft: the document, and where it is kept.
    """

    def __init__(self, asker: Asker, draft: Draft) -> None:
        self._asker, self._draft = asker, draft
        self.place = ""
        """The field that is being asked."""

    def fill(self, only: Iterable[str] | None = None, start: str = "") -> Move:
        """Ask for the fields one by one.

        Args:
            only: names of the fields; None takes all.
            start: name of the field to begin with.

        Returns:
            KEEP at the end, BACK before the beginning, ON where the person left the rest.
        """
        wanted = None if only is None else set(only)
        fields = [
            each
            for each in form(type(self._draft.document))
            if wanted is None or each.name in wanted
        ]
        at = next((n for n, each in enumerate(fields) if each.name == start), 0)
        while at < len(fields):
            self.place = fields[at].name
            move = self._field(fields[at])
            if move is Move.ON or (move is Move.BACK and at == 0):
                return move
            at += -1 if move is Move.BACK else 1
        return Move.KEEP

    def _field(self, field: FormField) -> Move:
        if field.shape == "lines":
            return _List(self._asker, field, _Lines(self._asker, self._draft, field)).edit()
        if field.shape == "texts" and not field.refers:
            return _List(self._asker, field, _Texts(self._asker, self._draft, field)).edit()
        return ask(self._asker, _question(self._draft, field, field.name))


def _question(draft: Draft, field: FormField, path: str) -> Question:
    """The question for the field at a path; each answer is kept at once."""
    from dmaic.documents.fill import with_field

    def present() -> object:
        return _at(draft.document, path)

    def put(value: object) -> None:
        draft.put(with_field(draft.document, path, value), path.partition(".")[0])

    def known() -> dict[str, str]:
        return names(draft.papers(), *field.refers) if field.refers else {}

    return Question(field, present, put, known)


def _at(document: Document, path: str) -> object:
    listed, _, rest = path.partition(".")
    value = getattr(document, listed)
    if not rest:
        return value
    id, _, cell = rest.partition(".")
    return next((getattr(line, cell) for line in value if line.id == id), None)


class _Entries(Protocol):
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


class _List:
    """Adding to a list, changing and removing, as often as wanted."""

    def __init__(self, asker: Asker, field: FormField, entries: _Entries) -> None:
        self._asker, self._field, self._entries = asker, field, entries

    def edit(self) -> Move:
        """Ask until the person goes on."""
        entries, field = self._entries, self._field
        example = _example(field)
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
        shown = [printable(label, 200) for label in labels[:_SHOWN]]
        options: list[Option[int | None]] = [Option(at, label) for at, label in enumerate(shown)]
        options.append(Option(None, "none", "<"))
        return self._asker.pick(f"{verb.capitalize()} which", options)


class _Texts:
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


class _Lines:
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

        plain = _question(self._draft, first, self._field.name)
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
                self._asker, _question(self._draft, cell, f"{self._field.name}.{id}.{cell.name}")
            )
            if move is Move.ON:
                return
            at += -1 if move is Move.BACK else 1
