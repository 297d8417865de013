"""A gage study, from measurements to the result."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import sqrt
from typing import cast

from dmaic.result import Finding, Inputs
from dmaic.stats.control.constant import factors
from dmaic.stats.gage.measured import Measured
from dmaic.stats.gage.method import ASSUMPTIONS, findings, judge, methods
from dmaic.stats.gage.result import Cell, Component, GageResult, Name
from dmaic.stats.gage.spread import Span, intervals
from dmaic.stats.gage.variance import Variances, analyse, by_ranges, components

CATEGORIES = sqrt(2)
"""Distinct categories are 1.41 part over gage (Wheeler and Lyday 1989; AIAG writes 1.41)."""

_NAMES = ("gage", "repeatability", "reproducibility", "operator", "interaction", "part", "total")


def study(
    measured: Measured,
    value_name: str,
    inputs: Inputs,
    told: Sequence[Finding] = (),
    *,
    tolerance: float | None,
    sigmas: float,
    alpha: float,
    draws: int,
    seed: int,
) -> GageResult:
    """Measure the measuring.

    Args:
        measured: at least two parts, operators and trials, that vary.
        value_name: the column that was measured.
        inputs: what they come from.
        told: findings about the data.
        tolerance: width of the specification, above 0, or None.
        sigmas: standard deviations that a study variation is wide.
        alpha: p-value above which the interaction is pooled.
        draws: for the intervals.
        seed: of the draws.
    """
    lines, squares, pooled = analyse(measured, alpha)
    variances, ranges = components(squares), by_ranges(measured)
    spans, ratio = intervals(squares, draws, seed)
    found = _components(variances, spans, sigmas, tolerance)
    by_range = () if ranges is None else _components(ranges, {}, sigmas, tolerance)
    gage = found[0]
    assert gage.study_share is not None
    assert gage.contribution is not None
    exact = _categories(variances)
    cell_ranges = [each for part in measured.ranges() for each in part]
    mean_range = sum(cell_ranges) / len(cell_ranges)
    grade, verdict = judge(gage, exact)
    result = GageResult(
        inputs=inputs,
        parts=measured.parts,
        operators=measured.operators,
        trials=measured.trials,
        value_name=value_name,
        cells=tuple(
            Cell(part=part, operator=operator, values=measured.values[i][j])
            for i, part in enumerate(measured.parts)
            for j, operator in enumerate(measured.operators)
        ),
        mean=measured.mean,
        tolerance=tolerance,
        sigmas=sigmas,
        alpha=alpha,
        pooled=pooled,
        anova=lines,
        components=found,
        range_components=by_range,
        gage_share=gage.study_share,
        gage_share_low=gage.study_low,
        gage_share_high=gage.study_high,
        tolerance_share=gage.tolerance_share,
        contribution=gage.contribution,
        categories=_whole(exact),
        categories_exact=exact,
        categories_low=None if ratio is None else CATEGORIES * ratio[0],
        categories_high=None if ratio is None else CATEGORIES * ratio[1],
        range_categories=None if ranges is None else _whole(_categories(ranges)),
        mean_range=mean_range,
        range_upper=factors(measured.trials).D4 * mean_range,
        grade=grade,
        verdict=verdict,
        draws=draws,
        seed=seed,
    )
    return result.model_copy(
        update={
            "method": methods(result),
            "assumptions": ASSUMPTIONS,
            "findings": (*told, *findings(result, variances)),
        }
    )


def _categories(variances: Variances) -> float | None:
    if variances.gage <= 0:
        return None
    return CATEGORIES * sqrt(variances.part / variances.gage)


def _whole(categories: float | None) -> int | None:
    # A figure that floats leave a hair below 5 is 5.
    return None if categories is None else max(1, int(categories + 1e-9))


def _components(
    variances: Variances, spans: Mapping[str, Span], sigmas: float, tolerance: float | None
) -> tuple[Component, ...]:
    total = variances.total
    found = []
    for name in _NAMES:
        variance = getattr(variances, name)
        deviation, span = sqrt(variance), spans.get(name)
        low, high = span.deviation if span else (None, None)
        share = span.contribution if span and span.contribution and name != "total" else (None,) * 2
        study = span.study if span and span.study and name != "total" else (None,) * 2
        found.append(
            Component(
                name=cast("Name", name),
                variance=variance,
                contribution=variance / total if total > 0 else None,
                contribution_low=share[0],
                contribution_high=share[1],
                deviation=deviation,
                deviation_low=low,
                deviation_high=high,
                study_variation=sigmas * deviation,
                study_share=sqrt(variance / total) if total > 0 else None,
                study_low=study[0],
                study_high=study[1],
                tolerance_share=_over(sigmas * deviation, tolerance),
                tolerance_low=None if low is None else _over(sigmas * low, tolerance),
                tolerance_high=None if high is None else _over(sigmas * high, tolerance),
            )
        )
    return tuple(found)


def _over(figure: float, tolerance: float | None) -> float | None:
    return None if tolerance is None else figure / tolerance
