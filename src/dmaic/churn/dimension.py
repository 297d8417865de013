"""What `--by` says: the categories that rows are counted in, as SQL that gives each row's label."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, isfinite
from typing import TYPE_CHECKING, Literal, Protocol

from dmaic.churn.column import Rows, literal
from dmaic.errors import DataError, UsageError, suggest
from dmaic.text import name_list, printable

if TYPE_CHECKING:
    from dmaic.churn.condition_scope import Wanted
    from dmaic.churn.role import Roles

QUANTILES = {"tertiles": 3, "quartiles": 4, "quintiles": 5, "deciles": 10}

PERIODS = {
    "month": "strftime({0}, '%Y-%m')",
    "quarter": "strftime({0}, '%Y') || '-Q' || quarter({0})",
    "year": "strftime({0}, '%Y')",
    "week": "strftime({0}, '%G-W%V')",
    "weekday": "dayname({0})",
}
"""Period -> SQL of its label, from a TIMESTAMP; weeks are those of ISO 8601."""

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

STAGES = (("early days", 3.0), ("first year", 12.0), ("long term", None))
"""Stage of the customer's life -> the month it ends with (exclusive)."""

LIFECYCLE = "lifecycle"

Form = Literal["value", "bands", "quantiles", "period", "lifecycle"]


@dataclass(frozen=True, slots=True)
class DimensionSpec:
    """What was asked for, before the data is looked at.

    Attributes:
        name: as the person wrote it; the heading of the category.
        form: how the labels are made.
        column: the column they are made from; empty for the lifecycle.
        edges: lower edges of the bands, increasing.
        detail: name of the quantiles or the period.
    """

    name: str
    form: Form
    column: str = ""
    edges: tuple[float, ...] = ()
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Dimension:
    """Categories as SQL.

    Attributes:
        name: heading of the category.
        sql: VARCHAR expression, the label of the row's category; NULL where the cell is blank.
        order: the labels in their natural order, where that is not the alphabetical one.
        columns: names of the columns it is made from.
    """

    name: str
    sql: str
    order: tuple[str, ...] | None = None
    columns: tuple[str, ...] = ()


class Table(Protocol):
    """What a dimension asks of the opened export."""

    @property
    def roles(self) -> Roles:
        """Which column plays which role; the lifecycle needs `tenure` or `signup`."""
        ...

    @property
    def whole(self) -> Rows:
        """The rows that quantiles and the last date are asked from."""
        ...

    def resolve(self, name: str, wanted: Wanted | None) -> str:
        """SQL of a column, by its name, read as wanted."""
        ...


def parse_dimension(
    text: str, names: Sequence[str], roles: Roles | None = None, *, option: str = "--by"
) -> DimensionSpec:
    """Understand one `--by`.

    Forms: `segment`, a column or role; `tenure:0,3,12,24`, bands that hold their lower edge and
    not their upper one; `tenure:quartiles` (tertiles, quintiles, deciles); `signup_date:month`
    (quarter, year, week, weekday); `lifecycle`. A column whose name is the whole text wins, colon
    or not; a column wins over a role of the same name.

    Args:
        text: what the person wrote.
        names: the columns, matched exactly or else in any case.
        roles: which column plays which role.
        option: the option it was written with, for messages.

    Raises:
        UsageError: no such column (`usage.unknown-column`), or no such bands (`usage.bands`).
    """
    known = roles.names() if roles is not None else {}
    column = _find(text, names, known, option)
    if column is not None:
        return DimensionSpec(text, "value", column)
    if text.strip().casefold() == LIFECYCLE:
        return DimensionSpec(LIFECYCLE, "lifecycle")
    before, colon, form = text.rpartition(":")
    column = _find(before, names, known, option) if colon else None
    if column is None and before.strip().casefold() == LIFECYCLE:
        raise UsageError(
            f"{option} {printable(text, 60)}: the lifecycle has its stages already.",
            code="usage.bands",
            hint="Write --by lifecycle, or bands of the tenure such as tenure:0,3,12,24.",
        )
    if column is None:
        raise _unknown(before if colon else text, names, known, option)
    form = form.strip().casefold()
    if form in QUANTILES:
        return DimensionSpec(before, "quantiles", column, detail=form)
    if form in PERIODS:
        return DimensionSpec(text, "period", column, detail=form)
    return DimensionSpec(before, "bands", column, _edges(text, form, option))


