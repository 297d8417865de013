"""`dmaic doc`: fill, show, compare and undo the working documents."""

from __future__ import annotations

from pathlib import Path

import pytest

from .conftest import Run

pytestmark = pytest.mark.usefixtures("mini")


def body(run: Run, kind: str = "charter") -> dict:
    return run("doc", "show", kind, "--json").json["result"]["body"]


def test_fields_are_set_and_the_reply_tells_what_changed_and_what_lacks(run: Run) -> None:
    done = run("doc", "set", "charter", "target=1.4", "by=2025-12-31", "annual_cost=$5.0M")
    assert done.status == 0
    assert "target       – → 1.4" in done.out
    assert "still missing" in done.out
    assert "Undo: dmaic undo" in done.err
    assert "Next: dmaic doc set charter" in done.err
    assert body(run)["annual_cost"] == 5_000_000
    assert run("undo").status == 0
    assert body(run)["target"] is None


def test_all_wrong_fields_are_told_at_once_and_nothing_is_written(run: Run) -> None:
    done = run("doc", "set", "charter", "target=abc", "by=31.12.2025", "basline=2", "M9.due=x",
               "baseline=2.2")  # fmt: skip
    assert done.status == 1
    assert 'target: "abc" is no number' in done.err
    assert "write it as 2025-12-31" in done.err
    assert 'Did you mean "baseline"?' in done.err
    assert 'has no line "M9"' in done.err
    assert body(run)["baseline"] is None


def test_a_field_may_be_emptied_and_a_list_given_in_parts(run: Run) -> None:
    run("doc", "set", "charter", "in_scope=sign-up; onboarding", "in_scope=support", "metric=x")
    assert body(run)["in_scope"] == ["sign-up", "onboarding", "support"]
    run("doc", "set", "charter", "metric=", "in_scope=")
    assert body(run)["metric"] == ""
    assert body(run)["in_scope"] == []


def test_a_line_is_added_changed_and_removed_by_its_id(run: Run) -> None:
    done = run("doc", "add", "charter", "Measure tollgate", "due=2025-03-31")
    assert "Added M1 to milestones." in done.out
    run("doc", "add", "charter", "milestones", "name=Analyze tollgate", "due=2025-05-31")
    run("doc", "set", "charter", "m2.due=2025-06-30")
    assert [line["id"] for line in body(run)["milestones"]] == ["M1", "M2"]
    assert body(run)["milestones"][1]["due"] == "2025-06-30"
    assert run("doc", "rm", "charter", "M1").status == 0
    assert [line["id"] for line in body(run)["milestones"]] == ["M2"]
    run("doc", "add", "charter", "Control tollgate")
    assert [line["id"] for line in body(run)["milestones"]] == ["M2", "M3"]


def test_texts_are_added_to_a_list_of_texts(run: Run) -> None:
    run("doc", "add", "charter", "risks", "No segment is known")
    run("doc", "add", "charter", "risks", "Nobody has time", "The API is late")
    assert body(run)["risks"] == ["No segment is known", "Nobody has time", "The API is late"]


def test_a_list_must_be_named_where_there_are_several(run: Run) -> None:
    done = run("doc", "add", "ctq", "text=x")
    assert done.status == 1
    assert "document.which-list" in done.err
    assert "verbatims" in done.err


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("doc", "show", "chartre"), "document.unknown"),
        (("doc", "set", "charter"), "document.no-pair"),
        (("doc", "set", "charter", "target"), "document.no-pair"),
        (("doc", "set", "charter", "target=1", "target=2"), "document.twice"),
        (("doc", "set", "charter", "milestones=x"), "document.is-list"),
        (("doc", "add", "charter"), "document.nothing-to-add"),
        (("doc", "add", "charter", "a", "b"), "document.too-many-words"),
        (("doc", "rm", "charter", "M1"), "document.no-line"),
        (("doc", "diff", "charter"), "document.no-version"),
        (("doc", "show", "charter", "--version", "1"), "document.no-version"),
        (("doc", "show", "charter", "--chart", "x.png"), "document.no-chart"),
        (("doc", "import", "charter", "none.yaml"), "document.no-file"),
        (("doc", "import", "charter", "none.pdf"), "document.format"),
        (("doc", "export", "charter", "-o", "x.pdf"), "usage.output-format"),
        (("doc", "edit", "charter", "--no-input"), "usage.editor"),
    ],
)
def test_what_cannot_be_done_is_told_with_a_code(
    run: Run, words: tuple[str, ...], code: str
) -> None:
    done = run(*words)
    assert done.status in (1, 2)
    assert f"error {code}: " in done.err
    assert done.out == ""


def test_a_line_that_another_document_refers_to_stays(run: Run) -> None:
    run("doc", "add", "causes", "No exchange format", "status=suspected")
    run("doc", "add", "solutions", "API", "causes=c1")
    done = run("doc", "rm", "causes", "C1")
    assert done.status == 1
    assert "document.referred" in done.err
    assert "Solutions refers to C1, at solutions.S1.causes." in done.err
    assert "dmaic doc set solutions S1.causes=..." in done.err
    run("doc", "set", "solutions", "S1.causes=")
    assert run("doc", "rm", "causes", "C1").status == 0


