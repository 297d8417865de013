"""The ledger of a finished monthly summary: a row a month, as finance or billing adds it up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from dmaic import __version__
from dmaic.analysis.ledger_month import month as first_of_month
from dmaic.analysis.ledger_question import LedgerQuestion
from dmaic.analysis.ledger_span import boundary, outside, span, told
from dmaic.analysis.ledger_summary_check import COUNTS, Row, wrong
from dmaic.analysis.window import conditions
from dmaic.churn import amount, check
from dmaic.churn.clean.text import category
from dmaic.churn.column import Column
from dmaic.churn.loss import Part
from dmaic.churn.summary import Figure
from dmaic.churn.tally import categorise, cleaned
from dmaic.errors import DataError, UsageError
from dmaic.money.definition import DEFAULT
from dmaic.money.flow import Flow
from dmaic.money.ledger import Category, Ledger
from dmaic.result import Finding, Inputs
from dmaic.text import printable

if TYPE_CHECKING:
    from dmaic.churn.table import ChurnTable

MOST_ROWS = 100_000
"""A summary is short; so many months times categories are none."""


def read_summary(
    table: ChurnTable,
    columns: Mapping[Figure, Column],
    question: LedgerQuestion,
    *,
    fingerprint: bool,
) -> Ledger:
    """The ledger of a table whose rows are months.

    Args:
        table: the opened summary.
        columns: figure -> its column.
        question: what is asked; periods must be months.
        fingerprint: put the SHA-256 of the source into the inputs.

    Raises:
        DataError: `ledger.summary`, months are missing or twice, or figures cannot be; all that is
            wrong is told together.
        UsageError: `ledger.summary-period`, another period than months is asked for.
    """
    if question.period != "month":
        raise UsageError(
            f"A finished monthly summary cannot be read by {question.period}: who came and went "
            "between its months is not in it.",
            code="ledger.summary-period",
            where=table.source.name,
            hint="Leave --period out, or give the export that the summary was made from.",
        )
    where, words = conditions(table, question.where)
    rows, unread = _rows(table, columns, question, where)
    # Blocking, where it is not accepted, before what would be said of the blanks it leaves.
    check.settle(unread, question.accept)
    problems = [*wrong(rows, columns, table.source.name)]
    if problems:
        raise DataError.of(problems)
    start, end = _window(rows, question)
    spans = tuple(span(number, "month") for number in range(start, end + 1))
    money = "mrr_start" in columns and "mrr_churned" in columns
    currency, mixed = _currency(table, columns, where) if money else (None, None)
    findings = [*table.findings, *unread, *([mixed] if mixed is not None else [])]
    findings += _remarks(rows, columns, question)
    money = money and mixed is None
    nothing = _flow(Row(None, {}, ()), columns, money=money)
    flows: dict[Category, list[Flow]] = {}
    for row in rows:
        if row.number is not None and start <= row.number <= end:
            mine = flows.setdefault(row.category, [nothing] * len(spans))
            mine[row.number - start] = _flow(row, columns, money=money)
    return Ledger(
        definition=question.definition.name,
        by=question.by,
        spans=spans,
        flows={category: tuple(each) for category, each in sorted(flows.items())},
        unit="customers",
        currency=currency,
        value_name=printable(columns["mrr_start"].name) if money else None,
        inputs=Inputs(
            source=table.source.name,
            sha256=table.source.sha256() if fingerprint else None,
            rows=len(rows),
            roles={name: column.name for name, column in columns.items()},
            readings={reading.column.name: reading.label for reading in table.readings},
            filters=words,
            tool_version=__version__,
        ),
        findings=check.settle(findings, question.accept),
    )


def _rows(
    table: ChurnTable, columns: Mapping[Figure, Column], question: LedgerQuestion, where: str
) -> tuple[list[Row], list[Finding]]:
    """Every month and category, read; and what was found about cells that cannot be."""
    month = first_of_month(table, columns["month"])
    parts = {name: _number(table, columns[name]) for name in columns if name != "month"}
    keys = [category(table.column(name, "--by")) for name in question.by]
    what = [month.sql, *(p.sql for p in parts.values())]
    tail = f"WHERE {where}" if where else ""
    answer = table.whole.select(
        ", ".join([*what, *keys]), f"{tail} ORDER BY ALL LIMIT {MOST_ROWS + 1}"
    )
    if not answer or len(answer) > MOST_ROWS:
        raise DataError(
            f"A monthly summary of more than {MOST_ROWS:,} rows is none."
            if answer
            else "No month is left to read.",
            code="ledger.summary",
            where=table.source.name,
            hint="Check --where." if where else "",
        )
    rows = [
        Row(when, dict(zip(parts, cells, strict=False)),
            categorise(cleaned(key) for key in cells[len(parts):]))
        for when, *cells in answer
    ]  # fmt: skip
    for name in ("mrr_churned", "mrr_contraction"):
        figures = [row.figures.get(name) or 0.0 for row in rows]
        if max(figures) <= 0:  # Some write what is lost with a minus.
            for row, figure in zip(rows, figures, strict=True):
                if row.figures.get(name) is not None:
                    row.figures[name] = -figure
    unread = []
    for part in (month, *parts.values()):
        ((count,),) = table.whole.select(f"count(*) FILTER ({part.misfit})", tail)
        unread += [check.unreadable(table, part, count, where)] if count else []
    return rows, unread


def _number(table: ChurnTable, column: Column) -> Part:
    reading = table.reading(column, "number")
    label = f"{printable(column.name)} ({reading.label})"
    return Part(reading.sql, reading.misfit, column, "number", label, reading.suspect)


def _window(rows: Sequence[Row], question: LedgerQuestion) -> tuple[int, int]:
    months = [row.number for row in rows if row.number is not None]
    first, last = min(months), max(months)
    start = boundary(question.since, "--since", "month")
    end = boundary(question.until, "--until", "month")
    start, end = first if start is None else start, last if end is None else end
    if start > end and question.since and question.until:
        raise UsageError(
            f"--since {question.since} is after --until {question.until}.",
            code="usage.window",
            hint="Swap them.",
        )
    if not first <= start <= end <= last:
        raise outside(span(first, "month").first, span(last, "month").last)
    return start, end


def _currency(
    table: ChurnTable, columns: Mapping[Figure, Column], where: str
) -> tuple[str | None, Finding | None]:
    code = table.roles.get("currency")
    tail = f"WHERE {where}" if where else ""
    codes = table.whole.select(f"DISTINCT {category(code)}", tail) if code is not None else []
    return amount.currency(
        table, columns["mrr_start"], code, (cleaned(each) for (each,) in codes), where
    )


def _remarks(
    rows: Sequence[Row], columns: Mapping[Figure, Column], question: LedgerQuestion
) -> Iterator[Finding]:
    if question.definition.name != DEFAULT.name:
        yield Finding(
            code="summary-as-counted",
            level="info",
            message="A finished summary was counted by whoever made it: the definition "
            f'"{question.definition.name}" decides what is divided by what, not whom it counts.',
        )
    if "new" not in columns:
        return
    totals: dict[int, Counter[str]] = {}
    for row in rows:
        assert row.number is not None
        totals.setdefault(row.number, Counter()).update(
            {name: int(row.figures.get(name) or 0) for name in COUNTS}
        )
    odd = [
        span(later, "month").name
        for month, later in pairwise(sorted(totals))
        if totals[month]["customers_start"]
        + totals[month]["new"]
        + totals[month]["reactivated"]
        - totals[month]["churned"]
        != totals[later]["customers_start"]
    ]
    if odd:
        yield Finding(
            code="summary-does-not-add-up",
            level="warning",
            message=f"Customers at the start of {told(odd)} are not those of the month before "
            "with the new and without the churned.",
            hint="Does the summary leave somebody out, such as customers who came back?",
            count=len(odd),
        )


def _flow(row: Row, columns: Mapping[Figure, Column], *, money: bool) -> Flow:
    counts = {name: int(row.figures.get(name) or 0) for name in COUNTS}
    paid = {
        name: row.figures.get(name) or 0.0 for name in columns if money and name.startswith("mrr_")
    }
    return Flow(**counts, **paid)  # type: ignore[arg-type]
