from __future__ import annotations

import pytest
from matplotlib.figure import Figure

import dmaic
from dmaic.charts import clv

COHORT = (1000, 869, 743, 653, 593, 551, 517, 491)


def labels(figure: Figure) -> list[str]:
    legend = figure.axes[0].get_legend()
    assert legend is not None
    return [text.get_text() for text in legend.get_texts()]


def test_observed_points_curve_and_constant_rate_are_told_apart() -> None:
    figure = dmaic.clv(survivors=COHORT).plot()
    assert labels(figure) == [
        "observed",
        "constant rate",
        "constant rate, projected",
        "sBG curve",
        "sBG curve, projected",
    ]
    left = figure.axes[0]
    points = left.collections[0].get_offsets()
    assert [tuple(point) for point in points[:3]] == [(0, 100), (1, 86.9), (2, 74.3)]  # type: ignore[index]


def test_what_was_not_seen_is_dashed_and_begins_where_the_line_ends() -> None:
    result = dmaic.clv(survivors=COHORT)
    for axes in result.plot().axes:
        solid, dashed = axes.lines[-2:]
        assert solid.get_linestyle() == "-"
        assert dashed.get_linestyle() == "--"
        assert solid.get_xdata()[-1] == dashed.get_xdata()[0] == 7  # type: ignore[index]
        assert solid.get_ydata()[-1] == dashed.get_ydata()[0]  # type: ignore[index]


def test_a_rate_alone_is_one_line_and_no_points() -> None:
    figure = dmaic.clv(arpa=100, churn=0.05).plot()
    assert labels(figure) == ["constant rate"]
    assert not figure.axes[0].collections


def test_a_flat_rate_has_no_second_curve() -> None:
    assert "sBG curve" not in labels(dmaic.clv(survivors=(1000, 900, 810, 729)).plot())


def test_another_result_is_refused() -> None:
    with pytest.raises(TypeError):
        clv.draw(dmaic.pareto([{"segment": "A", "churned": "Yes"}], "segment"))
