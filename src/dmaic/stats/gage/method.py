"""How a gage was judged, what was taken as given, and what a reader should know."""

from __future__ import annotations

from collections.abc import Iterator

from dmaic.number import percent
from dmaic.result import Finding
from dmaic.stats.gage.result import Component, GageResult, Grade
from dmaic.stats.gage.variance import Variances
from dmaic.text import name_list, plural, printable

GOOD, POOR = 0.10, 0.30
"""Shares of the study variation by the AIAG: below 10 % good, above 30 % not to be used."""

LEAST_CATEGORIES = 5
"""By the AIAG."""

ASSUMPTIONS = (
    "Parts and operators stand for more of their kind: the parts span what will be measured.",
    "Nobody knew what was measured before, and parts came in random order.",
    "Errors of measuring are normal, as large for small parts as for large ones.",
)


def judge(gage: Component, categories: float | None) -> tuple[Grade, str]:
    """Whether the measurements can be used, and the sentence that says so.

    Args:
        gage: all of the measuring.
        categories: distinct ones, not truncated.
    """
    share = gage.study_share or 0.0
    low, high = gage.study_low, gage.study_high
    told = f"measuring makes {percent(share)} % of the study variation"
    if low is not None and high is not None:
        told += f" (95 % interval {percent(low)} to {percent(high)} %)"
    tail = ""
    for bound in (POOR, GOOD):
        if high is not None and high > bound >= share:
            tail = f" With so few operators and parts it may be more than {100 * bound:.0f} %."
            break
    if share > POOR:
        if low is not None and low <= POOR:
            tail = " The study is too small to be sure: measure more parts with more operators."
        return "poor", (
            f"Do not use these measurements as they are: {told}, more than 30 %. Mend how it is "
            f"measured first.{tail}"
        )
    few = categories is not None and int(categories + 1e-9) < LEAST_CATEGORIES
    if high is None and share <= POOR:
        return "conditional", (
            "No trial differs from another, so what measuring makes cannot be told: measure with "
            f"more digits, and see that nobody copied. As it is, {told}."
        )
    if share < GOOD and not few:
        return "good", f"The measurements can be used: {told}, less than 10 %.{tail}"
    if few:
        tail = f" Fewer than {LEAST_CATEGORIES} sizes of parts can be told apart.{tail}"
    return "conditional", (
        f"The measurements can be used where errors cost little: {told}, and up to 30 % it is for "
        f"the team to decide.{tail}"
    )


def methods(result: GageResult) -> dict[str, str]:
    """Which formula made which figure.

    Args:
        result: without its methods.
    """
    kept = (
        f"its p-value is above {result.alpha:g}, so it is pooled into the repeatability"
        if result.pooled
        else f"its p-value is not above {result.alpha:g}, so it stays"
    )
    return {
        "anova": "Two-way analysis of variance, parts and operators random. The interaction is "
        f"tested against the repeatability: {kept} (--alpha). Components of the variance from the "
        "mean squares; a negative one counts as 0 (AIAG 2010, Measurement Systems Analysis, 4th "
        "edition, chapter III).",
        "ranges": "Repeatability: mean range of the trials / d2. Operators: √((range of their "
        "means / d2*)² - repeatability² / (parts x trials)). Parts: range of their means / d2*. "
        "d2* = √(d2² + d3²), of one range (AIAG, the same chapter: K1, K2, K3, there in four "
        "digits). It knows no interaction and uses less of the data: where both differ, believe "
        "the analysis of variance.",
        "contribution": "Component of the variance over the total; these add up to 100 %.",
        "study_variation": f"{result.sigmas:g} standard deviations of the component; as a share, "
        "over that of the total. These do not add up to 100 %.",
        "categories": "√2 x standard deviation of the parts over that of the gage, truncated, at "
        "least 1 (AIAG: ndc, 1.41 PV / GRR).",
        "intervals": "95 %, generalised inference: each mean square is divided by a drawn "
        f"chi-square over its degrees of freedom, {result.draws:,} times (seed {result.seed}; "
        "Hamada and Weerahandi 2000, Journal of Quality Technology 32, 241-253).",
        "verdict": "Gage R&R of the study variation below 10 % is good, above 30 % is not to be "
        "used; 5 distinct categories or more (AIAG, conventions).",
    }


def findings(result: GageResult, variances: Variances) -> Iterator[Finding]:
    """What a reader should know.

    Args:
        result: without its findings.
        variances: by the analysis of variance.
    """
    few = [
        told
        for told, there, least in (
            (plural(len(result.parts), "part"), len(result.parts), 10),
            (plural(len(result.operators), "operator"), len(result.operators), 3),
        )
        if there < least
    ]
    if few:
        yield Finding(
            code="few-levels",
            level="warning",
            message=f"The study has {' and '.join(few)}; the usual is 10 parts and 3 operators. "
            "The intervals tell how little is known.",
            hint="Measure more parts with more operators rather than each part more often.",
        )
    if variances.repeatability <= 0:
        yield Finding(
            code="no-repeat-variation",
            level="warning",
            message="Every operator got the same figure each time, so there are no intervals.",
            hint="Measure with more digits, and see that nobody copied the first figures.",
        )
    if variances.negative:
        names = " and ".join(variances.negative)
        yield Finding(
            code="negative-component",
            level="info",
            message=f"The variance of {names} came out negative and counts as 0: it cannot be told "
            "from none.",
        )
    wide = [each for each in result.cells if max(each.values) - min(each.values)
            > result.range_upper * (1 + 1e-9)]  # fmt: skip
    if wide:
        names = name_list([f"{each.part} by {each.operator}" for each in wide], 4)
        yield Finding(
            code="range-out",
            level="warning",
            message=f"{names}: the trials are further apart than the others' "
            f"(range above {result.range_upper:.4g}).",
            hint="Look for a slip of the pen or of the hand before believing the repeatability.",
            count=len(wide),
        )
    interaction = next(each for each in result.anova if each.source == "interaction")
    if not result.pooled and interaction.p_value is not None:
        value = printable(result.value_name, 40)
        yield Finding(
            code="gage-interaction",
            level="warning",
            message=f"Operators measure some parts differently from others ({value}): the means of "
            "an operator do not tell it, the chart does.",
            hint="Let them measure the parts on which they differ side by side.",
        )
