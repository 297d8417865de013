"""What holds of agreement whatever the codes are."""

from __future__ import annotations

import random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from dmaic.result import Inputs
from dmaic.stats.agreement.coding import Codings
from dmaic.stats.agreement.coefficient import cohen
from dmaic.stats.agreement.resample import fleiss, krippendorff
from dmaic.stats.agreement.study import study

FEW = 200


def codings(rows: list[list[int | None]], codes: int) -> Codings:
    """Items (rows) by raters (columns); None is a coding that is lacking."""
    given = tuple({at: (code,) for at, code in enumerate(row) if code is not None} for row in rows)
    kept = [item for item in given if item]
    return Codings(
        items=tuple(f"i{at}" for at in range(len(kept))),
        raters=tuple(f"r{at}" for at in range(max(map(len, rows)))),
        codes=tuple(f"c{at}" for at in range(codes)),
        given=tuple(kept),
        standard={},
    )


tables = st.integers(2, 4).flatmap(
    lambda size: st.lists(
        st.lists(st.integers(0, 12), min_size=size, max_size=size), min_size=size, max_size=size
    )
)
studies = st.tuples(st.integers(2, 4), st.integers(2, 4)).flatmap(
    lambda sizes: st.lists(
        st.lists(st.none() | st.integers(0, sizes[1] - 1), min_size=sizes[0], max_size=sizes[0]),
        min_size=1,
        max_size=25,
    )
)


@given(tables)
def test_raters_and_the_order_of_codes_may_be_swapped(table: list[list[int]]) -> None:
    found = cohen(table)
    turned = cohen([list(row) for row in zip(*table, strict=True)])
    backwards = cohen([row[::-1] for row in table[::-1]])
    for other in (turned, backwards):
        assert other.value == found.value
        assert other.low == pytest.approx(found.low, abs=1e-9)
        assert other.high == pytest.approx(found.high, abs=1e-9)
    if found.value is not None:
        assert found.low is not None
        assert found.high is not None
        assert -1 <= found.low <= found.value <= found.high <= 1
        assert found.high - found.low > 1e-6, "nothing is certain"


@given(tables, st.integers(2, 5))
def test_items_said_again_leave_kappa_and_narrow_it(table: list[list[int]], times: int) -> None:
    found, more = cohen(table), cohen([[times * count for count in row] for row in table])
    assert more.value == pytest.approx(found.value)
    if found.standard_error:
        assert more.standard_error == pytest.approx(found.standard_error / times**0.5)


@settings(max_examples=60)
@given(studies, st.randoms(use_true_random=False))
def test_the_order_of_items_changes_nothing(
    rows: list[list[int | None]], shuffle: random.Random
) -> None:
    every = codings(rows, 4)
    assume(every.full())
    mixed = rows[:]
    shuffle.shuffle(mixed)
    one = study(every, Inputs(source="a"), draws=FEW, seed=1)
    other = study(codings(mixed, 4), Inputs(source="a"), draws=FEW, seed=1)
    assert one.to_dict() == other.to_dict()


@settings(max_examples=60)
@given(studies)
def test_every_figure_is_in_bounds(rows: list[list[int | None]]) -> None:
    every = codings(rows, 4)
    assume(every.full())
    result = study(every, Inputs(source="a"), draws=FEW, seed=1)
    for each in result.comparisons:
        assert 0 <= each.agreed <= each.items
        if each.items:
            assert each.low is not None
            assert each.high is not None
            assert 0 <= each.low <= (each.percent_agreement or 0) <= each.high <= 1
    for figure in (result.cohen, result.fleiss, result.krippendorff):
        if figure is not None and figure.value is not None:
            assert -1 - 1e-9 <= (figure.low or 0) <= figure.value + 1e-9
            assert figure.value <= (figure.high or 1) + 1e-9 <= 1 + 2e-9
    assert sum(each.share for each in result.mixed_up) == pytest.approx(int(bool(result.mixed_up)))
    assert sum(each.used for each in result.codes) == result.codings
    assert result.verdict
    assert result.blocks()


@settings(max_examples=80)
@given(
    st.integers(2, 5).flatmap(
        lambda size: st.lists(
            st.lists(st.integers(0, 3), min_size=size, max_size=size), min_size=2, max_size=20
        )
    )
)
def test_alpha_is_fleiss_less_what_few_items_add(rows: list[list[int]]) -> None:
    """With n codings and none lacking, 1 - alpha = (1 - kappa) (n - 1) / n."""
    counts = [tuple(row.count(code) for code in range(4)) for row in rows]
    kappa, alpha = fleiss(counts, FEW)[0], krippendorff(counts, FEW)
    if kappa.value is None:
        assert alpha.value is None
        return
    assert alpha.value is not None
    size = sum(map(sum, counts))
    assert 1 - alpha.value == pytest.approx((1 - kappa.value) * (size - 1) / size)
