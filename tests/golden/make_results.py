"""Writes the results that the golden tests print, as JSON: `python tests/golden/make_results.py`.

The figures are computed here by the textbook formulas and not by dmaic.stats, so that a change
there does not move what the faces are tested with.
"""

from __future__ import annotations

from math import sqrt
from pathlib import Path
from typing import Any

from dmaic.result import Finding, Inputs
from dmaic.stats.pareto import (
    ComparisonRow,
    Concentration,
    Drill,
    ParetoComparison,
    ParetoResult,
    ParetoRow,
    PeriodCell,
)

FOLDER = Path(__file__).parent / "results"
Z = 1.959964


def wilson(k: float, n: float) -> tuple[float, float]:
    p = k / n
    middle = (p + Z * Z / (2 * n)) / (1 + Z * Z / n)
    half = Z / (1 + Z * Z / n) * sqrt(p * (1 - p) / n + Z * Z / (4 * n * n))
    return max(0.0, middle - half), min(1.0, middle + half)


def risk(k: float, n: float, rest_k: float, rest_n: float) -> tuple[float, float, float]:
    if not (k and rest_k and rest_n):
        raise ValueError("no relative risk")
    ratio = (k / n) / (rest_k / rest_n)
    factor = 2.718281828459045 ** (Z * sqrt(1 / k - 1 / n + 1 / rest_k - 1 / rest_n))
    return ratio, ratio / factor, ratio * factor


def pareto(
    cells: list[tuple[Any, ...]],
    *,
    by: tuple[str, ...] = ("segment",),
    other: int = 0,
    verdict: str,
    differs: tuple[int, ...] = (),
    **given: Any,
) -> ParetoResult:
    """Cells are (category, churned, value, exposure), ranked; `other` counts the last one's."""
    churned = sum(cell[1] for cell in cells)
    value = sum(cell[2] for cell in cells) if cells[0][2] is not None else None
    exposure = sum(cell[3] for cell in cells) if cells[0][3] is not None else None
    measure = given.setdefault("measure", "customers")
    cutoff = given.setdefault("cutoff", 80.0)
    rows: list[ParetoRow] = []
    reached = 0.0
    for place, (category, k, v, n) in enumerate(cells, 1):
        share = k / churned if measure == "customers" else v / value
        row: dict[str, Any] = {
            "category": (category,) if isinstance(category, str) else category,
            "churned": k, "value": v, "exposure": n, "share": share,
            "cumulative_share": reached + share, "share_churned": k / churned,
            "vital_few": reached < cutoff / 100 - 1e-9, "rank_differs": place in differs,
            "rank_churned": place,
        }  # fmt: skip
        if value is not None:
            row |= {"share_value": v / value, "rank_value": place}
        if exposure is not None:
            low, high = wilson(k, n)
            row |= {"rate": k / n, "rate_low": low, "rate_high": high,
                    "excess": k - n * churned / exposure, "rank_excess": place}  # fmt: skip
            if len(cells) > 1:
                names = ("relative_risk", "relative_risk_low", "relative_risk_high")
                figures = risk(k, n, churned - k, exposure - n)
                row |= dict(zip(names, figures, strict=True))
            if v is not None:
                row["excess_value"] = v * (1 - (churned / exposure) / (k / n))
        if other and place == len(cells):
            row |= {"other": True, "folded": other, "vital_few": False, "rank_churned": None,
                    "rank_value": None, "rank_excess": None}  # fmt: skip
        rows.append(ParetoRow(**row))
        reached += share
    few = sum(row.vital_few for row in rows)
    given.setdefault("inputs", Inputs(source="churn_export.csv", rows=int(exposure or churned)))
    found = Concentration(
        gini=0.52, few=few, categories=len(cells) + max(0, other - 1),
        few_share=rows[few - 1].cumulative_share,
        test="equal shares" if exposure is None else "exposure",
        statistic=123.4, df=len(cells) - 1, p_value=0.00001 if len(cells) > 3 else 0.0312,
        effect=len(cells) > 1, verdict=verdict,
    )  # fmt: skip
    return ParetoResult(
        by=by, total_churned=churned, total_value=value, total_exposure=exposure,
        rows=tuple(rows), concentration=found, **given,
    )  # fmt: skip


