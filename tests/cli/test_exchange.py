"""`dmaic export` and `dmaic import`, as a person types them."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

FILE = Path(__file__).parents[1] / "store" / "project-v1.json"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run) -> Path:
    folder = tmp_path / "engagement"
    assert run("init", folder).status == 0
    monkeypatch.chdir(folder)
    return folder


def refused(ran, code: str, status: int = 1) -> None:
    assert f"error {code}" in ran.err, ran.err
    assert (ran.status, ran.out) == (status, "")
    assert "Traceback" not in ran.err


def test_there_and_back(home: Path, run, tmp_path: Path, monkeypatch) -> None:
    ran = run("import", FILE)
    assert ran.status == 0
    assert 'Brought in "Cut estimator churn"' in ran.out
    assert "19 entries" in ran.out
    assert "Undo: dmaic undo" in ran.err
    ran = run("export", "Cut", "-o", "mine.json")
    assert ran.status == 0
    words = " ".join(ran.out.split())
    assert "2 member" in words
    assert "Snapshots of datasets and the key of their hashes are not in it." in words
    assert (home / "mine.json").read_bytes() == FILE.read_bytes()
    assert run("log", "verify").status == 0


@pytest.mark.skipif(os.name == "nt", reason="no such permissions")
def test_the_file_is_private_and_named_after_the_project(home: Path, run) -> None:
    run("import", FILE)
    assert run("export").status == 0
    file = home / "cut-estimator-churn.json"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_taken_back(home: Path, run) -> None:
    run("import", FILE)
    refused(run("import", FILE), "project.exists")
    assert run("import", FILE, "--name", "Twice").status == 0
    assert run("undo").status == 0
    assert run("undo").status == 0
    assert run("project", "list", "--json").json["result"]["items"] == []
    assert run("log", "verify").status == 0


def test_a_dry_run_says_and_does_nothing(home: Path, run) -> None:
    ran = run("import", FILE, "--dry-run")
    assert ran.status == 0
    assert "Would do" in ran.out
    assert run("project", "list", "--json").json["result"]["items"] == []


def test_analyses_of_an_imported_project_are_shown_and_its_data_asked_for(home: Path, run) -> None:
    run("import", FILE)
    ran = run("analysis", "show", "Pareto by segment; measure value", "--json")
    assert ran.status == 0
    assert ran.json["result"]["kind"] == "pareto"
    ran = run("pareto", "--by", "segment")
    refused(ran, "dataset.no-snapshot")
    assert "dmaic data refresh q3 FILE" in ran.err
    refused(run("data", "refresh"), "dataset.no-file", 2)


def test_files_and_places_that_are_none(home: Path, run) -> None:
    refused(run("import", "nowhere.json"), "exchange.file")
    refused(run("import", "."), "exchange.file")
    (home / "export.csv").write_text("a,b\n1,2\n")
    refused(run("import", "export.csv"), "exchange.json")
    refused(run("export", "-o", "x.json"), "project.none")
    run("import", FILE)
    refused(run("export", "nobody", "-o", "x.json"), "project.not-found")
    refused(run("export", "-o", "none/x.json"), "write.no-folder")
    refused(run("export", "-o", "."), "write.directory")
    assert not (home / "x.json").exists()


@pytest.mark.parametrize("name", ["", " ", "x" * 201, "a\0b"])
def test_names_that_are_none(home: Path, run, name: str) -> None:
    refused(run("import", FILE, "--name", name), "field.value", 2)
    assert run("project", "list", "--json").json["result"]["items"] == []
