"""Category text: what a segment, a plan or a reason is called."""

from __future__ import annotations

from dmaic.churn.clean.reading import WHITE, is_textual, text
from dmaic.churn.column import Column, literal

_EDGES = (" ", "\t", "\n", "\u00a0")


def category(column: Column) -> str:
    """SQL text that names the category of a cell; NULL where the cell is empty.

    Only NULL and white space count as empty: `n/a`, `none` or `-` may well be answers that
    people gave, and stay categories of their own. Dates are ISO (`2025-12-31`, with the time
    unless it is midnight), whole numbers have no decimals, not-a-number is empty.

    Args:
        column: a column of any type.
    """
    cell, kind = column.sql, column.type
    if is_textual(column):
        return _trimmed(text(column))
    if kind in ("DOUBLE", "FLOAT", "REAL") or kind.startswith("DECIMAL"):
        # Above 2^53 not every whole number can be told from its neighbour.
        return (
            f"(CASE WHEN NOT isfinite(CAST({cell} AS DOUBLE)) THEN NULL "
            f"WHEN {cell} = trunc({cell}) AND abs({cell}) < 9007199254740992 "
            f"THEN CAST(CAST({cell} AS BIGINT) AS VARCHAR) ELSE CAST({cell} AS VARCHAR) END)"
        )
    if kind == "TIMESTAMP WITH TIME ZONE":
        cell, kind = f"make_timestamp(epoch_us({cell}))", "TIMESTAMP"
    if kind.startswith("TIMESTAMP"):
        return (
            f"(CASE WHEN {cell} = date_trunc('day', {cell}) THEN CAST(CAST({cell} AS DATE) AS "
            f"VARCHAR) ELSE CAST({cell} AS VARCHAR) END)"
        )
    return _trimmed(f"CAST({cell} AS VARCHAR)")


def _trimmed(cell: str) -> str:
    # Trimming every cell of every kind of white space costs a scan of millions of rows a second;
    # comparing the edges first costs nearly nothing.
    clean = " AND ".join(f"NOT ends_with({cell}, {literal(edge)})" for edge in _EDGES)
    return (
        f"(CASE WHEN {cell} >= '!' AND {cell} < {literal(chr(160))} AND {clean} THEN {cell} "
        f"ELSE nullif(trim({cell}, {literal(WHITE)}), '') END)"
    )
