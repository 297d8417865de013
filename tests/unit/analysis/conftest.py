"""Random customers, and the same questions answered in plain Python."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from hypothesis import strategies as st


@dataclass(frozen=True)
class Customer:
    """One customer.

    Attributes:
        begun: sign-up date, or None where the export does not tell.
        left: churn date; None where there is none.
        lost: the flag; who is lost may lack a date, who stays has none.
    """

    segment: str
    begun: date | None
    left: date | None
    lost: bool
    cents: int

    def was_there(self, first: date, last: date) -> bool:
        """Whether the customer was at risk in these days, both included."""
        if self.left_in(first, last):
            return True  # even where the file says that they came later
        if self.lost and (self.left is None or self.left < first):
            return False
        return self.begun is None or self.begun <= last

    def left_in(self, first: date, last: date) -> bool:
        return self.lost and self.left is not None and first <= self.left <= last

    @property
    def row(self) -> str:
        money = f"{self.cents // 100}.{self.cents % 100:02}"
        lost = "Yes" if self.lost else "No"
        return f"{self.segment},{self.begun or ''},{self.left or ''},{lost},{money}"


DAYS = st.dates(date(2024, 1, 1), date(2024, 6, 30))
STAYING = st.builds(
    Customer,
    st.sampled_from("ABC"),
    st.none() | DAYS,
    st.none(),
    st.just(False),
    st.integers(0, 9999),
)
LOST = st.builds(
    Customer,
    st.sampled_from("ABC"),
    st.none() | DAYS,
    st.none() | DAYS,
    st.just(True),
    st.integers(0, 9999),
)
CUSTOMERS = st.lists(STAYING | LOST, min_size=1, max_size=25)


def to_csv(customers: Sequence[Customer]) -> str:
    rows = (f"{number},{each.row}" for number, each in enumerate(customers, start=1))
    return "id,segment,signup_date,churn_date,churned,mrr\n" + "\n".join(rows) + "\n"


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file that every example of a property writes anew."""
    return tmp_path_factory.mktemp("customers") / "export.csv"
