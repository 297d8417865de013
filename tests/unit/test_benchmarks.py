"""The benchmark's contestants compute the same table, so that comparing their times is fair."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import dmaic

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
# Figures after the segment: churned, value, exposure, share, cumulative share, rate, low, high,
# relative risk, excess, excess value; half a unit of the last printed place, and a little for sums
# taken in another order.
TOLERANCES = (0, 0.006, 0, *[0.00006] * 5, 0.0006, 0.006, 0.011)


def run(*command: object) -> str:
    """Standard output of a Python process."""
    source = str(Path(dmaic.__file__).parents[1])
    return subprocess.run(
        [sys.executable, *map(str, command)],
        stdout=subprocess.PIPE,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": source, "PYTHONIOENCODING": "utf-8"},
        timeout=120,
        check=True,
    ).stdout


@pytest.fixture(scope="module")
def export(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The generated export of 7,000 customers."""
    path = tmp_path_factory.mktemp("benchmarks") / "churn.csv"
    run(BENCHMARKS / "generate.py", 7000, path)
    return path


def printed(text: str) -> dict[str, list[float]]:
    """Segment -> figures, as a script printed them."""
    return {
        line[:24].strip(): [float(word) for word in line[24:].split()] for line in text.splitlines()
    }


def test_the_export_is_the_same_every_time(export: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.csv"
    run(BENCHMARKS / "generate.py", 7000, again)
    assert again.read_bytes() == export.read_bytes()
    assert len(export.read_text(encoding="utf-8").splitlines()) == 7001


@pytest.mark.parametrize("other", ["polars", "pandas"])
def test_scripts_agree(export: Path, other: str) -> None:
    mine = printed(run(BENCHMARKS / "pareto_duckdb.py", export))
    theirs = printed(run(BENCHMARKS / f"pareto_{other}.py", export))
    assert list(mine) == list(theirs)
    assert len(mine) == 11
    for segment, figures in mine.items():
        for figure, their, tolerance in zip(figures, theirs[segment], TOLERANCES, strict=True):
            assert abs(figure - their) <= 2 * tolerance, segment


def test_dmaic_agrees_with_the_scripts(export: Path) -> None:
    script = printed(run(BENCHMARKS / "pareto_duckdb.py", export))
    envelope = json.loads(
        run("-m", "dmaic", "pareto", export, "--by", "segment", "--other-after", 100, "--json")
    )
    rows: list[dict[str, Any]] = envelope["result"]["rows"]
    assert [row["category"] for row in rows] == [[segment] for segment in script]
    names = ("churned", "value", "exposure", "share", "cumulative_share", "rate")
    names += ("rate_low", "rate_high", "relative_risk", "excess", "excess_value")
    for row, figures in zip(rows, script.values(), strict=True):
        for name, figure, tolerance in zip(names, figures, TOLERANCES, strict=True):
            assert abs(row[name] - figure) <= tolerance, (row["category"], name)


def test_the_bare_script_reads_the_record_that_status_reads(tmp_path: Path) -> None:
    for words in (
        ("init", tmp_path / "acme"),
        ("project", "new", "Cut", "--db", tmp_path / "acme"),
    ):
        run("-m", "dmaic", *words)
    assert '"name": "Cut"' in run(BENCHMARKS / "status_sqlmodel.py", tmp_path / "acme/dmaic.db")
