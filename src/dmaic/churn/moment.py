"""Columns beside the roles that a definition of churn asks: status, and the dates around a loss.

They are found by whole headers, as roles are, and need no role of their own: no other analysis asks
for them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from dmaic.churn.clean.text import category
from dmaic.churn.column import Column, literal
from dmaic.churn.role_word import normalise, phrases

Moment = Literal["status", "requested_at", "ended_at", "period_start", "period_end", "month"]

HEADERS: dict[Moment, tuple[str, ...]] = {
    "status": phrases(
        "status, subscription status, customer status, account status, subscription state",
        "billing status, payment status, plan status, vertragsstatus, kundenstatus, statut",
        "statut abonnement, statut client, estado, estado suscripcion, estado del cliente",
    ),
    "requested_at": phrases(
        "cancel requested at, cancellation requested at, cancellation requested on, requested at",
        "cancellation request date, cancel request date, request date, notice date, notice given",
        "canceled at, cancelled at, canceled on, cancelled on, cancellation date, cancel date",
        "canceled date, cancelled date, date canceled, date cancelled, date of cancellation",
        "subscription canceled at, subscription cancelled at, kundigung am, kuendigung am",
        "gekundigt am, gekuendigt am, kundigungsdatum, kuendigungsdatum, resilie le",
        "date de resiliation, fecha de cancelacion, cancelado el",
    ),
    # An end date, without more, may be that of a contract, years ahead.
    "ended_at": phrases(
        "ended at, ended on, subscription ended at, expired at, expired on",
        "subscription expired at, terminated at, terminated on, termination date",
        "deactivated at, deactivation date",
    ),
    "period_start": phrases(
        "current period start, current term start, current period started at, period start",
        "current billing period start, current term started at",
    ),
    "period_end": phrases(
        "current period end, current term end, current period ends at, current period ended at",
        "period end, period ends at, current billing period end, current term ends at",
        "current term ended at, paid through, paid through date, paid until, next billing date",
        "next billing at, next renewal date, renewal date",
    ),
    "month": phrases(
        "month, activity month, billing month, revenue month, calendar month, snapshot month",
        "year month, monat, mois, mes",
    ),
}
"""What a column tells -> whole headers, normalised, the preferred ones first."""

PAST_DUE = ("past due", "pastdue", "unpaid", "overdue", "in dunning", "dunning", "delinquent")
TRIAL = ("trialing", "trialling", "trial", "in trial", "on trial", "free trial")
"""Words of a status, lower case, hyphens and underscores as spaces."""


def find_moment(columns: Sequence[Column], moment: Moment) -> Column | None:
    """The column that tells it by its header, the preferred header first; None if there is none.

    Args:
        columns: of the export.
        moment: what it tells.
    """
    words = HEADERS[moment]
    fits = [
        (words.index(header), place, column)
        for place, column in enumerate(columns)
        if (header := normalise(column.name)) in words
    ]
    return min(fits, key=lambda fit: fit[:2])[2] if fits else None


def tells(column: Column, moment: Moment) -> bool:
    """Whether a column's header says so."""
    return normalise(column.name) in HEADERS[moment]


def has_status(column: Column, words: Sequence[str]) -> str:
    """Boolean SQL: the cell is one of these words; false where it is blank.

    Args:
        column: of the status.
        words: as `PAST_DUE`.
    """
    word = f"replace(replace(lower({category(column)}), '_', ' '), '-', ' ')"
    return f"coalesce({word} IN ({', '.join(literal(each) for each in words)}), false)"
