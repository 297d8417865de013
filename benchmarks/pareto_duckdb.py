"""The Pareto table of `dmaic pareto FILE --by segment`, as a bare DuckDB script."""

from __future__ import annotations

import sys
from math import sqrt

import duckdb

Z = 1.959963984540054

groups = duckdb.execute(
    """
    SELECT
        coalesce(segment, '(blank)') AS segment,
        count(customer_id) AS exposure,
        count(customer_id) FILTER (churned = 'Yes') AS churned,
        coalesce(sum(mrr) FILTER (churned = 'Yes'), 0) AS value,
        sum(mrr) AS exposure_value,
        min(currency) AS lowest,
        max(currency) AS highest
    FROM read_csv(?)
    GROUP BY 1
    ORDER BY churned DESC, segment
    """,
    [sys.argv[1]],
).fetchall()

if len({currency for group in groups for currency in group[5:]}) > 1:
    sys.exit("more than one currency")
all_exposure = sum(group[1] for group in groups)
all_churned = sum(group[2] for group in groups)
all_value = sum(group[3] for group in groups)
all_exposure_value = sum(group[4] for group in groups)

running = 0
for segment, n, churned, value, exposure_value, *_ in groups:
    running += churned
    rate = churned / n
    half = Z * sqrt(rate * (1 - rate) / n + Z * Z / (4 * n * n))
    low = (rate + Z * Z / (2 * n) - half) / (1 + Z * Z / n)
    high = (rate + Z * Z / (2 * n) + half) / (1 + Z * Z / n)
    risk = rate / ((all_churned - churned) / (all_exposure - n))
    excess = churned - n * all_churned / all_exposure
    excess_value = value - exposure_value * all_value / all_exposure_value
    print(
        f"{segment:<24}{churned:>9}{value:>14.2f}{n:>10}"
        f"{churned / all_churned:>8.4f}{running / all_churned:>8.4f}"
        f"{rate:>8.4f}{low:>8.4f}{high:>8.4f}{risk:>8.3f}{excess:>12.2f}{excess_value:>14.2f}"
    )
