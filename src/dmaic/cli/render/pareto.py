"""How a Pareto analysis is shown: headline, columns, marks and sentences."""

from __future__ import annotations

from dmaic import number
from dmaic.cli.render.pareto_column import columns
from dmaic.cli.render.view import Column, Mark, View
from dmaic.result import Reply
from dmaic.stats.pareto import ParetoResult, ParetoRow
from dmaic.stats.pareto_word import (
    facts,
    joined,
    label,
    row_label,
    title,
    vital_words,
)
from dmaic.text import BLANK, plural

_NAMED = 6
"""Vital categories named one by one in a sentence."""


def views(result: Reply) -> tuple[View, ...]:
    """The table of the analysis, then one for each vital category that was opened.

    Args:
        result: a `ParetoResult`.

    Raises:
        TypeError: it is another result.
    """
    if not isinstance(result, ParetoResult):
        raise TypeError(f"not a Pareto result: {type(result).__name__}")
    return tuple(_views(result, depth=0, inside=()))


def _views(result: ParetoResult, depth: int, inside: tuple[str, ...]) -> list[View]:
    made = [_view(result, depth, inside)]
    for drill in result.drills:
        made += _views(drill.result, depth + 1, drill.category)
    return made


def _view(result: ParetoResult, depth: int, inside: tuple[str, ...]) -> View:
    rows = result.rows
    marks: list[Mark] = [_mark(row) for row in rows]
    names = [row_label(row) for row in rows]
    total = len(rows) > 1
    if total:
        marks.append("total")
        names.append(f"All {plural(result.concentration.categories, 'category', 'categories')}")
    vital = sum(mark == "vital" for mark in marks)
    follows = vital < len(rows)
    headline = title(result) if not inside else f"{label(inside)}, by {label(result.by)}"
    return View(
        title=headline,
        facts=facts(result) if not inside else (),
        columns=(
            Column(label(result.by), tuple(names), keep=100, name=True),
            *columns(result, total=total),
        ),
        marks=tuple(marks),
        blank=frozenset(i for i, row in enumerate(rows) if BLANK in row.category),
        flagged=frozenset(i for i, row in enumerate(rows) if row.rank_differs),
        flag=f"rank differs between {_ranks(result)}",
        vital=vital_words(result),
        rule=vital if vital and follows and vital == result.concentration.few else None,
        rule_text=f"{result.cutoff:g} %" + (" of excess" if result.rank_by == "excess" else ""),
        verdict=result.concentration.verdict,
        notes=sentences(result),
        depth=depth,
    )


def _mark(row: ParetoRow) -> Mark:
    if row.other:
        return "other"
    return "vital" if row.vital_few else "plain"


def _ranks(result: ParetoResult) -> str:
    known = ["count"]
    if any(row.rank_value is not None for row in result.rows):
        known.append("value")
    if any(row.rank_excess is not None for row in result.rows):
        known.append("excess")
    return joined(known)


def sentences(result: ParetoResult) -> tuple[str, ...]:
    """Vital few, concentration and the rule that made Other, a sentence or two each."""
    few = [label(row.category) for row in result.rows if row.vital_few and not row.other]
    found = result.concentration
    said = []
    if few:
        named = few if len(few) <= _NAMED else [*few[: _NAMED - 1], f"{len(few) - _NAMED + 1} more"]
        head = vital_words(result)
        said.append(f"{head[0].upper()}{head[1:]}: {joined(named)}.")
    measures = []
    if found.gini is not None:
        measures.append(f"Gini {found.gini:.2f}")
    if found.statistic is not None and found.p_value is not None and found.test is not None:
        measures.append(
            f"chi-square against {found.test} {found.statistic:,.1f}"
            f" (df {found.df}), p {number.p_value(found.p_value)}"
        )
    if measures:
        said.append("; ".join(measures) + ".")
    if found.note:
        said.append(found.note)
    if result.other_rule:
        said.append(f"Other: {result.other_rule.rstrip('.')}.")
    return tuple(said)
