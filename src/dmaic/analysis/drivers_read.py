"""Customers as a model looks at them: read by SQL, those alike in every column counted together.

The columns are read once into a table of the engine; levels, leakage and patterns are asked of it.
What travels to Python is one row a different pattern, as arrays.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dmaic.analysis.drivers_column import TABLE, Candidate
from dmaic.churn.column import literal
from dmaic.churn.loss import signup
from dmaic.errors import DataError
from dmaic.result import Finding
from dmaic.stats.drivers.pattern import Patterns, Variable
from dmaic.text import name_list, plural

if TYPE_CHECKING:
    from dmaic.analysis.drivers_fact import Facts
    from dmaic.churn.table import ChurnTable

MOST_PATTERNS = 3_000_000
"""Different patterns that fit any memory."""


@dataclass(frozen=True, slots=True)
class Ages:
    """SQL of the age at which a customer came into view and left or was last seen.

    Attributes:
        entry: DOUBLE; 0 where they came into view as they began.
        exit: DOUBLE; NULL where it is not known.
        lost: BOOLEAN: lost in view.
        inside: boolean SQL of those who were in view.
    """

    entry: str
    exit: str
    lost: str
    inside: str = "true"


def load(
    table: ChurnTable,
    every: Sequence[Candidate],
    lost: str,
    where: str,
    weight: str,
    ages: Ages | None,
) -> None:
    """Read the columns into a table of the engine, in one scan.

    Args:
        table: the opened export.
        every: candidates.
        lost: boolean SQL: is lost; NULL where unknown.
        where: boolean SQL of the rows looked at; empty for all.
        weight: SQL of how many customers a row stands for.
        ages: of customers, for Cox regression.
    """

    def sql() -> str:
        columns = [f"{each.sql} AS v{at}" for at, each in enumerate(every)]
        columns += [f"{ages.lost if ages else lost} AS lost", f"CAST({weight} AS DOUBLE) AS n"]
        columns.append(f"{_life(table)} AS life")
        kept = [f"({lost}) IS NOT NULL", f"({weight}) > 0", *([where] if where else [])]
        if ages is not None:
            columns += [f"{ages.entry} AS entry", f"{ages.exit} AS exit"]
            kept.append(ages.inside)
        return (
            f"CREATE OR REPLACE TEMP TABLE {TABLE} AS SELECT {', '.join(columns)}"
            f" FROM {table.relation} WHERE {' AND '.join(kept)}"
        )

    table.ask(sql)


def _life(table: ChurnTable) -> str:
    """SQL of a figure that grows with the time as a customer; NULL where nothing tells it."""
    column = table.roles.get("tenure")
    try:
        if column is not None:
            return table.reading(column, "number").sql
        begun = signup(table)
    except DataError:
        return "CAST(NULL AS DOUBLE)"  # Nothing rests on it here.
    return "CAST(NULL AS DOUBLE)" if begun is None else f"-epoch({begun.sql})"


def totals(table: ChurnTable) -> tuple[float, float]:
    """Customers loaded, and the lost ones."""
    ((rows, lost),) = table.engine.rows(
        f"SELECT coalesce(sum(n), 0), coalesce(sum(n) FILTER (lost), 0) FROM {TABLE}"
    )
    return float(rows), float(lost)


def patterns(
    table: ChurnTable,
    chosen: Sequence[tuple[int, Variable, Facts, list[str]]],
    *,
    clock: bool,
) -> Patterns:
    """Customers who are alike in all that was chosen, counted together.

    Rows without one of the numbers are left out; a blank category is a category of its own.

    Args:
        table: whose rows were loaded.
        chosen: place among the candidates, variable, facts, and name of each level's level.
        clock: with ages.

    Raises:
        DataError: no row holds all the numbers (`drivers.no-rows`), or more are different than fit
            (`drivers.too-many`).
    """
    import numpy as np

    keys = []
    for at, each, facts, to in chosen:
        if each.is_number:
            keys.append(f"v{at} + 0.0")
            continue
        cases = " ".join(
            f"WHEN {'v' + str(at) + ' IS NULL' if label is None else f'v{at} = {literal(label)}'}"
            f" THEN {each.levels.index(name)}"
            for (label, _, _), name in zip(facts.levels, to, strict=True)
        )
        keys.append(f"CASE {cases} END")
    keys += ["entry", "exit"] if clock else []
    named = [f"CAST({key} AS DOUBLE) AS k{at}" for at, key in enumerate(keys)]
    full = " AND ".join(f"k{at} IS NOT NULL" for at in range(len(keys)))
    sql = (
        f"SELECT {', '.join(f'k{at}' for at in range(len(keys)))}, sum(n) AS n,"
        f" coalesce(sum(n) FILTER (lost), 0.0) AS lost"
        f" FROM (SELECT {', '.join(named)}, n, lost FROM {TABLE}) WHERE {full}"
        f" GROUP BY ALL ORDER BY ALL LIMIT {MOST_PATTERNS + 1}"
    )
    found = table.engine.arrays(sql)
    rows = np.asarray(found["n"], dtype=np.float64)
    if not len(rows):
        raise DataError(
            "No row has a figure in all of the columns looked at.",
            "drivers.no-rows",
            "Leave out those that are mostly blank: --without COL.",
            table.source.name,
        )
    if len(rows) > MOST_PATTERNS:
        raise DataError(
            f"More than {MOST_PATTERNS:,} rows differ in the columns looked at.",
            "drivers.too-many",
            "Name fewer columns (--term COL), take bands (--term mrr:deciles), or some of the rows "
            "with --where.",
            table.source.name,
        )
    arrays = [np.asarray(found[f"k{at}"], dtype=np.float64) for at in range(len(keys))]
    return Patterns(
        variables=tuple(each for _, each, _, _ in chosen),
        values=tuple(arrays[: len(chosen)]),
        rows=rows,
        lost=np.asarray(found["lost"], dtype=np.float64),
        entry=arrays[-2] if clock else None,
        exit=arrays[-1] if clock else None,
    )


def incomplete(
    table: ChurnTable, chosen: Sequence[tuple[int, Variable, Facts, list[str]]], unit: str
) -> tuple[int, Finding | None]:
    """Customers without one of the numbers: how many, and whether they leave as the others do."""
    numbers = [(at, each.name) for at, each, _, _ in chosen if each.is_number]
    if not numbers:
        return 0, None
    lacking = " OR ".join(f"v{at} IS NULL" for at, _ in numbers)
    ((n, gone, rest, rest_gone),) = table.engine.rows(
        f"SELECT coalesce(sum(n) FILTER ({lacking}), 0),"
        f" coalesce(sum(n) FILTER (({lacking}) AND lost), 0),"
        f" coalesce(sum(n) FILTER (NOT ({lacking})), 0),"
        f" coalesce(sum(n) FILTER (NOT ({lacking}) AND lost), 0) FROM {TABLE}"
    )
    if not n:
        return 0, None
    blank = [name for _, name in _lacking(table, numbers)]
    rates = f"{100 * gone / n:.1f} % of them are lost" + (
        f", of those kept {100 * rest_gone / rest:.1f} %" if rest else ""
    )
    return round(n), Finding(
        code="incomplete-rows",
        level="warning",
        message=f"{plural(round(n), unit[:-1], unit)} without a figure in {name_list(blank, 4)} "
        f"{'is' if n == 1 else 'are'} left out; {rates}.",
        hint="Fill them in where they are known, leave the column out (--without COL), or take it "
        "in bands (--term COL:quartiles), where blanks are a category of their own.",
        count=round(n),
    )


def _lacking(table: ChurnTable, numbers: Sequence[tuple[int, str]]) -> list[tuple[int, str]]:
    counts: tuple[Any, ...]
    (counts,) = table.engine.rows(
        "SELECT " + ", ".join(f"count(*) - count(v{at})" for at, _ in numbers) + f" FROM {TABLE}"
    )
    return [pair for pair, count in zip(numbers, counts, strict=True) if count]
