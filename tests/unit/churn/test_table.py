"""An opened export: readings decided on the first rows and again where later rows contradict."""

from __future__ import annotations

import pytest

import dmaic
from dmaic.errors import AmbiguousError, DataError, UsageError

HEAD = "id,segment,mrr,churned,churn_date\n"
PLAIN = "".join(f"{n},A,10,Yes,2024-02-{n + 10}\n" for n in range(1, 9))
"""Eight rows in the commonest notation; the first five decide."""


def sums(result: dmaic.ParetoResult) -> dict[str, tuple[float, float | None]]:
    return {row.category[0]: (row.churned, row.value) for row in result.rows}


@pytest.fixture(autouse=True)
def _small_head(small_head: int) -> None:
    pass


def test_a_flag_spelt_otherwise_further_down(write) -> None:
    file = write(HEAD + PLAIN + "9,B,5,YES,2024-03-01\n10,B,7,no,\n11,B,9,y,2024-03-02\n")
    assert sums(dmaic.pareto(file, "segment")) == {"A": (8, 80), "B": (2, 14)}


@pytest.mark.parametrize(
    ("cells", "total"),
    [
        # A separator of thousands, a sign, and parentheses for a refund come late.
        (('"1,234.50"', "$5.25"), 1239.75),
        (("(4.50)", "10"), 5.5),
        (("n/a", "7.5"), 7.5),
    ],
)
def test_money_written_otherwise_further_down(write, cells: tuple[str, str], total: float) -> None:
    first, second = cells
    file = write(HEAD + PLAIN + f"9,B,{first},Yes,2024-03-01\n10,B,{second},Yes,2024-03-01\n")
    result = dmaic.pareto(file, "segment")
    assert sums(result) == {"A": (8, 80), "B": (2, total)}


def test_thousands_after_decimal_commas_are_thousands(write) -> None:
    rows = "".join(f'{n},A,"10,5",Yes,2024-02-01\n' for n in range(8))
    file = write(HEAD + rows + "9,B,1.234,Yes,2024-02-01\n")
    assert sums(dmaic.pareto(file, "segment")) == {"A": (8, 84), "B": (1, 1234)}


def test_dates_written_otherwise_further_down(write) -> None:
    file = write(HEAD + PLAIN + "9,B,5,Yes,25/02/2024\n10,B,7,Yes,25/03/2024\n")
    result = dmaic.pareto(file, "segment", since="2024-02-15", until="2024-02")
    # Of A, 2024-02-15 to 2024-02-18: customers 5 to 8. Of B, the 25th of February.
    assert sums(result) == {"A": (4, 40), "B": (1, 5)}
    assert "undated-churn" not in {each.code for each in result.findings}


def test_rows_left_out_by_a_filter_on_misread_cells_come_back(write) -> None:
    # "1,234.50" is no number as the first rows are read, so the condition would be unknown there.
    file = write(HEAD + PLAIN + '9,B,"1,234.50",Yes,2024-03-01\n10,B,7,No,\n')
    assert sums(dmaic.pareto(file, "segment", where="mrr > 20")) == {"B": (1, 1234.5)}


def test_bands_of_misread_cells_are_made_again(write) -> None:
    file = write(HEAD + PLAIN + '9,B,"1,234.50",Yes,2024-03-01\n10,B,7,No,\n')
    assert sums(dmaic.pareto(file, "mrr:0,100,1000")) == {"0-100": (8, 80), "1000+": (1, 1234.5)}


def test_a_decimal_point_after_whole_numbers_is_asked_about(write) -> None:
    file = write(HEAD + PLAIN + "9,B,1.234,Yes,2024-03-01\n")
    with pytest.raises(AmbiguousError) as stopped:
        dmaic.pareto(file, "segment")
    assert stopped.value.code == "read.ambiguous-decimal"
    assert sums(dmaic.pareto(file, "segment", decimal="."))["B"] == (1, 1.234)
    assert sums(dmaic.pareto(file, "segment", decimal=","))["B"] == (1, 1234)


