"""What a comparison reads of an export: at risk and lost, by segment and by group of a pilot."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from dmaic.analysis.churn_undated import undated_churn
from dmaic.analysis.ledger import LedgerQuestion, read_ledger
from dmaic.analysis.pilot import Counts
from dmaic.errors import DataError
from dmaic.money.ledger import Ledger
from dmaic.result import Finding, Inputs
from dmaic.stats.compare.result import Counted
from dmaic.stats.compare.side import Count

if TYPE_CHECKING:
    from dmaic.churn.table import ChurnTable


@dataclass(frozen=True, slots=True)
class GroupCounts:
    """What was read of an export.

    Attributes:
        counts: category -> at risk and lost.
        by: names of the category's parts.
        ledger: the same by month; None where nothing is dated.
        unit: what is counted, plural.
        inputs: what it was made of.
        findings: what was found about it.
    """

    counts: Counts
    by: tuple[str, ...]
    ledger: Ledger | None
    unit: str
    inputs: Inputs
    findings: tuple[Finding, ...]

    @property
    def counted(self) -> Counted:
        """What rates are over."""
        return "customers" if self.ledger is None else "customer-months"

    def facts(self) -> dict[str, Any]:
        """Months and source of a side."""
        spans = self.ledger.spans if self.ledger is not None else ()
        return {
            "source": self.inputs.source,
            "first": spans[0].name if spans else None,
            "last": spans[-1].name if spans else None,
            "months": self.ledger.months if self.ledger is not None else 0,
        }


@dataclass(frozen=True, slots=True)
class Reader:
    """What is asked of an export.

    Attributes:
        question: months, rows and segments.
        pilot: column that tells who is in the pilot, or None.
        fingerprint: put the SHA-256 of the source into the inputs.
    """

    question: LedgerQuestion
    pilot: str | None
    fingerprint: bool

    def read(self, table: ChurnTable, *, baseline: bool = False) -> GroupCounts | None:
        """Counts by the pilot's column, if there is one, and by segment.

        Args:
            table: the opened export.
            baseline: it is of the time before a pilot and need not know who came into it.
        """
        by = self.question.by
        if not by and table.roles.get("segment") is not None:
            by = ("segment",)
        if self.pilot is not None:
            if baseline and table.find(self.pilot) is None:
                return None
            by = (table.column(self.pilot, "--pilot").name, *by)
        question = replace(self.question, by=by)
        try:
            ledger = read_ledger(table, question, fingerprint=self.fingerprint)
        except DataError as error:
            dated = question.since or question.until
            if error.code != "ledger.no-dates" or self.pilot is None or baseline or dated:
                raise
            return _undated(table, question, self.fingerprint)
        counts = {
            category: Count(flow.customers_start, flow.churned)
            for category in ledger.flows
            for flow in (ledger.of(category),)
        }
        return GroupCounts(counts, ledger.by, ledger, ledger.unit, ledger.inputs, ledger.findings)


def _undated(table: ChurnTable, question: LedgerQuestion, fingerprint: bool) -> GroupCounts:
    """Customers of a pilot and its control group, who were seen equally long."""
    found = undated_churn(table, question, fingerprint)
    counts = {
        each.category: Count(int(each.customers_start or 0), each.lost) for each in found.segments
    }
    return GroupCounts(counts, found.by, None, found.unit, found.inputs, found.findings)
