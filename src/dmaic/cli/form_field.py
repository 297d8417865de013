"""One field of a form, asked until there is an answer that fits, and kept at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from dmaic.block import Fields, Note
from dmaic.cli.ask import Move, Option
from dmaic.documents.form import is_blank
from dmaic.documents.parse import parse, spell
from dmaic.documents.reference import names
from dmaic.errors import ConflictError, DataError, OutputError, UsageError
from dmaic.text import printable

if TYPE_CHECKING:
    from dmaic.cli.ask import Asker
    from dmaic.documents.base import Document, Papers
    from dmaic.documents.form import FormField

SIGNS = (
    "Enter keeps what stands there. ? explains, < goes back, > goes on, - empties a field, + opens "
    "your editor for a long text. Ctrl-C leaves; everything answered is kept."
)
"""What may be typed instead of an answer."""

SHOWN = 30
"""Ids or entries that are listed at most."""


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
                asker.say(Note(f"{field.help}\n{example_of(field)}\n{SIGNS}".replace("\n\n", "\n")))
                continue
            if isinstance(said, Move) and said is not Move.CLEAR:
                return said
            question.put(parse(field, "") if isinstance(said, Move) else said)
        except (DataError, ConflictError, UsageError, OutputError) as error:
            asker.complain(error, field.name)
        else:
            return Move.KEEP


def _answer(asker: Asker, field: FormField, present: object) -> object | Move:
    if field.shape in ("choice", "yes-no"):
        return _picked(asker, field, present)
    text = spell(field, present)
    said = asker.line(_label(field), text, long=field.long)
    if said is Move.EDITOR:
        from dmaic.cli.editor import edit_text

        said = edit_text(text).strip()
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
    asker.say(Note("\n".join(each for each in (field.help, example_of(field)) if each)))
    if known:
        rows = tuple((id, printable(name, 200)) for id, name in [*known.items()][:SHOWN])
        asker.say(Fields(rows))


def example_of(field: FormField) -> str:
    """The example as people read it, or nothing.

    Args:
        field: any.
    """
    if field.example is None or field.shape == "lines":
        return ""
    return f"For example: {spell(field, field.example)}"


def _label(field: FormField) -> str:
    unit = f" ({field.unit})" if field.unit else ""
    return f"{field.label}{unit}" + ("" if field.needed else ", if any")


def question_at(draft: Draft, field: FormField, path: str) -> Question:
    """The question for a field of a document; each answer is kept at once.

    Args:
        draft: the document.
        field: its form.
        path: such as `goal` or `milestones.M1.due`.
    """
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
