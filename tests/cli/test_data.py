"""`dmaic data` and analyses without FILE, as a person types them."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ROWS = [
    f"C{n},{'AB'[n % 2] if n % 10 else ''},{n % 7 + 1},{'Yes' if n % 3 == 0 else 'No'},"
    f"{f'2024-0{n % 8 + 1}-15' if n % 3 == 0 else ''},note {n}"
    for n in range(90)
]
EXPORT = "customer_id,segment,mrr,churned,churn_date,note\n" + "\n".join(ROWS) + "\n"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run) -> Path:
    """An engagement with a project and an export beside it."""
    monkeypatch.setenv("DMAIC_TODAY", "2025-01-31")
    monkeypatch.setenv("DMAIC_ACTOR", "dana")
    folder = tmp_path / "engagement"
    assert run("init", folder).status == 0
    monkeypatch.chdir(folder)
    assert run("project", "new", "Cut churn").status == 0
    (folder / "export.csv").write_text(EXPORT, "utf-8")
    return folder


@pytest.fixture
def q3(home: Path, run) -> Path:
    assert run("data", "add", "export.csv", "--name", "q3").status == 0
    return home


def refused(ran, code: str, status: int = 1) -> None:
    assert f"error {code}" in ran.err, ran.err
    assert (ran.status, ran.out) == (status, "")
    assert "Traceback" not in ran.err


def dataset(run, name: str = "q3") -> dict[str, Any]:
    found: dict[str, Any] = run("data", "show", name, "--json").json["result"]["dataset"]
    return found


def test_adding_tells_what_was_found_and_makes_the_first_the_default(home: Path, run) -> None:
    ran = run("data", "add", "export.csv", "--name", "q3")
    assert ran.status == 0
    words = " ".join(ran.out.split())
    # 30 of 90 are lost, in months 1, 4, 7 and 2, 5, 8, 3, 6 of 2024; each tenth has no segment.
    assert "90 customers; 8 months, 2024-01-15 to 2024-08-15; segment known for 90.00 %" in words
    assert "Replaced by a keyed hash: customer_id." in words
    assert "1 column without a role left out: note; --also COL keeps one." in words
    assert "Undo: dmaic undo" in ran.err
    (item,) = run("data", "list", "--json").json["result"]["items"]
    assert (item["name"], item["default"], item["coverage"]) == ("q3", True, 0.9)
    assert item["added"] == "2025-01-31"


@pytest.mark.skipif(os.name == "nt", reason="no such permissions")
def test_snapshot_and_key_are_private(q3: Path) -> None:
    (snapshot,) = q3.glob("data/*.parquet")
    for file in (snapshot, q3 / ".dmaic-key"):
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert len((q3 / ".dmaic-key").read_bytes()) == 32
    assert not list(q3.glob("**/*.tmp"))


def test_an_analysis_without_file_is_that_of_the_file_and_is_saved_once(q3: Path, run) -> None:
    alone = run("pareto", "export.csv", "--by", "segment", "--json")
    assert "analysis" not in alone.err
    first = run("pareto", "--by", "segment", "--json")
    assert first.json["result"] == alone.json["result"]
    assert first.json["findings"] == alone.json["findings"]
    id = first.err.split("Saved as analysis ")[1].split(":")[0]
    again = run("pareto", "--by", "segment", "--cutoff", "80")
    assert f"Saved already as analysis {id}" in again.err
    run("pareto", "--by", "segment", "--cutoff", "70")
    items = run("analysis", "list", "--json").json["result"]["items"]
    assert [each["title"] for each in items] == [
        "Pareto by segment",
        "Pareto by segment; cutoff 70",
    ]


def test_no_save_and_quiet_say_and_keep_nothing(q3: Path, run) -> None:
    assert "Saved" not in run("pareto", "--by", "segment", "--no-save").err
    assert run("analysis", "list", "--json").json["result"]["items"] == []
    assert run("inspect", "-q").err == ""
    assert len(run("analysis", "list", "--json").json["result"]["items"]) == 1


def test_without_a_project_a_file_is_needed(tmp_path: Path, monkeypatch, run) -> None:
    monkeypatch.chdir(tmp_path)
    ran = run("pareto", "--by", "segment")
    refused(ran, "usage.no-file", 2)
    assert "dmaic pareto FILE" in ran.err
    refused(run("pareto", "--by", "segment", "--data", "q3"), "usage.no-file", 2)


def test_a_project_without_data_says_how_to_get_some(home: Path, run) -> None:
    ran = run("pareto", "--by", "segment")
    refused(ran, "dataset.none")
    assert "dmaic data add FILE --name NAME" in ran.err


def test_a_file_and_a_dataset_together_are_refused(q3: Path, run) -> None:
    for words in (("--data", "q3"), ("--project", "Cut churn"), ("--db", ".")):
        refused(run("pareto", "export.csv", "--by", "segment", *words), "usage.file-and-data", 2)


def test_how_to_read_is_said_once(q3: Path, run) -> None:
    refused(run("pareto", "--by", "segment", "--value", "mrr"), "usage.dataset-reading", 2)
    refused(run("inspect", "--with", "x.csv", "--on", "a"), "usage.dataset-reading", 2)


def test_a_column_that_was_left_out_is_pointed_at(q3: Path, run) -> None:
    ran = run("pareto", "--by", "note")
    refused(ran, "usage.unknown-column", 2)
    assert 'dmaic data refresh q3 --also "note"' in ran.err
    assert run("data", "refresh", "q3", "--also", "note").status == 0
    assert run("pareto", "--by", "note", "--top", "2").status == 0


def test_a_second_of_the_same_name_is_refused(q3: Path, run) -> None:
    ran = run("data", "add", "export.csv", "--name", "Q3")
    refused(ran, "dataset.exists")
    assert "dmaic data refresh q3" in ran.err


@pytest.mark.parametrize("name", ["", " ", "x" * 201, "a\0b"])
def test_names_that_are_none(home: Path, run, name: str) -> None:
    ran = run("data", "add", "export.csv", "--name", name)
    refused(ran, "field.value", 2)
    assert not list(home.glob("data/*"))


@pytest.mark.parametrize("name", ["../../etc/passwd", "a/b", "Ω", "'; drop table item; --", "-"])
def test_names_that_are_odd_are_names(home: Path, run, name: str) -> None:
    assert run("data", "add", "export.csv", f"--name={name}").status == 0
    (snapshot,) = home.glob("data/*")
    assert snapshot.suffix == ".parquet"
    assert dataset(run, name)["name"] == name if name != "-" else True
    assert run("pareto", "--by", "segment", f"--data={name}").status == 0


def test_what_blocks_an_analysis_blocks_registering(home: Path, run) -> None:
    (home / "twice.csv").write_text(EXPORT + ROWS[0] + "\n", "utf-8")
    ran = run("data", "add", "twice.csv", "--name", "twice")
    refused(ran, "finding.duplicate-customers")
    assert not list(home.glob("data/*"))
    assert not (home / "data").joinpath("twice").exists()
    refused(
        run("data", "add", "twice.csv", "--name", "twice", "--accept", "duplicate-custmers"),
        "usage.accept",
        2,
    )
    accept = ("--accept", "duplicate-customers")
    assert run("data", "add", "twice.csv", "--name", "twice", *accept).status == 0
    # What was accepted with the data need not be accepted again.
    assert run("pareto", "--by", "segment").status == 0


def test_a_dry_run_leaves_nothing(home: Path, run) -> None:
    ran = run("data", "add", "export.csv", "--name", "q3", "--dry-run")
    assert ran.status == 0
    assert "Would do" in ran.out
    assert not list(home.glob("data/*"))
    assert not (home / ".dmaic-key").exists()
    assert run("data", "list", "--json").json["result"]["items"] == []


def test_refreshing_tells_what_changed_and_what_is_stale(q3: Path, run) -> None:
    run("pareto", "--by", "segment")
    assert ": nothing changed." in run("data", "refresh").out
    (q3 / "export.csv").write_text(EXPORT.replace("C5,B", "C5,A"), "utf-8")
    ran = run("data", "refresh", "q3")
    assert "The data changed." in ran.out
    assert "1 analysis became stale." in ran.out
    assert "Next: dmaic analysis rerun --stale" in ran.err
    (item,) = run("analysis", "list", "--json").json["result"]["items"]
    assert item["state"] == "stale"
    # The analysis that is run now is of the data of today.
    rows = run("pareto", "--by", "segment", "--json", "--no-save").rows
    # 45 of each, the blanks of each tenth out: odd 5 moved from B to A.
    assert (rows["A"]["exposure"], rows["B"]["exposure"]) == (37, 44)


def test_undoing_a_refresh_brings_the_old_data_back(q3: Path, run) -> None:
    run("pareto", "--by", "segment")
    (q3 / "export.csv").write_text(EXPORT.replace("C5,B", "C5,A"), "utf-8")
    run("data", "refresh")
    assert run("undo").status == 0
    (item,) = run("analysis", "list", "--json").json["result"]["items"]
    assert item["state"] == "current"
    rows = run("pareto", "--by", "segment", "--json").rows
    assert (rows["A"]["exposure"], rows["B"]["exposure"]) == (36, 45)


def test_refreshing_from_another_file_and_otherwise(q3: Path, run) -> None:
    (q3 / "other.csv").write_text(EXPORT.replace("mrr", "fee"), "utf-8")
    ran = run("data", "refresh", "q3", "other.csv", "--value", "fee", "--keep-ids")
    assert ran.status == 0, ran.err
    body = dataset(run)
    assert (body["files"], body["roles"]["value"], body["keeps_ids"]) == (
        ["other.csv"],
        "fee",
        True,
    )
    assert body["hashed"] == []
    # What was said is said from now on.
    assert ": nothing changed." in run("data", "refresh").out


def test_refreshing_when_the_file_is_gone(q3: Path, run) -> None:
    (q3 / "export.csv").unlink()
    refused(run("data", "refresh"), "read.not-found")
    assert run("pareto", "--by", "segment").status == 0


def test_what_was_piped_in_is_not_found_again(home: Path, run, monkeypatch) -> None:
    import io

    class Piped(io.TextIOWrapper):
        pass

    monkeypatch.setattr("sys.stdin", Piped(io.BytesIO(EXPORT.encode())))
    ran = run("data", "add", "-", "--name", "piped")
    assert ran.status == 0, ran.err
    refused(run("data", "refresh", "piped"), "dataset.no-file", 2)
    assert run("data", "refresh", "piped", "export.csv").status == 0


def test_removing_keeps_the_snapshot_for_undo_and_purging_does_not(q3: Path, run) -> None:
    run("pareto", "--by", "segment")
    ran = run("data", "rm", "q3")
    assert "stays, so that undo brings all back" in " ".join(ran.out.split())
    assert "as stale" in ran.out
    refused(run("data", "show"), "dataset.none")
    run("undo")
    assert run("pareto", "--by", "segment").status == 0
    refused(run("data", "rm", "q3", "--purge", "--no-input"), "usage.confirm", 2)
    assert run("data", "rm", "q3", "--purge", "--yes").status == 0
    assert not list(q3.glob("data/*"))
    run("undo")
    refused(run("pareto", "--by", "segment"), "dataset.snapshot-missing")


def test_purging_one_of_two_leaves_the_data_of_the_other(q3: Path, run) -> None:
    assert run("data", "add", "export.csv", "--name", "q3", "--project", "nobody").status == 1
    (q3 / "data").joinpath("keep.txt").write_text("x")
    run("project", "new", "Second")
    run("data", "add", "export.csv", "--name", "q3", "--project", "Second")
    run("data", "rm", "q3", "--purge", "--yes", "--project", "Second")
    assert run("pareto", "--by", "segment", "--project", "Cut churn").status == 0


def test_several_datasets_and_the_default(q3: Path, run) -> None:
    run("data", "add", "export.csv", "--name", "q4", "--keep-ids")
    defaults = {
        each["name"]: each["default"]
        for each in run("data", "list", "--json").json["result"]["items"]
    }
    assert defaults == {"q3": True, "q4": False}
    assert run("data", "set-default", "q4").status == 0
    assert run("data", "show", "--json").json["result"]["dataset"]["name"] == "q4"
    refused(run("data", "set-default", "q5"), "dataset.not-found")
    # The last one left is the default again.
    ran = run("data", "rm", "q4")
    assert '"q3" is the default now.' in ran.out


def test_two_datasets_compared_are_stale_when_either_changes(q3: Path, run) -> None:
    (q3 / "after.csv").write_text(EXPORT.replace("C3,B", "C3,A"), "utf-8")
    run("data", "add", "after.csv", "--name", "q4")
    of_files = run("pareto", "export.csv", "--by", "segment", "--compare", "after.csv", "--json")
    of_data = run("pareto", "--by", "segment", "--compare", "q4", "--json")
    assert of_data.json["result"]["rows"] == of_files.json["result"]["rows"]
    (q3 / "after.csv").write_text(EXPORT, "utf-8")
    run("data", "refresh", "q4")
    (item,) = run("analysis", "list", "--json").json["result"]["items"]
    assert (item["state"], item["dataset"]) == ("stale", "q3")


def test_a_comparison_with_a_file_is_not_kept(q3: Path, run) -> None:
    ran = run("pareto", "--by", "segment", "--compare", "export.csv")
    assert ran.status == 0
    assert "Not saved" in ran.err
    assert run("analysis", "list", "--json").json["result"]["items"] == []


def test_a_changed_snapshot_is_not_trusted(q3: Path, run) -> None:
    (snapshot,) = q3.glob("data/*.parquet")
    snapshot.write_bytes(snapshot.read_bytes()[:-1] + b"!")
    refused(run("pareto", "--by", "segment"), "dataset.snapshot-changed")
    snapshot.unlink()
    ran = run("pareto", "--by", "segment")
    refused(ran, "dataset.snapshot-missing")
    assert "dmaic data refresh q3" in ran.err
    assert run("data", "list", "--json").json["result"]["items"][0]["snapshot_there"] is False
    run("data", "refresh")
    assert run("pareto", "--by", "segment").status == 0


def test_the_key_is_not_made_anew_beside_old_hashes(q3: Path, run) -> None:
    (q3 / ".dmaic-key").unlink()
    refused(run("data", "add", "export.csv", "--name", "q4"), "dataset.key-missing")
    assert run("data", "add", "export.csv", "--name", "q4", "--keep-ids").status == 0
    (q3 / ".dmaic-key").write_bytes(b"short")
    refused(run("data", "add", "export.csv", "--name", "q5"), "dataset.key")


def test_what_fails_to_be_recorded_leaves_no_file(home: Path, run, monkeypatch) -> None:
    from dmaic.project.store.work import Work

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Work, "settle", fail)
    assert run("data", "add", "export.csv", "--name", "q3").status == 1
    assert not list(home.glob("data/*"))


def test_showing_fits_a_narrow_terminal(q3: Path, run, monkeypatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    for words in (("data", "show"), ("data", "list"), ("analysis", "list")):
        ran = run(*words)
        assert ran.status == 0
        assert max(map(len, ran.out.splitlines())) <= 60


def test_faces(q3: Path, run, tmp_path: Path, export: Callable[..., Path]) -> None:
    for words in (("data", "show"), ("data", "list")):
        for face in ("csv", "md", "json"):
            assert run(*words, "--format", face).status == 0
    assert "q3" in run("data", "list", "--format", "csv").out
