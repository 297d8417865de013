"""What people write, as values: by the shape of the field."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dmaic.documents.base import Document, Text, ask
from dmaic.documents.form import FormField, form
from dmaic.documents.parse import parse, spell
from dmaic.errors import DataError


class Sample(Document):
    KIND: ClassVar[str] = "sample"
    TITLE: ClassVar[str] = "Sample"
    PURPOSE: ClassVar[str] = "One. Two."
    words: Text = ask("Words", "Any.")
    figure: float | None = ask("Figure", "Any.", default=None, example=2.2, unit="hours")
    share: float | None = ask("Share", "Any.", default=None, ge=0, le=1)
    whole: int | None = ask("Whole", "Any.", default=None)
    day: date | None = ask("Day", "Any.", default=None, example="2025-12-31")
    choice: Literal["", "technology", "people", "policy"] = ask("Choice", "Any.")
    answer: bool = ask("Answer", "Any.", default=False)
    texts: tuple[Text, ...] = ask("Texts", "Any.", default=())
    ids: tuple[Text, ...] = ask("Ids", "Any.", default=(), refers="causes")
    named: dict[str, float] = ask("Named", "Any.", default={})


FIELDS: dict[str, FormField] = {each.name: each for each in form(Sample)}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2", 2), ("2.2", 2.2), ("-2.2", -2.2), ("+3", 3), (".5", 0.5), ("1e3", 1000),
        ("5,000,000", 5e6), ("5 000 000", 5e6), ("5'000'000", 5e6), ("5.000.000", 5e6),
        ("1.234,56", 1234.56), ("1,234.56", 1234.56), ("2,2", 2.2), ("1,234", 1234),
        ("1.234", 1.234), ("$5.0M", 5e6), ("5 M", 5e6), ("$888K", 888e3), ("€ 1.5bn", 1.5e9),
        ("-$1,000", -1000), ("2.2 %", 2.2), ("2.2%", 2.2), ("4 hours", 4), ("1000 USD", 1000),
        ("−3", -3), ("5\u202f000", 5000),
    ],
)  # fmt: skip
def test_a_figure_is_read_as_people_write_it(text: str, value: float) -> None:
    assert parse(FIELDS["figure"], text) == pytest.approx(value, rel=1e-12)


@pytest.mark.parametrize(
    "text", ["abc", "1.2.3", "1,2,3", "--1", "1 2", "0x10", "nan", "inf", "1e999", "$", "%", "٣x"]
)
def test_what_is_no_figure_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(DataError) as caught:
        parse(FIELDS["figure"], text)
    assert caught.value.code == "document.value"
    assert caught.value.where == "figure"
    assert caught.value.hint == "Example: 2.2."


def test_per_cent_of_a_share_of_one_is_a_hundredth() -> None:
    assert parse(FIELDS["share"], "80 %") == pytest.approx(0.8)
    assert parse(FIELDS["share"], "0.8") == pytest.approx(0.8)


@pytest.mark.parametrize(("text", "value"), [("3", 3), ("3.0", 3), ("1,200", 1200), ("2K", 2000)])
def test_a_whole_number(text: str, value: int) -> None:
    got = parse(FIELDS["whole"], text)
    assert got == value
    assert isinstance(got, int)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("31.12.2025", "write it as 2025-12-31"),
        ("12/31/2025", "write it as 2025-12-31"),
        ("31/12/2025", "write it as 2025-12-31"),
        # Two readings: nothing is guessed.
        ("01/02/2025", "year-month-day"),
        ("Dec 31", "year-month-day"),
        ("2025-1-5", "year-month-day"),
        ("2025-02-30", "no day of the calendar"),
        ("20251231", "year-month-day"),
    ],
)
def test_a_date_in_another_form_is_refused_with_the_right_one(text: str, said: str) -> None:
    with pytest.raises(DataError, match=said):
        parse(FIELDS["day"], text)


def test_a_date_is_iso_also_as_a_spreadsheet_gives_it() -> None:
    assert parse(FIELDS["day"], " 2025-12-31 ") == date(2025, 12, 31)
    assert parse(FIELDS["day"], "2025-12-31 00:00:00") == date(2025, 12, 31)


def test_a_choice_is_known_by_its_beginning_and_a_slip_is_put_right() -> None:
    assert parse(FIELDS["choice"], "TECH") == "technology"
    assert parse(FIELDS["choice"], "") == ""
    with pytest.raises(DataError, match="fits people and policy"):
        parse(FIELDS["choice"], "p")
    with pytest.raises(DataError, match='Did you mean "people"'):
        parse(FIELDS["choice"], "poeple")


@pytest.mark.parametrize(("text", "value"), [("Yes", True), ("n", False), ("1", True), ("OFF", 0)])
def test_yes_and_no(text: str, value: object) -> None:
    assert parse(FIELDS["answer"], text) == value


def test_texts_are_parted_by_semicolons_and_ids_by_anything() -> None:
    assert parse(FIELDS["texts"], "a, b; c ;;d\\;e\nf") == ("a, b", "c", "d;e", "f")
    assert parse(FIELDS["ids"], "c1, C2;C3 c4") == ("C1", "C2", "C3", "C4")


def test_figures_by_name() -> None:
    assert parse(FIELDS["named"], "Q1=9, Q2 = 3.5;Q3:-1") == {"Q1": 9, "Q2": 3.5, "Q3": -1}
    for text, said in (("Q1", "NAME=FIGURE"), ("Q1=1,Q1=2", "twice"), ("Q1=x", "no number")):
        with pytest.raises(DataError, match=said):
            parse(FIELDS["named"], text)


@pytest.mark.parametrize("name", list(FIELDS))
def test_an_empty_text_empties_the_field(name: str) -> None:
    value = parse(FIELDS[name], "  ")
    assert value in (None, "", (), {})


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_figure_that_is_written_out_is_read_back_exactly(value: float) -> None:
    assert parse(FIELDS["figure"], spell(FIELDS["figure"], value)) == value


@given(st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc", "Zs", "Zl", "Zp"]),
                        min_size=1), max_size=4))  # fmt: skip
def test_texts_that_are_written_out_are_read_back_exactly(texts: list[str]) -> None:
    assert parse(FIELDS["texts"], spell(FIELDS["texts"], tuple(texts))) == tuple(texts)


@given(st.text(), st.sampled_from(list(FIELDS)))
def test_any_text_is_either_read_or_refused(text: str, name: str) -> None:
    try:
        value: Any = parse(FIELDS[name], text)
    except DataError:
        return
    Sample.model_validate({name: value} if value is not None and "\0" not in text else {})
