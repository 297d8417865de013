"""The chart of a recovery: what it shows, and that its words stay apart."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Text

from dmaic.charts import recover, style
from dmaic.money.baseline import NO_BASELINE, baseline_from
from dmaic.money.estimate import estimate
from dmaic.money.recover import RecoverResult
from dmaic.money.scenario import Figures, Scenario
from dmaic.result import Inputs

LONG = "Krankenversicherungsgesellschaftenverzeichnisnummer and more $\\alpha$ [red]x"
API = {"name": "API", "segment": "A", "reduction": "40%,65%,80%", "cost": "90k,120k,180k",
       "running_cost": "4000/month", "ramp": 3}  # fmt: skip


def result(*solutions: dict[str, Any], loss: float = 5e6, **terms: Any) -> RecoverResult:
    asked = Scenario.model_validate({"solutions": solutions, "draws": 2_000, **terms})
    base = NO_BASELINE
    if asked.segments:
        figures = Figures.model_validate(
            {"loss": loss, "churn": "2.2%", "customers": 8_000,
             "shares": dict.fromkeys(asked.segments, 0.46 / len(asked.segments))}
        )  # fmt: skip
        base = baseline_from(figures, asked.segments, asked.currency or "USD")
    return estimate(base, asked, inputs=Inputs(source="figures"))


CASES = {
    "one": result(API),
    "ten": result(
        *({**API, "name": f"{LONG} {place}", "segment": f"A{place % 3}", "starts": place + 1}
          for place in range(10)),
        horizon=60, margin="70%,80%,85%",
    ),
    "loses": result({**API, "reduction": "1%,2%,3%"}, loss=4e5, currency="EUR"),
    "even": result({**API, "cost": "400k;600k;2M"}, loss=2e6),
    "fixed": result({"name": "Known", "recovers": "1000/month", "cost": 10_000}),
    "nothing": result({"segment": "A", "reduction": "0%"}),
    "a month": result(API, horizon=1),
    "far": result(API, horizon=600),
}  # fmt: skip


def texts(figure: Figure) -> str:
    found = [text.get_text() for text in figure.texts]
    for axes in figure.axes:
        found += [axes.get_xlabel(), axes.get_ylabel(), axes.get_title(loc="left")]
        found += [text.get_text() for text in (*axes.texts, *axes.get_yticklabels())]
    return "\n".join(found)


def panels(figure: Figure) -> dict[str, Axes]:
    return {axes.get_title(loc="left").split(",")[0]: axes for axes in figure.axes}


def drawn(figure: Figure) -> Figure:
    with style.style():
        figure.canvas.draw()
    return figure


def words(axes: Axes) -> Sequence[Text]:
    found = [*axes.texts, axes.xaxis.label, axes.yaxis.label]
    for labels, places, ends in (
        (axes.get_xticklabels(), axes.get_xticks(), sorted(axes.get_xlim())),
        (axes.get_yticklabels(), axes.get_yticks(), sorted(axes.get_ylim())),
    ):
        # Ticks beyond the ends of an axis are not drawn.
        found += [
            label
            for label, place in zip(labels, places, strict=True)
            if ends[0] <= place <= ends[1]
        ]
    return found


@pytest.mark.parametrize("name", list(CASES))
def test_no_words_overlap_or_leave_the_figure(name: str) -> None:
    figure = drawn(recover.draw(CASES[name]))
    width, height = figure.get_size_inches() * figure.dpi
    every = [(text.get_text(), text.get_window_extent())
             for text in (*figure.texts, *(each for axes in figure.axes for each in words(axes)))
             if text.get_text().strip()]  # fmt: skip
    for told, box in every:
        assert box.x0 >= 0, told
        assert box.x1 <= width, told
        assert box.y0 >= 0, told
        assert box.y1 <= height, told
    for (one, box), (other, beside) in combinations(every, 2):
        apart = (
            min(box.x1, beside.x1) - max(box.x0, beside.x0) <= 1.5
            or min(box.y1, beside.y1) - max(box.y0, beside.y0) <= 1.5
        )
        assert apart, (one, other)


def test_the_curve_is_the_cash_and_the_band_that_of_the_draws() -> None:
    case = CASES["one"]
    axes = panels(recover.draw(case))[""]
    net = next(line for line in axes.lines if line.get_color() == style.LINE)
    assert list(net.get_ydata()) == [row.cumulative for row in case.months]
    costs = next(line for line in axes.lines if line.get_color() == style.VITAL)
    assert costs.get_ydata()[-1] == pytest.approx(-case.cost)
    corners = axes.collections[0].get_paths()[0].vertices
    assert max(corners[:, 1]) == pytest.approx(max(point.p90 for point in case.simulation.band))
    assert f"pays back in month {case.payback_month}" in texts(axes.figure)  # type: ignore[arg-type]


def test_the_histogram_has_its_points_and_tells_losing_draws_by_colour() -> None:
    case = CASES["even"]
    axes = panels(recover.draw(case))["Net present value of the draws"]
    assert [bar.get_height() for bar in axes.patches] == list(case.simulation.counts)
    from matplotlib.colors import to_hex

    for bar in axes.patches:
        loses = bar.get_x() + bar.get_width() <= 1e-6
        assert (to_hex(bar.get_facecolor()).upper() == style.VITAL) == loses
    marks = [line.get_xdata()[0] for line in axes.lines if line.get_color() == style.LINE]
    npv = case.simulation.npv
    assert marks == pytest.approx([npv.p10, npv.p50, npv.p90])
    # Zero is within the draws, and has its line.
    assert any(line.get_xdata()[0] == 0 for line in axes.lines)


def test_the_tornado_has_the_greatest_swing_on_top_and_marks_what_had_no_range() -> None:
    case = CASES["one"]
    axes = panels(recover.draw(case))["What moves it most"]
    labels = [label.get_text() for label in axes.get_yticklabels()]
    assert labels[0] == "API:\nreduction"
    assert "discount\u00a0±" in labels
    assert len(labels) == len(case.tornado)
    low, high = axes.get_ylim()
    assert low > high
    ends = [bar.get_x() + bar.get_width() for bar in axes.patches[:2]]
    assert ends == pytest.approx([case.tornado[0].npv_low, case.tornado[0].npv_high])


def test_more_quantities_than_fit_are_said_to_be_left_out() -> None:
    case = CASES["ten"]
    told = texts(recover.draw(case))
    assert (
        f"Shown are the 10 quantities that move the net present value most, of {len(case.tornado)}"
        in told
    )
    assert "$\\alpha$" in texts(recover.draw(result({**API, "name": LONG[58:]})))


def test_no_payback_is_the_headline_and_has_no_mark() -> None:
    told = texts(recover.draw(CASES["loses"]))
    assert "Does not pay back within 24 months" in told.replace("\n", " ")
    assert "pays back in month" not in told
    assert "(EUR)" in told
    assert "100 % below zero" in told


def test_what_has_nothing_to_show_has_no_panel() -> None:
    assert list(panels(recover.draw(CASES["nothing"]))) == [""]
    assert list(panels(recover.draw(CASES["fixed"]))) == ["", "What moves it most"]
    assert "Recovers 12.0K a year at full effect" in texts(recover.draw(CASES["fixed"]))


@pytest.mark.parametrize("suffix", [".png", ".svg", ".pdf"])
def test_the_same_result_gives_the_same_bytes(tmp_path: Path, suffix: str) -> None:
    paths = [tmp_path / f"{name}{suffix}" for name in "ab"]
    for path in paths:
        style.save(recover.draw(CASES["one"]), path)
    assert paths[0].read_bytes() == paths[1].read_bytes()


def test_another_result_is_refused() -> None:
    with pytest.raises(TypeError, match="not a result of recover"):
        recover.draw(object())  # type: ignore[arg-type]


def test_a_saved_result_gives_the_same_chart() -> None:
    again = RecoverResult.model_validate_json(CASES["one"].model_dump_json())
    assert again == CASES["one"]
    assert texts(again.plot()) == texts(CASES["one"].plot())
