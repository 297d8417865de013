"""The form of a document, asked field by field at a terminal; kept after every answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dmaic.cli.ask import Move
from dmaic.cli.form_field import SIGNS, Draft, ask, question_at
from dmaic.cli.form_list import Lines, ListForm, Texts
from dmaic.documents.form import form

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dmaic.cli.ask import Asker
    from dmaic.documents.form import FormField

__all__ = ["SIGNS", "Draft", "Form"]


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
            return ListForm(self._asker, field, Lines(self._asker, self._draft, field)).edit()
        if field.shape == "texts" and not field.refers:
            return ListForm(self._asker, field, Texts(self._asker, self._draft, field)).edit()
        return ask(self._asker, question_at(self._draft, field, field.name))
