"""The one aggregate scan: counts and sums by these columns, with what was assumed checked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from dmaic.churn.clean.reading import WHITE, blank
from dmaic.churn.clean.text import category
from dmaic.churn.column import Column
from dmaic.churn.loss import Part, check_range
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
        checked: further readings whose misfits are counted, such as those of bands.
        based: readings that `where` rests on; their misfits are counted in all rows, since it
            cannot be told whether such a row should be in.
        most: groups that there may be, where keys are more than categories; None: `MOST_GROUPS`.
        spreads: SQL of numbers whose values are counted within each group, such as ages in days:
            as keys together they would make a group of nearly every row.
    """

    keys: tuple[str, ...]
    churned: Part
    amounts: tuple[Part, ...] = ()
    where: str = ""
    checked: tuple[Part, ...] = ()
    based: tuple[Part, ...] = ()
    most: int | None = None
    spreads: tuple[str, ...] = ()

    @property
    def parts(self) -> list[Part]:
        """Every reading it rests on that cells can contradict, once a column and kind."""
        parts = (self.churned, *self.amounts, *self.checked, *self.based)
        kinds = {(each.column, each.wanted, each.misfit): each for each in parts if each.misfit}
        return list(kinds.values())


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
        spreads: one a spread: value -> rows that have it.
    """

    keys: tuple[str | None, ...]
    lost: bool | None
    rows: int
    sums: tuple[float, ...]
    missing: tuple[int, ...]
    negative: tuple[int, ...]
    spreads: tuple[Mapping[float, int], ...] = ()


@dataclass
class Tally:
    """The answer of one scan.

    Attributes:
        groups: all groups.
        misfits: by reading, cells that contradict it.
        repeated: rows that repeat an id that occurred already, among the `compared` ones.
        compared: rows whose ids were compared.
        sampled: only one id in so many was compared, all its rows with it.
    """

    groups: list[Group]
    misfits: dict[Part, int] = field(default_factory=dict)
    repeated: int = 0
    compared: int = 0
    sampled: bool = False

    @property
    def known(self) -> list[Group]:
        """The groups of which it can be told whether they are lost."""
        return [group for group in self.groups if group.lost is not None]


def count(table: ChurnTable, question: Question, identity: Column | None = None) -> Tally:
    """Scan the table once and answer.

    Args:
        table: the opened export.
        question: what is asked.
        identity: column of the customer id, to look for duplicates; None to not look.

    Raises:
        DataError: there are more than `MOST_GROUPS` groups.
    """
    tally = _count(table, question, identity.sql if identity is not None else "")
    if tally.repeated and identity is not None:
        # Cells that stand for no value repeat, but nobody. Trimming all ids is worth it only now.
        tally = _count(table, question, known_id(identity))
    for part, found in tally.misfits.items():
        if part.suspect and found:
            where = f"WHERE {question.where}" if question.where else ""
            tail = "" if part in question.based else where
            ((tally.misfits[part],),) = table.whole.select(f"count(*) FILTER ({part.misfit})", tail)
    tally.misfits = {part: found for part, found in tally.misfits.items() if found}
    return tally


def known_id(identity: Column) -> str:
    """SQL of a customer id, trimmed; NULL where the cell stands for no value."""
    return f"(CASE WHEN NOT {blank(identity)} THEN {category(identity)} END)"


def _count(table: ChurnTable, question: Question, identity: str) -> Tally:
    parts = question.parts
    most = question.most or MOST_GROUPS
    fraction = _fraction(table) if identity else 1
    outside = [f"coalesce({part.suspect or part.misfit}, false)" for part in question.based]
    kept = f"coalesce({question.where}, false)" if question.where and outside else ""

    def sql() -> str:
        inner = [f"{key} AS k{i}" for i, key in enumerate(question.keys)]
        inner.append(f"{question.churned.sql} AS lost")
        inner += [f"{kept} AS kept"] if kept else []
        inner += [f"{amount.sql} AS a{i}" for i, amount in enumerate(question.amounts)]
        inner += [f"{part.suspect or part.misfit} AS m{i}" for i, part in enumerate(parts)]
        inner += [f"{spread} AS s{i}" for i, spread in enumerate(question.spreads)]
        if identity:
            inner.append(f"{identity} AS id")
        outer = [f"k{i}" for i in range(len(question.keys))] + ["lost"]
        outer += ["kept" if kept else "count(*) > 0", "count(*)"]
        for i in range(len(question.amounts)):
            # Summed as decimals, whole part and fraction apart: exact, and the same in whatever
            # order threads add.
            outer += [
                f"sum(try_cast(trunc(a{i}) AS DECIMAL(30, 0)))",
                f"sum(try_cast(a{i} - trunc(a{i}) AS DECIMAL(38, 18)))",
                f"count(*) - count(a{i})",
                f"count(*) FILTER (a{i} < 0)",
                f"max(abs(a{i}))",
            ]
        outer += [f"count(*) FILTER (m{i})" for i in range(len(parts))]
        outer += [f"histogram(s{i})" for i in range(len(question.spreads))]
        if identity:
            chosen = f"id IS NOT NULL AND hash(id) % {fraction} = 0"
            outer.append(f"list(hash(id)) FILTER ({chosen})")
        where = f" WHERE {' OR '.join([question.where, *outside])}" if question.where else ""
        return (
            f"SELECT {', '.join(outer)} FROM"
            f" (SELECT {', '.join(inner)} FROM {table.relation}{where})"
            f" GROUP BY ALL LIMIT {most + 1}"
        )

    answer = table.ask(sql)
    if len(answer) > most:
        raise DataError(
            f"There are more than {most:,} categories; that looks like an identifier.",
            code="pareto.too-many-categories",
            where=table.source.name,
            hint="Group by a column with fewer values, or band it: --by tenure:0,3,12,24.",
        )
    return _read(answer, question, parts, fraction, bool(identity))


def _fraction(table: ChurnTable) -> int:
    """Compare one customer id in so many: all where the file is small enough."""
    if table.is_whole:
        return 1
    return max(1, rows_expected(table) // SAMPLED_IDS)


def rows_expected(table: ChurnTable) -> int:
    """About how many rows a source has; exact where they are counted for free.

    Args:
        table: an export that is longer than its head.
    """
    if not table.source.size or table.source.facts.get("format") in ("parquet", "frame"):
        return int(table.whole.select("count(*)")[0][0])
    cells = " + ".join(
        f"coalesce(length(CAST({column.sql} AS VARCHAR)), 0) + 1" for column in table.columns
    )
    ((width,),) = table.head.select(f"avg({cells})")
    return int(table.source.size / max(1.0, width or 1.0))


def _read(
    answer: Sequence[tuple[object, ...]],
    question: Question,
    parts: Sequence[Part],
    fraction: int,
    identified: bool,
) -> Tally:
    keys, amounts = len(question.keys), len(question.amounts)
    tally = Tally([], sampled=fraction > 1)
    peaks = [0.0] * amounts
    seen: set[int] = set()
    for row in answer:
        lost, kept, rows = row[keys : keys + 3]
        at = keys + 3
        sums, missing, negative = [], [], []
        for i in range(amounts):
            units, rest, lacking, below, peak = row[at : at + 5]
            peaks[i] = max(peaks[i], peak if isinstance(peak, float) and kept else 0.0)
            sums.append(_sum(units, rest))
            missing.append(_whole(lacking))
            negative.append(_whole(below))
            at += 5
        for part, found in zip(parts, row[at : at + len(parts)], strict=True):
            if found and (kept or part in question.based):
                tally.misfits[part] = tally.misfits.get(part, 0) + _whole(found)
        at += len(parts)
        if not kept:
            continue
        if identified and isinstance(ids := row[-1], list):
            tally.compared += len(ids)
            seen.update(ids)
        tally.groups.append(
            Group(
                tuple(cleaned(key) for key in row[:keys]),
                None if lost is None else bool(lost),
                _whole(rows),
                tuple(sums),
                tuple(missing),
                tuple(negative),
                tuple(row[at + i] or {} for i in range(len(question.spreads))),  # type: ignore[misc]
            )
        )
    tally.repeated = tally.compared - len(seen)
    for amount, peak in zip(question.amounts, peaks, strict=True):
        check_range(amount, peak)
    return tally


def _sum(units: object, rest: object) -> float:
    """The sum of both parts to 15 digits, as many as a double keeps of any decimal."""
    if not isinstance(units, Decimal) or not isinstance(rest, Decimal):
        return 0.0
    return float(f"{units + rest:.15g}")


def _whole(number: object) -> int:
    return number if isinstance(number, int) else 0


def cleaned(key: object) -> str | None:
    """The value of a group key as it is told; None where it is blank."""
    if key is None:
        return None
    text = str(key).replace("\x00", "").strip(WHITE)
    return text or None


def categorise(keys: Iterable[str | None]) -> tuple[str, ...]:
    """A category of its keys; blanks are named."""
    return tuple(BLANK if key is None else key for key in keys)
