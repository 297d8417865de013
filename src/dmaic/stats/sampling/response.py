"""From counts to the figures of a survey: response, weights, reasons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import sqrt
from typing import Any

from dmaic.stats.chisquare import homogeneity
from dmaic.stats.proportion import wilson, z_score
from dmaic.stats.sampling.poststratify import Cell, Stratum, collapse, design_effect
from dmaic.stats.sampling.share import difference, weigh
from dmaic.stats.sampling.survey import CellRow, Lead, Nonresponse, ReasonRow, Response
from dmaic.stats.test.effect import cramer

Category = tuple[str, ...]


def figures(
    population: Mapping[Category, int],
    said: Mapping[Category, Mapping[str, int]],
    *,
    least: int,
    confidence: float,
) -> dict[str, Any]:
    """The fields of a `SurveyResult` that are computed.

    Args:
        population: category -> customers, each more than 0.
        said: category -> reason -> answers; of categories of the population.
        least: answers that a category needs to be weighted by itself.
        confidence: of the intervals.

    Raises:
        ValueError: nobody answered.
    """
    answered = {category: sum(said.get(category, {}).values()) for category in population}
    cells = [Cell(category, size, answered[category]) for category, size in population.items()]
    strata = collapse(cells, least)
    n, total = sum(answered.values()), sum(population.values())
    deff = design_effect(strata)
    reasons = _reasons(strata, said, confidence)
    return {
        "population": total,
        "answered": n,
        "response": Response(rate=n / total, **_bounds(n, total, confidence)),
        "cells": _cells(cells, strata, n, total, confidence),
        "nonresponse": nonresponse(cells) if len(cells) > 1 else None,
        "design_effect": deff,
        "effective_n": n / deff,
        "margin": z_score(confidence) * sqrt(0.25 * deff / n * (1 - n / total)),
        "reasons": reasons,
        "lead": _lead(strata, said, reasons, confidence),
    }


def nonresponse(cells: Sequence[Cell]) -> Nonresponse:
    """Whether all categories answered alike: chi-square with Cramér's V.

    Args:
        cells: at least two.
    """
    test = homogeneity([each.answered for each in cells], [each.population for each in cells])
    if test.statistic is None or test.df is None:
        return Nonresponse(note=test.note)
    total = sum(each.population for each in cells)
    effect, _ = cramer(test.statistic, total, 2, test.df + 1)
    return Nonresponse(
        statistic=test.statistic, df=test.df, p_value=test.p_value, effect=effect, note=test.note
    )


def _bounds(events: int, trials: int, confidence: float) -> dict[str, float]:
    low, high = wilson(events, trials, confidence)
    return {"low": low, "high": high}


def _cells(
    cells: Sequence[Cell], strata: Sequence[Stratum], n: int, total: int, confidence: float
) -> tuple[CellRow, ...]:
    whole = {cell.category: stratum for stratum in strata for cell in stratum.cells}
    ordered = sorted(cells, key=lambda cell: (-cell.population, cell.category))
    return tuple(
        CellRow(
            category=cell.category,
            population=cell.population,
            answered=cell.answered,
            rate=cell.answered / cell.population,
            **_bounds(cell.answered, cell.population, confidence),
            population_share=cell.population / total,
            answer_share=cell.answered / n,
            weight=whole[cell.category].weight,
            collapsed=len(whole[cell.category].cells) > 1,
        )
        for cell in ordered
    )


def _counts(
    strata: Sequence[Stratum], said: Mapping[Category, Mapping[str, int]], reason: str
) -> list[int]:
    return [
        sum(said.get(cell.category, {}).get(reason, 0) for cell in stratum.cells)
        for stratum in strata
    ]


def _reasons(
    strata: Sequence[Stratum], said: Mapping[Category, Mapping[str, int]], confidence: float
) -> tuple[ReasonRow, ...]:
    n, total = sum(each.answered for each in strata), sum(each.population for each in strata)
    names = sorted({reason for each in said.values() for reason in each if reason})
    rows = []
    for reason in names:
        counts = _counts(strata, said, reason)
        found, given = weigh(strata, counts, confidence), sum(counts)
        rows.append(
            ReasonRow(
                reason=reason,
                answers=given,
                unweighted=given / n,
                share=found.share,
                low=found.low,
                high=found.high,
                standard_error=found.error,
                design_effect=found.design_effect,
                effective_n=found.effective,
                bound_low=given / total,
                bound_high=(given + total - n) / total,
            )
        )
    return tuple(sorted(rows, key=lambda row: (-row.share, -row.answers, row.reason)))


def _lead(
    strata: Sequence[Stratum],
    said: Mapping[Category, Mapping[str, int]],
    reasons: Sequence[ReasonRow],
    confidence: float,
) -> Lead | None:
    if len(reasons) < 2:
        return None
    first, second = reasons[0].reason, reasons[1].reason
    told, low, high = difference(
        strata, _counts(strata, said, first), _counts(strata, said, second), confidence
    )
    return Lead(first=first, second=second, difference=told, low=low, high=high)
