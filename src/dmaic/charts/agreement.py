"""The chart of a study of agreement: kappa with its bands, and which codes meet which."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dmaic.charts import style
from dmaic.charts.forest import ROW, Estimated, draw_forest
from dmaic.result import Result
from dmaic.stats.agreement.result import AgreementResult, Confusion
from dmaic.stats.agreement.verdict import GOOD, POOR
from dmaic.stats.agreement.word import coefficient_name
from dmaic.text import plural

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.patches import Patch

MOST = 12
"""More codes than these are not drawn."""

_BANDS = ((-1.0, POOR, "#F7E3DA"), (POOR, GOOD, "#FBF3D9"), (GOOD, 1.14, "#DDF0E8"))


def draw(result: Result) -> Figure:
    """Kappa of all codes and of each, and the table of codes that meet.

    Args:
        result: an `AgreementResult`.

    Raises:
        TypeError: it is another result.
    """
    if not isinstance(result, AgreementResult):
        raise TypeError(f"not a study of agreement: {type(result).__name__}")
    with style.style():
        return _draw(result)


def _draw(result: AgreementResult) -> Figure:
    rows = _rows(result)
    table = result.standard_confusion or result.confusion
    drawn = 1 < len(table.codes) <= MOST and any(map(any, table.counts))
    height = 2.2 + max(ROW * max(len(rows), 4), 0.42 * len(table.codes) + 0.9 if drawn else 0.0)
    figure = style.make_figure(11.5 if drawn else 8.0, height)
    if drawn:
        left, right = figure.subplots(1, 2, width_ratios=(1, 1))
        _table(right, table)
    else:
        left = figure.subplots()
    _kappa(left, rows)
    who = plural(len(result.raters), "rater")
    facts = (
        f"{plural(result.items, 'item')}, {who}; {style.shown(result.inputs.source, 60)}. "
        "Lines: 95 % intervals."
    )
    legend = [
        (_BANDS[0][2], f"poor, below {POOR:.2f}"),
        (_BANDS[1][2], "moderate"),
        (_BANDS[2][2], f"good, above {GOOD:.2f} (AIAG)"),
    ]
    style.frame(figure, _headline(result), [facts], legend)
    return figure


def _headline(result: AgreementResult) -> str:
    return result.verdict.split(": ")[0].rstrip(".")


def _rows(result: AgreementResult) -> list[Estimated]:
    head = Estimated(
        coefficient_name(result),
        result.kappa,
        result.kappa_low,
        result.kappa_high,
        "" if result.kappa is None else f"{result.kappa:.2f}",
        strong=True,
    )
    codes = sorted(
        (each for each in result.codes if each.kappa is not None),
        key=lambda each: (each.kappa or 0.0, each.code),
    )[:MOST]
    return [
        head,
        *(Estimated(each.code, each.kappa, each.low, each.high, f"{each.kappa:.2f}")
          for each in codes),
    ]  # fmt: skip


def _kappa(axes: Axes, rows: list[Estimated]) -> None:
    ends = [each for row in rows for each in (row.low, row.value) if each is not None]
    floor = min([-0.05, *(end - 0.05 for end in ends)])
    for low, high, color in _BANDS:
        axes.axvspan(max(low, floor), high, color=color, zorder=0, linewidth=0)
    draw_forest(axes, rows, heading="kappa: 1 full agreement, 0 that of chance")
    axes.set_xlim(floor, 1.14)


def _table(axes: Axes, table: Confusion) -> None:
    size = len(table.codes)
    most = max(max(row) for row in table.counts) or 1
    for row, counts in enumerate(table.counts):
        for column, count in enumerate(counts):
            same = row == column
            color = style.PERIODS[0] if same else style.VITAL
            if count:
                axes.add_patch(_square(column, row, color, 0.15 + 0.75 * count / most))
                axes.text(column, row, f"{count:,}", ha="center", va="center", fontsize=9,
                          color="white" if count > 0.5 * most else style.INK)  # fmt: skip
    names = [style.shown(code, 40) for code in table.codes]
    axes.set_xticks(range(size), labels=[style.wrap(name, 14, 2) for name in names],
                    rotation=35 if size > 4 else 0, ha="right" if size > 4 else "center",
                    rotation_mode="anchor", fontsize=8.5)  # fmt: skip
    axes.set_yticks(range(size), labels=[style.wrap(name, 22, 2) for name in names], fontsize=8.5)
    axes.set_xlim(-0.5, size - 0.5)
    axes.set_ylim(size - 0.5, -0.5)
    down = table.rows or "one coding"
    across = table.columns or "another of the same item"
    axes.set_ylabel(style.shown(down, 40))
    axes.set_xlabel(style.shown(across, 40))
    axes.spines[["left", "right", "bottom"]].set_visible(False)
    style.clean(axes)


def _square(x: int, y: int, color: str, alpha: float) -> Patch:
    from matplotlib.patches import Rectangle

    return Rectangle((x - 0.47, y - 0.47), 0.94, 0.94, facecolor=color, alpha=alpha, linewidth=0)
