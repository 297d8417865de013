"""The public Python API, and where it keeps what belongs to the person."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import dmaic
from dmaic import settings

HEAVY = {"duckdb", "matplotlib", "numpy", "pandas", "pydantic", "rich", "scipy", "sqlglot", "typer"}


def test_every_public_name_is_there() -> None:
    for name in dmaic.__all__:
        assert getattr(dmaic, name) is not None
    assert dir(dmaic) == sorted(dmaic.__all__)
    with pytest.raises(AttributeError, match="paretto"):
        dmaic.paretto  # noqa: B018


def test_the_names_for_type_checkers_are_those_at_run_time() -> None:
    text = Path(dmaic.__file__).read_text("utf-8")
    checked = {line.split(" as ")[1] for line in text.splitlines() if " as " in line}
    assert checked | {"__version__"} == set(dmaic.__all__)


def test_importing_costs_nothing() -> None:
    # Whoever only wants the version, or the class of errors, waits for nothing.
    script = "import dmaic, sys; dmaic.__version__, dmaic.DmaicError; print(*sys.modules)"
    source = str(Path(dmaic.__file__).parents[1])
    ran = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": source},
        check=True,
    )
    assert {name.split(".")[0] for name in ran.stdout.split()} & HEAVY == set()


def test_folders_of_the_person_can_be_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DMAIC_CONFIG_DIR", str(tmp_path))
    monkeypatch.setenv("DMAIC_LOG_DIR", "~/logs")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    assert settings.config_folder() == tmp_path
    assert settings.log_folder() == tmp_path / "logs"


def test_folders_of_the_person_are_the_platforms(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DMAIC_CONFIG_DIR", raising=False)
    monkeypatch.delenv("DMAIC_LOG_DIR", raising=False)
    assert settings.config_folder().name == "dmaic"
    assert "dmaic" in settings.log_folder().parts
