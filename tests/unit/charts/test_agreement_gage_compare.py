"""Charts of agreement, of a gage study and of a comparison: what is drawn where."""

from __future__ import annotations

from pathlib import Path

import pytest

import dmaic
from dmaic.charts import agreement, compare, gage
from dmaic.charts.style import save

SAMPLE = Path(__file__).parents[3] / "sample_data"


def test_agreement_draws_kappa_of_each_code_and_the_codes_that_meet(tmp_path: Path) -> None:
    result = dmaic.agreement(
        SAMPLE / "reason_codes.csv", item="answer", rater="coder", code="reason_group"
    )
    figure = result.plot()
    left, right = figure.axes
    assert left.get_yticklabels()[0].get_text() == "Cohen's kappa"
    assert len(left.get_yticks()) == 4
    told = {text.get_text() for text in right.texts}
    assert {str(count) for row in result.confusion.counts for count in row if count} == told
    save(figure, tmp_path / "a.svg")


def test_many_codes_are_not_drawn_as_a_table() -> None:
    codes = {at: f"code {at}" for at in range(30)}
    import pandas as pd

    frame = pd.DataFrame({"a": list(codes.values()) * 2, "b": list(codes.values()) * 2})
    assert len(dmaic.agreement(frame, rater=("a", "b")).plot().axes) == 1


def test_one_code_is_drawn_all_the_same() -> None:
    import pandas as pd

    frame = pd.DataFrame({"a": ["x"] * 20, "b": ["x"] * 20})
    assert dmaic.agreement(frame, rater=("a", "b")).plot().axes


def test_gage_draws_every_measurement() -> None:
    result = dmaic.gage(
        SAMPLE / "call_times.csv", part="call", operator="person", value="minutes", tolerance=20
    )
    components, by_part, ranges, by_operator = result.plot().axes
    assert sum(len(each.get_offsets()) for each in by_part.collections) == 60
    assert [text.get_text() for text in by_operator.get_xticklabels()] == [*result.operators]
    assert len(components.patches) == 12
    assert sum(len(line.get_xdata()) for line in ranges.lines if line.get_marker() == "o") == 30  # type: ignore[arg-type]


def test_compare_shades_what_is_too_small_to_matter() -> None:
    result = dmaic.compare(SAMPLE / "churn_export.csv", after=SAMPLE / "after/churn_export.csv")
    figure = result.plot()
    right = figure.axes[-1]
    assert right.get_yticklabels()[0].get_text() == "all"
    assert len(right.get_yticks()) == 13
    least = 100 * (result.minimal_difference or 0)
    band = right.patches[0].get_extents()
    ends = right.transData.inverted().transform([(band.x0, 0), (band.x1, 0)])[:, 0]
    assert list(ends) == pytest.approx([-least, least])


def test_a_pilot_is_drawn_with_its_past() -> None:
    result = dmaic.compare(
        SAMPLE / "churn_export.csv", after=SAMPLE / "after/churn_export.csv", pilot="segment",
        pilot_is=("Auto body estimators",), by="plan",
    )  # fmt: skip
    left = result.plot().axes[0]
    assert len(left.get_xticks()) == 4


@pytest.mark.parametrize("chart", [agreement, compare, gage])
def test_another_result_is_refused(chart: object) -> None:
    with pytest.raises(TypeError):
        chart.draw(dmaic.clv(arpa=100, churn=0.05))  # type: ignore[attr-defined]