def dimension_sql(spec: DimensionSpec, table: Table, as_of: str | None = None) -> Dimension:
    """The SQL of a dimension. Quantiles and the end of open lifetimes are asked from the rows.

    Quantiles cut at the interpolated quantiles (`quantile_cont`, Hyndman and Fan's type 7), rounded
    to six digits, and to the next whole number where the column holds whole numbers only; equal
    cuts merge. The lifecycle counts whole months: the tenure column, or else from sign-up to the
    churn date, and for customers who stay to `as_of`.

    Args:
        spec: what `parse_dimension` understood.
        table: the opened export.
        as_of: ISO date up to which customers who stay are followed; None: the last sign-up or
            churn date in the rows.

    Raises:
        UsageError: the lifecycle has no columns to be made from (`usage.lifecycle`).
        DataError: the column cannot be read as the form wants it.
    """
    if spec.form == "lifecycle":
        return _lifecycle(spec, table, as_of)
    if spec.form == "value":
        return Dimension(spec.name, table.resolve(spec.column, "text"), None, (spec.column,))
    if spec.form == "period":
        sql = PERIODS[spec.detail].format(f"({table.resolve(spec.column, 'date')})")
        days = WEEKDAYS if spec.detail == "weekday" else None
        return Dimension(spec.name, f"({sql})", days, (spec.column,))
    value = table.resolve(spec.column, "number")
    edges = spec.edges or _cuts(value, QUANTILES[spec.detail], table.whole)
    sql, order = _banded(value, edges, below=spec.form == "bands")
    return Dimension(spec.name, sql, order, (spec.column,))


def _find(name: str, names: Sequence[str], roles: Mapping[str, str], option: str) -> str | None:
    if name in names:
        return name
    folded = name.strip().casefold()
    same = [each for each in names if each.strip().casefold() == folded]
    if len(same) > 1:
        listed = " and ".join(f'"{printable(each, 40)}"' for each in same)
        raise UsageError(
            f'{option} names "{printable(name, 60)}", which fits {listed}.',
            code="usage.unknown-column",
            hint="Write the name exactly as the file does.",
        )
    return same[0] if same else roles.get(folded)


def _unknown(name: str, names: Sequence[str], roles: Mapping[str, str], option: str) -> UsageError:
    parts = [_find(part, names, roles, option) for part in name.split(",")]
    if len(parts) > 1 and all(parts):
        each = " ".join(f"--by {part.strip()}" for part in name.split(","))
        hint = f"Give one --by for each: {each}."
    else:
        meant = suggest(name, [*names, *roles, LIFECYCLE])
        hint = f"{meant} The columns are {name_list(names)}.".strip()
    return UsageError(
        f'{option} names "{printable(name, 60)}", but there is no such column.',
        code="usage.unknown-column",
        where=f"{option} {printable(name, 60)}",
        hint=hint,
    )


def _edges(text: str, form: str, option: str) -> tuple[float, ...]:
    problem = ""
    edges: list[float] = []
    try:
        edges = [float(part) for part in form.split(",")]
    except ValueError:
        problem = f'"{printable(form, 60)}" is neither a list of numbers nor a known form'
    if not problem and not all(isfinite(edge) for edge in edges):
        problem = "the edges of bands must be finite numbers"
    if not problem and any(high <= low for low, high in pairwise(edges)):
        problem = "the edges of bands must increase"
    if problem:
        raise UsageError(
            f"{option} {printable(text, 60)}: {problem}.",
            code="usage.bands",
            where=f"{option} {printable(text, 60)}",
            hint=f"{suggest(form, [*QUANTILES, *PERIODS])} Write tenure:0,3,12,24 for bands, or one"
            f" of {', '.join([*QUANTILES, *PERIODS])}.".strip(),
        )
    return tuple(edges)


