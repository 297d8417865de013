"""Whatever is written, a condition is understood or refused; text never becomes SQL."""

from __future__ import annotations

import duckdb
from hypothesis import given, settings
from hypothesis import strategies as st

from dmaic.churn.column import literal, quote
from dmaic.churn.condition import parse_condition
from dmaic.errors import UsageError

NAMES = ["plan", "mrr", "a b"]
PIECES = st.sampled_from(
    [
        "plan", "mrr", '"a b"', "'x'", '"x"', "1", "-", "2.5", "(", ")", "and", "or", "not", "in",
        "between", "like", "is", "null", "=", "<>", "<", ">=", "+", "/", ",", "lower(", "coalesce(",
        "true", "date", "'2025-01-31'", "select", "from", "case", "when", "end", ";", "--", "/*",
        "*/", "::", "[", "]", "{", "}", "->", "$1", "?", "read_csv(", "*", ".", "'", '"', "\\", "@",
    ]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=12).map(" ".join) | st.text(max_size=60))
def test_understood_or_refused(text: str) -> None:
    codes = {"where.not-a-condition", "where.unknown-column"}
    columns: set[str] = set()
    try:
        columns.update(parse_condition(text, NAMES, lambda name, _: quote(name)).columns)
    except UsageError as error:
        codes.discard(error.code)
        # Exactly one of the two codes was told.
        assert len(codes) == 1
    assert columns <= set(NAMES)


@settings(max_examples=100, deadline=None)
@given(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=40))
def test_text_stays_text(text: str) -> None:
    condition = parse_condition(f"plan = {literal(text)}", NAMES, lambda name, _: quote(name))
    found = duckdb.execute(
        f"SELECT count(*) FROM (SELECT ? AS plan) WHERE {condition.sql}", [text]
    ).fetchone()
    assert found == (1,)


@settings(max_examples=60, deadline=None)
@given(st.floats(allow_nan=False, allow_infinity=False))
def test_numbers_keep_their_value(value: float) -> None:
    condition = parse_condition(f"mrr = {value!r}", NAMES, lambda name, _: quote(name))
    found = duckdb.execute(
        f"SELECT count(*) FROM (SELECT CAST(? AS DOUBLE) AS mrr) WHERE {condition.sql}", [value]
    ).fetchone()
    assert found == (1,)
