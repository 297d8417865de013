"""Findings about amounts: currencies that mix, cents for money, intervals twice or not at all."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from dmaic.churn.clean import number
from dmaic.churn.clean.text import category
from dmaic.churn.column import Column, literal
from dmaic.churn.loss import INTERVAL_MONTHS, Part, is_monthly
from dmaic.result import Finding
from dmaic.text import name_list, printable

if TYPE_CHECKING:
    from dmaic.churn.table import ChurnTable

_MONEY = r"[€$£¥]|\b(USD|EUR|GBP|CHF|CAD|AUD)\b"

_LOOKED_AT = 100

ENOUGH = 5
"""Fewer monthly or yearly customers than this say nothing about a plan's prices."""


def currencies(codes: Iterable[str], column: str, *, inside: bool = False) -> Finding | None:
    """More than one currency in one sum.

    Args:
        codes: the currencies.
        column: where they stand.
        inside: beside the amounts, in their own column.
    """
    known = sorted(set(codes))
    if len(known) < 2:
        return None
    listed = ", ".join(printable(code, 12) for code in known[:6]) + (
        " ..." if len(known) > 6 else ""
    )
    name = printable(column)
    name = name if re.fullmatch(r"[A-Za-z_]\w*", name) else f'\\"{name}\\"'
    one = f"{name} like '%€%'" if inside else f"upper({name}) = '{printable(known[0], 12)}'"
    return Finding(
        code="mixed-currencies",
        level="blocking",
        message=f'Amounts are in {len(known)} currencies ({listed}, column "{printable(column)}") '
        "and are never summed together.",
        hint=f'Take one{", as in" if inside else ":"} --where "{one}"; or '
        "--accept mixed-currencies to count customers and leave money out.",
        count=len(known),
        column=column,
    )


def currency(
    table: ChurnTable,
    value: Column,
    told: Column | None,
    keys: Iterable[str | None],
    where: str = "",
) -> tuple[str | None, Finding | None]:
    """The one currency of the amounts, where it is known, or the finding that there are several.

    Args:
        table: the opened export.
        value: column of the amounts.
        told: column that tells the currency, or None: it is looked for beside the amounts.
        keys: what that column holds in the rows looked at.
        where: boolean SQL of these rows.
    """
    if told is not None:
        codes = {key.upper() for key in keys if key is not None}
        mixed = currencies(codes, told.name)
    else:
        codes = set(number.currency(value, table.evidence(value, "number", where)))
        mixed = currencies(codes, value.name, inside=True)
    return (None, mixed) if mixed is not None else (next(iter(codes), None), None)


def unrecognised(table: ChurnTable) -> Finding | None:
    """No column was taken for the value, but one holds amounts of money."""
    if table.roles.get("value") is not None or "value" in table.chosen:
        return None
    roles = {column for _, column in table.roles.items()}
    columns = [each for each in table.columns if each.is_text and each not in roles][:_LOOKED_AT]
    if not columns:
        return None
    figures = ", ".join(
        f"count(*) FILTER (regexp_matches(left({each.sql}, 40), {literal(_MONEY)})) * 2 >"
        f" count({each.sql})"
        for each in columns
    )
    (answer,) = table.head.select(figures)
    found = [column.name for column, is_money in zip(columns, answer, strict=True) if is_money]
    if not found:
        return None
    return Finding(
        code="value-not-recognised",
        level="warning",
        message="No column was taken for the value, so only customers are counted; "
        f"{name_list(found)} {'holds' if len(found) == 1 else 'hold'} amounts of money.",
        hint="Name the column: --value COL; --value none says that there is none.",
        column=found[0],
    )


def money_scale(table: ChurnTable, part: Part) -> Finding | None:
    """Amounts that look like cents: whole, large, and most of them price points times a hundred."""
    if part.column is None or table.value_scale != 1.0:
        return None
    reading = table.reading(part.column, "number")
    if part.column.is_text and not reading.label.isdigit():
        return None
    v = reading.sql
    ((count, whole, points, median),) = table.head.select(
        f"count(v), count(*) FILTER (v = floor(v)), count(*) FILTER (v > 0 AND"
        f" (v % 1000 IN (900, 500)"
        f" OR v % 100 IN (99, 95))), median(v) FROM (SELECT {v} AS v",
        ")",
    )
    if count < 20 or whole < count or median is None or median < 900 or points < count / 2:
        return None
    return Finding(
        code="cents-for-money",
        level="warning",
        message=f'"{printable(part.column.name)}" looks like cents: all amounts are whole, half of '
        f"them above {median:,.0f}, and most end like a price in cents.",
        hint="If so, --value-scale 0.01 makes money of them.",
        column=part.column.name,
    )


def interval(table: ChurnTable, part: Part) -> Finding | None:
    """Amounts of yearly customers that are twelve times, or a twelfth of, the monthly ones'.

    Between plans such a difference may be real, so it blocks only where plans are known.
    """
    by = table.roles.get("interval")
    if by is None or part.column is None:
        return None
    plan = table.roles.get("plan")
    same = category(plan) if plan is not None else "''"
    words = {
        months: ", ".join(
            literal(word) for word, lasts in INTERVAL_MONTHS.items() if lasts == months
        )
        for months in (1.0, 12.0)
    }
    month, year = (f"FILTER (i IN ({words[months]}))" for months in (1.0, 12.0))
    rows = table.head.select(
        f"median(v) {month}, median(v) {year}, least(count(v) {month}, count(v) {year}), count(*)"
        f" FROM (SELECT {part.sql} AS v, lower({category(by)}) AS i, {same} AS p",
        ") GROUP BY p",
    )
    ratios = [
        (yearly / monthly, n)
        for monthly, yearly, fewer, n in rows
        if monthly and yearly and fewer >= ENOUGH
    ]
    total = sum(n for _, n in ratios)
    high = sum(n for ratio, n in ratios if 8 <= ratio <= 14)
    # The same band as for twelve times, a twelfth of a twelfth of it: yearly prices are lower.
    low = sum(n for ratio, n in ratios if 8 <= 144 * ratio <= 14)
    if not total or max(high, low) < total / 2:
        return None
    among = "For the same plan, yearly" if plan is not None else "Yearly"
    times = "about twelve times" if high > low else "about a twelfth of"
    cure = (
        "--interval none takes the amounts as monthly already."
        if low >= high and not is_monthly(part.column.name)
        else f'name a column of amounts per interval, or mend "{printable(part.column.name)}".'
    )
    return Finding(
        code="interval-12x",
        level="blocking" if plan is not None else "warning",
        message=f"{among} customers pay {times} what monthly ones pay a month; an amount may have "
        "been divided by its interval twice, or not at all.",
        hint=f"{cure[0].upper()}{cure[1:]} --accept interval-12x takes them as they stand.",
        column=part.column.name,
    )
