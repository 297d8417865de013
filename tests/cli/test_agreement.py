"""`dmaic agreement`: answers, faces and refusals."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import dmaic

from .conftest import Run

SAMPLE = Path(__file__).parents[2] / "sample_data" / "reason_codes.csv"
LONG = ("--item", "item", "--rater", "rater", "--code", "code")
Export = Callable[..., Path]


@pytest.fixture
def fifty(export: Export) -> Path:
    """Both say yes to 20 of 50, Ann alone to 5, Bo alone to 10, neither to 15: kappa 0.40."""
    pairs = [("yes", "yes")] * 20 + [("yes", "no")] * 5 + [("no", "yes")] * 10 + [("no", "no")] * 15
    rows = [f"{at},{who},{code}" for at, pair in enumerate(pairs)
            for who, code in zip(("Ann", "Bo"), pair, strict=True)]  # fmt: skip
    return export("item,rater,code\n" + "\n".join(rows) + "\n")


def test_two_raters_of_fifty_items(run: Run, fifty: Path) -> None:
    ran = run("agreement", fifty, *LONG, "--json")
    result = ran.json["result"]
    assert result["kappa"] == 0.4
    assert result["percent_agreement"] == 0.7
    assert result["raters"] == ["Ann", "Bo"]
    assert result["statistic"] == "cohen"
    assert result["confusion"]["codes"] == ["no", "yes"]
    assert result["confusion"]["counts"] == [[15, 10], [5, 20]]
    (mixed,) = result["mixed_up"]
    assert (mixed["first"], mixed["second"], mixed["items"]) == ("no", "yes", 15)
    shown = run("agreement", fifty, *LONG).out
    assert "Cohen's kappa is 0.40 (95 % interval 0.15 to 0.65), 70.00 %" in " ".join(shown.split())


def test_a_column_a_rater_says_the_same(run: Run, export: Export, fifty: Path) -> None:
    pairs = ["yes,yes"] * 20 + ["yes,no"] * 5 + ["no,yes"] * 10 + ["no,no"] * 15
    wide = export("ann,bo\n" + "\n".join(pairs) + "\n", "wide.csv")
    long = run("agreement", fifty, *LONG, "--json").json["result"]
    found = run("agreement", wide, "--rater", "ann", "--rater", "bo", "--json").json["result"]
    for name in ("kappa", "kappa_low", "percent_agreement", "mixed_up", "krippendorff"):
        assert found[name] == long[name]


def test_the_sample_names_the_groups_that_are_mixed_up(run: Run) -> None:
    ran = run("agreement", SAMPLE, "--item", "answer", "--rater", "coder",
              "--code", "reason_group", "--json")  # fmt: skip
    first = ran.json["result"]["mixed_up"][0]
    assert {first["first"], first["second"]} == {"Easy to switch", "Expectations unmet"}
    assert ran.json["result"]["items"] == 60


def test_ten_items_that_all_agree_on_are_not_enough(run: Run, export: Export) -> None:
    rows = "".join(f"{at},{who},{'ab'[at % 2]}\n" for at in range(10) for who in "AB")
    ran = run("agreement", export("item,rater,code\n" + rows), *LONG, "--json")
    result = ran.json["result"]
    assert result["kappa"] == 1
    assert result["grade"] == "undecided"
    assert result["kappa_low"] < 0.5
    assert "few-items" in ran.codes


def test_a_standard_and_repeats(run: Run, export: Export) -> None:
    text = "item,rater,code,truth\n" + "".join(
        f"{at},{who},{code},{truth}\n"
        for at, truth in enumerate("xxyy")
        for who in ("A", "B")
        for code in (truth, "x" if at == 3 and who == "B" else truth)
    )
    result = run(
        "agreement", export(text), *LONG, "--standard", "truth", "--json"
    ).json["result"]  # fmt: skip
    found = {(each["sort"], each["first"]): each for each in result["comparisons"]}
    assert result["repeated"] is True
    assert result["cohen"] is None
    assert found["within", "A"]["agreed"] == 4
    assert found["within", "B"]["agreed"] == 3
    assert found["standard", "B"]["agreed"] == 3
    assert found["all-standard", ""]["agreed"] == 3
    assert found["standard", "A"]["kappa"] == 1
    assert found["standard", "A"]["kappa_low"] is None


def test_codings_that_lack_are_told_and_taken_in_by_alpha(run: Run, export: Export) -> None:
    rows = "".join(
        f"{at},{who},{'xy'[at % 2]}\n" for at in range(40) for who in "ABC" if at > 9 or who != "C"
    )
    ran = run("agreement", export("item,rater,code\n" + rows), *LONG, "--json")
    result = ran.json["result"]
    assert "uneven-codings" in ran.codes
    assert result["statistic"] == "krippendorff"
    assert result["krippendorff"]["items"] == 40
    assert result["fleiss"]["items"] == 30


def test_from_python_with_a_frame() -> None:
    import pandas as pd

    frame = pd.DataFrame({"a": ["x", "y"] * 20, "b": ["x", "y"] * 19 + ["y", "y"]})
    result = dmaic.agreement(frame, rater=["a", "b"])
    assert result.raters == ("a", "b")
    assert list(result.to_frame()["sort"]) == ["between", "pair"]
    assert result.to_frame()["agreed"].tolist() == [39, 39]


@pytest.mark.parametrize(
    ("text", "options", "status", "code"),
    [
        ("item,rater,code\n1,A,x\n", LONG, 1, "agreement.one-rater"),
        ("item,rater,code\n1,A,x\n2,B,x\n", LONG, 1, "agreement.no-pairs"),
        ("item,rater,code\n1,A,\n2,B,\n", LONG, 1, "agreement.nothing"),
        ("item,rater,code\n", LONG, 1, "read.no-rows"),
        ("", LONG, 1, "read.empty-file"),
        ("item,rater,code\n1,A,x\n1,B,x\n", ("--item", "item"), 2, "agreement.rater"),
        ("item,rater,code\n1,A,x\n1,B,x\n", ("--rater", "rater"), 2, "agreement.rater"),
        ("item,rater,code\n1,A,x\n1,B,x\n", LONG[2:], 2, "agreement.rater"),
        ("item,rater,code\n1,A,x\n1,B,x\n", (*LONG, "--rater", "item"), 2, "agreement.rater"),
        ("a,b\nx,x\n", ("--rater", "a", "--rater", "A"), 2, "agreement.rater"),
        ("item,rater,code\n1,A,x\n1,B,y\n", (*LONG, "--order", "x"), 2, "agreement.order"),
        ("item,rater,code\n1,A,x\n1,B,x\n", (*LONG, "--weights", "linear"), 2, "agreement.order"),
        ("item,rater,code\n1,A,x\n1,B,x\n", (*LONG, "--draws", "0"), 2, "usage.bounds"),
        ("item,rater,code\n1,A,x\n1,B,x\n", (*LONG, "--code", "cod"), 2, "usage.unknown-column"),
        ("item,rater,code,s\n1,A,x,x\n1,B,x,y\n", (*LONG, "--standard", "s"), 1,
         "agreement.standard"),
        ("item,rater,code\n" + "".join(f"{n},{r},c{n}\n" for n in range(201) for r in "AB"), LONG,
         1, "agreement.too-many-codes"),
    ],
)  # fmt: skip
def test_what_cannot_be_answered_is_refused(
    run: Run, export: Export, text: str, options: tuple[str, ...], status: int, code: str
) -> None:
    ran = run("agreement", export(text), *options, "--json")
    assert ran.status == status
    assert ran.json["error"]["code"] == code


def test_one_code_is_no_agreement_beyond_chance(run: Run, export: Export) -> None:
    rows = "".join(f"{at},{who},x\n" for at in range(20) for who in "AB")
    ran = run("agreement", export("item,rater,code\n" + rows), *LONG, "--json")
    assert ran.status == 0
    assert ran.json["result"]["kappa"] is None
    assert ran.json["result"]["percent_agreement"] == 1


def test_hostile_codes_are_shown_harmless(run: Run, export: Export) -> None:
    rows = "".join(
        f"{at},{who},{code}\n"
        for at in range(4)
        for who, code in (("=1+1", "\x1b[31mred"), ("B\u202e", "<script>"))
    )
    path = export("item,rater,code\n" + rows)
    shown = run("agreement", path, *LONG).out
    assert "\x1b" not in shown
    assert "\u202e" not in shown
    assert "'=1+1" in run("agreement", path, *LONG, "--format", "csv").out
