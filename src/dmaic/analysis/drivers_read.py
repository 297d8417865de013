"""Customers as a model looks at them: read by SQL, those alike in every column counted together.

The columns are read once into a table of the engine; levels, leakage and patterns are asked of it.
What travels to Python is one row a different pattern, as arrays.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from dmaic.analysis.drivers_column import Candidate
from dmaic.churn.clean.word import NO
from dmaic.churn.column import literal
from dmaic.errors import DataError, UsageError, suggest
from dmaic.result import Finding
from dmaic.stats.drivers.pattern import Patterns, Variable, choose_reference
from dmaic.stats.drivers.result import LeftOut
from dmaic.text import BLANK, OTHER, name_list, plural, printable

if TYPE_CHECKING:
    from dmaic.churn.table import ChurnTable

TABLE = "drivers"

MOST_LEVELS = 30
"""A candidate with more categories is a name, not a category."""

MOST_NAMED = 200
"""The same of one that a person named."""

RARE = 10
"""Categories of fewer customers are taken together, where a person did not name the column."""

MOST_PATTERNS = 3_000_000
"""Different patterns that fit any memory."""

_SURE = 50
"""Rows from which on a column that tells all the lost from all others is none by chance."""


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


@dataclass(frozen=True, slots=True)
class Facts:
    """A candidate as the rows hold it.

    Attributes:
        candidate: which.
        levels: of a category: (label or None for blank, customers, lost), largest first; empty
            where there are too many.
        distinct: how many different values.
        filled, filled_lost: customers with a value, and lost ones.
        parts: of a number: the lost and the others do not overlap.
        whole: of a number: all are whole.
    """

    candidate: Candidate
    levels: tuple[tuple[str | None, float, float], ...]
    distinct: int
    filled: float
    filled_lost: float
    parts: bool = False
    whole: bool = False


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
        kept = [f"({lost}) IS NOT NULL", f"({weight}) > 0", *([where] if where else [])]
        if ages is not None:
            columns += [f"{ages.entry} AS entry", f"{ages.exit} AS exit"]
            kept.append(ages.inside)
        return (
            f"CREATE OR REPLACE TEMP TABLE {TABLE} AS SELECT {', '.join(columns)}"
            f" FROM {table.relation} WHERE {' AND '.join(kept)}"
        )

    table.ask(sql)


def totals(table: ChurnTable) -> tuple[float, float]:
    """Customers loaded, and the lost ones."""
    ((rows, lost),) = table.engine.rows(
        f"SELECT coalesce(sum(n), 0), coalesce(sum(n) FILTER (lost), 0) FROM {TABLE}"
    )
    return float(rows), float(lost)


def look_at(table: ChurnTable, every: Sequence[Candidate]) -> Iterator[Facts]:
    """What the rows hold of each candidate."""
    ask = table.engine.rows
    for at, each in enumerate(every):
        v = f"v{at}"
        ((distinct, filled, gone),) = ask(
            f"SELECT count(DISTINCT {v}), coalesce(sum(n) FILTER ({v} IS NOT NULL), 0),"
            f" coalesce(sum(n) FILTER (lost AND {v} IS NOT NULL), 0) FROM {TABLE}"
        )
        facts = Facts(each, (), int(distinct), float(filled), float(gone))
        if each.number:
            ((lo, hi, other_lo, other_hi, whole),) = ask(
                f"SELECT min({v}) FILTER (lost), max({v}) FILTER (lost),"
                f" min({v}) FILTER (NOT lost), max({v}) FILTER (NOT lost),"
                f" bool_and({v} = trunc({v})) FROM {TABLE}"
            )
            apart = None not in (lo, other_lo) and (lo > other_hi or hi < other_lo)
            facts = replace(facts, parts=apart, whole=bool(whole))
        elif distinct <= MOST_NAMED:
            rows = ask(
                f"SELECT {v}, sum(n), coalesce(sum(n) FILTER (lost), 0) FROM {TABLE}"
                f" GROUP BY {v} ORDER BY 2 DESC, 1"
            )
            levels = tuple((label, float(n), float(lost)) for label, n, lost in rows)
            facts = replace(facts, levels=levels)
        yield facts


def sort_out(facts: Facts, rows: float, lost: float) -> tuple[str, str] | None:
    """Why a candidate is none: it tells nothing, or who has left; None where it is one.

    Args:
        facts: about it.
        rows: customers.
        lost: those of them who are lost.

    Raises:
        DataError: the same of one that a person named, where nothing can be made of it.
    """
    each = facts.candidate
    name = f'"{printable(each.name, 60)}"'
    why: tuple[str, str] | None = None
    blank = rows - facts.filled
    stay = rows - lost
    if not facts.filled:
        why = "blank", "holds blanks only"
    elif facts.distinct == 1 and (each.number or not blank):
        why = "constant", "one value only"
    elif facts.filled_lost == facts.filled and lost and stay:
        why = "lost-only", "is filled in for lost customers only"
    elif not each.number and facts.distinct > (MOST_NAMED if each.named else MOST_LEVELS):
        why = "many-levels", f"{facts.distinct:,} different texts: a name rather than a category"
    if each.named and why is not None:
        raise DataError(
            f"{name} can be no term: {why[1]}.",
            "drivers.no-term",
            "Leave it out"
            + (", or take its bands or periods." if why[0] == "many-levels" else "."),
            column_of(each),
        )
    if each.named or why is not None:
        return why
    if each.number and facts.whole and each.identity and facts.distinct > MOST_LEVELS:
        return "identity", "figures that are names, by its header"
    if each.number and blank > rows / 2:
        return "blank", f"blank for {100 * blank / rows:.0f} % of the rows"
    if min(lost, stay) >= RARE and rows >= _SURE and _tells(facts, lost, stay):
        return "tells-churn", (
            "tells every lost customer from every other, as only what is written when they leave "
            "does; --term takes it in"
        )
    return None


def column_of(each: Candidate) -> str:
    """Where a problem of a candidate is."""
    return f"--term {printable(each.name, 60)}"


def _tells(facts: Facts, lost: float, stay: float) -> bool:
    """Whether it alone tells (nearly) every lost customer from the others."""
    if facts.candidate.number:
        return facts.parts
    wrong = sum(min(gone, n - gone) for _, n, gone in facts.levels)
    return wrong <= 0.001 * min(lost, stay)


def variable(facts: Facts, chosen: str | None) -> tuple[Variable, tuple[str, ...], list[str]]:
    """A candidate as a variable of the model.

    Args:
        facts: about it.
        chosen: the reference that a person named, or None.

    Returns:
        The variable, the rare categories that were taken together, and for each level in SQL's
        order of `facts.levels` the name of the variable's level.

    Raises:
        UsageError: `drivers.reference`, there is no such level.
    """
    each = facts.candidate
    if each.number:
        if chosen is not None:
            raise UsageError(
                f'"{printable(each.name, 60)}" is a number and has no reference level.',
                "drivers.reference",
                f"Take it in bands: --term {printable(each.name, 40)}:quartiles.",
            )
        return Variable(each.name, named=each.named), (), []
    names = [BLANK if label is None else label for label, _, _ in facts.levels]
    rare = [
        name
        for name, (label, n, _) in zip(names, facts.levels, strict=True)
        if n < RARE and label is not None
    ]
    fold = rare if len(rare) > 1 and not each.named and len(names) - len(rare) >= 1 else []
    other = OTHER if OTHER not in names or OTHER in fold else f"{OTHER} (few)"
    to = [other if name in fold else name for name in names]
    counts: dict[str, float] = {}
    for name, (_, n, _) in zip(to, facts.levels, strict=True):
        counts[name] = counts.get(name, 0.0) + n
    levels = tuple(sorted(counts, key=lambda name: _order(name, each.order)))
    if chosen is not None and chosen not in levels:
        same = [name for name in levels if name.casefold() == chosen.casefold()]
        if len(same) != 1:
            raise UsageError(
                f'--reference names "{printable(chosen, 40)}", which is no level of '
                f'"{printable(each.name, 60)}".',
                "drivers.reference",
                f"{suggest(chosen, levels)} They are {name_list(levels)}.".strip(),
            )
        chosen = same[0]
    if chosen is not None:
        reference = levels.index(chosen)
    else:
        reference = choose_reference(levels, [counts[name] for name in levels], sorted(NO))
    return Variable(each.name, levels, reference, each.named), tuple(fold), to


def _order(name: str, order: Sequence[str]) -> tuple[bool, int, str]:
    return name in (BLANK, OTHER), order.index(name) if name in order else len(order), name


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


def leaks(left: Sequence[LeftOut]) -> Iterator[Finding]:
    """Columns that were set aside because only the lost have them."""
    told = [each for each in left if each.why in ("lost-only", "tells-churn", "named-so")]
    if told:
        yield Finding(
            code="leaks-churn",
            level="info" if all(each.why == "lost-only" for each in told) else "warning",
            message="Columns that are, or may be, written when customers leave are not looked at: "
            f"{name_list([each.name for each in told], 8)}.",
            hint="They would explain churn by themselves. --term COL takes one in.",
            count=len(told),
        )
