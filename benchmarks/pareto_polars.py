"""The Pareto table of `dmaic pareto FILE --by segment`, as a bare Polars script."""

from __future__ import annotations

import sys

import polars as pl

Z = 1.959963984540054

gone = pl.col("churned") == "Yes"
groups = (
    pl.scan_csv(sys.argv[1])
    .group_by(pl.col("segment").fill_null("(blank)"))
    .agg(
        exposure=pl.col("customer_id").count(),
        churned=pl.col("customer_id").filter(gone).count(),
        value=pl.col("mrr").filter(gone).sum(),
        exposure_value=pl.col("mrr").sum(),
        lowest=pl.col("currency").min(),
        highest=pl.col("currency").max(),
    )
    .sort(["churned", "segment"], descending=[True, False])
    .collect(engine="streaming")
)
if pl.concat([groups["lowest"], groups["highest"]]).n_unique() > 1:
    sys.exit("more than one currency")

# Counts are unsigned in Polars; differences of them are not.
n, churned = pl.col("exposure").cast(pl.Float64), pl.col("churned").cast(pl.Float64)
rate = churned / n
half = Z * (rate * (1 - rate) / n + Z * Z / (4 * n * n)).sqrt()
exposure_value, value = pl.col("exposure_value"), pl.col("value")
table = groups.select(
    "segment",
    "churned",
    "value",
    "exposure",
    share=churned / churned.sum(),
    cumulative_share=churned.cum_sum() / churned.sum(),
    rate=rate,
    low=(rate + Z * Z / (2 * n) - half) / (1 + Z * Z / n),
    high=(rate + Z * Z / (2 * n) + half) / (1 + Z * Z / n),
    risk=rate / ((churned.sum() - churned) / (n.sum() - n)),
    excess=churned - n * churned.sum() / n.sum(),
    excess_value=value - exposure_value * value.sum() / exposure_value.sum(),
)
for row in table.iter_rows():
    print(
        "{:<24}{:>9}{:>14.2f}{:>10}{:>8.4f}{:>8.4f}"
        "{:>8.4f}{:>8.4f}{:>8.4f}{:>8.3f}{:>12.2f}{:>14.2f}".format(*row)
    )
