"""`dmaic gage`: answers, faces and refusals."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

import dmaic

from .conftest import Run

SAMPLE = Path(__file__).parents[2] / "sample_data" / "call_times.csv"
COLUMNS = ("--part", "part", "--operator", "who", "--value", "value")
HEAD = "part,who,value\n"
Export = Callable[..., Path]


def rows(cells: Iterable[tuple[object, object, object]]) -> str:
    return HEAD + "".join(f"{part},{who},{value}\n" for part, who, value in cells)


BALANCED = rows(
    (p, o, p + n / 10 + k) for p in (1, 5, 9) for n, o in enumerate("AB") for k in (0, 1)
)


def test_the_sample_can_be_timed(run: Run) -> None:
    ran = run("gage", SAMPLE, "--part", "call", "--operator", "person", "--value", "minutes",
              "--json")  # fmt: skip
    result = ran.json["result"]
    assert result["trials"] == 2
    assert len(result["cells"]) == 30
    assert result["gage_share"] == pytest.approx(0.1229, abs=5e-5)
    assert result["gage_share_low"] < result["gage_share"] < result["gage_share_high"]
    assert result["tolerance_share"] is None
    assert [each["name"] for each in result["components"]][:2] == ["gage", "repeatability"]
    contributions = {each["name"]: each["contribution"] for each in result["components"]}
    assert contributions["gage"] + contributions["part"] == pytest.approx(1)
    # Parts are in the order in which people count them.
    assert result["parts"][1:3] == ["Call 2", "Call 3"]
    assert result["parts"][-1] == "Call 10"


def test_both_ways_are_in_the_csv(run: Run, export: Export) -> None:
    out = run("gage", export(BALANCED), *COLUMNS, "--tolerance", "8", "--format", "csv").out
    lines = out.splitlines()
    assert lines[0].startswith("way,name,variance")
    assert [line.split(",")[0] for line in lines[1:]] == ["anova"] * 7 + ["ranges"] * 7


def test_a_tolerance_of_eight_takes_six_standard_deviations(run: Run, export: Export) -> None:
    path = export(BALANCED)
    first = run("gage", path, *COLUMNS, "--tolerance", "8", "--json").json["result"]
    gage = first["components"][0]
    assert gage["tolerance_share"] == pytest.approx(6 * gage["deviation"] / 8)
    older = run("gage", path, *COLUMNS, "--tolerance", "8", "--sigmas", "5.15", "--json")
    share = older.json["result"]["components"][0]["tolerance_share"]
    assert share == pytest.approx(gage["tolerance_share"] * 5.15 / 6)


def test_what_is_missing_is_named(run: Run, export: Export) -> None:
    cells = [(p, o, p + k) for p in (1, 2, 3) for o in "AB" for k in (0, 1)]
    cells.remove((2, "B", 3))
    ran = run("gage", export(rows([*cells, (3, "A", 7)])), *COLUMNS)
    assert ran.status == 1
    assert "gage.unbalanced" in ran.err
    assert "2 by B (1 of 2); 3 by A (3 of 2)" in ran.err


@pytest.mark.parametrize(
    ("text", "options", "status", "code"),
    [
        (rows((p, "A", p + k) for p in (1, 2) for k in (0, 1)), (), 1, "gage.too-few"),
        (rows((1, o, k) for o in "AB" for k in (0, 1)), (), 1, "gage.too-few"),
        (rows((p, o, p) for p in (1, 2) for o in "AB"), (), 1, "gage.one-trial"),
        (rows((p, o, 5) for p in (1, 2) for o in "AB" for _ in "12"), (), 1, "gage.no-variation"),
        (rows((p, o, f"{p}e200") for p in (1, 2) for o in "AB" for _ in "12"), (), 1,
         "gage.too-large"),
        (rows((p, o, "abc") for p in (1, 2) for o in "AB" for _ in "12"), (), 1,
         "read.not-a-number"),
        (HEAD, (), 1, "read.no-rows"),
        ("", (), 1, "read.empty-file"),
        (BALANCED, ("--tolerance", "0"), 2, "usage.bounds"),
        (BALANCED, ("--tolerance", "nan"), 2, "usage.bounds"),
        (BALANCED, ("--alpha", "200%"), 2, "usage.share"),
        (BALANCED, ("--sigmas", "0"), 2, "usage.bounds"),
        (BALANCED, ("--draws", "5"), 2, "usage.bounds"),
        (BALANCED, ("--part", "parts"), 2, "usage.unknown-column"),
        (BALANCED, ("--where", "part > 100"), 1, "cells.no-rows"),
    ],
)  # fmt: skip
def test_what_cannot_be_answered_is_refused(
    run: Run, export: Export, text: str, options: tuple[str, ...], status: int, code: str
) -> None:
    ran = run("gage", export(text), *COLUMNS, *options, "--json")
    assert ran.status == status
    assert ran.json["error"]["code"] == code


def test_blank_measurements_are_missing_ones(run: Run, export: Export) -> None:
    ran = run("gage", export(BALANCED.replace("5,A,6.0", "5,A,")), *COLUMNS)
    assert ran.status == 1
    assert "5 by A (1 of 2)" in ran.err


def test_figures_that_repeat_exactly_have_no_intervals(run: Run, export: Export) -> None:
    cells = ((p, o, p) for p in (1, 2, 3) for o in "AB" for _ in "12")
    ran = run("gage", export(rows(cells)), *COLUMNS, "--json")
    assert ran.status == 0
    assert "no-repeat-variation" in ran.codes
    result = ran.json["result"]
    assert result["gage_share"] == 0
    assert result["gage_share_high"] is None
    assert result["categories"] is None
    assert result["grade"] == "conditional"
    assert "cannot be told" in result["verdict"]


def test_from_python_with_a_frame() -> None:
    import pandas as pd

    frame = pd.DataFrame(
        [(f"p{p}", o, float(p + k)) for p in range(4) for o in "AB" for k in (0, 1)],
        columns=["part", "operator", "value"],
    )
    result = dmaic.gage(frame, part="part", operator="operator", value="value")
    assert result.operators == ("A", "B")
    assert len(result.to_frame()) == 14
