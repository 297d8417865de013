"""Definitions of the figures of a Pareto analysis, one line each, as a result carries them."""

from __future__ import annotations

from dmaic.stats.cell import Cell
from dmaic.stats.verdict import lost


def describe(measure: str, unit: str, total: Cell, has_negative: bool) -> dict[str, str]:
    """How each figure of a result was computed; docs/pareto.md is the long form.

    Args:
        measure: what the shares are of.
        unit: what is counted, plural.
        total: sum of all categories; what it does not know is not described.
        has_negative: some categories have sums below 0.
    """
    whole = "the sum of all categories above 0" if has_negative else "the sum of all categories"
    method = {
        "share": f"{lost(measure, unit)} of the category / {whole}",
        "cumulative_share": "running sum of share in the printed order",
        "vital_few": "categories up to and including the one that reaches the cutoff; "
        "ranked by excess: of the sum of all positive excess",
        "gini": "sum of (2i - n - 1) x(i) / (n sum of x), all categories before folding",
        "test": "chi-square of counts against equal shares, k - 1 degrees of freedom",
    }
    if total.exposure is not None:
        method |= {
            "rate": f"{lost('customers', unit)} / {unit} at risk",
            "interval": "95 % Wilson score interval (Wilson 1927)",
            "relative_risk": "rate / rate of all other categories together, "
            "95 % log interval (Katz et al. 1978)",
            "excess": f"{lost('customers', unit)} - {unit} at risk x overall rate",
            "test": "chi-square of churn rates, 2 x k table, k - 1 degrees of freedom",
        }
    if total.exposure_value is not None:
        method["excess_value"] = "lost value - value at risk x overall rate of lost value"
    return method


CHANGE = {
    "change": "last period - first period",
    "change_rate": "difference of churn rates, 95 % interval by Newcombe (1998), method 10",
}
"""Definitions that a comparison of periods adds."""
