"""Charts of sample sizes and surveys: what they draw, and that other results are refused."""

from __future__ import annotations

from pathlib import Path

import pytest

import dmaic
from dmaic.charts import sample_size as size_chart
from dmaic.charts import survey as survey_chart

SAMPLE = Path(__file__).parents[3] / "sample_data"


def test_a_curve_for_each_effect_and_a_point_for_each_sample() -> None:
    result = dmaic.sample_size(from_rate=0.048, to_rate=[0.03, 0.036])
    (axes,) = result.plot().axes
    curves = [line for line in axes.get_lines() if len(line.get_xdata()) > 10]
    assert [line.get_label() for line in curves] == ["4.8 % to 3 %", "4.8 % to 3.6 %"]
    points = [tuple(each.get_offsets()[0]) for each in axes.collections]
    assert [x for x, _ in points] == [row.n for row in result.rows]
    assert all(y == pytest.approx(80, abs=0.1) for _, y in points)


def test_sizes_far_apart_are_drawn_on_a_logarithmic_axis() -> None:
    near, far = ([0.03, 0.035], [0.01, 0.045])
    for rates, scale in ((near, "linear"), (far, "log")):
        (axes,) = dmaic.sample_size(from_rate=0.048, to_rate=rates).plot().axes
        assert axes.get_xscale() == scale


def test_reasons_lie_with_their_intervals_beside_who_answered() -> None:
    result = dmaic.survey(SAMPLE / "exit_survey.csv", population=SAMPLE / "churn_export.csv")
    left, right = result.plot().axes
    assert [each.get_text() for each in left.get_yticklabels()][:2] == [
        row.reason if len(row.reason) <= 36 else row.reason[:35] + "…" for row in result.reasons[:2]
    ]
    assert len(right.get_yticklabels()) == len(result.cells)
    interval = left.get_lines()[0].get_xdata()
    first = result.reasons[0]
    assert list(interval) == pytest.approx([100 * first.low, 100 * first.high])


def test_another_result_is_refused() -> None:
    size = dmaic.sample_size(margin=0.05)
    with pytest.raises(TypeError, match="not a survey"):
        survey_chart.draw(size)
    other = dmaic.clv(arpa=100, churn=0.05)
    with pytest.raises(TypeError, match="not a sample size"):
        size_chart.draw(other)
