"""Limits of planned looks against published tables and against a simulation."""

from __future__ import annotations

import numpy as np
import pytest

from dmaic.stats.compare.sequential import crossed, inflation, plan


@pytest.mark.parametrize(
    ("looks", "pocock", "obrien"),
    [
        # Jennison and Turnbull (2000), Group Sequential Methods, tables 2.1 and 2.3, alpha 0.05.
        (1, 1.960, 1.960),
        (2, 2.178, 1.977),
        (3, 2.289, 2.004),
        (4, 2.361, 2.024),
        (5, 2.413, 2.040),
        (10, 2.555, 2.087),
    ],
)
def test_constants_of_jennison_and_turnbull(looks: int, pocock: float, obrien: float) -> None:
    assert plan(looks, 0.05, "pocock")[0].z == pytest.approx(pocock, abs=6e-4)
    assert plan(looks, 0.05, "obrien-fleming")[-1].z == pytest.approx(obrien, abs=6e-4)


@pytest.mark.parametrize(
    ("looks", "pocock", "obrien"),
    [
        # The same, tables 2.2 and 2.4, alpha 0.05, power 0.9.
        (2, 1.100, 1.007),
        (3, 1.151, 1.016),
        (5, 1.207, 1.026),
    ],
)
def test_what_looks_cost(looks: int, pocock: float, obrien: float) -> None:
    assert inflation(looks, 0.05, "pocock", 0.9) == pytest.approx(pocock, abs=1.1e-3)
    assert inflation(looks, 0.05, "obrien-fleming", 0.9) == pytest.approx(obrien, abs=1.1e-3)


def test_a_simulation_crosses_as_often_as_integrated() -> None:
    limits = [each.z for each in plan(4, 0.05, "pocock")]
    steps = np.random.default_rng(7).normal(size=(400_000, 4))
    for drift in (0.0, 0.8):
        z = np.cumsum(steps + drift, axis=1) / np.sqrt(np.arange(1, 5))
        seen = (np.abs(z) >= limits).any(axis=1).mean()
        assert crossed(limits, drift) == pytest.approx(seen, abs=3e-3)


@pytest.mark.parametrize("looks", [1, 2, 7, 24])
@pytest.mark.parametrize("alpha", [0.001, 0.05, 0.2])
def test_all_looks_together_cross_with_alpha(looks: int, alpha: float) -> None:
    for boundary in ("pocock", "obrien-fleming"):
        limits = [each.z for each in plan(looks, alpha, boundary)]
        assert crossed(limits) == pytest.approx(alpha, rel=1e-6)
        assert limits == sorted(limits, reverse=True)


def test_a_first_look_of_many_has_a_p_value_that_is_no_nought() -> None:
    first = plan(24, 0.05, "obrien-fleming")[0]
    assert first.z > 8
    assert first.p_value > 0
