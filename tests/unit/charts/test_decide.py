"""The chart of a decision."""

from __future__ import annotations

from pathlib import Path

import pytest
from matplotlib.figure import Figure

from dmaic.analysis.decide import decide
from dmaic.charts import style


def drawn(*options: str) -> Figure:
    return decide(options=options).plot()


def texts(figure: Figure) -> str:
    found = [text.get_text() for text in figure.texts]
    for axes in figure.axes:
        found += [text.get_text() for text in (*axes.texts, *axes.get_yticklabels())]
    return "\n".join(found)


def test_both_figures_of_every_option_stand_side_by_side() -> None:
    bars = drawn("Gamble:0.8:4000:0", "Sure:1:3000:0").axes[0]
    # Best expected value first; 2270.08 is the certainty equivalent of the published example.
    assert [patch.get_width() for patch in bars.patches] == pytest.approx(
        [3200, 2270.08, 3000, 3000, 0, 0], abs=0.01
    )
    assert [label.get_text() for label in bars.get_yticklabels()] == [
        "Gamble",
        "Sure",
        "Do nothing",
    ]


def test_the_headline_tells_where_the_views_disagree() -> None:
    told = texts(drawn("Gamble:0.8:4000:0", "Sure:1:3000:0"))
    assert 'Expected value prefers "Gamble", a loss-averse committee "Sure"' in told
    assert "needs a gain of 274" in told
    assert 'both prefer "Sure"' in texts(drawn("Sure:1:3000:0"))


def test_a_loss_is_drawn_as_it_is_felt() -> None:
    line = drawn("A:0.5:1:-1").axes[1].lines[0]
    felt = dict(zip(line.get_xdata(), line.get_ydata(), strict=True))
    # v(1) = 1, v(-1) = -2.25.
    assert (felt[1.0], felt[-1.0]) == (1.0, -2.25)


def test_what_does_not_fit_is_counted() -> None:
    told = texts(drawn(*(f"Option {n}:0.5:{n}:-1" for n in range(30))))
    assert "11 more options are not drawn" in told
    assert "Option 0" not in told.split("\n")


@pytest.mark.parametrize("suffix", style.SUFFIXES)
def test_hostile_names_and_huge_amounts(suffix: str, tmp_path: Path) -> None:
    name = "$x_{1}$ \x1b[31m <b> \u202e " + "very " * 30
    figure = drawn(f"{name}:0.5:1000000000000000:-999999999999999", "B:0.5:0.0001:-0.0002")
    style.save(figure, tmp_path / f"chart{suffix}")
    assert (tmp_path / f"chart{suffix}").stat().st_size > 1000
    assert "\x1b" not in texts(figure)


def test_the_same_decision_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one.svg", "two.svg"):
        style.save(drawn("A:0.5:5:-1"), tmp_path / name)
    assert (tmp_path / "one.svg").read_bytes() == (tmp_path / "two.svg").read_bytes()
