"""Help, version and completion answer at once: they import nothing heavy.

Each test runs a real process with `-X importtime`, which names every module as it is imported; that
holds however the process ends.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

import dmaic

HEAVY = {
    "charset_normalizer",
    "_duckdb",
    "duckdb",
    "jinja2",
    "markupsafe",
    "matplotlib",
    "numpy",
    "openpyxl",
    "pandas",
    "polars",
    "pyarrow",
    "pypandoc",
    "python_calamine",
    "scipy",
    "sqlalchemy",
    "sqlglot",
    "sqlmodel",
    "statsmodels",
    "typst",
    "xlsxwriter",
    "yaml",
    "zstandard",
}

START = "import sys; sys.argv[0] = 'dmaic'; from dmaic.cli.entry import main; sys.exit(main())"


def start(*arguments: str, environment: Mapping[str, str] | None = None) -> tuple[str, set[str]]:
    """Output of `dmaic ARGUMENTS`, and all modules it imported: others by their top-level names."""
    source = str(Path(dmaic.__file__).parents[1])
    process = subprocess.run(
        [sys.executable, "-X", "importtime", "-c", START, *arguments],
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": source, **(environment or {})},
        timeout=60,
        check=False,
    )
    assert process.returncode == 0, process.stderr[-2000:]
    times = [line for line in process.stderr.splitlines() if line.startswith("import time:")]
    names = {line.rsplit("|", 1)[1].strip() for line in times}
    modules = {name.split(".")[0] for name in names}
    assert {"dmaic", "typer"} <= modules
    return process.stdout, modules | {name for name in names if name.startswith("dmaic.")}


@pytest.mark.parametrize("arguments", [["--help"], ["pareto", "--help"], ["inspect", "--help"]])
def test_help_imports_nothing_heavy(arguments: list[str]) -> None:
    output, modules = start(*arguments)
    assert "Usage" in output
    assert modules & HEAVY == set()


def test_version_imports_nothing_heavy() -> None:
    output, modules = start("--version")
    assert dmaic.__version__ in output
    assert modules & HEAVY == set()


def test_completion_of_a_command_imports_nothing_heavy() -> None:
    output, modules = start(
        environment={
            "_DMAIC_COMPLETE": "complete_bash",
            "COMP_WORDS": "dmaic par",
            "COMP_CWORD": "1",
        }
    )
    assert output.split() == ["pareto"]
    assert modules & HEAVY == set()


def test_completion_of_a_column_imports_nothing_heavy(tmp_path: Path) -> None:
    export = tmp_path / "export.csv"
    export.write_text("customer_id,segment,churned\n1,a,yes\n2,b,no\n", encoding="utf-8")
    output, modules = start(
        environment={
            "_DMAIC_COMPLETE": "complete_bash",
            "COMP_WORDS": f"dmaic pareto {export} --by seg",
            "COMP_CWORD": "4",
        }
    )
    assert output.split() == ["segment"]
    assert modules & HEAVY == set()


RECORD = {"sqlalchemy", "sqlmodel"}


def test_reports_are_named_without_what_makes_them(tmp_path: Path) -> None:
    folder = tmp_path / "acme"
    start("init", str(folder))
    start("project", "new", "Cut churn", "--db", str(folder))
    _, listed = start("report", "list", "--db", str(folder))
    output, offered = start(
        environment={
            "_DMAIC_COMPLETE": "complete_bash",
            "COMP_WORDS": f"dmaic report check --db {folder} exe",
            "COMP_CWORD": "5",
        }
    )
    assert output.split() == ["executive"]
    assert "dmaic.reports.layouts" in listed & offered
    assert {"dmaic.reports.compose", "dmaic.reports.make"} & (listed | offered) == set()


def test_status_imports_the_record_and_nothing_else_that_is_heavy(tmp_path: Path) -> None:
    folder = tmp_path / "acme"
    start("init", str(folder))
    start("project", "new", "Cut churn", "--db", str(folder))
    for command in ("status", "next", "portfolio"):
        output, modules = start(command, "--db", str(folder))
        assert output
        assert modules & (HEAVY | {"alembic", "questionary", "tomlkit"}) == RECORD, command


@pytest.mark.parametrize("words", [["pareto", "--by", "segment"], ["inspect"]])
def test_an_analysis_of_a_file_knows_no_project(tmp_path: Path, words: list[str]) -> None:
    """Not even where the file lies in an engagement: no look for one, nothing of the store."""
    (tmp_path / "dmaic.toml").write_text("this is no TOML", encoding="utf-8")
    export = tmp_path / "export.csv"
    export.write_text("customer_id,segment,churned\n1,a,yes\n2,b,no\n", encoding="utf-8")
    command, *options = words
    output, modules = start(command, str(export), *options)
    assert "segment" in output
    assert modules & {"sqlalchemy", "sqlmodel", "alembic", "tomllib"} == set()