# The public IBM telco set: https://www.kaggle.com/datasets/blastchar/telco-customer-churn.
telco = pareto(
    [
        ("Month-to-month", 1655, 120_847.10, 3875),
        ("One year", 166, 14_118.45, 1473),
        ("Two year", 48, 4_165.30, 1695),
    ],
    by=("Contract",),
    value_name="MonthlyCharges",
    currency="USD",
    verdict="Pareto effect: 1 of 3 categories makes 88.6 % of the churned customers.",
    method={"rate": "churned / customers at risk, Wilson interval"},
    inputs=Inputs(
        source="telco.csv", rows=7043, preset="telco",
        roles={"churned": "Churn", "value": "MonthlyCharges", "customer": "customerID"},
        readings={"Churn": "Yes/No", "MonthlyCharges": "1234.56"},
    ),
    findings=(
        Finding(code="duplicate-customers", level="warning", count=14, rows=(3, 9, 12),
                message="14 customers occur more than once.", hint="Each row was counted."),
        Finding(code="constant-column", level="info", message='"Country" is always the same.'),
    ),
)  # fmt: skip

# Reference figures of the failure table: 45.16, 25.81, 9.68, 6.45, 6.45, 3.23, 3.23 %.
failures = pareto(
    [("Contamination", 14, 42.0, None), ("Oxide", 8, 76.0, None), ("Misc", 3, 3.0, None),
     ("Corrosion", 2, 5.0, None), ("Metallization", 2, 17.0, None), ("Doping", 1, 3.6, None),
     ("Silicon", 1, 3.4, None)],
    by=("failure",), unit="frequency", value_name="cost", differs=(1, 2, 3),
    verdict="Pareto effect: 3 of 7 categories make 80.65 % of the frequency.",
)  # fmt: skip

by_value = pareto(
    [("Oxide", 8, 76.0, None), ("Contamination", 14, 42.0, None), ("Metallization", 2, 17.0, None),
     ("Corrosion", 2, 5.0, None), ("Doping", 1, 3.6, None), ("Silicon", 1, 3.4, None),
     ("Misc", 3, 3.0, None)],
    by=("failure",), unit="frequency", value_name="cost", measure="value", differs=(1, 2),
    verdict="Pareto effect: 3 of 7 categories make 90 % of the lost value.",
)  # fmt: skip

plans = [("Pro", 310, 62_000.0, 4000), ("Basic", 152, 7_600.0, 2100), ("Team", 12, 6_000.0, 900)]
segments = pareto(
    [
        ("Estimators at small auto body shops", 474, 284_400.0, 7000),
        ("(blank)", 211, 96_000.0, 5200),
        ("Estimators at small auto body shops (trial)", 96, 11_000.5, 1250),
        ("[red]Insurance[/red] adjusters", 70, 88_000.0, 3100),
        ("=HYPERLINK(\"http://x.example\",\"Click\")", 44, 12_345.25, 800),
        ("\x1b[31mRoofers\x1b[0m | `code` <script>", 40, 8_000.0, 610),
        ("写真家と測量士", 33, 9_900.0, 1400),
        ("Other", 77, 21_000.0, 4100),
    ],
    other=17, value_name="mrr", currency="EUR", differs=(3, 4),
    other_rule="the categories after 95 % of churned customers",
    verdict="Pareto effect: 4 of 24 categories make 81.4 % of the churned customers.",
    cutoff=75.0,
    inputs=Inputs(source="churn_export.csv", rows=23_460, filters=("plan = 'Pro' and mrr > 20",)),
)  # fmt: skip
drilled = segments.model_copy(
    update={
        "drills": (
            Drill(
                category=("Estimators at small auto body shops",),
                result=pareto(
                    plans, by=("plan",), value_name="mrr", currency="EUR",
                    verdict="Pareto effect: 2 of 3 categories make 97.47 %.",
                ),
            ),
        )
    }
)  # fmt: skip

