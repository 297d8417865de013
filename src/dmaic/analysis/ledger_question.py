"""What a ledger is asked, and which columns beside the roles answer it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Literal

from dmaic.analysis.ledger_span import Period
from dmaic.analysis.said import refuse_empty
from dmaic.churn.column import Column
from dmaic.churn.moment import Moment, find_moment
from dmaic.money.definition import DEFAULT, Definition

if TYPE_CHECKING:
    from dmaic.churn.table import ChurnTable

Kind = Literal["customers", "spells", "movements", "months"]
"""What a row is: a customer; a subscription or a stay, several a customer; a change of MRR; a
customer's month."""


@dataclass(frozen=True, slots=True)
class LedgerQuestion:
    """What a ledger is asked.

    Attributes:
        by: columns, roles or bands that make categories, as in `pareto`.
        period: what one period is.
        where: SQL condition over the columns.
        since: the first period looked at (`2024-03`, `2024`); None: that of the first churn date.
        until: the last one, included; None: the last whole one.
        accept: codes of blocking findings to go on with.
        definition: what churn means.
        month: column of months, where each row is a customer's month; None: found by its header
            where nothing else tells who is lost.
        status: column of the words `past_due`, `trialing` and the like; None, as of the following:
            found by its header.
        requested_at: column of the day on which a customer asked to leave.
        period_end: column of the day up to which a customer has paid.
    """

    by: tuple[str, ...] = ()
    period: Period = "month"
    where: str | None = None
    since: str | None = None
    until: str | None = None
    accept: tuple[str, ...] = ()
    definition: Definition = DEFAULT
    month: str | None = None
    status: str | None = None
    requested_at: str | None = None
    period_end: str | None = None

    def __post_init__(self) -> None:
        """Refuse options that were given as an empty text."""
        refuse_empty({name: text for name, text in asdict(self).items() if isinstance(text, str)})


@dataclass(frozen=True, slots=True)
class Asked:
    """The question, with the columns that answer it in one export.

    Attributes:
        question: as it was put.
        kind: what a row is, as far as columns tell: `customers` may turn out to be spells.
        status, requested, ended, begun, paid: columns of the status, of the request, of the end, of
            the start and the end of the current billing period; None where there is none.
        month: column of months.
    """

    question: LedgerQuestion
    kind: Kind
    status: Column | None = None
    requested: Column | None = None
    ended: Column | None = None
    begun: Column | None = None
    paid: Column | None = None
    month: Column | None = None


def understand(table: ChurnTable, question: LedgerQuestion) -> Asked:
    """Find the columns that a question needs.

    Raises:
        UsageError: it names a column that is not there.
    """

    def column(name: str | None, option: str, moment: Moment) -> Column | None:
        return table.column(name, option) if name else find_moment(table.columns, moment)

    month = table.column(question.month, "--month") if question.month else _months(table)
    kind: Kind = "customers"
    if month is not None:
        kind = "months"
    elif table.unit == "movements":
        kind = "movements"
    elif table.unit == "subscriptions" and table.roles.get("customer") is not None:
        kind = "spells"
    return Asked(
        question,
        kind,
        status=column(question.status, "--status", "status"),
        requested=column(question.requested_at, "--requested-at", "requested_at"),
        ended=find_moment(table.columns, "ended_at"),
        begun=find_moment(table.columns, "period_start"),
        paid=column(question.period_end, "--period-end", "period_end"),
        month=month,
    )


def _months(table: ChurnTable) -> Column | None:
    """A column of months by its header, in an export where nothing else tells who is lost."""
    known = table.roles.get("churned") or table.roles.get("churned_at") or table.churned_when
    if known or table.preset is not None or table.roles.get("customer") is None:
        return None
    return find_moment(table.columns, "month")
