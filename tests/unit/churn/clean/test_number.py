from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from dmaic.churn.clean import number
from dmaic.errors import AmbiguousError, DataError

if TYPE_CHECKING:
    from conftest import MakeRows

# Each cell with what a reader of that country understands; the columns are whole exports.
WRITTEN: list[tuple[str, list[tuple[str | None, float | None]]]] = [
    ("plain", [("123.45", 123.45), ("-7", -7), ("+3.5", 3.5), (" 8.25 ", 8.25), (None, None)]),
    ("plain with blanks", [("1.5", 1.5), ("", None), ("N/A", None), ("-", None), (" null ", None)]),
    ("not a number as blank", [("1.5", 1.5), ("NaN", None), ("nan", None)]),
    ("dollars", [("$1,234.56", 1234.56), ("(45.00)", -45), ("-$5", -5), ("$ 7.5", 7.5)]),
    ("parentheses inside", [("$(45.00)", -45), ("($1,000.00)", -1000), ("$0.99", 0.99)]),
    ("euros", [("1.234,56 €", 1234.56), ("12 €", 12), ("-0,5 €", -0.5), ("€ 3,00", 3)]),
    ("codes", [("USD 45.10", 45.10), ("45 USD", 45), ("usd 1", 1)]),
    ("spaces", [("1 234,56", 1234.56), ("1\u00a0234\u00a0567,8", 1234567.8),
                ("1\u202f000,5", 1000.5)]),
    ("apostrophes", [("CHF 1'234.56", 1234.56), ("1’234’567.00", 1234567)]),
    ("signs behind", [("45-", -45), ("1,000.50-", -1000.5), ("3", 3)]),
    ("unicode minus", [("−45.5", -45.5), ("–3.25", -3.25), ("2", 2)]),
    ("per cent", [("12 %", 12), ("3.5%", 3.5), ("-0.25 %", -0.25)]),
    ("indian", [("₹1,23,456.78", 123456.78), ("₹12,34,56,789.00", 123456789)]),
    ("scientific", [("1.5e5", 150000), ("2E-3", 0.002), ("-1e2", -100)]),
    ("scientific with comma", [("1,5E+03", 1500), ("2,25", 2.25)]),
    ("a word with a point", [("Fr.45", 45), ("Fr. 12.50", 12.5)]),
    ("rupees both ways", [("Rs 500", 500), ("Rs.500", 500), ("Rs. 1.5", 1.5)]),
    ("accounting zero", [(" $ -   ", None), ("$ 5.00", 5)]),
    ("fractions alone", [(".5", 0.5), ("-.25", -0.25)]),
    ("thousands tell the point", [("1,234,567", 1234567), ("1,234", 1234)]),
    ("thousands tell the comma", [("1.234.567", 1234567), ("1.234", 1234)]),
    ("a zero in front tells the point", [("0.125", 0.125), ("1.125", 1.125)]),
    ("a zero in front tells the comma", [("0,125", 0.125), ("1,125", 1.125)]),
    ("four digits tell the point", [("1234.567", 1234.567), ("1.567", 1.567)]),
    ("signs tell nothing", [("$1,234.5", 1234.5), ("1.125 $", 1.125)]),
    ("wrapped in odd spaces", [("\u00a012,5\u00a0", 12.5), ("\t3", 3)]),
]  # fmt: skip


@pytest.mark.parametrize("cells", [w[1] for w in WRITTEN], ids=[w[0] for w in WRITTEN])
def test_amounts_are_read_as_written(
    make_rows: MakeRows, cells: list[tuple[str | None, float | None]]
) -> None:
    rows = make_rows([cell for cell, _ in cells])
    reading = number.decide(rows.column, rows)
    assert reading.kind == "number"
    assert rows.read(reading) == [value for _, value in cells]
    assert rows.misfits(reading) == []


