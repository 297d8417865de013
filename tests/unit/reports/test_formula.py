"""Formulas are printed, not typed."""

from __future__ import annotations

import pytest

from dmaic.reports.formula import printed


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("12 x (lost +- 1.96 sqrt(n))", "12 × (lost ± 1.96 √(n))"),
        ("z^2 p (1 - p) / E^2, 1 - (1 - c)^12", "z² p (1 − p) / E², 1 − (1 − c)¹²"),
        ("v(x) = x^0.88, (1 + r)^(m/12)", "v(x) = x^0.88, (1 + r)^(m/12)"),
        ("z_alpha sqrt(p)", "zα √(p)"),
        ("not part of recovered_annual, by reason_group",
         "not part of recovered annual, by reason_group"),
        ("404-413, up-to-date, 2 x 2", "404-413, up-to-date, 2 × 2"),
    ],
)  # fmt: skip
def test_signs_of_printing_and_words_for_the_fields_of_the_result(typed: str, wanted: str) -> None:
    assert printed(typed, {"recovered_annual"}) == wanted
