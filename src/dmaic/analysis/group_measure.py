"""A number over groups, of any table; it need not be a churn export."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dmaic import __version__
from dmaic.analysis.group_counts import left_out
from dmaic.analysis.group_numbers import read_numbers
from dmaic.analysis.group_question import GroupQuestion
from dmaic.analysis.picked import PICKED, chosen, pick
from dmaic.churn import check
from dmaic.churn.dimension import dimension_sql, parse_dimension
from dmaic.errors import DataError, UsageError
from dmaic.result import Finding, Inputs
from dmaic.stats.test.measure import Numbers
from dmaic.text import name_list, plural, printable

if TYPE_CHECKING:
    from dmaic.churn.table import ChurnTable

MOST_GROUPS = 1_000
"""More groups than these are no groups but identifiers."""


@dataclass(frozen=True, slots=True)
class Measured:
    """A number by group.

    Attributes:
        measure: name of the number.
        by: name of the groups.
        numbers: by group.
        left_out: rows without a number or a group.
        unit: what is counted, plural.
        inputs: what it was read from.
        findings: not yet settled.
    """

    measure: str
    by: str
    numbers: Numbers
    left_out: int
    unit: str
    inputs: Inputs
    findings: tuple[Finding, ...]


def read_measure(table: ChurnTable, question: GroupQuestion, *, fingerprint: bool) -> Measured:
    """Read a number by group.

    Args:
        table: the opened file.
        question: with `measure` and `by`.
        fingerprint: put the SHA-256 of the source into the inputs.

    Raises:
        UsageError: there is no such column, or it is the same twice (`usage.test`).
        DataError: the number cannot be read, no rows are left (`test.no-rows`), or the groups are
            too many or too few (`test.impossible`).
    """
    assert question.measure is not None
    assert question.by is not None
    column = table.column(question.measure, "--measure")
    spec = parse_dimension(question.by, table.names, table.roles, option="--by")
    if spec.form == "value" and table.find(spec.column) == column:
        raise UsageError(
            f'--measure and --by both name "{printable(column.name, 60)}".',
            "usage.test",
            "Compare it over another column.",
        )
    where, words, dimension, misread = chosen(
        table, question.where, lambda: dimension_sql(spec, table)
    )
    picked = pick(table, [f"({dimension.sql})"], [column], where)
    (grouped,) = picked.filled
    if not picked.rows:
        raise DataError(
            f"No rows are left ({'; '.join(words)})." if words else "The table has no rows.",
            "test.no-rows",
            where=table.source.name,
        )
    _few(table, dimension.name)
    numbers = read_numbers(table, 0, picked.parts[0], dimension.order or ())
    found = sum(each.moments.count for each in numbers.samples)
    if len(numbers.samples) < 2:
        names = name_list([each.name for each in numbers.samples])
        raise DataError(
            f'"{printable(column.name, 60)}" cannot be compared by '
            f'"{printable(dimension.name, 60)}": {plural(len(numbers.samples), "group")}'
            f"{f' ({names})' if found else ''} with a number, and it takes two.",
            "test.impossible",
            "Choose another column, or other rows with --where.",
            table.source.name,
        )
    notes = [*table.findings, *misread, *picked.findings]
    if picked.rows - grouped:
        notes.append(left_out(dimension.name, picked.rows - grouped, picked.rows))
    if grouped - found:
        notes.append(left_out(column.name, grouped - found, grouped))
    alike = check.similar(dimension.name, [each.name for each in numbers.samples])
    return Measured(
        measure=column.name,
        by=dimension.name if spec.form != "value" else spec.column,
        numbers=numbers,
        left_out=picked.rows - found,
        unit=table.unit,
        inputs=Inputs(
            source=table.source.name,
            sha256=table.source.sha256() if fingerprint else None,
            rows=picked.rows,
            roles={"measure": column.name, "by": spec.column or dimension.name},
            readings={reading.column.name: reading.label for reading in table.readings},
            filters=words,
            preset=table.preset.name if table.preset is not None else None,
            tool_version=__version__,
        ),
        findings=(*notes, *([alike] if alike is not None else [])),
    )


def _few(table: ChurnTable, name: str) -> None:
    ((groups,),) = table.engine.rows(f"SELECT count(DISTINCT g0) FROM {PICKED}")
    if groups > MOST_GROUPS:
        raise DataError(
            f'"{printable(name, 60)}" makes {groups:,} groups; that looks like an identifier.',
            "test.impossible",
            "Group by a column with fewer values, or band it: --by seats:1,2,6.",
            table.source.name,
        )