@pytest.mark.parametrize(
    ("kind", "cells", "values"),
    [
        ("DOUBLE", [1.5, None, float("nan")], [1.5, None, None]),
        ("INTEGER", [1, None], [1.0, None]),
        ("DECIMAL(10,2)", [Decimal("1.25")], [1.25]),
        ("HUGEINT", [10**20], [1e20]),
        ("ENUM('1,50 €', '2,00 €')", ["1,50 €", "2,00 €"], [1.5, 2.0]),
    ],
)
def test_native_numbers_pass(
    make_rows: MakeRows, kind: str, cells: list[Any], values: list[float | None]
) -> None:
    rows = make_rows(cells, kind)
    reading = number.decide(rows.column, rows)
    assert rows.read(reading) == values
    assert rows.misfits(reading) == []


def test_infinite_numbers_are_misfits(make_rows: MakeRows) -> None:
    rows = make_rows([1.0, float("inf")], "DOUBLE")
    reading = number.decide(rows.column, rows)
    assert rows.read(reading) == [1.0, None]
    assert rows.misfits(reading) == [float("inf")]


@pytest.mark.parametrize("cell", ["inf", "-Infinity", "1e400"])
def test_infinite_text_is_a_misfit(make_rows: MakeRows, cell: str) -> None:
    head = make_rows(["1.5", "2.25"])
    reading = number.decide(head.column, head)
    rest = head.on([cell, "3.5"])
    assert rest.read(reading) == [None, 3.5]
    assert rest.misfits(reading) == [cell]


@pytest.mark.parametrize(
    ("cells", "point", "comma"),
    [
        (["1.234"], "1.234", "1234"),
        (["1,234"], "1234", "1.234"),
        (["$1,200", "$950", "$12,000"], "1200", "1.200"),
        (["-1.000", "5", "", None], "-", "-"),
        (["1.234", "5.678\t"], "1.234", "1234"),
    ],
)
def test_two_readings_of_all_cells_stop(
    make_rows: MakeRows, cells: list[str], point: str, comma: str
) -> None:
    rows = make_rows(cells)
    with pytest.raises(AmbiguousError) as caught:
        number.decide(rows.column, rows)
    assert caught.value.code == "read.ambiguous-decimal"
    assert point in caught.value.message
    assert comma in caught.value.message
    assert "--decimal ." in caught.value.hint
    assert "--decimal ," in caught.value.hint


@pytest.mark.parametrize(("decimal", "values"), [(".", [1.234, 5.0]), (",", [1234.0, 5.0])])
def test_the_person_decides(make_rows: MakeRows, decimal: Any, values: list[float]) -> None:
    rows = make_rows(["1.234", "5"])
    reading = number.decide(rows.column, rows, decimal)
    assert rows.read(reading) == values
    assert rows.misfits(reading) == []


def test_mixed_signs_stop_with_an_example_of_each(make_rows: MakeRows) -> None:
    rows = make_rows(["1.5"] * 99 + ["2,5"])
    with pytest.raises(DataError) as caught:
        number.decide(rows.column, rows)
    assert caught.value.code == "read.mixed-decimal"
    assert '"1.5"' in caught.value.message
    assert '"2,5"' in caught.value.message


def test_a_decided_sign_leaves_the_others_as_misfits(make_rows: MakeRows) -> None:
    rows = make_rows(["1.5", "2,5"])
    reading = number.decide(rows.column, rows, ",")
    assert rows.read(reading) == [None, 2.5]
    assert rows.misfits(reading) == ["1.5"]


def test_a_sign_that_fits_nothing_is_an_error(make_rows: MakeRows) -> None:
    rows = make_rows(["1.5", "2.25"])
    with pytest.raises(DataError, match='decimal sign ","') as caught:
        number.decide(rows.column, rows, ",")
    assert caught.value.code == "read.not-a-number"


@pytest.mark.parametrize("cell", ["1.5", "1,5", "1.234", "1,234", "12.50 €"])
def test_whole_numbers_decide_nothing(make_rows: MakeRows, cell: str) -> None:
    for cells in (["1", "22", ""], ["$1", "$22"], ["1 000", "3"]):
        head = make_rows(cells)
        reading = number.decide(head.column, head)
        assert head.misfits(reading) == []
        assert head.on([cell]).misfits(reading) == [cell]


