"""Completion as a shell asks for it: a real process, told by its environment."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import dmaic

ENVIRONMENT = {**os.environ, "PYTHONPATH": str(Path(dmaic.__file__).parents[1])}


def complete(line: str, folder: Path) -> list[str]:
    """What is offered for the last word of a command line; a blank at its end begins a new one."""
    words = line.split(" ")
    environment = {
        **ENVIRONMENT,
        "_DMAIC_COMPLETE": "complete_bash",
        "COMP_WORDS": line,
        "COMP_CWORD": str(len(words) - 1),
    }
    ran = subprocess.run(
        [sys.executable, "-m", "dmaic"],
        capture_output=True,
        encoding="utf-8",
        cwd=folder,
        env=environment,
        check=False,
    )
    assert ran.stderr == ""
    return ran.stdout.split("\n")[:-1] if ran.stdout.strip() else []


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "plain.csv").write_text("customer_id,segment,mrr,churned\n1,A,5,Yes\n", "utf-8")
    rows = '7;"Bau, Dach, Holz";10,50;2024-01-01\n8;"Bau, Dach, Holz";9;\n'
    (tmp_path / "export.csv").write_text("Kunde;Segment;MRR;Ende am\n" + rows, "utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("dmaic pareto plain.csv --by ", ["customer_id", "segment", "mrr", "churned", "lifecycle"]),
        ("dmaic pareto plain.csv --by seg", ["segment"]),
        ("dmaic pareto plain.csv --value ", ["customer_id", "segment", "mrr", "churned"]),
        ("dmaic pareto plain.csv --value m", ["mrr"]),
        ("dmaic pareto export.csv --by ", ["Kunde", "Segment", "MRR", "Ende\\ am", "lifecycle"]),
        ("dmaic pareto export.csv --value m", ["mRR"]),
        ("dmaic pareto export.csv --by Segment --drill K", ["Kunde"]),
        (
            "dmaic pareto export.csv --by Segment --churned-at ",
            ["Kunde", "Segment", "MRR", "Ende\\ am"],
        ),
        ("dmaic inspect export.csv --customer K", ["Kunde"]),
        ("dmaic pareto plain.csv --rank-by ", ["measure", "excess"]),
        ("dmaic pareto plain.csv --preset tel", ["telco"]),
        ("dmaic pareto missing.csv --value ", []),
        ("dmaic pareto --value ", []),
        ("dmaic ins", ["inspect"]),
    ],
)
def test_bash_is_offered(folder: Path, line: str, offered: list[str]) -> None:
    assert complete(line, folder) == offered


def test_formats_of_a_report_are_offered_after_a_comma_too(folder: Path) -> None:
    assert complete("dmaic report a3 --format docx,p", folder) == ["docx,pptx", "docx,pdf"]
    assert "docx" not in complete("dmaic template try x --format docx,", folder)


def test_the_script_for_a_shell_is_shown(tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "dmaic", "--show-completion", "bash"],
        capture_output=True,
        encoding="utf-8",
        cwd=tmp_path,
        env=ENVIRONMENT,
        check=False,
    )
    assert ran.returncode == 0
    assert "_DMAIC_COMPLETE=complete_bash" in ran.stdout


def test_completion_can_be_installed(tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "dmaic", "--install-completion", "bash"],
        capture_output=True,
        encoding="utf-8",
        cwd=tmp_path,
        env={**ENVIRONMENT, "HOME": str(tmp_path), "USERPROFILE": str(tmp_path)},
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    scripts = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert any("_DMAIC_COMPLETE" in path.read_text("utf-8") for path in scripts)


def test_projects_and_criteria_are_offered_from_the_record(mini: Path) -> None:
    assert complete("dmaic status -p ", mini) == [r"Cut\ churn"]
    assert complete("dmaic project show cu", mini) == [r"cut\ churn"]
    assert complete("dmaic gate waive ", mini) == ["charter", "agreed"]
    assert complete("dmaic gate answer ag", mini) == ["agreed"]


def test_keys_of_questions_are_offered(mini: Path, run: Callable[..., Any]) -> None:
    asking = Path(__file__).parent / "asking"
    said = ("--template", asking, "--answer", "client=Acme", "--answer", "letter=yes")
    assert run("project", "new", "Acme", *said, "--no-input").status == 0
    assert complete("dmaic template answer -p Acme cl", mini) == ["client"]


def test_without_an_engagement_nothing_of_the_record_is_offered(folder: Path) -> None:
    assert complete("dmaic status -p ", folder) == []
    assert complete("dmaic gate waive ", folder) == []
