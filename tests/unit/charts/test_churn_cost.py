"""The charts of churn and of its cost."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from matplotlib.figure import Figure

import dmaic
from dmaic.charts import churn as churn_chart
from dmaic.charts import cost as cost_chart
from dmaic.charts.ranked import MOST
from dmaic.money.cost import cost_of
from dmaic.money.definition import DEFAULT
from dmaic.money.flow import Flow
from dmaic.money.ledger import Ledger, Span
from dmaic.result import Inputs, Result

SAMPLE = Path(__file__).parents[3] / "sample_data"


def texts(figure: Figure) -> str:
    found = [text.get_text() for text in figure.texts]
    for axes in figure.axes:
        found += [text.get_text() for text in (*axes.texts, *axes.get_yticklabels())]
    return "\n".join(found)


def test_churn_over_time_with_its_band_and_the_mrr_that_moved() -> None:
    result = dmaic.churn_rates(SAMPLE / "churn_export.csv")
    figure = result.plot()
    rate, money = figure.axes
    assert list(rate.lines[0].get_ydata()) == pytest.approx(
        [100 * (each.logo_churn or 0) for each in result.periods]
    )
    assert "2.20 % of the customers are lost a month" in texts(figure)
    heights = [patch.get_height() for patch in money.patches]
    assert heights == pytest.approx(
        [each.mrr_new or 0 for each in result.periods]
        + [-(each.mrr_churned or 0) for each in result.periods]
    )


def test_an_export_without_dates_shows_its_categories(tmp_path: Path) -> None:
    path = tmp_path / "flags.csv"
    path.write_text("id,plan,churned\n1,A,Yes\n2,A,No\n3,B,No\n")
    figure = dmaic.churn_rates(path, by="plan").plot()
    assert "no monthly rate" in texts(figure)
    assert "33.33 % · 1 of 3" in texts(figure)


def test_one_period_without_money_can_be_drawn(tmp_path: Path) -> None:
    path = tmp_path / "one.csv"
    path.write_text("id,signup_date,churn_date\n1,2023-01-01,2024-01-31\n2,2023-01-01,\n")
    assert len(dmaic.churn_rates(path).plot().axes) == 1


def test_cost_by_segment_the_dearest_first() -> None:
    result = dmaic.cost(SAMPLE / "churn_export.csv")
    figure = result.plot()
    (axes,) = figure.axes
    widths = [patch.get_width() for patch in axes.patches]
    assert widths == [each.annual_loss for each in result.segments]
    assert widths == sorted(widths, reverse=True)
    assert "$2.3M · 46.3 %" in texts(figure)
    # The interval lies on the bar.
    assert list(axes.lines[0].get_xdata()) == [
        result.segments[0].annual_low,
        result.segments[0].annual_high,
    ]


def test_many_segments_are_folded_and_names_stay_text() -> None:
    from datetime import date

    flow = Flow(customers_start=9, churned=1, mrr_start=90.0, mrr_new=0.0, mrr_churned=10.0,
                mrr_reactivated=0.0, mrr_passing=0.0, squares_churned=100.0)  # fmt: skip
    ledger = Ledger(
        definition="dmaic",
        by=("segment",),
        spans=(Span("2024-01", date(2024, 1, 1), date(2024, 1, 31)),),
        flows={(f"$x_{at}^2$ \x1b[0m",): (replace(flow, mrr_churned=10.0 + at),)
               for at in range(40)},
        unit="customers",
        currency=None,
        value_name="mrr",
        inputs=Inputs(source="$HOME_1$.csv"),
    )  # fmt: skip
    figure = cost_of(ledger, DEFAULT).plot()
    (axes,) = figure.axes
    assert len(axes.patches) == MOST
    assert "Other (26)" in texts(figure)
    assert "$x_39^2$" in texts(figure)
    assert "\x1b" not in texts(figure)


@pytest.mark.parametrize("draw", [churn_chart.draw, cost_chart.draw])
def test_other_results_are_refused(draw: object) -> None:
    with pytest.raises(TypeError, match="not a"):
        draw(Result(kind="other", inputs=Inputs(source="x")))  # type: ignore[operator]
