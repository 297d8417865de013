"""Names and values that mean something to SQL, to a terminal or to a spreadsheet are data."""

from __future__ import annotations

import csv
import io
import json

import pytest


def table(*rows: list[object]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()


NAMES = [
    "shape", "zero", "cells", "cell", "word", "k", "k0", "lost", "kept", "a0", "m0", "id", "r", "l",
    "v", "i", "p", "__key", "__dmaic_row", "select", "order", "count", "main", "rowid", "column0",
    'se"g', "se;g", "[seg]", "😀", "\u202eseg", "*", "%s", "{{7*7}}", "'", "a.b", "a:month", "NULL",
    "customers", "none", "--by", "[red]x", "\x1b[31mred", "<script>", "$(x)", "x" * 5000,
]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_any_header_can_be_grouped_by(run, export, name) -> None:
    # Of 90 customers every third is lost, half of them A; amounts and dates need the closer look.
    rows = [
        [f"c{n}", "AB"[n % 2], f"${n % 7}.50", ("gone", "here")[n % 3 > 0],
         f"{n % 12 + 1:02d}/{n % 27 + 1:02d}/2024" if n % 3 == 0 else ""]
        for n in range(90)
    ]  # fmt: skip
    path = export(table(["cust", name, "mrr", "state", "churn_date"], *rows))
    said = ("--customer", "cust", "--churned-when", "state = 'gone'", "--churned-at", "churn_date")
    ran = run("pareto", path, "--by", name, *said, "--value", "mrr", "--since", "2024", "--json")
    assert ran.status == 0, ran.err
    assert {
        name: (row["churned"], row["exposure"], row["value"]) for name, row in ran.rows.items()
    } == {
        group: (15, 45, sum(n % 7 + 0.5 for n in range(90) if n % 3 == 0 and "AB"[n % 2] == group))
        for group in "AB"
    }
    assert "\x1b" not in ran.err
    assert "\u202e" not in ran.err


@pytest.mark.parametrize("name", ["__key", "k", "l", "r", "shape"])
def test_a_related_file_may_call_its_columns_anything(run, export, name) -> None:
    path = export(table(["id", "churned", name], *[[n, "yn"[n % 2], 1] for n in range(20)]))
    other = export(
        table(["id", "segment", name], *[[n, "AB"[n // 10], 2] for n in range(20)]), "o.csv"
    )
    ran = run("pareto", path, "--with", other, "--on", "id", "--by", "segment", "--json")
    assert ran.status == 0, ran.err
    assert {key: (row["churned"], row["exposure"]) for key, row in ran.rows.items()} == {
        "A": (5, 10),
        "B": (5, 10),
    }


VALUES = [
    "[red]", "[/bold]", "\x1b[31mred\x1b[0m", "\x1b]8;;http://e.x\x07link\x1b]8;;\x07", "\x9b31m",
    "<script>alert(1)</script>", '=HYPERLINK("http://e","x")', "@SUM(1)", "+1", "-1", "'", '"',
    ";--", "$(rm -rf /)", "{{7*7}}", "%s", "w" * 3000, "a\u0301\u0302", "z\u200bw", "\u202eRTL",
    "(blank)", "Other", "1", "2.0", "NaN", "NULL", "line\nbreak", "a|b", "$x_1^2", "\\frac{1}{2}",
    "*star*", "`code`", "[l](http://e)", "&amp;", "😀", "\x01", "\x08\x08", "\uffff",
    "=cmd|' /C calc'!A0",
]  # fmt: skip


@pytest.fixture
def hostile(export):
    # Value number n is lost by n % 4 + 1 of as many customers, and kept by one.
    rows = [
        [f"{n}.{k}", value, k + 1, "No" if k == 0 else "Yes"]
        for n, value in enumerate(VALUES)
        for k in range(n % 4 + 2)
    ]
    return export(table(["id", "segment", "mrr", "churned"], *rows))


def test_json_holds_values_unchanged(run, hostile) -> None:
    ran = run("pareto", hostile, "--by", "segment", "--json")
    assert ran.status == 0, ran.err
    assert {name: (row["churned"], row["exposure"]) for name, row in ran.rows.items()} == {
        value: (n % 4 + 1, n % 4 + 2) for n, value in enumerate(VALUES)
    }


@pytest.mark.parametrize("width", ["1", "10", "80", "100000"])
def test_the_terminal_gets_no_control(run, hostile, monkeypatch, width) -> None:
    monkeypatch.setenv("COLUMNS", width)
    ran = run("pareto", hostile, "--by", "segment")
    assert ran.status == 0
    shown = ran.out + ran.err
    assert not {each for each in shown if ord(each) < 32 and each != "\n"}
    assert not set(shown) & {"\x7f", "\x9b", "\u202e", "\u200b"}


def test_files_hold_no_formula_and_no_markup(run, hostile, tmp_path) -> None:
    for name in ("out.csv", "out.md", "out.xlsx", "out.svg"):
        option = "--chart" if name.endswith("svg") else "-o"
        ran = run("pareto", hostile, "--by", "segment", option, tmp_path / name)
        assert ran.status == 0, ran.err
    with (tmp_path / "out.csv").open(newline="", encoding="utf-8-sig") as file:
        cells = [row[0] for row in csv.reader(file)]
    assert len(cells) == len(VALUES) + 1
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]
    assert "<script" not in (tmp_path / "out.md").read_text("utf-8")
    assert "<script" not in (tmp_path / "out.svg").read_text("utf-8")
    from openpyxl import load_workbook

    book = load_workbook(tmp_path / "out.xlsx")
    every = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert len(every) > len(VALUES)
    assert not [cell for cell in every if cell.data_type == "f" or cell.hyperlink]


def test_inspect_shows_hostile_names_harmlessly(run, hostile) -> None:
    ran = run("inspect", hostile)
    assert ran.status == 0
    assert not {each for each in ran.out + ran.err if ord(each) < 32 and each != "\n"}
    assert json.loads(run("inspect", hostile, "--json").out)["result"]["inputs"]["rows"] > 39


@pytest.mark.parametrize(
    "condition",
    ["1=1 or", "(select 1) = 1", "exists(select 1)", "id in (select id from t)",
     "id = 1; drop table t",
     "read_csv('/etc/passwd')", "read_text('/etc/passwd') = 'x'", "copy t to 'x'", "attach 'x'",
     "pragma version", "id = 1 -- x", "id = 1 /* x */", "id = 1 union select 1",
     "getenv('HOME') = 'x'",
     "columns('*') > 1", "cast(id as int) > 1", "random() > 0.5", "repeat('x', 1000000000) = 'x'",
     "segment = $1", "segment = ?", "mrr in ()", "mrr > 1e400", "'A'", "not " * 2000 + "true",
     "(" * 500 + "mrr > 2" + ")" * 500, "mrr" + "+1" * 5000 + " > 1", "segment <> “A”"],
)  # fmt: skip
@pytest.mark.parametrize("option", ["--where", "--churned-when"])
def test_conditions_reach_nothing_but_the_columns(run, hostile, option, condition) -> None:
    ran = run("pareto", hostile, "--by", "segment", option, condition)
    assert ran.status == 2
    assert "error where." in ran.err
    assert "Traceback" not in ran.err
