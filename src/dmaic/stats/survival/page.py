"""How survival is laid out: the answer, survival and hazard by age, and the groups compared."""

from __future__ import annotations

from collections.abc import Iterator

from dmaic import number
from dmaic.block import Block, Cells, Fields, Heading, Note, Table
from dmaic.stats.survival.age import in_words
from dmaic.stats.survival.result import Group, Milestone, SurvivalResult
from dmaic.stats.survival.word import LEAST_TIME, early_sentence, headline, within
from dmaic.text import plural, printable

MONTHS = (1, 2, 3, 4, 5, 6, 9, 12, 18, 24, 36, 48, 60, 84, 120)
"""Months of life whose hazard is shown where there are too many to show all."""

ALL_MONTHS = 15
"""So many months are all shown."""

MOST_PAIRS_SHOWN = 10
"""Pairs that are shown: those of five groups; all are in the JSON."""

TESTS = {
    "log-rank": ("log-rank", "all losses alike"),
    "wilcoxon": ("Wilcoxon (Gehan-Breslow)", "early, by those at risk"),
    "tarone-ware": ("Tarone-Ware", "early, less strongly"),
    "peto": ("Peto-Peto-Prentice", "early, by survival"),
    "fleming-harrington-early": ("Fleming-Harrington (1, 0)", "early losses"),
    "fleming-harrington-late": ("Fleming-Harrington (0, 1)", "late losses"),
}
"""Test -> its name, and what it looks at."""


def blocks(result: SurvivalResult) -> tuple[Block, ...]:
    """The sentence that answers, survival and hazard by age, and the groups compared."""
    told: list[Block] = [
        Heading("How long customers stay", 1, aside=_aside(result)),
        Note(headline(result), strong=True),
        Note(early_sentence(result.overall.early)),
        Fields(tuple(_facts(result))),
    ]
    if result.groups:
        told.append(_groups(result))
    told.append(_milestones(result))
    if any(each.time >= LEAST_TIME for each in result.overall.hazard):
        told.append(_hazards(result))
    if result.logrank is not None:
        told += [_tests(result)]
    if result.pairwise:
        told.append(_pairs(result))
    return tuple(told)


def _aside(result: SurvivalResult) -> str:
    return f"in view {result.first} to {result.last}" if result.first else ""


def _facts(result: SurvivalResult) -> Iterator[tuple[str, str]]:
    row = result.overall
    yield (
        "in view",
        f"{plural(row.customers, result.counted[:-1], result.counted)}, {row.lost:,} of them lost, "
        f"{row.time:,.0f} customer-months",
    )
    if row.late:
        yield "counted from a later age", f"{row.late:,} (left truncation)"
    yield "median life", _median(row, result)
    if row.restricted_mean is not None and result.horizon is not None:
        low, high = row.restricted_mean_low, row.restricted_mean_high
        ends = "" if low is None else f"({_age(low, result)}–{_age(high, result)}) "
        yield (
            "mean life",
            f"{_age(row.restricted_mean, result)} {ends}of the first "
            f"{in_words(result.horizon, result.unit)}",
        )


def _age(age: float | None, result: SurvivalResult) -> str:
    if age is None:
        return number.DASH
    return f"{age:,.0f}" if result.unit == "day" else f"{age:,.1f}"


def _median(row: Group, result: SurvivalResult) -> str:
    if row.median is None:
        return f"not reached by {in_words(row.last, result.unit)}"
    return f"{in_words(row.median, result.unit)}{within(row, result)}".replace(") (", "; ")


def _percent(share: float | None) -> str:
    return number.DASH if share is None else f"{100 * share:.1f}"


def _milestones(result: SurvivalResult) -> Table:
    rows = result.overall.milestones
    return Table(
        (
            Cells("after", tuple(each.name for each in rows)),
            Cells("at risk", tuple(f"{each.at_risk:,}" for each in rows), right=True, keep=40),
            Cells("still there %", tuple(_percent(each.survival) for each in rows), right=True),
            Cells("95 %", tuple(_interval(each) for each in rows), right=True, keep=80),
            Cells("lost so far", tuple(f"{each.lost:,}" for each in rows), right=True, keep=60),
            Cells("of all losses %", tuple(_percent(each.share) for each in rows), right=True,
                  keep=90),
        ),
        title="Survival by age",
    )  # fmt: skip


def _interval(each: Milestone) -> str:
    # Before the first loss the interval has no width, which is not to say that nothing can happen.
    return number.DASH if each.survival == 1 else number.interval(each.low, each.high)


