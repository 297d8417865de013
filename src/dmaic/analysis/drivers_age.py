"""Ages of customers for Cox regression: from dates, or from a column of tenure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dmaic.analysis.drivers_question import DriversQuestion
from dmaic.analysis.drivers_read import Ages
from dmaic.analysis.ledger_question import LedgerQuestion
from dmaic.analysis.life_window import days_of, find_window
from dmaic.analysis.scan import Plan
from dmaic.churn.loss import churned_at, signup
from dmaic.churn.tally import Group
from dmaic.errors import DataError, UsageError
from dmaic.result import Finding
from dmaic.text import name_list, plural

if TYPE_CHECKING:
    from dmaic.churn.table import ChurnTable

_OLDEST = 36_525
"""Days; an older customer is a slip: a date that stands for none."""


def read_ages(
    table: ChurnTable, question: DriversQuestion, plan: Plan
) -> tuple[Ages, str | None, list[Finding]]:
    """Ages as SQL.

    A column of tenure that was named, or the only one to tell ages, is taken as it stands, and
    everybody as in view from the beginning. Of dates ages are days; who signed up before the first
    day in view is at risk only from that day on.

    Args:
        table: the opened export.
        question: what is asked.
        plan: the rows looked at.

    Returns:
        The ages, the time looked at in words, and what was found.

    Raises:
        DataError: nothing tells ages (`exposure.no-age`), or no loss has both dates.
        UsageError: a window of time is asked for of a tenure (`exposure.window`).
    """
    tenure = table.roles.get("tenure")
    dated = table.roles.get("signup") is not None and table.roles.get("churned_at") is not None
    if tenure is not None and (not dated or "tenure" in table.chosen):
        return _tenure(table, question, plan)
    if dated:
        return _dates(table, question, plan)
    raise DataError(
        "Nothing tells how long customers have been there: that takes dates of sign-up and of "
        "loss, or a column of tenure.",
        "exposure.no-age",
        "Name the columns: --signup COL and --churned-at COL, or --tenure COL; or ask whether and "
        f"not when: --model logistic. The columns are {name_list(table.names)}.",
        table.source.name,
    )


def _tenure(
    table: ChurnTable, question: DriversQuestion, plan: Plan
) -> tuple[Ages, str | None, list[Finding]]:
    column = table.roles.get("tenure")
    assert column is not None
    for option, said in (("--since", question.since), ("--until", question.until)):
        if said is not None:
            raise UsageError(
                f"{option} needs dates of sign-up and of loss; here a column of tenure tells ages.",
                "exposure.window",
                "Leave it out, or name the columns: --signup COL and --churned-at COL.",
            )
    reading = table.reading(column, "number")
    known = f"CASE WHEN {reading.sql} >= 0 THEN {reading.sql} END"
    ages = Ages("0.0", known, plan.window.churned.sql, f"({known}) IS NOT NULL")
    found = list(_ageless(table, plan, f"({known}) IS NULL"))
    found.append(
        Finding(
            code="no-window",
            level="info",
            message=f'Ages come from "{column.name}" alone, so every customer is taken to have '
            "been in view since sign-up. Where the export leaves out who left before some day, "
            "churn looks lower than it is.",
            hint="Dates of sign-up and of loss (--signup, --churned-at) tell when each was in "
            "view.",
            column=column.name,
        )
    )
    return ages, None, found


def _dates(
    table: ChurnTable, question: DriversQuestion, plan: Plan
) -> tuple[Ages, str | None, list[Finding]]:
    begun, at = signup(table), churned_at(table)
    assert begun is not None
    assert at is not None
    lost = f"coalesce({plan.window.churned.sql}, false)"
    first, last = _day(begun.sql), _day(at.sql)
    kept = f"WHERE {plan.window.where}" if plan.window.where else ""
    age = f"({last} - {first})"
    good = f"CASE WHEN NOT ({lost} AND coalesce({age} NOT BETWEEN 0 AND {_OLDEST}, true)) THEN"
    groups = [
        Group(
            (), gone, 0, (), (), (),
            tuple(
                dict(
                    table.whole.select(
                        f"{sql} AS day, count(*)",
                        f"{kept or 'WHERE true'} AND {lost if gone else 'NOT ' + lost}"
                        f" AND ({sql}) IS NOT NULL GROUP BY 1",
                    )
                )
                for sql in (f"{good} {first} END", f"CASE WHEN {lost} THEN {age} END",
                            f"CASE WHEN {lost} THEN {last} END")
            ),
        )
        for gone in (True, False)
    ]  # fmt: skip
    start, end = find_window(groups, LedgerQuestion(since=question.since, until=question.until))
    opened, closed = days_of(start), days_of(end)
    gone_in = f"({lost} AND {last} <= {closed})"
    left = f"CASE WHEN {gone_in} THEN {last} ELSE {closed} END"
    bad = f"({lost} AND coalesce({last} < {first}, true))"
    ages = Ages(
        entry=f"CAST(greatest(0, {opened} - {first}) AS DOUBLE)",
        # Who leaves on the day of sign-up was there on it.
        exit=f"CAST({left} - {first} + 1 AS DOUBLE)",
        lost=gone_in,
        inside=f"({first} <= {closed} AND NOT {bad} AND NOT ({lost} AND {last} < {opened})"
        f" AND {closed} - {first} <= {_OLDEST})",
    )
    found = list(_ageless(table, plan, f"(({first}) IS NULL OR {bad})"))
    return ages, f"in view {start} to {end}", found


def unequal(table: ChurnTable, plan: Plan) -> Finding | None:
    """Customers who signed up after the first loss had less time to leave than the others.

    Args:
        table: the opened export.
        plan: the rows looked at.
    """
    if table.roles.get("signup") is None or table.roles.get("churned_at") is None:
        return None
    try:
        begun, at = signup(table), churned_at(table)
    except DataError:
        return None  # Nothing rests on these dates here.
    assert begun is not None
    assert at is not None
    where = f"WHERE {plan.window.where}" if plan.window.where else ""
    ((rows, late),) = table.whole.select(
        "count(*), count(*) FILTER (begun > first)"
        f" FROM (SELECT {begun.sql} AS begun, min({at.sql}) OVER () AS first",
        f"{where})",
    )
    if late < 0.05 * rows:
        return None
    return Finding(
        code="unequal-time",
        level="info",
        message=f"{plural(late, 'row')} of {rows:,} signed up after the first loss, so they had "
        "less time to leave than the others.",
        hint="--model cox compares customers of the same age.",
        count=late,
    )


def _day(moment: str) -> str:
    return f"datediff('day', DATE '1970-01-01', CAST({moment} AS DATE))"


def _ageless(table: ChurnTable, plan: Plan, condition: str) -> list[Finding]:
    where = f"WHERE {plan.window.where}" if plan.window.where else ""
    ((count,),) = table.whole.select(f"count(*) FILTER ({condition})", where)
    if not count:
        return []
    return [
        Finding(
            code="unknown-age",
            level="warning",
            message=f"{plural(count, 'row')} without a known age (blank, or before the beginning) "
            f"{'is' if count == 1 else 'are'} left out.",
            hint="Check the columns: --signup, --churned-at, --tenure.",
            count=count,
        )
    ]
