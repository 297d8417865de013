"""How survival is told: the sentence that answers, the tables, and how it was computed."""

from __future__ import annotations

from collections.abc import Iterator

from dmaic import number
from dmaic.block import Block, Cells, Fields, Heading, Note, Table
from dmaic.stats.survival.age import DAYS, in_words
from dmaic.stats.survival.result import EarlyLife, Group, Milestone, SurvivalResult
from dmaic.text import plural

MONTHS = (1, 2, 3, 4, 5, 6, 9, 12, 18, 24, 36, 48, 60, 84, 120)
"""Months of life whose hazard is shown where there are too many to show all."""

ALL_MONTHS = 15
"""So many months are all shown."""

MOST_PAIRS_SHOWN = 10
"""Pairs that are shown: those of five groups; all are in the JSON."""

TESTS = {
    "log-rank": ("log-rank", "all losses alike"),
    "wilcoxon": ("Wilcoxon (Gehan-Breslow)", "early losses, by those at risk"),
    "tarone-ware": ("Tarone-Ware", "early losses, less strongly"),
    "peto": ("Peto-Peto-Prentice", "early losses, by survival"),
    "fleming-harrington-early": ("Fleming-Harrington (1, 0)", "early losses"),
    "fleming-harrington-late": ("Fleming-Harrington (0, 1)", "late losses"),
}
"""Test -> its name, and what it looks at."""


def blocks(result: SurvivalResult) -> tuple[Block, ...]:
    """The sentence that answers, survival and hazard by age, and the groups compared."""
    told: list[Block] = [
        Heading("How long customers stay", 1, aside=_aside(result)),
        Note(headline(result), strong=True),
        Note(early_sentence(result.overall.early, result.overall.group)),
        Fields(tuple(_facts(result))),
    ]
    if result.groups:
        told.append(_groups(result))
    told += [_milestones(result), _hazards(result)]
    if result.logrank is not None:
        told += [_tests(result)]
    if result.pairwise:
        told.append(_pairs(result))
    return tuple(told)


def headline(result: SurvivalResult) -> str:
    """The answer in a sentence or two.

    Args:
        result: what was found.
    """
    row = result.overall
    if row.median is not None:
        text = f"Half of new {result.counted} are lost within {in_words(row.median, result.unit)}"
        low, high = row.median_low, row.median_high
        if low is not None:
            end = "not reached" if high is None else f"{high:g}"
            text += f" (95 % interval {low:g} to {end} {result.unit}s)"
    else:
        seen = [each for each in row.milestones if each.survival is not None]
        at = seen[-1] if seen else None
        if at is None:
            text = f"More than half of new {result.counted} outlive the time seen"
        else:
            text = (
                f"{_percent(at.survival)} % of new {result.counted} are still there after "
                f"{at.name} (95 % interval {number.interval(at.low, at.high)} %); half of them "
                "are never lost in the time seen"
            )
    return f"{text}. {_verdict(result)}".strip()


def _verdict(result: SurvivalResult) -> str:
    """Whether groups differ, in words."""
    if result.logrank is None:
        return ""
    if result.logrank.p_value is None:
        return "Whether groups differ cannot be tested: they were not in view at the same ages."
    p = number.p_value(result.logrank.p_value)
    rated = [row for row in result.groups if row.relative_hazard is not None]
    fastest = max(rated, key=lambda row: (row.relative_hazard or 0, row.group))
    slowest = min(rated, key=lambda row: (row.relative_hazard or 0, row.group))
    if result.logrank.p_value < 0.05:
        return (
            f"Groups do not stay equally long: {fastest.group} leave fastest, with "
            f"{number.ratio(fastest.relative_hazard)} times the losses expected if all were alike, "
            f"{slowest.group} slowest, with {number.ratio(slowest.relative_hazard)} times "
            f"(log-rank p {p})."
        )
    return (
        f"That groups differ in how long they stay is not shown (log-rank p {p}); that does not "
        "prove that they are alike."
    )


def early_sentence(early: EarlyLife, group: str = "") -> str:
    """The early-life verdict in a sentence.

    Args:
        early: early life against later.
        group: of whom.
    """
    first = f"the first {early.name}"
    if early.verdict == "too-few" or early.p_value is None:
        return (
            f"Early life: too little was seen to tell whether customers leave faster in {first} "
            f"({early.early_lost:,} lost in them, {early.later_lost:,} later)."
        )
    facts = (
        f"{number.percent(early.early_rate)} % a month in {first}, "
        f"{number.percent(early.later_rate)} % later"
    )
    times = _times(early)
    if early.verdict == "higher":
        return f"Early life is the most dangerous: {facts}, {times}."
    if early.verdict == "lower":
        return f"Early life is not the danger, later life is: {facts}, {times}."
    return f"That early life is more dangerous is not shown: {facts}, {times}."


def _times(early: EarlyLife) -> str:
    p = "" if early.p_value is None else f"p {number.p_value(early.p_value)}"
    if early.ratio is None:
        return f"nobody lost later ({p})"
    high = "no end" if early.high is None else f"{early.high:.2f}"
    return f"{early.ratio:.2f} times as fast (95 % interval {early.low or 0:.2f} to {high}, {p})"


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
        yield (
            "mean life",
            f"{_age(row.restricted_mean, result)} "
            f"({_age(row.restricted_mean_low, result)}–{_age(row.restricted_mean_high, result)}) "
            f"of the first {in_words(result.horizon, result.unit)}",
        )


def _age(age: float | None, result: SurvivalResult) -> str:
    if age is None:
        return number.DASH
    return f"{age:,.0f}" if result.unit == "day" else f"{age:,.1f}"


