"""The options of the worked case, as they come with the sample data."""

from __future__ import annotations

from pathlib import Path

import pytest

from dmaic.analysis.decide import decide

SCENARIO = Path(__file__).parents[2] / "sample_data" / "scenario.yaml"


def test_the_discount_is_right_on_average_and_refused() -> None:
    result = decide(SCENARIO)
    options = {each.name: each for each in result.options}
    # 0.8 x 1.5M - 0.2 x 120K = 1,176,000.
    assert options["API and calls"].expected_value == pytest.approx(1_176_000)
    assert result.preferred_expected_value == result.preferred_prospect_value == ("API and calls",)
    # 0.5 x 400K - 0.5 x 250K = 75,000; the certainty equivalent is 1,000 times that of 400 against
    # 250, -33.660683, which tests/numbers/test_prospect.py derives.
    discount = options["Discount for estimators"]
    assert discount.expected_value == pytest.approx(75_000)
    assert discount.certainty_equivalent == pytest.approx(-33_660.683, abs=0.01)
    assert "halving the downside by piloting changes that" in discount.sentence
    assert result.currency == "USD"
