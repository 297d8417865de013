from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from dmaic.charts import pareto, pareto_comparison, style
from dmaic.charts.bars import WIDTH, tick
from dmaic.errors import OutputError, UsageError
from dmaic.result import Inputs
from dmaic.stats.pareto import ParetoComparison, ParetoResult
from dmaic.stats.rank import Cell, rank

RESULTS = Path(__file__).parents[2] / "golden" / "results"


def load(name: str) -> ParetoResult:
    return ParetoResult.model_validate_json((RESULTS / f"{name}.json").read_text("utf-8"))


def compared(name: str) -> ParetoComparison:
    return ParetoComparison.model_validate_json((RESULTS / f"{name}.json").read_text("utf-8"))


def texts(figure: Figure) -> str:
    found = [text.get_text() for text in figure.texts]
    for axes in figure.axes:
        found += [text.get_text() for text in (*axes.texts, *axes.get_xticklabels())]
    return "\n".join(found)


def heights(axes: Axes) -> list[float]:
    return [patch.get_height() for patch in axes.patches]


def test_bars_stand_in_the_order_of_the_ranking() -> None:
    counts, values, _ = load("failures").plot().axes
    # Counts and costs of the failure table in the issue.
    assert heights(counts) == [14, 8, 3, 2, 2, 1, 1]
    assert heights(values) == [42, 76, 3, 5, 17, 3.6, 3.4]


def test_the_cumulative_line_is_anchored_on_axes_of_one_scale() -> None:
    counts, _, right = load("failures").plot().axes
    line = counts.lines[0]
    first = counts.patches[0]
    assert line.get_xdata()[0] == pytest.approx(first.get_x() + first.get_width())
    assert line.get_ydata()[0] == first.get_height()
    assert list(line.get_ydata()) == [14, 22, 25, 27, 29, 30, 31]
    assert right.get_ylim() == pytest.approx([100 * end / 31 for end in counts.get_ylim()])


def test_the_cutoff_stands_where_it_belongs() -> None:
    counts = load("segments").plot().axes[0]
    assert list(counts.lines[1].get_ydata()) == pytest.approx([0.75 * 1045] * 2)
    assert "cutoff 75 %" in texts(load("segments").plot())


def test_vital_few_and_other_differ_in_more_than_colour() -> None:
    axes = load("segments").plot().axes[0]
    bars = axes.patches
    assert [bar.get_facecolor() for bar in bars[:4]] == [bars[0].get_facecolor()] * 4
    assert bars[4].get_facecolor() != bars[0].get_facecolor()
    assert bars[-1].get_hatch()
    assert not bars[4].get_hatch()
    weights = [text.get_fontweight() for text in axes.texts[:8]]
    assert weights == ["bold"] * 4 + ["normal"] * 4


def test_names_are_text() -> None:
    figure = load("segments").plot()
    shown = texts(figure)
    assert "\x1b" not in shown
    assert "[red]" in shown
    huge = load("huge").plot()
    shown_axes = [axes for axes in huge.axes if axes.xaxis.get_visible()]
    labels = [label for axes in shown_axes for label in axes.get_xticklabels()]
    assert "$x^2$ & co" in [label.get_text() for label in labels]
    assert not [label for label in labels if label.get_parse_math()]


def test_many_categories_are_drawn_as_few() -> None:
    figure = load("many").plot()
    bars = heights(figure.axes[0])
    assert len(bars) == pareto.BARS
    assert sum(bars) == load("many").total_churned
    assert "Drawn are the first 14 of 40 categories" in texts(figure)


def test_one_panel_without_value_and_room_around_one_bar() -> None:
    figure = load("single").plot()
    assert len(figure.axes) == 2  # the panel and its right axis
    low, high = figure.axes[0].get_xlim()
    assert WIDTH / (high - low) < 0.4


