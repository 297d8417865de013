"""The chart of planned against realised agrees with the figure "to the end"."""

from __future__ import annotations

from datetime import date

from dmaic.charts.planned_realised import Month, draw_months
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
