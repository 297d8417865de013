from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from dmaic.churn.clean.text import category

if TYPE_CHECKING:
    from conftest import MakeRows


@pytest.mark.parametrize(
    ("kind", "cells", "texts"),
    [
        ("VARCHAR", [" SMB ", "", "  ", "\u00a0", "\t\n", None], ["SMB"] + [None] * 5),
        ("VARCHAR", ["SMB\u00a0", "\ufeffSMB", "S\tM", "B\n"], ["SMB", "SMB", "S\tM", "B"]),
        ("VARCHAR", ["n/a", "None", "-", "é", "=1+1"], ["n/a", "None", "-", "é", "=1+1"]),
        ("DOUBLE", [5.0, 2.5, -3.0, float("nan"), None], ["5", "2.5", "-3", None, None]),
        ("DOUBLE", [1e20], ["1e+20"]),
        ("DECIMAL(10,2)", [Decimal("5.00"), Decimal("2.50")], ["5", "2.50"]),
        ("INTEGER", [5, None], ["5", None]),
        ("BOOLEAN", [True, False], ["true", "false"]),
        ("DATE", [date(2025, 12, 31)], ["2025-12-31"]),
        ("TIMESTAMP", [datetime(2025, 12, 31), datetime(2025, 12, 31, 9, 5)],
         ["2025-12-31", "2025-12-31 09:05:00"]),
        ("TIMESTAMP WITH TIME ZONE", ["2025-12-31 02:00:00+02"], ["2025-12-31"]),
        ("ENUM('a', 'b')", ["a", None], ["a", None]),
    ],
)  # fmt: skip
def test_categories(
    make_rows: MakeRows, kind: str, cells: list[Any], texts: list[str | None]
) -> None:
    rows = make_rows(cells, kind)
    assert [text for (text,) in rows.select(category(rows.column))] == texts
