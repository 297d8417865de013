"""What is said beside a survey: the sentences that answer, formulas, assumptions and findings."""

from __future__ import annotations

from collections.abc import Iterator

from dmaic import number
from dmaic.result import Finding
from dmaic.stats.sampling.plan_word import short
from dmaic.stats.sampling.survey import FEW, SurveyResult
from dmaic.text import BLANK, name_list, plural, printable

UNLIKELY = 0.05
"""Below this p-value categories are said to have answered unevenly."""


def headline(result: SurveyResult) -> str:
    """How many spoke for how many, and what they say."""
    n, total = result.answered, result.population
    if n == total:
        said = f"All {total:,} lost {result.unit} answered: this is a census."
    else:
        places = 0 if result.margin > 0.02 else 1
        said = (
            f"{n:,} of {total:,} lost {result.unit} answered ({percent(n / total)}), so "
            f"this is a sample: a share of half of them is known to about "
            f"±{100 * result.margin:.{places}f} points, and nothing is known of why the other "
            f"{total - n:,} left."
        )
    if result.reasons:
        first = result.reasons[0]
        said += f' Most often they say "{printable(first.reason, 60)}": {percent(first.share)}'
        if n < total:
            said += f" ({number.interval(first.low, first.high)})"
        if result.is_weighted:
            said += f", weighted by {' and '.join(result.by)}"
        said += _rank(result) + "."
    return said


def percent(fraction: float) -> str:
    """A share with its sign, `17.72 %`."""
    return f"{number.percent(fraction)} %"


def _rank(result: SurveyResult) -> str:
    if result.lead is None:
        return ""
    second = f'"{printable(result.lead.second, 60)}"'
    if result.lead.low > 0:
        return f", more often than the next, {second}"
    return f"; too few answered to tell whether it comes before the next, {second}"


def silence(result: SurveyResult) -> str:
    """Who did not answer: a sentence, empty without categories."""
    found = result.nonresponse
    if found is None or result.answered == result.population:
        return ""
    rates = [row for row in result.cells if row.population >= FEW] or list(result.cells)
    low = min(rates, key=lambda row: (row.rate, row.category))
    high = max(rates, key=lambda row: (row.rate, row.category))
    spread = (
        f"the response is between {percent(low.rate)} ({_name(low.category)}) and "
        f"{percent(high.rate)} ({_name(high.category)})"
    )
    if found.p_value is None:
        return f"Whether all answered alike cannot be tested: {spread}. {found.note}"
    test = f"chi-square {found.statistic:.2f}, {found.df} df, p {number.p_value(found.p_value)}"
    size = ""
    if found.effect is not None and found.effect.value is not None:
        ends = f"{found.effect.low or 0.0:.3f}–{found.effect.high or 0.0:.3f}"
        size = f"Cramér's V {found.effect.value:.3f} ({ends}), "
    if found.p_value < UNLIKELY:
        said = f"They did not answer alike: {spread}"
    else:
        said = f"No uneven silence is seen, which does not show that there is none: {spread}"
    return f"{said}; {size}{test}. {found.note}".strip()


def _name(category: tuple[str, ...]) -> str:
    return printable(" / ".join("blank" if each == BLANK else each for each in category), 60)


def method(result: SurveyResult) -> dict[str, str]:
    """Each figure's formula and source, by name.

    Args:
        result: what was found.
    """
    sure = f"{short(result.confidence)} %"
    told = {
        "response": f"answers / lost {result.unit}; {sure} Wilson interval",
    }
    if result.nonresponse is not None:
        told["who_did_not_answer"] = (
            "chi-square test that all categories answer at one rate; the smallest ones are taken "
            "together where fewer than 1 answer is expected; Cramér's V with 95 % interval by the "
            "noncentral chi-square distribution"
        )
        told["weight"] = (
            f"customers / answers of the category; categories with fewer than {result.least} "
            "answers are weighted together (post-stratification; Cochran 1977, 5A.9)"
        )
        told["design_effect"] = (
            "n x sum of w^2 / (sum of w)^2, what the weights cost (Kish 1965); effective answers "
            "are n over it"
        )
    if result.reasons:
        told["share"] = "sum of W p, W the category's part of the population, p the share in it"
        told["variance"] = (
            "sum of W^2 (1 - n / N) p (1 - p) / (n - 1) over the strata, given how many answered "
            "in each (Holt and Smith 1979), with the correction for a finite population"
        )
        told["interval"] = (
            f"{sure}, Korn and Graubard (1998): Clopper-Pearson's exact one of n / design effect "
            "answers (design effect at least 1, scaled for degrees of freedom), over 1 - n / N"
        )
        told["if_the_silent_differ"] = (
            "share of all customers were it the reason of none, or of all, who did not answer "
            "(Manski 1989, J. Human Resources 24)"
        )
    return told


def assumptions(result: SurveyResult) -> tuple[str, ...]:
    """What was taken as given, a sentence each.

    Args:
        result: what was found.
    """
    inside = f"within each {' and '.join(result.by)} " if result.by else ""
    told = []
    if result.answered < result.population:
        told.append(
            f"Who answered is {inside}like who did not. No weight mends it where they are not; "
            "only asking some of the silent again does."
        )
    if result.reasons:
        told.append("Each answer gives one reason, and gives the true one.")
    return tuple(told)


def cautions(result: SurveyResult) -> Iterator[Finding]:
    """What a reader of the figures should know.

    Args:
        result: what was found.
    """
    if result.answered < min(FEW, result.population):
        yield Finding(
            code="few-answers",
            level="warning",
            message=f"With {plural(result.answered, 'answer')} hardly more is told than that there "
            "are such reasons; no ranking should rest on them.",
            hint=f"dmaic sample-size --margin 10% --population {result.population} says how many "
            "would do.",
            count=result.answered,
        )
    found = result.nonresponse
    if found is not None and found.p_value is not None and found.p_value < UNLIKELY:
        yield Finding(
            code="uneven-response",
            level="warning",
            message=f"The categories of {name_list(result.by)} did not answer alike (p "
            f"{number.p_value(found.p_value)}); the shares are weighted for it.",
            hint="Ask again where few answered.",
        )
    joined = [_name(row.category) for row in result.cells if row.collapsed]
    if joined and not result.is_weighted:
        yield Finding(
            code="not-weighted",
            level="warning",
            message=f"There are too few answers to weight by {name_list(result.by)}: no category "
            f"is left with {result.least} of its own.",
            hint="--least-answers sets how many are needed; --by with fewer categories needs less.",
            count=len(joined),
        )
    elif joined:
        yield Finding(
            code="collapsed-cells",
            level="warning",
            message=f"{plural(len(joined), 'category', 'categories')} with too few answers "
            f"(under {result.least}) are weighted together: {name_list(joined)}.",
            hint="--least-answers sets how many are needed; --by with fewer categories needs less.",
            count=len(joined),
        )
    kinds = len(result.reasons)
    if kinds > 10 and kinds * 2 > result.answered:
        yield Finding(
            code="free-text-reasons",
            level="warning",
            message=f"{result.answered:,} answers give {kinds:,} different reasons, so these are "
            "words and no codes.",
            hint="Give each answer a code of a short list first; dmaic agreement tells whether "
            "two people code alike.",
            count=kinds,
        )
