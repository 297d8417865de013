"""The profile of an export as a result."""

from __future__ import annotations

import pandas
import pytest

import dmaic
from dmaic.churn import profile


def columns(result: dmaic.InspectResult) -> dict[str, profile.ColumnProfile]:
    return {column.name: column for column in result.columns}


def test_a_column_is_profiled(write) -> None:
    file = write("id,n,word\n1,10,b\n2,9,a\n3,,b\n4,10,\n")
    found = columns(dmaic.inspect(file))
    n, word = found["n"], found["word"]
    # As numbers 9 comes before 10, as text after it.
    assert (n.filled, n.blank, n.distinct, n.lowest, n.highest) == (3, 1, 2, "9", "10")
    assert (word.lowest, word.highest, word.common[0]) == ("a", "b", "b")


def test_wide_tables_take_several_scans(write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(profile, "AT_ONCE", 3)
    names = [f"c{n}" for n in range(10)]
    file = write(",".join(names) + "\n" + ",".join(str(n) for n in range(10)) + "\n")
    found = columns(dmaic.inspect(file))
    assert list(found) == names
    assert [found[name].lowest for name in names] == [str(n) for n in range(10)]


def test_long_files_are_profiled_by_estimate(write, small_head: int) -> None:
    file = write("id,churned\n" + "".join(f"{n},{'Yes' if n % 2 else 'No'}\n" for n in range(2000)))
    result = dmaic.inspect(file)
    assert result.method["distinct"].startswith("HyperLogLog")
    # DuckDB's estimate; its error is documented as about 2 %, here three times that.
    assert columns(result)["id"].distinct == pytest.approx(2000, rel=0.1)
    assert columns(result)["churned"].distinct == 2
    assert (columns(result)["id"].lowest, columns(result)["id"].highest) == ("0", "1999")


def test_frames_are_profiled_by_their_types() -> None:
    frame = pandas.DataFrame(
        {
            "id": [1, 2, 3],
            "mrr": [1.5, None, 3.0],
            "churned": [True, False, True],
            "churn_date": pandas.to_datetime(["2024-01-31", None, "2024-02-29"]),
        }
    )
    result = dmaic.inspect(frame)
    assert (result.churned, result.value_lost) == (2, 4.5)
    assert columns(result)["mrr"].blank == 1
    assert [(each.first, each.last) for each in result.periods] == [("2024-01-31", "2024-02-29")]


def test_the_result_has_its_faces(write) -> None:
    result = dmaic.inspect(write("id,churned\n1,Yes\n2,No\n"))
    frame = result.to_frame()
    assert list(frame["name"]) == ["id", "churned"]
    assert "churned" in result._repr_html_()
    assert dmaic.InspectResult.model_validate(result.to_dict()) == result
