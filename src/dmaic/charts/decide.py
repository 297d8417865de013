"""Chart of a decision: expected value beside certainty equivalent, and how amounts are felt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dmaic import number
from dmaic.charts import style
from dmaic.charts.bars import tick

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from dmaic.money.decide import DecideResult, JudgedOption

_MOST = 20
"""Options that are drawn; more do not fit a page."""

_EXPECTED, _FELT = style.PLAIN, style.VITAL
_BAR = 0.36


def draw(result: DecideResult) -> Figure:
    """Draw a decision.

    Args:
        result: with at least one option.
    """
    shown = sorted(result.options, key=lambda each: each.rank_expected_value)[:_MOST]
    with style.style():
        figure = style.make_figure(10.5, 3.1 + 0.52 * len(shown))
        bars, felt = figure.subplots(1, 2, width_ratios=(2.6, 1))
        _bars(bars, shown, result.currency)
        _value(felt, result)
        left = len(result.options) - len(shown)
        lines = [
            f"At even odds a loss of 100 needs a gain of {100 * result.even_odds_ratio:.0f}; "
            f"{result.rule_of_thumb:g}:1 is the rule of thumb of the experiments"
            + (f". {left} more options are not drawn" if left else "")
            + "."
        ]
        legend = [
            (_EXPECTED, "Expected value"),
            (_FELT, "Certainty equivalent: felt to be worth as much, for sure"),
        ]
        style.frame(figure, _headline(result), lines, legend)
    return figure


def _headline(result: DecideResult) -> str:
    first, felt = (
        " or ".join(f'"{style.shown(name, 40)}"' for name in names[:2])
        for names in (result.preferred_expected_value, result.preferred_prospect_value)
    )
    if result.agree:
        both = [
            each for each in result.preferred_expected_value
            if each in result.preferred_prospect_value
        ]  # fmt: skip
        return (
            f'Expected value and a loss-averse committee both prefer "{style.shown(both[0], 40)}"'
        )
    return f"Expected value prefers {first}, a loss-averse committee {felt}"


def _bars(axes: Axes, options: list[JudgedOption], currency: str | None) -> None:
    from matplotlib.ticker import MaxNLocator

    figures = [
        each for option in options for each in (option.expected_value, option.certainty_equivalent)
    ]
    prefix = "$" if currency == "USD" else ""
    for place, option in enumerate(options):
        for offset, figure, color in (
            (-_BAR / 2, option.expected_value, _EXPECTED),
            (_BAR / 2, option.certainty_equivalent, _FELT),
        ):
            axes.barh(place + offset, figure, _BAR, color=color)
            axes.annotate(
                number.compact(figure, prefix=prefix), (figure, place + offset),
                (4 if figure >= 0 else -4, 0), textcoords="offset points",
                ha="left" if figure >= 0 else "right", va="center", fontsize=8.5,
            )  # fmt: skip
    low, high = min(0.0, *figures), max(0.0, *figures)
    room = 0.14 * ((high - low) or 1.0)
    axes.set_xlim(low - (room if low < 0 else 0), high + room)
    axes.set_yticks(
        range(len(options)), [style.wrap(style.shown(each.name, 90), 26, 2) for each in options]
    )
    axes.set_ylim(len(options) - 0.4, -0.6)
    axes.xaxis.set_major_formatter(lambda figure, _: tick(figure, prefix))
    axes.xaxis.set_major_locator(MaxNLocator(6))
    axes.axvline(0, color=style.FAINT, linewidth=0.8)
    axes.set_xlabel("Against today" + (f", {currency}" if currency and not prefix else ""))
    axes.xaxis.grid(visible=True, color=style.GRID)
    style.clean(axes)
    axes.spines[["right", "left"]].set_visible(False)


def _value(axes: Axes, result: DecideResult) -> None:
    """The value function: a loss hurts more than the same gain pleases."""
    span = [x / 50 for x in range(-50, 51)]
    attitude = result.attitude
    axes.plot(span, [attitude.value(x) for x in span], color=_FELT, linewidth=2)
    axes.plot(span, span, color=style.PLAIN, linewidth=1.2, linestyle="--")
    axes.axhline(0, color=style.FAINT, linewidth=0.8)
    axes.axvline(0, color=style.FAINT, linewidth=0.8)
    axes.set_xticks((-1, 1), ("loss", "gain"))
    axes.set_yticks(())
    axes.set_title("How an amount is felt", fontsize=9.5, loc="left")
    axes.text(
        0.53, 0.04, f"a loss is felt\n{attitude.loss_aversion:g} times\nas much as\na gain",
        transform=axes.transAxes, fontsize=8.5, color=style.FAINT, va="bottom",
    )  # fmt: skip
    style.clean(axes)
    axes.spines[["right", "left", "bottom"]].set_visible(False)