def _hazards(result: SurvivalResult) -> Table:
    every = [each for each in result.overall.hazard if each.time >= LEAST_TIME]
    rows = every if len(every) <= ALL_MONTHS else [each for each in every if each.month in MONTHS]
    return Table(
        (
            Cells("month of life", tuple(str(each.month) for each in rows), right=True),
            Cells("customer-months", tuple(f"{each.time:,.0f}" for each in rows), right=True,
                  keep=50),
            Cells("lost", tuple(f"{each.lost:,}" for each in rows), right=True, keep=60),
            Cells("lost a month %", tuple(number.percent(each.rate) for each in rows), right=True),
            Cells("95 %", tuple(_bounds(each.low, each.high) for each in rows), right=True),
        ),
        title="Hazard by month of life",
    )  # fmt: skip


def _bounds(low: float | None, high: float | None) -> str:
    if low is None or high is None:
        return number.DASH
    return f"{number.percent(low)}–{number.percent(high)}"


def _groups(result: SurvivalResult) -> Table:
    rows = result.groups
    # The two round ages that most groups have come to tell most of them.
    names = [each.name for each in result.overall.milestones]
    ages = [name for name in names if any(_at(row, name).survival is not None for row in rows)]
    shown = [*ages[1:2], *ages[3:4]] if len(ages) > 3 else ages[-2:]
    return Table(
        (
            Cells(", ".join(result.by), tuple(printable(row.group, 60) for row in rows), wrap=True),
            Cells(result.counted, tuple(f"{row.customers:,}" for row in rows), right=True, keep=50),
            Cells("lost", tuple(f"{row.lost:,}" for row in rows), right=True, keep=60),
            Cells(f"median {result.unit}s", tuple(_short(row.median) for row in rows), right=True,
                  keep=95),
            Cells("95 % of the median", tuple(_ends(row) for row in rows), right=True, keep=30),
            *(
                Cells(f"{name} %", tuple(_percent(_at(row, name).survival) for row in rows),
                      right=True, keep=90)
                for name in shown
            ),
            Cells(f"mean {result.unit}s", tuple(_age(row.restricted_mean, result) for row in rows),
                  right=True, keep=40),
            Cells("lost / expected", tuple(number.ratio(row.relative_hazard) for row in rows),
                  right=True, keep=85),
            Cells("early / later", tuple(_early_ratio(row) for row in rows), right=True,
                  keep=70),
        ),
        title=f"By {', '.join(result.by)}",
    )  # fmt: skip


def _early_ratio(row: Group) -> str:
    return number.DASH if row.early.verdict == "too-few" else number.ratio(row.early.ratio)


def _at(row: Group, name: str) -> Milestone:
    return row.milestone(name) or Milestone(age=0, name=name, at_risk=0, lost=0)


def _short(age: float | None) -> str:
    return "not reached" if age is None else f"{age:,g}"


def _ends(row: Group) -> str:
    if row.median is None:
        return number.DASH
    high = "…" if row.median_high is None else f"{row.median_high:,g}"
    return f"{_short(row.median_low)}–{high}"


def _tests(result: SurvivalResult) -> Table:
    assert result.logrank is not None
    rows = (result.logrank, *result.weighted)
    return Table(
        (
            Cells("test", tuple(TESTS[each.name][0] for each in rows)),
            Cells("looks at", tuple(TESTS[each.name][1] for each in rows), keep=40),
            Cells("chi-square", tuple(number.ratio(each.statistic) for each in rows), right=True),
            Cells("df", tuple(number.DASH if each.df is None else str(each.df) for each in rows),
                  right=True, keep=60),
            Cells("p", tuple(_p(each.p_value) for each in rows), right=True),
        ),
        title="Do all groups stay equally long? The log-rank test answers; the others look closer",
    )  # fmt: skip


def _p(figure: float | None) -> str:
    return number.DASH if figure is None else number.p_value(figure).removeprefix("= ")


def _pairs(result: SurvivalResult) -> Table:
    rows = sorted(result.pairwise, key=lambda pair: -(pair.statistic or 0.0))[:MOST_PAIRS_SHOWN]
    more = len(result.pairwise) - len(rows)
    return Table(
        (
            Cells("group", tuple(printable(each.first, 60) for each in rows), wrap=True),
            Cells("against", tuple(printable(each.second, 60) for each in rows), wrap=True),
            Cells("times as fast", tuple(number.ratio(each.ratio) for each in rows), right=True),
            Cells("95 %", tuple(number.interval(each.low, each.high, scale=1) for each in rows),
                  right=True, keep=90),
            Cells("p", tuple(_p(each.p_value) for each in rows), right=True, keep=30),
            Cells("p (Holm)", tuple(_p(each.p_holm) for each in rows), right=True),
        ),
        title="Two by two, the clearest differences first"
        + (f" ({more} more are in the JSON)" if more else ""),
    )  # fmt: skip
