"""What a kappa means: the conventional bands, and a sentence that says how sure it is."""

from __future__ import annotations

from dmaic.stats.agreement.coefficient import Coefficient
from dmaic.stats.agreement.result import Grade
from dmaic.text import plural

GOOD, POOR = 0.75, 0.40
"""Bands of the AIAG's Measurement Systems Analysis (4th edition, 2010), chapter III, section C,
after Fleiss (1981): above 0.75 good to excellent, below 0.40 poor."""

_LANDIS_KOCH = (
    (0.0, "poor"),
    (0.20, "slight"),
    (0.40, "fair"),
    (0.60, "moderate"),
    (0.80, "substantial"),
    (1.0, "almost perfect"),
)


def landis_koch(kappa: float) -> str:
    """The word of Landis and Koch (1977, Biometrics 33, 159-174) for a kappa.

    Below 0 poor, to 0.20 slight, to 0.40 fair, to 0.60 moderate, to 0.80 substantial, above almost
    perfect.

    Args:
        kappa: at most 1.
    """
    if kappa < 0:
        return "poor"
    # What floats add to 0.6 shall not lift it over the edge.
    return next(word for edge, word in _LANDIS_KOCH[1:] if kappa <= edge + 1e-9)


def judge(found: Coefficient, who: str) -> tuple[Grade, str]:
    """Whether codes can be used, and the sentence that says so.

    Args:
        found: kappa or alpha with its interval.
        who: `The 2 raters`, or `Ann and the standard`.
    """
    value, low, high = found.value, found.low, found.high
    if value is None:
        return "undecided", (
            f"{who} used one code only, so nothing tells whether they would agree on others: "
            "code items that differ."
        )
    assert low is not None
    assert high is not None
    if low >= GOOD:
        return "good", f"{who} agree well: the codes can be used."
    items = plural(found.items, "item")
    if value >= GOOD:
        return "undecided", (
            f"{who} agree well on these items, but {items} cannot show that they do on others "
            f"(kappa may be as low as {low:.2f}): code more items before the codes are used."
        )
    if value < POOR and high < GOOD:
        sure = "" if high < POOR else f" It may be up to {high:.2f}: moderate at best."
        return "poor", (
            f"{who} agree poorly: do not use the codes. Write down what each code means, with "
            f"examples, and let them code again.{sure}"
        )
    if low < POOR and high >= GOOD:
        return "undecided", (
            f"{items} are too few to tell whether {_inside(who)} agree (kappa lies between "
            f"{low:.2f} and {high:.2f}): code more items."
        )
    if low < POOR:
        return "moderate", (
            f"{who} agree moderately, and perhaps poorly (kappa may be as low as {low:.2f}): "
            "sharpen the codes that are mixed up, and let them code again."
        )
    sure = f" It may be good: kappa may be up to {high:.2f}." if high >= GOOD else ""
    return "moderate", (
        f"{who} agree moderately: use the codes with care, and sharpen those that are mixed up."
        f"{sure}"
    )


def _inside(who: str) -> str:
    return who[:1].lower() + who[1:] if who.startswith("The ") else who
