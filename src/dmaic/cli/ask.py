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
    from questionary import Question
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

    def complain(self, error: DmaicError) -> None:
        """Say what is wrong with an answer.

        Args:
            error: with one problem or several.
        """
        from dmaic.cli.render.words import print_error

        print_error(error, self.console)

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


class PromptAsker(Asker):
    """Prompts that can be edited, and lists to move in."""

    def _typed(self, question: str, present: str, *, long: bool) -> str:
        import questionary

        del long
        typed: str = questionary.text(
            f"{question}:", default=present, qmark=">", **self._look()
        ).unsafe_ask()
        # The text stands there to be edited; a sign typed behind it is a move all the same.
        for move in (Move.BACK, Move.ON, Move.EDITOR):
            if present and typed == present + move.value:
                return str(move.value)
        return _whole(typed)

    def pick(self, question: str, options: Sequence[Option[T]], present: T | None = None) -> T:
        """Have one of several things picked, by arrows or by a key."""
        import questionary

        from dmaic.cli.render.console import is_ascii, showable

        room = max(self.console.width - 8, 20)
        keys = _keys(options)
        default = next((n for n, each in enumerate(options) if each.value == present), 0)
        choices = [
            questionary.Choice(f"{key}) {showable(each.label, self.console)}"[:room], value=number)
            for number, (key, each) in enumerate(zip(keys, options, strict=True))
        ]
        asked = questionary.select(
            f"{showable(question, self.console)}:",
            choices=choices,
            default=choices[default],
            qmark=">",
            pointer=">" if is_ascii(self.console) else "❯",
            instruction="(arrows or the key, then Enter)",
            use_jk_keys=False,
            **self._look(),
        )
        _point(asked, keys)
        picked: int = asked.unsafe_ask()
        return options[picked].value

    def _look(self) -> dict[str, Any]:
        from prompt_toolkit.output import create_output
        from questionary import Style

        # The prompts' own colours are hard to read on a light ground.
        style = Style([("qmark", "fg:ansicyan"), ("answer", ""), ("pointer", "fg:ansicyan bold"),
                       ("highlighted", "bold"), ("selected", ""), ("instruction", "")])  # fmt: skip
        return {"output": create_output(sys.stderr), "style": style}


def _point(asked: Question, keys: Sequence[str]) -> None:
    """Let a key move the pointer; the shortcuts of questionary know no `<`."""
    from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
    from questionary.prompts.common import InquirerControl

    app = asked.application
    bindings = app.key_bindings
    control = next(
        each for each in app.layout.find_all_controls() if isinstance(each, InquirerControl)
    )
    if not isinstance(bindings, KeyBindings):
        raise TypeError("the list takes no further keys")

    def bind(place: int, key: str) -> None:
        def move(event: KeyPressEvent) -> None:
            del event
            control.pointed_at = place

        bindings.add(key, eager=True)(move)

    for place, key in enumerate(keys):
        bind(place, key)


class PlainAsker(Asker):
    """Questions as plain lines, for terminals that cannot move the cursor."""

    def _typed(self, question: str, present: str, *, long: bool) -> str:
        from dmaic.cli.render.console import showable

        shown = showable(present, self.console)
        kept = f" [{shown[:200]}{'...' if len(shown) > 200 else ''}]" if present else ""
        ends = " (an empty line ends it)" if long else ""
        self._prompt(f"> {question}{ends}{kept}: ")
        first = self._read()
        if not first.strip():
            return present
        signs = {each.value for each in Move}
        if not long or first.strip() in signs:
            # Editing in place is not possible here, so a minus alone empties the field.
            return "" if first.strip() == Move.CLEAR.value else first
        lines = [first]
        while (line := self._read()).strip():
            lines.append(line)
        return "\n".join(lines)

    def pick(self, question: str, options: Sequence[Option[T]], present: T | None = None) -> T:
        """Have one of several things picked, by its key or its words."""
        from dmaic.block import Note
        from dmaic.cli.render.console import showable

        keys = _keys(options)
        default = next((n for n, each in enumerate(options) if each.value == present), 0)
        for key, each in zip(keys, options, strict=True):
            self._prompt(f"  {key}) {showable(each.label, self.console)}\n")
        while True:
            self._prompt(f"> {showable(question, self.console)} [{keys[default]}]: ")
            said = self._read().strip().casefold()
            if not said:
                return options[default].value
            labels = [each.label.casefold() for each in options]
            whole = [n for n, label in enumerate(labels) if said in (keys[n], label)]
            begun = [n for n, label in enumerate(labels) if label.startswith(said)]
            found = whole or begun
            if len(found) == 1:
                return options[found[0]].value
            self.say(Note(f"Type one of {', '.join(keys)}, or Enter for {keys[default]}."))

    def _prompt(self, text: str) -> None:
        self.console.file.write(text)
        self.console.file.flush()

    def _read(self) -> str:
        # From the bytes: what does not fit the encoding shall be shown, not end the program.
        raw = sys.stdin.buffer.readline()
        if not raw:
            raise KeyboardInterrupt
        return _whole(raw.decode(sys.stdin.encoding or "utf-8", "backslashreplace")).rstrip("\r\n")


def _keys(options: Sequence[Option[Any]]) -> list[str]:
    """The key of each option; figures, then letters, where none is given."""
    free = iter("1234567890abcdefghilmnopqrstuvwxyz")
    return [each.key or next(free) for each in options]


def _whole(text: str) -> str:
    """The text with halves of characters spelt out, which no database keeps."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def make_asker() -> Asker:
    """Somebody to ask, in the way that this terminal allows."""
    from dmaic.cli.render.console import make_consoles

    console = make_consoles()[1]
    if os.environ.get("TERM", "").casefold() in ("dumb", "unknown") and os.name != "nt":
        return PlainAsker(console)
    return PromptAsker(console)
