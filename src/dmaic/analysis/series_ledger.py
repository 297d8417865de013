"""A series of what a ledger counts: churned of those at start, or MRR lost, in each period."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from dmaic.analysis.ledger import LedgerQuestion, read_ledger
from dmaic.analysis.series_question import PERIODS, SeriesQuestion, Taken
from dmaic.errors import DataError, DmaicError
from dmaic.stats.control.series import Series

if TYPE_CHECKING:
    from dmaic.churn.column import Column
    from dmaic.churn.table import ChurnTable
    from dmaic.money.flow import Flow
    from dmaic.money.ledger import Ledger


def read_periods(table: ChurnTable, asked: SeriesQuestion) -> Taken:
    """Churned of those at the start, or MRR lost, in each period, as `dmaic churn` counts them.

    Args:
        table: the opened export, or a finished monthly summary.
        asked: which series; with a `value` the MRR lost.

    Raises:
        UsageError: `control.columns`.
        DataError: as a ledger; `control.no-money`.
    """
    if asked.value is None:
        count_only(table)
    else:
        _take_value(table, asked.value)
    period = next(each for each in PERIODS if each == (asked.by or "month"))
    question = LedgerQuestion(
        period=period,
        where=asked.where,
        since=asked.since,
        until=asked.until,
        accept=asked.accept,
    )
    try:
        ledger = read_ledger(table, question, fingerprint=False)
    except DmaicError as error:
        error.hint = error.hint.replace("--period", "--by")
        raise
    flows = ledger.whole()
    return Taken(
        series=(
            _money(table, ledger, flows, period)
            if asked.value is not None
            else _counts(asked, ledger, flows, period)
        ),
        inputs=ledger.inputs,
        findings=ledger.findings,
        flows=flows,
        figures=asked.figures,
        told=_told(asked, period),
    )  # fmt: skip


def _counts(asked: SeriesQuestion, ledger: Ledger, flows: tuple[Flow, ...], period: str) -> Series:
    counts = tuple(float(flow.churned) for flow in flows)
    sizes = tuple(float(flow.customers_start) for flow in flows)
    data = asked.data if asked.data in ("defectives", "defects") else "defectives"
    if any(each.code == "everyone-churned" for each in ledger.findings):
        # Those who stayed are missing, so nobody knows of how many these are.
        counts = tuple(float(flow.churned + flow.passing) for flow in flows)
        data, sizes = "defects", ()
    return Series(
        labels=tuple(span.name for span in ledger.spans),
        values=counts,
        sizes=sizes,
        data=data,
        name="churn",
        unit=ledger.unit,
        period=period,
    )


def _money(table: ChurnTable, ledger: Ledger, flows: tuple[Flow, ...], period: str) -> Series:
    if not ledger.has_money:
        raise DataError(
            "The amounts tell of no money, so no MRR is known to be lost.",
            "control.no-money",
            "`dmaic inspect FILE` shows how the column is read; without --value customers are "
            "counted.",
            table.source.name,
        )
    return Series(
        tuple(span.name for span in ledger.spans),
        tuple(flow.mrr_churned or 0.0 for flow in flows),
        name="MRR lost",
        unit=ledger.currency or "",
        period=period,
        money=True,
    )


def count_only(table: ChurnTable) -> None:
    """Leave out what customers pay: exact sums of money take longer than everything else.

    Args:
        table: the opened export.
    """
    if table.unit != "movements":  # where money tells who is there
        table.roles = replace(table.roles, columns=_without(table.roles.columns, "value"))


def _take_value(table: ChurnTable, name: str) -> None:
    """Let a column be what customers pay, whatever was recognised."""
    roles = table.roles
    column = table.column(name, "--value")
    if column == roles.get("value"):
        return
    others = {role: each for role, each in _without(roles.columns, "value").items()
              if each != column}  # fmt: skip
    table.roles = replace(
        roles, columns={**others, "value": column}, value_factor=1.0,
        origins={**roles.origins, "value": "option"},
    )  # fmt: skip
    table.chosen = table.chosen | {"value"}


def _without(columns: Mapping[str, Column], *roles: str) -> dict[str, Column]:
    return {role: each for role, each in columns.items() if role not in roles}


def _told(asked: SeriesQuestion, period: str) -> str:
    whose = "customers active when it began, as dmaic churn counts them"
    if asked.value is not None:
        return f"MRR of those lost in each {period} of the {whose}"
    return f"Lost in each {period} of the {whose}"
