"""The chart of a gage study: components, ranges, and what each operator measured."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dmaic.charts import style
from dmaic.number import percent
from dmaic.result import Result
from dmaic.stats.gage.result import Component, GageResult

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MOST_PARTS = 40
"""With more parts their names are left out."""

_SHOWN = (
    ("gage", "gage R&R"),
    ("repeatability", "repeata-\nbility"),
    ("reproducibility", "reproduci-\nbility"),
    ("part", "parts"),
)


def draw(result: Result) -> Figure:
    """Shares of the components, ranges by operator, and the measurements by part and by operator.

    Args:
        result: a `GageResult`.

    Raises:
        TypeError: it is another result.
    """
    if not isinstance(result, GageResult):
        raise TypeError(f"not a gage study: {type(result).__name__}")
    with style.style():
        return _draw(result)


def _draw(result: GageResult) -> Figure:
    figure = style.make_figure(12.0, 8.0)
    (parts, by_part), (ranges, by_operator) = figure.subplots(2, 2, width_ratios=(2, 3))
    _components(parts, result)
    _ranges(ranges, result)
    _by_part(by_part, result)
    _by_operator(by_operator, result)
    told = [
        f"{len(result.parts):,} parts x {len(result.operators):,} operators x {result.trials:,} "
        f"trials; {style.shown(result.inputs.source, 60)}",
        f"Distinct categories: {result.categories if result.categories is not None else 'no end'}",
    ]
    legend = [(_color(at), style.shown(name, 40)) for at, name in enumerate(result.operators[:12])]
    style.frame(figure, _headline(result), told, legend)
    return figure


def _headline(result: GageResult) -> str:
    word = {
        "good": "can be used",
        "conditional": "usable where errors cost little",
        "poor": "not to be used as it is",
    }[result.grade]
    return f"Measuring makes {percent(result.gage_share)} % of the study variation: {word}"


def _color(at: int) -> str:
    return style.PERIODS[at % len(style.PERIODS)]


def _components(axes: Axes, result: GageResult) -> None:
    kinds: list[tuple[str, str, str]] = [
        ("contribution", "% of the variance", style.PLAIN),
        ("study_share", "% of the study variation", style.LINE),
    ]
    if result.tolerance is not None:
        kinds.append(("tolerance_share", "% of the tolerance", style.PERIODS[1]))
    width = 0.8 / len(kinds)
    found = {each.name: each for each in result.components}
    for place, (field, heading, color) in enumerate(kinds):
        for at, (name, _) in enumerate(_SHOWN):
            component: Component = found[name]  # type: ignore[index]
            share = getattr(component, field)
            if share is None:
                continue
            x = at + (place - (len(kinds) - 1) / 2) * width
            axes.bar(x, 100 * share, 0.92 * width, color=color, label=heading if at == 0 else None)
            axes.annotate(f"{100 * share:.0f}", (x, 100 * share), (0, 2),
                          textcoords="offset points", ha="center", fontsize=8)  # fmt: skip
    axes.axhline(30, color=style.VITAL, linewidth=1, linestyle="--", zorder=1)
    axes.set_xticks(range(len(_SHOWN)), labels=[told for _, told in _SHOWN], fontsize=8.5)
    axes.set_ylabel("share, % (dashed: 30 %)")
    axes.legend(loc="upper left", frameon=False, fontsize=8)
    axes.margins(y=0.28)
    _quiet(axes)


def _ranges(axes: Axes, result: GageResult) -> None:
    x = 0
    for at, operator in enumerate(result.operators):
        own = [each for each in result.cells if each.operator == operator]
        spread = [max(each.values) - min(each.values) for each in own]
        axes.plot(range(x, x + len(own)), spread, color=_color(at), marker="o", markersize=3.5,
                  linewidth=1.1)  # fmt: skip
        x += len(own)
        if at + 1 < len(result.operators):
            axes.axvline(x - 0.5, color=style.GRID, linewidth=1)
    for height, word in ((result.mean_range, "mean"), (result.range_upper, "UCL")):
        dashes = "--" if word == "UCL" else "-"
        axes.axhline(height, color=style.FAINT, linewidth=1, linestyle=dashes, zorder=1)
        axes.text(1.0, height, f" {word} {height:.3g}", transform=axes.get_yaxis_transform(),
                  fontsize=8, color=style.FAINT, va="center")  # fmt: skip
    axes.set_ylim(bottom=0)
    axes.set_ylabel("range of the trials")
    axes.set_xticks([])
    axes.set_xlabel("parts, operator by operator")
    _quiet(axes)


def _by_part(axes: Axes, result: GageResult) -> None:
    place = {part: at for at, part in enumerate(result.parts)}
    for at, operator in enumerate(result.operators):
        own = [each for each in result.cells if each.operator == operator]
        shift = 0.12 * (at - (len(result.operators) - 1) / 2)
        points = [(place[cell.part] + shift, value) for cell in own for value in cell.values]
        axes.scatter([x for x, _ in points], [y for _, y in points], s=9, color=_color(at),
                     alpha=0.6, linewidth=0)  # fmt: skip
        means = [sum(cell.values) / len(cell.values) for cell in own]
        axes.plot([place[cell.part] + shift for cell in own], means, color=_color(at),
                  linewidth=1.3)  # fmt: skip
    shown = result.parts if len(result.parts) <= MOST_PARTS else ()
    slanted = len(shown) > 12 or max((len(part) for part in shown), default=0) > 6
    axes.set_xticks(
        range(len(shown)), labels=[style.shown(part, 16) for part in shown], fontsize=8,
        rotation=35 if slanted else 0, ha="right" if slanted else "center", rotation_mode="anchor",
    )  # fmt: skip
    axes.set_ylabel(style.shown(result.value_name, 40))
    axes.set_xlabel("by part; lines join each operator's means")
    _quiet(axes)


def _by_operator(axes: Axes, result: GageResult) -> None:
    for at, operator in enumerate(result.operators):
        values = [each for cell in result.cells if cell.operator == operator
                  for each in cell.values]  # fmt: skip
        axes.boxplot(
            values, positions=[at], widths=0.45, patch_artist=True, manage_ticks=False,
            boxprops={"facecolor": "white", "edgecolor": _color(at), "linewidth": 1.4},
            medianprops={"color": _color(at), "linewidth": 1.6},
            whiskerprops={"color": _color(at)}, capprops={"color": _color(at)},
            flierprops={"markeredgecolor": _color(at), "markersize": 4},
        )  # fmt: skip
        axes.scatter(
            [at], [sum(values) / len(values)], marker="D", s=34, color=_color(at), zorder=4
        )
    axes.axhline(result.mean, color=style.FAINT, linewidth=1, linestyle="--", zorder=1)
    axes.set_xticks(
        range(len(result.operators)),
        labels=[style.wrap(style.shown(name, 24), 14, 2) for name in result.operators],
        fontsize=8.5,
    )
    axes.set_ylabel(style.shown(result.value_name, 40))
    axes.set_xlabel("by operator; diamonds are means")
    _quiet(axes)


def _quiet(axes: Axes) -> None:
    axes.yaxis.grid(visible=True, color=style.GRID)
    axes.spines[["right"]].set_visible(False)
    style.clean(axes)
