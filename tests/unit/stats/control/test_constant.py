"""Constants: integrated ones against printed tables, and against a second integration."""

from __future__ import annotations

from math import gamma, pi, sqrt

import pytest

from dmaic.errors import DataError, UsageError
from dmaic.stats.control.constant import TABLE_LAST, d2_d3, exact_c4, factors


@pytest.mark.parametrize("size", range(2, TABLE_LAST + 1))
def test_integrated_constants_round_to_the_printed_ones(size: int) -> None:
    exact, table = factors(size), factors(size, "table")
    assert exact.d2 == pytest.approx(table.d2, abs=0.00051)
    assert exact.d3 == pytest.approx(table.d3, abs=0.00101)
    assert exact.c4 == pytest.approx(table.c4, abs=0.000051)
    # The printed D3, D4, B3 and B4 were made of rounded d2, d3 and c4.
    for name in ("D3", "D4", "B3", "B4"):
        assert getattr(exact, name) == pytest.approx(getattr(table, name), abs=0.0011)


def test_constants_of_two_values_are_closed_forms() -> None:
    assert d2_d3(2) == pytest.approx((2 / sqrt(pi), sqrt(2 - 4 / pi)), abs=1e-15)
    # E(R) = 3/√π for three values (David and Nagaraja 2003, Order Statistics, 3.2).
    assert d2_d3(3)[0] == pytest.approx(3 / sqrt(pi), abs=1e-8)
    assert exact_c4(4) == pytest.approx(sqrt(2 / 3) * gamma(2) / gamma(1.5), abs=1e-12)


def test_constants_of_large_subgroups_agree_with_harter() -> None:
    # Harter (1960), Annals of Mathematical Statistics 31, 1122-1131: mean and variance of the
    # range of 100 values: 5.01519 and 0.36624.
    mean, deviation = d2_d3(100)
    assert mean == pytest.approx(5.01519, abs=0.00001)
    assert deviation**2 == pytest.approx(0.36624, abs=0.00001)


def test_constants_that_there_are_not_are_refused() -> None:
    with pytest.raises(UsageError, match="end at subgroups of 25"):
        factors(26, "table")
    with pytest.raises(DataError, match="no chart of ranges"):
        factors(5000)
    with pytest.raises(ValueError, match="no spread"):
        factors(1)
