"""What the unit tests of opened exports share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from dmaic.analysis.said import opening
from dmaic.churn import table as churn_table
from dmaic.churn.export import open_export
from dmaic.churn.table import ChurnTable

Opened = Callable[..., ChurnTable]


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., str]:
    """Write a text file and give its path."""

    def make(text: str, name: str = "export.csv") -> str:
        path = tmp_path / name
        path.write_text(text, "utf-8", newline="")
        return str(path)

    return make


@pytest.fixture
def opened(write: Callable[..., str]) -> Iterator[Opened]:
    """Open an export given as text; closed after the test."""
    with ExitStack() as stack:

        def make(text: str, **said: Any) -> ChurnTable:
            return stack.enter_context(open_export(write(text), opening(**said)))

        yield make


@pytest.fixture
def small_head(monkeypatch: pytest.MonkeyPatch) -> int:
    """Decide readings on the first five rows, as on the first 20,480 of a long file."""
    monkeypatch.setattr(churn_table, "HEAD_ROWS", 5)
    return 5