def test_columns_that_fail_only_as_a_whole_are_told_together(write) -> None:
    # In the first rows the 20th can only be a day, so it is month first; later the 25th is too.
    rows = "".join(f"{n},A,10,Yes,02/2{n}/2024\n" for n in range(8))
    file = write(HEAD + rows + "9,B,1.234,Yes,02/28/2024\n10,B,5,Yes,25/02/2024\n")
    with pytest.raises(DataError) as stopped:
        dmaic.pareto(file, "segment", since="2024")
    assert {problem.code for problem in stopped.value.problems} == {
        "read.ambiguous-decimal",
        "read.mixed-date-order",
    }


def test_cells_that_cannot_be_read_at_all_block_with_their_rows(write) -> None:
    many = "".join(f"{n},A,10,Yes,2024-02-01\n" for n in range(30))
    file = write(HEAD + many + "99,B,seven,Yes,2024-03-01\n")
    with pytest.raises(DataError) as stopped:
        dmaic.pareto(file, "segment")
    (problem,) = stopped.value.problems
    assert problem.code == "finding.unreadable-cells"
    # Thirty rows and the header stand above it.
    assert '"seven"' in problem.message
    assert problem.where == 'column "mrr", rows 32'
    taken = dmaic.pareto(file, "segment", accept=["unreadable-cells"])
    assert sums(taken) == {"A": (30, 300), "B": (1, 0)}


def test_unreadable_cells_outside_the_filter_matter_only_where_it_rests_on_them(write) -> None:
    many = "".join(f"{n},A,10,Yes,2024-02-01\n" for n in range(30))
    file = write(HEAD + many + "99,B,seven,Yes,2024-03-01\n")
    assert sums(dmaic.pareto(file, "segment", where="segment = 'A'")) == {"A": (30, 300)}
    with pytest.raises(DataError, match="cannot be read"):
        dmaic.pareto(file, "segment", where="mrr > 5")


def test_inspect_decides_again_too(write) -> None:
    file = write(HEAD + PLAIN + '9,B,"1,234.50",yes,25/02/2024\n10,B,$7,No,\n')
    result = dmaic.inspect(file)
    assert (result.rows, result.churned, result.value_lost) == (10, 9, 1314.5)
    assert "unreadable-cells" not in {each.code for each in result.findings}
    assert [(each.first, each.last) for each in result.periods] == [("2024-02-11", "2024-02-25")]


def test_a_long_frequency_table_decides_again(write) -> None:
    rows = "".join(f"defect {n},10\n" for n in range(8))
    file = write("defect,count\n" + rows + 'rust,"1,200.00"\n')
    result = dmaic.pareto(file, category="defect", count="count")
    assert result.total_churned == 1280
    assert result.rows[0].category == ("rust",)


def test_a_small_file_is_held_in_memory_and_a_long_one_is_not(opened) -> None:
    assert opened(HEAD + "".join(PLAIN.splitlines(keepends=True)[:5])).is_whole
    long = opened(HEAD + PLAIN)
    assert not long.is_whole
    assert long.whole.select("count(*)") == [(8,)]


def test_row_numbers_are_the_spreadsheets(opened) -> None:
    table = opened(HEAD + PLAIN)
    assert table.row_numbers("id = '8'") == (9,)
    assert table.row_numbers("true", most=3) == (2, 3, 4)


def test_a_column_is_found_by_name_case_and_role(opened) -> None:
    table = opened(HEAD + PLAIN)
    for name in ("mrr", "MRR", "value"):
        assert table.column(name, "--by").name == "mrr"
    with pytest.raises(UsageError) as stopped:
        table.column("segmnt", "--measure")
    assert (stopped.value.code, stopped.value.status) == ("usage.unknown-column", 2)
    assert stopped.value.message.startswith('--measure names "segmnt"')
    assert 'Did you mean "segment"?' in stopped.value.hint


@pytest.mark.parametrize(
    ("header", "unit"),
    [
        ("customer_id,segment,churned", "customers"),
        ("subscription_id,segment,churned", "subscriptions"),
        ("segment,churned,note", "rows"),
    ],
)
def test_the_unit_is_what_a_row_is(opened, header: str, unit: str) -> None:
    assert opened(f"{header}\na,b,c\n").unit == unit
