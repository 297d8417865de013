"""A test: the groups with their intervals, against the rate of all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dmaic import number
from dmaic.charts import style
from dmaic.charts.ranked import MOST, ROW, Rank, draw_ranked
from dmaic.result import Result
from dmaic.stats.test.tested import Group, Tested, TestResult
from dmaic.stats.test.word import figure as shown_figure

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_PANELS = 6
"""More columns than these make a page and no chart."""
_FEW = 6
"""Groups of each column, where there are several columns."""

_HEADS = {
    "differ": "{column}: more than chance makes",
    "alike": "{column}: as good as alike",
    "unclear": "{column}: too few to tell",
}


def draw(result: Result) -> Figure:
    """The chart of a test.

    Churn rates of groups are bars with their 95 % intervals and a line at the rate of all; groups
    in an order are points from left to right. Numbers are quartiles with the mean and its interval.
    Several columns are panels, the surest difference first.

    Args:
        result: a `TestResult`.

    Raises:
        TypeError: it is another result.
    """
    if not isinstance(result, TestResult):
        raise TypeError(f"not a test result: {type(result).__name__}")
    with style.style():
        tests = sorted(result.tests, key=lambda each: (each.adjusted, each.p_value))[:_PANELS]
        most = MOST if len(tests) == 1 else _FEW
        shown = [_shown(each, result, most) for each in tests]
        rows = [7.0 if _in_order(each, result) else max(len(groups), 3)
                for each, groups in zip(tests, shown, strict=True)]  # fmt: skip
        room = 0.75 if len(tests) > 1 else 0.55
        figure = style.make_figure(9.5, 1.35 + sum(room + ROW * each for each in rows))
        panels = figure.subplots(
            len(tests), 1, squeeze=False,
            gridspec_kw={"height_ratios": [room + ROW * each for each in rows]},
        )  # fmt: skip
        for axes, tested, groups in zip(panels.flat, tests, shown, strict=True):
            _panel(axes, tested, groups, result)
            if len(tests) > 1:
                head = _HEADS[tested.verdict].format(column=style.shown(tested.column, 50))
                axes.set_title(
                    f"{head}, p {number.p_value(tested.adjusted)}", loc="left", fontsize=10,
                    fontweight="bold",
                )  # fmt: skip
        style.frame(figure, headline(result), _facts(result), _legend(tests, result))
        return figure


def _in_order(tested: Tested, result: TestResult) -> bool:
    return tested.overall is not None and (
        result.period is not None or any(each.score is not None for each in tested.groups)
    )


def _shown(tested: Tested, result: TestResult, most: int) -> list[Group]:
    """The groups that are drawn: in their order, or those first that are most apart."""
    groups = list(tested.groups)
    if _in_order(tested, result):
        return groups
    if tested.overall is None:
        return groups[:most] if len(groups) <= 2 else sorted(
            groups, key=lambda each: (-(each.mean_rank or 0.0), each.name)
        )[:most]  # fmt: skip
    kept = sorted(groups, key=lambda each: (-abs(each.residual or 0.0), each.name))[:most]
    return sorted(kept, key=lambda each: (-(each.rate or 0.0), each.name))


def _panel(axes: Axes, tested: Tested, groups: Sequence[Group], result: TestResult) -> None:
    if tested.overall is None:
        _numbers(axes, tested, groups, result)
    elif _in_order(tested, result):
        _points(axes, tested, groups)
    else:
        _bars(axes, tested, groups)


def _bars(axes: Axes, tested: Tested, groups: Sequence[Group]) -> None:
    assert tested.overall is not None
    two = len(tested.groups) == 2
    ranks = [
        Rank(
            each.name, 100 * (each.rate or 0.0),
            f"{number.percent(each.rate)} % · {each.lost or 0:,} of {each.count:,}",
            None if each.low is None else 100 * each.low,
            None if each.high is None else 100 * each.high,
            strong=tested.verdict == "differ" and (each.rate or 0) > tested.overall
            and (two or bool(each.apart)),
        )
        for each in groups
    ]  # fmt: skip
    draw_ranked(axes, ranks, heading="lost, with the 95 % interval")
    axes.axvline(100 * tested.overall, color=style.LINE, linewidth=1.3, linestyle="--", zorder=3)
    for label in axes.texts:
        # So that the line does not run through them.
        label.set_bbox({"facecolor": "white", "edgecolor": "none", "pad": 0.8})
    axes.xaxis.set_major_formatter(lambda value, _: f"{value:g} %")


def _points(axes: Axes, tested: Tested, groups: Sequence[Group]) -> None:
    assert tested.overall is not None
    at = range(len(groups))
    rates = [100 * (each.rate or 0.0) for each in groups]
    low = [rate - 100 * (each.low or 0.0) for rate, each in zip(rates, groups, strict=True)]
    high = [100 * (each.high or 0.0) - rate for rate, each in zip(rates, groups, strict=True)]
    axes.errorbar(at, rates, yerr=[[max(each, 0) for each in low], [max(each, 0) for each in high]],
                  fmt="o", color=style.VITAL if tested.verdict == "differ" else style.PERIODS[0],
                  ecolor=style.INK, elinewidth=1.2, capsize=4, markersize=6, zorder=4)  # fmt: skip
    if len(groups) > 2:
        axes.plot(at, rates, color=style.PLAIN, linewidth=1.2, zorder=3)
    axes.axhline(100 * tested.overall, color=style.LINE, linestyle="--", linewidth=1.2, zorder=2)
    axes.set_ylim(0, 1.12 * max(rate + each for rate, each in zip(rates, high, strict=True)) + 0.01)
    axes.set_xlim(-0.6, len(groups) - 0.4)
    every = -(-len(groups) // 24)
    slanted = len(groups) > 9
    axes.set_xticks(list(at)[::every])
    axes.set_xticklabels(
        [style.shown(each.name, 18) for each in groups[::every]], rotation=35 if slanted else 0,
        ha="right" if slanted else "center", rotation_mode="anchor", fontsize=8.5,
    )  # fmt: skip
    axes.yaxis.set_major_formatter(lambda value, _: f"{value:g} %")
    axes.set_ylabel("lost")
    axes.yaxis.grid(visible=True, color=style.GRID)
    style.clean(axes)
    axes.spines[["right"]].set_visible(False)


def _numbers(axes: Axes, tested: Tested, groups: Sequence[Group], result: TestResult) -> None:
    ends: list[float] = []
    for at, each in enumerate(groups):
        lower, upper = each.lower_quartile or 0.0, each.upper_quartile or 0.0
        axes.barh(at, upper - lower, 0.6, left=lower, color=style.PLAIN, zorder=2)
        middle = each.median or 0.0
        axes.plot([middle, middle], [at - 0.3, at + 0.3], color=style.LINE, linewidth=2, zorder=3)
        mean = each.mean or 0.0
        if each.low is not None and each.high is not None:
            axes.plot([each.low, each.high], [at, at], color=style.INK, linewidth=1.6, zorder=4)
            ends += [each.low, each.high]
        axes.plot([mean], [at], marker="o", color=style.VITAL, markersize=6, zorder=5)
        ends += [lower, upper, mean, middle]
        axes.annotate(
            f"mean {shown_figure(each.mean)}, median {shown_figure(each.median)} · {each.count:,}",
            (max(ends[-6:]), at), (8, 0), textcoords="offset points", va="center", fontsize=8.5,
        )  # fmt: skip
    axes.set_yticks(range(len(groups)))
    axes.set_yticklabels([style.shown(each.name, 34) for each in groups], fontsize=9)
    axes.set_ylim(max(len(groups), 3) - 0.4, -0.6)
    low, high = min(ends), max(ends)
    span = (high - low) or abs(high) or 1.0
    axes.set_xlim(low - 0.05 * span, high + 0.45 * span)
    axes.set_xlabel(style.shown(_subject(tested, result), 90))
    axes.xaxis.grid(visible=True, color=style.GRID)
    style.clean(axes)
    axes.spines[["right"]].set_visible(False)


def _subject(tested: Tested, result: TestResult) -> str:
    return tested.column if result.subject == "churn" else result.subject


def _legend(tests: Sequence[Tested], result: TestResult) -> list[tuple[str, str]]:
    legend = []
    if any(each.overall is not None for each in tests):
        legend.append((style.LINE, "rate of all (dashed)"))
    apart = any(
        each.verdict == "differ" and each.overall is not None and not _in_order(each, result)
        for each in tests
    )
    if apart:
        legend.append((style.VITAL, "above it by more than chance makes"))
    if any(each.overall is None for each in tests):
        legend += [(style.PLAIN, "middle half, line: median"),
                   (style.INK, "mean (dot) with its 95 % interval")]  # fmt: skip
    return legend


def headline(result: TestResult) -> str:
    """The finding in one sentence.

    Args:
        result: what was found.
    """
    if len(result.tests) > 1:
        found = [each.column for each in result.tests if each.verdict == "differ"]
        many = f"{len(found)} of {len(result.tests)} columns go with churn"
        return f"{many}: {', '.join(found)}" if found else f"{many} by more than chance makes"
    (tested,) = result.tests
    what = _subject(tested, result) if tested.overall is None else "Churn"
    by = "lost and stayed" if tested.overall is None and result.subject == "churn" else (
        f"{result.period}s" if result.period else tested.column
    )  # fmt: skip
    between = "between" if result.period or by == "lost and stayed" else "by"
    if tested.test == "cochran-armitage":
        slope = tested.effect.value or 0.0
        return {
            "differ": f"Churn {'rises' if slope > 0 else 'falls'} with {by}",
            "alike": f"Churn neither rises nor falls with {by} to speak of",
            "unclear": f"Whether churn rises or falls with {by} cannot be told",
        }[tested.verdict]
    return {
        "differ": f"{what} differs {between} {by} by more than chance makes",
        "alike": f"{what} is as good as the same {between} {by}"
        if between == "by" else f"{what} hardly differs {between} {by}",
        "unclear": f"Too few to tell whether {what[:1].lower()}{what[1:]} differs {between} {by}",
    }[tested.verdict]  # fmt: skip


def _facts(result: TestResult) -> list[str]:
    source = style.shown(result.inputs.source, 60)
    if len(result.tests) > 1:
        left = len(result.tests) - _PANELS
        more = f"; {left} more columns are not drawn" if left > 0 else ""
        how = "Holm" if result.adjustment == "holm" else "Benjamini-Hochberg"
        return [f"p-values adjusted by {how}{more}", source]
    (tested,) = result.tests
    effect = tested.effect
    text = f"{tested.title}, p {number.p_value(tested.p_value)}"
    if effect.value is not None:
        scale, unit = (100, " points") if effect.name in (
            "difference of proportions", "change per step"
        ) else (1, "")  # fmt: skip
        size = f"{effect.name} {shown_figure(scale * effect.value)}{unit}"
        if effect.low is not None and effect.high is not None:
            ends = (shown_figure(scale * end) for end in (effect.low, effect.high))
            size += f" (95 %: {' to '.join(ends)})"
        text = f"{size[:1].upper()}{size[1:]}; {text}"
    total = sum(each.count for each in tested.groups)
    left = len(tested.groups) - MOST
    more = f"; {left} groups nearest to the rate of all are not drawn" if left > 0 else ""
    return [text, f"{total:,} {result.unit}; {source}{more}"]
