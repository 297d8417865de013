"""A figure and its sign stand on one line."""

from __future__ import annotations

import pytest

from dmaic.reports.dialect import text_of
from dmaic.reports.pandoc import read


@pytest.mark.parametrize(
    ("told", "wanted"),
    [
        ("46.3 % of it", "46.3~% of it"),
        ("(95 %), at 30 %.", "(95~%), at 30~%."),
        ("**46.3** % of it", "46.3~% of it"),
        ("saves $1.5 million, or $ 2", "saves $1.5~million, or $~2"),
        ("entry No. 12", "entry No.~12"),
        ("1.85 % to 2.55 %", "1.85~% to 2.55~%"),
        ("the 3 teams of Q4 % x", "the 3 teams of Q4 % x"),
        ("say no. Then 5 people", "say no. Then 5 people"),
        ("`a 5 % b` and 3 millionaires", "a 5 % b and 3 millionaires"),
    ],
)
def test_no_line_ends_between_a_figure_and_what_belongs_to_it(told: str, wanted: str) -> None:
    assert text_of(read(told)["blocks"]) == wanted.replace("~", "\u00a0")


def test_cells_of_tables_too() -> None:
    tree = read("| share |\n| --- |\n| 46.3 % |")
    assert "46.3\u00a0%" in text_of(tree["blocks"][0]["c"][4])
