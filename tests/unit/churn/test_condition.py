from __future__ import annotations

import duckdb
import pytest

from dmaic.churn.condition import LONGEST, parse_condition
from dmaic.churn.condition_scope import Wanted
from dmaic.errors import AmbiguousError, DataError, DmaicError, UsageError

# id, plan, mrr, status, signup_date, churned, a column with a space, one that is a word of SQL
ROWS = [
    (1, "Pro", 25.0, "active", "2025-01-31 10:00", False, "x", "month"),
    (2, "Pro", 15.0, "canceled", "2025-02-01", True, "y", "year"),
    (3, "Basic", 100.0, "unpaid", "2024-12-31", True, "it's", "month"),
    (4, None, None, "canceled", None, None, None, None),
    (5, "pro", 0.0, "Canceled", "2025-01-31", False, "x", "month"),
]
KINDS: dict[str, Wanted] = {
    "id": "number", "plan": "text", "mrr": "number", "status": "text", "signup_date": "date",
    "churned": "flag", "a b": "text", "interval": "text",
}  # fmt: skip


def resolve(name: str, wanted: Wanted | None) -> str:
    if wanted == "text" or wanted is None:
        return f'CAST("{name}" AS VARCHAR)'
    if KINDS[name] != wanted:
        raise DataError(f"{name} is no {wanted}", code="read.kind")
    return f'"{name}"'


def parse(text: str, **more: object) -> str:
    return parse_condition(text, list(KINDS), resolve, **more).sql  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def rows() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    connection.execute(
        "CREATE TABLE t (id DOUBLE, plan VARCHAR, mrr DOUBLE, status VARCHAR,"
        ' signup_date TIMESTAMP, churned BOOLEAN, "a b" VARCHAR, "interval" VARCHAR)'
    )
    connection.executemany("INSERT INTO t VALUES (?, ?, ?, ?, ?, ?, ?, ?)", ROWS)
    return connection


# Each list of ids is read off ROWS by hand.
CONDITIONS = [
    ("plan = 'Pro' and mrr > 20", [1]),
    ("plan = 'Pro' or mrr >= 100", [1, 2, 3]),
    ("not plan = 'Pro'", [3, 5]),
    ("plan <> 'Pro'", [3, 5]),
    ("plan != 'Pro' and (mrr < 50 or mrr > 90)", [3, 5]),
    ("PLAN = Pro", [1, 2]),
    ('"plan" = "Pro"', [1, 2]),
    ("status in (canceled, unpaid)", [2, 3, 4]),
    ("status not in ('canceled', 'unpaid')", [1, 5]),
    ("lower(status) in (canceled)", [2, 4, 5]),
    ("\"a b\" = 'it''s'", [3]),
    ("interval = 'month'", [1, 3, 5]),
    ("plan is null", [4]),
    ("plan is not null and mrr is not null", [1, 2, 3, 5]),
    ("mrr between 15 and 25", [1, 2]),
    ("mrr not between 15 and 25", [3, 5]),
    ("mrr in (15, 100.0)", [2, 3]),
    ("mrr = -15 or mrr = 2.5e1", [1]),
    ("mrr > '9'", [1, 2, 3]),
    ("mrr * 2 - 10 > 100 / 4 + 1", [1, 3]),
    ("100 / mrr > 1", [1, 2]),
    ("abs(0 - mrr) = 15", [2]),
    ("round(mrr / 7, 1) = 3.6", [1]),
    ("coalesce(mrr, -1) < 0", [4]),
    ("coalesce(plan, 'none') = 'none'", [4]),
    ("length(plan) = 5", [3]),
    ("upper(trim(plan)) = 'PRO'", [1, 2, 5]),
    ("plan like 'P%'", [1, 2]),
    ("plan ilike 'p%'", [1, 2, 5]),
    ("plan not like 'P%'", [3, 5]),
    ("signup_date = '2025-01-31'", [1, 5]),
    ("signup_date <= '2025-01-31'", [1, 3, 5]),
    ("signup_date > date '2025-01-31'", [2]),
    ("signup_date >= '2025-01-31 10:00'", [1, 2]),
    ("signup_date between '2025-01-01' and '2025-01-31'", [1, 5]),
    ("signup_date in ('2024-12-31', '2025-02-01')", [2, 3]),
    ("year(signup_date) = 2025 and month(signup_date) = 1", [1, 5]),
    ("quarter(signup_date) = 4", [3]),
    ("churned", [2, 3]),
    ("not churned", [1, 5]),
    ("churned = true", [2, 3]),
    ("churned is false", [1, 5]),
    ("true", [1, 2, 3, 4, 5]),
    ("mrr > id", [1, 2, 3]),
    ("status = plan", []),
]


