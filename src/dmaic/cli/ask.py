"""Questions to the person at the terminal. Without a terminal a missing answer is an error."""

from __future__ import annotations

import sys

from dmaic.errors import UsageError


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
    import questionary

    typed = questionary.text(f"{question} Type {word} to go on:").unsafe_ask()
    if (typed or "").strip() != word:
        raise UsageError("Not confirmed; nothing was changed.", "usage.not-confirmed")
