from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import duckdb
import pytest

from dmaic.churn.column import Column, quote
from dmaic.churn.condition_scope import Wanted
from dmaic.churn.dimension import Dimension, dimension_sql, parse_dimension
from dmaic.churn.role import Roles
from dmaic.errors import UsageError

NAMES = ["months", "signup", "left", "Segment", "a:b", "signup:month"]


@dataclass(frozen=True)
class Table:
    """A table that answers as the opened export does."""

    connection: duckdb.DuckDBPyConnection
    roles: Roles = field(default_factory=Roles)

    @property
    def whole(self) -> Table:
        return self

    def select(self, what: str, tail: str = "") -> list[tuple[Any, ...]]:
        return self.connection.execute(f"SELECT {what} FROM t {tail}").fetchall()

    def resolve(self, name: str, wanted: Wanted | None) -> str:
        return f"CAST({quote(name)} AS VARCHAR)" if wanted == "text" else quote(name)

    def labels(self, dimension: Dimension) -> list[str | None]:
        return [label for (label,) in self.select(dimension.sql)]


def numbers(*values: float | None) -> Table:
    connection = duckdb.connect()
    connection.execute("CREATE TABLE t (months DOUBLE)")
    connection.executemany("INSERT INTO t VALUES (?)", [(value,) for value in values])
    return Table(connection)


def dates(*pairs: tuple[str | None, str | None], **roles: str) -> Table:
    connection = duckdb.connect()
    connection.execute('CREATE TABLE t (signup TIMESTAMP, "left" TIMESTAMP)')
    connection.executemany("INSERT INTO t VALUES (?, ?)", pairs)
    return Table(connection, Roles({role: Column(name) for role, name in roles.items()}))


def by(text: str, table: Table) -> Dimension:
    return dimension_sql(parse_dimension(text, NAMES, table.roles), table)


def test_bands_hold_their_lower_edge() -> None:
    table = numbers(-1, 0, 2.99, 3, 11.9, 12, 23, 24, 500, None)
    dimension = by("months:0,3,12,24", table)
    assert dimension.name == "months"
    assert dimension.columns == ("months",)
    assert dimension.order == ("< 0", "0-3", "3-12", "12-24", "24+")
    assert table.labels(dimension) == [
        "< 0", "0-3", "0-3", "3-12", "3-12", "12-24", "12-24", "24+", "24+", None,
    ]  # fmt: skip


def test_bands_below_nought_read_without_doubt() -> None:
    table = numbers(-7, -5, 0, 2.5)
    dimension = by("MONTHS: -5, 0, 2.5", table)
    assert dimension.order == ("< -5", "-5 to 0", "0 to 2.5", "2.5+")
    assert table.labels(dimension) == list(dimension.order)


def test_quartiles_of_whole_numbers() -> None:
    # 1 to 8: type 7 quantiles are 2.75, 4.5, 6.25; the next whole numbers 3, 5, 7 cut alike.
    table = numbers(*range(1, 9), None)
    dimension = by("months:quartiles", table)
    assert dimension.order == ("1-3", "3-5", "5-7", "7+")
    assert table.labels(dimension)[:8] == ["1-3"] * 2 + ["3-5"] * 2 + ["5-7"] * 2 + ["7+"] * 2


def test_tertiles_of_fractions() -> None:
    # 0.5, 1.5, 2.5, 3.5: type 7 quantiles at 1/3 and 2/3 of 3 steps are 1.5 and 2.5.
    table = numbers(0.5, 1.5, 2.5, 3.5)
    assert by("months:tertiles", table).order == ("0.5-1.5", "1.5-2.5", "2.5+")