@pytest.mark.parametrize(("text", "expected"), CONDITIONS)
def test_selects_the_rows_meant(
    rows: duckdb.DuckDBPyConnection, text: str, expected: list[int]
) -> None:
    found = rows.execute(f"SELECT id FROM t WHERE {parse(text)} ORDER BY id").fetchall()
    assert [row[0] for row in found] == expected


def test_words_columns_and_roles() -> None:
    condition = parse_condition(
        "Tier = Pro and (MRR > 020 or \"a b\" in (x, 'y'))",
        list(KINDS),
        resolve,
        roles={"tier": "plan"},
    )
    assert condition.words == "plan = 'Pro' and (mrr > 20 or \"a b\" in ('x', 'y'))"
    assert condition.columns == ("plan", "mrr", "a b")


HOSTILE = [
    "", "   ", ";", "plan = 'x'; DROP TABLE t", "plan = 'x';", "plan = 'x' -- rest",
    "plan /* x */ = 'x'", "mrr > (SELECT 1)", "mrr IN (SELECT mrr FROM t)", "EXISTS (SELECT 1)",
    "plan = 'x' UNION SELECT 1", "SELECT 1", "read_csv('/etc/passwd')",
    "read_text('/etc/passwd') = 'x'", "plan IN (SELECT content FROM read_text('/etc/passwd'))",
    "getenv('HOME') = 'x'", "current_setting('home_directory') = 'x'", "COPY t TO 'x'",
    "INSTALL httpfs", "ATTACH 'x'", "PRAGMA version", "count(*) > 1", "sum(mrr) > 1",
    "row_number() OVER () = 1", "plan::BLOB = 'x'", "CAST(mrr AS INTEGER) = 1",
    "TRY_CAST(mrr AS INTEGER) = 1", "x -> x", "lambda x: x", "list_filter([1], x -> x > 0)",
    "plan[1] = 'P'", "{'a': 1}.a = 1", "unnest([1]) = 1", "*", "COLUMNS('.*') = 1", "plan = $1",
    "plan = ?", "plan = :p", "CASE WHEN true THEN true END", "IF(true, true, false)",
    "plan SIMILAR TO 'x'", "plan ~ 'x'", "plan GLOB 'x'", "plan || 'a' = 'x'", "mrr % 2 = 1",
    "mrr // 2 = 1", "(plan, mrr) IN (('a', 1))", "plan LIKE 'a' ESCAPE '!'", "plan LIKE mrr",
    "trim(BOTH 'x' FROM plan) = 'y'", "plan COLLATE nocase = 'x'", "mrr > ANY (SELECT 1)",
    "INTERVAL '1' DAY > 3", "current_date > signup_date", "now() > signup_date",
    "mrr AT TIME ZONE 'UTC' = 1", "mrr IS DISTINCT FROM 1", "random() > 0.5",
    "regexp_matches(plan, '(a+)+$')", "repeat(plan, 1000000000) = 'x'", "plan = E'x'",
    "plan = $$x$$", "mrr = 1e400", "mrr = 0x10", "round(mrr, 99) = 1", "round(mrr, mrr) = 1",
    "mrr < 1 < 2", "(mrr > 1) = true", "1", "'x'", "NULL", "NOT", "AND", "plan =", "(plan = 'x'",
    "plan in ()", "plan in (mrr)", "plan = Closed Lost", "date '2025-02-30' = signup_date",
    "lower(plan, 'x') = 'y'", "lower(mrr) = 1", "coalesce(lower(plan), 1) = 'x'",
    "signup_date > '31.01.2025'", "mrr > 'x'", "plan = 'a\0b'", "f('x').g = 1", "a.b.c.d.e = 1",
    "plan = 'x' LIMIT 1", "plan = 'x' ORDER BY 1", "getvariable('x') = 'y'",
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_refuses_what_is_no_condition(text: str, capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(UsageError) as caught:
        parse(text)
    assert caught.value.code == "where.not-a-condition"
    assert caught.value.hint
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    "text",
    [
        "(" * 5_000 + "mrr" + ")" * 5_000,
        "not " * 4_000 + "churned",
        "mrr = " + "- " * 4_000 + "1",
        "mrr = " + "-(" * 3_000 + "1" + ")" * 3_000,
        "lower(" * 2_000 + "plan" + ")" * 2_000,
        "mrr" + "+1" * 5_000 + " = 1",
        "mrr = " * 3_000 + "1",
        "case when " * 1_500,
        "if " * 3_000,
        "plan = '" + "x" * 100_000 + "'",
        " and ".join(["mrr = 1"] * 10_000),
    ],
    ids=range(11),
)
def test_refuses_what_no_person_writes(text: str, capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(UsageError) as caught:
        parse(text)
    assert caught.value.code == "where.not-a-condition"
    assert len(caught.value.where) < 200
    assert capfd.readouterr() == ("", "")


def test_takes_long_flat_conditions(rows: duckdb.DuckDBPyConnection) -> None:
    chain = " or ".join(f"id = {number}" for number in range(1_500))
    many = f"id in ({', '.join(str(number) for number in range(3_000))})"
    for text in (chain, many):
        assert len(text) <= LONGEST
        assert len(rows.execute(f"SELECT id FROM t WHERE {parse(text)}").fetchall()) == 5


@pytest.mark.parametrize("text", ["plam = 'x'", "mrr > plam", '"plam" = 1', "plam", "plan.x = 1"])
def test_tells_which_column_was_meant(text: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse(text, option="--churned-when")
    assert caught.value.code == "where.unknown-column"
    assert caught.value.message.startswith("--churned-when names")
    assert '"plan"' in caught.value.hint


def test_a_name_that_fits_two_columns_is_not_guessed() -> None:
    names = ["Plan", "plan"]
    exact = parse_condition("\"Plan\" = 'x'", names, lambda name, _: f"<{name}>")
    assert exact.columns == ("Plan",)
    with pytest.raises(UsageError, match="fits"):
        parse_condition("PLAN = 'x'", names, lambda name, _: name)


@pytest.mark.parametrize("name", ['a"b', "a'b", "x;y", "--", "\x1b[31m", "read_csv", "a.b"])
def test_hostile_column_names(name: str) -> None:
    quoted = '"' + name.replace('"', '""') + '"'
    condition = parse_condition(f"{quoted} = 'v'", [name], lambda each, _: quoted)
    assert condition.sql == f"({quoted} = 'v')"
    assert condition.columns == (name,)


def test_errors_of_the_column_pass_through() -> None:
    def ambiguous(name: str, wanted: Wanted | None) -> str:
        raise AmbiguousError("two readings", code="read.ambiguous")

    with pytest.raises(AmbiguousError):
        parse_condition("d > '2025-01-31'", ["d"], ambiguous)
    with pytest.raises(DmaicError, match="is no number"):
        parse("plan > 3")


def test_an_operator_without_its_value_is_refused() -> None:
    with pytest.raises(UsageError) as caught:
        parse_condition("@ = plan", ["plan"], lambda name, _: name)
    assert caught.value.code == "where.not-a-condition"
