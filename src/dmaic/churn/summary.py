"""Finished monthly summaries: which columns of a table hold the figures of months."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from dmaic.churn.column import Column
from dmaic.churn.moment import HEADERS
from dmaic.churn.role_word import normalise, phrases

if TYPE_CHECKING:
    from dmaic.churn.table import ChurnTable

Figure = Literal[
    "month", "customers_start", "new", "churned", "reactivated", "mrr_start", "mrr_new",
    "mrr_churned", "mrr_contraction", "mrr_expansion", "mrr_reactivated",
]  # fmt: skip

WORDS: dict[Figure, tuple[str, ...]] = {
    "month": (*HEADERS["month"], "period", "date"),
    "customers_start": phrases(
        "customers start, customers at start, start customers, starting customers",
        "customers at start of month, opening customers, customers opening, beginning customers",
        "customers beginning, customers at beginning, active at start, active customers at start",
        "active start, active customers start, subscribers start, subscribers at start",
        "kunden anfang, kunden am anfang, clients debut, clientes inicio",
    ),
    "new": phrases(
        "new customers, new, customers new, customers added, added customers, signups, sign ups",
        "new subscribers, neue kunden, neukunden, nouveaux clients, nuevos clientes",
    ),
    "churned": phrases(
        "churned customers, churned, customers churned, lost customers, customers lost, lost",
        "cancelled customers, canceled customers, cancellations, churned subscribers",
        "verlorene kunden, clients perdus, clientes perdidos",
    ),
    "reactivated": phrases(
        "reactivated customers, reactivated, customers reactivated, reactivations",
        "returning customers",
    ),
    "mrr_start": phrases(
        "mrr start, mrr at start, start mrr, starting mrr, opening mrr, mrr opening",
        "beginning mrr, mrr beginning, mrr at start of month",
    ),
    "mrr_new": phrases("mrr new, new mrr, new business mrr, mrr new business"),
    "mrr_churned": phrases(
        "mrr lost, lost mrr, mrr churned, churned mrr, churn mrr, mrr churn, cancelled mrr",
        "canceled mrr",
    ),
    "mrr_contraction": phrases(
        "mrr contraction, contraction mrr, contraction, mrr downgrade, downgrade mrr"
    ),
    "mrr_expansion": phrases("mrr expansion, expansion mrr, expansion, mrr upgrade, upgrade mrr"),
    "mrr_reactivated": phrases(
        "mrr reactivation, reactivation mrr, reactivation, mrr reactivated, reactivated mrr"
    ),
}
"""Figure -> whole headers, normalised, the preferred ones first."""

NEEDED: tuple[Figure, ...] = ("month", "customers_start", "churned")
"""A table that has these is a monthly summary."""


def summary_of(table: ChurnTable) -> dict[Figure, Column]:
    """The columns of an opened monthly summary; empty where a row is something else.

    Args:
        table: the opened file.
    """
    return summary_columns(table.columns) if table.roles.get("customer") is None else {}


def summary_columns(columns: Sequence[Column]) -> dict[Figure, Column]:
    """The columns of a monthly summary; empty where the table is none.

    Args:
        columns: of the table.
    """
    headers = {normalise(column.name): column for column in reversed(columns)}
    found = {
        figure: next(headers[word] for word in words if word in headers)
        for figure, words in WORDS.items()
        if any(word in headers for word in words)
    }
    return found if all(figure in found for figure in NEEDED) else {}
