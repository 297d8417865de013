"""Findings about the lives of customers: who was in view, and from which age on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from dmaic.result import Finding
from dmaic.text import plural


def fitting(findings: Iterable[Finding]) -> Iterable[Finding]:
    """All but what is said here in its own words.

    Args:
        findings: of the scan.
    """
    return (each for each in findings if each.code != "everyone-churned")


def only_lost(findings: Iterable[Finding], rows: int) -> list[Finding]:
    """That nobody in the export stayed, which blocks.

    Args:
        findings: of the scan.
        rows: how many.
    """
    if all(each.code != "everyone-churned" for each in findings):
        return []
    return [
        Finding(
            code="only-lost",
            level="blocking",
            message=f"All {rows:,} rows are lost customers, so how long customers stay cannot be "
            "told: those who stayed are missing, and whoever left late looks typical.",
            hint="Export the customers who are still there as well; --accept only-lost where the "
            "rows are a whole cohort that has left.",
            count=rows,
        )
    ]


def truncated(late: int, customers: int, start: date, unit: str, *, said: bool) -> Finding:
    """Customers who came into view some time after their sign-up.

    Args:
        late: how many.
        customers: of how many.
        start: the first day in view.
        unit: what they are, plural.
        said: a person said that day.
    """
    when = (
        f"before {start}, from when on losses are looked at"
        if said
        else f"before {start}, the month of the first loss; who left earlier is not in this export"
    )
    return Finding(
        code="left-truncated",
        level="info",
        message=f"{late:,} of {plural(customers, unit[:-1], unit)} signed up {when}. They count "
        "from the age they had then and not before, since they were sure to be there until then.",
        hint="--since DATE says from when on the export has all losses.",
        count=late,
    )


def in_months() -> Finding:
    """Ages are calendar months although there are dates."""
    return Finding(
        code="ages-in-months",
        level="info",
        message="A customer may have several rows, so ages are whole calendar months: customers "
        "are there as long as one row of theirs is.",
    )
