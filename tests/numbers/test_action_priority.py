"""The action priority of the AIAG & VDA FMEA Handbook (1st edition, 2019), table AP.

The table is typed here a second time, in another shape than in the code: one line for each block of
the printed table, read from its left (severity) to its right (priority). DFMEA and PFMEA have the
same table.
"""

from __future__ import annotations

from itertools import product

import pytest

from dmaic.documents.improve.priority import action_priority, rpn

# severity; occurrence; detection -> priority
PRINTED = """
9-10 8-10 7-10 H | 9-10 8-10 5-6 H | 9-10 8-10 2-4 H | 9-10 8-10 1-1 H
9-10 6-7  7-10 H | 9-10 6-7  5-6 H | 9-10 6-7  2-4 H | 9-10 6-7  1-1 H
9-10 4-5  7-10 H | 9-10 4-5  5-6 H | 9-10 4-5  2-4 H | 9-10 4-5  1-1 M
9-10 2-3  7-10 H | 9-10 2-3  5-6 M | 9-10 2-3  2-4 L | 9-10 2-3  1-1 L
9-10 1-1  1-10 L
7-8  8-10 7-10 H | 7-8  8-10 5-6 H | 7-8  8-10 2-4 H | 7-8  8-10 1-1 H
7-8  6-7  7-10 H | 7-8  6-7  5-6 H | 7-8  6-7  2-4 H | 7-8  6-7  1-1 M
7-8  4-5  7-10 H | 7-8  4-5  5-6 M | 7-8  4-5  2-4 M | 7-8  4-5  1-1 M
7-8  2-3  7-10 M | 7-8  2-3  5-6 M | 7-8  2-3  2-4 L | 7-8  2-3  1-1 L
7-8  1-1  1-10 L
4-6  8-10 7-10 H | 4-6  8-10 5-6 H | 4-6  8-10 2-4 M | 4-6  8-10 1-1 M
4-6  6-7  7-10 M | 4-6  6-7  5-6 M | 4-6  6-7  2-4 M | 4-6  6-7  1-1 L
4-6  4-5  7-10 M | 4-6  4-5  5-6 L | 4-6  4-5  2-4 L | 4-6  4-5  1-1 L
4-6  2-3  1-10 L | 4-6  1-1  1-10 L
2-3  8-10 7-10 M | 2-3  8-10 5-6 M | 2-3  8-10 2-4 L | 2-3  8-10 1-1 L
2-3  6-7  1-10 L | 2-3  4-5  1-10 L | 2-3 2-3 1-10 L | 2-3 1-1 1-10 L
1-1  1-10 1-10 L
"""


def _cells() -> dict[tuple[int, int, int], str]:
    cells: dict[tuple[int, int, int], str] = {}
    for block in PRINTED.replace("|", "\n").split("\n"):
        if not block.strip():
            continue
        *bands, letter = block.split()
        spans = [range(int(low), int(high) + 1) for low, high in (b.split("-") for b in bands)]
        for cell in product(*spans):
            assert cell not in cells, cell
            cells[cell] = letter  # type: ignore[index]
    return cells


def test_every_one_of_the_thousand_cells_is_as_printed() -> None:
    cells = _cells()
    assert len(cells) == 1000
    assert {cell: action_priority(*cell) for cell in cells} == cells


@pytest.mark.parametrize(
    ("cell", "priority"),
    [
        ((10, 10, 10), "H"), ((1, 10, 10), "L"), ((10, 1, 10), "L"), ((10, 10, 1), "H"),
        ((9, 4, 1), "M"), ((9, 3, 7), "H"), ((9, 3, 6), "M"), ((9, 2, 4), "L"),
        ((8, 6, 1), "M"), ((8, 6, 2), "H"), ((7, 5, 6), "M"), ((7, 3, 4), "L"),
        ((6, 8, 4), "M"), ((6, 8, 5), "H"), ((4, 7, 1), "L"), ((4, 4, 7), "M"),
        ((3, 8, 5), "M"), ((3, 8, 4), "L"), ((2, 7, 10), "L"), ((1, 1, 1), "L"),
    ],
)  # fmt: skip
def test_cells_where_the_priority_turns(cell: tuple[int, int, int], priority: str) -> None:
    assert action_priority(*cell) == priority


def test_no_rating_that_gets_worse_lowers_the_priority() -> None:
    order = "LMH"
    for cell in product(range(1, 10), repeat=3):
        here = order.index(action_priority(*cell))
        for worse in range(3):
            next_cell = [rating + (place == worse) for place, rating in enumerate(cell)]
            assert order.index(action_priority(*next_cell)) >= here, (cell, next_cell)


def test_rpn_is_the_product() -> None:
    assert rpn(7, 6, 5) == 210
    assert (rpn(1, 1, 1), rpn(10, 10, 10)) == (1, 1000)
