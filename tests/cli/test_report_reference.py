"""`dmaic report reference`: documents for a client to begin with."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

ACCENT = "7A0019"


def inside(path: Path) -> bytes:
    with zipfile.ZipFile(path) as file:
        return b"".join(file.read(name) for name in file.namelist())


def test_documents_in_the_looks_of_the_engagement_are_taken_by_reports(run, mini: Path) -> None:
    (mini / "client.toml").write_text(f'[colours]\naccent = "#{ACCENT}"\n', "utf-8")
    ran = run("report", "reference", "--to", "brand")
    assert ran.status == 0, ran.err
    assert "brand/reference.docx and brand/reference.pptx" in ran.out
    for name in ("docx", "pptx"):
        assert ACCENT.encode() in inside(mini / "brand" / f"reference.{name}")
    (mini / "client.toml").write_text(
        'reference_docx = "brand/reference.docx"\nreference_pptx = "brand/reference.pptx"\n',
        "utf-8",
    )
    assert run("report", "define", "--format", "docx,pptx").status == 0
    assert ACCENT.encode() in inside(mini / "reports" / "cut-churn" / "define.docx")


def test_a_document_that_somebody_changed_is_kept(run, mini: Path) -> None:
    (mini / "reference.pptx").write_text("mine")
    ran = run("report", "reference")
    assert (ran.status, "write.exists" in ran.err) == (1, True)
    assert (mini / "reference.pptx").read_text() == "mine"
    assert not (mini / "reference.docx").exists()
    assert run("report", "reference", "--replace").status == 0


def test_no_engagement_is_needed(run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "acme.toml").write_text(f'[colours]\naccent = "#{ACCENT}"\n', "utf-8")
    assert run("report", "reference", "--style", "acme.toml").status == 0
    assert ACCENT.encode() in inside(tmp_path / "reference.docx")
    assert run("report", "reference", "--to", "plain").status == 0
    assert ACCENT.encode() not in inside(tmp_path / "plain" / "reference.docx")


def test_nor_a_project(run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("init", tmp_path / "firm").status == 0
    monkeypatch.chdir(tmp_path / "firm")
    assert run("report", "reference").status == 0
    assert run("report", "reference", "--project", "none", "--replace").status == 1
    (tmp_path / "firm" / "file").touch()
    ran = run("report", "reference", "--to", "file/brand")
    assert (ran.status, "write.no-folder" in ran.err) == (1, True)