@pytest.mark.parametrize(
    "cell",
    ["abc", "500+", "Plan 45", "CHF 45.-", "45,-", "1.2.3", "--5", "(5", "5)", "5 5 5",
     "2025-01-31", "(-5)", "top 10", "45 USD EUR x", "12:30", "1_0 %", "٣", "x" * 100_000],
)  # fmt: skip
def test_what_is_no_number_is_not_read(make_rows: MakeRows, cell: str) -> None:
    rows = make_rows([cell, "1.25"])
    with pytest.raises(DataError) as caught:
        number.decide(rows.column, rows, ".")
    assert caught.value.code == "read.not-a-number"
    few = make_rows([cell] + ["1.25"] * 50)
    reading = number.decide(few.column, few)
    assert few.misfits(reading) == [cell]
    assert few.read(reading)[0] is None


def test_per_cents_and_fractions_are_not_mixed(make_rows: MakeRows) -> None:
    rows = make_rows(["5 %"] * 40 + ["0.05"])
    reading = number.decide(rows.column, rows)
    assert rows.misfits(reading) == ["0.05"]


@pytest.mark.parametrize("kind", ["BOOLEAN", "DATE", "TIMESTAMP"])
def test_other_types_are_no_numbers(make_rows: MakeRows, kind: str) -> None:
    rows = make_rows([None], kind)
    with pytest.raises(DataError) as caught:
        number.decide(rows.column, rows)
    assert caught.value.code == "read.not-a-number"


@pytest.mark.parametrize("cells", [[], [None], ["", None], ["n/a", "-"]])
def test_blank_columns_read_as_nothing(make_rows: MakeRows, cells: list[Any]) -> None:
    rows = make_rows(cells)
    reading = number.decide(rows.column, rows)
    assert reading.label == "blank"
    assert rows.read(reading) == [None] * len(cells)
    assert rows.misfits(reading) == []


def test_plain_numbers_cost_one_question_and_no_pattern(make_rows: MakeRows) -> None:
    rows = make_rows(["123.45", "6.5", ""])
    reading = number.decide(rows.column, rows)
    assert rows.asked == 1
    assert "regexp" not in reading.sql + reading.misfit
    assert "translate" not in reading.sql + reading.misfit


@pytest.mark.parametrize(
    ("cells", "label"),
    [
        (["123.45"], "1234.56"),
        (["12"], "1234"),
        (["$1,234.50"], "USD 1,234.56"),
        (["1.234,50 €"], "EUR 1.234,56"),
        (["1\u202f234,5"], "1 234,56"),
        (["CHF 1'234.50"], "CHF 1'234.56"),
        (["5.5 %"], "1234.56 %"),
    ],
)
def test_labels_show_the_notation(make_rows: MakeRows, cells: list[str], label: str) -> None:
    rows = make_rows(cells)
    assert number.decide(rows.column, rows).label == label


@pytest.mark.parametrize(
    ("cells", "codes"),
    [
        (["$5", "$6", "7 €"], ("USD", "EUR")),
        (["A$5", "C$6", "US$7"], ("AUD", "CAD", "USD")),
        (["$45 CAD"], ("CAD",)),
        (["5", "6.5", "", None], ()),
        (["100 kr", "5 zł"], ("PLN", "kr")),
        (["abc", "£3"], ("GBP",)),
    ],
)
def test_currencies_are_found(
    make_rows: MakeRows, cells: list[str | None], codes: tuple[str, ...]
) -> None:
    rows = make_rows(cells)
    assert number.currency(rows.column, rows) == codes


def test_native_columns_have_no_currency(make_rows: MakeRows) -> None:
    rows = make_rows([1.5], "DOUBLE")
    assert number.currency(rows.column, rows) == ()
    assert rows.asked == 0


def test_messages_hold_no_control_characters(make_rows: MakeRows) -> None:
    rows = make_rows(["\x1b[31mred", "y"], name="\x1b[2Jname")
    with pytest.raises(DataError) as caught:
        number.decide(rows.column, rows)
    assert "\x1b" not in caught.value.message
