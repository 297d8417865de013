"""One scan for a question: readings built, counted, and decided again where they did not hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from dmaic.analysis.question import ParetoQuestion
from dmaic.analysis.window import Fate, Window, look, misdated
from dmaic.churn import check, loss
from dmaic.churn.clean.text import category
from dmaic.churn.column import Column
from dmaic.churn.dimension import Dimension, dimension_sql, parse_dimension
from dmaic.churn.loss import Part
from dmaic.churn.retry import hold
from dmaic.churn.tally import Question, Tally
from dmaic.errors import DataError, DmaicError, UsageError
from dmaic.result import Finding
from dmaic.stats.caution import lost_only
from dmaic.text import name_list, printable

if TYPE_CHECKING:
    from dmaic.churn.table import ChurnTable

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Plan:
    """What a scan is made of.

    Attributes:
        dimensions: the categories asked for, the drilled one last.
        window: rows at risk and who of them is lost.
        value: what a customer pays, or None.
        measure: a named column to rank by, or None.
        currency: the currency column, when money is summed.
        unexposed: findings that say why nobody is known to be at risk by these categories.
        extra: further group keys.
        checked: readings that dimensions and the value's interval rest on.
        based: readings that the rows looked at rest on.
        amounts: what is summed beside the value and the measure.
        most: groups that there may be; None: as many as categories may be.
        spreads: numbers whose values are counted within each group.
    """

    dimensions: tuple[Dimension, ...]
    window: Window
    value: Part | None
    measure: Part | None
    currency: Column | None
    unexposed: tuple[Finding, ...]
    extra: tuple[str, ...]
    checked: tuple[Part, ...]
    based: tuple[Part, ...]
    amounts: tuple[Part, ...] = ()
    most: int | None = None
    spreads: tuple[str, ...] = ()

    @property
    def question(self) -> Question:
        """The plan as a question to the table, without the customer id."""
        keys = [dimension.sql for dimension in self.dimensions]
        if self.currency is not None:
            keys.append(_raw(self.currency))
        amounts = tuple(part for part in (self.value, self.measure) if part is not None)
        return Question(
            keys=(*keys, *self.extra),
            churned=self.window.churned,
            amounts=(*amounts, *self.amounts),
            where=self.window.where,
            checked=self.checked,
            based=self.based,
            most=self.most,
            spreads=self.spreads,
        )


Extra = Callable[["ChurnTable", Part], Sequence[str]]
"""Makes further group keys or spreads, from the table and who is lost at any time."""


def scan(
    table: ChurnTable,
    question: ParetoQuestion,
    extra: Extra | None = None,
    tell: Callable[[ChurnTable], Fate] = lambda table: Fate(loss.churned(table)),
    *,
    dated: bool = True,
    spread: Extra | None = None,
    priced: bool = True,
) -> tuple[Plan, Tally, list[Finding]]:
    """Plan, scan, and plan again where cells contradict a reading made from the first rows.

    Args:
        table: the opened export.
        question: what is asked.
        extra: makes further group keys.
        tell: tells who is lost, where a definition says more than the export's own columns.
        dated: the further keys or spreads are made of churn dates.
        spread: makes numbers whose values are counted within each group.
        priced: what customers pay is read and summed.

    Returns:
        The plan that held, its tally, and findings about cells that cannot be read.
    """
    plan, tally = hold(
        table,
        lambda: _plan(
            table,
            question,
            extra,
            spread,
            tell,
            dated=bool(extra or spread) and dated,
            priced=priced,
        ),
        lambda plan: plan.question,
        table.identity,
    )
    findings = [
        check.unreadable(table, part, cells, "" if part in plan.based else plan.window.where)
        for part, cells in tally.misfits.items()
    ]
    findings += misdated(table, plan.window)
    return plan, tally, findings


def _plan(
    table: ChurnTable,
    question: ParetoQuestion,
    extra: Extra | None,
    spread: Extra | None,
    tell: Callable[[ChurnTable], Fate],
    *,
    dated: bool,
    priced: bool,
) -> Plan:
    table.resolved.clear()
    collect = _Collect()
    specs = [*question.by, *([question.drill] if question.drill else [])]
    dimensions = [
        collect(partial(_dimension, table, spec, "--drill" if at == len(question.by) else "--by"))
        for at, spec in enumerate(specs)
    ]
    fate = collect(lambda: tell(table))
    value = collect(lambda: loss.value(table)) if priced else None
    measure = collect(lambda: _measure(table, question.measure, value))
    interval = collect(lambda: loss.interval(table)) if priced else None
    if dated or question.since or question.until:
        # Both dates are tried, so that both are told where both are in doubt.
        collect(lambda: loss.churned_at(table))
        collect(lambda: loss.signup(table))
    checked = [*resolved(table), *([interval] if interval is not None else [])]
    table.resolved.clear()
    window = collect(
        lambda: look(
            table,
            fate or Fate(Part("true")),
            question.where,
            question.since,
            question.until,
            dated=dated,
        )
    )
    collect.stop()
    assert fate is not None
    assert window is not None
    churned = fate.churned
    return Plan(
        dimensions=tuple(each for each in dimensions if each is not None),
        window=window,
        value=value,
        measure=measure,
        currency=table.roles.get("currency") if value is not None else None,
        unexposed=tuple(_unexposed(table, churned, specs)),
        extra=tuple(extra(table, churned)) if extra is not None else (),
        checked=tuple(checked),
        based=(*resolved(table), *window.dates),
        amounts=fate.amounts(value),
        most=fate.most,
        spreads=tuple(spread(table, churned)) if spread is not None else (),
    )


def resolved(table: ChurnTable) -> list[Part]:
    """The readings that were asked for since the table last forgot them."""
    return [
        Part("", reading.misfit, reading.column, wanted, reading.label, reading.suspect)
        for (_, wanted), reading in table.resolved.items()
    ]


class _Collect:
    """Tries one thing after another, so that all that is wrong is told in one run."""

    def __init__(self) -> None:
        self.errors: list[DmaicError] = []

    def __call__(self, make: Callable[[], T]) -> T | None:
        try:
            return make()
        except (DataError, UsageError) as error:
            self.errors.append(error)
            return None

    def stop(self) -> None:
        """Raise what was collected, the first error with the others' problems."""
        if self.errors:
            first, *others = self.errors
            every = [*first.problems, *(each for other in others for each in other.problems)]
            first.more = tuple(dict.fromkeys(every))[1:]
            raise first


