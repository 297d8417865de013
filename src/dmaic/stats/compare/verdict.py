"""One sentence that tells an effect, no effect, and too little data apart."""

from __future__ import annotations

from dmaic.number import p_value, percent
from dmaic.stats.compare.result import CompareResult, Status
from dmaic.text import printable


def judge(result: CompareResult) -> tuple[Status, bool | None, str]:
    """What the interval of the difference says, set against 0 and against the smallest effect.

    An effect: the interval lies on one side of 0, and the test agrees. No effect: it lies wholly
    within the smallest effect either way. Anything else is too little data: 0 and an effect that
    matters both fit.

    Args:
        result: without its verdict.

    Returns:
        Status, whether the effect is surely as large as the smallest one, and the sentence.
    """
    value, low, high = result.difference.value, result.difference.low, result.difference.high
    assert value is not None
    assert low is not None
    assert high is not None
    least = result.minimal_difference
    if result.significant and (low > 0 or high < 0):
        near = min(abs(low), abs(high))
        matters = least is not None and near >= least
        return ("higher" if low > 0 else "lower"), matters, _effect(result, value, low, high)
    if least is not None and -least < low and high < least:
        return (
            "no-effect",
            None,
            (
                f"No effect that matters: churn {_rates(result)}, and the difference lies between "
                f"{_points(low, high)}: less than {percent(least)} points, the smallest change "
                f"worth having ({share(result.minimal_effect)} of the rate)."
            ),
        )
    return "too-little-data", None, _too_little(result, low, high)


def _effect(result: CompareResult, value: float, low: float, high: float) -> str:
    word = "higher" if value > 0 else "lower"
    part_of = ""
    if result.relative_risk.value is not None:
        part = abs(1 - result.relative_risk.value)
        part_of = f", {100 * part:.1f} % {word}"
    told = (
        f"Churn is {word} {_where(result)}: {_rates(result)}{part_of} (difference "
        f"{percent(value, sign=True)} points, {confidence(result)} interval "
        f"{percent(low, sign=True)} to {percent(high, sign=True)})."
    )
    least = result.minimal_difference
    if least is None:
        return told
    if max(abs(low), abs(high)) < least:
        told += (
            f" It is real but small: less than the {share(result.minimal_effect)} that would "
            "be worth having."
        )
    elif min(abs(low), abs(high)) < least:
        told += (
            f" Whether it is as much as {share(result.minimal_effect)}, the smallest worth "
            "having, is not yet sure."
        )
    return told


def _too_little(result: CompareResult, low: float, high: float) -> str:
    told = (
        f"Too little data to tell: churn {_rates(result)}, and the difference may be anything "
        f"between {_points(low, high)}."
    )
    if (low > 0 or high < 0) and result.p_value is not None:
        told += f" Chance alone may well make as much ({result.test}, p {p_value(result.p_value)})."
    if result.needed is None:
        return f"{told} Nobody left {_where(result, compared=False)}, so there is no rate to lower."
    told += (
        f" To see a change of {share(result.minimal_effect)} it takes {result.needed:,} "
        f"{result.counted} on each side; there are {result.reference.at_risk:,} and "
        f"{result.compared.at_risk:,}."
    )
    if result.look < result.looks:
        told += f" This is look {result.look} of {result.looks}: go on."
    return told


def _where(result: CompareResult, *, compared: bool = True) -> str:
    if result.mode == "before-after":
        return "after" if compared else "before"
    return "in the pilot" if compared else "in the control group"


def _rates(result: CompareResult) -> str:
    """`2.20 % before, 1.36 % after a month`."""
    one, other = result.reference, result.compared
    a_month = " a month" if result.counted == "customer-months" else ""
    names = (
        ("before", "after")
        if result.mode == "before-after"
        else (f"in {_name(one.name)}", f"in {_name(other.name)}")
    )
    return f"{percent(one.rate)} %{a_month} {names[0]}, {percent(other.rate)} % {names[1]}"


def _name(name: str) -> str:
    return f'"{printable(name, 40)}"'


def _points(low: float, high: float) -> str:
    return f"{percent(low, sign=True)} and {percent(high, sign=True)} points"


def share(fraction: float) -> str:
    """What was asked for, as it is typed: `10 %`."""
    return f"{100 * fraction:g} %"


def confidence(result: CompareResult) -> str:
    """Of the intervals, `95 %`; what would be rounded to certainty is told as more than 99.99 %."""
    if result.confidence > 0.9999:
        return "> 99.99 %"
    return f"{100 * result.confidence:.4g} %"
