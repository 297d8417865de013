"""Planned against realised: the figures of one benefit."""

from __future__ import annotations

from datetime import date
from itertools import accumulate
from math import fsum

from dmaic.project.benefit.benefit import Benefit
from dmaic.project.benefit.month import after, month_of, span
from dmaic.result import Frozen

METHOD: dict[str, str] = {
    "planned": "the forecast of the month: as given, or target / 12 in each month (in month k of "
    "the ramp k / ramp of it); a one-off in equal parts over the ramp",
    "cash": "sum of the recorded months",
    "run_rate": "12 × the last recorded month that is over; of recurring benefits. It is no cash",
    "run_rate_of_three": "12 × the mean of the last three, where they follow one another",
    "variance": "cash less the plan of all months up to the last recorded one",
    "to_the_end": "cash plus the forecast of the months that are not over and not recorded; a "
    "month that is over and not recorded counts nothing",
}
"""Name of a figure -> how it is computed."""


class MonthLine(Frozen):
    """One month.

    Attributes:
        month: such as `2025-03`.
        planned: forecast, or None where the plan does not cover it.
        realised: recorded, or None.
        planned_sum, realised_sum: from the first month on; the latter None after the last record.
        note: with the record.
    """

    month: str
    planned: float | None = None
    realised: float | None = None
    planned_sum: float = 0.0
    realised_sum: float | None = None
    note: str = ""


class Figures(Frozen):
    """What follows from plan and record.

    Attributes:
        months: in order, without gaps.
        cash: realised so far, or None where nothing is recorded.
        run_rate: money a year as it runs now, or None.
        run_rate_month: that it is made of, or empty.
        run_rate_of_three: the same of the mean of the last three months, or None.
        planned_to_date: plan of the months up to the last recorded one, or None.
        variance: cash less that.
        planned_to_end: plan of all months.
        to_the_end: what all months bring if the rest goes as planned.
        missing: months that are planned, over and not recorded.
    """

    months: tuple[MonthLine, ...] = ()
    cash: float | None = None
    run_rate: float | None = None
    run_rate_month: str = ""
    run_rate_of_three: float | None = None
    planned_to_date: float | None = None
    variance: float | None = None
    planned_to_end: float = 0.0
    to_the_end: float = 0.0
    missing: tuple[str, ...] = ()


def figures(benefit: Benefit, today: date) -> Figures:
    """The figures of a benefit.

    Args:
        benefit: any.
        today: tells which months are over.
    """
    planned = benefit.forecast
    realised = {month: each.amount for month, each in benefit.actuals.items()}
    last, now = max(realised, default=""), month_of(today)
    to_date = fsum(each for month, each in planned.items() if month <= last) if realised else None
    cash = fsum(realised.values()) if realised else None
    left = fsum(each for month, each in planned.items() if month >= now and month not in realised)
    basis = last_over(benefit, today)
    return Figures(
        months=_lines(benefit, planned, realised, last),
        cash=cash,
        run_rate=run_rate(benefit, today),
        run_rate_month=basis,
        run_rate_of_three=_of_three(benefit, basis),
        planned_to_date=to_date,
        variance=None if cash is None or to_date is None else cash - to_date,
        planned_to_end=fsum(planned.values()),
        to_the_end=(cash or 0.0) + left,
        missing=tuple(month for month in planned if month < now and month not in realised),
    )


def last_over(benefit: Benefit, today: date) -> str:
    """The last recorded month that is over; empty where there is none, or for a one-off.

    Args:
        benefit: any.
        today: a month that is not over would tell too little.
    """
    over = [month for month in benefit.actuals if month < month_of(today)]
    return over[-1] if over and benefit.rhythm == "recurring" else ""


def run_rate(benefit: Benefit, today: date) -> float | None:
    """Money a year as it runs now, or None.

    Args:
        benefit: any; a one-off has none.
        today: tells which months are over.
    """
    month = last_over(benefit, today)
    return 12 * benefit.actuals[month].amount if month else None


def _of_three(benefit: Benefit, last: str) -> float | None:
    months = [after(last, back) for back in (-2, -1, 0)] if last else []
    known = [benefit.actuals[month].amount for month in months if month in benefit.actuals]
    return 12 * fsum(known) / 3 if len(known) == 3 else None


def _lines(
    benefit: Benefit, planned: dict[str, float], realised: dict[str, float], last: str
) -> tuple[MonthLine, ...]:
    every = span([*planned, *realised])
    planned_sums = accumulate(planned.get(month, 0.0) for month in every)
    realised_sums = accumulate(realised.get(month, 0.0) for month in every)
    return tuple(
        MonthLine(
            month=month,
            planned=planned.get(month),
            realised=realised.get(month),
            planned_sum=planned_sum,
            realised_sum=realised_sum if month <= last else None,
            note=benefit.actuals[month].note if month in realised else "",
        )
        for month, planned_sum, realised_sum in zip(every, planned_sums, realised_sums, strict=True)
    )
