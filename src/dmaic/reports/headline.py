"""What an analysis found, in one short sentence: the title of its slide."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from dmaic.block import Note
from dmaic.number import money, percent, ratio
from dmaic.reply import Study
from dmaic.result import Reply
from dmaic.text import BLANK, printable

if TYPE_CHECKING:
    from dmaic.money.benefit_measure import BenefitMeasureResult
    from dmaic.money.cost import CostResult
    from dmaic.stats.pareto import ComparisonRow, ParetoComparison, ParetoResult, ParetoRow
    from dmaic.stats.sampling.survey import SurveyResult
    from dmaic.stats.survival.result import SurvivalResult
    from dmaic.stats.test.tested import TestResult

LONGEST = 110
"""Characters; two lines in the title of a slide."""

_NAME = 40
_ASIDE = re.compile(r" \([^()]*\)")
_SENTENCE = re.compile(r"(?<=[^.\d]{2})\.(?= )|(?<=\d)\.(?= [A-Z])")
_CLAUSE = re.compile(r"[;:] ")
_VERBS = {
    "is stable": "are stable",
    "is not stable": "are not stable",
    "keeps well within its": "keep well within their",
    "barely keeps within its": "barely keep within their",
    "does not keep within its": "do not keep within their",
}
_MANY = re.compile(rf"^((?:[\w-]+ )*[\w-]+[^\Wsiu]s) ({'|'.join(_VERBS)})\b")
_FULL = 30
"""Characters that the first clause must have to say something by itself."""


def headline(result: Reply) -> str:
    """The finding of an analysis in at most two lines, without a full stop.

    Args:
        result: of any analysis.

    Returns:
        A sentence made of the result's own figures; empty where it has no answer.
    """
    say = _SAID.get(result.kind)
    text = say(result) if say else ""
    return text or shortened(agreeing(_answer(result)))


def agreeing(sentence: str) -> str:
    """A sentence about a column whose name is a plural: `Churned customers are stable`.

    Args:
        sentence: that begins with the name of a column.
    """
    return _MANY.sub(lambda found: f"{found[1]} {_VERBS[found[2]]}", sentence)


def shortened(sentence: str) -> str:
    """The first sentence of a text, cut where it still makes sense; long ones lose their brackets.

    Args:
        sentence: one or more sentences.
    """
    first = _SENTENCE.split(" ".join(sentence.split()), 1)[0].removesuffix(".")
    if len(first) > LONGEST:
        # What is in quotes is a name; brackets in it belong to it.
        parts = first.split('"')
        first = '"'.join(
            _ASIDE.sub("", each) if n % 2 == 0 else each for n, each in enumerate(parts)
        )
    if len(first) > LONGEST:
        ends = [found.start() for found in _CLAUSE.finditer(first)]
        fit = [end for end in ends if _FULL <= end <= LONGEST]
        first = first[: fit[-1]] if fit else first
    return printable(first, LONGEST + _NAME)


def _answer(result: Reply) -> str:
    if isinstance(result, Study):
        notes = [each for each in result.answer() if isinstance(each, Note) and each.strong]
        return notes[0].text if notes else ""
    return ""


def _named(category: tuple[str, ...]) -> str:
    return printable(" / ".join(category), _NAME)


def _rate(fraction: float | None) -> str:
    """With one decimal, as a title is read; two where one would say nothing."""
    if fraction is None:
        return percent(None)
    figure = f"{100 * fraction:,.1f}"
    return f"{figure if figure != '0.0' else percent(fraction)} %"


def _of_what(result: ParetoResult) -> str:
    if result.measure == "value":
        return "lost revenue" if result.currency else "lost value"
    return "churn" if result.measure == "customers" else printable(result.measure, _NAME)


def _largest(result: ParetoResult) -> ParetoRow | None:
    known = (row for row in result.rows if not row.other and row.category != (BLANK,))
    return next(known, None)


def _pareto(result: ParetoResult) -> str:
    top, found = _largest(result), result.concentration
    if top is None or top.share is None or result.rank_by != "measure":
        return ""
    of, lost = _of_what(result), result.total_churned
    if result.measure == "customers" and top.rate is None and result.inputs.rows == lost:
        # Each row is somebody lost, as in a survey: those who are in it, not all that churned.
        of = f"{lost:,.0f} lost in the list"
    told = f'{_rate(top.share)} of the {of} is "{_named(top.category)}"'
    if not found.effect:
        return f"{told}; it takes {found.few} of {found.categories} to make {result.cutoff:g} %"
    if found.few_share is None or found.few < 2:
        return told
    return f"{told}; {found.few} of {found.categories} make {_rate(found.few_share)}"


def _pareto_comparison(result: ParetoComparison) -> str:
    def fall(row: ComparisonRow) -> float:
        return row.cells[0].churned - row.cells[-1].churned

    rows = [row for row in result.rows if not row.other and row.category != (BLANK,)]
    if result.measure != "customers" or not rows:
        return ""
    row = max(rows, key=lambda each: abs(fall(each)))
    was, now = row.cells[0].churned, row.cells[-1].churned
    told = f'"{_named(row.category)}" lost {now:,.0f}, not {was:,.0f}'
    top = _largest(result.results[-1])
    if top is None or top.share is None or top.category == row.category:
        return told
    return f'{told}; now "{_named(top.category)}" is most, {_rate(top.share)}'


def _cost(result: CostResult) -> str:
    told = f"Churn costs {money(result.annual_loss, result.currency, brief=True)} a year"
    known = [row for row in result.segments if row.share is not None and row.name != BLANK]
    top = max(known, key=lambda row: row.share or 0, default=None)
    if top is None:
        return told
    return f'{told}; {_rate(top.share)} of it is "{printable(top.name, _NAME)}"'


def _survival(result: SurvivalResult) -> str:
    early = result.overall.early
    if early.verdict != "higher" or early.ratio is None:
        return ""
    return (
        f"The first {early.name} lose {ratio(early.ratio)} times as many a month: "
        f"{_rate(early.early_rate)}, later {_rate(early.later_rate)}"
    )


def _survey(result: SurveyResult) -> str:
    if not result.reasons or result.population <= 0:
        return ""
    top = result.reasons[0]
    return (
        f"{_rate(result.answered / result.population)} of the lost answered; most often "
        f'"{printable(top.reason, _NAME)}", {_rate(top.share)}'
    )


def _test(result: TestResult) -> str:
    tested = result.tests[0] if len(result.tests) == 1 else None
    if tested is None or tested.verdict != "differ":
        return ""
    return shortened(tested.sentence.split(", lowest in", 1)[0])


def _benefit(result: BenefitMeasureResult) -> str:
    effect = result.customers
    if effect is None or not effect.claimed.proven or (effect.claimed.value or 0) < 0:
        # The answer itself says what is not shown, or got worse; that is no saving.
        return ""
    if result.saved_customers is None or result.saved_run_rate is None:
        return ""
    saved = (
        f"{result.saved_customers:,.0f} {printable(result.unit, _NAME)} and "
        f"{money(result.saved_run_rate, result.currency, brief=True)} a year as run-rate"
    )
    cut = effect.reduction.value
    if cut is None:
        return f"The fix saved {saved}"
    if len(result.treated) == 1:
        name = printable(result.treated[0], _NAME)
        told = f'The fix cut churn in "{name}" by {_rate(cut)}, saving {saved}'
        if len(told) <= LONGEST:
            return told
    return f"The fix cut churn where it reached by {_rate(cut)}, saving {saved}"


_SAID: dict[str, Callable[[Any], str]] = {
    "pareto": _pareto,
    "pareto-comparison": _pareto_comparison,
    "cost": _cost,
    "survival": _survival,
    "survey": _survey,
    "test": _test,
    "benefit-measure": _benefit,
}
