"""The retention triangle of an export: who signed up in each period, and how many were left."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dmaic.analysis.exposure import ageless_finding, fitting, read_spells
from dmaic.analysis.ledger_question import LedgerQuestion, understand
from dmaic.analysis.ledger_span import Period, span
from dmaic.churn.check import settle
from dmaic.errors import DataError
from dmaic.stats.survival.cohort import triangle
from dmaic.stats.survival.cohort_word import assumptions, method
from dmaic.stats.survival.retention import CohortResult
from dmaic.text import name_list

if TYPE_CHECKING:
    from dmaic.churn.table import ChurnTable


def cohorts(
    table: ChurnTable, question: LedgerQuestion, period: Period, *, fingerprint: bool
) -> CohortResult:
    """The retention triangle of an opened export.

    Cohorts that began before the first period looked at are left out: only those of them who had
    stayed until then are in the export. Customers with several rows count once.

    Args:
        table: the opened export.
        question: what is asked.
        period: of a cohort, and of the ages at which it is looked at.
        fingerprint: put the SHA-256 of the source into the inputs.

    Raises:
        DataError: no column holds the dates (`survival.no-dates`), or nobody signed up in the time
            looked at (`survival.no-cohort`).
        UsageError: the question does not fit the columns.
    """
    asked = understand(table, replace(question, period=period))
    dated = table.roles.get("signup") is not None and table.roles.get("churned_at") is not None
    if asked.kind == "months" or not (dated or asked.kind == "movements"):
        raise DataError(
            "A triangle of cohorts needs the dates of sign-up and of loss, and the export has not "
            "both.",
            "survival.no-dates",
            "Name the columns: --signup COL and --churned-at COL. The columns are "
            f"{name_list(table.names)}.",
            table.source.name,
        )
    read = read_spells(table, asked)
    found = list(read.found)
    ageless = sum(each.customers for each in read.spells if each.begun is None)
    if ageless:
        found.append(ageless_finding(ageless, read.evidence.unit))
    rows = triangle(
        ((each.begun, each.left, each.customers) for each in read.spells if each.begun is not None),
        read.start,
        read.end,
    )
    if not rows.cohorts:
        raise DataError(
            f"Nobody signed up from {span(read.start, period).name} to "
            f"{span(read.end, period).name}, so there are no cohorts to follow.",
            "survival.no-cohort",
            "Look at a longer time: --since, --until; or at curves, without --cohort.",
            table.source.name,
        )
    result = CohortResult(
        inputs=read.evidence.inputs(table, fingerprint),
        period=period,
        counted=read.evidence.unit,
        first=span(read.start, period).name,
        last=span(read.end, period).name,
        cohorts=tuple(each.named(span(each.begun, period).name) for each in rows.cohorts),
        average=rows.average,
        earlier=rows.earlier,
        findings=settle((*fitting(read.evidence.findings), *found), question.accept),
    )
    return result.model_copy(update={"method": method(result), "assumptions": assumptions(result)})
