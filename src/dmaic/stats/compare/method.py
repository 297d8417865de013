"""How two sides were compared, what was taken as given, and what a reader should know."""

from __future__ import annotations

from collections.abc import Iterator
from math import erfc, sqrt

from dmaic.number import percent
from dmaic.result import Finding
from dmaic.stats.chisquare import homogeneity, survival
from dmaic.stats.compare.result import EXACT, CompareResult
from dmaic.stats.compare.verdict import confidence, share
from dmaic.text import name_list, plural

FEW = 10
"""Fewer losses than these on a side make a poor rate."""

UNEVEN = 0.01
"""Months that differ so much are rarer than this by chance alone."""


def methods(result: CompareResult) -> dict[str, str]:
    """Which formula made which figure.

    Args:
        result: without its methods.
    """
    exposure = (
        "churned over customer-months: the customers at the start of each whole month, added up, "
        "so that times of unlike length compare"
        if result.counted == "customer-months"
        else "churned over customers: the export has no churn dates, so both groups are taken to "
        "have been seen equally long"
    )
    level = confidence(result)
    told = {
        "rates": f"{exposure}; interval of Wilson (1927, JASA 22, 209-212), 95 %.",
        "difference": "Rate compared less rate of the reference, with Newcombe's hybrid score "
        f"interval, {level} (1998, Statistics in Medicine 17, 873-890, method 10).",
        "relative_risk": "Rate compared over rate of the reference, with the log interval of Katz, "
        f"{level} (Katz, Baptista, Azen and Pike 1978, Biometrics 34, 469-474).",
        "p_value": "z test of two proportions with the pooled share, two-sided; its square is the "
        "chi-square of the 2 x 2 table."
        if result.test != EXACT
        else "Fisher's exact test, two-sided by the chances of the tables, since fewer than 5 are "
        "expected in a cell of the 2 x 2 table.",
        "needed": f"At risk on each side for {share(result.power)} power to see "
        f"{share(result.minimal_effect)} less churn at a two-sided {share(result.alpha)} "
        "(Fleiss, Levin and Paik 2003, Statistical Methods for Rates and Proportions, 3rd edition, "
        "chapter 4, without continuity correction)"
        + (", times what the looks cost." if result.looks > 1 else "."),
        "verdict": "Lower or higher: the interval of the difference lies on one side of 0, and the "
        "p-value is below its level. No effect: it lies wholly within the smallest effect worth "
        "having, either way (an equivalence test). Otherwise too little data.",
    }
    if result.looks > 1:
        name = {"obrien-fleming": "O'Brien and Fleming (1979, Biometrics 35, 549-556)",
                "pocock": "Pocock (1977, Biometrika 64, 191-199)"}[result.boundary]  # fmt: skip
        told["looks"] = (
            f"{result.looks} looks at equal steps of information, limits of {name}, by recursive "
            "integration; they keep the chance of ever being wrong at "
            f"{share(result.alpha)}. Intervals are repeated ones (Jennison and Turnbull 2000, "
            "Group Sequential Methods, chapter 9)."
        )
    if result.segments:
        told["mix"] = (
            "Kitagawa (1955, JASA 50, 1168-1194): the difference is the sum of what segments' "
            "rates and what segments' shares add to it, exactly, without an interaction."
        )
        told["reversal"] = (
            "Difference within segments: Mantel-Haenszel weights (Greenland and Robins 1985, "
            "Biometrics 41, 55-68). Reversed where its sign is not that of the whole (Simpson "
            "1951, Journal of the Royal Statistical Society B 13, 238-241)."
        )
    if result.control is not None:
        told["chart"] = "The months of both sides with limits of their own (see dmaic control)."
    return told


def assumptions(result: CompareResult) -> tuple[str, ...]:
    """What was taken as given."""
    told = ["Customers leave independently of each other."]
    if result.mode == "before-after":
        told.append(
            "Nothing else changed between before and after: season, prices and the market did not "
            "move churn. Only a control group shows that."
        )
    else:
        told.append(
            "Pilot and control differ in nothing else that moves churn, as where a draw decided "
            "who is in the pilot."
        )
    if result.looks > 1:
        told.append("The number of looks was set before the first one, and none was added.")
    else:
        told.append("Nobody looked before: a comparison that is made every month needs --looks.")
    return tuple(told)


def findings(result: CompareResult) -> Iterator[Finding]:
    """What a reader should know.

    Args:
        result: with its verdict.
    """
    few = [
        f"{each.name} ({plural(each.churned, 'loss', 'losses')})"
        for each in (result.reference, result.compared)
        if each.churned < FEW
    ]
    if few:
        yield Finding(
            code="few-losses",
            level="warning",
            message=f"Hardly anybody was lost: {', '.join(few)}. Chance moves such rates a lot.",
            hint="Compare over more months; believe the interval, not the figure.",
        )
    if result.mode == "before-after":
        yield Finding(
            code="no-control-group",
            level="warning",
            message="Before and after alone do not tell what made the difference: the market, the "
            "season and the mix of customers change too.",
            hint="Compare with customers that the change did not reach: --pilot COL, or dmaic "
            "benefit measure --segment NAME.",
        )
    yield from _uneven(result)
    reversal = result.reversal
    if reversal is not None and reversal.reversed:
        yield Finding(
            code="simpson-reversal",
            level="warning",
            message="Within segments churn moved the other way than overall (Simpson's reversal): "
            "the mix of customers makes the overall difference.",
            hint="Go by the difference within segments.",
        )
    baseline = result.baseline
    if baseline is not None and baseline.difference.proven:
        yield Finding(
            code="unlike-groups",
            level="warning",
            message="The pilot churned at another rate than the control group already before: "
            f"{percent(baseline.compared.rate)} % and {percent(baseline.reference.rate)} %.",
            hint="Go by the change of each group against its own past.",
        )
    alone = [each.name for each in result.segments if not (each.reference and each.compared)]
    if alone:
        yield Finding(
            code="one-sided-segments",
            level="info",
            message=f"{name_list(alone, 6)}: customers on one side only; they change the mix, and "
            "say nothing of the rate.",
            count=len(alone),
        )


def _uneven(result: CompareResult) -> Iterator[Finding]:
    """That months of one side differ by more than chance, which test and interval do not know.

    Pearson's chi-square of the months within each side, over its degrees of freedom, is how many
    times as large the variance is (McCullagh and Nelder 1989, Generalized Linear Models, 4.5).
    """
    points = result.control.points if result.control is not None else ()
    statistic, df = 0.0, 0
    for stage in (1, 2):
        months = [each for each in points if each.stage == stage]
        tested = homogeneity(
            [each.count or 0.0 for each in months], [each.size or 0.0 for each in months]
        )
        if tested.statistic is not None and tested.df is not None:
            statistic, df = statistic + tested.statistic, df + tested.df
    if not df or survival(statistic, df) >= UNEVEN:
        return
    wider = sqrt(statistic / df)
    hint = "Look at the chart: what made single months good or bad?"
    if result.significant and result.statistic is not None:
        z = abs(result.statistic) / wider
        if erfc(z / sqrt(2)) >= result.level:
            hint += " With such months the difference is no more than chance makes."
    yield Finding(
        code="months-vary",
        level="warning",
        message="Months of one side differ by more than chance makes (chi-square "
        f"{statistic:,.1f}, df {df}), so the interval and the p-value, which know of chance alone, "
        f"are too sure: the interval should be about {wider:.1f} times as wide.",
        hint=hint,
    )