def test_an_import_that_drops_a_referred_line_is_refused(run: Run, tmp_path: Path) -> None:
    run("doc", "add", "causes", "No exchange format", "status=suspected")
    run("doc", "add", "solutions", "API", "causes=C1")
    path = tmp_path / "causes.yaml"
    path.write_text("causes:\n  - cause: Other\n    id: C2\n")
    done = run("doc", "import", "causes", path, "--replace")
    assert "document.referred" in done.err
    assert run("doc", "import", "causes", path).status == 0
    assert [line["id"] for line in body(run, "causes")["causes"]] == ["C1", "C2"]


def test_the_list_tells_how_complete_each_document_is(run: Run) -> None:
    run("doc", "set", "charter", "target=1.4")
    items = {
        item["document"]: item for item in run("doc", "list", "--json").json["result"]["items"]
    }
    assert items["charter"]["state"] == "incomplete"
    assert items["charter"]["changed_by"] == "ada"
    assert items["fmea"]["state"] == "not begun"
    table = run("doc", "list", "--phase", "define").out
    assert "Documents: 0 of 6 complete" in table
    assert "fmea" not in table


def test_a_complete_document_says_so_and_every_gap_has_its_command(run: Run) -> None:
    shown = run("doc", "show", "charter").out
    assert "dmaic doc set charter baseline=2.2" in shown
    assert "dmaic doc add charter name='Measure tollgate'" in shown
    for name, value in {
        "problem": "p", "business_case": "b", "annual_cost": "5M", "metric": "churn",
        "baseline": "2.2", "target": "1.4", "by": "2025-12-31", "in_scope": "a",
        "out_of_scope": "b",
    }.items():  # fmt: skip
        run("doc", "set", "charter", f"{name}={value}", "-q")
    done = run("doc", "add", "charter", "Measure", "due=2025-03-31")
    assert "Nothing is missing in the project charter." in done.out
    assert "Complete." in run("doc", "show", "charter").out
    result = run("doc", "show", "charter", "--json").json["result"]
    assert result["complete"] is True
    # (1.4 - 2.2) / 2.2 of the worked case.
    assert result["figures"][0]["value"] == pytest.approx(-0.363636, abs=1e-6)


def test_history_versions_and_differences_come_from_the_journal(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("doc", "set", "charter", "target=1.4", "metric=churn")
    monkeypatch.setenv("DMAIC_ACTOR", "Dana")
    run("doc", "set", "charter", "target=1.2")
    versions = run("doc", "history", "charter", "--json").json["result"]["versions"]
    assert [each["actor"] for each in versions] == ["Dana", "ada"]
    assert versions[0]["changed"] == ["target"]
    first = versions[1]["version"]
    assert "1.4" in run("doc", "show", "charter", "--version", first).out
    changed = run("doc", "diff", "charter", "--json").json["result"]["changed"]
    assert changed == [{"field": "target", "before": "1.4", "after": "1.2"}]
    whole = run("doc", "diff", "charter", 0, "--json").json["result"]["changed"]
    assert {each["field"] for each in whole} == {"target", "metric"}
    assert "document.no-version" in run("doc", "diff", "charter", 1).err


def test_a_dry_run_changes_nothing(run: Run) -> None:
    done = run("doc", "set", "charter", "target=1.4", "--dry-run")
    assert "Would do: Filled in the project charter." in done.out
    assert body(run)["target"] is None
    assert run("doc", "history", "charter", "--json").json["result"]["versions"] == []


def test_a_text_comes_from_a_file(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "problem.txt"
    path.write_text("First line.\nSecond line.\n")
    assert run("doc", "set", "charter", "--file", f"problem={path}").status == 0
    assert body(run)["problem"] == "First line.\nSecond line."


@pytest.mark.parametrize("text", ["=1+1", "[bold]x[/]", "\x1b[31mred", "{{7*7}}", "'; DROP--", "%"])
def test_texts_of_people_stay_what_they_are(run: Run, text: str) -> None:
    run("doc", "set", "charter", f"problem={text}")
    assert body(run)["problem"] == text
    assert "\x1b" not in run("doc", "show", "charter").out


def test_a_huge_text_is_refused_with_its_limit(run: Run) -> None:
    done = run("doc", "set", "charter", "problem=" + "x" * 20_001)
    assert done.status == 1
    assert "longer than 20,000 characters" in done.err


def test_the_shell_offers_the_names_of_documents() -> None:
    from dmaic.cli.completion import complete_document

    assert complete_document("CO") == ["communication", "control-plan"]


def test_a_document_with_a_chart_is_drawn(run: Run) -> None:
    run("doc", "add", "fishbone", "causes", "No exchange format")
    assert run("doc", "show", "fishbone", "--chart", "fish.svg").status == 0
    assert Path("fish.svg").read_text("utf-8").startswith("<?xml")
