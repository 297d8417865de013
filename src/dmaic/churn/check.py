"""Findings about an opened export: what a reader of its figures should know, and what stops."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from dmaic.churn.clean import number
from dmaic.churn.clean.text import category
from dmaic.churn.column import Column
from dmaic.churn.loss import Part, is_monthly
from dmaic.churn.tally import known_id
from dmaic.errors import DataError, Problem, UsageError, suggest
from dmaic.result import Finding
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
    "interval-12x": "amounts are taken as they stand",
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
    who, inside = known_id(column), where or "true"
    rows = table.row_numbers(
        f"({inside}) AND {who} IN (SELECT {who} FROM {table.relation} WHERE {inside}"
        f" GROUP BY ALL HAVING count(*) > 1)"
    )
    return Finding(
        code="duplicate-customers",
        level="blocking",
        message=f"{about[0].upper()}{about[1:]} repeat a {table.unit[:-1]} that stands on another "
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


def currencies(codes: Iterable[str], column: str, *, inside: bool = False) -> Finding | None:
    """More than one currency in one sum.

    Args:
        codes: the currencies.
        column: where they stand.
        inside: beside the amounts, in their own column.
    """
    known = sorted(set(codes))
    if len(known) < 2:
        return None
    listed = ", ".join(printable(code, 12) for code in known[:6]) + (
        " ..." if len(known) > 6 else ""
    )
    name = printable(column)
    name = name if re.fullmatch(r"[A-Za-z_]\w*", name) else f'\\"{name}\\"'
    one = f"{name} like '%€%'" if inside else f"upper({name}) = '{printable(known[0], 12)}'"
    return Finding(
        code="mixed-currencies",
        level="blocking",
        message=f'Amounts are in {len(known)} currencies ({listed}, column "{printable(column)}") '
        "and are never summed together.",
        hint=f'Take one{", as in" if inside else ":"} --where "{one}"; or '
        "--accept mixed-currencies to count customers and leave money out.",
        count=len(known),
        column=column,
    )


def written(table: ChurnTable, column: Column, where: str = "") -> set[str]:
    """Currencies written beside the amounts of these rows."""
    return set(number.currency(column, table.evidence(column, "number", where)))


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
        message=f'"{printable(name)}" is blank for {100 * share:.1f} % of the rows ({blank_rows:,} of '
        f"{rows:,}) and {100 * blank_lost / max(lost, 1):.1f} % of the lost.",
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


def money_scale(table: ChurnTable, part: Part) -> Finding | None:
    """Amounts that look like cents: whole, large, and most of them price points times a hundred."""
    if part.column is None or table.value_scale != 1.0:
        return None
    reading = table.reading(part.column, "number")
    if part.column.is_text and not reading.label.isdigit():
        return None
    v = reading.sql
    ((count, whole, points, median),) = table.head.select(
        f"count(v), count(*) FILTER (v = floor(v)), count(*) FILTER (v > 0 AND"
        f" (v % 1000 IN (900, 500)"
        f" OR v % 100 IN (99, 95))), median(v) FROM (SELECT {v} AS v",
        ")",
    )
    if count < 20 or whole < count or median is None or median < 900 or points < count / 2:
        return None
    return Finding(
        code="cents-for-money",
        level="warning",
        message=f'"{printable(part.column.name)}" looks like cents: all amounts are whole, half of '
        f"them above {median:,.0f}, and most end like a price in cents.",
        hint="If so, --value-scale 0.01 makes money of them.",
        column=part.column.name,
    )


def interval(table: ChurnTable, part: Part) -> Finding | None:
    """Amounts of yearly customers that are twelve times, or a twelfth of, the monthly ones'."""
    by = table.roles.get("interval")
    if by is None or part.column is None:
        return None
    plan = table.roles.get("plan")
    same = category(plan) if plan is not None else "''"
    rows = table.head.select(
        f"p, median(v) FILTER (i LIKE '%month%' OR i = 'm'), median(v) FILTER (i LIKE '%year%' OR"
        f" i LIKE '%annual%'), count(*) FROM (SELECT {part.sql} AS v, lower({category(by)}) AS i,"
        f" {same} AS p",
        ") GROUP BY p",
    )
    ratios = [(yearly / monthly, n) for _, monthly, yearly, n in rows if monthly and yearly]
    total = sum(n for _, n in ratios)
    high = sum(n for ratio, n in ratios if 8 <= ratio <= 14)
    low = sum(n for ratio, n in ratios if 1 / 14 <= ratio <= 1 / 8)
    if not total or max(high, low) < total / 2:
        return None
    times = "twelve times" if high > low else "a twelfth of"
    cure = (
        "--interval none takes the amounts as monthly already."
        if low >= high and not is_monthly(part.column.name)
        else f'name a column of amounts per interval, or mend "{printable(part.column.name)}".'
    )
    return Finding(
        code="interval-12x",
        level="blocking",
        message=f"For the same plan, yearly customers pay {times} what monthly ones pay a month; "
        "an amount was divided by its interval twice, or not at all.",
        hint=f"{cure[0].upper()}{cure[1:]} --accept interval-12x takes them as they stand.",
        column=part.column.name,
    )
