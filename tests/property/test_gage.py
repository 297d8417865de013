"""What holds of a gage study whatever was measured."""

from __future__ import annotations

import random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from dmaic.stats.gage.measured import Measured
from dmaic.stats.gage.variance import Variances, analyse, by_ranges, components

values = st.integers(-500, 500).map(lambda each: each / 8)
studies = st.tuples(st.integers(2, 5), st.integers(2, 4), st.integers(2, 3)).flatmap(
    lambda sizes: st.lists(
        st.lists(
            st.lists(values, min_size=sizes[2], max_size=sizes[2]),
            min_size=sizes[1],
            max_size=sizes[1],
        ),
        min_size=sizes[0],
        max_size=sizes[0],
    )
)


def measured(cells: list[list[list[float]]]) -> Measured:
    return Measured(
        tuple(f"p{at}" for at in range(len(cells))),
        tuple(f"o{at}" for at in range(len(cells[0]))),
        tuple(tuple(tuple(cell) for cell in part) for part in cells),
    )


def split(cells: list[list[list[float]]], alpha: float = 0.05) -> Variances:
    return components(analyse(measured(cells), alpha)[1])


def figures(variances: Variances) -> list[float]:
    return [variances.repeatability, variances.operator, variances.interaction, variances.part]


@settings(max_examples=80)
@given(studies, st.integers(-50, 50), st.sampled_from([0.25, 0.5, 2.0, 8.0]))
def test_shift_changes_nothing_and_scale_squares(
    cells: list[list[list[float]]], shift: int, scale: float
) -> None:
    moved = [[[scale * each + shift for each in cell] for cell in part] for part in cells]
    for way in (0.0, 1.0):
        wanted = [scale * scale * each for each in figures(split(cells, way))]
        assert figures(split(moved, way)) == pytest.approx(wanted, rel=1e-6, abs=1e-6)
    ranges, moved_ranges = by_ranges(measured(cells)), by_ranges(measured(moved))
    assert ranges is not None
    assert moved_ranges is not None
    wanted = [scale * scale * each for each in figures(ranges)]
    assert figures(moved_ranges) == pytest.approx(wanted, rel=1e-6, abs=1e-6)


@settings(max_examples=80)
@given(studies, st.randoms(use_true_random=False))
def test_names_and_order_change_nothing(
    cells: list[list[list[float]]], shuffle: random.Random
) -> None:
    parts, operators = list(range(len(cells))), list(range(len(cells[0])))
    shuffle.shuffle(parts)
    shuffle.shuffle(operators)
    mixed = [[cells[part][operator][::-1] for operator in operators] for part in parts]
    for way in (0.0, 1.0):
        assert figures(split(mixed, way)) == pytest.approx(
            figures(split(cells, way)), rel=1e-6, abs=1e-6
        )


@settings(max_examples=80)
@given(studies)
def test_squares_add_up_and_nothing_is_negative(cells: list[list[list[float]]]) -> None:
    lines, _, _ = analyse(measured(cells), 1.0)
    every = [each for part in cells for cell in part for each in cell]
    mean = sum(every) / len(every)
    total = sum((each - mean) ** 2 for each in every)
    assert lines[-1].sum_of_squares == pytest.approx(total, rel=1e-9, abs=1e-6)
    assert lines[-1].df == sum(line.df for line in lines[:-1]) == len(every) - 1
    for variances in (split(cells, 0.0), split(cells, 1.0)):
        assert min(figures(variances)) >= 0
        assert variances.total == pytest.approx(sum(figures(variances)))


@settings(max_examples=40)
@given(studies)
def test_parts_that_repeat_exactly_leave_nothing_to_the_gage(
    cells: list[list[list[float]]],
) -> None:
    same = [[[part[0][0]] * len(part[0]) for _ in part] for part in cells]
    assume(len({part[0][0] for part in cells}) > 1)
    assert split(same).gage == pytest.approx(0, abs=1e-9)
    assert split(same).part > 0
