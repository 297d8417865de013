"""Names from files are data in every face."""

from __future__ import annotations

import csv
import io
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import openpyxl
import pytest

from dmaic.cli.render import print_table, render, write_result
from dmaic.cli.render.console import make_console
from dmaic.cli.render.envelope import to_json
from dmaic.cli.render.flat import to_csv
from dmaic.cli.render.html import to_html
from dmaic.cli.render.markdown import to_markdown
from dmaic.cli.render.workbook import write_xlsx
from dmaic.errors import OutputError, Problem, ReadError, UsageError
from dmaic.result import Inputs
from dmaic.stats.pareto import Concentration, ParetoResult, ParetoRow

NAMES = [
    "[red]bold[/red]",
    "\x1b[31mred\x1b[0m",
    "\x9b31mred",
    "<script>alert(1)</script>",
    '=HYPERLINK("http://x.example","y")',
    "+1", "-1", "@SUM(A1)", "\t=1+1", "\r=1+1",
    "a|b`c*d_e",
    'quote "; drop table x; --',
    "line\nbreak",
    "\u202egnp.exe",
    "$x^{2}$ \\frac",
    ":smile:",
    "https://x.example @someone www.x.example",
    "x" * 100_000,
    "",
]  # fmt: skip


def result(names: list[str], by: str = "seg|ment\n<b>") -> ParetoResult:
    share = 1 / len(names)
    rows = tuple(
        ParetoRow(category=(name,), churned=3, value=1.5, share=share, vital_few=index < 2,
                  cumulative_share=share * (index + 1), share_churned=share, share_value=share)
        for index, name in enumerate(names)
    )  # fmt: skip
    return ParetoResult(
        inputs=Inputs(source="\x1b]0;title\x07.csv", rows=9, filters=("a = '<i>'",)),
        by=(by,), measure="customers", cutoff=80, value_name="=mrr", rows=rows,
        total_churned=3 * len(names), total_value=1.5 * len(names),
        concentration=Concentration(gini=0, few=2, categories=len(names), few_share=0.5),
    )  # fmt: skip


@pytest.mark.parametrize("encoding", ["utf-8", "ascii", "cp1252"])
def test_terminal(encoding: str) -> None:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding=encoding, newline="\n")
    print_table(result(NAMES), make_console(stream, 100, plain=True))
    stream.flush()
    text = raw.getvalue().decode(encoding)
    assert not [c for c in text if c != "\n" and not c.isprintable()]
    assert "[red]bold[/red]" in text
    assert ":smile:" in text
    assert "\\x1b[31mred" in text


def test_json_changes_nothing_and_is_harmless() -> None:
    text = to_json("pareto", result(NAMES))
    assert [row["category"][0] for row in json.loads(text)["result"]["rows"]] == NAMES
    assert not [c for c in text if c != "\n" and not c.isprintable()]


def test_json_of_an_error_with_what_cannot_be_encoded() -> None:
    error = ReadError.of([Problem("read.no", "a\udcff", where="b"), Problem("read.b", "c")])
    envelope = json.loads(to_json("pareto", error=error).encode())
    assert envelope["result"] is None
    assert envelope["error"]["message"] == "a\udcff"
    assert [problem["code"] for problem in envelope["error"]["problems"]] == ["read.no", "read.b"]
    assert list(envelope) == ["schema", "command", "result", "findings", "error"]


def test_csv_cells_are_no_formulas() -> None:
    text = to_csv(result(NAMES))
    header, *rows = csv.reader(io.StringIO(text, newline=""))
    assert len(rows) == len(NAMES)
    assert not [cell for row in rows for cell in row if cell.startswith(tuple("=+-@\t\r"))]
    assert header[0] == "seg|ment\n<b>"
    names = [row[0] for row in rows]
    assert names[4] == "'" + NAMES[4]
    assert names[12] == "line\nbreak"
    assert "\x1b" not in text


def test_markdown_keeps_its_columns() -> None:
    lines = to_markdown(result(NAMES)).splitlines()
    table = [line for line in lines if line.startswith("|")]
    assert len(table) == len(NAMES) + 3
    assert len({line.replace("\\|", "").count("|") for line in table}) == 1
    text = "\n".join(lines)
    for active in ("<script", "://", "@someone", "www."):
        assert active not in text
    assert not re.search(r"(?<!\\)[$`\[\]_]", text)


def test_html_has_only_its_own_tags() -> None:
    seen = set()

    class Tags(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list) -> None:
            seen.add(tag)
            assert {name for name, _ in attrs} <= {"style", "class", "border"}

    Tags().feed(to_html(result(NAMES)))
    assert seen == {
        "div",
        "p",
        "strong",
        "br",
        "small",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
    }


def test_workbook(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write_result(result(NAMES), path)
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["Pareto", "About"]
    sheet = book["Pareto"]
    assert sheet.freeze_panes == "B2"
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f" or cell.hyperlink]
    names = [sheet.cell(line, 1).value for line in range(2, len(NAMES) + 2)]
    assert names[4] == "'" + NAMES[4]
    assert names[5:8] == ["'+1", "'-1", "'@SUM(A1)"]
    assert len(names[17]) <= 32_767
    heads = [cell.value for cell in sheet[1]]
    assert "cumulative share" in heads
    assert "rate" not in heads, "columns that hold nothing are left out"
    share = sheet.cell(2, heads.index("share") + 1)
    assert share.value == pytest.approx(1 / len(NAMES), rel=1e-12)
    assert share.number_format == "0.00%"
    about = dict(book["About"].iter_rows(min_row=2, max_col=2, values_only=True))
    assert about["source"] == "\\x1b]0;title\\x07.csv"


def test_workbook_is_the_same_every_time(tmp_path: Path) -> None:
    write_xlsx(result(NAMES), tmp_path / "a.xlsx")
    write_xlsx(result(NAMES), tmp_path / "b.xlsx")
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_workbook_where_none_can_be(tmp_path: Path) -> None:
    with pytest.raises(OutputError):
        write_xlsx(result(NAMES), tmp_path / "no" / "a.xlsx")


def test_a_by_column_may_be_named_like_a_figure() -> None:
    header, rows = result(["a", "b"], by="value").records()
    assert header[:3] == ("value (by)", "churned", "value")
    assert rows[0][:3] == ("a", 3, 1.5)
    assert len(set(header)) == len(header)


@pytest.mark.parametrize("name", ["a.csv", "a.json", "a.md", "a.txt"])
def test_the_ending_says_the_format(tmp_path: Path, name: str) -> None:
    write_result(result(["a", "b"]), tmp_path / name)
    ending = {"txt": "table"}.get(name[2:], name[2:])
    assert (tmp_path / name).read_text("utf-8") == render(result(["a", "b"]), format=ending)


@pytest.mark.parametrize("name", ["a", "a.docx"])
def test_an_ending_that_says_nothing(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match="ending") as caught:
        write_result(result(["a"]), tmp_path / name)
    assert caught.value.code == "usage.output-format"
    write_result(result(["a"]), tmp_path / name, format="csv")
    assert (tmp_path / name).read_text("utf-8") == to_csv(result(["a"]))


def test_an_unknown_format() -> None:
    with pytest.raises(UsageError) as caught:
        render(result(["a"]), format="jsn")
    assert caught.value.hint == 'Did you mean "json"?'
