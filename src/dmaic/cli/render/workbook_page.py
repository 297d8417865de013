"""What stands on the sheets of a workbook: columns in words people know, figures unrounded."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from operator import attrgetter
from typing import Any

from dmaic.cli.render.workbook_field import (
    DATE,
    GENERAL,
    Field,
    Page,
    mark_field,
    money_form,
    money_words,
    name_fields,
    number_form,
    sheet_name,
    used,
)
from dmaic.result import Reply, Sheet
from dmaic.stats.pareto import ParetoComparison, ParetoResult, PeriodCell
from dmaic.stats.pareto_word import PEOPLE, amount, label, valued, vital_words
from dmaic.text import plural

PER_CENT = "0.00%"
_RATIO = "0.00"
_FRACTIONS = frozenset(
    {"share", "churn", "rate", "retention", "survival", "margin", "discount", "reduction",
     "probability", "grr", "nrr", "win", "change", "effect", "power"}
)  # fmt: skip
"""Words of headings above fractions of one."""
_ENDS = frozenset({"low", "high"})
"""Ends of an interval: of the figure that stands before them, and in its form."""
_FRACTION = 2.0
"""A greater figure under such a heading is no fraction but, say, the money of a margin."""
_POINTS = "+0.00%;-0.00%;0.00%"


def pages(result: Reply) -> list[Page]:
    """The sheets of a result: the analysis, then one for each category that was opened.

    Args:
        result: any reply that has records.
    """
    taken = {"about", "history"}  # Excel keeps the second for itself.
    if isinstance(result, ParetoResult):
        return _paretos(result, sheet_name("Pareto", taken), taken)
    if isinstance(result, ParetoComparison):
        title = sheet_name("Pareto comparison", taken)
        by_period = Page(sheet_name("By period", taken), used(_periods(result)))
        return [Page(title, used(_comparison(result))), by_period]
    made = []
    for sheet in result.sheets():
        fields = _sheet(sheet)
        made.append(
            Page(sheet_name(sheet.name, taken), tuple(fields) if sheet.form else used(fields))
        )
    return made


def _paretos(result: ParetoResult, name: str, taken: set[str]) -> list[Page]:
    bold = frozenset(i for i, row in enumerate(result.rows) if row.vital_few)
    made = [Page(name, used(_pareto(result)), bold)]
    for drill in result.drills:
        made += _paretos(drill.result, sheet_name(label(drill.category), taken), taken)
    return made


def _pareto(result: ParetoResult) -> list[Field]:
    rows = result.rows
    totals = len(rows) > 1
    money = money_words(result.currency)
    value = result.value_name or "value"

    def field(title: str, name: str, form: str = "", *, total: object = None) -> Field:
        values = tuple(map(attrgetter(name), rows))
        code = form or number_form(values)
        return Field(title, values, code, (total,) if totals else ())

    def worth(title: str, name: str, total: float | None = None) -> Field:
        code = money_form(result.currency, [*map(attrgetter(name), rows), total])
        return field(title + money, name, code, total=total)

    churned = "churned" if result.unit in PEOPLE else result.unit
    count = field(churned, "churned", total=result.total_churned)
    lost = worth(valued(result), "value", result.total_value)
    of_count = field(f"share of {churned}", "share_churned", PER_CENT, total=1)
    of_value = field(f"share of {valued(result)}", "share_value", PER_CENT, total=1)
    shares = [
        field("share", "share", PER_CENT, total=1),
        field("cumulative share", "cumulative_share", PER_CENT),
        mark_field(vital_words(result), [row.vital_few for row in rows]),
    ]
    if result.measure == "customers":
        figures = [count, *shares, lost, of_value]
    elif result.measure == "value":
        figures = [lost, *shares, count, of_count]
    else:
        measured = field(result.measure, "measured", total=result.total_measured)
        figures = [measured, *shares, count, of_count, lost, of_value]
    rate = result.total_churned / result.total_exposure if result.total_exposure else None
    count_words = plural(result.concentration.categories, "category", "categories")
    plus = "+#,##0.0;-#,##0.0;0.0"
    return [
        *name_fields(result.by, rows, f"All {count_words}", totals=int(totals)),
        *figures,
        field("at risk", "exposure", total=result.total_exposure),
        worth(f"{value} at risk", "exposure_value", result.total_exposure_value),
        field("rate", "rate", PER_CENT, total=rate),
        field("95 % low", "rate_low", PER_CENT),
        field("95 % high", "rate_high", PER_CENT),
        field("relative risk", "relative_risk", _RATIO),
        field("relative risk 95 % low", "relative_risk_low", _RATIO),
        field("relative risk 95 % high", "relative_risk_high", _RATIO),
        field("excess", "excess", plus),
        worth(f"excess {value}", "excess_value"),
        field("rank by count", "rank_churned", "0"),
        field("rank by value", "rank_value", "0"),
        field("rank by excess", "rank_excess", "0"),
        mark_field("rank differs", [row.rank_differs for row in rows]),
    ]  # fmt: skip


def _cells(result: ParetoComparison) -> list[tuple[str, str, str]]:
    """Heading, name of the figure and number format ("" by its values) of each cell."""
    lost = valued(result.results[0]) + money_words(result.currency)
    return [
        ("churned" if result.unit in PEOPLE else result.unit, "churned", ""),
        (lost, "value", "money"),
        ("at risk", "exposure", ""),
        (result.measure, "measured", ""),
        ("share", "share", PER_CENT),
        ("rate", "rate", PER_CENT),
        ("95 % low", "rate_low", PER_CENT),
        ("95 % high", "rate_high", PER_CENT),
    ]


def _comparison(result: ParetoComparison) -> list[Field]:
    """The periods side by side, then the changes: one row a category."""
    rows = result.rows
    measured = {"customers": "churned", "value": "value"}.get(result.measure, "measured")
    fields = name_fields(result.by, rows, "Total", totals=1)
    for i, period in enumerate(result.periods):
        for title, name, form in _cells(result):
            if name in (measured, "share", "rate"):
                cells = [*(row.cells[i] for row in rows), result.totals[i]]
                fields.append(
                    _cell_field(f"{period}: {title}", cells, name, form, result, totals=1)
                )
    first, last = result.totals[0], result.totals[-1]
    before, after = amount(result, first), amount(result, last)
    change = None if before is None or after is None else after - before
    rate = None if first.rate is None or last.rate is None else last.rate - first.rate
    changes = tuple(row.change for row in rows)
    money = result.measure == "value"
    code = money_form(result.currency, [*changes, change]) if money else number_form(changes)
    title = "change" + (money_words(result.currency) if money else "")
    points = (("change of share", "change_share", None), ("change of rate", "change_rate", rate),
              ("change of rate 95 % low", "change_rate_low", None),
              ("change of rate 95 % high", "change_rate_high", None))  # fmt: skip
    fields.append(Field(title, changes, code, (change,)))
    fields += [
        Field(title, tuple(map(attrgetter(name), rows)), _POINTS, (total,))
        for title, name, total in points
    ]
    return fields


def _periods(result: ParetoComparison) -> list[Field]:
    """Every figure of every period: one row a category and period."""
    rows = [row for row in result.rows for _ in result.periods]
    cells = [cell for row in result.rows for cell in row.cells]
    count = len(result.periods)
    names = name_fields(result.by, rows, "Total", totals=count)
    period = Field("period", result.periods * len(result.rows), GENERAL, result.periods, name=True)
    figures = [
        _cell_field(title, [*cells, *result.totals], name, form, result, totals=count)
        for title, name, form in _cells(result)
    ]
    return [*names, period, *figures]


def _cell_field(
    title: str,
    cells: Sequence[PeriodCell],
    name: str,
    form: str,
    result: ParetoComparison,
    *,
    totals: int,
) -> Field:
    values = tuple(map(attrgetter(name), cells))
    code = money_form(result.currency, values) if form == "money" else form or number_form(values)
    return Field(title, values[:-totals], code, values[-totals:])


def _sheet(sheet: Sheet) -> list[Field]:
    """A sheet as it is, for replies that have no words of their own."""
    fields = []
    whole = _whole(sheet.header)
    names = _whole([str(row[0]) for row in sheet.rows]) if sheet.mixed else []
    for i, title in enumerate(sheet.header):
        values = tuple(row[i] for row in sheet.rows)
        if any(isinstance(value, bool) for value in values):
            values = tuple("yes" if value else None for value in values)
        if not all(isinstance(value, date | None) for value in values):
            # A column has one format; among other things a date is its text.
            values = tuple(v.isoformat() if isinstance(v, date) else v for v in values)
        fields.append(
            Field(
                title,
                values,
                _form(sheet, whole[i], values),
                name=not i,
                choices=sheet.choices.get(i, ()),
                note=sheet.notes.get(i, ""),
                forms=tuple(
                    _form(sheet, name, (row[i],))
                    for name, row in zip(names, sheet.rows, strict=True)
                )
                if sheet.mixed and i
                else (),
            )
        )
    return fields


def _whole(titles: Sequence[str]) -> list[str]:
    """The headings; that of the end of an interval with the figure's before it."""
    told, whose = [], ""
    for title in titles:
        if _ENDS.isdisjoint(title.casefold().split()):
            whose = title
            told.append(title)
        else:
            told.append(f"{whose} {title}".strip())
    return told


def _form(sheet: Sheet, title: str, values: Sequence[Any]) -> str:
    if values and all(isinstance(value, date | None) for value in values):
        return DATE
    if any(isinstance(value, str) for value in values):
        return GENERAL
    return PER_CENT if _is_fraction(title, values) and not sheet.form else number_form(values)


def _is_fraction(title: str, values: Sequence[Any]) -> bool:
    """Whether figures are fractions of one: by their heading, unless they are too large for it."""
    words = title.casefold().split()
    figures = [abs(value) for value in values if isinstance(value, int | float)]
    return words[:1] in (["share"], ["irr"]) or (
        not _FRACTIONS.isdisjoint(words) and 0 < max(figures, default=0) <= _FRACTION
    )
