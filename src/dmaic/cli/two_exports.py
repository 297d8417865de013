"""Options of the commands that set the time before beside the time after."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Annotated, Any

import typer

from dmaic.cli.column_option import column_option
from dmaic.cli.options import ROWS


@dataclass(frozen=True, slots=True)
class Windows:
    """Which months are looked at on either side."""

    since: Annotated[
        str | None,
        typer.Option(
            "--since", metavar="MONTH", rich_help_panel=ROWS, help="First month looked at, before."
        ),
    ] = None
    until: Annotated[
        str | None,
        typer.Option(
            "--until", metavar="MONTH", rich_help_panel=ROWS, help="Last month looked at, before."
        ),
    ] = None
    after_since: Annotated[
        str | None,
        typer.Option(
            "--after-since", metavar="MONTH", rich_help_panel=ROWS, help="First month after."
        ),
    ] = None
    after_until: Annotated[
        str | None,
        typer.Option(
            "--after-until", metavar="MONTH", rich_help_panel=ROWS, help="Last month after."
        ),
    ] = None
    month: Annotated[
        str | None,
        column_option("--month", "Column of months, where a row is a customer's month.", ROWS),
    ] = None

    def said(self) -> dict[str, Any]:
        """The same as keywords of an analysis."""
        return {field.name: getattr(self, field.name) for field in fields(self)}