single = pareto(
    [("Everyone", 12, None, 40)],
    verdict="One category makes all of the churned customers: there is nothing to compare it with.",
)

many = pareto(
    [(f"Segment number {number:02}", 4000 // number, 1e9 / number, 900_000 // number)
     for number in range(1, 41)],
    value_name="amount", currency="JPY",
    verdict="There is no clear Pareto effect: 22 of 40 categories are needed to reach 80 %.",
)  # fmt: skip


def huge() -> ParetoResult:
    cells = [("Enterprise", 2_500_000, 8.123e15, 90_000_000), ("SMB", 900_000, 4e12, 80_000_000),
             ("$x^2$ & co", 200_000, 5e9, 70_000_000)]  # fmt: skip
    return pareto(cells, value_name="amount", currency="USD", verdict="One segment makes it.")


def cell(k: float, n: int, total: float, value: float | None = None) -> PeriodCell:
    low, high = wilson(k, n)
    return PeriodCell(churned=k, value=value, exposure=n, share=k / total, rate=k / n,
                      rate_low=low, rate_high=high)  # fmt: skip


def comparison(counts: dict[str, list[tuple[int, int]]], periods: tuple[str, ...], split: str,
               other: int = 0) -> ParetoComparison:  # fmt: skip
    totals = [sum(cells[i][0] for cells in counts.values()) for i in range(len(periods))]
    exposed = [sum(cells[i][1] for cells in counts.values()) for i in range(len(periods))]
    rows = []
    for name, cells in counts.items():
        made = tuple(cell(k, n, totals[i]) for i, (k, n) in enumerate(cells))
        first, last = made[0], made[-1]
        change = (last.rate or 0) - (first.rate or 0)
        spread = sqrt(sum(((c.rate_high or 0) - (c.rate_low or 0)) ** 2 for c in (first, last))) / 2
        rows.append(
            ComparisonRow(
                category=(name,), cells=made, change=last.churned - first.churned,
                change_share=(last.share or 0) - (first.share or 0), change_rate=change,
                change_rate_low=change - spread, change_rate_high=change + spread,
                other=name == "Other", folded=other if name == "Other" else 0,
            )
        )  # fmt: skip
    results = tuple(
        pareto(sorted(((name, *cells[i][:1], None, cells[i][1]) for name, cells in counts.items()),
                      key=lambda c: (c[0] == "Other", -c[1])), verdict="", other=other)
        for i in range(len(periods))
    )  # fmt: skip
    return ParetoComparison(
        by=("segment",), measure="customers", split=split, periods=periods,
        totals=tuple(cell(totals[i], exposed[i], totals[i]) for i in range(len(periods))),
        rows=tuple(rows), results=results,
        inputs=Inputs(source="churn_export.csv", rows=20_000),
    )  # fmt: skip


before_after = comparison(
    {
        "Estimators": [(2044, 7300), (368, 7300)],
        "Photographers": [(900, 5200), (880, 5300)],
        "(blank)": [(600, 3100), (615, 3200)],
        "Roofers": [(400, 2400), (390, 2500)],
        "Other": [(471, 2000), (462, 2100)],
    },
    ("churn_export.csv", "after/churn_export.csv"),
    "files",
    other=9,
)
monthly = comparison(
    {
        name: [(base + 7 * ((month * step) % 5), 3000 + 20 * month) for month in range(12)]
        for name, base, step in (
            ("Estimators", 170, 1),
            ("Photographers", 75, 2),
            ("Roofers", 33, 3),
        )
    },
    tuple(f"2025-{month:02}" for month in range(1, 13)),
    "month",
)

RESULTS = {"telco": telco, "failures": failures, "by-value": by_value, "segments": segments,
           "drilled": drilled, "single": single, "many": many, "huge": huge(),
           "before-after": before_after, "monthly": monthly}  # fmt: skip

if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name, result in RESULTS.items():
        path = FOLDER / f"{name}.json"
        path.write_text(result.model_dump_json(indent=1, exclude_defaults=True) + "\n", "utf-8")
