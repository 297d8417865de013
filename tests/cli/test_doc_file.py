"""`dmaic doc import`, `export` and `edit`."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

from .conftest import Run

pytestmark = pytest.mark.usefixtures("mini")


def body(run: Run, kind: str = "charter") -> dict:
    return run("doc", "show", kind, "--json").json["result"]["body"]


@pytest.fixture
def edits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Make `EDITOR` a script that replaces texts in the file, or does more."""

    def say(*pairs: tuple[str, str], first: str = "", status: int = 0) -> Path:
        script = tmp_path / "editor.py"
        script.write_text(
            "import os, sys, pathlib, subprocess\n"
            "path = pathlib.Path(sys.argv[1])\n"
            "text = path.read_text('utf-8')\n"
            f"pathlib.Path({str(tmp_path / 'seen')!r}).write_text(text, 'utf-8')\n"
            f"{first}\n"
            f"for before, after in {pairs!r}:\n"
            "    assert before in text, before\n"
            "    text = text.replace(before, after, 1)\n"
            "path.write_text(text, 'utf-8')\n"
            f"sys.exit({status})\n"
        )
        monkeypatch.setenv("EDITOR", f"{sys.executable} {script}")
        return tmp_path / "seen"

    monkeypatch.delenv("VISUAL", raising=False)
    return say


def drafts() -> list[Path]:
    return sorted(Path("drafts").glob("*")) if Path("drafts").is_dir() else []


@pytest.mark.parametrize("ending", ["yaml", "json", "csv", "xlsx"])
def test_what_is_exported_is_imported_as_it_was(run: Run, tmp_path: Path, ending: str) -> None:
    run("doc", "set", "charter", "target=1.4", "by=2025-12-31", "problem==A1+1", "in_scope=a;b")
    run("doc", "add", "charter", "Measure", "due=2025-03-31")
    before = body(run)
    path = tmp_path / f"charter.{ending}"
    assert run("doc", "export", "charter", "-o", path).status == 0
    assert run("undo").status == 0
    assert body(run) != before
    assert run("doc", "import", "charter", path).status == 0
    assert body(run) == before
    assert "Nothing to change" in run("doc", "import", "charter", path, "--replace").out


def test_a_blank_form_holds_every_heading(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "fmea.csv"
    run("doc", "add", "fmea", "A step")
    run("doc", "export", "fmea", "--blank", "-o", path)
    assert path.read_text().startswith("Id,Step,Failure mode,Effect,Cause,")
    assert len(path.read_text().splitlines()) == 1


def test_headings_are_names_or_labels_in_any_case_and_more_columns_are_told(
    run: Run, tmp_path: Path
) -> None:
    path = tmp_path / "fmea.csv"
    path.write_text("STEP;Failur mode;RPN;severity\nCall;late;210;7\nMail;lost;;\n;;;\n")
    done = run("doc", "import", "fmea", path)
    assert done.status == 1
    assert 'has no field "Failur mode"' in done.err
    path.write_text("STEP;failure_mode;RPN;severity\nCall;late;210;7\nMail;lost;;\n;;;\n")
    done = run("doc", "import", "fmea", path)
    assert done.status == 0
    assert '"RPN" of fmea.csv was left out' in done.out
    lines = body(run, "fmea")["failures"]
    assert [(line["id"], line["mode"], line["severity"]) for line in lines] == [
        ("F1", "late", 7), ("F2", "lost", None),
    ]  # fmt: skip


def test_every_wrong_cell_is_told_with_row_and_column(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "fmea.csv"
    path.write_text("Id,Step,S,O,Due\nF1,a,11,x,2025-01-01\nF1,b,2,3,1.2.2025\nX9,c,1,1,\n")
    done = run("doc", "import", "fmea", path)
    assert done.status == 1
    for part in (
        'fmea.csv, row 2, column "S", failures.F1.severity: It must be at most 10.',
        'fmea.csv, row 2, column "O": "x" is no',
        "fmea.csv, row 3: The id F1 stands there twice.",
        'fmea.csv, row 3, column "Due": "1.2.2025" is no date',
        'fmea.csv, row 4, column "Id": "X9" is no id',
    ):
        assert part in done.err, part
    assert body(run, "fmea")["failures"] == []


def test_lines_with_an_id_are_changed_and_the_others_added(run: Run, tmp_path: Path) -> None:
    run("doc", "add", "fmea", "Call", "mode=late")
    path = tmp_path / "fmea.json"
    path.write_text(json.dumps({"failures": [{"id": "F1", "severity": 7}, {"step": "Mail"}]}))
    run("doc", "import", "fmea", path)
    lines = body(run, "fmea")["failures"]
    assert [(line["step"], line["severity"]) for line in lines] == [("Call", 7), ("Mail", None)]
    run("doc", "import", "fmea", path, "--replace")
    assert [line["step"] for line in body(run, "fmea")["failures"]] == ["", "Mail"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "document.no-fields"),
        ("# only a comment\n", "document.no-fields"),
        ("- a\n- b\n", "document.no-fields"),
        ("target: [1, 2]\n", "document.value"),
        ("target: 1\ntarget: 2\n", "document.twice"),
        ("target: 1\nTarget: 2\n", "document.twice"),
        ("nonsense: 1\n", "document.no-field"),
        ("a: &a [x]\nb: *a\n", "document.yaml"),
        ("a: {b: [\n", "document.yaml"),
        ("milestones: x\n", "document.value"),
        ("target: !!python/object/apply:os.system ['true']\n", "document.value"),
        ("[" * 5000, "document.yaml"),
        ("\x00\x01", "document.yaml"),
    ],
)
def test_hostile_yaml_is_refused_with_a_code(
    run: Run, tmp_path: Path, text: str, code: str
) -> None:
    path = tmp_path / "charter.yaml"
    path.write_text(text)
    done = run("doc", "import", "charter", path)
    assert done.status == 1
    assert f"error {code}: " in done.err


