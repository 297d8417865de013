"""Options of the commands that count what came and went in each period."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Annotated, Any

import typer

from dmaic.cli.completion import complete_column
from dmaic.cli.options import ROLES


def _column(flag: str, what: str) -> Any:  # noqa: ANN401  typer names no public type for it
    return typer.Option(
        flag, metavar="COL", help=what, rich_help_panel=ROLES, autocompletion=complete_column
    )


@dataclass(frozen=True, slots=True)
class LedgerColumns:
    """Columns that tell more about when a customer was lost."""

    month: Annotated[
        str | None, _column("--month", "Month, where each row is a customer's month.")
    ] = None
    status: Annotated[
        str | None, _column("--status", "Status: in trial, active, past due, canceled.")
    ] = None
    requested_at: Annotated[
        str | None, _column("--requested-at", "Day on which it was canceled.")
    ] = None
    period_end: Annotated[str | None, _column("--period-end", "End of what was paid for.")] = None

    def said(self) -> dict[str, Any]:
        """The same as keywords of an analysis."""
        return {field.name: getattr(self, field.name) for field in fields(self)}
