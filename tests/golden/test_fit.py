"""No line is wider than the window, whatever the width, the encoding and the result."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from rich.cells import cell_len

from dmaic.cli.render import print_table
from dmaic.cli.render.console import make_console
from dmaic.stats.pareto import ParetoComparison, ParetoResult

RESULTS = sorted((Path(__file__).parent / "results").glob("*.json"))


@pytest.mark.parametrize("path", RESULTS, ids=lambda path: path.stem)
@pytest.mark.parametrize("width", [40, 47, 60, 72, 80, 100, 133, 200])
def test_lines_fit(path: Path, width: int) -> None:
    text = path.read_text("utf-8")
    model = ParetoComparison if '"periods"' in text else ParetoResult
    stream = io.StringIO()
    print_table(model.model_validate_json(text), make_console(stream, width, plain=True))
    lines = stream.getvalue().splitlines()
    assert max(map(cell_len, lines)) <= width
    assert not [line for line in lines if line != line.rstrip()]
