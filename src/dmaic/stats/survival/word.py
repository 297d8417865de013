"""How survival is told: the sentence that answers, the tables, and how it was computed."""

from __future__ import annotations

from dmaic import number
from dmaic.stats.survival.age import DAYS, in_words, month
from dmaic.stats.survival.result import EarlyLife, Group, Pairwise, SurvivalResult
from dmaic.text import plural, printable

LEAST_TIME = 5
"""Rates of fewer customer-months are too uncertain to be shown."""


def headline(result: SurvivalResult) -> str:
    """The answer in a sentence or two.

    Args:
        result: what was found.
    """
    row, whom = result.overall, _new(result)
    if row.median is not None:
        when = f"within {in_words(row.median, result.unit)}"
        if not row.median:
            when = f"in their first {result.unit}"
        text = f"Half of {whom} are lost {when}{within(row, result)}".replace(") (", "; ")
    else:
        seen = [each for each in row.milestones if each.survival is not None]
        at = seen[-1] if seen else None
        if at is None:
            text = f"More than half of {whom} outlive the time seen"
        else:
            text = (
                f"{100 * (at.survival or 0):.1f} % of {whom} are still there after "
                f"{at.name} (95 % interval {number.interval(at.low, at.high)} %); half of them "
                "are never lost in the time seen"
            )
    return f"{text}. {_verdict(result)}".strip()


def within(row: Group, result: SurvivalResult) -> str:
    """The interval of the median, in brackets."""
    if row.median_low is None:
        return ""
    if row.median_high is None:
        return f" (95 % interval from {row.median_low:g} {result.unit}s on, no upper end)"
    return f" (95 % interval {row.median_low:g} to {row.median_high:g} {result.unit}s)"


def _new(result: SurvivalResult) -> str:
    """Whom a curve speaks of: the new ones, or those who had come to the first age in view."""
    seen = next((each.start for each in result.overall.hazard if each.time), 0.0)
    if not seen:
        return f"new {_whom(result)}"
    come = plural(round(seen / month(result.unit)), "month")
    return f"{_whom(result)} who had been there for {come}"


def _whom(result: SurvivalResult) -> str:
    # What has no id is a row in the file, and yet somebody who stays or leaves.
    return "customers" if result.counted == "rows" else result.counted


def _verdict(result: SurvivalResult) -> str:
    """Whether groups differ, in words."""
    if result.logrank is None:
        return ""
    if result.logrank.p_value is None:
        return "Whether groups differ cannot be tested: they were not in view at the same ages."
    p = f"log-rank p {number.p_value(result.logrank.p_value)}"
    times = _between(result.extremes, len(result.groups))
    if result.logrank.p_value < 0.05:
        return f"Groups do not stay equally long: {times or 'some leave faster'}; {p}."
    return (
        f"That groups differ in how long they stay is not shown ({p}"
        + (f"; {times}" if times else "")
        + "); that does not prove that they are alike."
    )


def _between(pair: Pairwise | None, groups: int) -> str:
    """How many times as fast one group leaves as the other, with its interval."""
    if pair is None or pair.ratio is None:
        return ""
    names = printable(pair.first, 60), printable(pair.second, 60)
    high = "no end" if pair.high is None else f"{pair.high:.2f}"
    return (
        f'those of "{names[0]}" leave {pair.ratio:.2f} times as fast as those of "{names[1]}" '
        f"(95 % interval {pair.low or 0:.2f} to {high}"
        + (f"; of {groups} groups the two furthest apart)" if groups > 2 else ")")
    )


def early_sentence(early: EarlyLife) -> str:
    """The early-life verdict in a sentence.

    Args:
        early: early life against later.
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
        return f"Early life is more dangerous than later life: {facts}, {times}."
    if early.verdict == "lower":
        return f"Early life is less dangerous than later life: {facts}, {times}."
    return f"That early life is more dangerous than later life is not shown: {facts}, {times}."


def _times(early: EarlyLife) -> str:
    p = "" if early.p_value is None else f"p {number.p_value(early.p_value)}"
    if early.ratio is None:
        return f"nobody lost later ({p})"
    high = "no end" if early.high is None else f"{early.high:.2f}"
    return f"{early.ratio:.2f} times as fast (95 % interval {early.low or 0:.2f} to {high}, {p})"


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
        "all losses (Przyborowski and Wilenski 1940; Wilson 1927), exact ones where fewer than 5 "
        "losses are expected early or later (Clopper and Pearson 1934)",
    }
    if result.groups:
        told |= {
            "log-rank": "observed less expected losses of each group over all ages, "
            "hypergeometric covariance (Mantel 1966)",
            "weighted_tests": "the same, an age weighted by those at risk (Wilcoxon), its root "
            "(Tarone-Ware), or survival before it (Peto, Fleming-Harrington)",
            "times_as_fast": "Mantel-Haenszel ratio of hazards over all ages, 95 % interval of "
            "Greenland and Robins (1985); p corrected for all pairs by Holm (1979). That of the "
            "fastest and the slowest tends to be too large, since they are picked for it",
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
