"""Customers and lost customers by group, for each column that is asked about; one scan for all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dmaic.analysis.evidence import Evidence, weigh
from dmaic.analysis.group_order import Bands
from dmaic.analysis.group_question import GroupQuestion
from dmaic.analysis.picked import number_reading
from dmaic.analysis.question import ParetoQuestion
from dmaic.analysis.scan import Plan, scan
from dmaic.churn.dimension import parse_dimension
from dmaic.errors import DataError, UsageError
from dmaic.result import Finding
from dmaic.stats.test.rate import Counts
from dmaic.text import plural, printable

if TYPE_CHECKING:
    from dmaic.churn.column import Column
    from dmaic.churn.table import ChurnTable

FEW = 10
"""A column of no more different numbers than these is taken for one of groups."""

_MONEY = ("value", "currency", "interval")
_UNTOLD = {"blank-categories", "value-not-recognised", "everyone-churned", "band-of-time",
           "lost-only"}  # fmt: skip
"""Findings about money, and those that a test tells in its own words."""


@dataclass(frozen=True, slots=True)
class Grouped:
    """Counts by one column.

    Attributes:
        name: of the column, as asked for.
        counts: a group each, without the blank one.
        order: labels in their order, where the column was banded.
        blank: customers without a value.
        blank_lost: of them lost.
    """

    name: str
    counts: tuple[Counts, ...]
    order: tuple[str, ...] | None
    blank: int
    blank_lost: int


def without_money(table: ChurnTable) -> None:
    """Let nothing be looked for in amounts: a test of rates does not need them.

    Their roles stay names of their columns.
    """
    roles = table.roles
    money = {role: column.name for role, column in roles.items() if role in _MONEY}
    rest = {role: column for role, column in roles.columns.items() if role not in _MONEY}
    table.roles = replace(roles, columns=rest, aliases={**roles.aliases, **money})


def number_column(table: ChurnTable, text: str, question: GroupQuestion) -> Column | None:
    """The column that is compared as a number; None: it makes groups.

    Args:
        table: the opened export.
        text: one `--churned-by`.
        question: what is asked.

    Raises:
        UsageError: there is no such column, or it can make no groups of customers
            (`test.lost-only`, `test.time`, `test.identifier`).
        DataError: a method of numbers is asked for, and the column holds none.
    """
    option = "--churned-by"
    spec = parse_dimension(text, table.names, table.roles, option=option)
    column = table.find(spec.column) if spec.column else None
    _refuse(table, text, column, banded=spec.form not in ("value", "period"))
    if column is None or spec.form != "value" or question.trend:
        return None
    if question.of_numbers:
        table.reading(column, "number")
        return column
    if question.method != "auto":
        return None
    reading = number_reading(table, column)
    if reading is None:
        return None
    ((different,),) = table.head.select(f"count(DISTINCT {reading.sql})")
    return column if different > FEW else None


def _refuse(table: ChurnTable, text: str, column: Column | None, *, banded: bool) -> None:
    name = printable(text, 60)
    if column is not None and column in (table.roles.get("reason"), table.roles.get("churned_at")):
        raise UsageError(
            f'"{name}" is filled in for lost customers only, so nobody in it ever stays.',
            "test.lost-only",
            "Test a column that is filled in for every customer: segment, plan.",
        )
    if column is not None and column == table.identity:
        raise UsageError(
            f'"{name}" names the single customers, so it makes no groups.',
            "test.identifier",
            "Test a column that many customers share: segment, plan.",
        )
    lifecycle = column is None
    if lifecycle or (banded and column == table.roles.get("tenure")):
        raise UsageError(
            f'Customers pass through every band of "{name}", so these are no groups of customers.',
            "test.time",
            "How fast customers leave at each age is a matter of survival: dmaic survival FILE.",
        )


def read_counts(
    table: ChurnTable, question: GroupQuestion, columns: Sequence[str], bands: Bands | None
) -> tuple[Evidence, Plan, list[Grouped]]:
    """Count customers and lost customers by each column.

    Args:
        table: the opened export.
        question: what is asked.
        columns: as asked for; none counts all customers together.
        bands: bands that the one column is cut into.

    Raises:
        DataError: no rows are left, nobody is lost, or everybody is (`test.one-outcome`).
    """
    by = tuple(columns)
    if bands is not None:
        by = (f"{columns[0]}:{','.join(map(repr, bands.edges))}",)
    asked = ParetoQuestion(
        by=by, where=question.where, since=question.since, until=question.until,
        accept=question.accept,
    )  # fmt: skip
    try:
        plan, tally, findings = scan(table, asked)
    except DataError as error:
        if error.code != "pareto.too-many-categories" or len(by) < 2:
            raise
        # All columns at once make too many groups; one after the other they may not.
        every = [read_counts(table, question, [each], None) for each in columns]
        evidence, plan, _ = every[0]
        found = dict.fromkeys(each for one, _, _ in every for each in one.findings)
        return replace(evidence, findings=tuple(found)), plan, [each for *_, (each,) in every]
    evidence = weigh(table, asked, plan, tally, findings)
    groups = tally.known
    if all(group.lost for group in groups):
        raise DataError(
            f"Nobody of {plural(sum(group.rows for group in groups), 'row')} stayed, so there is "
            "nobody to compare the lost customers with.",
            "test.one-outcome",
            "Export the customers who are still there as well.",
            table.source.name,
        )
    grouped = []
    for at, (text, dimension) in enumerate(zip(columns, plan.dimensions, strict=True)):
        totals: dict[str | None, list[int]] = {}
        for group in groups:
            both = totals.setdefault(group.keys[at], [0, 0])
            both[0] += group.rows
            both[1] += group.rows if group.lost else 0
        blank, blank_lost = totals.pop(None, [0, 0])
        counts = tuple(Counts(str(name), n, lost) for name, (n, lost) in sorted(totals.items()))
        grouped.append(
            Grouped(_column(table, text, plan.dimensions[at].name), counts, dimension.order,
                    blank, blank_lost)
        )  # fmt: skip
    kept = [each for each in evidence.findings if each.code not in _UNTOLD]
    told = [*kept, *(finding for each in grouped for finding in _blanks(each))]
    return replace(evidence, findings=tuple(told)), plan, grouped


def _column(table: ChurnTable, text: str, name: str) -> str:
    """The column as it is called in the file, where it makes the groups as it is."""
    column = table.find(text)
    return column.name if column is not None else name


def _blanks(grouped: Grouped) -> Iterator[Finding]:
    if not grouped.blank:
        return
    rows = grouped.blank + sum(each.count for each in grouped.counts)
    yield left_out(grouped.name, grouped.blank, rows, grouped.blank_lost)


def left_out(name: str, blank: int, rows: int, lost: int | None = None) -> Finding:
    """Rows without a value, which no test can place.

    Args:
        name: of the column.
        blank: rows without a value.
        rows: all rows.
        lost: of the blank ones, lost customers.
    """
    of_them = "" if lost is None else f"; {100 * lost / blank:.1f} % of them are lost"
    return Finding(
        code="blank-cells",
        level="warning",
        message=f'"{printable(name, 60)}" is blank in {plural(blank, "row")} '
        f"({100 * blank / rows:.1f} %), which are left out of the test{of_them}.",
        hint="If they are unlike the others, so is the answer.",
        count=blank,
        column=name,
    )
