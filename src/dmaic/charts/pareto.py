"""The Pareto chart: counts and value in panels, one order of categories."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dmaic.charts import style
from dmaic.charts.bars import Bar, draw_bars, draw_cumulative, draw_names
from dmaic.result import Result
from dmaic.stats.pareto import ParetoResult, ParetoRow
from dmaic.stats.pareto_word import (
    facts,
    joined,
    label,
    measured,
    noun,
    prefix,
    row_label,
    valued,
    vital_words,
)
from dmaic.stats.verdict import percent
from dmaic.text import BLANK, OTHER, plural

if TYPE_CHECKING:
    from matplotlib.figure import Figure

BARS = 15
"""More bars than these no reader tells apart; the rest is drawn as one."""

_BESIDE = 6
"""Up to so many bars two panels stand side by side, beyond them one above the other."""


def draw(result: Result) -> Figure:
    """The chart of a Pareto analysis.

    Bars from the left in the order of the ranking, the vital few in a strong colour; an anchored
    cumulative line with the cutoff; a second panel with the other measure, where it is known, in
    the same order of categories.

    Args:
        result: a `ParetoResult`.

    Raises:
        TypeError: it is another result.
    """
    if not isinstance(result, ParetoResult):
        raise TypeError(f"not a Pareto result: {type(result).__name__}")
    with style.style():
        return _draw(result)


def _draw(result: ParetoResult) -> Figure:
    drawn, left_out = _fold(result)
    panels = _panels(result, drawn)
    beside = len(drawn) <= _BESIDE and len(panels) > 1
    width = 12.0 if beside or len(drawn) > 8 else 9.5
    figure = style.make_figure(width, 5.6 if beside or len(panels) == 1 else 8.6)
    shape = (1, len(panels)) if beside else (len(panels), 1)
    ratios = [1] if beside or len(panels) == 1 else [3, 2]
    grid = figure.subplots(*shape, squeeze=False, gridspec_kw={"height_ratios": ratios})
    axes = list(grid.flat)
    for index, (panel, (heading, bars, money)) in enumerate(zip(axes, panels, strict=True)):
        sign = prefix(result.currency) if money else ""
        draw_bars(panel, bars, heading=heading, prefix=sign, money=money)
        if index == 0 and any(bar.height > 0 for bar in bars):
            draw_cumulative(panel, bars, cutoff=result.cutoff)
        else:
            panel.margins(y=0.28)
            panel.spines[["right"]].set_visible(False)
        if beside or panel is axes[-1]:
            draw_names(panel, bars)
        else:
            panel.tick_params(labelbottom=False)
    lines = list(facts(result))
    if left_out:
        lines.append(
            f"Drawn are the first {len(drawn) - 1} of "
            f"{plural(result.concentration.categories, 'category', 'categories')}; "
            f"{OTHER} holds the rest."
        )
    style.frame(figure, headline(result), lines, _legend(result, drawn))
    return figure


def headline(result: ParetoResult) -> str:
    """The finding in one sentence, the few by name where they are few.

    Args:
        result: what was found.
    """
    found = result.concentration
    few = [row for row in result.rows if row.vital_few and not row.other]
    if not found.effect or found.few_share is None or not few or len(few) < found.few:
        first = found.verdict.split(". ")[0].rstrip(".")
        return first or f"{measured(result)} by {label(result.by)}"
    what = "excess churn" if result.rank_by == "excess" else measured(result)
    share = f"{percent(found.few_share)} of the {what}"
    if len(few) > 3:
        of = plural(found.categories, "category", "categories")
        return f"{found.few} of {of} make {share}"
    names = joined([style.shown(label(row.category), 40) for row in few])
    return f"{names} {'makes' if len(few) == 1 else 'make'} {share}"


def _fold(result: ParetoResult) -> tuple[Sequence[ParetoRow], bool]:
    """The rows that are drawn; too many end in one row for the rest."""
    rows = result.rows
    if len(rows) <= BARS:
        return rows, False
    rest = rows[BARS - 1 :]

    def total(name: str) -> float | None:
        figures = [getattr(row, name) for row in rest if getattr(row, name) is not None]
        return sum(figures) if figures else None

    other = ParetoRow(
        category=(OTHER,) * len(result.by),
        churned=total("churned") or 0.0,
        value=total("value"),
        measured=total("measured"),
        share=total("share"),
        cumulative_share=rest[-1].cumulative_share,
        share_churned=total("share_churned"),
        share_value=total("share_value"),
        excess=total("excess"),
        excess_value=total("excess_value"),
        other=True,
        folded=sum(row.folded or 1 for row in rest),
    )
    return (*rows[: BARS - 1], other), True


def _panels(result: ParetoResult, rows: Sequence[ParetoRow]) -> list[tuple[str, list[Bar], bool]]:
    """Heading, bars and whether they are money: the ranking measure first."""
    money = valued(result)
    if result.currency:
        money += f" ({result.currency})"
    counts = (noun(result), _bars(rows, "churned", "share_churned"), False)
    values = (money, _bars(rows, "value", "share_value"), True)
    by_value = result.measure == "value"
    if result.rank_by == "excess":
        # Only relative to the average is a share of it meaningful; the line shows that.
        what, name = (f"excess {money}", "excess_value") if by_value else ("excess churn", "excess")
        return [(what, _bars(rows, name, None), by_value), values if by_value else counts]
    if result.measure == "customers":
        panels = [counts, values]
    elif by_value:
        panels = [values, counts]
    else:
        panels = [(result.measure, _bars(rows, "measured", "share"), False), counts]
    return panels if result.total_value is not None or panels[0] is not counts else [counts]


def _bars(rows: Sequence[ParetoRow], height: str, share: str | None) -> list[Bar]:
    return [
        Bar(
            name=row_label(row),
            height=getattr(row, height) or 0.0,
            share=getattr(row, share) if share else None,
            vital=row.vital_few,
            other=row.other,
            blank=BLANK in row.category,
        )
        for row in rows
    ]


def _legend(result: ParetoResult, rows: Sequence[ParetoRow]) -> list[tuple[str, str]]:
    entries = [(style.VITAL, vital_words(result))] if any(row.vital_few for row in rows) else []
    if any(not row.vital_few and not row.other for row in rows):
        entries.append((style.PLAIN, "other categories" if entries else "categories"))
    if any(row.other for row in rows):
        entries.append((style.OTHER, "Other: several together"))
    return entries
