"""Tests of churn against columns: of groups by counts, of numbers lost against stayed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from dmaic.analysis.group_answer import Found, as_result
from dmaic.analysis.group_counts import (
    Grouped,
    left_out,
    number_column,
    read_counts,
    without_money,
)
from dmaic.analysis.group_numbers import read_numbers
from dmaic.analysis.group_order import Bands, bands_of, by_names, is_scale, natural, scored
from dmaic.analysis.group_question import GroupQuestion
from dmaic.analysis.picked import number_reading, pick
from dmaic.churn.check import settle
from dmaic.errors import DataError
from dmaic.result import Finding
from dmaic.stats.test.measure import compare_numbers
from dmaic.stats.test.rate import Counts, compare_rates
from dmaic.stats.test.tested import TestResult
from dmaic.text import plural, printable

if TYPE_CHECKING:
    from dmaic.analysis.scan import Plan
    from dmaic.churn.column import Column
    from dmaic.churn.table import ChurnTable


def against_columns(table: ChurnTable, question: GroupQuestion, fingerprint: bool) -> TestResult:
    """Test churn against each column by itself.

    Args:
        table: the opened export.
        question: with `churned_by`.
        fingerprint: put the SHA-256 of the source into the inputs.

    Raises:
        DataError: none of them can be tested (`test.impossible`), or as `read_counts`.
        UsageError: a column is not there, or makes no groups.
    """
    columns = dict.fromkeys(question.churned_by)
    bands = bands_of(question.order) if question.order else None
    numbers: dict[str, Column] = {}
    for text in columns:
        column = number_column(table, text, question)
        if column is not None:
            numbers[text] = column
    bands = _bands(table, next(iter(columns)), bands)
    without_money(table)
    groups = [text for text in columns if text not in numbers]
    evidence, plan, grouped = read_counts(table, question, groups, bands)
    found: dict[str, Found | str] = {
        text: _rates(each, question, bands) for text, each in zip(groups, grouped, strict=True)
    }
    findings = [*evidence.findings]
    if numbers:
        of_numbers, more = _numbers(table, question, plan, numbers)
        found |= of_numbers
        findings += more
    tested = [each for text in columns if isinstance(each := found[text], Found)]
    refused = {text: why for text in columns if isinstance(why := found[text], str)}
    findings += _not_tested(table, refused, any_tested=bool(tested))
    return as_result(
        tested, question, subject="churn", unit=evidence.unit,
        inputs=evidence.inputs(table, fingerprint), findings=settle(findings, question.accept),
    )  # fmt: skip


def _bands(table: ChurnTable, text: str, bands: Bands | None) -> Bands | None:
    """The bands, unless the column's own groups are called so."""
    column = table.find(text)
    if bands is None or column is None:
        return None
    return bands if number_reading(table, column) is not None else None


def _rates(grouped: Grouped, question: GroupQuestion, bands: Bands | None) -> Found | str:
    """The test of one column's groups, or why there is none."""
    counts, rest = list(grouped.counts), grouped.blank
    if bands is not None and grouped.order is not None:
        names = dict(zip(grouped.order, bands.labels, strict=True))
        rest += sum(each.count for each in counts if names[each.name] is None)
        counts = [
            replace(each, name=label)
            for name in grouped.order
            for each in counts
            if each.name == name and (label := names[name]) is not None
        ]
    elif question.order:
        counts, left = by_names(counts, question.order, grouped.name)
        rest += left
    elif question.trend or grouped.order is not None:
        counts = natural(counts, grouped.order, grouped.name)
    total = sum(each.count for each in counts)
    if len(counts) > 2 and 2 * len(counts) > total:
        return f"{plural(total, 'row')} in {len(counts):,} groups are no groups of customers"
    return compare(counts, question, grouped.name, rest)


def compare(
    counts: Sequence[Counts], question: GroupQuestion, column: str, rest: int
) -> Found | str:
    """The test of groups, or why there is none.

    Args:
        counts: in their order, where they have one.
        question: what is asked.
        column: what makes the groups.
        rest: rows in none of them.
    """
    counts = [each for each in counts if each.count]
    lost, total = sum(each.lost for each in counts), sum(each.count for each in counts)
    if len(counts) < 2:
        return "all rows that have a value are in one group" if counts else "no row has a value"
    if not 0 < lost < total:
        return f"{'all' if lost else 'none'} of the rows with a value are lost customers"
    if question.trend:
        counts = scored(counts, question.scores, column)
        if not is_scale([each.score or 0.0 for each in counts]):
            return "its values are too far apart, or too close, to reckon with"
    return Found(column, compare_rates(counts, question.method, trend=question.trend), rest)


def _numbers(
    table: ChurnTable, question: GroupQuestion, plan: Plan, columns: dict[str, Column]
) -> tuple[dict[str, Found | str], list[Finding]]:
    """The tests of columns of numbers, lost customers against those who stayed."""
    churned = f"({plan.window.churned.sql})"
    group = f"CASE WHEN {churned} THEN 'lost' WHEN NOT {churned} THEN 'stayed' END"
    picked = pick(table, [group], list(columns.values()), plan.window.where)
    findings, (grouped,) = [*picked.findings], picked.filled
    found: dict[str, Found | str] = {}
    for at, (text, column) in enumerate(columns.items()):
        numbers = read_numbers(table, at, picked.parts[at], ("lost", "stayed"))
        missing = grouped - sum(each.moments.count for each in numbers.samples)
        if column == table.roles.get("tenure"):
            findings.append(_of_time(column))
        if missing and len(numbers.samples) == 2:
            findings.append(left_out(column.name, missing, grouped))
        if len(numbers.samples) < 2:
            found[text] = "only lost customers, or only those who stayed, have a value"
            continue
        fields = compare_numbers(numbers, question.method)
        found[text] = fields if isinstance(fields, str) else Found(column.name, fields, missing)
    return found, findings


def _of_time(column: Column) -> Finding:
    return Finding(
        code="band-of-time",
        level="warning",
        message=f'"{printable(column.name, 60)}" is time as a customer: who leaves early has less '
        "of it, so that it differs does not tell when customers leave.",
        hint="How fast customers leave at each age is a matter of survival: dmaic survival FILE.",
        column=column.name,
    )


def _not_tested(
    table: ChurnTable, refused: dict[str, str], *, any_tested: bool
) -> Iterator[Finding]:
    """Columns that could not be tested: told beside others, an error where there are none.

    Raises:
        DataError: `test.impossible`, nothing could be tested.
    """
    for text, why in refused.items():
        said = f'"{printable(text, 60)}" cannot be tested: {why}.'
        if not any_tested:
            raise DataError(
                said, "test.impossible", "Choose another column, or other rows with --where.",
                table.source.name,
            )  # fmt: skip
        yield Finding(code="not-tested", level="warning", message=said, column=text)
