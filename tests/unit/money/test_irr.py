"""Internal rates of return."""

from __future__ import annotations

import pytest

from dmaic.money.irr import irr


def test_a_year_at_ten_per_cent() -> None:
    # 100 laid out bring 110 in twelve months: (1 + i)^12 = 1.1.
    rate, reason = irr([-100, *[0.0] * 11, 110])
    assert rate == pytest.approx(0.1)
    assert reason == ""


def test_the_npv_at_it_is_zero() -> None:
    net = [-1000.0, *[90.0] * 24]
    rate, _ = irr(net)
    assert rate is not None
    assert sum(x / (1 + rate) ** (m / 12) for m, x in enumerate(net)) == pytest.approx(0, abs=1e-6)


@pytest.mark.parametrize(
    ("net", "says"),
    [
        ([0, 0, 0], "nothing is paid"),
        ([0, 5, 5], "nothing has to be laid out"),
        ([-5, 1, 1], "does not come back"),
        ([-5, 10, -8, 10], "more than once"),
        ([-1, 100], "more than 1,000 % a month"),
        # Earned first, laid out last: one change of sign, and a loss at the end.
        ([5, -10], "does not come back"),
    ],
)
def test_where_there_is_none_it_says_why(net: list[float], says: str) -> None:
    rate, reason = irr(net)
    assert rate is None
    assert says in reason
