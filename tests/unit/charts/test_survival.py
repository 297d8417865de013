from __future__ import annotations

from pathlib import Path

import pytest

import dmaic
from dmaic.charts import survival as chart
from dmaic.charts.style import save

SAMPLE = Path(__file__).parents[3] / "sample_data" / "churn_export.csv"


def drawn(**asked: object) -> tuple[dmaic.SurvivalResult, list[object]]:
    result = dmaic.survival(SAMPLE, fingerprint=False, **asked)  # type: ignore[arg-type]
    assert isinstance(result, dmaic.SurvivalResult)
    return result, list(result.plot().axes)


def test_every_curve_ends_where_it_was_seen_and_has_its_customers_at_risk_beneath() -> None:
    result, axes = drawn(by="plan")
    left, risk, right = axes
    curves = [line for line in left.lines if len(line.get_xdata()) > 2]
    assert len(curves) == len(result.curves) == 3
    for line, curve in zip(curves, result.curves, strict=True):
        assert line.get_drawstyle() == "steps-post"
        assert line.get_ydata()[1] == pytest.approx(100 * curve.survival[1])
    assert len(left.collections) == 3  # a band each
    assert [each.get_text() for each in risk.get_yticklabels()] == [
        row.group for row in result.groups
    ]
    first = [text.get_text() for text in risk.texts if text.get_position()[0] == 0]
    assert first == [f"{row.hazard[0].at_risk:,}" for row in result.groups]
    assert len(right.lines) == 3


def test_the_hazard_of_all_is_drawn_month_by_month_with_its_interval() -> None:
    result, (_, _, right) = drawn()
    (line,) = right.lines
    assert line.get_ydata()[1] == pytest.approx(100 * (result.overall.hazard[1].rate or 0))
    assert len(right.collections) == 1


def test_more_groups_than_can_be_told_apart_are_left_out_and_said_so() -> None:
    result, axes = drawn(by="segment")
    assert len(result.curves) == 11
    curves = [line for line in axes[0].lines if len(line.get_xdata()) > 2]
    assert len(curves) == chart.MOST_CURVES
    texts = " ".join(text.get_text() for text in result.plot().texts)
    assert "The largest of 11 groups are drawn, with those named." in texts
    # Students are few, and leave fastest.
    labels = [label.get_text() for label in axes[1].get_yticklabels()]
    assert result.extremes is not None
    assert {result.extremes.first, result.extremes.second} <= set(labels)


def test_names_that_look_like_formulas_are_text(tmp_path: Path) -> None:
    path = tmp_path / "odd.csv"
    rows = "".join(f"{age},{age % 2},$a_{{{age % 3}}}$\n" for age in range(1, 20))
    path.write_text("tenure,churned,name\n" + rows, "utf-8")
    picture = tmp_path / "odd.png"
    save(dmaic.survival(path, by="name").plot(), picture)
    assert picture.stat().st_size > 10_000


def test_cells_of_the_triangle_that_were_not_seen_stay_empty() -> None:
    result = dmaic.survival(SAMPLE, cohort="month", fingerprint=False)
    assert isinstance(result, dmaic.CohortResult)
    axes = result.plot().axes[0]
    (picture,) = axes.images
    grid = picture.get_array()
    assert grid.shape == (12, 12)
    assert grid.mask.sum() == 12 * 11 // 2
    assert grid[0, 11] == pytest.approx(result.cohorts[0].retention[11])
    assert len(axes.texts) == 12 * 13 // 2


def test_another_result_is_not_drawn() -> None:
    other = dmaic.clv(survivors=(1000, 869, 743))
    with pytest.raises(TypeError):
        chart.draw(other)
