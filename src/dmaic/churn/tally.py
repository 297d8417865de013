"""The one aggregate scan: counts and sums by these columns, with what was assumed checked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from dmaic.churn.clean.reading import WHITE
from dmaic.churn.loss import Part
from dmaic.errors import DataError
from dmaic.text import BLANK

if TYPE_CHECKING:
    from dmaic.churn.table import ChurnTable

MOST_GROUPS = 100_000
"""More groups than this are no categories but identifiers."""

SAMPLED_IDS = 100_000
"""About so many customer ids are compared exactly when a file is too long to compare all."""


@dataclass(frozen=True, slots=True)
class Question:
    """What one scan is asked.

    Attributes:
        keys: SQL of the group keys, as text; NULL is blank.
        churned: who is lost.
        amounts: what is summed, such as the value and a named measure.
        where: boolean SQL that rows must meet.
        checked: further readings whose misfits are counted, such as those a condition rests on.
    """

    keys: tuple[str, ...]
    churned: Part
    amounts: tuple[Part, ...] = ()
    where: str = ""
    checked: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """The rows that share their keys and whether they are lost.

    Attributes:
        keys: values of the keys, None where blank.
        lost: True, False, or None where it cannot be told.
        rows: how many.
        sums: one an amount, exact sums of decimals; 0.0 where there is nothing to sum.
        missing: one an amount: rows without it.
        negative: one an amount: rows where it is below zero.
    """

    keys: tuple[str | None, ...]
    lost: bool | None
    rows: int
    sums: tuple[float, ...]
    missing: tuple[int, ...]
    negative: tuple[int, ...]


@dataclass
class Tally:
    """The answer of one scan.

    Attributes:
        groups: all groups.
        misfits: by column name, cells that contradict how the column is read.
        repeated: rows that repeat an id that occurred already, among the `compared` ones.
        compared: rows whose ids were compared.
        sampled: only one id in so many was compared, all its rows with it.
    """

    groups: list[Group]
    misfits: dict[str, int] = field(default_factory=dict)
    repeated: int = 0
    compared: int = 0
    sampled: bool = False


def count(table: ChurnTable, question: Question, identity: str = "") -> Tally:
    """Scan the table once and answer.

    Args:
        table: the opened export.
        question: what is asked.
        identity: SQL of the customer id, to look for duplicates; empty to not look.

    Raises:
        DataError: there are more than `MOST_GROUPS` groups.
    """
    parts = [part for part in _parts(question) if part.misfit]
    fraction = _fraction(table) if identity else 1

    def sql() -> str:
        inner = [f"{key} AS k{i}" for i, key in enumerate(question.keys)]
        inner.append(f"{question.churned.sql} AS lost")
        inner += [f"{amount.sql} AS a{i}" for i, amount in enumerate(question.amounts)]
        inner += [f"{part.suspect or part.misfit} AS m{i}" for i, part in enumerate(parts)]
        if identity:
            inner.append(f"{identity} AS id")
        outer = [f"k{i}" for i in range(len(question.keys))] + ["lost", "count(*)"]
        for i in range(len(question.amounts)):
            # Summed as decimals, whole part and fraction apart: exact, and the same in whatever
            # order threads add.
            outer += [
                f"sum(try_cast(trunc(a{i}) AS DECIMAL(38, 0)))",
                f"sum(try_cast(a{i} - trunc(a{i}) AS DECIMAL(38, 18)))",
                f"count(*) - count(a{i})",
                f"count(*) FILTER (a{i} < 0)",
            ]
        outer += [f"count(*) FILTER (m{i})" for i in range(len(parts))]
        if identity:
            chosen = f"id IS NOT NULL AND hash(id) % {fraction} = 0"
            outer.append(f"list(hash(id)) FILTER ({chosen})")
        where = f" WHERE {question.where}" if question.where else ""
        return (
            f"SELECT {', '.join(outer)} FROM"
            f" (SELECT {', '.join(inner)} FROM {table.relation}{where})"
            f" GROUP BY ALL LIMIT {MOST_GROUPS + 1}"
        )

    answer = table.ask(sql)
    if len(answer) > MOST_GROUPS:
        raise DataError(
            f"There are more than {MOST_GROUPS:,} categories; that looks like an identifier.",
            code="pareto.too-many-categories",
            where=table.source.name,
            hint="Group by a column with fewer values, or band it: --by tenure:0,3,12,24.",
        )
    tally = _read(answer, question, parts, fraction, bool(identity))
    for part in parts:
        if part.suspect and part.column is not None and tally.misfits.get(part.column.name):
            where = f"WHERE {question.where}" if question.where else ""
            ((exact,),) = table.whole.select(f"count(*) FILTER ({part.misfit})", where)
            tally.misfits[part.column.name] = exact
    return tally


def _parts(question: Question) -> list[Part]:
    """Every reading the question rests on, once a column and kind."""
    parts = (question.churned, *question.amounts, *question.checked)
    return list({(part.column, part.wanted, part.misfit): part for part in parts}.values())


def _fraction(table: ChurnTable) -> int:
    """Compare one customer id in so many: all where the file is small enough."""
    if table.is_whole:
        return 1
    return max(1, table.rows_expected // SAMPLED_IDS)


def _read(
    answer: Sequence[tuple[object, ...]],
    question: Question,
    parts: Sequence[Part],
    fraction: int,
    identified: bool,
) -> Tally:
    keys, amounts = len(question.keys), len(question.amounts)
    tally = Tally([], sampled=fraction > 1)
    seen: set[int] = set()
    for row in answer:
        at = keys + 2
        sums, missing, negative = [], [], []
        for _ in range(amounts):
            units, rest, lacking, below = row[at : at + 4]
            sums.append(_sum(units, rest))
            missing.append(_whole(lacking))
            negative.append(_whole(below))
            at += 4
        for part in parts:
            found = _whole(row[at])
            at += 1
            if found and part.column is not None:
                name = part.column.name
                tally.misfits[name] = tally.misfits.get(name, 0) + found
        if identified:
            ids = row[at]
            if isinstance(ids, list):
                tally.compared += len(ids)
                seen.update(ids)
        lost = row[keys]
        tally.groups.append(
            Group(
                tuple(_text(key) for key in row[:keys]),
                None if lost is None else bool(lost),
                _whole(row[keys + 1]),
                tuple(sums),
                tuple(missing),
                tuple(negative),
            )
        )
    tally.repeated = tally.compared - len(seen)
    return tally


def _sum(units: object, rest: object) -> float:
    """The sum of both parts to 15 digits, as many as a double keeps of any decimal."""
    if not isinstance(units, Decimal) or not isinstance(rest, Decimal):
        return 0.0
    return float(f"{units + rest:.15g}")


def _whole(number: object) -> int:
    return number if isinstance(number, int) else 0


def _text(key: object) -> str | None:
    if key is None:
        return None
    text = str(key).replace("\x00", "").strip(WHITE)
    return text or None


def categorise(keys: Iterable[str | None]) -> tuple[str, ...]:
    """A category of its keys; blanks are named."""
    return tuple(BLANK if key is None else key for key in keys)
