"""The chart of drivers."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas
import pytest

import dmaic
from dmaic.charts import drivers as chart
from dmaic.charts import style


def frame(size: int = 800) -> pandas.DataFrame:
    draw = np.random.default_rng(4)
    use = draw.uniform(0, 100, size).round()
    odds = -2 + ((use - 45) / 20) ** 2 * 0.5
    return pandas.DataFrame(
        {
            "churned": (draw.random(size) < 1 / (1 + np.exp(-odds))).astype(int),
            "use": use,
            "a very long name of a column $x^2$": draw.choice(["Pro \\ Team", "日本", "c"], size),
        }
    )


def test_a_number_that_turns_gets_a_panel_of_its_own() -> None:
    figure = dmaic.drivers(frame()).plot()
    left, right = figure.axes
    assert "odds ratio" in left.get_xlabel()
    assert right.get_xlabel() == "use"
    assert "lowest at about" in right.get_title(loc="left")
    assert len(right.patches) == 5


def test_without_a_bend_the_ratios_stand_alone() -> None:
    figure = dmaic.drivers(frame(), without="use").plot()
    (axes,) = figure.axes
    assert [each.get_text() for each in axes.get_yticklabels()][-1]


def test_a_ratio_without_end_is_an_arrow_and_the_picture_is_saved(tmp_path: Path) -> None:
    data = frame()
    data["gone"] = np.where(data.churned == 1, np.arange(len(data)) % 2, 0)
    figure = dmaic.drivers(data, terms=["gone", "use"]).plot()
    style.save(figure, tmp_path / "drivers.png")
    assert (tmp_path / "drivers.png").stat().st_size > 10_000


def test_many_terms_are_cut_and_told() -> None:
    draw = np.random.default_rng(8)
    data = frame(4000)
    data["city"] = draw.choice([f"city {at:02}" for at in range(29)], 4000)
    data["hub"] = draw.choice([f"hub {at:02}" for at in range(9)], 4000)
    (left, *_) = dmaic.drivers(data).plot().axes
    assert len(left.get_yticks()) == chart.MOST


def test_another_result_is_refused() -> None:
    with pytest.raises(TypeError):
        chart.draw(dmaic.pareto(frame(), by="use"))
