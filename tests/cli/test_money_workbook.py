"""Workbooks of the analyses of money: figures are shown as what they are."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

SAMPLE = str(Path(__file__).parents[2] / "sample_data" / "churn_export.csv")


def _columns(path: Path, sheet: str) -> dict[str, str]:
    """Heading -> number format of the first row below it."""
    rows = list(openpyxl.load_workbook(path)[sheet].iter_rows(max_row=2))
    return {head.value: cell.number_format for head, cell in zip(*rows, strict=True)}


@pytest.mark.parametrize(
    ("command", "sheet", "percents", "others"),
    [
        ("churn", "Churn", ["Logo churn", "Logo low", "Gross revenue churn", "GRR"], ["MRR lost"]),
        ("cost", "Cost", ["Share", "Monthly churn", "Churn high"], ["Annual loss", "Annual low"]),
        ("clv", "Lifetime value", ["Churn", "Projected share"], ["New low", "ARPA", "Alpha"]),
    ],
)
def test_a_fraction_is_shown_as_per_cent_and_money_is_not(
    run, tmp_path: Path, command: str, sheet: str, percents: list[str], others: list[str]
) -> None:
    assert run(command, SAMPLE, "-q", "-o", str(tmp_path / "x.xlsx")).status == 0
    found = _columns(tmp_path / "x.xlsx", sheet)
    assert {found[name] for name in percents} == {"0.00%"}
    assert all("%" not in found[name] for name in others)


def test_each_figure_of_a_mixed_sheet_has_its_own_format(run, tmp_path: Path) -> None:
    """In one format for all of them a share of 46 % would be shown as 0."""
    book = tmp_path / "x.xlsx"
    words = ["--segment", "Auto body estimators", "--reduction", "65%", "--cost", "120000"]
    assert run("recover", SAMPLE, *words, "--draws", "1", "-q", "-o", str(book)).status == 0
    rows = openpyxl.load_workbook(book)["Figures"].iter_rows(min_row=2)
    forms = {name.value: figure.number_format for name, figure in rows}
    assert forms["Baseline annual loss"] == "#,##0"
    assert forms["ROI"] == "#,##0.00"
    assert {forms[name] for name in ("Segment share", "Overall churn after", "IRR")} == {"0.00%"}
