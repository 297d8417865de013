"""The analysis of variance against a library, and what the intervals are made of."""

from __future__ import annotations

import numpy as np
import pytest

from dmaic.stats.gage.measured import Measured
from dmaic.stats.gage.spread import intervals
from dmaic.stats.gage.variance import Squares, analyse, by_ranges, components


def drawn(parts: int, operators: int, trials: int, seed: int = 3) -> Measured:
    random = np.random.default_rng(seed)
    part, operator = 3 * random.normal(size=parts), random.normal(size=operators)
    cell = 0.5 * random.normal(size=(parts, operators))
    return Measured(
        tuple(map(str, range(parts))),
        tuple(map(str, range(operators))),
        tuple(
            tuple(
                tuple(10 + part[i] + operator[j] + cell[i, j] + 0.3 * random.normal(size=trials))
                for j in range(operators)
            )
            for i in range(parts)
        ),
    )


@pytest.mark.parametrize("sizes", [(2, 2, 2), (6, 3, 2), (4, 5, 3)])
def test_sums_of_squares_and_p_value_are_those_of_statsmodels(sizes: tuple[int, int, int]) -> None:
    import pandas as pd
    from statsmodels.formula.api import ols
    from statsmodels.stats.anova import anova_lm

    measured = drawn(*sizes)
    frame = pd.DataFrame(
        [
            (f"p{i}", f"o{j}", value)
            for i, part in enumerate(measured.values)
            for j, cell in enumerate(part)
            for value in cell
        ],
        columns=["part", "operator", "value"],
    )
    table = anova_lm(ols("value ~ part * operator", frame).fit())
    lines, _, _ = analyse(measured, alpha=1.0)
    names = ["part", "operator", "part:operator", "Residual"]
    for line, name in zip(lines, names, strict=False):
        assert line.df == table.df[name]
        assert line.sum_of_squares == pytest.approx(table.sum_sq[name])
    assert lines[2].p_value == pytest.approx(table["PR(>F)"]["part:operator"])
    total = sum(line.sum_of_squares for line in lines[:4])
    assert lines[4].sum_of_squares == pytest.approx(total)


def test_pooling_adds_squares_and_degrees_of_freedom() -> None:
    measured = drawn(6, 3, 2)
    kept, _, pooled = analyse(measured, alpha=1.0)
    assert not pooled
    lines, squares, pooled = analyse(measured, alpha=0.0)
    assert pooled
    assert squares.interaction is None
    assert lines[3].df == kept[2].df + kept[3].df
    assert lines[3].sum_of_squares == pytest.approx(kept[2].sum_of_squares + kept[3].sum_of_squares)


def test_the_interval_of_repeatability_is_the_chi_square_one() -> None:
    from scipy.stats import chi2

    squares = Squares((9.8, 9), (1.6, 2), None, (0.04, 78), (10, 3, 3))
    spans, _ = intervals(squares, 400_000, 1)
    wanted = [(78 * 0.04 / chi2.ppf(tail, 78)) ** 0.5 for tail in (0.975, 0.025)]
    assert spans["repeatability"].deviation == pytest.approx(wanted, rel=2e-3)


def test_components_below_0_count_as_0_and_are_told() -> None:
    found = components(Squares((50, 1), (2, 1), (8, 1), (2, 4), (2, 2, 2)))
    assert found.operator == 0
    assert found.negative == ("operator",)


def test_ranges_of_too_many_parts_give_no_second_way() -> None:
    assert by_ranges(drawn(1001, 2, 2)) is None