def test_a_mistake_in_yaml_is_told_with_its_line(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "charter.yaml"
    path.write_text("problem: no\nunit: 007\n\nmilestones:\n  - name: a\n    due: soon\n")
    done = run("doc", "import", "charter", path)
    assert 'error document.value: charter.yaml, line 6: "soon" is no date' in done.err
    path.write_text("problem: no\nunit: 007\nmetric: 2025-01-01\n")
    assert run("doc", "import", "charter", path).status == 0
    # Neither an answer, nor a number, nor a date: the texts that stand there.
    assert [body(run)[name] for name in ("problem", "unit", "metric")] == [
        "no",
        "007",
        "2025-01-01",
    ]


@pytest.mark.parametrize("data", [b"PK\x03\x04rubbish", b"", b"\xff\xfe\x00", b"a,b\n" * 10])
def test_a_file_that_is_no_workbook_is_refused(run: Run, tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "fmea.xlsx"
    path.write_bytes(data)
    done = run("doc", "import", "fmea", path)
    assert done.status == 1
    assert "error document.workbook: " in done.err


def test_a_workbook_with_a_stray_cell_far_away_is_refused(run: Run, tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    sheet["A1"], sheet["XFD1048576"] = "Step", "x"
    book.save(tmp_path / "fmea.xlsx")
    done = run("doc", "import", "fmea", tmp_path / "fmea.xlsx")
    assert "error document.too-large: " in done.err


def test_a_workbook_of_a_person_is_read(run: Run, tmp_path: Path) -> None:
    import datetime

    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Failures"
    sheet.append(["Step", "Failure mode", "S", "Due"])
    sheet.append(["Call", "late", 7, datetime.datetime(2025, 5, 15)])
    book.create_sheet("Notes").append(["whatever"])
    book.save(tmp_path / "fmea.xlsx")
    done = run("doc", "import", "fmea", tmp_path / "fmea.xlsx")
    assert done.status == 0
    assert 'sheet "Notes" was left out' in done.out
    line = body(run, "fmea")["failures"][0]
    assert (line["step"], line["severity"], line["due"]) == ("Call", 7, "2025-05-15")


def test_the_editor_shows_help_and_what_is_saved_is_kept(run: Run, edits) -> None:
    seen = edits(("baseline:", "baseline: 2,2"), ("in_scope:", "in_scope: a; b"))
    done = run("doc", "edit", "charter")
    assert done.status == 0
    assert "baseline  – → 2.2" in done.out
    assert "# Baseline (needed): The metric today." in seen.read_text()
    assert "# Example: 2.2" in seen.read_text()
    assert drafts() == []


def test_a_mistake_is_marked_above_its_line_and_the_draft_is_kept(run: Run, edits) -> None:
    edits(("baseline:", "baseline: abc"), ("metric:", "metric: churn"))
    done = run("doc", "edit", "charter")
    assert done.status == 1
    assert '"abc" is no number' in done.err
    (draft,) = drafts()
    assert str(draft.resolve()) in done.err
    text = draft.read_text()
    assert '#! "abc" is no number. Example: 2.2.\nbaseline: abc\n' in text
    if os.name == "posix":
        assert draft.stat().st_mode & 0o077 == 0
    edits(("baseline: abc", "baseline: 2.2"))
    done = run("doc", "edit", "charter")
    assert done.status == 0
    assert "Going on with your draft" in done.err
    assert (body(run)["baseline"], body(run)["metric"]) == (2.2, "churn")
    assert drafts() == []


def test_someone_elses_change_is_shown_and_nothing_is_overwritten(run: Run, edits) -> None:
    run("doc", "set", "charter", "baseline=2", "unit=%")
    words = ("-m", "dmaic", "doc", "set", "charter", "baseline=3", "metric=churn", "-q")
    edits(
        ("baseline: 2", "baseline: 4"),
        ("target:", "target: 1"),
        first="os.environ['DMAIC_ACTOR'] = 'Dana'\n"
        f"subprocess.run([sys.executable, *{words!r}], check=True, stdout=subprocess.DEVNULL)",
    )
    done = run("doc", "edit", "charter")
    assert done.status == 1
    assert "Dana changed the project charter while you edited it" in done.err
    assert "Dana: baseline: 2 → 3" in done.err
    assert "you: baseline: 2 → 4" in done.err
    assert body(run)["baseline"] == 3
    (draft,) = drafts()
    assert "#! Dana wrote here: 3\nbaseline: 4\n" in draft.read_text()
    edits(("baseline: 4", "baseline: 5"))
    assert run("doc", "edit", "charter").status == 0
    kept = body(run)
    assert (kept["baseline"], kept["target"], kept["metric"], kept["unit"]) == (5, 1, "churn", "%")


def test_nothing_done_keeps_no_draft(run: Run, edits) -> None:
    edits()
    assert "Nothing to change" in run("doc", "edit", "charter").out
    edits(status=1)
    assert "write.editor" in run("doc", "edit", "charter").err
    assert drafts() == []


def test_an_editor_that_fails_keeps_what_was_written(run: Run, edits) -> None:
    edits(("baseline:", "baseline: 2"), status=3)
    done = run("doc", "edit", "charter")
    assert done.status == 1
    assert "Your draft is kept." in done.err
    assert "baseline: 2" in drafts()[0].read_text()
    assert body(run)["baseline"] is None


def test_an_emptied_file_writes_nothing(run: Run, edits, monkeypatch: pytest.MonkeyPatch) -> None:
    run("doc", "set", "charter", "baseline=2")
    edits(first="text = ''")
    done = run("doc", "edit", "charter")
    assert "nothing was written" in done.err
    assert body(run)["baseline"] == 2
    assert drafts() == []
    monkeypatch.setenv("EDITOR", "no-such-editor-here")
    assert "usage.editor" in run("doc", "edit", "charter").err


def test_a_link_in_the_place_of_a_draft_is_not_written_through(
    run: Run, edits, tmp_path: Path
) -> None:
    """A link laid before the edit begins, and one that the editor leaves."""
    other = tmp_path / "other.txt"
    other.write_text("mine")
    script = f"path.unlink(); os.symlink({str(other)!r}, path); sys.exit(0)"
    edits(first=script)
    assert run("doc", "edit", "charter").status != 0
    assert other.read_text() == "mine"
    # The link of the editor lies there still, and the next edit does not follow it either.
    assert [each.is_symlink() for each in drafts()] == [True]
    ran = run("doc", "edit", "charter")
    assert ran.status == 1
    assert "document.unreadable" in ran.err
    assert other.read_text() == "mine"