def test_nothing_lost_and_negative_excess_can_be_drawn() -> None:
    result = load("telco")
    nothing = [
        row.model_copy(update={"churned": 0.0, "share": None, "vital_few": False})
        for row in result.rows
    ]
    drawn = result.model_copy(update={"rows": tuple(nothing), "total_churned": 0.0}).plot()
    assert heights(drawn.axes[0]) == [0, 0, 0]
    excess = result.model_copy(update={"rank_by": "excess"}).plot()
    assert min(heights(excess.axes[0])) < 0
    assert excess.axes[0].get_ylim()[0] < min(heights(excess.axes[0]))


def test_headline() -> None:
    assert pareto.headline(load("telco")) == "Month-to-month makes 88.6 % of the churned customers"
    assert pareto.headline(load("segments")).startswith("4 of 24 categories make 81.4 %")
    blank = rank(
        [Cell(("(blank)",), 800), Cell(("a",), 100), Cell(("b",), 50), Cell(("c",), 50)],
        by=["reason"], inputs=Inputs(source="t"),
    )  # fmt: skip
    assert pareto.headline(blank) == (
        "No verdict: (blank) makes 80.0 % of the churned customers, so where most of the loss "
        "belongs is not recorded"
    )
    flat = load("telco").concentration.model_copy(
        update={"effect": False, "verdict": "No Pareto effect: all alike. And more."}
    )
    result = load("telco").model_copy(update={"concentration": flat})
    assert pareto.headline(result) == "No Pareto effect: all alike"


@pytest.mark.parametrize("name", ["before-after", "monthly"])
def test_comparison(name: str) -> None:
    result = compared(name)
    amounts, rates = result.plot().axes
    assert len(amounts.patches) == len(result.rows) * len(result.periods)
    assert heights(amounts)[:2] == [cell.churned for cell in result.rows[0].cells[:2]]
    assert len(rates.containers) == len(amounts.patches)
    legend = [text.get_text() for text in result.plot().legends[0].get_texts()]
    assert legend == list(result.periods)


def test_a_chart_draws_only_its_own_kind() -> None:
    with pytest.raises(TypeError):
        pareto.draw(compared("monthly"))
    with pytest.raises(TypeError):
        pareto_comparison.draw(load("telco"))


@pytest.mark.parametrize("suffix", ["png", "svg", "pdf"])
def test_the_same_chart_gives_the_same_bytes(tmp_path: Path, suffix: str) -> None:
    for name in "ab":
        style.save(load("segments").plot(), tmp_path / f"{name}.{suffix}")
    data = (tmp_path / f"a.{suffix}").read_bytes()
    assert data == (tmp_path / f"b.{suffix}").read_bytes()
    assert data.startswith({"png": b"\x89PNG", "svg": b"<?xml", "pdf": b"%PDF"}[suffix])
    assert b"<script" not in data


@pytest.mark.parametrize("name", ["a.gif", "a", "a.png.exe"])
def test_unknown_endings(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError) as caught:
        style.save(Figure(), tmp_path / name)
    assert caught.value.code == "usage.chart-format"
    assert not list(tmp_path.iterdir())


def test_a_chart_that_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(OutputError):
        style.save(Figure(), tmp_path / "no" / "a.png")


@pytest.mark.filterwarnings("error")
def test_nothing_global_changes_and_nothing_warns(tmp_path: Path) -> None:
    import matplotlib

    before = dict(matplotlib.rcParams)
    style.save(load("segments").plot(), tmp_path / "a.png")
    assert dict(matplotlib.rcParams) == before


def test_tick() -> None:
    shown = [tick(figure, "$") for figure in (0, 750, 1250, 12_500, 1_250_000, -2e6, 1e16, 0.25)]
    assert shown == ["$0", "$750", "$1,250", "$12.5K", "$1.25M", "-$2M", "$1e+16", "$0.25"]


def test_a_chart_needs_no_pyplot() -> None:
    code = (
        "import sys; from pathlib import Path; from dmaic.stats.pareto import ParetoResult;"
        f"text = Path({str(RESULTS / 'telco.json')!r}).read_text();"
        "ParetoResult.model_validate_json(text).plot();"
        "print(sorted({'matplotlib.pyplot', 'pandas', 'scipy', 'duckdb'} & set(sys.modules)))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout == "[]\n"
