"""`-o -`: what is written to a file goes to standard output instead."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest


def test_a_report_goes_to_standard_output(run, mini: Path) -> None:
    ran = run("report", "define", "--format", "md", "-o", "-")
    assert ran.status == 0, ran.err
    assert run("report", "define", "-o", "define.md").status == 0
    assert ran.out == (mini / "define.md").read_text()
    assert "missing in it" in ran.err
    assert "Next: dmaic report check define" in ran.err
    assert not (mini / "-").exists()
    assert not run("report", "define", "--format", "md", "-o", "-", "-q").err


def test_a_report_that_is_no_text_goes_into_a_pipe(mini: Path) -> None:
    words = [sys.executable, "-m", "dmaic", "report", "define", "--format", "pdf", "-o", "-"]
    ran = subprocess.run(words, cwd=mini, capture_output=True, check=True)
    assert ran.stdout.startswith(b"%PDF-")
    assert ran.stdout.rstrip().endswith(b"%%EOF")


@pytest.mark.parametrize("format", ["docx", "pptx", "pdf"])
def test_a_terminal_does_not_get_what_is_no_text(
    run, mini: Path, monkeypatch: pytest.MonkeyPatch, format: str
) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    ran = run("report", "define", "--format", format, "-o", "-")
    assert (ran.status, ran.out) == (2, "")
    assert f"name a file: -o define.{format}" in ran.err


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (["-o", "-"], "usage.report-output"),
        (["-o", "-", "--format", "md,html"], "usage.report-output"),
        (["-o", "-", "--format", "md", "--to", "out"], "usage.report-output"),
        (["-o", "-", "--format", "md", "--open"], "usage.report-output"),
        (["-o", "-", "--format", "md", "--json"], "usage.same-file"),
    ],
)
def test_standard_output_takes_one_document(run, mini: Path, options: list[str], code: str) -> None:
    ran = run("report", "define", *options)
    assert ran.status == 2
    assert code in ran.err
    assert not list((mini / "reports").rglob("define*"))


def test_figures_beside_a_report_on_standard_output_are_told(
    run, mini: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    options = ("report", "portfolio", "--format", "md")
    assert run("benefit", "plan", "Savings", "--target", "1000").status == 0
    assert run("benefit", "record", "Savings", "2026-10", "80").status == 0
    beside = run(*options, "--json").json["result"]["files"][1:]
    assert beside
    assert "beside it" in run(*options, "-o", "-").err


def test_a_result_goes_to_standard_output_where_it_goes_anyway(run, mini: Path) -> None:
    plain, said = run("status", "--json"), run("status", "--json", "-o", "-")
    assert (said.status, said.out) == (0, plain.out)
    assert run("status", "-o", "-").status == 0
    assert not (mini / "-").exists()


def test_a_document_goes_to_standard_output(run, mini: Path) -> None:
    assert run("doc", "export", "charter", "-o", "-").out == run("doc", "export", "charter").out
    assert not (mini / "-").exists()


def test_a_project_goes_to_standard_output(run, mini: Path) -> None:
    assert run("export", "-o", "whole.json").status == 0
    ran = run("export", "-o", "-")
    assert ran.out == (mini / "whole.json").read_text("utf-8")
    assert not (mini / "-").exists()
    ran = run("export", "-o", "-", "--json")
    assert ran.status == 2
    assert "usage.same-file" in ran.err