def _median(row: Group, result: SurvivalResult) -> str:
    if row.median is None:
        return f"not reached by {in_words(row.last, result.unit)}"
    high = "not reached" if row.median_high is None else f"{row.median_high:g}"
    low = number.DASH if row.median_low is None else f"{row.median_low:g}"
    return f"{in_words(row.median, result.unit)}, 95 % interval {low} to {high}"


def _percent(share: float | None) -> str:
    return number.DASH if share is None else f"{100 * share:.1f}"


def _milestones(result: SurvivalResult) -> Table:
    rows = result.overall.milestones
    return Table(
        (
            Cells("after", tuple(each.name for each in rows)),
            Cells("at risk", tuple(f"{each.at_risk:,}" for each in rows), right=True, keep=40),
            Cells("still there %", tuple(_percent(each.survival) for each in rows), right=True),
            Cells("95 %", tuple(number.interval(each.low, each.high) for each in rows), right=True,
                  keep=80),
            Cells("lost so far", tuple(f"{each.lost:,}" for each in rows), right=True, keep=60),
            Cells("of all losses %", tuple(_percent(each.share) for each in rows), right=True,
                  keep=90),
        ),
        title="Survival by age",
    )  # fmt: skip


def _hazards(result: SurvivalResult) -> Table:
    every = result.overall.hazard
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
            Cells(", ".join(result.by), tuple(row.group for row in rows), wrap=True),
            Cells(result.counted, tuple(f"{row.customers:,}" for row in rows), right=True, keep=50),
            Cells("lost", tuple(f"{row.lost:,}" for row in rows), right=True, keep=60),
            Cells(f"median {result.unit}s", tuple(_short(row.median) for row in rows), right=True,
                  keep=95),
            Cells("95 %", tuple(_ends(row) for row in rows), right=True, keep=30),
            *(
                Cells(f"{name} %", tuple(_percent(_at(row, name).survival) for row in rows),
                      right=True, keep=90)
                for name in shown
            ),
            Cells(f"mean {result.unit}s", tuple(_age(row.restricted_mean, result) for row in rows),
                  right=True, keep=40),
            Cells("lost / expected", tuple(number.ratio(row.relative_hazard) for row in rows),
                  right=True, keep=85),
            Cells("early / later", tuple(number.ratio(row.early.ratio) for row in rows), right=True,
                  keep=70),
        ),
        title=f"By {', '.join(result.by)}",
    )  # fmt: skip


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
            Cells("group", tuple(each.first for each in rows), wrap=True),
            Cells("against", tuple(each.second for each in rows), wrap=True),
            Cells("times as fast", tuple(number.ratio(each.ratio) for each in rows), right=True),
            Cells("95 %", tuple(number.interval(each.low, each.high, scale=1) for each in rows),
                  right=True, keep=90),
            Cells("p", tuple(_p(each.p_value) for each in rows), right=True, keep=30),
            Cells("p (Holm)", tuple(_p(each.p_holm) for each in rows), right=True),
        ),
        title="Two by two, the clearest differences first"
        + (f" ({more} more are in the JSON)" if more else ""),
    )  # fmt: skip


def method(result: SurvivalResult) -> dict[str, str]:
    """Each figure's definition or formula, with its source.

    Args:
        result: what was found.
    """
    told = {
        "ages": _ages(result),
        "survival": "Kaplan-Meier: the product of 1 - lost / at risk over all ages; log-log 95 % "
        "interval with Greenwood's variance (Kalbfleisch and Prentice 1980)",
        "median": "the least age at which survival is one half or less; its interval where the "
        "band crosses one half (Brookmeyer and Crowley 1982, log-log)",
        "mean_life": "area under the curve up to the horizon, 95 % normal interval (Klein and "
        "Moeschberger 2003, 4.5)",
        "cumulative_hazard": "Nelson-Aalen: the sum of lost / at risk; 95 % interval on the log "
        "scale",
        "hazard": "lost over customer-months at risk in a month of life "
        f"({DAYS['month']:g} days); 95 % interval of Byar (Breslow and Day 1987)",
        "share_of_losses": "losses up to an age over all losses seen; 95 % Wilson interval (JSON)",
        "early_life": "rate up to the age over rate after it; score test and 95 % interval given "
        "all losses (Przyborowski and Wilenski 1940; Wilson 1927)",
    }
    if result.groups:
        told |= {
            "log-rank": "observed less expected losses of each group over all ages, "
            "hypergeometric covariance (Mantel 1966)",
            "weighted_tests": "the same, an age weighted by those at risk (Wilcoxon), its root "
            "(Tarone-Ware), or survival before it (Peto, Fleming-Harrington)",
            "times_as_fast": "ratio of lost / expected, 95 % interval exp(ln R +- 1.96 sqrt(1/E + "
            "1/E)) (Peto et al. 1977); p corrected for all pairs by Holm (1979)",
        }
    return told


def _ages(result: SurvivalResult) -> str:
    if result.first is None:
        return f"as the column of tenure tells them, in {result.unit}s"
    if result.unit == "month":
        return "calendar months from that of sign-up to that of loss"
    return "days from sign-up to loss; of those still there, to the last day in view"


def assumptions(result: SurvivalResult) -> tuple[str, ...]:
    """What was taken as given.

    Args:
        result: what was found.
    """
    told = [
        "Who is still there when the view ends would leave like the others of the same age: being "
        "in view no longer says nothing about leaving (independent censoring).",
        "Customers of all sign-up dates leave alike at the same age; --since and --where look at "
        "some.",
    ]
    if result.overall.late:
        told.append(
            "Who signed up before the view began and was still there is like the others who have "
            "come so far (independent left truncation)."
        )
    if result.groups:
        told.append("Groups differ in other things too; a difference is no proof of its cause.")
    return tuple(told)
