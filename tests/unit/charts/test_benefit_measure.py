"""The chart of a measured benefit shows the figures of its result."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from dmaic.analysis.treated import find_sides
from dmaic.charts import style
from dmaic.charts.benefit_measure import draw
from dmaic.money.benefit_measure import BenefitMeasureResult
from dmaic.money.ledger import Ledger
from dmaic.money.measure import measure
from dmaic.result import Inputs, Result

Make = Callable[..., Ledger]


def measured(
    ledger: Make, treated: list[str], arpa: float | None = 100.0, lost: int = 20, months: int = 12
) -> BenefitMeasureResult:
    segments = {"fix $x$": [(1000, 50)] * 12, "a": [(5000, 100)] * 12, "(blank)": [(10, 1)] * 12}
    after = {"fix $x$": [(1000, lost)] * months, "a": [(5000, 80)] * months,
             "(blank)": [(10, 0)] * months}  # fmt: skip
    one, other = (
        ledger(first, made, arpa=arpa)
        for first, made in (("2024-01", segments), ("2025-01", after))
    )
    sides = find_sides(one, other, None, treated, (), with_blank=False)
    return measure(sides, "ratio", inputs=Inputs(source="made"))


def test_rates_counterfactual_and_estimate_are_drawn(ledger: Make) -> None:
    result = measured(ledger, ["fix $x$"])
    figure = draw(result)
    left, right = figure.axes
    lines = {tuple(round(float(y), 3) for y in line.get_ydata()) for line in left.lines}
    assert (4.0, 4.0) in lines  # 5 % x 80 / 100, without the fix
    assert (5.0,) * 12 in lines
    assert (2.0,) * 12 in lines
    # 12 x what is saved in a year at 100 each: raw 360, of it 120 the market's, 240 claimed.
    heights = [round(float(patch.get_height())) for patch in right.patches]
    assert heights == [432_000, 144_000, 288_000]
    words = [text.get_text() for text in figure.texts]
    assert any("The fix saved 240 customers" in each.replace("\n", " ") for each in words)


def test_without_treated_segments_their_rates_are_drawn(ledger: Make) -> None:
    figure = draw(measured(ledger, []))
    (axes,) = figure.axes
    assert [label.get_text() for label in axes.get_xticklabels()] == ["a", "fix $x$", "(blank)"]


@pytest.mark.parametrize(
    ("arpa", "lost", "months"), [(None, 20, 12), (100.0, 0, 1), (100.0, 60, 3), (1e9, 1, 40)]
)
def test_any_result_can_be_drawn(
    ledger: Make, tmp_path: Path, arpa: float | None, lost: int, months: int
) -> None:
    path = tmp_path / "chart.png"
    style.save(draw(measured(ledger, ["fix $x$"], arpa, lost, months)), path)
    assert path.stat().st_size > 10_000


def test_only_a_measured_benefit_is_drawn() -> None:
    with pytest.raises(TypeError):
        draw(Result(kind="x", inputs=Inputs(source="x")))
