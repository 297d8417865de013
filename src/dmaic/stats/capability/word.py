"""What a capability says in words: the answer, and how it was made."""

from __future__ import annotations

from dmaic import number
from dmaic.stats.capability.attribute import MILLION, by_poisson
from dmaic.stats.capability.attribute_result import AttributeCapability
from dmaic.stats.capability.result import CapabilityResult
from dmaic.text import plural, printable

CAPABLE, BARELY = 1.33, 1.0
"""Cpk from which a process is called capable, and below which it is not."""

NORMAL = 0.005
"""P-value below which a measure is taken not to be normal."""

ASSUMPTIONS = (
    "Values stand in the order of time; sigma within is what varies from one to the next.",
    "Shares outside of the limits that follow from an index take the measure for normal.",
)


def method_of(result: CapabilityResult, within: str) -> dict[str, str]:
    """Each formula, by the figure it makes.

    Args:
        result: the capability.
        within: how sigma within was made.
    """
    told = {
        "Cp_and_Cpk": "(USL - LSL) / 6 sigma, (nearest limit - mean) / 3 sigma; sigma within: "
        f"{within}",
        "Pp_and_Ppk": "the same with the standard deviation of all values, divisor n - 1",
    }
    if result.cpm is not None:
        told["Cpm"] = "(USL - LSL) / 6 √(s² + (mean - target)²)"
    if result.n is not None:
        told["intervals"] = (
            "Cp, Pp: chi-square; Cpk, Ppk: Bissell 1990; Cpm: Boyles 1991"
            + (
                f"; degrees of freedom of sigma within {result.sigma_within_df:.1f}"
                if result.sigma_within_df is not None
                else ""
            )
        )  # fmt: skip
    told["verdict"] = "by the interval of Cpk: capable from 1.33 on, not capable below 1"
    return told


def attribute_method(result: AttributeCapability) -> dict[str, str]:
    """Each formula, by the figure it makes.

    Args:
        result: the capability.
    """
    told = {
        "DPMO": "1,000,000 x defects / (units x opportunities)",
        "yield": "e^(-DPU): a unit may have several defects"
        if result.several
        else "1 - DPU: a unit fails or does not",
        "sigma_level": f"normal quantile of 1 - DPMO / 1,000,000, plus a shift of {result.shift:g}"
        + (
            " (a convention: what was counted is taken for the long term, the level states the "
            "short term)"
            if result.shift
            else ""
        ),
    }
    if result.units is not None:
        counts = by_poisson(result.dpmo / MILLION, result.opportunities, several=result.several)
        exactly = "Garwood's for counts" if counts else "Clopper-Pearson"
        told["intervals"] = f"exact ({exactly}), {100 * result.confidence:g} %"
    if result.steps:
        told["rolled_throughput_yield"] = (
            "product of the yields of all steps; its interval of theirs, each so wide that all "
            "hold together"
        )
    return told


def headline(result: CapabilityResult) -> str:
    """The answer in one sentence.

    Args:
        result: the capability.
    """
    name = printable(result.name, 60)
    name = name[:1].upper() + name[1:]
    cpk = f"Cpk {number.ratio(result.cpk)}"
    if result.cpk_low is not None:
        cpk += f" ({number.interval(result.cpk_low, result.cpk_high, scale=1)})"
    share = f"{number.percent(result.outside_share)} %" if result.outside else "none"
    seen = f"so far {share} of the values were outside"
    if result.verdict == "not-stable":
        return f"{name} is not stable, so its capability promises nothing; {seen}."
    # Of a few values nothing shows that they are normal; a mean and a sigma alone are taken so.
    tested = result.normality is not None and result.normality.p_value >= NORMAL
    normal = tested or result.outside is None
    expected = parts(result.expected_overall)
    few = "" if expected.startswith("fewer") else "about "
    about = f"{few}{expected} fall outside of the limits" if normal else seen
    words = {
        "capable": f"{name} keeps well within its limits: {cpk}; {about}.",
        "barely": f"{name} barely keeps within its limits: {cpk}, below 1.33; {about}.",
        "not-capable": f"{name} does not keep within its limits: {cpk}, below 1; {about}.",
        "unsure": f"{_unsure(result, name)}: {cpk}; {about}.",
    }
    return words[result.verdict]


def _unsure(result: CapabilityResult, name: str) -> str:
    values = plural(result.n or 0, "value")
    if result.cpk_low is not None and result.cpk_low >= BARELY:
        return f"{name} keeps within its limits, but {values} cannot tell how well"
    return f"Whether {name} keeps within its limits cannot be told from {values}"


def parts(share: float) -> str:
    """A share as per cent, or of a million where it is small.

    Args:
        share: a fraction of one.
    """
    if share >= 0.001:
        return f"{number.percent(share)} %"
    million = 1_000_000 * share
    return f"{million:,.0f} in a million" if million >= 1 else "fewer than 1 in a million"


def attribute_headline(result: AttributeCapability) -> str:
    """The answer in one sentence.

    Args:
        result: the capability.
    """
    million = f"{result.dpmo:,.0f}" if result.dpmo >= 100 else f"{result.dpmo:,.4g}"
    dpmo = f"{million} in a million (DPMO)"
    level = level_words(result)
    if result.units is None or result.defects is None:
        return f"{dpmo} is {level}."
    units = f"{result.units:,.0f} {printable(result.unit, 40)}"
    if result.steps:
        passed = number.percent(result.rolled_throughput_yield)
        ends = number.interval(result.rolled_low, result.rolled_high)
        return (
            f"{passed} % ({ends}) pass all {plural(len(result.steps), 'step')} without a defect; "
            f"over all steps {dpmo}, {level}."
        )
    if not result.defects:
        return (
            f"No defect in {units}: the {100 * result.confidence:g} % interval reaches up to "
            f"{result.dpmo_high or 0:,.0f} in a million (DPMO), {level}."
        )
    if result.several or result.opportunities > 1:
        many = plural(round(result.defects), "defect")
        return f"{many} in {units}: {result.dpu:,.3g} a unit, {dpmo}, {level}."
    share = number.percent(result.dpu)
    if result.name == "lost":
        return f"{result.defects:,.0f} of {units} lost ({share} %): {dpmo}, {level}."
    name = printable(result.name, 40)
    return f"{result.defects:,.0f} {name} in {units} ({share} %): {dpmo}, {level}."


def level_words(result: AttributeCapability) -> str:
    """The sigma level with its interval.

    Args:
        result: the capability.
    """
    if result.sigma_level is not None:
        text = f"a sigma level of {result.sigma_level:.3f}"
        if result.sigma_low is not None and result.sigma_high is not None:
            text += f" ({result.sigma_low:.3f}–{result.sigma_high:.3f})"
        return text
    if result.sigma_low is not None:
        return f"a sigma level of {result.sigma_low:.2f} or more"
    if result.sigma_high is not None:
        return f"a sigma level of {result.sigma_high:.2f} or less"
    return "which has no sigma level"
