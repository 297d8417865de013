"""Spells: from when to when customers were there, of rows that are a customer or a part of one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dmaic.analysis.ledger_event import place_of
from dmaic.analysis.ledger_question import Asked
from dmaic.analysis.ledger_scan import BEFORE
from dmaic.analysis.stay import Stay
from dmaic.churn.tally import Group, categorise
from dmaic.money.ledger import Category

if TYPE_CHECKING:
    from dmaic.churn.table import ChurnTable


@dataclass(frozen=True, slots=True)
class Spell:
    """Customers who came in one month and left in one.

    Attributes:
        category: which customers.
        begun: number of the month, or None where it is not known.
        left: number of the month; None: they are there.
        customers: how many.
        mrr: what they paid a month together; None without money, or where it changed.
        paid: what they paid in all months looked at together, where it may have changed.
    """

    category: Category
    begun: int | None
    left: int | None
    customers: int
    mrr: float | None = None
    paid: float | None = None

    def stay(self, start: int, end: int) -> Stay | None:
        """As far as it was seen from one month to another; None where nothing of it was.

        Args:
            start: number of the first month looked at.
            end: of the last one.
        """
        begun, left = self.begun, self.left
        if begun is None or begun > end or (begun == end and left == end):
            # The first period of those who came last was not seen whole, whoever of them has left.
            return None
        lost = left is not None and left <= end
        entry = max(0, start - begun - 1)
        ended = max(1, (left or 0) - begun) if lost else end - begun
        mrr = self.mrr if self.paid is None else self.paid / max(ended - entry, 1)
        return Stay(entry, ended, lost, self.customers, mrr)


def row_spells(groups: Iterable[Group], width: int, *, money: bool) -> Iterator[Spell]:
    """The spells of rows that are a customer each.

    Args:
        groups: of `scan_rows`, those that can be told to be lost or not.
        width: parts of a category.
        money: whether amounts count.
    """
    for group in groups:
        left, begun = (None if key is None else int(key) for key in group.keys[-2:])
        yield Spell(
            categorise(group.keys[:width]),
            None if begun == BEFORE else begun,
            left,
            group.rows,
            mrr=group.sums[0] if money else None,
        )


def event_spells(
    table: ChurnTable, asked: Asked, start: int, end: int, *, money: bool
) -> Iterator[Spell]:
    """The spells of customers with several rows, of the events that were loaded.

    A customer is there as long as one row of theirs is, or with a log of changes as long as
    something is paid. Who comes back after a month away begins anew, as a new spell.

    Args:
        table: the opened export.
        asked: what is asked, as `load_rows` gave it.
        start: number of the first month looked at.
        end: of the last one.
        money: whether amounts count.
    """
    there = "m" if asked.kind == "movements" else "n"
    labels = {c: label for label, c in table.engine.rows("SELECT label, c FROM ledger_label")}
    rows = table.engine.rows(
        f"""
        WITH customer AS (
            SELECT id, p, sum(n) AS n, sum(m) AS m, sum(came) AS came, sum(brought) AS brought,
                max({{'brought': brought, 'c': c}})['c'] AS c
            FROM ledger_event GROUP BY id, p
        ),
        run AS (
            SELECT *, sum({there}) OVER life AS after, sum(m) OVER life AS pays,
                coalesce(lead(p) OVER life, {end}) AS following
            FROM customer WINDOW life AS (PARTITION BY id ORDER BY p)
        ),
        told AS (
            -- What is paid at the start of each month looked at, until the next change.
            SELECT *, sum(CAST(after - {there} <= 0 AND (after > 0 OR came > 0) AS INTEGER))
                OVER (PARTITION BY id ORDER BY p) AS spell,
                CASE WHEN after > 0 THEN pays
                    * greatest(least(following, {end}) - greatest(p, {start - 1}), 0)
                    ELSE 0 END AS paid
            FROM run
        ),
        life AS (
            SELECT min(p) AS begun, max(p) FILTER (after <= 0) AS ended, arg_min(c, p) AS c,
                CASE WHEN max(after) > 0 THEN sum(paid) ELSE sum(brought) END AS paid
            FROM told WHERE spell > 0 GROUP BY id, spell
        )
        SELECT begun, ended, c, count(*), sum(paid) FROM life GROUP BY ALL
        """
    )
    for begun, left, c, customers, paid in rows:
        place = place_of(labels.get(c))
        yield Spell(
            categorise(place.keys if place is not None else ()),
            None if begun == BEFORE else begun,
            left,
            customers,
            paid=float(paid) if money else None,
        )
