"""Moves of an export with several rows a customer: subscriptions, stays, months, changes of MRR.

Every row becomes events (a customer, a period, so many subscriptions and so much MRR more or less);
running sums over them tell what each customer had when a period began and when it ended. A customer
who had a subscription at the beginning and none at the end has churned, whatever happened between.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from dmaic.analysis.ledger_fate import due
from dmaic.analysis.ledger_month import month
from dmaic.analysis.ledger_move import NOUGHT, Move, Place
from dmaic.analysis.ledger_question import Asked
from dmaic.analysis.ledger_scan import BEFORE
from dmaic.analysis.ledger_span import ORDINALS
from dmaic.analysis.scan import Plan
from dmaic.churn.loss import check_range
from dmaic.churn.tally import cleaned, known_id
from dmaic.errors import DataError
from dmaic.result import Finding
from dmaic.text import plural, printable

if TYPE_CHECKING:
    from dmaic.churn.column import Column
    from dmaic.churn.table import ChurnTable

_MONEY = "DECIMAL(38, 9)"
_LARGEST = 1e18
"""Amounts below this are added up exactly as `_MONEY`."""

_SIDE = "CAST(try_cast(m0 AS DECIMAL(18, 4)) AS DECIMAL(19, 4))"
"""What is squared: of 18 digits or less DuckDB keeps the product in 18, where it overflows."""


def load_events(
    table: ChurnTable, asked: Asked, plan: Plan, *, money: bool, repeated: bool
) -> list[Finding]:
    """Make the events of all rows, as a table of the engine.

    Args:
        table: the opened export.
        asked: what is asked.
        plan: the readings that held.
        money: whether amounts count.
        repeated: an id that should be unique occurs on several rows.

    Raises:
        DataError: no column tells one customer from another, or amounts are too large.
    """
    who, same = _customer(table), table.identity
    if asked.kind == "movements" and not money:
        raise DataError(
            "Changes of MRR tell who is there by the money alone, and it cannot be added up.",
            code="ledger.no-money",
            where=table.source.name,
            hint="Name the column of the changes (--value COL), or take one currency with --where.",
        )
    labels = [dimension.sql for dimension in plan.dimensions]
    amount = f"try_cast({plan.value.sql} AS {_MONEY})" if plan.value and money else "0"
    # A preset may count what is lost as positive; here more is more.
    amount = f"-{amount}" if asked.kind == "movements" and table.value_scale < 0 else amount
    begun = plan.window.dates[1] if len(plan.window.dates) > 1 else None
    leaves = "'0'" if asked.kind in ("months", "movements") else due(table, asked, begun)
    c = f"CAST(to_json([{', '.join([*labels, leaves])}]) AS VARCHAR)"
    conditions = [f"({plan.window.churned.sql}) IS NOT NULL"]
    conditions += [plan.window.where] if plan.window.where else []

    def sql() -> str:
        # Who has no id is somebody else in every row; a trimmed id begins with no blank. Of ten
        # million hashes of 64 bits, two are equal once in 400,000 files.
        return (
            "CREATE OR REPLACE TEMP TABLE ledger_row AS SELECT"
            f" hash(coalesce({known_id(who)}, ' ' || row_number() OVER ())) AS id, {c} AS label,"
            f" {known_id(same) if same is not None else 'NULL'} AS same,"
            f" coalesce({amount}, 0) AS m, {', '.join(_times(table, asked, plan))}"
            f" FROM {table.relation} WHERE {' AND '.join(conditions)}"
        )

    table.ask(sql)
    table.engine.rows(
        "CREATE OR REPLACE TEMP TABLE ledger_label AS SELECT label, CAST(row_number() OVER"
        " (ORDER BY label) AS INTEGER) AS c FROM (SELECT DISTINCT label FROM ledger_row)"
    )
    if plan.value is not None and money:
        ((peak,),) = table.engine.rows("SELECT max(abs(m)) FROM ledger_row")
        check_range(plan.value, float(peak or 0), most=_LARGEST)
    findings = _overlaps(table) if repeated else []
    table.engine.rows(_events(asked))
    if asked.kind == "movements":
        findings += _open(table)
    return findings


def _customer(table: ChurnTable) -> Column:
    column = table.roles.get("customer") or table.roles.get("subscription")
    if column is None:
        raise DataError(
            "A customer has several rows here, and no column tells one customer from another.",
            code="ledger.no-customer",
            where=table.source.name,
            hint="Name the column: --customer COL.",
        )
    return column


def _times(table: ChurnTable, asked: Asked, plan: Plan) -> list[str]:
    """When a row begins (`b`) and ends (`e`), as days."""
    if asked.month is not None:
        first = month(table, asked.month).sql
        return [f"{first} AS b", f"CAST({first} + INTERVAL 1 MONTH AS DATE) AS e"]
    at, *begun = plan.window.dates
    if asked.kind == "movements":
        return [f"CAST({at.sql} AS DATE) AS b", "NULL::DATE AS e"]
    first = f"CAST({begun[0].sql} AS DATE)" if begun else "NULL::DATE"
    last = f"CASE WHEN {plan.window.churned.sql} THEN CAST({at.sql} AS DATE) END"
    # Who left was there before, even where the file says that they came later.
    return [f"CASE WHEN {first} > {last} THEN NULL ELSE {first} END AS b", f"{last} AS e"]


def _overlaps(table: ChurnTable) -> list[Finding]:
    """Rows of one customer (or subscription) that lie over each other in time."""
    column = table.identity
    if column is None:
        return []
    ((count,),) = table.engine.rows(
        "SELECT count(*) FILTER (start < reach) FROM (SELECT start, max(stop) OVER (PARTITION BY"
        " same ORDER BY start, stop ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS reach FROM"
        " (SELECT same, coalesce(b, DATE '-infinity') AS start,"
        " coalesce(e, DATE 'infinity') AS stop FROM ledger_row WHERE same IS NOT NULL))"
    )
    if not count:
        return []
    unit = table.unit[:-1]
    return [
        Finding(
            code="duplicate-customers",
            level="blocking",
            message=f"{plural(count, 'row lies', 'rows lie')} over another row of the same {unit} "
            f'in time (column "{printable(column.name)}"), so what it pays would be counted twice.',
            hint="Keep one row for each time, name the column that tells subscriptions apart "
            "(--subscription COL), or --accept duplicate-customers to count rows as they are.",
            count=count,
            column=column.name,
        )
    ]


def _events(asked: Asked) -> str:
    """Events of a customer in a period and category: subscriptions and MRR more or less."""
    number = ORDINALS[asked.question.period].format
    begins = f"coalesce({number('b')}, {BEFORE})"
    if asked.kind == "movements":
        each = (
            f"SELECT id, {begins} AS p, arg_max(c, (b, c)) OVER (PARTITION BY id) AS c, 0 AS n, m,"
            " CAST(m > 0 AS INTEGER) AS came, greatest(m, 0) AS brought FROM rows"
            " WHERE b IS NOT NULL"
        )
    else:
        last = "WHERE e <= (SELECT max(b) FROM ledger_row)" if asked.kind == "months" else ""
        ends = (
            # Who begins again on the day after has not been away.
            "SELECT r.id, r.c, r.m, coalesce(again.b, r.e) AS e FROM"
            f" (SELECT * FROM rows {last}) r LEFT JOIN (SELECT DISTINCT id, b FROM ledger_row"
            " WHERE day(b) = 1) again ON again.id = r.id AND again.b = r.e + 1"
            " WHERE r.e IS NOT NULL"
        )
        each = (
            f"SELECT id, {begins} AS p, c, 1 AS n, m, 1 AS came, m AS brought FROM rows"
            f" UNION ALL SELECT id, {number('e')} AS p, c, -1 AS n, -m AS m, 0 AS came,"
            f" 0 AS brought FROM ({ends})"
        )
    return (
        "CREATE OR REPLACE TEMP TABLE ledger_event AS WITH rows AS"
        " (SELECT * FROM ledger_row JOIN ledger_label USING (label))"
        " SELECT id, CAST(p AS INTEGER) AS p, c,"
        f" CAST(sum(n) AS INTEGER) AS n, CAST(sum(m) AS {_MONEY}) AS m,"
        f" CAST(sum(came) AS INTEGER) AS came, CAST(sum(brought) AS {_MONEY}) AS brought"
        f" FROM ({each}) GROUP BY id, p, c"
    )


def _open(table: ChurnTable) -> list[Finding]:
    """Give customers who pay less than nothing by the log what they must have paid before it."""
    ((count,),) = table.engine.rows(
        f"INSERT INTO ledger_event SELECT id, {BEFORE}, any_value(c), 0, -min(paid), 1, -min(paid)"
        " FROM (SELECT id, c, sum(m) OVER (PARTITION BY id ORDER BY p) AS paid FROM ledger_event)"
        " GROUP BY id HAVING min(paid) < 0"
    )
    if not count:
        return []
    return [
        Finding(
            code="log-begins-late",
            level="warning",
            message=f"{plural(count, 'customer')} lost more MRR than the log brought them: it "
            "begins after they came. They are taken to have been there from the start; customers "
            "without any movement are missing, so that rates are too high.",
            hint="Export the log from the first customer on.",
            count=count,
        )
    ]


def event_moves(table: ChurnTable, asked: Asked) -> Iterator[Move]:
    """The moves of the events that were loaded."""
    labels = {c: label for label, c in table.engine.rows("SELECT label, c FROM ledger_label")}
    for row in table.engine.rows(_states(asked)):
        period, had, before, after, within, customers, *money = row
        paid, pays, less, more, squares, brought = (
            figure if isinstance(figure, Decimal) else NOUGHT for figure in money
        )
        place, to, inside = (place_of(labels.get(c)) for c in (before, after, within))
        if place is None and to is None:
            if inside is not None:
                yield Move(period, None, None, customers, within=inside, pays=brought)
            continue
        yield Move(
            None if period == BEFORE else period,
            place,
            to,
            customers,
            earlier=bool(had),
            paid=paid,
            pays=pays,
            less=less,
            more=more,
            squares=squares if to is None else NOUGHT,
        )


def place_of(packed: str | None) -> Place | None:
    """Where customers stand, of a label in `ledger_label`; None for none."""
    if packed is None:
        return None
    *labels, leaves = json.loads(packed)
    return Place(tuple(cleaned(label) for label in labels), int(leaves))


def _states(asked: Asked) -> str:
    """What customers had when a period began and ended, counted by what became of them."""
    # With a log of movements only money tells who is there.
    there = "m" if asked.kind == "movements" else "n"
    return f"""
        WITH several AS (SELECT id FROM ledger_event GROUP BY id HAVING min(c) <> max(c)),
        grid AS (
            SELECT * FROM ledger_event ANTI JOIN several USING (id)
            UNION ALL
            SELECT id, p, c, coalesce(n, 0), coalesce(m, 0), coalesce(came, 0),
                coalesce(brought, 0)
            FROM (SELECT DISTINCT id, p FROM ledger_event SEMI JOIN several USING (id))
            JOIN (SELECT DISTINCT id, c FROM ledger_event SEMI JOIN several USING (id)) USING (id)
            LEFT JOIN ledger_event USING (id, p, c)
        ),
        run AS (
            SELECT id, p, c, came, brought, n, m,
                sum(n) OVER stay AS n1, sum(m) OVER stay AS m1
            FROM grid WINDOW stay AS (PARTITION BY id, c ORDER BY p)
        ),
        state AS (
            SELECT id, p,
                -- A customer stands where most is paid; the rest decides what is equal.
                max({{'m': m1 - m, 'n': n1 - n, 'c': c}})
                    FILTER ({there}1 - {there} > 0)['c'] AS c0,
                max({{'m': m1, 'n': n1, 'c': c}}) FILTER ({there}1 > 0)['c'] AS c1,
                max({{'m': brought, 'c': c}}) FILTER (came > 0)['c'] AS cw,
                sum(m1 - m) AS m0, sum(m1) AS m1, sum(brought) AS brought, sum(came) AS came
            FROM run GROUP BY id, p
        ),
        told AS (
            SELECT *, coalesce(sum(came) OVER (PARTITION BY id ORDER BY p
                ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) > 0 AS had
            FROM state
        )
        SELECT p, had, c0, c1, CASE WHEN c0 IS NULL AND c1 IS NULL THEN cw END AS cw, count(*),
            sum(CASE WHEN c0 IS NOT NULL THEN m0 END), sum(CASE WHEN c1 IS NOT NULL THEN m1 END),
            sum(CASE WHEN c0 IS NOT NULL AND c1 IS NOT NULL THEN greatest(m0 - m1, 0) END),
            sum(CASE WHEN c0 IS NOT NULL AND c1 IS NOT NULL THEN greatest(m1 - m0, 0) END),
            sum(CASE WHEN c1 IS NULL THEN
                {_SIDE} * {_SIDE} END),
            sum(brought)
        FROM told GROUP BY ALL
    """
