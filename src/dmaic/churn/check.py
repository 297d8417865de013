"""Findings about an opened export: what a reader of its figures should know, and what stops."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from dmaic.churn.loss import Part
from dmaic.churn.tally import known_id
from dmaic.errors import DataError, Problem, UsageError, suggest
from dmaic.result import Finding, Level
from dmaic.text import BLANK, plural, printable

if TYPE_CHECKING:
    from dmaic.churn.table import ChurnTable
    from dmaic.churn.tally import Tally

ACCEPTABLE = {
    "duplicate-customers": "rows are counted as they are, a customer perhaps more than once",
    "mixed-currencies": "customers are counted, money is left out",
    "unreadable-cells": "cells that cannot be read count as blank",
    "multiplied-rows": "rows that a related file multiplied are counted as they are",
    "long-rows": "rows with more cells than the header are left out",
    "only-lost": "rows that are all lost customers are taken for a whole cohort",
    "interval-12x": "amounts are taken as they stand",
    "baseline-short": "the estimate is made, although chance alone moves the baseline by more",
}
"""Blocking findings and what `--accept CODE` then does."""


QUIET_DAYS = 5
"""Days without a loss at the end of a month that say the export ended before the month did."""


class BlockedError(DataError):
    """Findings stop the analysis; `findings` holds all of them, also those that do not block."""

    findings: tuple[Finding, ...] = ()


def settle(findings: Iterable[Finding], accepted: Sequence[str]) -> tuple[Finding, ...]:
    """The findings, accepted ones marked.

    Args:
        findings: all that was found.
        accepted: codes that a person accepts.

    Raises:
        UsageError: a code that no blocking finding has.
        BlockedError: blocking findings that are not accepted, all of them in one error.
    """
    for code in accepted:
        if code not in ACCEPTABLE:
            raise UsageError(
                f'--accept names "{printable(code)}", but no blocking finding is called so.',
                code="usage.accept",
                hint=(suggest(code, ACCEPTABLE) + f" They are {', '.join(ACCEPTABLE)}.").strip(),
            )
    settled = tuple(
        finding.model_copy(update={"accepted": True})
        if finding.level == "blocking" and finding.code in accepted
        else finding
        for finding in findings
    )
    blocking = [each for each in settled if each.level == "blocking" and not each.accepted]
    if blocking:
        error = BlockedError.of([_problem(finding) for finding in blocking])
        assert isinstance(error, BlockedError)
        error.findings = settled
        raise error
    return settled


def _problem(finding: Finding) -> Problem:
    rows = f"rows {', '.join(str(row) for row in finding.rows)}" if finding.rows else ""
    column = f'column "{printable(finding.column)}"' if finding.column else ""
    return Problem(
        f"finding.{finding.code}",
        finding.message,
        finding.hint,
        ", ".join(part for part in (column, rows) if part),
    )


def duplicates(table: ChurnTable, tally: Tally, where: str) -> Finding | None:
    """Customers (or subscriptions) that stand on more than one row."""
    column = table.identity
    if column is None or not tally.repeated:
        return None
    share = tally.repeated / tally.compared
    about = (
        f"about {100 * share:.1f} % of the rows" if tally.sampled else plural(tally.repeated, "row")
    )
    verb = "repeats" if about == "1 row" else "repeat"
    who, inside = known_id(column), where or "true"
    rows = table.row_numbers(
        f"({inside}) AND {who} IN (SELECT {who} FROM {table.relation} WHERE {inside}"
        f" GROUP BY ALL HAVING count(*) > 1)"
    )
    return Finding(
        code="duplicate-customers",
        level="blocking",
        message=f"{about[0].upper()}{about[1:]} {verb} a {table.unit[:-1]} that stands on another "
        f'row already (column "{printable(column.name)}"), so {table.unit} would be counted twice.',
        hint="Keep one row each, pick one period with --where, name the right --customer column "
        "(--customer none where a row is no customer), or --accept duplicate-customers to count "
        "rows.",
        count=None if tally.sampled else tally.repeated,
        rows=rows,
        column=column.name,
    )


def unknown(table: ChurnTable, tally: Tally, churned: Part, where: str = "") -> Finding | None:
    """Rows that do not tell whether the customer is lost."""
    count = sum(group.rows for group in tally.groups if group.lost is None)
    if not count:
        return None
    nothing = f"({churned.sql}) IS NULL"
    return Finding(
        code="unknown-churn",
        level="warning",
        message=f"{plural(count, 'row')} do not tell whether the customer is lost "
        f"({churned.label} is blank) and are left out.",
        hint="--churned-when decides otherwise.",
        count=count,
        rows=table.row_numbers(f"{nothing} AND ({where})" if where else nothing),
    )


def everyone(rows: int) -> Finding:
    """All rows are lost customers."""
    return Finding(
        code="everyone-churned",
        level="warning",
        message=f"All {rows:,} rows are lost customers, so rates cannot be known.",
        hint="Rates and excess churn need the customers who stayed as well.",
        count=rows,
    )


def unreadable(table: ChurnTable, part: Part, count: int, where: str = "") -> Finding:
    """Cells that the column's reading cannot read, among the rows of a condition."""
    assert part.column is not None
    misfit = f"({part.misfit}) AND ({where})" if where else part.misfit
    examples = table.whole.select(
        f"DISTINCT CAST({part.column.sql} AS VARCHAR) AS cell",
        f"WHERE {misfit} ORDER BY 1 LIMIT 3",
    )
    shown = ", ".join(f'"{printable(str(cell), 30)}"' for (cell,) in examples)
    return Finding(
        code="unreadable-cells",
        level="blocking",
        message=f'{plural(count, "cell")} of "{printable(part.column.name)}" cannot be read as '
        f"{part.label}: {shown}.",
        hint="Mend them in the export, or --accept unreadable-cells to take them as blank.",
        count=count,
        rows=table.row_numbers(misfit),
        column=part.column.name,
    )


