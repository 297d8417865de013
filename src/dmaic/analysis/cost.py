"""`cost`: what churn costs a year, as run-rate and as cash."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Unpack

from dmaic.analysis.churn import assumptions as of_the_export
from dmaic.analysis.ledger import LedgerQuestion, read_ledger
from dmaic.analysis.ledger_scan import NO_MONEY
from dmaic.analysis.said import Said, opening
from dmaic.churn.export import open_export
from dmaic.errors import DataError
from dmaic.money.cost import CostResult, cost_of
from dmaic.money.cost_word import assumptions, methods
from dmaic.money.definition_file import load_definition
from dmaic.money.ledger import Ledger
from dmaic.money.quantity import parse_share
from dmaic.text import name_list

if TYPE_CHECKING:
    from dmaic.churn.table import ChurnTable
    from dmaic.engines.duckdb import Progress


def cost(
    source: object,
    *,
    by: str | Sequence[str] = (),
    margin: str | float | None = None,
    definition: str | None = None,
    month: str | None = None,
    status: str | None = None,
    requested_at: str | None = None,
    period_end: str | None = None,
    where: str | None = None,
    since: str | None = None,
    until: str | None = None,
    accept: Sequence[str] = (),
    fingerprint: bool = True,
    progress: Progress | None = None,
    **said: Unpack[Said],
) -> CostResult:
    """Add up what the customers lost in a year would have paid.

    Args:
        source: a path, `-` for standard input, several paths, a glob, or a pandas, Polars or
            Arrow frame.
        by: columns, roles or bands that make categories; left out, the segment where the export
            has one.
        margin: share of revenue that is margin, such as `65%` or 0.65.
        definition: name of a definition, or path to one.
        month: column of months, where each row is a customer's month.
        status: column that tells who is in trial or past due.
        requested_at: column of the days of cancellation.
        period_end: column of the ends of what was paid for.
        where: SQL condition over the columns.
        since: the first month looked at; without it and `until`, the last twelve whole months are.
        until: the last one, included.
        accept: codes of blocking findings to go on with.
        fingerprint: put the SHA-256 of the source into the result.
        progress: called with a fraction, or None where unknown, while a long scan runs.
        **said: reading options, roles and preset; see `dmaic.analysis.said.Said`.

    Raises:
        ReadError: the source cannot be read as a table.
        DataError: it cannot be analysed so; `cost.no-money`, no column tells what is paid.
        UsageError: the arguments do not fit together or do not fit the columns.
    """
    meant = load_definition(definition)
    share = None if margin is None else parse_share(str(margin), "--margin")
    with open_export(source, opening(**said), progress=progress) as table:
        asked = (by,) if isinstance(by, str) else tuple(by)
        question = LedgerQuestion(
            by=asked or _segment(table),
            where=where,
            since=since,
            until=until,
            accept=tuple(accept),
            definition=meant,
            month=month,
            status=status,
            requested_at=requested_at,
            period_end=period_end,
        )
        ledger = read_ledger(table, question, fingerprint=fingerprint)
        if not ledger.has_money:
            raise _no_money(table, ledger)
    window = since is not None or until is not None
    result = cost_of(ledger, meant, margin=share, whole_window=window)
    return result.model_copy(
        update={
            "method": methods(result),
            "assumptions": (*of_the_export(ledger), *assumptions(result)),
        }
    )


def _segment(table: ChurnTable) -> tuple[str, ...]:
    column = table.roles.get("segment")
    return () if column is None else (column.name,)


def _no_money(table: ChurnTable, ledger: Ledger) -> DataError:
    mixed = next((each for each in ledger.findings if each.code == "mixed-currencies"), None)
    if mixed is not None:
        return DataError(
            mixed.message,
            code="finding.mixed-currencies",
            where=table.source.name,
            hint="What churn costs is told in one currency: take one with --where.",
        )
    untold = next((each for each in ledger.findings if each.code == NO_MONEY), None)
    if untold is not None:
        return DataError(untold.message, "cost.no-money", untold.hint, table.source.name)
    return DataError(
        "What churn costs needs what customers pay, and no column tells it.",
        code="cost.no-money",
        where=table.source.name,
        hint="Name the column: --value COL (MRR, or an amount with its --interval); `dmaic churn` "
        f"counts customers alone. The columns are {name_list(table.names)}.",
    )
