"""The chart of a control chart: what is marked, what is hollow, what is written."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from matplotlib.figure import Figure

import dmaic
from dmaic.charts import control as drawing
from dmaic.charts.control_point import special_color
from dmaic.charts.style import captioned

HOURS = (10, 12, 10, 12, 10, 12, 11, 30, 10, 12, 11, 12)


def chart(hours: Sequence[float] = HOURS, **asked: Any) -> Any:
    rows = [{"day": number, "hours": each} for number, each in enumerate(hours, 1)]
    return dmaic.control(rows, value="hours", label="day", **asked)


def texts(figure: Figure) -> list[str]:
    return [text.get_text() for axes in figure.axes for text in axes.texts]


def test_a_special_cause_bears_the_lowest_number_of_its_rules() -> None:
    figure = chart().plot()
    assert "1" in [text.get_text() for text in figure.axes[0].texts]


def test_limits_and_centre_are_named_at_their_right_end() -> None:
    told = texts(chart().plot())
    assert [any(text.startswith(word) for text in told) for word in ("UCL", "CL", "LCL")] == [
        True
    ] * 3
    assert any(text.startswith("mean MR") for text in told)


def test_a_point_that_was_left_out_is_hollow() -> None:
    figure = chart(exclude="8:outage").plot()
    faces = [tuple(points.get_facecolor()[0]) for points in figure.axes[0].collections]  # type: ignore[index]
    assert faces.count((1.0, 1.0, 1.0, 1.0)) == 1
    assert "1" not in [text.get_text() for text in figure.axes[0].texts]


def test_stages_bear_their_reasons() -> None:
    figure = chart(stage="7:triage", freeze_until="4", exclude="8:outage").plot()
    told = [text.get_text() for text in figure.axes[0].texts]
    assert {"triage", "baseline", "limits of the baseline"} <= set(told)


def test_a_cusum_shows_both_sums() -> None:
    figure = chart(chart="cusum").plot()
    assert len(figure.axes) == 1
    joined = [line for line in figure.axes[0].lines if len(line.get_xdata()) == len(HOURS)]  # type: ignore[arg-type]
    assert len(joined) == 2


def test_a_change_for_the_better_has_its_own_colour() -> None:
    figure = chart((20, 22, 20, 22, 20, 22, 21, 5, 20, 22), direction="lower").plot()
    marked = [text for text in figure.axes[0].texts if text.get_text() == "1"]
    assert [text.get_color() for text in marked] == [special_color(better=True)]


def test_another_result_is_refused() -> None:
    with pytest.raises(TypeError):
        drawing.draw(dmaic.pareto([{"segment": "A", "churned": "Yes"}], "segment"))


def test_beside_a_caption_a_chart_repeats_no_headline() -> None:
    alone = chart().plot()
    with captioned():
        beside = chart().plot()
    told = [text.get_text() for text in beside.texts]
    assert len(told) == len(alone.texts) - 1
    assert alone.texts[0].get_text() not in told
