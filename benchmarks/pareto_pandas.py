"""The Pareto table of `dmaic pareto FILE --by segment`, as a bare pandas script."""

from __future__ import annotations

import sys

import pandas as pd

Z = 1.959963984540054

frame = pd.read_csv(sys.argv[1], usecols=["customer_id", "segment", "churned", "mrr", "currency"])
if frame["currency"].nunique() > 1:
    sys.exit("more than one currency")
frame["segment"] = frame["segment"].fillna("(blank)")
gone = frame["churned"] == "Yes"
everyone = frame.groupby("segment").agg(
    exposure=("customer_id", "count"), exposure_value=("mrr", "sum")
)
lost = frame[gone].groupby("segment").agg(churned=("customer_id", "count"), value=("mrr", "sum"))
table = everyone.join(lost).fillna({"churned": 0, "value": 0.0}).reset_index()
table = table.sort_values(["churned", "segment"], ascending=[False, True])

n, churned = table["exposure"], table["churned"].astype(int)
rate = churned / n
half = Z * (rate * (1 - rate) / n + Z * Z / (4 * n * n)) ** 0.5
out = pd.DataFrame(
    {
        "segment": table["segment"],
        "churned": churned,
        "value": table["value"],
        "exposure": n,
        "share": churned / churned.sum(),
        "cumulative_share": churned.cumsum() / churned.sum(),
        "rate": rate,
        "low": (rate + Z * Z / (2 * n) - half) / (1 + Z * Z / n),
        "high": (rate + Z * Z / (2 * n) + half) / (1 + Z * Z / n),
        "risk": rate / ((churned.sum() - churned) / (n.sum() - n)),
        "excess": churned - n * churned.sum() / n.sum(),
        "excess_value": table["value"]
        - table["exposure_value"] * table["value"].sum() / table["exposure_value"].sum(),
    }
)
for row in out.itertuples(index=False, name=None):
    print(
        "{:<24}{:>9}{:>14.2f}{:>10}{:>8.4f}{:>8.4f}"
        "{:>8.4f}{:>8.4f}{:>8.4f}{:>8.3f}{:>12.2f}{:>14.2f}".format(*row)
    )
