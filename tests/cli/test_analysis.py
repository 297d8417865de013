"""`dmaic analysis`: saved results shown again, run again, compared."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from dmaic.analysis.catalogue import ANALYSES
from dmaic.analysis.registry import asked, restore
from dmaic.errors import DataError
from dmaic.project.data.figure import unknown_step

ROWS = [
    f"C{n},{'ABC'[n % 3]},{'XY'[n % 2]},{n % 7 + 1},{'Yes' if n % 4 == 0 else 'No'},"
    f"{f'2024-0{n % 8 + 1}-15' if n % 4 == 0 else ''}"
    for n in range(120)
]
EXPORT = "customer_id,segment,plan,mrr,churned,churn_date\n" + "\n".join(ROWS) + "\n"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run) -> Path:
    monkeypatch.setenv("DMAIC_ACTOR", "dana")
    folder = tmp_path / "engagement"
    assert run("init", folder).status == 0
    monkeypatch.chdir(folder)
    assert run("project", "new", "Cut churn").status == 0
    (folder / "export.csv").write_text(EXPORT, "utf-8")
    assert run("data", "add", "export.csv", "--name", "q3").status == 0
    return folder


def items(run, *words: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = run("analysis", "list", "--json", *words).json["result"]["items"]
    return found


def save(run, *words: str) -> tuple[str, Any]:
    """Run an analysis and give its id and its answer."""
    ran = run(*words, "--json")
    assert ran.status == 0, ran.err
    return ran.err.split("Saved as analysis ")[1].split(":")[0], ran


QUESTIONS = [
    ("pareto", "--by", "segment"),
    ("pareto", "--by", "segment", "--by", "plan", "--measure", "value", "--rank-by", "excess"),
    ("pareto", "--by", "segment", "--drill", "plan", "--top", "2", "--min-size", "2"),
    ("pareto", "--by", "segment", "--split", "quarter"),
    ("pareto", "--by", "churn_date:month", "--since", "2024-02", "--where", "mrr > 2"),
    ("inspect",),
]


@pytest.mark.parametrize("words", QUESTIONS, ids=" ".join)
def test_a_saved_result_shows_as_it_did_in_every_face(home: Path, run, words) -> None:
    id, ran = save(run, *words)
    (home / "export.csv").unlink()
    for file in home.glob("data/*"):
        file.unlink()
    shown = run("analysis", "show", id, "--json").json
    assert shown["result"] == ran.json["result"]
    assert shown["findings"] == ran.json["findings"]
    for face in ("table", "csv", "md"):
        assert run("analysis", "show", id[:4], "--format", face).status == 0
    assert run("analysis", "show", id, "-o", "result.xlsx").status == 0


def test_the_chart_of_a_saved_result(home: Path, run) -> None:
    id, _ = save(run, "pareto", "--by", "segment")
    assert run("analysis", "show", id, "--chart", "chart.svg").status == 0
    assert (home / "chart.svg").read_text("utf-8").lstrip().startswith("<?xml")


def test_running_again_keeps_the_old_result(home: Path, run) -> None:
    old, before = save(run, "pareto", "--by", "segment", "--measure", "value")
    (home / "export.csv").write_text(EXPORT.replace("C4,B", "C4,A"), "utf-8")
    run("data", "refresh")
    assert [each["state"] for each in items(run)] == ["stale"]
    ran = run("analysis", "rerun", "--stale")
    assert ran.status == 0
    (current,) = items(run)
    assert (current["state"], current["replaces"]) == ("current", old)
    assert current["parameters"] == {"by": ["segment"], "measure": "value"}
    assert [each["state"] for each in items(run, "--all")] == ["replaced", "current"]
    assert run("analysis", "show", old, "--json").json["result"] == before.json["result"]
    assert f"dmaic analysis show {current['id']}" in run("analysis", "show", old).err
    assert "No analysis is stale." in run("analysis", "rerun").out


def test_running_again_on_the_same_data_keeps_nothing_new(home: Path, run) -> None:
    id, _ = save(run, "pareto", "--by", "segment")
    save(run, "inspect")
    ran = run("analysis", "rerun", "--all")
    assert "Undo" not in ran.err
    assert ran.out.count("the same data, the same figures") == 2
    assert run("analysis", "rerun", id).status == 0
    assert len(items(run, "--all")) == 2


def test_nothing_is_kept_where_one_cannot_be_run(home: Path, run) -> None:
    save(run, "pareto", "--by", "plan")
    save(run, "pareto", "--by", "segment")
    (home / "export.csv").write_text(EXPORT.replace("segment", "sector"), "utf-8")
    run("data", "refresh", "q3", "--segment", "none")
    ran = run("analysis", "rerun")
    assert ran.status == 2
    assert "error usage.unknown-column" in ran.err
    assert "Pareto by segment" in ran.err
    assert {each["state"] for each in items(run)} == {"stale"}


def test_an_analysis_of_a_removed_dataset(home: Path, run) -> None:
    id, _ = save(run, "pareto", "--by", "segment")
    run("data", "rm", "q3")
    ran = run("analysis", "rerun", id)
    assert (ran.status, ran.out) == (1, "")
    assert "error analysis.no-dataset" in ran.err


def test_which_to_run_is_said_in_one_way(home: Path, run) -> None:
    for words in (("--stale", "--all"), ("abc", "--stale")):
        ran = run("analysis", "rerun", *words)
        assert (ran.status, ran.out) == (2, "")
        assert "error usage.analysis-which" in ran.err


def test_two_side_by_side_tell_what_moved(home: Path, run) -> None:
    one, _ = save(run, "pareto", "--by", "segment")
    text = EXPORT
    # All lost customers of segment C but one move to a new segment D.
    for n in range(12, 120, 12):
        text = text.replace(f"C{n},{'ABC'[n % 3]}", f"C{n},D")
    (home / "export.csv").write_text(text, "utf-8")
    run("data", "refresh")
    run("analysis", "rerun")
    (after,) = items(run)
    ran = run("analysis", "diff", one, after["id"], "--json")
    result = ran.json["result"]
    assert '"D" is new.' in result["sentences"]
    assert '"D" joins the vital few.' in result["sentences"]
    figures = {(each["row"], each["figure"]): each for each in result["figures"]}
    # Of 120 every fourth is lost: 10 of each segment; 9 of A's (12, 24, ... 108) are D's now.
    lost = figures["A", "churned"]
    assert (lost["before"], lost["after"], lost["change"]) == (10, 1, -9)
    assert figures["D", "churned"]["before"] is None
    assert figures["", "total_churned"]["change"] == 0
    words = run("analysis", "diff", one, after["id"])
    assert "before  Pareto by segment" in words.out
    csv = run("analysis", "diff", one, after["id"], "--format", "csv").out
    assert "A,churned,10" in csv


def test_what_was_asked_otherwise_is_told(home: Path, run) -> None:
    one, _ = save(run, "pareto", "--by", "segment")
    two, _ = save(run, "pareto", "--by", "segment", "--measure", "value")
    asked_otherwise = run("analysis", "diff", one, two, "--json").json["result"]["asked"]
    assert asked_otherwise == {"measure": ["nothing", "value"]}
    assert "Every figure is the same." in run("analysis", "diff", one, one).out


def test_two_kinds_are_not_compared(home: Path, run) -> None:
    one, _ = save(run, "pareto", "--by", "segment")
    two, _ = save(run, "inspect")
    ran = run("analysis", "diff", one, two)
    assert (ran.status, ran.out) == (2, "")
    assert "error analysis.kinds" in ran.err


@pytest.mark.parametrize("verb", ["show", "rm", "rerun"])
def test_ids_that_are_none(home: Path, run, verb: str) -> None:
    save(run, "pareto", "--by", "segment")
    for word in ("zzzz", "", "%", "'; drop table item"):
        ran = run("analysis", verb, word)
        assert (ran.status, ran.out) == (1, ""), word
        assert "error analysis.not-found" in ran.err


def test_removing_and_taking_it_back(home: Path, run) -> None:
    id, _ = save(run, "pareto", "--by", "segment")
    assert run("analysis", "rm", id, "--dry-run").status == 0
    assert len(items(run)) == 1
    assert run("analysis", "rm", "Pareto").status == 0
    assert items(run) == []
    run("undo")
    assert items(run)[0]["id"] == id


def test_every_analysis_has_its_place_and_its_results() -> None:
    for name, each in ANALYSES.items():
        assert asked(name, {}) == {}
        for kind in each.results:
            with pytest.raises(DataError, match="cannot be read"):
                restore(name, {"kind": kind})
        # What is set side by side where two are compared is a field of a result.
        assert [path for path in each.figures if unknown_step(name, path)] == []
    with pytest.raises(DataError) as caught:
        restore("pareto", {"kind": "inspect"})
    assert caught.value.code == "analysis.result"


def test_defaults_are_left_out_of_what_was_asked() -> None:
    given = {"by": ("segment",), "measure": "customers", "cutoff": 80.0, "top": None, "accept": ()}
    assert json.dumps(asked("pareto", given)) == '{"by": ["segment"]}'
