"""Churn over time: the rate with its interval, and the MRR that came and went."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dmaic import number
from dmaic.charts import style
from dmaic.charts.bars import tick
from dmaic.charts.ranked import MOST, ROW, Rank, draw_ranked
from dmaic.money.churn import ChurnResult, Figures, PeriodFigures
from dmaic.result import Result

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_BLUE, _ORANGE, _GREEN, _, _SKY, _RED = style.PERIODS[:6]

_MOVES = (
    ("mrr_new", "new", _BLUE, 1),
    ("mrr_expansion", "expansion", _GREEN, 1),
    ("mrr_reactivated", "reactivated", _SKY, 1),
    ("mrr_churned", "churned", _RED, -1),
    ("mrr_contraction", "contraction", _ORANGE, -1),
)


def draw(result: Result) -> Figure:
    """The chart of churn.

    The rate of each period with its 95 % interval as a band and the pooled rate as a line; below
    it, where money is known, the MRR that came (up) and went (down). An export without dates shows
    its categories.

    Args:
        result: a `ChurnResult`.

    Raises:
        TypeError: it is another result.
    """
    if not isinstance(result, ChurnResult):
        raise TypeError(f"not a churn result: {type(result).__name__}")
    with style.style():
        return _over_time(result) if result.periods else _by_category(result)


def _over_time(result: ChurnResult) -> Figure:
    money = result.value_name is not None
    figure = style.make_figure(9.5, 7.2 if money else 4.6)
    grid = figure.subplots(2 if money else 1, 1, squeeze=False, sharex=True)
    panels = list(grid.flat)
    _rate(panels[0], result)
    legend = [(style.LINE, f"logo churn a {result.period}, band: 95 % interval"),
              (style.FAINT, "pooled")]  # fmt: skip
    if money:
        legend += _flow(panels[1], result)
    names = [each.name for each in result.periods]
    every = -(-len(names) // 24)
    panels[-1].set_xticks(range(0, len(names), every))
    slanted = len(names) > 9
    panels[-1].set_xticklabels(
        [style.shown(name, 20) for name in names[::every]], rotation=35 if slanted else 0,
        ha="right" if slanted else "center", rotation_mode="anchor", fontsize=8.5,
    )  # fmt: skip
    style.frame(figure, headline(result), _facts(result), legend)
    return figure


def _rate(axes: Axes, result: ChurnResult) -> None:
    known = [(at, each) for at, each in enumerate(result.periods) if each.logo_churn is not None]
    banded = [(at, each) for at, each in known if each.logo_low is not None]
    marker = "o" if len(known) <= 40 else None
    axes.plot([at for at, _ in known], [100 * (each.logo_churn or 0) for _, each in known],
              color=style.LINE, marker=marker, markersize=4, linewidth=1.6, zorder=4)  # fmt: skip
    low = [100 * (each.logo_low or 0) for _, each in banded]
    high = [100 * (each.logo_high or 0) for _, each in banded]
    if len(banded) == 1:
        at = banded[0][0]
        axes.errorbar([at], [100 * (banded[0][1].logo_churn or 0)],
                      yerr=[[_gap(banded[0][1], "low")], [_gap(banded[0][1], "high")]],
                      color=style.LINE, capsize=4, zorder=3)  # fmt: skip
    else:
        axes.fill_between([at for at, _ in banded], low, high, color=style.PLAIN, alpha=0.55,
                          linewidth=0)  # fmt: skip
    if result.overall.logo_churn is not None:
        axes.axhline(100 * result.overall.logo_churn, color=style.FAINT, linestyle="--",
                     linewidth=1, zorder=3)  # fmt: skip
    top = max([*high, *(100 * (each.logo_churn or 0) for _, each in known), 0.1])
    axes.set_ylim(0, 1.15 * top)
    axes.set_xlim(-0.6, max(len(result.periods) - 0.4, 2.4))
    axes.yaxis.set_major_formatter(lambda figure, _: f"{figure:g} %")
    axes.set_ylabel("logo churn")
    axes.yaxis.grid(visible=True, color=style.GRID)
    style.clean(axes)
    axes.spines[["right"]].set_visible(False)


def _gap(figures: Figures, end: str) -> float:
    rate = figures.logo_churn or 0.0
    edge = figures.logo_low if end == "low" else figures.logo_high
    return 100 * abs((edge or 0.0) - rate)


def _flow(axes: Axes, result: ChurnResult) -> list[tuple[str, str]]:
    legend = []
    tops = [0.0] * len(result.periods)
    floors = [0.0] * len(result.periods)
    for field, meaning, color, sign in _MOVES:
        amounts = [getattr(each, field) or 0.0 for each in result.periods]
        if not any(amounts):
            continue
        base = tops if sign > 0 else floors
        axes.bar(range(len(amounts)), [sign * amount for amount in amounts], 0.72, bottom=base,
                 color=color, linewidth=0)  # fmt: skip
        for at, amount in enumerate(amounts):
            base[at] += sign * amount
        legend.append((color, f"MRR {meaning}"))
    prefix = "$" if result.currency == "USD" else ""
    axes.axhline(0, color=style.FAINT, linewidth=0.8)
    axes.yaxis.set_major_formatter(lambda figure, _: tick(figure, prefix))
    money = f" ({result.currency})" if result.currency else ""
    axes.set_ylabel(f"MRR that came and went{money}")
    axes.yaxis.grid(visible=True, color=style.GRID)
    axes.margins(y=0.1)
    style.clean(axes)
    axes.spines[["right"]].set_visible(False)
    return legend


def _by_category(result: ChurnResult) -> Figure:
    lines: list[Figures] = [*result.segments[:MOST], result.overall]
    ranks = [
        Rank(
            each.name,
            100 * (each.logo_churn or 0.0),
            f"{number.percent(each.logo_churn)} % · {each.lost:,} of {each.customers_start:,}",
            None if each.logo_low is None else 100 * each.logo_low,
            None if each.logo_high is None else 100 * each.logo_high,
            strong=each is result.overall,
        )
        for each in lines
    ]
    figure = style.make_figure(9.5, 1.9 + ROW * max(len(ranks), 3))
    axes = figure.subplots()
    draw_ranked(axes, ranks, heading="lost of all rows, with its 95 % interval")
    axes.xaxis.set_major_formatter(lambda figure, _: f"{figure:g} %")
    style.frame(figure, headline(result), _facts(result), ())
    return figure


def headline(result: ChurnResult) -> str:
    """The finding in one sentence.

    Args:
        result: what was found.
    """
    whole = result.overall
    if whole.logo_churn is None:
        return "Nobody was there to be lost"
    if result.period is None:
        return f"{number.percent(whole.logo_churn)} % of the {result.unit} in this export are lost"
    return f"{number.percent(whole.logo_churn)} % of the {result.unit} are lost a {result.period}"


def _facts(result: ChurnResult) -> list[str]:
    whole = result.overall
    facts = f"{whole.lost:,} of {whole.at_risk:,.0f}"
    if result.period is None:
        facts += " rows; no dates: this is no monthly rate"
    elif len(result.periods) > 1:
        facts += f" {result.unit[:-1]}-{result.period}s, {_named(result.periods)}"
    if whole.gross_revenue_churn is not None and result.period is not None:
        facts += f"; gross revenue churn {number.percent(whole.gross_revenue_churn)} %"
    source = style.shown(result.inputs.source, 60)
    return [facts, f"Definition: {result.definition.name}; {source}"]


def _named(periods: tuple[PeriodFigures, ...]) -> str:
    return f"{periods[0].name} to {periods[-1].name}"