def backwards(begun: Part, at: Part, where: str = "") -> str:
    """Boolean SQL of customers who left before they signed up."""
    return f"({at.sql}) < ({begun.sql})" + (f" AND ({where})" if where else "")


def order(
    table: ChurnTable, begun: Part, at: Part, where: str = "", wrong: int | None = None
) -> Finding | None:
    """Customers who left before they signed up; counted where it is not said how many."""
    assert begun.column is not None
    assert at.column is not None
    before = backwards(begun, at, where)
    if wrong is None:
        ((wrong,),) = table.whole.select(f"count(*) FILTER ({before})")
    if not wrong:
        return None
    return Finding(
        code="end-before-start",
        level="warning",
        message=f'{plural(wrong, "row ends", "rows end")} ("{printable(at.column.name)}") before '
        f'{"it begins" if wrong == 1 else "they begin"} ("{printable(begun.column.name)}").',
        hint="Check which column is which (--signup, --churned-at) and --date-order.",
        count=wrong,
        rows=table.row_numbers(before),
        column=at.column.name,
    )


def last_day(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, monthrange(year, month)[1])


def partial(
    last: date, end: date, period: str, *, level: Level, hint: str, column: str | None
) -> Finding | None:
    """The last period ends after the last churn date by so much that it is hardly complete.

    Args:
        last: the last churn date.
        end: the last day of its period.
        period: name of the period.
        level: of the finding.
        hint: what to do about it.
        column: the churn date's.
    """
    if (end - last).days < QUIET_DAYS:
        return None
    return Finding(
        code="partial-last-period",
        level=level,
        message=f"The last churn date is {last}, so {period} is likely not complete.",
        hint=hint,
        column=column,
    )


def blanks(name: str, blank_rows: int, rows: int, blank_lost: int, lost: int) -> Finding | None:
    """Rows whose category is blank: nobody knows where they belong."""
    if not blank_rows:
        return None
    share = blank_rows / rows
    hint = "They are shown as a category of their own."
    if share >= 0.2:
        hint += (
            " So large a share can hide the vital few: collect it at sign-up, or bring it in "
            "from another export with --with FILE --on KEY."
        )
    return Finding(
        code="blank-categories",
        level="warning",
        message=f'"{printable(name)}" is blank for {100 * share:.1f} % of the rows ({blank_rows:,} '
        f"of {rows:,}) and {100 * blank_lost / max(lost, 1):.1f} % of the lost.",
        hint=hint,
        count=blank_rows,
        column=name,
    )


def similar(name: str, categories: Iterable[str]) -> Finding | None:
    """Categories that differ only in case or spacing."""
    groups: dict[str, list[str]] = {}
    for each in set(categories) - {BLANK}:
        groups.setdefault("".join(each.casefold().split()), []).append(each)
    doubles = sorted(sorted(names) for names in groups.values() if len(names) > 1)
    if not doubles:
        return None
    shown = "; ".join(
        " / ".join(f'"{printable(each, 30)}"' for each in names) for names in doubles[:3]
    )
    return Finding(
        code="similar-categories",
        level="warning",
        message=f'Categories of "{printable(name)}" differ only in case or spacing and are counted '
        f"apart: {shown}.",
        hint="Write them alike in the export if they are the same.",
        count=len(doubles),
        column=name,
    )
