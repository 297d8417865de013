"""What was written in one convention is read back, or refused; never read as something else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dmaic.churn.clean import date as dates
from dmaic.churn.clean import flag, number
from dmaic.churn.clean.reading import Reading
from dmaic.churn.column import Column
from dmaic.errors import AmbiguousError, DataError

COLUMN = Column("c")
CONNECTION = duckdb.connect()

quick = settings(max_examples=40, deadline=None)


class ListRows:
    def __init__(self, cells: list[str]) -> None:
        self.cells = cells

    def select(self, what: str, tail: str = "") -> list[tuple[Any, ...]]:
        sql = f'SELECT {what} FROM (SELECT unnest(?::VARCHAR[]) AS "c") {tail}'
        return CONNECTION.execute(sql, [self.cells]).fetchall()

    def read(self, reading: Reading) -> list[Any]:
        return [row[0] for row in self.select(reading.sql)]

    def misfits(self, reading: Reading) -> list[Any]:
        return [row[0] for row in self.select(f"c, {reading.misfit}") if row[1]]


def grouped(amount: Decimal, thousands: str, decimal: str) -> str:
    """Digits of an amount, two decimals, without sign."""
    return f"{abs(amount):,.2f}".replace(",", "T").replace(".", decimal).replace("T", thousands)


def dressed(before: str, after: str, thousands: str, decimal: str) -> Callable[[Decimal], str]:
    def write(amount: Decimal) -> str:
        sign = "-" if amount < 0 else ""
        return f"{sign}{before}{grouped(amount, thousands, decimal)}{after}"

    return write


def accounting(amount: Decimal) -> str:
    digits = grouped(amount, ",", ".")
    return f"(${digits})" if amount < 0 else f"${digits}"


def indian(amount: Decimal) -> str:
    whole, cents = f"{abs(amount):.2f}".split(".")
    head, tail = whole[:-3], whole[-3:]
    pairs = [head[max(i - 2, 0) : i] for i in range(len(head), 0, -2)][::-1]
    return ("-" if amount < 0 else "") + ",".join([*pairs, tail]) + "." + cents


CONVENTIONS: dict[str, Callable[[Decimal], str]] = {
    "plain": lambda amount: f"{amount:.2f}",
    "english": dressed("$", "", ",", "."),
    "german": dressed("", " €", ".", ","),
    "french": dressed("", "\u00a0€", "\u202f", ","),
    "swiss": dressed("CHF ", "", "'", "."),
    "nordic": dressed("", " kr", " ", ","),
    "code": dressed("", " USD", "", "."),
    "accounting": accounting,
    "indian": indian,
    "behind": lambda amount: grouped(amount, ",", ".") + ("-" if amount < 0 else ""),
}

amounts = st.lists(
    st.decimals("-99999999.99", "99999999.99", places=2, allow_nan=False), min_size=1, max_size=20
)
instants = st.datetimes(datetime(1971, 1, 1), datetime(2067, 12, 31)).map(
    lambda moment: moment.replace(microsecond=0)
)
moments = st.lists(instants, min_size=1, max_size=20)


@quick
@given(amounts, st.sampled_from(sorted(CONVENTIONS)))
def test_amounts_come_back_exactly(values: list[Decimal], convention: str) -> None:
    cells = [CONVENTIONS[convention](value) for value in values]
    rows = ListRows(cells)
    # Two decimals tell the sign in every convention, so this is never ambiguous.
    reading = number.decide(COLUMN, rows)
    assert rows.read(reading) == [float(value) for value in values]
    assert rows.misfits(reading) == []


@quick
@given(st.lists(st.decimals(allow_nan=False, allow_infinity=False), min_size=1, max_size=10))
def test_plain_text_is_read_as_float_reads_it(values: list[Decimal]) -> None:
    cells = [str(value) for value in values]
    rows = ListRows(cells)
    reading = number.decide(COLUMN, rows, ".") if readable(cells) else None
    if reading is None:
        return
    for cell, got in zip(cells, rows.read(reading), strict=True):
        assert got is None or got == float(cell)
        assert (got is None) == (abs(float(cell)) == float("inf"))


def readable(cells: list[str]) -> bool:
    """At most one in twenty is beyond the range of a double."""
    return sum(abs(float(cell)) == float("inf") for cell in cells) <= 0.05 * len(cells)


@quick
@given(
    st.lists(st.from_regex(r"-?[1-9][0-9]{0,2}[.,][0-9]{3}", fullmatch=True), min_size=1),
    st.lists(st.from_regex(r"[0-9]{1,6}|", fullmatch=True)),
    st.data(),
)
def test_a_column_of_thousands_or_thousandths_stops(
    unclear: list[str], clear: list[str], data: st.DataObject
) -> None:
    cells = data.draw(st.permutations(unclear + clear))
    with pytest.raises(AmbiguousError) as caught:
        number.decide(COLUMN, ListRows(cells))
    assert caught.value.code == "read.ambiguous-decimal"


CELLS = st.lists(
    st.one_of(
        st.from_regex(r"[-(]?[$€]?[0-9]{1,4}([.,' ][0-9]{1,3}){0,2}\)?[ %€-]?", fullmatch=True),
        st.from_regex(r"[0-9]{1,2}[/.-][0-9]{1,2}[/.-]([0-9]{2}){1,2}", fullmatch=True),
        st.sampled_from(["", "n/a", "Yes", "no", "abc", "-", "0", "1", "2025-01-02", "1e5"]),
    ),
    min_size=1,
    max_size=8,
)


@quick
@given(CELLS, st.randoms(use_true_random=False), st.sampled_from(["number", "date", "flag"]))
def test_the_order_of_the_rows_does_not_matter(cells: list[str], random: Any, kind: str) -> None:
    decide: Callable[..., Reading] = {
        "number": number.decide, "date": dates.decide, "flag": flag.decide,
    }[kind]  # fmt: skip

    def outcome(order: list[str]) -> object:
        try:
            return decide(COLUMN, ListRows(order))
        except DataError as error:
            return error.problems

    turned = list(cells)
    random.shuffle(turned)
    assert outcome(cells) == outcome(turned)


@quick
@given(CELLS, st.sampled_from([".", ","]))
def test_every_cell_is_read_or_blank_or_a_misfit(cells: list[str], decimal: Any) -> None:
    rows = ListRows(cells)
    try:
        reading = number.decide(COLUMN, rows, decimal)
    except DataError:
        return
    misfits = rows.misfits(reading)
    for cell, got in zip(cells, rows.read(reading), strict=True):
        assert (got is None) == (cell in misfits or cell.strip().lower() in ("", "n/a", "-"))
        if got is not None:
            # Whatever the notation, the digits are those of the cell.
            digits = [c for c in cell if c.isdigit()]
            if "e" not in cell:
                scale = len(cell.rstrip(" )%€-").rpartition(decimal)[2]) if decimal in cell else 0
                assert abs(got) == float(Decimal("".join(digits)).scaleb(-scale))


FORMS = {
    "iso": "%Y-%m-%d %H:%M:%S",
    "zulu": "%Y-%m-%dT%H:%M:%SZ",
    "slashes": "%Y/%m/%d %H:%M:%S",
    "mdy": "%m/%d/%Y %I:%M:%S %p",
    "dmy": "%d.%m.%Y %H:%M:%S",
    "words": "%d %B %Y %H:%M:%S",
    "american words": "%b %d, %Y %H:%M:%S",
}


@quick
@given(moments, st.sampled_from(sorted(FORMS)))
def test_dates_come_back_exactly_or_stop(values: list[datetime], form: str) -> None:
    cells = [value.strftime(FORMS[form]) for value in values]
    rows = ListRows(cells)
    try:
        reading = dates.decide(COLUMN, rows)
    except AmbiguousError:
        # Right only if no day can tell itself from a month.
        assert form in ("mdy", "dmy")
        assert all(value.day <= 12 for value in values)
        assert any(value.day != value.month for value in values)
        reading = dates.decide(COLUMN, rows, form)  # type: ignore[arg-type]
    assert rows.read(reading) == values
    assert rows.misfits(reading) == []


@quick
@given(moments, st.sampled_from(["mdy", "dmy", "ymd"]), st.sampled_from("/.-"))
def test_short_years_in_the_order_said(values: list[datetime], order: Any, gap: str) -> None:
    form = gap.join(f"%{part}" for part in order)
    days = [datetime(value.year, value.month, value.day) for value in values]
    rows = ListRows([day.strftime(form) for day in days])
    assert rows.read(dates.decide(COLUMN, rows, order)) == days
    try:
        reading = dates.decide(COLUMN, rows)
    except AmbiguousError:
        return
    assert rows.read(reading) == days


@quick
@given(moments)
def test_serial_dates_come_back(values: list[datetime]) -> None:
    epoch = [int((value - datetime(1970, 1, 1)).total_seconds()) for value in values]
    late = [(n, v) for n, v in zip(epoch, values, strict=True) if n >= 1_000_000_000]
    for factor in (1, 1000):
        rows = ListRows([str(n * factor) for n, _ in late])
        assert rows.read(dates.decide(COLUMN, rows)) == [v for _, v in late]
    days = [(value - datetime(1899, 12, 30)) / timedelta(days=1) for value in values]
    rows = ListRows([repr(day) for day in days])
    assert rows.read(dates.decide(COLUMN, rows)) == values


@quick
@given(st.lists(st.sampled_from(["Yes", "yes", "NO", "no", "Churned", "ACTIVE", "", "sí"])))
def test_flags_say_what_the_words_say(cells: list[str]) -> None:
    rows = ListRows(cells)
    if not any(cells):
        assert not flag.is_flag(COLUMN, rows)
        return
    churned = {"yes": True, "no": False, "churned": True, "active": False, "": None, "sí": True}
    reading = flag.decide(COLUMN, rows)
    assert rows.read(reading) == [churned[cell.lower()] for cell in cells]


@quick
@given(st.text(max_size=20), st.sampled_from(["number", "date", "flag"]))
def test_any_text_is_read_or_refused(cell: str, kind: str) -> None:
    """No cell, whatever it holds, makes the SQL fail."""
    cell = cell.replace("\x00", "")
    rows = ListRows([cell, cell + "1"])
    decide: Callable[..., Reading] = {
        "number": number.decide, "date": dates.decide, "flag": flag.decide,
    }[kind]  # fmt: skip
    try:
        reading = decide(COLUMN, rows)
    except DataError:
        return
    assert len(rows.read(reading)) == 2
    rows.misfits(reading)
