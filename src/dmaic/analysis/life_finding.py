"""Findings about the lives of customers: who was in view, and from which age on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from dmaic.result import Finding
from dmaic.stats.survival.hazard import held_equal, rate
from dmaic.stats.survival.result import EarlyLife
from dmaic.text import name_list, plural


def fitting(findings: Iterable[Finding]) -> Iterable[Finding]:
    """All but what is said here in its own words.

    Args:
        findings: of the scan.
    """
    return (each for each in findings if each.code != "everyone-churned")


def only_lost(findings: Iterable[Finding], rows: int) -> list[Finding]:
    """That nobody in the export stayed, which blocks.

    Args:
        findings: of the scan.
        rows: how many.
    """
    if all(each.code != "everyone-churned" for each in findings):
        return []
    return [
        Finding(
            code="only-lost",
            level="blocking",
            message=f"All {rows:,} rows are lost customers, so how long customers stay cannot be "
            "told: those who stayed are missing, and whoever left late looks typical.",
            hint="Export the customers who are still there as well; --accept only-lost where the "
            "rows are a whole cohort that has left.",
            count=rows,
        )
    ]


def truncated(late: int, customers: int, start: date, unit: str, *, said: bool) -> Finding:
    """Customers who came into view some time after their sign-up.

    Args:
        late: how many.
        customers: of how many.
        start: the first day in view.
        unit: what they are, plural.
        said: a person said that day.
    """
    when = (
        f"before {start}, from when on losses are looked at"
        if said
        else f"before {start}, the month of the first loss; who left earlier is not in this export"
    )
    return Finding(
        code="left-truncated",
        level="info",
        message=f"{late:,} of {plural(customers, unit[:-1], unit)} signed up {when}. They count "
        "from the age they had then and not before, since they were sure to be there until then.",
        hint="--since DATE says from when on the export has all losses.",
        count=late,
    )


def in_months() -> Finding:
    """Ages are calendar months although there are dates."""
    return Finding(
        code="ages-in-months",
        level="info",
        message="A customer may have several rows, so ages are whole calendar months: customers "
        "are there as long as one row of theirs is.",
    )


def by_mixture(overall: EarlyLife, groups: Sequence[EarlyLife]) -> Iterator[Finding]:
    """That early life looks dangerous by the mix of groups, and not within them.

    Told where the ratio with groups held equal is not shown to be above 1 and its whole interval
    lies below that of all together: that no group alone shows it may be for want of losses.

    Args:
        overall: early life of all.
        groups: of each group.
    """
    within = held_equal(
        [
            (rate(each.early_lost, each.early_time), rate(each.later_lost, each.later_time))
            for each in groups
        ]
    )
    if overall.verdict != "higher" or overall.ratio is None or within is None:
        return
    ratio, low, high = within
    if low <= 1 and high < overall.ratio:
        yield Finding(
            code="early-by-mixture",
            level="warning",
            message="With groups held equal customers do not clearly leave faster early in life "
            f"({ratio:.2f} times as fast, 95 % {low:.2f} to {high:.2f}), though all together do "
            f"({overall.ratio:.2f}): groups that leave fast are gone soon, and the mix of groups "
            "makes early life look dangerous.",
            hint="Look at which customers sign up rather than at their first weeks.",
        )


def crossing(pairs: Sequence[tuple[str, str]]) -> Iterator[Finding]:
    """That of two groups one leaves faster early and the other late.

    Args:
        pairs: of groups, by name.
    """
    if pairs:
        more = f"; so do {len(pairs) - 1} more pairs" if len(pairs) > 1 else ""
        yield Finding(
            code="curves-cross",
            level="warning",
            message=f"Of {name_list(pairs[0])} one leaves faster early and the other late{more}: "
            "a single ratio, and the log-rank test, do not tell who stays longer.",
            hint="Compare survival at the age that matters, or mean lives up to it: --horizon AGE.",
            count=len(pairs),
        )
