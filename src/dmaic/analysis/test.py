"""`test`: whether groups differ by more than chance makes, and by how much."""

# ruff: noqa: PT028  a function of this name is no test of pytest's

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal, Unpack

from dmaic.analysis.group_answer import Found, as_result
from dmaic.analysis.group_churn import against_columns, compare
from dmaic.analysis.group_finished import read_finished
from dmaic.analysis.group_measure import read_measure
from dmaic.analysis.group_order import by_names, natural
from dmaic.analysis.group_question import GroupQuestion, check_question
from dmaic.analysis.ledger import LedgerQuestion, read_ledger
from dmaic.analysis.said import Said, opening
from dmaic.churn.check import settle
from dmaic.churn.export import open_export
from dmaic.errors import DataError
from dmaic.stats.test.measure import compare_numbers
from dmaic.stats.test.rate import Counts
from dmaic.stats.test.tested import TestResult
from dmaic.text import printable

if TYPE_CHECKING:
    from dmaic.churn.table import ChurnTable
    from dmaic.engines.duckdb import Progress


def test(
    source: object,
    churned_by: str | Sequence[str] = (),
    *,
    measure: str | None = None,
    by: str | None = None,
    over: Literal["month", "quarter"] | None = None,
    count: str | None = None,
    size: str | None = None,
    method: str = "auto",
    ordered: bool = False,
    order: str | None = None,
    scores: Sequence[float] = (),
    adjust: Literal["holm", "benjamini-hochberg"] = "holm",
    where: str | None = None,
    since: str | None = None,
    until: str | None = None,
    accept: Sequence[str] = (),
    fingerprint: bool = True,
    progress: Progress | None = None,
    **said: Unpack[Said],
) -> TestResult:
    """Test whether groups differ.

    One of three questions: churn against columns (`churned_by`), a number over groups (`measure`
    and `by`), or the churn rate over time (`over`).

    Args:
        source: a path, `-` for standard input, several paths, a glob, or a pandas, Polars or
            Arrow frame.
        churned_by: columns that churn is tested against, each by itself; bands as in `pareto`.
        measure: column of a number.
        by: column of the groups that it is compared over.
        over: compare the churn rates of months or quarters.
        count: in a finished table, the column of lost customers of each row.
        size: its column of all customers of each row.
        method: `auto`, `chi-square`, `fisher`, `cochran-armitage`, `welch`, `mann-whitney`,
            `welch-anova` or `kruskal-wallis`.
        ordered: the groups have an order; ask for a trend.
        order: their order, `"1,2-5,6+"` for bands of numbers, or their names.
        scores: where each group stands, in their order.
        adjust: how p-values of several columns are adjusted.
        where: SQL condition over the columns.
        since: first day of the churn dates looked at.
        until: last day of them, included.
        accept: codes of blocking findings to go on with.
        fingerprint: put the SHA-256 of the source into the result.
        progress: called with a fraction, or None where unknown, while a long scan runs.
        **said: reading options, roles and preset; see `dmaic.analysis.said.Said`.

    Raises:
        ReadError: the source cannot be read as a table.
        DataError: it cannot be tested so.
        UsageError: the arguments do not fit together or do not fit the columns.
    """
    question = GroupQuestion(
        churned_by=(churned_by,) if isinstance(churned_by, str) else tuple(churned_by),
        measure=measure,
        by=by,
        over=over,
        count=count,
        size=size,
        method=method,
        ordered=ordered,
        order=order,
        scores=tuple(scores),
        adjust=adjust,
        where=where,
        since=since,
        until=until,
        accept=tuple(accept),
    )
    check_question(question)
    with open_export(source, opening(**said), progress=progress) as table:
        if question.measure is not None:
            return _measure(table, question, fingerprint)
        if question.over is not None:
            return _over(table, question, fingerprint)
        if question.count is not None:
            return _finished(table, question, fingerprint)
        return against_columns(table, question, fingerprint)


# So that pytest takes it for no test of its own.
test.__test__ = False  # type: ignore[attr-defined]


def _measure(table: ChurnTable, question: GroupQuestion, fingerprint: bool) -> TestResult:
    read = read_measure(table, question, fingerprint=fingerprint)
    fields = compare_numbers(read.numbers, question.method)
    if isinstance(fields, str):
        raise DataError(
            f'"{printable(read.measure, 60)}" cannot be tested by "{printable(read.by, 60)}": '
            f"{fields}.",
            "test.impossible",
            "Choose another column, or other rows with --where.",
            table.source.name,
        )
    return as_result(
        [Found(read.by, fields, read.left_out)], question, subject=read.measure, unit=read.unit,
        inputs=read.inputs, findings=settle(read.findings, question.accept),
    )  # fmt: skip


def _finished(table: ChurnTable, question: GroupQuestion, fingerprint: bool) -> TestResult:
    counts, cells = read_finished(table, question, fingerprint=fingerprint)
    (text,) = question.churned_by
    if question.order:
        counts, _ = by_names(counts, question.order, text)
    elif question.ordered:
        counts = natural(counts, None, text)
    found = compare(counts, question, cells.names["churned_by"], 0)
    if isinstance(found, str):
        raise DataError(
            f'"{printable(text, 60)}" cannot be tested: {found}.', "test.impossible",
            "Each row is a group: lost customers in --count, all customers in --size.",
            table.source.name,
        )  # fmt: skip
    return as_result(
        [found], question, subject="churn", unit="customers", inputs=cells.inputs,
        findings=cells.findings,
    )  # fmt: skip


def _over(table: ChurnTable, question: GroupQuestion, fingerprint: bool) -> TestResult:
    ledger = read_ledger(
        table,
        LedgerQuestion(
            period=question.over or "month", where=question.where, since=question.since,
            until=question.until, accept=question.accept,
        ),
        fingerprint=fingerprint,
    )  # fmt: skip
    counts = [
        Counts(span.name, flow.customers_start, flow.churned)
        for span, flow in zip(ledger.spans, ledger.whole(), strict=True)
    ]
    found = compare(counts, question, question.over or "month", 0)
    if isinstance(found, str):
        raise DataError(
            f"The churn rates of {question.over}s cannot be tested: {found}.",
            "test.impossible",
            "It takes two periods with customers, and some of them lost.",
            table.source.name,
        )
    return as_result(
        [found], question, subject="churn", unit=f"{ledger.unit[:-1]}-{question.over}s",
        inputs=ledger.inputs, findings=ledger.findings,
    )  # fmt: skip
