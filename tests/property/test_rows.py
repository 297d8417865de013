"""What must not matter: the order of rows, a condition that always holds, how long a file is."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import dmaic
from dmaic.churn import table as churn_table
from dmaic.errors import DmaicError

CELLS = st.tuples(
    st.sampled_from(["Roofers", "Agents", "roofers", "", "[red]", "=1+1", "O'Neil", 'a "b"']),
    st.sampled_from(["Pro", "Basic", ""]),
    st.one_of(st.just(""), st.integers(-500, 99_999).map(lambda cents: f"{cents / 100:.2f}")),
    st.sampled_from(["Yes", "No", "yes", ""]),
    st.sampled_from(["2024-01-15", "2024-02-29", "2024-03-01", ""]),
)
ROWS = st.lists(CELLS, min_size=1, max_size=30)
ASKED: list[dict[str, Any]] = [
    {"by": "segment"},
    {"by": ["segment", "plan"], "measure": "value", "top": 2},
    {"by": "segment", "since": "2024-02"},
    {"by": "mrr:0,10,100", "where": "plan = 'Pro' or mrr > 5"},
    {"by": "plan", "split": "month"},
    {"by": "mrr:tertiles", "drill": "plan"},
]


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("rows") / "export.csv"


def write(path: Path, rows: list[tuple[int, tuple[str, ...]]]) -> None:
    quoted = (
        ",".join([str(number), *('"' + cell.replace('"', '""') + '"' for cell in cells)])
        for number, cells in rows
    )
    header = "id,segment,plan,mrr,churned,churn_date\n"
    path.write_text(header + "\n".join(quoted) + "\n", "utf-8", newline="")


def answer(path: Path, **asked: Any) -> Any:
    """Everything that is said, without where it stands in the file."""
    try:
        return placeless(dmaic.pareto(path, fingerprint=False, **asked).to_dict())
    except DmaicError as error:
        return [{"code": each.code, "message": each.message} for each in error.problems]


def placeless(said: Any) -> Any:
    """The same without the row numbers of findings."""
    if isinstance(said, dict):
        rows = "rows" if "code" in said else ""
        return {name: placeless(each) for name, each in said.items() if name != rows}
    return [placeless(each) for each in said] if isinstance(said, list) else said


def without(said: Any, *names: str) -> Any:
    """The same without these fields, at any depth."""
    if isinstance(said, dict):
        return {name: without(each, *names) for name, each in said.items() if name not in names}
    return [without(each, *names) for each in said] if isinstance(said, list) else said


@settings(max_examples=25)
@given(rows=ROWS, asked=st.sampled_from(ASKED), seed=st.integers(0, 9))
def test_the_order_of_rows_changes_nothing(
    scratch: Path, rows: list[tuple[str, ...]], asked: dict[str, Any], seed: int
) -> None:
    numbered = list(enumerate(rows))
    write(scratch, numbered)
    before = answer(scratch, **asked)
    random.Random(seed).shuffle(numbered)
    write(scratch, numbered)
    assert answer(scratch, **asked) == before


@settings(max_examples=25)
@given(rows=ROWS, asked=st.sampled_from(ASKED))
def test_a_condition_that_always_holds_changes_nothing(
    scratch: Path, rows: list[tuple[str, ...]], asked: dict[str, Any]
) -> None:
    write(scratch, list(enumerate(rows)))
    always = "(id is null or id is not null)"
    given_ = asked.get("where")
    both = f"({given_}) and {always}" if given_ else always
    plain, limited = answer(scratch, **asked), answer(scratch, **{**asked, "where": both})
    if isinstance(plain, dict) or isinstance(limited, dict):
        assert without(limited, "filters") == without(plain, "filters")
    else:
        # The sentence names the filters where there are some.
        assert without(limited, "message") == without(plain, "message")


@settings(max_examples=25)
@given(rows=ROWS, asked=st.sampled_from(ASKED))
def test_long_files_are_answered_as_short_ones(
    scratch: Path, rows: list[tuple[str, ...]], asked: dict[str, Any]
) -> None:
    write(scratch, list(enumerate(rows)))
    short = answer(scratch, **asked)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(churn_table, "HEAD_ROWS", 3)
        long = answer(scratch, **asked)
    # A reading is named by what it was made from: `Yes/No`, or `No/Yes/yes`.
    words = ("inputs", "method", "message")
    assert without(long, *words) == without(short, *words)
