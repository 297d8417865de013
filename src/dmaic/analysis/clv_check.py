"""Which terms and which survivors make no lifetime value."""

from __future__ import annotations

from collections.abc import Sequence

from dmaic.errors import UsageError
from dmaic.money.lifetime import Terms
from dmaic.text import plural

MOST_PERIODS = 1200
"""More periods than a hundred years of months are a slip of the pen."""

LEAST_DISCOUNT = 0.0001
"""A discount between this and 0 tells nothing that 0 does not."""


def check_terms(terms: Terms) -> None:
    """Refuse terms that are out of range.

    Raises:
        UsageError: `usage.clv`, says which.
    """
    problem = hint = ""
    if not 0 < terms.margin <= 1:
        problem = "--margin is not above 0 and at most 100 %."
        hint = "Such as 80%; without it revenue is valued, not profit."
    elif not (terms.discount == 0 or LEAST_DISCOUNT <= terms.discount <= 1):
        problem = "--discount is neither 0 nor between 0.01 and 100 % a year."
        hint = "Such as 10%."
    elif terms.horizon is not None and not 1 <= terms.horizon <= MOST_PERIODS:
        problem = f"--horizon is not between 1 and {MOST_PERIODS:,} {terms.period}s."
        hint = "Such as 36; without it all periods count."
    elif terms.period not in ("month", "year"):
        problem, hint = "--period is neither month nor year.", "Such as --period year."
    if problem:
        raise UsageError(problem, "usage.clv", hint)


def check_survivors(survivors: Sequence[int]) -> tuple[int, ...]:
    """The survivors of a cohort, if they are that.

    Args:
        survivors: customers at the beginning, and after each period.

    Raises:
        UsageError: `clv.survivors`, they are too few, too many, negative, or they rise.
    """
    problem = hint = ""
    counts = tuple(survivors)
    counted = all(_is_count(each) for each in counts)
    rise = next((at for at in range(1, len(counts)) if counted and counts[at] > counts[at - 1]), 0)
    if len(counts) < 3:
        problem = f"--survivors has {plural(len(counts), 'figure')}; a curve takes 3 or more."
        hint = "The customers at the beginning, and after each period: 1000,869,743."
    elif len(counts) > MOST_PERIODS + 1:
        problem = f"--survivors has {len(counts):,} figures, more than {MOST_PERIODS + 1:,}."
        hint = "Take longer periods."
    elif not counted:
        problem = "--survivors are counts of customers: whole numbers, none negative."
        hint = "Write 869 of 1000 instead of 86.9 %; the numbers say how sure the curve is."
    elif not counts[0]:
        problem, hint = "--survivors begins with 0: nobody was there to stay.", "Such as 1000,869."
    elif rise:
        problem = (
            f"--survivors rises from {counts[rise - 1]:,} to {counts[rise]:,} in period {rise}; "
            "of one cohort nobody comes back."
        )
        hint = "Write numbers without thousands separators, the first one the largest."
    if problem:
        raise UsageError(problem, "clv.survivors", hint)
    return tuple(int(each) for each in counts)


def _is_count(figure: object) -> bool:
    try:
        return int(figure) == figure and 0 <= figure <= 10**12  # type: ignore[call-overload,operator]
    except (TypeError, ValueError, OverflowError):
        return False
