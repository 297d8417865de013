"""Dates that are stored as numbers: epoch seconds, Excel serials, 20251231."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Serial:
    """A way to count days or seconds.

    Attributes:
        name: in words.
        low, high: the numbers that are taken for it, both included.
        form: SQL of the TIMESTAMP, with `{0}` for the number.
        whole: only whole numbers.
    """

    name: str
    low: float
    high: float
    form: str
    whole: bool = False

    def sql(self, value: str) -> str:
        """TIMESTAMP in UTC; NULL where the number is out of range.

        Args:
            value: SQL number (DOUBLE).
        """
        inside = f"{value} BETWEEN {self.low:.0f} AND {self.high:.0f}"
        if self.whole:
            inside += f" AND {value} = trunc({value})"
        return f"(CASE WHEN {inside} THEN {self.form.format(value)} END)"


SERIALS = (
    # Day 25569 of the 1900 system is 1970-01-01; a serial is exact to about a millisecond.
    Serial(
        "Excel serial",
        20_000,
        80_000,
        "make_timestamp(CAST(round(({0} - 25569) * 86400000) AS BIGINT) * 1000)",
    ),
    Serial(
        "20251231",
        19_000_101,
        21_001_231,
        "try_strptime(CAST(CAST({0} AS BIGINT) AS VARCHAR), '%Y%m%d')",
        whole=True,
    ),
    Serial(
        "epoch seconds",
        1_000_000_000,
        4_000_000_000,
        "make_timestamp(CAST(round({0} * 1000000) AS BIGINT))",
    ),
    Serial(
        "epoch milliseconds",
        1_000_000_000_000,
        4_000_000_000_000,
        "make_timestamp(CAST(round({0} * 1000) AS BIGINT))",
    ),
)
"""All known ones; no two share a number."""
