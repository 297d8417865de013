"""What a change of a benefit is told as."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from dmaic.number import money
from dmaic.project.benefit.benefit import Benefit
from dmaic.project.benefit.entry import Entry
from dmaic.project.benefit.month import month_of
from dmaic.text import plural, printable, some


def told_record(
    before: Benefit, after: Benefit, entries: Sequence[Entry], currency: str, today: date
) -> tuple[str, tuple[str, ...]]:
    """What was recorded, and what a reader should know.

    Args:
        before: the benefit as it was.
        after: as it is now.
        entries: that were given.
        currency: of the amounts.
        today: tells which months are over.
    """
    back = [each.month for each in entries if each.amount is None]
    new = [each for each in entries if each.amount is not None]
    title = f'"{printable(after.title, 80)}"'
    if not new:
        done = f"Took back {some(back, 6)} of {title}."
    else:
        whole = money(sum(each.amount or 0.0 for each in new), currency)
        done = f"Recorded {plural(len(new), 'month')} of {title}, together {whole}."
    corrected = [
        f"{each.month} {money(was.amount, currency)} → {money(each.amount, currency)}"
        for each in new
        if (was := before.actuals.get(each.month)) is not None and was.amount != each.amount
    ]
    told = [f"Corrected: {some(corrected, 6)}."] if corrected else []
    if new and back:
        told.append(f"Taken back: {some(back, 6)}.")
    if any(each.month == month_of(today) for each in new):
        told.append(f"{month_of(today)} is not over yet.")
    early = [each.month for each in new if each.month < after.starts and not after.given]
    if early:
        told.append(f"Before the plan begins ({after.starts}): {some(early, 6)}.")
    if before.validated and not after.validated:
        told.append("It waits for the signature of Finance again.")
    return done, tuple(told)


def told_lock(body: Benefit, currency: str) -> str:
    """What was signed.

    Args:
        body: as it is now.
        currency: of the amounts.
    """
    title = f'"{printable(body.title, 80)}"'
    if body.validated is not None:
        whole = money(sum(each.amount for each in body.actuals.values()), currency)
        months = plural(len(body.actuals), "month")
        return (
            f"{printable(body.validated.by, 60)} signed {months} of {title}, together {whole}, "
            f"until {max(body.actuals)}."
        )
    target = f"{money(body.target, currency)} {'a year' if body.rhythm == 'recurring' else 'once'}"
    by = printable(body.agreed.by, 60) if body.agreed else ""
    return f"{by} signed the plan of {title}: {target}."
