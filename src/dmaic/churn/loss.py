"""How a row is known to be a lost customer, when it was lost, and what it was worth a month."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dmaic.churn.clean.reading import blank
from dmaic.churn.clean.text import category
from dmaic.churn.column import Column, literal
from dmaic.errors import AmbiguousError, DataError
from dmaic.result import Finding
from dmaic.text import name_list, printable

if TYPE_CHECKING:
    from dmaic.churn.condition_scope import Wanted
    from dmaic.churn.table import ChurnTable

_INTERVALS = {
    1.0: "month months monthly m mo 1_month p1m monat monatlich mois mensuel mes mensual",
    3.0: "quarter quarterly q 3_month 3_months p3m quartal vierteljährlich trimestre trimestriel "
    "trimestral",
    6.0: "half-year semiannual semi-annual 6_month 6_months p6m halbjährlich semestriel semestral",
    12.0: "year years yearly annual annually y yr 1_year 12_month 12_months p1y jahr jährlich an "
    "annuel año anual",
    24.0: "2_year 2_years biennial 24_months p2y",
    12 / 52: "week weekly w woche wöchentlich semaine semana",
    12 / 365: "day daily d tag täglich jour día",
}

INTERVAL_MONTHS = {
    word.replace("_", " "): months for months, words in _INTERVALS.items() for word in words.split()
}
"""Months that one billing interval lasts."""


LEAST, MOST = 1e-9, 1e28
"""Amounts between these are summed exactly; sums of a thousand million of them too."""


@dataclass(frozen=True, slots=True)
class Part:
    """An expression over one row and the cells that contradict it.

    Attributes:
        sql: the expression; NULL where unknown.
        misfit: boolean SQL, true for a cell that cannot be read; empty where that cannot be.
        suspect: as in `Reading`; empty: ask `misfit`.
        column: the column it is read from, or None.
        wanted: what that column is read as.
        label: in words.
    """

    sql: str
    misfit: str = ""
    column: Column | None = None
    wanted: Wanted = "text"
    label: str = ""
    suspect: str = ""


def churned(table: ChurnTable) -> Part:
    """How a row is known to be a lost customer.

    A condition (`--churned-when`) decides before a flag, a flag before the preset's condition, and
    a filled churn date comes last.

    Raises:
        DataError: nothing in the table tells, or the flag cannot be read.
    """
    if table.churned_when is not None:
        return _condition(table, table.churned_when, "--churned-when")
    column = table.roles.get("churned")
    dated = table.roles.get("churned_at")
    if table.preset is not None and table.preset.churned_when and "churned" not in table.chosen:
        return _condition(table, table.preset.churned_when, f"preset {table.preset.name}")
    if column is not None:
        try:
            reading = table.reading(column, "flag")
        except AmbiguousError:
            raise
        except DataError as error:
            if dated is None or "churned" in table.chosen:
                raise
            table.note(
                Finding(
                    code="flag-not-used",
                    level="warning",
                    message=f'"{printable(column.name)}" does not tell who is lost '
                    f'({error.message.rstrip(".")}); a filled "{printable(dated.name)}" does.',
                    hint="--churned-when decides otherwise.",
                    column=column.name,
                )
            )
        else:
            label = f"{printable(column.name)} ({reading.label})"
            return Part(reading.sql, reading.misfit, column, "flag", label, reading.suspect)
    if dated is not None:
        label = f"{printable(dated.name)} is filled"
        try:
            reading = table.reading(dated, "date")
        except AmbiguousError:
            # Whichever day it is, it is one.
            return Part(f"(NOT {blank(dated)})", label=label)
        filled = f"(({reading.sql}) IS NOT NULL)"
        return Part(filled, reading.misfit, dated, "date", label, reading.suspect)
    raise DataError(
        "No column tells which customers are lost.",
        code="role.churned-missing",
        where=table.source.name,
        hint="Name it: --churned COL (a yes/no column), --churned-at COL (a churn date), or "
        '--churned-when "status in (canceled, unpaid)"; --churned-when true where every row is '
        f"a lost customer. The columns are {name_list(table.names)}.",
    )


def _condition(table: ChurnTable, text: str, option: str) -> Part:
    from dmaic.churn.condition import parse_condition

    condition = parse_condition(
        text, table.names, table.resolve, roles=table.roles.names(), option=option
    )
    return Part(f"coalesce({condition.sql}, false)", label=condition.words)


def churned_at(table: ChurnTable) -> Part | None:
    """The moment a customer was lost, or None where the export does not tell."""
    return _dated(table, "churned_at")


def signup(table: ChurnTable) -> Part | None:
    """The moment a customer signed up, or None."""
    return _dated(table, "signup")


def _dated(table: ChurnTable, role: str) -> Part | None:
    column = table.roles.get(role)
    return dated(table, column) if column is not None else None


def dated(table: ChurnTable, column: Column) -> Part:
    """A column of dates."""
    reading = table.reading(column, "date")
    label = f"{printable(column.name)} ({reading.label})"
    return Part(reading.sql, reading.misfit, column, "date", label, reading.suspect)


def value(table: ChurnTable) -> Part | None:
    """What a customer pays a month, or the bare amount where the interval is not known.

    An amount per billing interval is divided by the months of the interval; a preset's scale
    (cents) and a yearly column (ARR) are taken to a month likewise.
    """
    column = table.roles.get("value")
    if column is None:
        return None
    reading = table.reading(column, "number")
    sql, label = reading.sql, printable(column.name)
    scale, factor = table.value_scale, table.roles.value_factor
    if scale != 1.0:
        sql = f"({sql}) * {scale!r}"
        rest = f"{scale / factor:.4g}"
        label += f" (x {rest})" if rest != "1" else ""
    billed = interval(table)
    if billed is not None and billed.column is not None:
        sql = f"({sql}) / ({billed.sql})"
    if billed is not None or factor != 1.0:
        label += " a month"
    return Part(sql, reading.misfit, column, "number", label, reading.suspect)


def _is_settled(table: ChurnTable, column: Column) -> bool:
    """Whether the amounts are per a known time already, whatever the billing interval."""
    return is_monthly(column.name) or table.roles.value_factor != 1.0


def check_range(amount: Part, peak: float, most: float = MOST) -> None:
    """Refuse amounts that exact sums cannot hold; to leave them out would be a wrong number.

    Args:
        amount: what is added up.
        peak: the greatest amount, without its sign.
        most: what sums hold.

    Raises:
        DataError: `pareto.amount-range`.
    """
    if peak == 0 or LEAST < peak < most:
        return
    named = f'"{printable(amount.column.name, 60)}"' if amount.column is not None else "The amounts"
    raise DataError(
        f"{named} cannot be added up: the largest amount is {peak:g}.",
        code="pareto.amount-range",
        hint="Check the column (--value, --measure) and --value-scale.",
    )


def is_monthly(name: str) -> bool:
    """Whether a header says that its amounts are per month already, such as `MRR`."""
    return re.search(r"mrr|month|monat|mensu", name.casefold()) is not None


def interval(table: ChurnTable) -> Part | None:
    """The months that a row's billing interval lasts, or None where amounts do not depend on it.

    Raises:
        DataError: `read.interval-unknown`, the first rows hold a word that is not known.
    """
    column, amount = table.roles.get("interval"), table.roles.get("value")
    if column is None or amount is None or _is_settled(table, amount):
        return None
    words = [word for (word,) in table.head.select(f"DISTINCT lower({category(column)})")]
    odd = sorted(word for word in words if word and word not in INTERVAL_MONTHS)
    if odd:
        shown = ", ".join(f'"{printable(word, 30)}"' for word in odd[:5])
        raise DataError(
            f'"{printable(column.name)}" holds {shown}, which are no known billing intervals.',
            code="read.interval-unknown",
            where=table.source.name,
            hint="Write month, quarter, year, week or day; or --interval none takes the amounts "
            "as monthly already.",
        )
    # A blank interval is taken for a month: the commonest, and what exports leave out.
    word = f"coalesce(lower({category(column)}), 'month')"
    cases = " ".join(
        f"WHEN {literal(known)} THEN {months!r}" for known, months in INTERVAL_MONTHS.items()
    )
    months = f"CASE {word} {cases} END"
    return Part(months, f"({months}) IS NULL", column, label="a billing interval")
