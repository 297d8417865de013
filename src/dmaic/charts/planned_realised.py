"""Planned against realised money by month, and both added up; what charts of benefits share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, Literal

from dmaic.charts import style
from dmaic.charts.bars import tick
from dmaic.errors import DataError
from dmaic.number import money

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MOST = 60
"""Months that are drawn, the last ones; the headline of the chart says so."""

_LABELS = 14
_PLANNED, _REALISED = "#B9CBD8", style.LINE


@dataclass(frozen=True, slots=True)
class Month:
    """One month: money that was planned and that was realised, None where there is none."""

    month: str
    planned: float | None
    realised: float | None


def draw_months(
    months: Sequence[Month], now: str, currency: str, headline: str, facts: Sequence[str]
) -> Figure:
    """Bars by month, and lines of the sums below them.

    Args:
        months: in order, without gaps.
        now: the month that is not over; of earlier ones without a record nothing is expected.
        currency: of all figures.
        headline: the finding, in words.
        facts: one line each.

    Raises:
        DataError: `benefit.no-chart`, there is no month.
    """
    if not months:
        raise DataError(
            "No benefit is planned, so there is nothing to draw.",
            "benefit.no-chart",
            'dmaic benefit plan "TITLE" --target AMOUNT',
        )
    with style.style():
        return _draw(months, now, currency, headline, list(facts))


def _draw(
    months: Sequence[Month], now: str, currency: str, headline: str, facts: list[str]
) -> Figure:
    shown = months[-MOST:]
    if len(shown) < len(months):
        facts.append(f"Drawn are the last {len(shown)} of {len(months)} months.")
    figure = style.make_figure(9.5 if len(shown) <= 24 else 12.0, 7.0)
    above, below = figure.subplots(2, 1, sharex=True, gridspec_kw={"height_ratios": [1, 1]})
    _bars(above, shown, currency)
    rest = _sums(below, months, len(months) - len(shown), now, currency)
    _name_months(below, shown)
    legend = [(_PLANNED, "planned"), (_REALISED, "realised"), *rest]
    style.frame(figure, headline, facts, legend)
    return figure


def _bars(axes: Axes, months: Sequence[Month], currency: str) -> None:
    width = 0.4
    for place, each in enumerate(months):
        if each.planned is not None:
            axes.bar(place - width / 2, each.planned, width * 0.94, color=_PLANNED)
        if each.realised is not None:
            axes.bar(place + width / 2, each.realised, width * 0.94, color=_REALISED)
    _plain(axes, "a month", currency)
    axes.axhline(0, color=style.FAINT, linewidth=0.8)


def _sums(
    axes: Axes, months: Sequence[Month], hidden: int, now: str, currency: str
) -> list[tuple[str, str]]:
    """The lines; returned are colour and meaning of those after the last record."""
    legend = []
    planned = list(accumulate(each.planned or 0.0 for each in months))
    realised = list(accumulate(each.realised or 0.0 for each in months))
    last = max((n for n, each in enumerate(months) if each.realised is not None), default=-1)
    places = range(len(months) - hidden)
    axes.plot(places, planned[hidden:], color=_PLANNED, linewidth=2.5, marker="o", markersize=3.5)
    final = len(places) - 1
    ends = [(planned[-1], style.FAINT)]
    if last >= hidden:
        axes.plot(range(last - hidden + 1), realised[hidden : last + 1], color=_REALISED,
                  linewidth=2.5, marker="o", markersize=3.5, zorder=3)  # fmt: skip
    if hidden <= last < len(months) - 1:
        left = ((each.planned or 0.0) if each.month >= now else 0.0 for each in months[last + 1 :])
        rest = list(accumulate(left, initial=realised[last]))
        # What was due and not recorded counts as nothing; it is no forecast.
        gap = sum(each.month < now for each in months[last + 1 :])
        for start, end, color, dashes, words in (
            (0, gap, style.FAINT, ":", "not recorded, counted as nothing"),
            (gap, len(rest) - 1, style.VITAL, "--", "realised, then as planned"),
        ):
            if start < end:
                axes.plot(range(last - hidden + start, last - hidden + end + 1),
                          rest[start : end + 1], color=color, linewidth=1.6, linestyle=dashes,
                          zorder=2)  # fmt: skip
                legend.append((color, words))
        _tell(axes, last - hidden, realised[last], currency, _REALISED, (-4, 9), "right")
        ends.append((rest[-1], legend[-1][0]))
    elif last >= hidden:
        ends.append((realised[last], _REALISED))
    # At the end the higher one is told above, the other below.
    for number, (height, color) in enumerate(sorted(ends, reverse=True)):
        _tell(axes, final, height, currency, color, (4, -14 if number else 8), "center")
    _plain(axes, "added up", currency)
    axes.margins(y=0.14)
    return legend


def _tell(
    axes: Axes,
    place: float,
    height: float,
    currency: str,
    color: str,
    offset: tuple[int, int],
    align: Literal["left", "center", "right"],
) -> None:
    axes.annotate(
        money(height, currency, brief=True), (place, height), offset, ha=align,
        textcoords="offset points", fontsize=8.5, color=color, fontweight="bold",
        annotation_clip=False, zorder=5,
    )  # fmt: skip


def _plain(axes: Axes, label: str, currency: str) -> None:
    sign = "$" if currency == "USD" else ""
    style.clean(axes)
    axes.spines[["right"]].set_visible(False)
    axes.yaxis.grid(visible=True, color=style.GRID)
    axes.set_ylabel(f"{label} ({currency})")
    axes.yaxis.set_major_formatter(lambda figure, _: tick(figure, sign))


def _name_months(axes: Axes, months: Sequence[Month]) -> None:
    step = -(-len(months) // _LABELS)
    places = range(0, len(months), step)
    axes.set_xticks(list(places), [months[place].month for place in places], fontsize=8.5)
    axes.set_xlim(-0.7, max(len(months) - 0.3, 2.3))
