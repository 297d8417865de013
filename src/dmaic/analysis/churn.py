"""`churn`: how many customers and how much revenue leave, by a named definition."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Literal, Unpack

from dmaic.analysis.churn_undated import undated_churn
from dmaic.analysis.ledger import LedgerQuestion, read_ledger
from dmaic.analysis.said import Said, opening
from dmaic.churn.export import open_export
from dmaic.errors import DataError, UsageError
from dmaic.money import churn_figure as make
from dmaic.money.churn import ChurnResult, Figures
from dmaic.money.churn_method import methods
from dmaic.money.definition import Definition
from dmaic.money.definition_file import load_definitions
from dmaic.money.ledger import Ledger

if TYPE_CHECKING:
    from dmaic.churn.table import ChurnTable
    from dmaic.engines.duckdb import Progress

PERIODS = ("month", "quarter", "year")


def churn(
    source: object,
    *,
    definition: str | None = None,
    by: str | Sequence[str] = (),
    period: Literal["month", "quarter", "year"] = "month",
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
) -> ChurnResult:
    """Count customers and revenue lost, by period and category.

    Args:
        source: a path, `-` for standard input, several paths, a glob, or a pandas, Polars or
            Arrow frame.
        definition: name of a definition, path to one, or `all` to compare the built-in ones.
        by: columns, roles or bands that make categories, as in `pareto`.
        period: what one period is.
        month: column of months, where each row is a customer's month.
        status: column that tells who is in trial or past due.
        requested_at: column of the days of cancellation.
        period_end: column of the ends of what was paid for.
        where: SQL condition over the columns.
        since: the first period looked at (`2024-03`, `2024`).
        until: the last one, included.
        accept: codes of blocking findings to go on with.
        fingerprint: put the SHA-256 of the source into the result.
        progress: called with a fraction, or None where unknown, while a long scan runs.
        **said: reading options, roles and preset; see `dmaic.analysis.said.Said`.

    Raises:
        ReadError: the source cannot be read as a table.
        DataError: it cannot be analysed so.
        UsageError: the arguments do not fit together or do not fit the columns.
    """
    if period not in PERIODS:
        raise UsageError(
            f'A period is one of {", ".join(PERIODS)}, not "{period}".',
            "usage.choice",
            "",
            "period",
        )
    definitions = load_definitions(definition)
    question = LedgerQuestion(
        by=(by,) if isinstance(by, str) else tuple(by),
        period=period,
        where=where,
        since=since,
        until=until,
        accept=tuple(accept),
        definition=definitions[0],
        month=month,
        status=status,
        requested_at=requested_at,
        period_end=period_end,
    )
    with open_export(source, opening(**said), progress=progress) as table:
        try:
            ledger = read_ledger(table, question, fingerprint=fingerprint)
        except DataError as error:
            if error.code != "ledger.no-dates" or _asks_for_time(question):
                raise
            return undated_churn(table, question, fingerprint)
        result = make_churn(ledger, definitions[0], period)
        if len(definitions) == 1:
            return result
        return _with_others(result, table, question, ledger, definitions)


churn_rates = churn
"""The same in the public API, where `dmaic.churn` is the package that reads exports."""


def _asks_for_time(question: LedgerQuestion) -> bool:
    return bool(question.month or question.since or question.until or question.period != "month")


def make_churn(ledger: Ledger, definition: Definition, period: str) -> ChurnResult:
    """The result of a ledger.

    Args:
        ledger: read by the definition.
        definition: what churn means.
        period: what one period is.
    """
    periods = make.of_periods(ledger.spans, ledger.whole(), definition)
    months = ledger.spans[0].months
    overall = Figures(**make.pooled(ledger.whole(), definition, "All", months))
    told = methods(definition, period=period, money=ledger.has_money)
    if overall.mrr_low is None:
        told.pop("revenue_interval", None)
    return ChurnResult(
        definition=definition,
        definition_in_words=dict(definition.told()),
        period=period,
        by=ledger.by,
        unit=ledger.unit,
        currency=ledger.currency,
        value_name=ledger.value_name,
        periods=periods,
        overall=overall,
        mean_logo_churn=make.mean(each.logo_churn for each in periods),
        mean_mrr_churn=make.mean(each.mrr_churn for each in periods),
        mean_gross_revenue_churn=make.mean(each.gross_revenue_churn for each in periods),
        segments=make.of_segments(ledger, definition),
        method=told,
        assumptions=assumptions(ledger),
        inputs=ledger.inputs,
        findings=ledger.findings,
    )


def assumptions(ledger: Ledger) -> tuple[str, ...]:
    """What was taken as given, a sentence each.

    Args:
        ledger: what a result is made of.
    """
    told = ["Only whole periods are counted; customers leave independently of each other."]
    whole = ledger.overall()
    if ledger.has_money and whole.mrr_contraction is None:
        # A finished summary has sums alone, and none of what single customers paid.
        taken = (
            "The MRR is taken as the months of the export tell it"
            if whole.squares_churned is None
            else f"Each of the {ledger.unit} pays the one amount that the export has for all its "
            "time"
        )
        told.append(f"{taken}: expansion and contraction are not in this export.")
    return tuple(told)


def _with_others(
    result: ChurnResult,
    table: ChurnTable,
    question: LedgerQuestion,
    ledger: Ledger,
    definitions: Sequence[Definition],
) -> ChurnResult:
    """The same export by each definition; one that it cannot follow is counted as the rest."""
    own = definitions[0]
    compared = [make.compared(ledger, own, own)]
    findings = list(result.findings)
    for definition in definitions[1:]:
        # Losses fall on other days by another definition; the months compared are the same.
        asked = replace(
            question,
            definition=definition,
            by=(),
            since=f"{ledger.spans[0].first:%Y-%m}",
            until=f"{ledger.spans[-1].last:%Y-%m}",
        )
        other = read_ledger(table, asked, fingerprint=False)
        compared.append(make.compared(other, definition, own))
        findings += [each for each in other.findings if each not in findings]
    return result.model_copy(update={"definitions": tuple(compared), "findings": tuple(findings)})
