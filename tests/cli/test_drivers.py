"""`dmaic drivers`: answers, faces and refusals."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest

from .conftest import Run

SAMPLE = Path(__file__).parents[2] / "sample_data" / "churn_export.csv"
Export = Callable[..., Path]

STONES = "treatment,stone,success,patients\n" + "\n".join(
    f"{treatment},{stone},{success},{patients}"
    for treatment, stone, success, patients in (
        ("open", "small", 1, 81), ("open", "small", 0, 6), ("open", "large", 1, 192),
        ("open", "large", 0, 71), ("keyhole", "small", 1, 234), ("keyhole", "small", 0, 36),
        ("keyhole", "large", 1, 55), ("keyhole", "large", 0, 25),
    )
)  # fmt: skip


def test_the_answer_comes_first_and_says_that_it_is_no_cause(run: Run) -> None:
    ran = run("drivers", SAMPLE)
    assert ran.status == 0
    lines = ran.out.splitlines()
    assert lines[0].startswith("What goes with churn  logistic regression, 20,000 rows, 4,270 lost")
    assert '"segment" goes with churn most: 39.85 % of "Auto body estimators" left' in lines[2]
    assert "This is association, not cause" in ran.out
    assert "reference" in ran.out
    assert "AUC" in ran.out
    assert "collinear-terms" in ran.err
    assert all(len(line) <= 80 for line in lines)


def test_the_names_of_json_stand(run: Run) -> None:
    result = run("drivers", SAMPLE, "--json").json["result"]
    for name in ("terms", "screening", "fit", "vif", "separation", "calibration", "auc",
                 "reversals", "ranking", "shapes"):  # fmt: skip
        assert name in result
    term = next(each for each in result["terms"] if each["name"] == "segment: Students")
    for name in ("name", "coefficient", "standard_error", "odds_ratio", "low", "high", "p_value"):
        assert term[name] is not None
    assert term["low"] < term["odds_ratio"] < term["high"]
    assert result["separation"] is None
    assert 0.6 < result["auc"]["value"] < 0.8


def test_csv_holds_a_term_a_row(run: Run) -> None:
    rows = list(csv.DictReader(io.StringIO(run("drivers", SAMPLE, "--format", "csv").out)))
    assert len(rows) == 18
    assert float(rows[0]["odds_ratio"]) > 0


def test_within_looks_into_a_part(run: Run) -> None:
    result = run("drivers", SAMPLE, "--within", "plan = 'Pro'", "--json").json["result"]
    assert result["rows"] == 9031
    assert result["inputs"]["filters"] == ["where plan = 'Pro'"]
    assert {each["name"]: each["why"] for each in result["left_out"]}["plan"] == "constant"
    ran = run("drivers", SAMPLE, "--within", "plann = 'Pro'")
    assert ran.status == 2
    assert "--within" in ran.err


def test_both_names_of_the_option_that_names_columns(run: Run) -> None:
    one = run("drivers", SAMPLE, "--term", "plan", "--term", "mrr:quartiles", "--json").json
    other = run("drivers", SAMPLE, "--with-columns", "plan", "--with-columns", "mrr:quartiles",
                "--json").json  # fmt: skip
    assert one == other
    assert {each["variable"] for each in one["result"]["terms"]} == {"plan", "mrr:quartiles"}


def test_simpsons_reversal_is_shown_as_a_table(run: Run, export: Export) -> None:
    path = export(STONES)
    ran = run("drivers", path, "--churned", "success", "--count", "patients", "--reference",
              "treatment=open")  # fmt: skip
    assert ran.status == 0
    assert "Simpson's reversal: treatment within stone" in ran.out
    assert "simpson-reversal" in ran.err
    assert "Chance alone could make it turn round." in ran.out


def test_cox_where_a_tenure_is_named(run: Run, export: Export) -> None:
    rows = "\n".join(
        f"{'yes' if at % 3 else 'no'},{1 + at * 7 % 30},{'ab'[at % 2]}" for at in range(90)
    )
    path = export(f"churned,weeks,plan\n{rows}\n")
    result = run("drivers", path, "--tenure", "weeks", "--json").json["result"]
    assert result["model"] == "cox"
    assert result["terms"][0]["hazard_ratio"] is not None
    assert result["terms"][0]["odds_ratio"] is None
    assert result["fit"]["ties"] == "efron"
    assert "hazard ratio" in run("drivers", path, "--tenure", "weeks").out


@pytest.mark.parametrize("suffix", ["png", "svg", "pdf"])
def test_the_chart_is_drawn(run: Run, tmp_path: Path, suffix: str) -> None:
    picture = tmp_path / f"chart.{suffix}"
    ran = run("drivers", SAMPLE, "--term", "plan", "--chart", picture)
    assert ran.status == 0
    assert picture.stat().st_size > 5000


@pytest.mark.parametrize(
    ("text", "arguments", "status", "code"),
    [
        ("", (), 1, "read.empty-file"),
        ("churned,plan\n", (), 1, "read.no-rows"),
        ("churned,plan\nyes,a\nyes,b\n", (), 1, "drivers.one-outcome"),
        ("churned,plan\nno,a\nno,b\n", (), 1, "finding.no-churn"),
        ("churned,plan\nno,a\nyes,a\n", (), 1, "drivers.no-terms"),
        ("churned,plan\nno,a\nyes,b\n", (), 1, "drivers.too-few"),
        ("a,b\n1,2\n3,4\n", (), 1, "role.churned-missing"),
        ("churned,plan\nno,a\nyes,b\n", ("--term", "churned"), 2, "drivers.outcome"),
        ("churned,plan\nno,a\nyes,b\n", ("--term", "plann"), 2, "usage.unknown-column"),
        ("churned,plan\nno,a\nyes,b\n", ("--seed", "-3"), 2, "drivers.seed"),
        ("churned,plan\nno,a\nyes,b\n", ("--model", "cox"), 1, "exposure.no-age"),
    ],
)
def test_what_cannot_be_answered_is_refused_with_a_reason(
    run: Run, export: Export, text: str, arguments: tuple[str, ...], status: int, code: str
) -> None:
    ran = run("drivers", export(text), *arguments, "--json")
    assert ran.status == status
    assert ran.json["error"]["code"] == code


def test_text_of_people_is_data(run: Run, export: Export) -> None:
    names = ["=1+1", "\x1b[31mred", "O'Brien; DROP TABLE x", '"q"', "x:y", ""]
    rows = "\n".join(
        f'{"yes" if at % 5 == 0 else "no"},"{names[at % 6].replace(chr(34), chr(34) * 2)}",{at % 7}'
        for at in range(300)
    )
    path = export(f'churned,"we:ird ""col"";--","$x^2$"\n{rows}\n')
    ran = run("drivers", path)
    assert ran.status == 0
    assert "\x1b" not in ran.out
    assert "(blank)" in ran.out


def test_a_snapshot_that_holds_some_columns_only_says_so(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    run("init", ".")
    run("project", "new", "Cut churn")
    run("data", "add", SAMPLE, "--name", "base")
    told = run("drivers")
    assert told.status == 0
    assert 'Not looked at, since the snapshot does not hold them: "seats"' in told.err
    assert "Saved as analysis" in told.err
    assert "Not looked at" not in run("drivers", "--term", "plan").err
    run("data", "refresh", "base", "--also", "seats")
    assert "Not looked at" not in run("drivers").err


def test_a_workbook_shows_the_ends_of_an_odds_ratio_as_ratios(run: Run, tmp_path: Path) -> None:
    import openpyxl

    path = tmp_path / "drivers.xlsx"
    assert run("drivers", SAMPLE, "-o", path, "-q").status == 0
    sheet = openpyxl.load_workbook(path).worksheets[0]
    forms = {cell.value: sheet.cell(2, cell.column).number_format for cell in sheet[1]}
    assert "%" not in forms["Low"] + forms["High"] + forms["Odds ratio"]
    assert forms["Rate"] == "0.00%"
