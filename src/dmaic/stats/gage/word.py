"""A gage study in words and tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dmaic.block import Block, Cells, Fields, Heading, Note, Table
from dmaic.number import DASH, p_value, percent
from dmaic.stats.gage.result import Component, GageResult
from dmaic.text import plural, printable

NAMES = {
    "gage": "Gage R&R, all measuring",
    "repeatability": "  Repeatability",
    "reproducibility": "  Reproducibility",
    "operator": "    Operators",
    "interaction": "    Operators x parts",
    "part": "Parts",
    "total": "Total",
}


def blocks(result: GageResult) -> tuple[Block, ...]:
    """The verdict first; then the components by both ways, and the analysis of variance."""
    told: list[Block] = [
        Heading(
            f"Gage R&R: {printable(result.value_name, 60)}",
            1,
            aside=f"{plural(len(result.parts), 'part')} x "
            f"{plural(len(result.operators), 'operator')} x {plural(result.trials, 'trial')}",
        ),
        Note(result.verdict, strong=True),
        Fields(tuple(_figures(result))),
        _table(result.components, "Where the variation comes from, by analysis of variance"),
    ]
    if result.range_components:
        told.append(_table(result.range_components, "The same by means and ranges"))
    told.append(_anova(result))
    return tuple(told)


def _figures(result: GageResult) -> Iterator[tuple[str, str]]:
    gage = result.component("gage")
    yield (
        "% study variation",
        f"{percent(gage.study_share)} % ({_span(gage.study_low, gage.study_high)})",
    )
    yield (
        "% contribution",
        f"{percent(gage.contribution)} % ({_span(gage.contribution_low, gage.contribution_high)})",
    )
    if result.tolerance is not None:
        yield (
            "% tolerance",
            f"{percent(gage.tolerance_share)} % "
            f"({_span(gage.tolerance_low, gage.tolerance_high)}) of {result.tolerance:g}",
        )
    told = "no end: nothing was lost in measuring"
    if result.categories is not None and result.categories_exact is not None:
        told = f"{result.categories} ({result.categories_exact:.2f}"
        if result.categories_low is not None and result.categories_high is not None:
            told += f", 95 % {result.categories_low:.1f} to {result.categories_high:.1f}"
        told += ")"
    yield "Distinct categories", told


def _span(low: float | None, high: float | None) -> str:
    return DASH if low is None or high is None else f"{100 * low:.1f}–{100 * high:.1f}"


def _table(rows: Sequence[Component], title: str) -> Table:
    columns = [
        Cells("Source", tuple(NAMES[each.name] for each in rows)),
        Cells("std dev", tuple(f"{each.deviation:.5g}" for each in rows), right=True, keep=80),
        Cells("% contrib.", tuple(percent(each.contribution) for each in rows), right=True),
        Cells("% study", tuple(percent(each.study_share) for each in rows), right=True),
    ]
    if any(each.study_low is not None for each in rows):
        columns.append(
            Cells(
                "95 %", tuple(_span(each.study_low, each.study_high) for each in rows), right=True
            )
        )
    if any(each.tolerance_share is not None for each in rows):
        columns.append(
            Cells("% tolerance", tuple(percent(each.tolerance_share) for each in rows), right=True)
        )
    return Table(tuple(columns), title=title)


def _anova(result: GageResult) -> Table:
    names = {
        "part": "Parts",
        "operator": "Operators",
        "interaction": "Operators x parts" + (" (pooled)" if result.pooled else ""),
        "repeatability": "Repeatability" + (", pooled" if result.pooled else ""),
        "total": "Total",
    }
    rows = result.anova
    return Table(
        (
            Cells("Source", tuple(names[each.source] for each in rows)),
            Cells("df", tuple(f"{each.df:,}" for each in rows), right=True),
            Cells("SS", tuple(f"{each.sum_of_squares:.6g}" for each in rows), right=True),
            Cells("MS", tuple(_figure(each.mean_square) for each in rows), right=True),
            Cells("F", tuple(_figure(each.f) for each in rows), right=True),
            Cells(
                "p",
                tuple(DASH if each.p_value is None else p_value(each.p_value) for each in rows),
                right=True,
            ),
        ),
        title="Analysis of variance",
    )


def _figure(figure: float | None) -> str:
    return DASH if figure is None else f"{figure:.5g}"
