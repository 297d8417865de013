"""Questions to the person at the terminal. Without a terminal a missing answer is an error.

Two kinds of terminal are served: one that can move its cursor gets the prompts of questionary; a
dumb one, a braille line or a log gets plain lines. Words go to stderr, as everything does that is
no data.
"""

from __future__ import annotations

import os
import sys
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from dmaic.errors import UsageError

if TYPE_CHECKING:
    from rich.console import Console

    from dmaic.block import Block
    from dmaic.cli.answer import Answer
    from dmaic.errors import DmaicError
    from dmaic.result import Reply

T = TypeVar("T")


class Move(Enum):
    """What a person may say instead of an answer."""

    KEEP = ""
    BACK = "<"
    ON = ">"
    CLEAR = "-"
    HELP = "?"
    EDITOR = "+"


@dataclass(frozen=True, slots=True)
class Option(Generic[T]):
    """Something to pick.

    Attributes:
        value: what the program gets.
        label: what the person reads.
        key: one sign that picks it; empty takes the next figure or letter.
    """

    value: T
    label: str
    key: str = ""


def can_ask(*, no_input: bool = False) -> bool:
    """Whether somebody is there to answer.

    Args:
        no_input: the person said `--no-input`.
    """
    return not no_input and sys.stdin is not None and sys.stdin.isatty() and sys.stderr.isatty()


def confirm(question: str, word: str, *, yes: bool, no_input: bool = False) -> None:
    """Have a dangerous step confirmed by typing a word.

    Args:
        question: what is about to happen.
        word: to be typed.
        yes: the person said `--yes` already.
        no_input: the person said `--no-input`.

    Raises:
        UsageError: `usage.confirm`, nobody is there to ask; `usage.not-confirmed`, another word.
    """
    if yes:
        return
    if not can_ask(no_input=no_input):
        raise UsageError(f"{question} It needs your word.", "usage.confirm", "Add --yes.")
    typed = make_asker().line(f"{question} Type {word} to go on")
    if not isinstance(typed, str) or typed.strip() != word:
        raise UsageError("Not confirmed; nothing was changed.", "usage.not-confirmed")


class Asker(ABC):
    """Somebody at a terminal who can be asked and told."""

    def __init__(self, console: Console) -> None:
        self.console = console

    def say(self, *blocks: Block) -> None:
        """Show blocks, an empty line before them.

        Args:
            blocks: from top to bottom.
        """
        from dmaic.cli.render.blocks import print_blocks

        self.console.print()
        print_blocks(blocks, self.console)

    def show(self, reply: Reply) -> None:
        """Show a reply with its findings, as its own command would.

        Args:
            reply: what a command answered.
        """
        from dmaic.cli.render import print_table, print_words

        self.console.print()
        print_words(reply, self.console)
        print_table(reply, self.console)

    def answer(self, answer: Answer) -> None:
        """Show what a command answered, as it would itself.

        Args:
            answer: the reply, and what was said beside it.
        """
        from dmaic.block import Note

        self.show(answer.result)
        if answer.notes:
            self.say(*(Note(each) for each in answer.notes))

    def complain(self, error: DmaicError, here: str = "") -> None:
        """Say what is wrong with an answer, without codes: nobody looks them up meanwhile.

        Args:
            error: with one problem or several.
            here: the field that was just asked, which need not be named again.
        """
        from dmaic.cli.render.words import print_error

        print_error(error, self.console, codes=False, here=here)

    def line(self, question: str, present: str = "", *, long: bool = False) -> str | Move:
        """Ask for words.

        Args:
            question: short, without a colon.
            present: what stands there now; Enter keeps it.
            long: more than a line is usual.

        Returns:
            What was typed, as it is, or a move. Nothing but blanks is no answer: it keeps an empty
            field and clears a full one.

        Raises:
            KeyboardInterrupt: the person leaves, by Ctrl-C or the end of the input.
        """
        from dmaic.cli.render.console import showable

        typed = self._typed(showable(question, self.console), present, long=long)
        said = typed.strip()
        moves = {each.value: each for each in Move if each is not Move.KEEP}
        if said in moves:
            return moves[said]
        return typed if said else Move.CLEAR if present else Move.KEEP

    @abstractmethod
    def pick(self, question: str, options: Sequence[Option[T]], present: T | None = None) -> T:
        """Have one of several things picked.

        Args:
            question: short, without a colon.
            options: at least one.
            present: value of the option that Enter picks; None takes the first.

        Raises:
            KeyboardInterrupt: the person leaves.
        """

    @abstractmethod
    def _typed(self, question: str, present: str, *, long: bool) -> str:
        """What was typed; what stands there where it was kept."""


def keys_of(options: Sequence[Option[Any]]) -> list[str]:
    """The key of each option; figures, then letters, where none is given.

    Args:
        options: to choose from.
    """
    free = iter("1234567890abcdefghilmnopqrstuvwxyz")
    return [each.key or next(free) for each in options]


def whole(text: str) -> str:
    """The text with halves of characters spelt out, which no database keeps.

    Args:
        text: as it was typed.
    """
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def make_asker() -> Asker:
    """Somebody to ask, in the way that this terminal allows."""
    from dmaic.cli.render.console import make_consoles

    console = make_consoles()[1]
    if os.environ.get("TERM", "").casefold() in ("dumb", "unknown") and os.name != "nt":
        from dmaic.cli.ask_plain import PlainAsker

        return PlainAsker(console)
    from dmaic.cli.ask_prompt import PromptAsker

    return PromptAsker(console)
