"""Write a churn export of any number of customers, the same bytes every time.

    python benchmarks/generate.py 1000000 benchmarks/data/churn_1000000.csv

The rows are made inside DuckDB by arithmetic on the row number, so ten million of them take
seconds and no random generator's version matters.
"""

from __future__ import annotations

import sys
from pathlib import Path

import duckdb

# Name, customers per thousand, churn per thousand. Rates differ enough for a Pareto effect, and
# the largest segment is not the one with the highest rate.
SEGMENTS = (
    ("Insurance adjusters", 232, 16),
    ("Body shop estimators", 205, 83),
    ("Property managers", 148, 21),
    ("Home inspectors", 117, 18),
    ("Field service", 91, 24),
    ("Estate agents", 64, 15),
    ("Event photographers", 41, 37),
    ("Schools", 28, 9),
    ("Museums", 17, 12),
    ("Charities", 12, 20),
    ("", 45, 28),
)

QUERY = """
    WITH draws AS (
        SELECT
            i,
            (i * 7919 + 104729) % 1000 AS segment_draw,
            (i * 15485863 + i // 1000 * 31) % 1000003 % 1000 AS churn_draw,
            (i * 32452843 + 49979687) % 1000033 AS draw
        FROM range(1, {rows} + 1) AS numbers(i)
    ),
    customers AS (
        SELECT
            *,
            CASE {segment} END AS segment,
            churn_draw < CASE {rate} END AS gone,
            CASE WHEN draw % 100 < 62 THEN 'Basic' WHEN draw % 100 < 91 THEN 'Pro' ELSE 'Team' END
                AS plan,
            DATE '2021-01-01' + CAST(draw % 1800 AS INTEGER) AS signup,
            greatest(signup, DATE '2024-12-31') AS present,
            CASE WHEN gone
                THEN present + CAST(1 + draw % (DATE '2025-12-31' - present) AS INTEGER)
            END AS gone_on
        FROM draws
    )
    SELECT
        printf('C%08d', i) AS customer_id,
        segment,
        plan,
        ['North', 'South', 'East', 'West', 'Overseas'][1 + draw % 5] AS region,
        strftime(signup, '%Y-%m-%d') AS signup_date,
        CASE WHEN gone THEN 'Yes' ELSE 'No' END AS churned,
        strftime(gone_on, '%Y-%m-%d') AS churn_date,
        printf('%.2f', CASE plan WHEN 'Basic' THEN 9 WHEN 'Pro' THEN 24 ELSE 60 END + draw % 7 / 2)
            AS mrr,
        'USD' AS currency,
        datediff('month', signup, coalesce(gone_on, DATE '2025-12-31')) AS tenure
    FROM customers
    ORDER BY i
"""


def generate(rows: int, path: Path) -> None:
    """Write the export.

    Args:
        rows: customers, one a row.
        path: the CSV file; its folder is made.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    segment, rate, until = "", "", 0
    for name, size, churn in SEGMENTS:
        until += size
        segment += f" WHEN segment_draw < {until} THEN nullif('{name}', '')"
        rate += f" WHEN segment_draw < {until} THEN {churn}"
    query = QUERY.format(rows=rows, segment=segment, rate=rate)
    unfinished = path.with_suffix(".part")
    duckdb.sql(f"COPY ({query}) TO '{unfinished}' (HEADER, DELIMITER ',')")
    unfinished.replace(path)


if __name__ == "__main__":
    generate(int(sys.argv[1]), Path(sys.argv[2]))
