"""From what each test found to the result: adjusted for each other, judged, and put in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dmaic.analysis.group_question import GroupQuestion
from dmaic.result import Finding, Inputs
from dmaic.stats.test.adjust import benjamini_hochberg, holm
from dmaic.stats.test.tested import Tested, TestResult
from dmaic.stats.test.verdict import MATTERS, enough, judge
from dmaic.stats.test.word import sentence


@dataclass(frozen=True, slots=True)
class Found:
    """One test, before others are known.

    Attributes:
        column: what makes the groups, or the number compared.
        fields: of a `Tested`.
        left_out: rows without a value.
    """

    column: str
    fields: dict[str, Any]
    left_out: int = 0


def as_result(
    found: Sequence[Found],
    question: GroupQuestion,
    *,
    subject: str,
    unit: str,
    inputs: Inputs,
    findings: tuple[Finding, ...],
) -> TestResult:
    """The result of the tests.

    Args:
        found: at least one.
        question: what was asked.
        subject: what is compared: `churn`, or the name of a number.
        unit: what is counted, plural.
        inputs: what it was computed from.
        findings: settled.
    """
    p_values = [each.fields["p_value"] for each in found]
    both = holm(p_values), benjamini_hochberg(p_values)
    adjusted = both[0] if question.adjust == "holm" else both[1]
    many = len(found) > 1
    tests = []
    for at, each in enumerate(found):
        tested = Tested(
            column=each.column, left_out=each.left_out, adjusted=adjusted[at], holm=both[0][at],
            benjamini_hochberg=both[1][at], **each.fields,
        )  # fmt: skip
        verdict = judge(tested)
        more = enough(tested) if verdict == "unclear" else None
        tested = tested.model_copy(update={"verdict": verdict, "enough": more})
        words = sentence(tested, subject, unit, many=many)
        tests.append(tested.model_copy(update={"sentence": words}))
    first = tests[0]
    return TestResult(
        subject=subject,
        unit=unit,
        period=question.over,
        adjustment=question.adjust,
        column=first.column,
        test=first.test,
        statistic=first.statistic,
        df=first.df,
        p_value=first.p_value,
        effect=first.effect,
        verdict=first.verdict,
        sentence=first.sentence,
        tests=tuple(tests),
        method=_methods(tests, question),
        assumptions=_assumptions(tests, question, unit),
        inputs=inputs,
        findings=findings,
    )


_FORMULAS = {
    "chi-square": "sum of (observed - expected)^2 / expected, no correction for continuity "
    "(Pearson 1900); expected: group x overall share",
    "fisher": "chance of all tables with these margins that are not more likely than the one "
    "seen (Fisher 1934; Freeman and Halton 1951)",
    "cochran-armitage": "z = sum s (lost - n p) / sqrt(p (1 - p) sum n (s - mean s)^2), s the "
    "score of the group (Cochran 1954, Armitage 1955); departure: chi-square - z^2",
    "welch": "difference of means / sqrt(s1^2/n1 + s2^2/n2), Satterthwaite's degrees of freedom "
    "(Welch 1947)",
    "welch-anova": "Welch (1951), groups weighed by n / s^2; pairs by Welch's t",
    "mann-whitney": "U = rank sum - n (n + 1) / 2; ties count half; p exact up to 50 values, then "
    "normal with corrections for ties and continuity (Mann and Whitney 1947)",
    "kruskal-wallis": "H, corrected for ties, by chi-square (Kruskal and Wallis 1952); pairs by "
    "Dunn (1964)",
}


def _methods(tests: Sequence[Tested], question: GroupQuestion) -> dict[str, str]:
    told: dict[str, str] = {}
    for each in tests:
        told[each.test] = _FORMULAS[each.test]
        for effect in (each.effect, *each.effects):
            if effect.method:
                told[effect.name] = effect.method
    if any(each.overall is not None for each in tests):
        told["expected"] = "customers of the group x overall rate"
        told["interval_of_a_rate"] = "95 % Wilson score interval (Wilson 1927)"
        told["residual"] = (
            "(lost - expected) / its standard error (Haberman 1973); above and below: more than "
            "chance makes, adjusted for all groups by Holm (1979)"
        )
    if len(tests) > 1:
        told["adjusted"] = (
            "for all columns tested: Holm (1979)"
            if question.adjust == "holm"
            else "for all columns tested: Benjamini and Hochberg (1995)"
        )
    told["verdict"] = (
        "differs: p below 0.05; as good as alike: the whole interval of the effect lies below what "
        f"would matter ({100 * MATTERS:.0f} % of the overall rate; of numbers what Cohen 1988 "
        "calls small); too few to tell: neither"
    )
    return told


def _assumptions(tests: Sequence[Tested], question: GroupQuestion, unit: str) -> tuple[str, ...]:
    told = [f"The {unit} leave independently of each other."]
    if question.measure:
        told = ["The rows are independent of each other."]
    if question.over:
        told.append(
            f"Who stays is at risk again in the next {question.over}; each {question.over} is "
            "taken as a sample of its own."
        )
    if any(each.test == "cochran-armitage" for each in tests):
        told.append("The scores are as far apart as the groups are.")
    if len(tests) > 1:
        told.append("Each column is tested by itself; columns may tell the same story.")
    return tuple(told)
