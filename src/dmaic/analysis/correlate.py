"""`correlate`: how columns go together, and how one is spread."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import TYPE_CHECKING, Any, Unpack

from dmaic import __version__
from dmaic.analysis.correlate_scan import Asked, crossings, relate, summarise
from dmaic.analysis.correlate_view import boxes, histogram, places
from dmaic.analysis.picked import Picked, chosen, number_reading, pick
from dmaic.analysis.said import Said, opening, refuse_empty
from dmaic.churn.check import settle
from dmaic.churn.dimension import Dimension, DimensionSpec, dimension_sql, parse_dimension
from dmaic.churn.export import open_export
from dmaic.errors import DataError, UsageError
from dmaic.result import Finding, Inputs
from dmaic.stats.correlate.result import ColumnSummary, CorrelatedPair, CorrelateResult
from dmaic.stats.correlate.word import NAMES, sentence
from dmaic.text import plural, printable

if TYPE_CHECKING:
    from dmaic.churn.column import Column
    from dmaic.churn.table import ChurnTable
    from dmaic.engines.duckdb import Progress

MOST_COLUMNS = 12
"""A matrix of more columns than these nobody reads."""

MOST_CATEGORIES = 1_000
"""A column of more categories than these is an identifier."""


def correlate(
    source: object,
    columns: str | Sequence[str] = (),
    *,
    where: str | None = None,
    accept: Sequence[str] = (),
    fingerprint: bool = True,
    progress: Progress | None = None,
    **said: Unpack[Said],
) -> CorrelateResult:
    """Tell how columns go together: numbers, categories, or both.

    Two numbers: Pearson's r and Spearman's rho. A number and two groups: point-biserial r; more
    groups: the correlation ratio eta. Two columns of categories: Cramér's V. One column: how it is
    spread.

    Args:
        source: a path, `-` for standard input, several paths, a glob, or a pandas, Polars or
            Arrow frame.
        columns: one to twelve columns; bands and periods as in `pareto`.
        where: SQL condition over the columns.
        accept: codes of blocking findings to go on with.
        fingerprint: put the SHA-256 of the source into the result.
        progress: called with a fraction, or None where unknown, while a long scan runs.
        **said: reading options, roles and preset; see `dmaic.analysis.said.Said`.

    Raises:
        ReadError: the source cannot be read as a table.
        DataError: it cannot be analysed so.
        UsageError: the arguments do not fit together or do not fit the columns.
    """
    asked = (columns,) if isinstance(columns, str) else tuple(columns)
    _check(asked, where)
    with open_export(source, opening(**said), progress=progress) as table:
        return _answer(table, asked, where, tuple(accept), fingerprint)


def _check(asked: Sequence[str], where: str | None) -> None:
    refuse_empty({"where": where})
    problem = hint = ""
    if not asked or not all(asked):
        problem = "No column is named." if not asked else "A column's name is empty."
        hint = "Name one to see how it is spread, two or more to see how they go together."
    elif len(set(asked)) < len(asked):
        twice = next(each for each in asked if asked.count(each) > 1)
        problem, hint = f'"{printable(twice, 60)}" is named twice.', "Name each column once."
    elif len(asked) > MOST_COLUMNS:
        problem = f"{len(asked)} columns are named, and {MOST_COLUMNS} are the most."
        hint = "Name those that matter."
    if problem:
        raise UsageError(problem, "usage.correlate", hint)


def _answer(
    table: ChurnTable,
    asked: Sequence[str],
    where: str | None,
    accept: tuple[str, ...],
    fingerprint: bool,
) -> CorrelateResult:
    specs = [parse_dimension(text, table.names, table.roles, option="COL") for text in asked]
    numbers: dict[int, Column] = {}
    for at, spec in enumerate(specs):
        column = _number(table, spec)
        if column is not None:
            numbers[at] = column
    texts = [spec for at, spec in enumerate(specs) if at not in numbers]
    condition, words, made, misread = chosen(
        table, where, lambda: [dimension_sql(spec, table) for spec in texts]
    )
    picked = pick(table, [f"({each.sql})" for each in made], list(numbers.values()), condition)
    if not picked.rows:
        raise DataError(
            f"No rows are left ({'; '.join(words)})." if words else "The table has no rows.",
            "correlate.no-rows",
            where=table.source.name,
        )
    cells = _cells(specs, numbers, made, picked)
    summaries = tuple(summarise(table, each, picked.rows) for each in cells)
    for summary in summaries:
        _few(table, summary)
    findings = [*table.findings, *misread, *picked.findings, *_blanks(summaries, picked.rows)]
    view, fields = _view(table, cells, summaries)
    result = CorrelateResult(
        view=view,
        **{"columns": summaries, **fields},
        method=_methods(fields),
        assumptions=("The rows are independent of each other.",) if len(cells) > 1 else (),
        inputs=Inputs(
            source=table.source.name,
            sha256=table.source.sha256() if fingerprint else None,
            rows=picked.rows,
            roles={"columns": ", ".join(each.name for each in cells)},
            readings={reading.column.name: reading.label for reading in table.readings},
            filters=words,
            preset=table.preset.name if table.preset is not None else None,
            tool_version=__version__,
        ),
        findings=settle(findings, accept),
    )
    return result.model_copy(update={"sentence": sentence(result)})


def _number(table: ChurnTable, spec: DimensionSpec) -> Column | None:
    """The column of a number; None where it makes categories.

    Yes and no are two categories, and so are 0 and 1.

    Raises:
        AmbiguousError: two readings fit all of it.
    """
    column = table.find(spec.column) if spec.form == "value" else None
    if column is None:
        return None
    reading = number_reading(table, column)
    if reading is None:
        return None
    # 0 and 1 tell two groups apart; any other two numbers are numbers.
    ends = table.head.select(f"min({reading.sql}), max({reading.sql})")
    if ends != [(0.0, 1.0)]:
        return column
    sql = reading.sql
    ((between,),) = table.whole.select(f"count(*) FILTER (NOT ({sql} = 0 OR {sql} = 1))")
    return column if between else None


def _cells(
    specs: Sequence[DimensionSpec],
    numbers: dict[int, Column],
    made: Sequence[Dimension],
    picked: Picked,
) -> list[Asked]:
    cells, text, number = [], 0, 0
    for at, spec in enumerate(specs):
        name = spec.column if spec.form == "value" else spec.name
        if at in numbers:
            cells.append(Asked(name, "number", f"v{number}", picked.parts[number]))
            number += 1
        else:
            order = None if spec.form == "value" else made[text].order or ()
            cells.append(Asked(name, "category", f"g{text}", order=order))
            text += 1
    return cells


def _few(table: ChurnTable, summary: ColumnSummary) -> None:
    if summary.type == "category" and summary.different > MOST_CATEGORIES:
        raise DataError(
            f'"{printable(summary.name, 60)}" has {summary.different:,} categories; that looks '
            "like an identifier.",
            "correlate.identifier",
            "Take a column with fewer values, or band it: signup_date:month, mrr:quartiles.",
            table.source.name,
        )


def _blanks(summaries: Sequence[ColumnSummary], rows: int) -> list[Finding]:
    return [
        Finding(
            code="blank-cells",
            level="warning",
            message=f'"{printable(each.name, 60)}" is blank in {plural(each.blank, "row")} '
            f"({100 * each.blank / rows:.1f} %), which are left out where it is looked at.",
            hint="If they are unlike the others, so is the answer.",
            count=each.blank,
            column=each.name,
        )
        for each in summaries
        if each.blank
    ]


def _view(
    table: ChurnTable, cells: Sequence[Asked], summaries: tuple[ColumnSummary, ...]
) -> tuple[Any, dict[str, Any]]:
    """What is seen, and the fields it is made of."""
    if len(cells) == 1:
        if cells[0].type == "category":
            return "bars", {}
        bins = histogram(table, cells[0], summaries[0])
        return "histogram", {"columns": (summaries[0].model_copy(update={"bins": bins}),)}
    found = [relate(table, *two) for two in combinations(cells, 2)]
    pairs = tuple(pair for pair, _ in found)
    fields: dict[str, Any] = {"pairs": pairs, "matrix": _matrix(summaries, pairs)}
    if len(cells) > 2:
        return "matrix", fields
    first, second = cells
    if first.type == second.type == "number":
        spots, width, height = places(table, first, second)
        return "scatter", fields | {
            "places": spots, "hexagons": width is not None, "width": width, "height": height,
            "line": found[0][1],
        }  # fmt: skip
    if first.type == second.type:
        return "table", fields | {"crossings": tuple(crossings(table, first, second))}
    number, group = (first, second) if first.type == "number" else (second, first)
    return "box", fields | {"boxes": boxes(table, number, group)}


def _matrix(
    summaries: Sequence[ColumnSummary], pairs: Sequence[CorrelatedPair]
) -> tuple[tuple[float | None, ...], ...]:
    names = [each.name for each in summaries]
    known = {frozenset((pair.first, pair.second)): pair.coefficient.value for pair in pairs}
    return tuple(tuple(1.0 if a == b else known[frozenset((a, b))] for b in names) for a in names)


_FORMULAS = {
    "pearson": "sum (x - mean)(y - mean) / sqrt(sum (x - mean)^2 sum (y - mean)^2); "
    "95 % interval by Fisher's z, variance 1 / (n - 3); p by t with n - 2 degrees of freedom",
    "spearman": "Pearson's r of mid-ranks; interval with variance (1 + rho^2 / 2) / (n - 3) "
    "(Bonett and Wright 2000)",
    "point-biserial": "Pearson's r with the second group, by name, as 1 and the first as 0; "
    "positive where the second has more",
    "eta": "sqrt(sum of squares between groups / total); p by F; large-sample interval by the "
    "noncentral chi-square distribution",
    "cramer": "sqrt(chi-square / (n (min(rows, columns) - 1))), not corrected for bias; interval "
    "by the noncentral chi-square distribution (Steiger and Fouladi 1997)",
}


def _methods(fields: dict[str, Any]) -> dict[str, str]:
    names = dict.fromkeys(pair.coefficient.name for pair in fields.get("pairs", ()))
    if any(pair.rank is not None for pair in fields.get("pairs", ())):
        names["spearman"] = None
    told = {NAMES[name]: _FORMULAS[name] for name in names}
    if not told:
        told["quartiles"] = "interpolated, type 7 of Hyndman and Fan (1996)"
    if fields.get("boxes"):
        told["whiskers"] = "the last values within 1.5 interquartile ranges of the quartiles"
    if fields.get("columns"):
        told["bars"] = "width by Freedman and Diaconis (1981), 2 IQR / n^(1/3), rounded up"
    return told
