from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from dmaic.churn.clean import month

if TYPE_CHECKING:
    from conftest import MakeRows


def test_no_name_stands_for_two_months() -> None:
    names = Counter(name for names in month.NAMES for name in set(names.split()))
    assert [name for name, count in names.items() if count > 1] == []
    assert len(month.NAMES) == 12


@pytest.mark.parametrize("number", range(1, 13))
def test_every_name_is_read(make_rows: MakeRows, number: int) -> None:
    cells = [f"3 {name} 2025" for name in month.NAMES[number - 1].split()]
    assert {month.pattern_of(cell) for cell in cells} == {0}
    rows = make_rows(cells)
    found = rows.select(month.in_digits_sql(rows.column.sql, 0))
    assert {row[0] for row in found} == {f"3 {number:02} 2025 "}


def test_other_words_are_no_months(make_rows: MakeRows) -> None:
    assert month.pattern_of("3 foo 2025") is None
    rows = make_rows(["3 foo 2025"])
    assert rows.select(month.in_digits_sql(rows.column.sql, 0)) == [(None,)]