def _cuts(value: str, parts: int, rows: Rows) -> tuple[float, ...]:
    """Lower edges of the quantile groups; empty where there is no number at all."""
    shares = ", ".join(repr(part / parts) for part in range(parts))
    finite = f"CASE WHEN isfinite({value}) THEN {value} END"
    whole = f"bool_and({finite} = floor({finite}))"
    ((found, is_whole),) = rows.select(f"quantile_cont({finite}, [{shares}]), {whole}")
    edges: list[float] = []
    for quantile in found or ():
        edge = float(ceil(quantile)) if is_whole else float(f"{quantile:.6g}")
        if not edges or edge > edges[-1]:
            edges.append(edge)
    return tuple(edges)


def _banded(
    value: str, edges: Sequence[float], *, below: bool
) -> tuple[str, tuple[str, ...] | None]:
    """SQL and order of the labels of bands; `below`: a band under the first edge is shown."""
    if not edges:
        return "CAST(NULL AS VARCHAR)", None
    joint = " to " if edges[0] < 0 else "-"
    shown = [_number(edge) for edge in edges]
    labels = [f"{low}{joint}{high}" for low, high in pairwise(shown)]
    # Rounding may lift the lowest cut above the least value, which then is in the first band.
    first = f"< {shown[0]}" if below else (labels or [f"{shown[-1]}+"])[0]
    cases = [f"WHEN {value} IS NULL THEN NULL"]
    cases += [f"WHEN {value} < {edges[0]!r} THEN {literal(first)}"]
    uppers = zip(edges[1:], labels, strict=True)
    cases += [f"WHEN {value} < {edge!r} THEN {literal(label)}" for edge, label in uppers]
    last = f"{shown[-1]}+"
    order = ([first] if below else []) + [*labels, last]
    return f"(CASE {' '.join(cases)} ELSE {literal(last)} END)", tuple(order)


def _number(value: float) -> str:
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)


def _lifecycle(spec: DimensionSpec, table: Table, as_of: str | None) -> Dimension:
    tenure, signup, churned_at = map(table.roles.get, ("tenure", "signup", "churned_at"))
    if tenure is not None:
        columns: tuple[str, ...] = (tenure.name,)
        months = table.resolve(tenure.name, "number")
    elif signup is not None:
        columns = (signup.name,)
        start = table.resolve(signup.name, "date")
        end = "CAST(NULL AS TIMESTAMP)"
        if churned_at is not None:
            columns += (churned_at.name,)
            end = table.resolve(churned_at.name, "date")
        last = literal(as_of or _last(start, end, table.whole))
        until = f"coalesce({end}, TIMESTAMP {last})"
        # Who left before the start has no age; that is found and told elsewhere.
        months = f"CASE WHEN {until} >= {start} THEN date_sub('month', {start}, {until}) END"
    else:
        raise UsageError(
            "The lifecycle needs tenure or the sign-up date, and neither is recognised.",
            code="usage.lifecycle",
            where="--by lifecycle",
            hint="Name the column with --tenure or --signup.",
        )
    cases = [f"WHEN ({months}) IS NULL THEN NULL"]
    cases += [
        f"WHEN ({months}) < {until!r} THEN {literal(stage)}"
        for stage, until in STAGES
        if until is not None
    ]
    sql = f"(CASE {' '.join(cases)} ELSE {literal(STAGES[-1][0])} END)"
    return Dimension(spec.name, sql, tuple(stage for stage, _ in STAGES), columns)


def _last(start: str, end: str, rows: Rows) -> str:
    ((last,),) = rows.select(f"CAST(greatest(max({start}), max({end})) AS VARCHAR)")
    if last is None:
        raise DataError(
            "The lifecycle cannot be told, since the sign-up column holds no date.",
            code="usage.lifecycle",
            hint="Name the column with --signup, or give --tenure.",
        )
    return str(last)
