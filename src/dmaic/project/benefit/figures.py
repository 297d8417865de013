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
    "run_rate": "12 × the mean of the last three recorded months where they follow one another, "
    "else 12 × the last one; months that are over, of recurring benefits. It is no cash",
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
        run_rate_months: months that it is the mean of.
        planned_to_date: plan of the months up to the last recorded one, or None.
        variance: cash less that.
        planned_to_end: plan of all months.
        to_the_end: what all months bring if the rest goes as planned.
        missing: months that are planned, over and not recorded.
    """

    months: tuple[MonthLine, ...] = ()
    cash: float | None = None
    run_rate: float | None = None
    run_rate_months: tuple[str, ...] = ()
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
    rate, basis = run_rate(benefit, today)
    return Figures(
        months=_lines(benefit, planned, realised, last),
        cash=cash,
        run_rate=rate,
        run_rate_months=basis,
        planned_to_date=to_date,
        variance=None if cash is None or to_date is None else cash - to_date,
        planned_to_end=fsum(planned.values()),
        to_the_end=(cash or 0.0) + left,
        missing=tuple(month for month in planned if month < now and month not in realised),
    )


def run_rate(benefit: Benefit, today: date) -> tuple[float | None, tuple[str, ...]]:
    """Money a year as it runs now, and the months that tell so.

    Args:
        benefit: any; a one-off has none.
        today: a month that is not over would tell too little.
    """
    known = [month for month in benefit.actuals if month < month_of(today)]
    if benefit.rhythm == "one-off" or not known:
        return None, ()
    last = known[-1]
    three = tuple(after(last, back) for back in (-2, -1, 0))
    basis = three if all(month in benefit.actuals for month in three) else (last,)
    return 12 * fsum(benefit.actuals[month].amount for month in basis) / len(basis), basis


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


def basis_told(months: tuple[str, ...]) -> str:
    """What a run-rate is made of, in words.

    Args:
        months: as `Figures.run_rate_months`.
    """
    if len(months) > 1:
        return f"12 × the mean of {months[0]} to {months[-1]}"
    return f"12 × {months[0]}" if months else ""
