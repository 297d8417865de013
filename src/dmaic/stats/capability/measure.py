"""From values, or from mean and standard deviation, to the capability of a measure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import ceil, floor, fsum, log10, sqrt
from typing import Any

from dmaic import number as figure
from dmaic.errors import DataError
from dmaic.result import Finding, Inputs
from dmaic.stats.capability.index import (
    LEAST,
    Limits,
    moving_range_df,
    near_index,
    outside,
    spread_df,
    target_index,
    width_index,
)
from dmaic.stats.capability.normal import anderson_darling
from dmaic.stats.capability.result import Bin, CapabilityResult, Verdict
from dmaic.stats.capability.stability import stability_findings, stability_of
from dmaic.stats.capability.word import ASSUMPTIONS, BARELY, CAPABLE, NORMAL, method_of
from dmaic.stats.control.constant import exact_c4, factors
from dmaic.stats.control.fit import slack
from dmaic.stats.control.result import ControlResult
from dmaic.stats.control.series import Series
from dmaic.stats.proportion import exact


def of_values(
    series: Series, chart: ControlResult, limits: Limits, confidence: float, inputs: Inputs
) -> CapabilityResult:
    """Capability of measures.

    Args:
        series: the measures, in the order of time.
        chart: their control chart.
        limits: they have to keep to.
        confidence: of the intervals.
        inputs: what they were read from.

    Raises:
        DataError: `capability.no-variation`, all values are the same.
    """
    values = series.values
    number = len(values)
    base = values[0]
    mean = base + fsum(value - base for value in values) / number
    overall = sqrt(fsum((value - mean) ** 2 for value in values) / (number - 1))
    within = chart.sigma or 0.0
    if overall < LEAST or within < LEAST:
        raise DataError(
            "The values do not vary from point to point, so there is no sigma to compare the "
            "limits with.",
            "capability.no-variation",
            "Look whether they were rounded or filled in.",
        )
    beyond = sum(
        (limits.usl is not None and value - limits.usl > slack(value, limits.usl))
        or (limits.lsl is not None and limits.lsl - value > slack(value, limits.lsl))
        for value in values
    )
    least, most = exact(beyond, number, confidence)
    made, df = _within(chart)
    result = _capability(limits, mean, within, overall, number, df, confidence, inputs)
    normality = anderson_darling(values, mean, overall)
    stability = stability_of(chart)
    findings = [*stability_findings(stability, "")]
    if normality is not None and normality.p_value < NORMAL:
        findings.append(
            Finding(
                code="not-normal",
                level="warning",
                message="The values are not normal (Anderson-Darling p "
                f"{figure.p_value(normality.p_value)}), so the share outside that follows from "
                "the indices is not to be trusted.",
                hint="Go by the values that are outside, or change the scale (its logarithm).",
            )
        )
    return result.model_copy(
        update={
            "name": series.name,
            "unit": series.unit,
            "least": min(values),
            "greatest": max(values),
            "sigma_within_from": made,
            "outside": beyond,
            "outside_share": beyond / number,
            "outside_low": least,
            "outside_high": most,
            "normality": normality,
            "stability": stability,
            "stable": stability.stable,
            "verdict": _verdict(result, stable=stability.stable),
            "histogram": histogram(values),
            "method": method_of(result, made),
            "assumptions": ASSUMPTIONS,
            "findings": tuple(findings),
        }
    )


def of_figures(
    mean: float, deviation: float, number: int | None, limits: Limits, confidence: float
) -> CapabilityResult:
    """Capability of a measure of which only mean and standard deviation are known.

    Args:
        mean: of the measure.
        deviation: standard deviation, above 0; taken for the one within and the overall one.
        number: of values, 2 or more; None where it is not known.
        limits: it has to keep to.
        confidence: of the intervals.
    """
    df = None if number is None else float(number - 1)
    inputs = Inputs(source="figures given")
    result = _capability(limits, mean, deviation, deviation, number, df, confidence, inputs)
    how = "Give the values themselves, in the order of time: dmaic capability FILE --value COL."
    return result.model_copy(
        update={
            "sigma_within_from": "given",
            "verdict": _verdict(result, stable=None),
            "method": method_of(result, "given"),
            "assumptions": ASSUMPTIONS,
            "findings": stability_findings(None, how),
        }
    )


def _capability(
    limits: Limits,
    mean: float,
    within: float,
    overall: float,
    number: int | None,
    df: float | None,
    confidence: float,
    inputs: Inputs,
) -> CapabilityResult:
    whole = None if number is None else float(number - 1)
    cp = width_index(limits, within, df, confidence)
    pp = width_index(limits, overall, whole, confidence)
    cpk, cpu, cpl = near_index(limits, mean, within, number, df, confidence)
    ppk, ppu, ppl = near_index(limits, mean, overall, number, whole, confidence)
    cpm = target_index(limits, mean, overall, number, confidence)
    ends: dict[str, Any] = {
        f"{name}{end}": None if index is None else getattr(index, field)
        for name, index in (("cp", cp), ("cpk", cpk), ("pp", pp), ("ppk", ppk), ("cpm", cpm))
        for end, field in (("", "value"), ("_low", "low"), ("_high", "high"))
    }
    return CapabilityResult(
        n=number,
        mean=mean,
        sigma_within=within,
        sigma_within_df=df,
        sigma_overall=overall,
        lsl=limits.lsl,
        usl=limits.usl,
        target=limits.target,
        confidence=confidence,
        cpu=cpu,
        cpl=cpl,
        ppu=ppu,
        ppl=ppl,
        expected_within=outside(limits, mean, within),
        expected_overall=outside(limits, mean, overall),
        verdict="unsure",
        inputs=inputs,
        **ends,
    )


def _within(chart: ControlResult) -> tuple[str, float]:
    """How sigma within was made, and its degrees of freedom."""
    if chart.chart == "xmr":
        return "mean moving range / d2", moving_range_df(len(chart.points))
    sizes = [round(point.size or 1) for point in chart.points if (point.size or 0) > 1]
    typical = max(2, round(sum(sizes) / len(sizes)))
    if chart.chart == "xbar-r":
        both = factors(typical)
        return "mean range of the subgroups / d2", spread_df(both.d3 / both.d2, len(sizes))
    c4 = exact_c4(typical)
    relative = sqrt(1 - c4 * c4) / c4
    return "mean standard deviation of the subgroups / c4", spread_df(relative, len(sizes))


def _verdict(result: CapabilityResult, *, stable: bool | None) -> Verdict:
    if stable is False:
        return "not-stable"
    low = result.cpk if result.cpk_low is None else result.cpk_low
    high = result.cpk if result.cpk_high is None else result.cpk_high
    if low >= CAPABLE:
        return "capable"
    if high < BARELY:
        return "not-capable"
    if low >= BARELY and high < CAPABLE:
        return "barely"
    if result.n is None:
        return "capable" if low >= CAPABLE else "barely" if low >= BARELY else "not-capable"
    return "unsure"


def histogram(values: Sequence[float]) -> tuple[Bin, ...]:
    """Counts of values in bars of one width, a round one, as Freedman and Diaconis suggest it.

    Args:
        values: in any order, not all the same.
    """
    ordered = sorted(values)
    number = len(ordered)
    spread = ordered[(3 * number) // 4] - ordered[number // 4]
    reach = ordered[-1] - ordered[0]
    raw = 2 * spread / number ** (1 / 3) if spread else reach / sqrt(number)
    raw = min(max(raw, reach / 60), reach / 4)
    scale = 10.0 ** floor(log10(raw))
    width = scale * min((1, 2, 2.5, 5, 10), key=lambda step: abs(step * scale - raw))
    first = floor(ordered[0] / width)
    last = max(ceil(ordered[-1] / width) - 1, first)
    found = Counter(min(floor(value / width), last) for value in ordered)
    return tuple(
        Bin(low=at * width, high=(at + 1) * width, count=found.get(at, 0))
        for at in range(first, last + 1)
    )
