"""How a survey is shown: the sentences that answer, the reasons, and who answered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dmaic import number
from dmaic.block import Block, Cells, Fields, Heading, Note, Table
from dmaic.stats.sampling.plan_word import short
from dmaic.stats.sampling.survey import CellRow, ReasonRow, SurveyResult
from dmaic.stats.sampling.survey_word import headline, silence
from dmaic.text import printable

MOST = 25
"""Lines of a table that are shown; JSON, CSV and workbook hold them all."""


def blocks(result: SurveyResult) -> tuple[Block, ...]:
    """The sentences, the reasons with their intervals, and who answered."""
    aside = f" by {', '.join(result.by)}" if result.by else ""
    told: list[Block] = [
        Heading(f"Exit survey{aside}", 1, aside=result.inputs.source),
        Note(headline(result), strong=True),
    ]
    said = silence(result)
    if said:
        told.append(Note(said))
    told.append(Fields(tuple(_figures(result))))
    if result.reasons:
        told += _shown(result.reasons, _reasons(result, result.reasons[:MOST]), "reasons")
    if result.by:
        told += _shown(result.cells, _cells(result, result.cells[:MOST]), "categories")
    if result.is_weighted and any(row.collapsed for row in result.cells):
        told.append(Note(f"* fewer than {result.least} answers: weighted together."))
    return tuple(told)


def _shown(rows: Sequence[object], table: Table, what: str) -> list[Block]:
    if len(rows) <= MOST:
        return [table]
    return [table, Note(f"{len(rows) - MOST:,} more {what}: --json, --format csv or -o FILE.xlsx.")]


def _figures(result: SurveyResult) -> Iterator[tuple[str, str]]:
    sure = short(result.confidence)
    yield (
        "response",
        f"{number.percent(result.response.rate)} % ({sure} %: "
        f"{number.interval(result.response.low, result.response.high)})",
    )
    if result.is_weighted:
        yield "design effect", f"{result.design_effect:.2f}"
        yield (
            "effective answers",
            f"{result.effective_n:,.0f} of {result.answered:,}",
        )
    if result.reasons and result.answered < result.population:
        first = result.reasons[0]
        yield (
            "if the silent differ",
            f'"{printable(first.reason, 60)}" is the reason of anything from '
            f"{number.percent(first.bound_low)} % to {number.percent(first.bound_high)} % of all",
        )


def _reasons(result: SurveyResult, rows: Sequence[ReasonRow]) -> Table:
    weighted = result.is_weighted
    columns = [
        Cells(
            printable(result.question or "reason", 40),
            tuple(printable(row.reason, 60) for row in rows),
        ),
        Cells("answers", tuple(f"{row.answers:,}" for row in rows), right=True, keep=90),
    ]
    if weighted:
        columns.append(
            Cells(
                "as answered %",
                tuple(number.percent(row.unweighted) for row in rows),
                right=True,
                keep=40,
            )
        )
    columns += [
        Cells(
            "weighted %" if weighted else "%",
            tuple(number.percent(row.share) for row in rows),
            right=True,
        ),
        Cells(
            f"{short(result.confidence)} %",
            tuple(number.interval(row.low, row.high) for row in rows),
            right=True,
        ),
    ]
    return Table(tuple(columns), title="Reasons")


def _cells(result: SurveyResult, rows: Sequence[CellRow]) -> Table:
    columns = (
        Cells(
            " / ".join(printable(name, 40) for name in result.by),
            tuple(
                printable(" / ".join(row.category), 60) + (" *" if row.collapsed else "")
                for row in rows
            ),
        ),
        Cells("lost", tuple(f"{row.population:,}" for row in rows), right=True),
        Cells("answered", tuple(f"{row.answered:,}" for row in rows), right=True),
        Cells("response %", tuple(number.percent(row.rate) for row in rows), right=True),
        Cells(
            f"{short(result.confidence)} %",
            tuple(number.interval(row.low, row.high) for row in rows),
            right=True,
        ),
        Cells("weight", tuple(f"{row.weight:,.1f}" for row in rows), right=True, keep=80),
    )
    return Table(columns, title="Who answered")
