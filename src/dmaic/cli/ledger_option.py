"""Options of the commands that count what came and went in each period."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Annotated, Any

from dmaic.cli.column_option import column_option


@dataclass(frozen=True, slots=True)
class LedgerColumns:
    """Columns that tell more about when a customer was lost."""

    month: Annotated[
        str | None, column_option("--month", "Month, where each row is a customer's month.")
    ] = None
    status: Annotated[
        str | None, column_option("--status", "Status: in trial, active, past due, canceled.")
    ] = None
    requested_at: Annotated[
        str | None, column_option("--requested-at", "Day on which it was canceled.")
    ] = None
    period_end: Annotated[
        str | None, column_option("--period-end", "End of what was paid for.")
    ] = None

    def said(self) -> dict[str, Any]:
        """The same as keywords of an analysis."""
        return {field.name: getattr(self, field.name) for field in fields(self)}
