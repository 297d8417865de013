"""What the end-to-end tests share: an engagement to work in, and a terminal to work at."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dmaic.cli.entry import main

DMAIC = [sys.executable, "-m", "dmaic"]


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """Run a command as the entry point does; its JSON, or the error that it must not give."""
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("DMAIC_ACTOR", "Project lead")

    def call(*words: object, status: int = 0) -> Any:
        found = main([*map(str, words), "--json"])
        out, err = capsys.readouterr()
        assert found == status, f"dmaic {' '.join(map(str, words))}\n{out}{err}"
        return json.loads(out)["result" if status in (0, 8) else "error"]

    return call


@pytest.fixture
def engagement(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, say: Callable[..., Any]) -> Path:
    """A new engagement with one project; the tests work in its folder."""
    folder = tmp_path / "firm"
    say("init", folder)
    monkeypatch.chdir(folder)
    say("project", "new", "Cut estimator churn")
    return folder


@pytest.fixture
def terminal() -> dict[str, str]:
    """The environment of a terminal that can move its cursor."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DMAIC_")}
    return {
        **kept,
        "TERM": "xterm",
        "NO_COLOR": "1",
        "DMAIC_ACTOR": "Project lead",
        # Nobody answers here when the prompts ask where the cursor is.
        "PROMPT_TOOLKIT_NO_CPR": "1",
    }
