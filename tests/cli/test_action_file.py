"""`dmaic action import` and `export`: CSV both ways, and calendars."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture
def plan(run, mini: Path) -> Path:
    run("team", "add", "Sam")
    run("team", "add", "Dana Reyes")
    run("action", "add", "Call, then write", "--owner", "sam", "--due", "2026-12-05")
    run("action", "add", "=Sum", "--owner", "dana", "--due", "2026-11-01")
    run("action", "done", "=sum", "--on", "2026-11-01")
    run("action", "move", "call", "--due", "2026-12-07", "--reason", "ill")
    run("action", "drop", "call", "--reason", "no use")
    return mini


def write(text: str, name: str = "plan.csv", encoding: str = "utf-8") -> Path:
    path = Path(name)
    path.write_bytes(text.encode(encoding))
    return path


def rows(run, *words: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = run("action", "list", *words, "--json").json["result"]["actions"]
    return found


def test_what_is_exported_is_read_again_and_left_alone(run, plan: Path) -> None:
    assert run("action", "export", "-o", "plan.csv").status == 0
    ran = run("action", "import", "plan.csv")
    assert ran.status == 0
    assert "2 rows left alone: here already." in ran.out
    assert len(rows(run)) == 2


def test_another_project_reads_the_same_actions_from_the_export(run, plan: Path) -> None:
    run("action", "export", "-o", "plan.csv")
    before = rows(run)
    run("project", "new", "Other")
    for name in ("Sam", "Dana Reyes"):
        run("team", "add", name, "-p", "other")
    assert run("action", "import", "plan.csv", "-p", "other").status == 0
    after = rows(run, "-p", "other")
    own = {"id", "moved"}
    assert [{k: v for k, v in each.items() if k not in own} for each in after] == [
        {k: v for k, v in each.items() if k not in own} for each in before
    ]


def test_a_file_from_a_spreadsheet_is_read(run, plan: Path) -> None:
    write("\ufeffTitle;Owner;Due;Side;Note\r\nTrain;sam;2026-12-01;;x\r\n;;;;\r\n"
          "Send files;Ann Bo;2026-12-02;Customer;\r\n")  # fmt: skip
    ran = run("action", "import", "plan.csv", "--phase", "control")
    assert ran.status == 0
    assert "Added 2 actions" in ran.out
    assert 'Columns that mean nothing here: "Note".' in ran.out
    found = {each["title"]: each for each in rows(run)}
    assert found["Train"]["owner"] == "Sam"
    assert (found["Send files"]["owner"], found["Send files"]["side"]) == ("Ann Bo", "customer")
    assert found["Train"]["phase"] == "control"
    assert found["Train"]["first_due"] == "2026-12-01"
    assert "2 rows left alone" in run("action", "import", "plan.csv").out


def test_all_mistakes_are_told_with_row_and_column_and_nothing_is_added(run, plan: Path) -> None:
    write(
        "title,owner,due,side,state,done_on,phase\n"
        "Good,sam,2026-12-01,,,,\n"
        ",bob,2026-13-01,custmer,,,\n"
        "Future,sam,2026-12-01,,done,2026-11-22,\n"
        "Undated,sam,2026-12-01,,done,,\n"
        "Odd,sam,2026-12-01,,,2026-11-01,nowhere\n"
    )
    before = (plan / "dmaic.db").read_bytes()
    ran = run("action", "import", "plan.csv", "--json")
    assert ran.status == 1
    error = ran.json["error"]
    told = [error, *error["more"]] if "more" in error else error["problems"]
    places = [each["where"] for each in told]
    assert [place.removeprefix("plan.csv, row ") for place in places] == [
        '3, column "side"', '3, column "due"', '3, column "title"', '3, column "owner"',
        '4, column "done_on"', '5, column "done_on"', '6, column "done_on"', '6, column "phase"',
    ]  # fmt: skip
    assert (plan / "dmaic.db").read_bytes() == before


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "read.no-rows"),
        ("title,owner,due\n", "read.no-rows"),
        ("title,ownr,due\nx,sam,2026-12-01\n", "action.column"),
        ("title,owner,due\nx,sam,2026-12-01\n" * 2600, "read.too-large"),
        ("title,owner,due\n" + "x" * 200_000 + ",sam,2026-12-01\n", "read.failed"),
        ("title,owner,due\n" + "x" * 201 + ",sam,2026-12-01\n", "field.value"),
        ("title,owner,due\nx\0,sam,2026-12-01\n", "read.binary"),
    ],
)
def test_files_that_are_no_plan(run, plan: Path, text: str, code: str) -> None:
    write(text)
    ran = run("action", "import", "plan.csv", "--json")
    assert (ran.status, ran.json["error"]["code"]) == (1, code)


def test_files_that_cannot_be_read(run, plan: Path) -> None:
    write("title,owner,due\nGrün,sam,2026-12-01\n", encoding="cp1252")
    assert run("action", "import", "plan.csv", "--json").json["error"]["code"] == "read.encoding"
    assert run("action", "import", "no.csv", "--json").json["error"]["code"] == "read.not-found"
    assert run("action", "import", "data", "--json").json["error"]["code"] == "read.failed"
    Path("big.csv").write_bytes(b"x" * 5_000_001)
    assert run("action", "import", "big.csv", "--json").json["error"]["code"] == "read.too-large"


def test_one_persons_dates_go_into_a_calendar(run, plan: Path) -> None:
    ran = run("action", "export", "-o", "sam.ics", "--owner", "sam")
    assert ran.status == 0
    assert "Wrote 1 action to sam.ics." in ran.out
    text = Path("sam.ics").read_bytes().decode()
    assert text.count("BEGIN:VTODO") == 1
    assert "SUMMARY:Sam: Call\\, then write (dropped)\r\n" in text
    assert "DUE;VALUE=DATE:20261207\r\n" in text
    assert "BEGIN:VEVENT" in run("action", "export", "--format", "ics", "--events").out


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["-o", "plan.txt"], "usage.output-format"),
        (["-o", "plan"], "usage.output-format"),
        (["--events"], "usage.format"),
        (["-o", "no/plan.ics"], "write.no-folder"),
    ],
)
def test_outputs_that_cannot_be(run, plan: Path, words: list[str], code: str) -> None:
    ran = run("action", "export", *words)
    assert ran.status in (1, 2)
    assert f"error {code}:" in ran.err
