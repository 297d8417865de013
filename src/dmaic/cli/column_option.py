"""Options that name columns, completed from the file's header."""

from __future__ import annotations

from typing import Any

import typer

from dmaic.cli.completion import complete_by, complete_column

ROLES = "Which column is what"


def column_option(flag: str, what: str, panel: str | None = ROLES) -> Any:  # noqa: ANN401
    """An option that names a column, completed from the file's header.

    Args:
        flag: as typed.
        what: its line of help.
        panel: where on the help page it stands.

    Returns:
        What typer makes of it; it names no public type for that.
    """
    return typer.Option(
        flag, metavar="COL", help=what, rich_help_panel=panel, autocompletion=complete_column
    )


def by_option(what: str, panel: str | None = None) -> Any:  # noqa: ANN401  as `column_option`
    """The option that names the columns, roles or bands that make categories.

    Args:
        what: its line of help.
        panel: where on the help page it stands.
    """
    return typer.Option(
        "--by", metavar="COL", help=what, rich_help_panel=panel, autocompletion=complete_by
    )
