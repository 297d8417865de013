"""A series of finished figures: a row a point, or a row a measure of a subgroup."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import datetime, time
from typing import TYPE_CHECKING

from dmaic.analysis.column import Cells, Kind, blanks, read_cells
from dmaic.analysis.series_question import SeriesQuestion, Taken, words
from dmaic.analysis.window import day
from dmaic.churn.column import Column
from dmaic.churn.moment import HEADERS
from dmaic.churn.role_word import normalise, phrases
from dmaic.errors import DataError, UsageError
from dmaic.result import Finding
from dmaic.stats.control.place import days as named_days
from dmaic.stats.control.series import Data, Series
from dmaic.text import name_list, plural, printable

if TYPE_CHECKING:
    from dmaic.churn.table import ChurnTable

_LABELS = (
    *HEADERS["month"],
    *phrases(
        "date, day, week, month, quarter, year, period, when, time, timestamp, label, point, no",
        "sample, subgroup, batch, lot, observation, index, nr, number, id, datum, tag, woche",
        "quartal, jahr, zeitraum, jour, semaine, trimestre, annee, dia, semana, ano, wafer",
    ),
)
"""Whole headers of columns that name points, the preferred ones first."""

_FORMS = (
    ("month", re.compile(r"\d{4}-(0[1-9]|1[0-2])")),
    ("quarter", re.compile(r"\d{4}[- ]?[Qq][1-4]")),
    ("week", re.compile(r"\d{4}[- ]?[Ww]\d\d")),
    ("year", re.compile(r"(19|20|21)\d\d")),
    ("point", re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])([T ].*)?")),
)
"""What a point is -> how its name is written."""

_MONEY = re.compile(r"\b(mrr|arr|revenue|usd|eur|gbp|chf|umsatz|ingresos|revenu|\$|€|£)\b")


def read_finished(table: ChurnTable, asked: SeriesQuestion) -> Taken:
    """Figures as they stand, in the order of their dates, or of the rows where there are none.

    Args:
        table: the opened file.
        asked: with `count` or `value`.

    Raises:
        UsageError: a column is not there, or a time is asked for and the points have no dates.
        DataError: a column holds no numbers, or no row has what is needed.
    """
    wanted: dict[str, tuple[str, Kind]] = {}
    for key in ("count", "size", "value"):
        name = getattr(asked, key)
        if name is not None:
            wanted[key] = (name, "number")
    naming = asked.subgroup or asked.label
    option = "--subgroup" if asked.subgroup else "--label"
    used = [table.column(name, f"--{key}") for key, (name, _) in wanted.items()]
    label = table.column(naming, option) if naming else find_label(table, used)
    if label is not None:
        wanted["subgroup" if asked.subgroup else "label"] = (label.name, "text")
        if _is_dated(table, label):
            wanted["when"] = (label.name, "date")
    cells = read_cells(table, wanted, where=asked.where, accept=asked.accept, fingerprint=False)
    kept, findings = _kept(cells, table)
    labels, period = _named(cells, kept, asked)
    if period:
        kept, labels, found = _in_order(kept, labels, asked)
        findings += found
    elif asked.since or asked.until:
        said = "--since" if asked.since else "--until"
        raise UsageError(
            f"{said} needs points with dates, and these have none.",
            "control.undated",
            "Name the column that holds the dates: --label COL; or choose rows with --where.",
            table.source.name,
        )
    if asked.subgroup:
        kept, labels = _together(kept, labels)
    else:
        findings += _twice(labels, cells)
        findings += _rows_are_customers(table, asked)
    values = cells.numbers("count" if asked.count else "value")
    sizes = cells.numbers("size") if asked.size else None
    series = Series(
        labels=tuple(labels),
        values=tuple(values[row] or 0.0 for row in kept),
        sizes=() if sizes is None else tuple(sizes[row] or 0.0 for row in kept),
        name=words(cells.names["count" if asked.count else "value"]),
        data=asked.data or _data(asked, values, sizes, kept),
        subgroups=bool(asked.subgroup),
        period=period or "point",
        money=bool(asked.value and _MONEY.search(normalise(cells.names["value"]))),
    )
    roles = {key: name for key, name in cells.inputs.roles.items() if key != "when"}
    return Taken(
        series=series,
        inputs=cells.inputs.model_copy(update={"roles": roles}),
        findings=(*cells.findings, *findings),
        told="Rows of one subgroup together, as they stand"
        if asked.subgroup
        else "A row a point, as they stand",
    )


def find_label(table: ChurnTable, used: Sequence[Column]) -> Column | None:
    """The column that names the points: by its header, else the first one that holds dates.

    Args:
        table: the opened file.
        used: columns that hold the figures.
    """
    free = [column for column in table.columns if column not in used]
    fits = [
        (_LABELS.index(header), at, column)
        for at, column in enumerate(free)
        if (header := normalise(column.name)) in _LABELS
    ]
    if fits:
        return min(fits, key=lambda fit: fit[:2])[2]
    return next((column for column in free if holds_dates(table, column)), None)


def holds_dates(table: ChurnTable, column: Column) -> bool:
    """Whether the cells of a column are dates, and no numbers that could be taken for some.

    Args:
        table: the opened file.
        column: of it.
    """
    if column.type == "DATE" or column.type.startswith("TIMESTAMP"):
        return True
    if not column.is_text or not _is_dated(table, column):
        return False
    cells = f"SELECT * FROM (SELECT {column.sql} AS c FROM head WHERE {column.sql} IS NOT NULL)"
    ((numbers,),) = table.engine.rows(
        f"SELECT count(*) FILTER (try_cast(c AS DOUBLE) IS NOT NULL) FROM ({cells})"
    )
    return not numbers


def _is_dated(table: ChurnTable, column: Column) -> bool:
    with suppress(DataError):
        table.reading(column, "date")
        return True
    return False


def _kept(cells: Cells, table: ChurnTable) -> tuple[list[int], list[Finding]]:
    """The rows that have what is needed, and what is said of the others."""
    needed = [key for key in ("count", "size", "value", "subgroup") if key in cells.columns]
    told = blanks(cells, needed)
    kept = [
        row
        for row in range(cells.rows)
        if all(cells.columns[key][row] is not None for key in needed)
    ]
    if not kept:
        names = name_list([cells.names[key] for key in needed])
        raise DataError(
            f"No row has a figure in {names}.",
            "control.no-figures",
            "Check the columns and --where.",
            table.source.name,
        )
    return kept, [told] if told is not None else []


def _named(cells: Cells, kept: list[int], asked: SeriesQuestion) -> tuple[list[str], str]:
    """Names of the rows, and the period that each is; empty where they are no dates.

    Dates become ISO ones, so that they are read alike whoever wrote them.
    """
    key = "subgroup" if asked.subgroup else "label"
    if key not in cells.columns:
        return [str(at + 1) for at in range(len(kept))], ""
    texts = cells.texts(key)
    labels = [printable(texts[row] or f"(row {at + 1})", 80) for at, row in enumerate(kept)]
    period = _period(labels)
    if period or "when" not in cells.columns or all(label.isdecimal() for label in labels):
        return labels, period
    moments = cells.moments("when")
    when = [moment for row in kept if (moment := moments[row]) is not None]
    if len(when) < len(kept):
        return labels, ""
    if all(each.day == 1 and each == midnight(each) for each in when):
        months = [f"{each:%Y-%m}" for each in when]
        if asked.subgroup or len(set(months)) == len(months):
            return months, "month"
    return [f"{each:%Y-%m-%d}" if each == midnight(each) else f"{each}" for each in when], "point"


def midnight(moment: datetime) -> datetime:
    """The beginning of its day."""
    return datetime.combine(moment.date(), time())


def _period(labels: Sequence[str]) -> str:
    """What the labels name: `month`, `week` and so on, `point` for days; empty for other texts."""
    for period, form in _FORMS:
        if all(form.fullmatch(label) for label in labels):
            return period
    return ""


def _in_order(
    kept: list[int], labels: list[str], asked: SeriesQuestion
) -> tuple[list[int], list[str], list[Finding]]:
    """By date, as far as was asked; rows of one date stay as they are."""
    days = [named_days(label) or (label, label) for label in labels]
    order = sorted(range(len(days)), key=lambda at: (days[at][0], labels[at]))
    findings = []
    if order != [*range(len(days))] and not asked.subgroup:
        findings = [
            Finding(
                code="rows-sorted",
                level="info",
                message="The rows are not in the order of their dates; the points are.",
            )
        ]
    since, until = day(asked.since, "--since"), day(asked.until, "--until")
    order = [
        at
        for at in order
        if (since is None or days[at][0] >= since.isoformat())
        and (until is None or days[at][0] <= until.isoformat())
    ]
    return [kept[at] for at in order], [labels[at] for at in order], findings


def _together(kept: list[int], labels: list[str]) -> tuple[list[int], list[str]]:
    """The rows of one subgroup beside each other, subgroups as they first come."""
    first = {label: at for at, label in reversed([*enumerate(labels)])}
    order = sorted(range(len(labels)), key=lambda at: first[labels[at]])
    return [kept[at] for at in order], [labels[at] for at in order]


def _twice(labels: Sequence[str], cells: Cells) -> Iterator[Finding]:
    double = len(labels) - len(set(labels))
    if double:
        yield Finding(
            code="labels-repeat",
            level="warning",
            message=f"{plural(double, 'row repeats', 'rows repeat')} the name of another point; "
            "each row is a point of its own.",
            hint="Is there a row for each segment? Choose one with --where; measures taken "
            "together are one point with --subgroup COL.",
            count=double,
            column=cells.names.get("label"),
        )


def _rows_are_customers(table: ChurnTable, asked: SeriesQuestion) -> Iterator[Finding]:
    roles = table.roles
    if asked.value and roles.get("churned_at") and roles.get("customer"):
        yield Finding(
            code="rows-are-customers",
            level="warning",
            message="The rows look like customers, and each is a point here.",
            hint="--by month adds up what customers who left had paid.",
        )


def _data(
    asked: SeriesQuestion,
    values: Sequence[float | None],
    sizes: Sequence[float | None] | None,
    kept: Sequence[int],
) -> Data:
    """Kind of the figures: parts of a whole cannot be more than it."""
    if not asked.count:
        return "measure"
    if sizes is None or any((values[row] or 0) > (sizes[row] or 0) for row in kept):
        return "defects"
    return "defectives"