def _dimension(table: ChurnTable, text: str, option: str) -> Dimension:
    spec = parse_dimension(text, table.names, table.roles, option=option)
    dimension = dimension_sql(spec, table)
    column = table.find(spec.column) if spec.form == "value" else None
    return dimension if column is None else replace(dimension, sql=_raw(column))


def _unexposed(table: ChurnTable, churned: Part, specs: Iterable[str]) -> Iterator[Finding]:
    """Categories by which nobody can be said to be at risk.

    Raises:
        UsageError: a category is the very column that tells who is lost.
    """
    for text in specs:
        spec = parse_dimension(text, table.names, table.roles)
        column = table.find(spec.column) if spec.column else None
        if column is not None and column == churned.column and churned.wanted == "flag":
            raise UsageError(
                f'"{printable(column.name, 60)}" tells who is lost, so it cannot rank the loss.',
                code="usage.by-churned",
                hint="Group by another column.",
            )
        if column is not None and column in (
            table.roles.get("reason"),
            table.roles.get("churned_at"),
        ):
            yield from lost_only(column.name)
        elif spec.form == "lifecycle" or (column and column == table.roles.get("tenure")):
            yield Finding(
                code="band-of-time",
                level="warning",
                message=f'"{printable(text, 60)}" is time as a customer: who stays passes through '
                "every band, so the rows of a band are not all who were at risk in it. A rate is "
                "the share lost of those found there; rates are not compared, and there is no "
                "excess.",
                hint="Read the shares as when customers leave; how fast they leave at each age is "
                "a matter of survival analysis.",
                column=column.name if column else None,
            )


def _raw(column: Column) -> str:
    """A group key: the few labels are trimmed when they are read, not each of the many cells."""
    return column.sql if column.is_text else category(column)


def _measure(table: ChurnTable, measure: str, value: Part | None) -> Part | None:
    if measure == "value" and value is None and table.roles.get("value") is None:
        raise DataError(
            "No column tells what a customer pays.",
            code="role.value-missing",
            where=table.source.name,
            hint=f"Name it: --value COL. The columns are {name_list(table.names)}.",
        )
    if measure in ("customers", "value"):
        return None
    column = table.column(measure, "--measure")
    reading = table.reading(column, "number")
    label = f"{printable(column.name)} ({reading.label})"
    return Part(reading.sql, reading.misfit, column, "number", label, reading.suspect)
