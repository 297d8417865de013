"""Tables of reports: what fits stays, what is wide is turned or split, what is empty goes."""

from __future__ import annotations

import pytest

from dmaic.block import Cells, Fields, Sign, Table
from dmaic.reports.table import cut, fitted, made, mark, markdown, narrow, shown, told


def table(columns: int, rows: int, width: int = 5, signs: tuple[Sign, ...] = ()) -> Table:
    cells = [Cells("name", tuple(f"row {row}" for row in range(rows)))]
    cells += [
        Cells(f"c{number}", tuple("x" * width for _ in range(rows))) for number in range(1, columns)
    ]
    return Table(tuple(cells), title="T", signs=signs)


def heads(found: Table) -> list[str]:
    return [each.title for each in found.columns]


def test_a_table_that_fits_stays_as_it_is() -> None:
    whole = table(5, 20)
    assert fitted(whole) == [whole]


def test_columns_that_hold_nothing_go() -> None:
    found = Table((Cells("a", ("1",)), Cells("b", ("",)), Cells("c", ("–",)), Cells("d", ("0",))))
    assert heads(fitted(found)[0]) == ["a", "d"]


def test_a_wide_table_of_few_rows_is_turned() -> None:
    (found,) = fitted(table(12, 3))
    assert heads(found) == ["name", "row 0", "row 1", "row 2"]
    assert found.columns[0].texts == tuple(f"c{number}" for number in range(1, 12))
    assert found.columns[2].texts == ("xxxxx",) * 11


def test_a_wide_table_of_many_rows_is_split_evenly_with_its_names_repeated() -> None:
    parts = fitted(table(10, 9))
    assert [heads(part)[0] for part in parts] == ["name", "name"]
    assert [each for part in parts for each in heads(part)[1:]] == [f"c{n}" for n in range(1, 10)]
    assert {len(part.columns) for part in parts} <= {5, 6}
    assert [part.title for part in parts] == ["T", "T, continued"]


def test_a_judged_table_is_never_turned_for_its_signs_would_be_lost() -> None:
    parts = fitted(table(12, 3, signs=("good", "warn", "bad")))
    assert all(part.signs == ("good", "warn", "bad") for part in parts)
    assert "✗ row 2" in markdown(parts)


def test_long_texts_count_as_far_as_they_are_wrapped() -> None:
    assert len(fitted(table(5, 9, width=500))) == 1
    assert len(fitted(table(8, 9, width=500))) == 2


def test_what_is_cut_off_is_told() -> None:
    text = shown(table(2, 9), 4, "line")
    assert text.count("| row") == 4
    assert "5 lines more not shown." in text
    assert cut(table(2, 3), 0)[1] == 0
    assert cut(table(2, 9), 7)[1] == 0


def test_the_columns_that_matter_least_leave_first_and_the_name_never() -> None:
    found = Table(
        (Cells("a", ("1",), keep=1), Cells("b", ("1",), keep=50), Cells("c", ("1",), keep=90))
    )
    assert heads(narrow(found, 2)) == ["a", "c"]


def test_a_caption_stands_above_its_table_and_text_in_it_is_text() -> None:
    text = markdown((made(["a", "b"], [["*x*", 2]], "Of *all*", [1]),))
    assert text.startswith("*Of \\*all\\**\n\n| a | b |\n| --- | ---: |\n| \\*x\\* | 2 |")


def test_rows_that_lack_cells_are_filled_with_blanks() -> None:
    found = made(["a", "b"], [[1], [1, 2]])
    assert found.columns[1].texts == ("", "2")


def test_other_blocks_stay_between_tables() -> None:
    text = markdown((Fields((("Goal", "less"),)), table(2, 1)))
    assert text.index("**Goal**") < text.index("| name |")


def test_fields_that_follow_each_other_are_one_list() -> None:
    text = markdown((Fields((("a", "1"),)), Fields((("b", "2"),))))
    assert text == "- **a**: 1\n- **b**: 2\n"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "–"),
        (True, "yes"),
        (["a", 1], "a, 1"),
        (0.1234567, "0.123457"),
        (2_000_000.4, "2,000,000"),
        (7, "7"),
    ],
)
def test_plain_values_in_words(value: object, text: str) -> None:
    assert told(value) == text


def test_marks() -> None:
    assert [mark(each) for each in ("good", "warn", "bad", "todo", "plain", "other")] == [
        "✓", "!", "✗", "○", "", "",
    ]  # fmt: skip
