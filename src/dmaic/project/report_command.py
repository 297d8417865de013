"""How a report is asked for, as it is typed."""

from __future__ import annotations

VERBS = ("make", "check", "list", "reference")
"""What `dmaic report` takes for a verb, also where a phase is called so."""


def report_command(kind: str) -> str:
    """`dmaic report analyze`; with the verb where the report is called as one, as in Plan-Do-Check.

    Args:
        kind: of the report.
    """
    return f"dmaic report make {kind}" if kind in VERBS else f"dmaic report {kind}"
