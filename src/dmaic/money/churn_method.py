"""How each figure of churn is computed, in words: what `method` of a churn result holds."""

from __future__ import annotations

from dmaic.money.definition import Definition

_OVER = {
    "start": "active when the period begins",
    "start-plus-new": "active when the period begins + signed up in it",
    "average": "the mean of active at its beginning and at its end",
}


def methods(definition: Definition, *, period: str | None, money: bool) -> dict[str, str]:
    """Figure -> its formula.

    Args:
        definition: what churn means.
        period: what one period is; None where the export has no dates.
        money: the export tells what is paid.
    """
    if period is None:
        return {
            "logo_churn": "lost rows / all rows of the export, whatever time it covers",
            "interval": "Wilson score, 95 % (Wilson 1927)",
            "churn_per_customer_month": "lost / sum of the months as customers; 95 % interval of "
            "Byar (Breslow and Day 1987)",
        }
    counted = " + who signed up and left in it" if definition.new_and_churned == "counted" else ""
    told = {
        "logo_churn": f"churned in the {period}{counted} / {_OVER[definition.denominator]}",
        "pooled": "sum of the lost / sum of those at risk, over all periods",
        "mean": "plain mean of the periods' rates",
        "interval": "logo churn: Wilson score, 95 % (Wilson 1927)",
    }
    if definition.annual == "spread":
        times = 12 // {"month": 1, "quarter": 3, "year": 12}[period]
        told["annualised"] = f"1 - (1 - c)^{times}, if the rate stays and hits all alike"
    if not money:
        return told
    less = " + contraction" if definition.contraction else ""
    back = " - ".join(definition.offsets)
    return {
        **told,
        "mrr_churn": f"MRR of the lost / MRR {_OVER[definition.denominator]}",
        "gross_revenue_churn": f"(churned MRR{counted}{less}) / MRR "
        f"{_OVER[definition.denominator]}",
        "net_revenue_churn": "(gross loss" + (f" - {back}" if back else "") + ") / the same MRR",
        "grr": "1 - (churned + contraction MRR) / MRR at the start",
        "nrr": "1 - (churned + contraction" + (f" - {back}" if back else "") + ") / MRR at the "
        "start",
        "arpa": "MRR / customers, both at the start",
        "revenue_interval": "churned MRR +- 1.96 sqrt(sum of the squares of the lost customers' "
        "MRRs): compound Poisson, 95 % (Klugman, Panjer and Willmot 2012)",
    }
