"""Opening a project adds little to what SQLModel itself takes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import dmaic

BARE = """
from sqlmodel import Field, Session, SQLModel, create_engine, select

class Item(SQLModel, table=True):
    id: str = Field(primary_key=True)
    kind: str

with Session(create_engine("sqlite:///dmaic.db")) as session:
    assert session.exec(select(Item)).first() is not None
"""

STATUS = "import sys; sys.argv = ['dmaic', 'status']; from dmaic.cli.entry import run; run()"


@pytest.fixture
def engagement(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    from dmaic.cli.entry import main

    monkeypatch.chdir(tmp_path)
    assert main(["init", "photo", "--quiet"]) == 0
    monkeypatch.chdir(tmp_path / "photo")
    assert main(["project", "new", "Cut churn", "--quiet"]) == 0
    return tmp_path / "photo"


def start(code: str, *options: str) -> subprocess.CompletedProcess[str]:
    source = str(Path(dmaic.__file__).parents[1])
    return subprocess.run(
        [sys.executable, *options, "-c", code],
        env={**os.environ, "PYTHONPATH": source}, capture_output=True, text=True, check=True,
    )  # fmt: skip


@pytest.mark.parametrize("command", ["status", "log", "undo --dry-run"])
def test_commands_of_the_record_import_nothing_that_they_do_not_need(
    engagement: Path, command: str
) -> None:
    ran = start(STATUS.replace("'status'", repr(command.split())[1:-1]), "-X", "importtime")
    lines = [line for line in ran.stderr.splitlines() if line.startswith("import time:")]
    modules = {line.rsplit("|", 1)[1].strip().split(".")[0] for line in lines}
    heavy = {"alembic", "duckdb", "jinja2", "matplotlib", "numpy", "pandas", "psycopg", "scipy",
             "questionary", "sqlglot"}  # fmt: skip
    assert "sqlmodel" in modules
    assert modules & heavy == set()


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "wait4"), reason="tells the processor's time of a process")
def test_status_takes_at_most_a_third_more_than_a_bare_script(engagement: Path) -> None:
    """Time of the processor, so that other tests beside this one do not count; the best of nine."""

    def used(code: str) -> float:
        source = str(Path(dmaic.__file__).parents[1])
        with Path(os.devnull).open("w") as nothing:
            process = subprocess.Popen(
                [sys.executable, "-c", code], env={**os.environ, "PYTHONPATH": source},
                stdout=nothing, stderr=nothing,
            )  # fmt: skip
            _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        assert process.returncode == 0
        return float(usage.ru_utime + usage.ru_stime)

    times: list[Any] = [(used(BARE), used(STATUS)) for _ in range(9)]
    bare, status = (min(column) for column in zip(*times, strict=True))
    assert status <= 1.3 * bare, f"{status:.3f} s against {bare:.3f} s"
