"""The aggregates that `dmaic control`, `survival` and `test` rest on, as bare DuckDB statements.

    python benchmarks/aggregate_duckdb.py survival FILE

The floor that an analysis is measured against: reading the file and counting, with no statistics,
no checks and no page.
"""

from __future__ import annotations

import sys

import duckdb

AGGREGATES = {
    # Lost and signed up by month; who is at risk in a month follows from the two by adding up.
    "control": """
        SELECT date_trunc('month', churn_date) AS left_in,
            date_trunc('month', signup_date) AS came_in, count(*) AS customers
        FROM read_csv(?) GROUP BY ALL ORDER BY ALL
    """,
    # Customers by the days they were there and whether they are lost.
    "survival": """
        WITH export AS MATERIALIZED (SELECT signup_date, churn_date FROM read_csv(?)),
            last AS (SELECT max(churn_date) AS day FROM export)
        SELECT date_diff('day', signup_date, coalesce(churn_date, day)) AS days,
            churn_date IS NOT NULL AS lost, count(*) AS customers
        FROM export, last GROUP BY ALL ORDER BY ALL
    """,
    # The contingency table.
    "test": """
        SELECT segment, churned, count(*) AS customers
        FROM read_csv(?) GROUP BY ALL ORDER BY ALL
    """,
}


def main() -> None:
    """Print the aggregate."""
    name, path = sys.argv[1:3]
    for row in duckdb.execute(AGGREGATES[name], [path]).fetchall():
        print(*row, sep=",")


if __name__ == "__main__":
    main()
