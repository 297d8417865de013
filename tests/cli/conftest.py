"""Run the command line within the test's own process, as the entry point does."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from dmaic.cli.entry import main


@dataclass(frozen=True)
class Ran:
    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def rows(self) -> dict[str, dict[str, Any]]:
        """Rows of a Pareto by category."""
        return {" / ".join(row["category"]): row for row in self.json["result"]["rows"]}

    @property
    def codes(self) -> list[str]:
        return [finding["code"] for finding in self.json["findings"]]


Run = Callable[..., Ran]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("COLUMNS", "80")

    def call(*arguments: object) -> Ran:
        status = main([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        return Ran(status, out, err)

    return call


@pytest.fixture
def export(tmp_path: Path) -> Callable[..., Path]:
    """Write a small export and give its path."""

    def write(text: str, name: str = "export.csv", encoding: str = "utf-8") -> Path:
        path = tmp_path / name
        path.write_bytes(text.encode(encoding))
        return path

    return write


@pytest.fixture
def mini(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An engagement with the project "Cut churn" on a small template; the test stands in it.

    It is 2026-11-21, and Ada works.
    """
    monkeypatch.setenv("DMAIC_TODAY", "2026-11-21")
    monkeypatch.setenv("DMAIC_ACTOR", "ada")
    monkeypatch.delenv("DMAIC_DB", raising=False)
    folder = tmp_path / "acme"
    assert run("init", folder, "--template", Path(__file__).parent / "mini").status == 0
    monkeypatch.chdir(folder)
    assert run("project", "new", "Cut churn", "--start", "2026-01-05").status == 0
    return folder