@pytest.mark.parametrize(("form", "groups"), [("quintiles", 5), ("deciles", 10)])
def test_quantile_groups_are_of_equal_size(form: str, groups: int) -> None:
    table = numbers(*range(100))
    labels = table.labels(by(f"months:{form}", table))
    assert sorted(labels.count(label) for label in set(labels)) == [100 // groups] * groups


def test_ties_merge_and_nothing_gives_nothing() -> None:
    assert by("months:quartiles", numbers(1, 1, 1, 1, 1, 9)).order == ("1+",)
    # Type 7 at 1.25, 2.5 and 3.75 steps from the least: 1, 1 + 4 / 2 = 3, 5 + 4 * 3 / 4 = 8.
    assert by("months:quartiles", numbers(1, 1, 1, 5, 9, 9)).order == ("1-3", "3-8", "8+")
    empty = numbers(None, None)
    assert empty.labels(by("months:quartiles", empty)) == [None, None]


def test_periods() -> None:
    # 2024-12-30 is the Monday of ISO week 1 of 2025 (ISO 8601: the week with the first Thursday).
    table = dates(("2024-12-30", None), ("2025-03-31 23:59", None), (None, None))
    expected = {
        "month": ["2024-12", "2025-03", None],
        "quarter": ["2024-Q4", "2025-Q1", None],
        "year": ["2024", "2025", None],
        "week": ["2025-W01", "2025-W14", None],
        "weekday": ["Monday", "Monday", None],
    }
    for form, labels in expected.items():
        spec = parse_dimension(f"signup:{form}", ["signup"])
        assert table.labels(dimension_sql(spec, table)) == labels
    assert by("signup:weekday", table).order == (
        "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
    )  # fmt: skip


def test_lifecycle_from_tenure() -> None:
    table = numbers(0, 2.9, 3, 11.9, 12, None)
    table = Table(table.connection, Roles({"tenure": Column("months")}))
    dimension = by("Lifecycle", table)
    assert dimension.order == ("early days", "first year", "long term")
    assert table.labels(dimension) == [
        "early days", "early days", "first year", "first year", "long term", None,
    ]  # fmt: skip


def test_lifecycle_from_dates() -> None:
    table = dates(
        ("2025-01-15", "2025-04-14"),  # one day short of three months
        ("2025-01-15", "2025-04-15"),
        ("2024-04-15", "2025-04-15"),
        ("2025-02-15", None),  # stays: two months up to the last date in the rows, 2025-04-20
        ("2024-05-01", "2025-04-20"),
        ("2025-04-15", "2025-04-14"),  # left before the start
        (None, "2025-04-15"),
        signup="signup",
        churned_at="left",
    )
    spec = parse_dimension("lifecycle", NAMES, table.roles)
    assert table.labels(dimension_sql(spec, table)) == [
        "early days", "first year", "long term", "early days", "first year", None, None,
    ]  # fmt: skip
    later = table.labels(dimension_sql(spec, table, as_of="2026-02-15"))
    assert later[3] == "long term"


def test_lifecycle_needs_its_roles() -> None:
    with pytest.raises(UsageError) as caught:
        by("lifecycle", dates(("2025-01-01", None)))
    assert caught.value.code == "usage.lifecycle"
    assert "--tenure" in caught.value.hint


def test_columns_win_over_forms_and_roles() -> None:
    roles = Roles({"segment": Column("a:b"), "tenure": Column("months")})
    assert parse_dimension("a:b", NAMES, roles).form == "value"
    assert parse_dimension("signup:month", NAMES, roles).column == "signup:month"
    assert parse_dimension("segment", NAMES, roles).column == "Segment"
    assert parse_dimension("segment", ["a:b"], roles).column == "a:b"
    assert parse_dimension("tenure:0,6", NAMES, roles).edges == (0, 6)
    assert parse_dimension("lifecycle", ["Lifecycle"], roles).column == "Lifecycle"


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("segmnt", 'Did you mean "Segment"?'),
        ("mnths:quartiles", 'Did you mean "months"?'),
        ("lifecicle", 'Did you mean "lifecycle"?'),
        ("Segment,months", "Give one --by for each: --by Segment --by months."),
    ],
)
def test_unknown_columns(text: str, hint: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_dimension(text, NAMES)
    assert caught.value.code == "usage.unknown-column"
    assert hint in caught.value.hint


@pytest.mark.parametrize(
    "form", ["3,2", "1,1", "", ",", "a,b", "0,nan", "0,inf", "quartile", "0;3", "1e999"]
)
def test_bands_that_are_none(form: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_dimension(f"months:{form}", NAMES)
    assert caught.value.code == "usage.bands"


def test_hostile_names_reach_sql_quoted() -> None:
    connection = duckdb.connect()
    name = 'x"; DROP TABLE t; --'
    connection.execute(f"CREATE TABLE t ({quote(name)} VARCHAR)")
    connection.execute("INSERT INTO t VALUES ('[red]')")
    table = Table(connection)
    dimension = dimension_sql(parse_dimension(name, [name]), table)
    assert table.labels(dimension) == ["[red]"]
