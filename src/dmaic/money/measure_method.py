"""How the figures of a measured benefit are defined, and what they take as given."""

from __future__ import annotations

from dmaic.money.benefit_measure import Scale

ASSUMPTIONS = (
    "Without the fix the treated customers would have changed as the untouched did.",
    "The untouched were not reached by the fix, nor by anything else that the treated were not.",
    "Losses come independently of one another; where one contract loses many customers at once the "
    "true intervals are wider.",
    "Customers saved pay what lost customers paid, and leave again at the rate without the fix "
    "less what was saved once more.",
    "Run-rate is 12 x MRR; cash is what was paid within the months after. Neither has costs taken "
    "off.",
)
"""What every measured effect takes as given."""


def methods(scale: Scale, *, treated: bool, money: bool) -> dict[str, str]:
    """Definition and formula of each figure.

    Args:
        scale: of the headline.
        treated: it was said whom the fix reached.
        money: the exports tell what customers pay.
    """
    every = {
        "rate": "customers lost in a month / customers at its start, over all months; Wilson "
        "interval (1927)",
        "change": "rate after / rate before - 1; log interval, variance 1/losses each (Katz and "
        "others 1978)",
        "rate_and_mix": "Kitagawa (1955): rate = (r' - r)(w' + w)/2, mix = (w' - w)((r' + r)/2 - "
        "R), w a segment's share of the customers, R the mean overall rate; they add up to the "
        "change",
    }
    if treated:
        every |= {
            "market": "untouched after / before, segment by segment (Mantel-Haenszel ratio of "
            "rates, 1959)",
            "counterfactual_rate": "treated rate before x market"
            if scale == "ratio"
            else "treated rate before + difference of the untouched rates (Mantel-Haenszel)",
            "claimed": "customers at the start of each month after x counterfactual rate - lost "
            "(difference-in-differences, Angrist and Pischke 2009, ch. 5); interval: Zou and "
            "Donner (2008)",
            "raw": "the same with the rate before; raw = market's part + claimed",
            "standing": "of the claimed still there at the end: D' = D (1 - c) + saved in the "
            "month, c the counterfactual rate",
            "parallel_trends": "score test of trend of the treated's share of the losses, "
            "customers as offset (Armitage 1955)",
        }
    if treated and money:
        every |= {
            "mrr": "the same formulas with MRR for customers, the market as measured on customers; "
            "variance of lost MRR: sum of squares (compound Poisson)",
            "run_rate": "12 x MRR claimed",
            "cash": "sum over the months after of the mean of the MRR standing at a month's "
            "beginning and end (mid-month)",
        }
    if money:
        every["topline"] = "lost annualised revenue (12 x MRR lost in twelve months) before - after"
    return every
