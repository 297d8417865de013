"""The chart of planned against realised agrees with the figure "to the end"."""

from __future__ import annotations

from datetime import date

import pytest

from dmaic.charts.planned_realised import Month, draw_months
from dmaic.errors import DataError
from dmaic.project.benefit.benefit import Actual, Benefit
from dmaic.project.benefit.figures import figures


def test_the_dashed_line_ends_where_the_figure_says() -> None:
    # 100 a month; one month recorded, five over without a record, six still to come.
    benefit = Benefit(title="x", target=1200, starts="2025-01",
                      actuals={"2025-01": Actual(amount=70)})  # fmt: skip
    found = figures(benefit, date(2025, 7, 15))
    assert found.to_the_end == 70 + 6 * 100
    months = [Month(each.month, each.planned, each.realised) for each in found.months]
    below = draw_months(months, "2025-07", "USD", "x", []).axes[1]
    dashed = next(line for line in below.lines if line.get_linestyle() == "--")
    assert [float(y) for y in dashed.get_ydata()][-1] == found.to_the_end
    # What was due and is not recorded is told apart from what is still to come.
    dotted = next(line for line in below.lines if line.get_linestyle() == ":")
    assert [float(y) for y in dotted.get_ydata()] == [70] * 6
    assert dashed.get_xdata()[0] == dotted.get_xdata()[-1] == 5


@pytest.mark.parametrize(
    ("now", "told"),
    [
        ("2025-02", {"planned", "realised", "realised, then as planned"}),
        ("2025-03", {"planned", "realised", "not recorded, counted as nothing",
                     "realised, then as planned"}),
        ("2025-06", {"planned", "realised", "not recorded, counted as nothing"}),
    ],
)  # fmt: skip
def test_the_legend_names_the_lines_that_there_are(now: str, told: set[str]) -> None:
    months = [Month(f"2025-0{n}", 10.0, 12.0 if n == 1 else None) for n in range(1, 6)]
    figure = draw_months(months, now, "USD", "x", [])
    assert {text.get_text() for each in figure.legends for text in each.get_texts()} == told


def test_there_is_nothing_to_draw_without_months() -> None:
    with pytest.raises(DataError) as caught:
        draw_months([], "2025-07", "USD", "x", [])
    assert caught.value.code == "benefit.no-chart"


@pytest.mark.parametrize("currency", ["USD", "EUR"])
def test_losses_long_plans_and_hostile_words_are_drawn(currency: str) -> None:
    months = [
        Month(f"{2020 + n // 12}-{n % 12 + 1:02d}", 1e12, -5e11 if n < 90 else None)
        for n in range(100)
    ]
    figure = draw_months(months, "2027-07", currency, "$x$ \\frac \x1b[31m", ["fact " * 200])
    above, below = figure.axes
    # The last sixty months, two bars where both figures are known.
    assert len(above.patches) == 60 + 50
    assert "last 60 of 100 months" in " ".join(each.get_text() for each in figure.texts).replace(
        "\n", " "
    )
    # Sums are of all months, not of those that are drawn.
    assert float(below.lines[0].get_ydata()[0]) == 41e12
