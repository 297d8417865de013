"""The workbook read back: totals, headings, number formats, names of sheets, the About sheet."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from dmaic.cli.render.workbook import write_xlsx
from dmaic.cli.render.workbook_field import money_form, sheet_name
from dmaic.result import Finding, Inputs, Result
from dmaic.stats.pareto import (
    ComparisonRow,
    Concentration,
    Drill,
    ParetoComparison,
    ParetoResult,
    ParetoRow,
    PeriodCell,
)

FACTS = Inputs(source="churn.csv", sha256="ab" * 32, rows=100, roles={"churned": "Lost"},
               readings={"Lost": "Yes/No"}, filters=("where plan = 'Pro'",),
               tool_version="0.1.0")  # fmt: skip


def row(name: str, churned: int, **more: object) -> ParetoRow:
    # Of 10 lost in all.
    return ParetoRow(category=(name,), churned=churned, share=churned / 10,
                     share_churned=churned / 10, cumulative_share=1, **more)  # fmt: skip


def analysis(by: str = "segment", **more: object) -> ParetoResult:
    rows = (
        row("A", 7, value=700, exposure=40, exposure_value=4000, share_value=0.7, rate=0.175,
            rate_low=0.1, rate_high=0.3, excess=3.0, vital_few=True, rank_differs=True),
        row("Other", 3, value=300, exposure=60, exposure_value=6000, share_value=0.3, rate=0.05,
            rate_low=0.02, rate_high=0.1, excess=-3.0, other=True, folded=2),
    )  # fmt: skip
    given = {
        "inputs": FACTS, "by": (by,), "measure": "customers", "cutoff": 80, "value_name": "mrr",
        "currency": "USD", "rows": rows, "total_churned": 10, "total_value": 1000,
        "total_exposure": 100, "total_exposure_value": 10_000, "method": {"vital_few": "as said"},
        "concentration": Concentration(gini=0.5, few=1, categories=3, few_share=0.7, effect=True,
                                       verdict="A loses most."),
    }  # fmt: skip
    return ParetoResult(**{**given, **more})


def saved(result: Result, path: Path) -> openpyxl.Workbook:
    write_xlsx(result, path / "a.xlsx")
    return openpyxl.load_workbook(path / "a.xlsx")


def column(sheet: Worksheet, title: str) -> list:
    heads = [cell.value for cell in sheet[1]]
    return [cells[heads.index(title)] for cells in sheet.iter_rows(min_row=2)]


def about(book: openpyxl.Workbook) -> dict:
    return dict(book["About"].iter_rows(max_col=2, values_only=True))


def test_headings_are_words_and_empty_columns_are_left_out(tmp_path: Path) -> None:
    sheet = saved(analysis(), tmp_path)["Pareto"]
    assert [cell.value for cell in sheet[1]] == [
        "segment", "churned", "share", "cumulative share", "vital few", "mrr lost (USD)",
        "share of mrr lost", "at risk", "mrr at risk (USD)", "rate", "95 % low", "95 % high",
        "excess", "rank differs",
    ]  # fmt: skip
    assert [cell.value for cell in column(sheet, "vital few")[:2]] == ["yes", None]
    assert column(sheet, "segment")[1].value == "Other (2 categories)"


def test_row_of_totals_stands_apart_in_real_numbers(tmp_path: Path) -> None:
    sheet = saved(analysis(), tmp_path)["Pareto"]
    heads = [cell.value for cell in sheet[1]]
    assert {cell.value for cell in sheet[4]} == {None}
    assert dict(zip(heads, (cell.value for cell in sheet[5]), strict=True)) == {
        "segment": "All 3 categories", "churned": 10, "share": 1, "cumulative share": None,
        "vital few": None, "mrr lost (USD)": 1000, "share of mrr lost": 1, "at risk": 100,
        "mrr at risk (USD)": 10_000, "rate": 0.1, "95 % low": None, "95 % high": None,
        "excess": None, "rank differs": None,
    }  # fmt: skip
    assert all(cell.font.bold and cell.border.top.style == "thin" for cell in sheet[5])
    # Sorting and filtering leave the totals where they are.
    assert sheet.auto_filter.ref == "A1:N3"


def test_one_category_needs_no_totals(tmp_path: Path) -> None:
    sheet = saved(analysis(rows=(row("A", 10),)), tmp_path)["Pareto"]
    assert sheet.max_row == 2


@pytest.mark.parametrize(
    ("title", "form"),
    [("churned", "#,##0"), ("share", "0.00%"), ("rate", "0.00%"), ("95 % low", "0.00%"),
     ("mrr lost (USD)", '"$"#,##0;-"$"#,##0'), ("excess", "+#,##0.0;-#,##0.0;0.0")],
)  # fmt: skip
def test_number_formats(tmp_path: Path, title: str, form: str) -> None:
    cells = column(saved(analysis(), tmp_path)["Pareto"], title)
    assert {cell.number_format for cell in (cells[0], cells[1], cells[3])} == {form}


@pytest.mark.parametrize(
    ("currency", "form"),
    [("EUR", '#,##0.00 "EUR"'), (None, "#,##0.00"), ('"[Red]', "#,##0.00"), ("USD\n", "#,##0.00")],
)
def test_only_a_code_of_a_currency_gets_into_a_number_format(
    currency: str | None, form: str
) -> None:
    assert money_form(currency, [1.25, None]) == form


def test_measure_that_ranks_comes_first(tmp_path: Path) -> None:
    sheet = saved(analysis(measure="value"), tmp_path)["Pareto"]
    heads = [cell.value for cell in sheet[1]]
    assert heads[:3] == ["segment", "mrr lost (USD)", "share"]
    assert heads.index("churned") + 1 == heads.index("share of churned")


def test_table_of_counts_is_not_called_churned(tmp_path: Path) -> None:
    sheet = saved(analysis(unit="tickets", value_name="cost", currency=None), tmp_path)["Pareto"]
    heads = [cell.value for cell in sheet[1]]
    assert heads[1] == "tickets"
    assert "cost" in heads


def test_vital_few_is_only_said_where_there_is_an_effect(tmp_path: Path) -> None:
    level = Concentration(gini=0.1, few=1, categories=3, few_share=0.7)
    sheet = saved(analysis(concentration=level), tmp_path)["Pareto"]
    assert column(sheet, "together reach 80 %")[0].value == "yes"


def test_a_column_may_be_named_like_a_figure(tmp_path: Path) -> None:
    heads = [cell.value for cell in saved(analysis(by="churned"), tmp_path)["Pareto"][1]]
    assert heads[:2] == ["churned (by)", "churned"]


def test_about_holds_numbers_as_numbers(tmp_path: Path) -> None:
    finding = Finding(code="blank-categories", level="warning", message="Some are blank.")
    told = about(saved(analysis(findings=(finding,)), tmp_path))
    wanted = {
        "source": "churn.csv", "SHA-256": "ab" * 32, "rows read": 100,
        "filters": "where plan = 'Pro'", "column of churned": "Lost (Yes/No)", "by": "segment",
        "measure": "customers", "rank by": "measure", "cutoff (%)": 80, "unit": "customers",
        "value column": "mrr", "currency": "USD", "churned, total": 10, "categories": 3,
        "Gini coefficient": 0.5, "verdict": "A loses most.", "vital few": "as said",
        "warning blank-categories": "Some are blank.",
    }  # fmt: skip
    assert {name: told.get(name) for name in wanted} == wanted


def test_drills_are_named_after_their_categories(tmp_path: Path) -> None:
    names = ("Pareto", "a/b:[c]*?\\", "about", "x" * 40, "=A1", "x" * 40, "'")
    inner = analysis(by="plan")
    drills = tuple(Drill(category=(name,), result=inner) for name in names)
    book = saved(analysis(drills=drills), tmp_path)
    assert book.sheetnames == [
        "Pareto", "Pareto (2)", "a-b-c-", "about (2)", "x" * 30 + "…", "A1", "x" * 26 + "… (2)",
        "Sheet", "About",
    ]  # fmt: skip
    assert book["a-b-c-"]["A1"].value == "plan"
    assert "Sheet about (2)" in about(book)


@pytest.mark.parametrize(
    "text", ["", "😀" * 20, "a" * 29 + "''b", "\ufffe\x1b", "\u202eexe", "History", "@", "ﬁ" * 40]
)
def test_excel_takes_every_name_of_a_sheet(text: str) -> None:
    taken = {"about", "history"}
    names = [sheet_name(text, taken) for _ in range(12)]
    assert len({name.casefold() for name in names}) == 12
    for name in names:
        # "Rename a worksheet", support.microsoft.com: 1 to 31 characters, none of []:*?/\, no
        # apostrophe at either end, not History. Excel counts UTF-16 units.
        assert 1 <= len(name.encode("utf-16-le")) // 2 <= 31
        assert not set(name) & set("[]:*?/\\")
        assert name.strip("'") == name
        assert name != "History"
        assert name.isprintable()


def comparison() -> ParetoComparison:
    def cell(churned: int, rate: float) -> PeriodCell:
        return PeriodCell(churned=churned, value=churned * 2.5, share=churned / 10, rate=rate)

    def line(name: str, before: int, after: int) -> ComparisonRow:
        return ComparisonRow(category=(name,), cells=(cell(before, 0.2), cell(after, 0.1)),
                             change=after - before, change_rate=-0.1)  # fmt: skip

    return ParetoComparison(
        inputs=FACTS, by=("segment",), measure="customers", split="quarter", value_name="mrr",
        periods=("=2024-Q1", "2024-Q2"), totals=(cell(10, 0.2), cell(8, 0.1)),
        rows=(line("A", 7, 4), line("B", 3, 4)), results=(analysis(), analysis()),
    )  # fmt: skip


def test_comparison_stands_side_by_side_with_its_totals(tmp_path: Path) -> None:
    book = saved(comparison(), tmp_path)
    assert book.sheetnames == ["Pareto comparison", "By period", "About"]
    sheet = book["Pareto comparison"]
    assert [cell.value for cell in sheet[1]] == [
        "segment", "'=2024-Q1: churned", "'=2024-Q1: share", "'=2024-Q1: rate",
        "2024-Q2: churned", "2024-Q2: share", "2024-Q2: rate", "change", "change of rate",
    ]  # fmt: skip
    assert [cell.value for cell in sheet[5]] == [
        "Total", 10, 1, 0.2, 8, 0.8, 0.1, -2, pytest.approx(-0.1)
    ]  # fmt: skip
    period = book["By period"]
    assert [cell.value for cell in period[2]] == ["A", "'=2024-Q1", 7, 17.5, 0.7, 0.2]
    assert [cell.value for cell in period[8]] == ["Total", "2024-Q2", 8, 20, 0.8, 0.1]


def test_about_names_both_periods(tmp_path: Path) -> None:
    told = about(saved(comparison(), tmp_path))
    assert (told["first period"], told["last period"]) == ("'=2024-Q1", "2024-Q2")
    assert told["split by"] == "quarter"
