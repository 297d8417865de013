"""Money by month, as it is typed or stands in a file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from dmaic.errors import DataError, DmaicError, Problem, UsageError
from dmaic.money.quantity import currency_in, parse_signed_money
from dmaic.project.benefit.month import parse_month
from dmaic.project.csv_file import SURPLUS, Columns, read_rows
from dmaic.text import printable

_COLUMNS = Columns("benefit", ("month", "amount", "note"), ("month", "amount"))
_EXAMPLE = "For example: dmaic benefit record TITLE 2025-01=12000 2025-02=15000"


@dataclass(frozen=True, slots=True)
class Entry:
    """Money of one month.

    Attributes:
        month: such as `2025-03`.
        amount: None takes the month back.
        note: or empty.
    """

    month: str
    amount: float | None
    note: str = ""


def amount_of(text: str, where: str, currency: str) -> float:
    """An amount in the project's currency, below zero where it was a loss.

    Args:
        text: as typed.
        where: it was typed, for the message.
        currency: code of the project's.

    Raises:
        UsageError: `usage.money`; `benefit.currency`, it is in another.
    """
    figure = parse_signed_money(text, where)
    said = currency_in(text)
    if said is not None and said != currency:
        raise UsageError(
            f"It is in {said}, and the project's figures are in {currency}. Nothing is converted.",
            "benefit.currency",
            f"Give the amount in {currency}.",
            f"{where} {printable(text, 40)}",
        )
    return figure


def typed(words: Sequence[str], currency: str) -> list[Entry]:
    """Months as they are typed: `2025-01=12000 2025-02=15000`, or `2025-01 12000`.

    Args:
        words: behind the title; `2025-01=` takes a month back.
        currency: code of the project's.

    Raises:
        UsageError: `benefit.entry`, `benefit.month`, `benefit.month-twice`, `usage.money`,
            `benefit.currency`; everything wrong is told together.
    """
    if not words:
        raise UsageError("No month is given.", "benefit.entry", _EXAMPLE)
    if len(words) == 2 and not any("=" in word for word in words):
        pairs = [(words[0], words[1])]
    else:
        bare = [word for word in words if "=" not in word]
        if bare:
            raise UsageError(
                f'"{printable(bare[0], 40)}" is no MONTH=AMOUNT.', "benefit.entry", _EXAMPLE
            )
        pairs = [(head, tail) for head, _, tail in (word.partition("=") for word in words)]
    entries: list[Entry] = []
    problems: list[Problem] = []
    for month, amount in pairs:
        try:
            known = parse_month(month, "MONTH")
            money = amount_of(amount, "AMOUNT", currency) if amount.strip() else None
            entries.append(Entry(known, money))
        except DmaicError as error:
            problems += error.problems
    if problems:
        raise UsageError.of(problems)
    _refuse_twice(entries)
    return entries


def from_file(path: Path, currency: str) -> list[Entry]:
    """Months from a CSV file with the columns `month`, `amount` and, if wanted, `note`.

    Args:
        path: of the file.
        currency: code of the project's.

    Raises:
        ReadError: it cannot be read.
        DataError: `benefit.column`, or every row that is wrong.
    """
    rows, _ = read_rows(path, _COLUMNS)
    entries: list[Entry] = []
    problems: list[Problem] = []
    for number, cells in rows:
        at = f"{path}, row {number}"
        if cells.get(SURPLUS):
            told = f'"{printable(cells[SURPLUS], 40)}" stands beyond the last column.'
            hint = 'Put an amount with commas in quotes: "12,000".'
            problems.append(Problem("benefit.entry", told, hint, at))
            continue
        try:
            month = parse_month(cells.get("month", ""), f'{at}, column "month"')
            amount = amount_of(cells.get("amount", ""), f'{at}, column "amount":', currency)
            entries.append(Entry(month, amount, cells.get("note", "")))
        except DmaicError as error:
            problems += error.problems
    if problems:
        raise DataError.of(problems)
    _refuse_twice(entries)
    return entries


def _refuse_twice(entries: Iterable[Entry]) -> None:
    counts = Counter(each.month for each in entries)
    twice = next((month for month, count in counts.items() if count > 1), None)
    if twice is not None:
        raise UsageError(
            f"{twice} is given twice.", "benefit.month-twice", "Give each month one amount."
        )
