"""A command that is run within this process, as it is run from the shell."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dmaic.cli.answer import Answer
    from dmaic.cli.record import Place


def run(words: Sequence[str], place: Place) -> Answer | None:
    """Run a command within this process, as it is run from the shell.

    Args:
        words: as typed after `dmaic`.
        place: the project and the database that are meant.

    Returns:
        What the command answers.

    Raises:
        DmaicError: as the command does.
        KeyboardInterrupt: the person, or a signal, ended it.
    """
    import typer

    from dmaic.cli.app import app
    from dmaic.cli.entry import INTERRUPTED, usage_error

    said = [*words]
    cut = said.index("--") if "--" in said else len(said)
    for flag, value in (("--project", place.project), ("--db", place.db)):
        if value is not None:
            said[cut:cut] = [flag, value]
    try:
        answer = app(said, prog_name="dmaic", standalone_mode=False)
    except typer.TyperException as error:
        raise usage_error(error, said) from error
    if answer == INTERRUPTED:
        # Typer turns Ctrl-C into a status; whoever runs several commands has to stop as well.
        raise KeyboardInterrupt
    return None if isinstance(answer, int) else answer
