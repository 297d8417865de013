"""What the faces print of an estimate; `UPDATE_GOLDEN=1` renews."""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path

import pytest

from dmaic.analysis.recover import recover
from dmaic.cli.render import print_table
from dmaic.cli.render.console import make_console
from dmaic.cli.render.markdown import to_markdown
from dmaic.money.recover import RecoverResult

from .test_golden import check

SAMPLE = Path(__file__).parents[2] / "sample_data"


@cache
def case() -> RecoverResult:
    """The worked case: two fixes on one segment."""
    return recover(SAMPLE / "churn_export.csv", scenario=SAMPLE / "scenario.yaml", draws=5000)


@cache
def known() -> RecoverResult:
    """Activation help whose return is known."""
    given = {"name": "Activation help", "recovers": "$4480000/year", "cost": 888_000}
    return recover(solutions=[given], horizon=12)


@pytest.mark.parametrize("width", [60, 80, 120])
def test_table(width: int) -> None:
    stream = io.StringIO()
    print_table(case(), make_console(stream, width, plain=True))
    check(f"recover-{width}.txt", stream.getvalue())


def test_without_an_export() -> None:
    stream = io.StringIO()
    print_table(known(), make_console(stream, 80, plain=True))
    check("recover-known-80.txt", stream.getvalue())


def test_markdown() -> None:
    check("recover.md", to_markdown(case()))
