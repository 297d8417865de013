"""A table that must not lose a column is shown as fields where the window is too narrow."""

from __future__ import annotations

from io import StringIO

from rich.console import Console

from dmaic.block import Cells, Table
from dmaic.cli.render.blocks import print_blocks

COLUMNS = (
    Cells("", ("T1", "T2")),
    Cells("Term", ("churn", "segment"), wrap=True),
    Cells("Definition", ("left and did not return", "the trade"), wrap=True),
    Cells("Who", ("Finance", ""), wrap=True),
    Cells("Days", ("30", "0"), right=True),
)


def shown(width: int, *, whole: bool, signs: bool = False) -> str:
    stream = StringIO()
    table = Table(COLUMNS, title="Terms", whole=whole, signs=("good", "bad") if signs else ())
    print_blocks((table,), Console(file=stream, width=width, color_system=None))
    return stream.getvalue()


def test_a_wide_window_shows_the_table() -> None:
    assert shown(100, whole=True) == shown(100, whole=False)
    assert "Definition" in shown(100, whole=True).splitlines()[1]


def test_a_narrow_window_shows_every_cell() -> None:
    text = shown(40, whole=True)
    for cells in COLUMNS[1:]:
        for cell in cells.texts:
            assert cell in text
    assert "Not shown" not in text
    assert "Not shown" in shown(40, whole=False)


def test_a_row_begins_with_its_sign_and_name_and_leaves_out_empty_fields() -> None:
    lines = shown(40, whole=True, signs=True).splitlines()
    assert "✓ T1 churn" in lines
    assert "✗ T2 segment" in lines
    assert sum("Who" in line for line in lines) == 1
