"""How columns go together: histogram, bars, boxes, scatter or matrix, with the figures on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dmaic import number
from dmaic.charts import style
from dmaic.charts.bars import tick
from dmaic.charts.ranked import MOST, ROW, Rank, draw_ranked
from dmaic.charts.spread import draw_boxes, draw_histogram, note, nothing
from dmaic.result import Result
from dmaic.stats.correlate.coefficient import Coefficient
from dmaic.stats.correlate.result import CorrelateResult
from dmaic.stats.correlate.word import NAMES, plain
from dmaic.stats.test.word import figure as shown_figure

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


def draw(result: Result) -> Figure:
    """The chart of what goes together.

    One number is a histogram with its mean and median; a number by groups boxes; two numbers the
    places of the rows, or hexagons where there are many, with the least-squares line; two columns
    of categories the shares within each group; more columns a matrix of coefficients. The
    statistics stand on the chart.

    Args:
        result: a `CorrelateResult`.

    Raises:
        TypeError: it is another result.
    """
    if not isinstance(result, CorrelateResult):
        raise TypeError(f"not a correlate result: {type(result).__name__}")
    with style.style():
        rows = {
            "bars": len(result.columns[0].shares[:MOST]),
            "box": len(result.boxes[:MOST]),
            "table": len(_groups(result)),
            "matrix": 1.4 * len(result.columns) + 2,
        }.get(result.view, 11)
        figure = style.make_figure(9.5, 2.0 + ROW * max(rows, 3))
        axes = figure.subplots()
        legend = _DRAWN[result.view](axes, result)
        style.frame(figure, headline(result), _facts(result), legend)
        return figure


def _bars(axes: Axes, result: CorrelateResult) -> list[tuple[str, str]]:
    (column,) = result.columns
    if not column.shares:
        return nothing(axes)
    ranks = [
        Rank(each.name, each.count, f"{each.count:,} · {100 * each.count / column.count:.1f} %")
        for each in column.shares[:MOST]
    ]
    draw_ranked(axes, ranks, heading="rows")
    axes.xaxis.set_major_formatter(lambda value, _: tick(value))
    return []


def _scatter(axes: Axes, result: CorrelateResult) -> list[tuple[str, str]]:
    if not result.places:
        return nothing(axes)
    x, y = [each.x for each in result.places], [each.y for each in result.places]
    counts = [each.count for each in result.places]
    legend: list[tuple[str, str]] = []
    if result.hexagons and result.width and result.height:
        _hexagons(axes, result)
        axes.margins(0.02)
    else:
        most = max(counts)
        sizes = [18 + 150 * (count - 1) / most if most > 1 else 26 for count in counts]
        axes.scatter(x, y, s=sizes, color=style.PERIODS[0], alpha=0.65, linewidths=0, zorder=3)
        if most > 1:
            legend.append((style.PERIODS[0], f"larger: more rows, up to {most:,}"))
        axes.margins(0.06)
    if result.line is not None:
        ends = [min(x), max(x)]
        line = result.line
        limits = axes.get_ylim()
        axes.plot(ends, [line.intercept + line.slope * end for end in ends], color=style.VITAL,
                  linewidth=1.8, zorder=5)  # fmt: skip
        axes.set_ylim(*limits)
        legend.append((style.VITAL, "least-squares line"))
    first, second = result.columns
    axes.set_xlabel(style.shown(first.name, 90))
    axes.set_ylabel(style.shown(second.name, 60))
    axes.xaxis.set_major_formatter(lambda value, _: tick(value))
    axes.yaxis.set_major_formatter(lambda value, _: tick(value))
    axes.grid(visible=True, color=style.GRID)
    style.clean(axes)
    axes.spines[["right"]].set_visible(False)
    note(axes, _figures(result), right=(result.line is not None and result.line.slope < 0))
    return legend


def _hexagons(axes: Axes, result: CorrelateResult) -> None:
    from matplotlib.collections import PolyCollection
    from matplotlib.colors import LinearSegmentedColormap, LogNorm

    assert result.width is not None
    assert result.height is not None
    w, h = result.width / 2, result.height / 3
    corners = ((0, 1), (1, 0.5), (1, -0.5), (0, -1), (-1, -0.5), (-1, 0.5))
    shapes = [[(each.x + w * a, each.y + h * b) for a, b in corners] for each in result.places]
    counts = [each.count for each in result.places]
    colors = LinearSegmentedColormap.from_list("rows", ["#DCE6EE", style.PERIODS[0], style.LINE])
    drawn = PolyCollection(
        shapes, cmap=colors, norm=LogNorm(1, max(*counts, 2)), edgecolors="face", linewidths=0.2,
        zorder=3,
    )  # fmt: skip
    drawn.set_array(counts)
    axes.add_collection(drawn)
    axes.autoscale_view()
    bar = axes.figure.colorbar(drawn, ax=axes, pad=0.01, aspect=30, use_gridspec=False)
    bar.set_label("rows")
    bar.ax.yaxis.set_major_formatter(lambda value, _: tick(value))
    bar.outline.set_visible(False)


def _figures(result: CorrelateResult) -> list[str]:
    (pair,) = result.pairs
    lines = [f"n {pair.count:,}", _coefficient(pair.coefficient)]
    if pair.rank is not None:
        lines.append(_coefficient(pair.rank))
    if pair.coefficient.p_value is not None:
        lines.append(f"p {number.p_value(pair.coefficient.p_value)}")
    if result.line is not None:
        sign = "+" if result.line.slope >= 0 else "-"
        slope = plain(abs(result.line.slope))
        lines.append(f"y = {plain(result.line.intercept)} {sign} {slope} x")
        lines.append(f"explains {100 * result.line.explained:.1f} %")
    return lines


def _coefficient(each: Coefficient) -> str:
    text = f"{NAMES[each.name]} {number.ratio(each.value)}"
    if each.low is None or each.high is None:
        return text
    return f"{text} ({each.low:.2f} to {each.high:.2f})"


def _groups(result: CorrelateResult) -> list[str]:
    if not result.crossings:
        return []
    return [each.name for each in result.columns[0].shares[:MOST]]


def _table(axes: Axes, result: CorrelateResult) -> list[tuple[str, str]]:
    groups = _groups(result)
    if not groups:
        return nothing(axes)
    parts = [each.name for each in result.columns[1].shares]
    kept = parts if len(parts) <= len(style.PERIODS) else parts[: len(style.PERIODS) - 1]
    counts = {(each.first, each.second): each.count for each in result.crossings}
    totals = {name: sum(n for (first, _), n in counts.items() if first == name) for name in groups}
    ends = [0.0] * len(groups)
    legend = []
    for part, color in zip(kept, style.PERIODS, strict=False):
        shares = [100 * counts.get((name, part), 0) / max(totals[name], 1) for name in groups]
        axes.barh(range(len(groups)), shares, 0.72, left=ends, color=color, edgecolor="white",
                  linewidth=0.8, zorder=2)  # fmt: skip
        for at, (share, end) in enumerate(zip(shares, ends, strict=True)):
            if share >= 6:
                axes.text(end + share / 2, at, f"{share:.0f} %", ha="center", va="center",
                          fontsize=8, color=_ink(color), zorder=4)  # fmt: skip
        ends = [end + share for end, share in zip(ends, shares, strict=True)]
        legend.append((color, style.shown(part, 40)))
    if len(kept) < len(parts):
        rest = [100 - end if totals[name] else 0.0
                for end, name in zip(ends, groups, strict=True)]  # fmt: skip
        axes.barh(range(len(groups)), rest, 0.72, left=ends, color=style.OTHER, edgecolor="white",
                  zorder=2)  # fmt: skip
        legend.append((style.OTHER, f"{len(parts) - len(kept)} others"))
    axes.set_yticks(range(len(groups)))
    axes.set_yticklabels(
        [f"{style.shown(name, 34)} · {totals[name]:,}" for name in groups], fontsize=9
    )
    axes.set_ylim(max(len(groups), 3) - 0.4, -0.6)
    axes.set_xlim(0, 100)
    axes.xaxis.set_major_formatter(lambda value, _: f"{value:g} %")
    axes.set_xlabel(style.shown(f"{result.columns[1].name}, of each {result.columns[0].name}", 90))
    style.clean(axes)
    axes.spines[["right"]].set_visible(False)
    return legend


def _ink(color: str) -> str:
    red, green, blue = (int(color[at : at + 2], 16) for at in (1, 3, 5))
    return style.INK if 0.299 * red + 0.587 * green + 0.114 * blue > 140 else "white"


def _matrix(axes: Axes, result: CorrelateResult) -> list[tuple[str, str]]:
    names = [style.shown(column.name, 22) for column in result.columns]
    from matplotlib.colors import LinearSegmentedColormap

    colors = LinearSegmentedColormap.from_list("sign", [style.PERIODS[0], "white", style.VITAL])
    values = [[float("nan") if each is None else each for each in row] for row in result.matrix]
    axes.imshow(values, cmap=colors, vmin=-1, vmax=1, aspect="auto")
    for i, row in enumerate(result.matrix):
        for j, each in enumerate(row):
            axes.text(j, i, number.ratio(each), ha="center", va="center", fontsize=9,
                      color="white" if each is not None and abs(each) > 0.75 else style.INK,
                      fontweight="bold" if each is not None and i != j and abs(each) >= 0.3
                      else "normal")  # fmt: skip
    axes.set_xticks(range(len(names)))
    slanted = len(names) > 6
    axes.set_xticklabels(names, rotation=35 if slanted else 0, ha="right" if slanted else "center",
                         rotation_mode="anchor", fontsize=9)  # fmt: skip
    axes.set_yticks(range(len(names)))
    axes.set_yticklabels(names, fontsize=9)
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)
    return [(style.VITAL, "both high together, or groups differ"),
            (style.PERIODS[0], "one high where the other is low")]  # fmt: skip


_DRAWN = {
    "histogram": draw_histogram,
    "bars": _bars,
    "box": draw_boxes,
    "scatter": _scatter,
    "table": _table,
    "matrix": _matrix,
}


def headline(result: CorrelateResult) -> str:
    """The finding in one sentence.

    Args:
        result: what was found.
    """
    first, *_ = result.columns
    if result.view == "histogram":
        if first.mean is None:
            return f"{first.name} holds no numbers"
        return (
            f"{first.name}: {shown_figure(first.mean)} on average, "
            f"{shown_figure(first.median)} in the middle"
        )
    if result.view == "bars":
        most = first.shares[0].name if first.shares else "none"
        return f"{first.name}: {first.different:,} categories, most are {most}"
    if len(result.pairs) == 1:
        pair = result.pairs[0]
        return f"{pair.first} and {pair.second}: {_coefficient(pair.coefficient)}"
    ranked = sorted(
        (pair for pair in result.pairs if pair.coefficient.value is not None),
        key=lambda pair: -abs(pair.coefficient.value or 0.0),
    )
    if not ranked:
        return "Nothing varies, so nothing goes together"
    return (
        f"{ranked[0].first} and {ranked[0].second} go together most: "
        f"{_coefficient(ranked[0].coefficient)}"
    )


def _facts(result: CorrelateResult) -> list[str]:
    source = f"{result.inputs.rows:,} rows; {style.shown(result.inputs.source, 60)}"
    if result.view in ("box", "table") and result.pairs[0].coefficient.p_value is not None:
        pair = result.pairs[0]
        return [f"p {number.p_value(pair.coefficient.p_value or 0.0)}, {pair.count:,} rows with "
                "both", source]  # fmt: skip
    if result.view == "matrix":
        return ["Pearson's r of numbers; point-biserial r, eta or Cramer's V with categories",
                source]  # fmt: skip
    return [source]
