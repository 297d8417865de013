"""`dmaic test`: what it chooses, what it says, and what it refuses."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from .conftest import Run

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "sample_data" / "churn_export.csv"


def customers(seed: int = 1, rows: int = 240) -> str:
    """A small export in which Pro churns twice as much, and the lost have fewer seats."""
    draw = random.Random(seed)
    lines = ["customer_id,plan,region,churned,seats,mrr"]
    for at in range(rows):
        plan = draw.choice(["Pro", "Basic"])
        lost = draw.random() < (0.6 if plan == "Pro" else 0.3)
        seats = round(draw.gauss(30 if lost else 40, 8))
        region = draw.choice(["North", "South", ""])
        mrr = round(draw.lognormvariate(3, 1.6), 2)
        lines.append(f"C{at},{plan},{region},{'Yes' if lost else 'No'},{seats},{mrr}")
    return "\n".join(lines) + "\n"


def test_the_size_of_the_difference_comes_before_the_p_value(run: Run) -> None:
    out = run("test", SAMPLE, "--churned-by", "segment", "-q").out
    assert out.index("Cramer's V     ") < out.index("Statistic ")
    sentence = out.split("\n\n")[1]
    assert sentence.index("Cramer's V") < sentence.index("p < 0.001")
    assert "need not cause it" in out


def test_the_group_that_most_clearly_differs_is_not_called_the_highest(run: Run) -> None:
    # 40.20 % of the 296 students are lost, 39.85 % of the 4,966 estimators.
    told = " ".join(run("test", SAMPLE, "--churned-by", "segment", "-q").out.split())
    assert 'most clearly above the others in "Auto body estimators" (39.85 %)' in told
    assert 'lowest in "Property managers" (8.28 %)' in told
    told = " ".join(run("test", SAMPLE, "--churned-by", "plan", "-q").out.split())
    assert 'highest in "Starter" (22.68 %), lowest in "Business" (17.88 %)' in told


def test_the_names_of_the_json(run: Run) -> None:
    result = run("test", SAMPLE, "--churned-by", "plan", "--json").json["result"]
    assert result["test"] == "chi-square"
    assert set(result["effect"]) >= {"name", "value", "low", "high"}
    assert result["statistic"] > 0
    assert result["df"] == 2
    assert 0 <= result["p_value"] <= 1
    assert [group["name"] for group in result["tests"][0]["groups"]] == [
        "Business", "Pro", "Starter",
    ]  # fmt: skip


def test_several_columns_are_adjusted_for_each_other(run: Run) -> None:
    asked = ["--churned-by", "region", "--churned-by", "segment", "--churned-by", "seats"]
    result = run("test", SAMPLE, *asked, "--json").json["result"]
    assert [each["column"] for each in result["tests"]] == ["region", "segment", "seats"]
    assert result["test"] == result["tests"][0]["test"]
    for each in result["tests"]:
        assert each["adjusted"] == each["holm"] >= each["p_value"]
    other = run("test", SAMPLE, *asked, "--adjust", "benjamini-hochberg", "--json").json["result"]
    for each in other["tests"]:
        assert each["adjusted"] == each["benjamini_hochberg"]
    assert [each["verdict"] for each in result["tests"]] == ["alike", "differ", "differ"]


def test_the_kind_of_column_chooses_the_test(run: Run, export: Callable[..., Path]) -> None:
    file = export(customers())

    def test_of(*asked: str) -> tuple[str, str]:
        result = run("test", file, *asked, "--json").json["result"]
        return result["test"], result["tests"][0]["why"]

    assert test_of("--churned-by", "plan")[0] == "chi-square"
    assert test_of("--churned-by", "seats")[0] == "welch"
    # Heavily skewed: Cochran's rule asks for more than there are.
    name, why = test_of("--churned-by", "mrr")
    assert name == "mann-whitney"
    assert "Cochran's rule" in why
    assert test_of("--churned-by", "plan", "--where", "seats < 25")[0] == "fisher"
    assert test_of("--measure", "seats", "--by", "plan")[0] == "welch"
    assert test_of("--churned-by", "seats", "--order", "0-29,30-39,40+")[0] == "cochran-armitage"
    assert test_of("--churned-by", "seats:quartiles")[0] == "chi-square"


def test_a_method_is_forced(run: Run, export: Callable[..., Path]) -> None:
    file = export(customers())
    for method in ("mann-whitney", "welch", "kruskal-wallis"):
        result = run("test", file, "--churned-by", "seats", "--method", method, "--json").json
        assert result["result"]["test"] == method
        assert result["result"]["tests"][0]["why"] == "it was asked for"
    forced = run("test", file, "--churned-by", "plan", "--method", "fisher", "--json").json
    assert forced["result"]["statistic"] is None
    assert forced["result"]["p_value"] < 0.001


def test_too_few_are_never_called_no_difference(run: Run, export: Callable[..., Path]) -> None:
    file = export("group,churned\n" + "a,yes\na,no\nb,no\nb,yes\na,no\n" * 3)
    ran = run("test", file, "--churned-by", "group", "--json")
    result = ran.json["result"]
    assert result["verdict"] == "unclear"
    assert "too few to rule out" in result["sentence"]
    assert result["tests"][0]["enough"] > 15
    many = export("group,churned\n" + "a,yes\na,no\nb,no\nb,yes\n" * 20_000)
    result = run("test", many, "--churned-by", "group", "--json").json["result"]
    assert result["verdict"] == "alike"
    assert "too little to matter" in result["sentence"]


def test_blank_cells_are_left_out_and_told(run: Run, export: Callable[..., Path]) -> None:
    ran = run("test", export(customers()), "--churned-by", "region", "--json")
    (tested,) = ran.json["result"]["tests"]
    assert [group["name"] for group in tested["groups"]] == ["North", "South"]
    assert tested["left_out"] == 240 - sum(group["count"] for group in tested["groups"])
    assert "blank-cells" in ran.codes
    assert "blank-categories" not in ran.codes


def test_bands_hold_what_they_say(run: Run, export: Callable[..., Path]) -> None:
    seats = [1, 1, 2, 5, 5, 6, 7, 12, 13, 40]
    lines = [f"{n},{'yes' if at % 2 else 'no'}" for at, n in enumerate(seats * 4)]
    file = export("seats,churned\n" + "\n".join(lines) + "\n")

    def counts(order: str) -> dict[str, int]:
        ran = run("test", file, "--churned-by", "seats", "--order", order, "--json")
        return {group["name"]: group["count"] for group in ran.json["result"]["tests"][0]["groups"]}

    assert counts("1,2-5,6+") == {"1": 8, "2-5": 12, "6+": 20}
    assert counts("<2,2-5,6-12") == {"<2": 8, "2-5": 12, "6-12": 12}
    # A band that ends where the next begins does not hold its end.
    assert counts("0-5,5-12") == {"0-5": 12, "5-12": 20}


def test_a_trend_is_told_by_groups_unless_they_have_scores(run: Run) -> None:
    asked = ("test", SAMPLE, "--churned-by", "seats", "--order", "1,2-5,6+", "-q")
    assert "from each group to the next" in " ".join(run(*asked).out.split())
    scored = " ".join(run(*asked, "--scores", "1,3.5,8").out.split())
    assert "for each step of the score" in scored


def test_groups_stand_in_the_order_named(run: Run) -> None:
    asked = ("--churned-by", "plan", "--order", "Starter,Pro,Business", "--json")
    (tested,) = run("test", SAMPLE, *asked).json["result"]["tests"]
    assert [(group["name"], group["score"]) for group in tested["groups"]] == [
        ("Starter", 1), ("Pro", 2), ("Business", 3),
    ]  # fmt: skip
    assert tested["statistic"] < 0
    assert tested["departure"]["df"] == 1


def test_the_rate_over_time(run: Run) -> None:
    result = run("test", SAMPLE, "--over", "quarter", "--json").json["result"]
    assert [group["name"] for group in result["tests"][0]["groups"]] == [
        f"2024-Q{quarter}" for quarter in (1, 2, 3, 4)
    ]
    assert result["df"] == 3
    assert result["unit"] == "customer-quarters"
    trend = run("test", SAMPLE, "--over", "month", "--ordered", "--json").json["result"]
    assert trend["test"] == "cochran-armitage"


def test_a_finished_table(run: Run, export: Callable[..., Path]) -> None:
    file = export("group,lost,customers\nfirst,56,70\nsecond,40,70\nsecond,8,10\n")
    asked = ("--churned-by", "group", "--count", "lost", "--size", "customers", "--json")
    result = run("test", file, *asked).json["result"]
    # Newcombe (1998), Table II: rows of one group are added.
    assert result["effect"]["low"] == pytest.approx(0.0524, abs=5e-5)
    assert result["effect"]["high"] == pytest.approx(0.3339, abs=5e-5)


def test_a_column_that_cannot_be_tested_does_not_stop_the_others(run: Run) -> None:
    ran = run("test", SAMPLE, "--churned-by", "currency", "--churned-by", "plan", "--json")
    assert [each["column"] for each in ran.json["result"]["tests"]] == ["plan"]
    assert "not-tested" in ran.codes


@pytest.mark.parametrize(
    ("asked", "code", "status"),
    [
        ((), "usage.test", 2),
        (("--churned-by", "plan", "--over", "month"), "usage.test", 2),
        (("--measure", "seats"), "usage.test", 2),
        (("--churned-by", "plan", "--count", "seats"), "usage.test", 2),
        (("--churned-by", "plan", "--ordered", "--method", "welch"), "usage.test", 2),
        (("--measure", "seats", "--by", "plan", "--ordered"), "usage.test", 2),
        (("--churned-by", "plan", "--churned-by", "seats", "--order", "1,2"), "usage.test", 2),
        (("--churned-by", ""), "usage.empty", 2),
        (("--churned-by", "nothing"), "usage.unknown-column", 2),
        (("--churned-by", "churned"), "usage.by-churned", 2),
        (("--churned-by", "customer_id"), "test.identifier", 2),
        (("--churned-by", "plan", "--ordered"), "test.order", 2),
        (("--churned-by", "plan", "--order", "Pro,Gold"), "test.order", 2),
        (("--churned-by", "plan", "--order", "Pro,Pro"), "test.order", 2),
        (("--churned-by", "seats", "--order", "1-5,9-12"), "test.order", 2),
        (("--churned-by", "seats", "--order", "6+,1-5"), "test.order", 2),
        (("--churned-by", "seats", "--order", "5-1,2-3"), "test.order", 2),
        (("--churned-by", "plan", "--order", "Pro,Basic", "--scores", "1,1"), "test.scores", 2),
        (("--churned-by", "plan", "--order", "Pro,Basic", "--scores", "1"), "test.scores", 2),
        (("--churned-by", "plan", "--order", "Pro,Basic", "--scores", "one,2"), "test.scores", 2),
        (("--churned-by", "plan", "--method", "welch"), "read.not-a-number", 1),
        (("--churned-by", "plan", "--where", "plan = 'Pro'"), "test.impossible", 1),
        (("--churned-by", "plan", "--where", "churned = 'Yes'"), "test.one-outcome", 1),
        (("--churned-by", "plan", "--where", "churned = 'No'"), "finding.no-churn", 1),
        (("--churned-by", "plan", "--where", "seats > 1000"), "pareto.no-rows", 1),
        (("--measure", "seats", "--by", "plan", "--where", "seats > 1000"), "test.no-rows", 1),
        (("--measure", "seats", "--by", "seats"), "usage.test", 2),
        (("--measure", "plan", "--by", "seats"), "read.not-a-number", 1),
        (("--measure", "seats", "--by", "plan", "--where", "seats = 33"), "test.impossible", 1),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused(
    run: Run, export: Callable[..., Path], asked: tuple[str, ...], code: str, status: int
) -> None:
    ran = run("test", export(customers()), *asked, "--json")
    assert ran.json["error"]["code"] == code
    assert ran.status == status


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("g,lost,n\na,5,3\nb,1,2\n", "more are lost"),
        ("g,lost,n\na,1.5,3\nb,1,2\n", "whole numbers"),
        ("g,lost,n\na,-1,3\nb,1,2\n", "below zero"),
    ],
)
def test_counts_that_are_none(
    run: Run, export: Callable[..., Path], text: str, problem: str
) -> None:
    ran = run("test", export(text), "--churned-by", "g", "--count", "lost", "--size", "n", "--json")
    assert ran.json["error"]["code"] == "test.counts"
    assert problem in ran.json["error"]["message"]


def test_bands_of_age_are_no_groups(run: Run, export: Callable[..., Path]) -> None:
    file = export("id,churned,tenure\n" + "".join(f"{i},{i % 2},{i % 40}\n" for i in range(80)))
    ran = run("test", file, "--churned-by", "tenure:0,12,24", "--json")
    assert ran.json["error"]["code"] == "test.time"
    # As a number it is compared, and the reader is warned.
    assert "band-of-time" in run("test", file, "--churned-by", "tenure", "--json").codes


def test_numbers_too_large_for_their_squares_are_refused(
    run: Run, export: Callable[..., Path]
) -> None:
    lines = [f"{i}e{i % 7 * 40},{'yes' if i % 3 else 'no'}" for i in range(1, 60)]
    ran = run("test", export("v,churned\n" + "\n".join(lines)), "--churned-by", "v", "--json")
    assert ran.json["error"]["code"] == "pareto.amount-range"


@pytest.mark.parametrize(
    "asked",
    [
        ("--churned-by", "plan"),
        ("--churned-by", "seats", "--order", "0-29,30-39,40+"),
        ("--measure", "seats", "--by", "region"),
        ("--churned-by", "plan", "--churned-by", "seats", "--churned-by", "region"),
    ],
)
def test_the_chart(
    run: Run, export: Callable[..., Path], tmp_path: Path, asked: tuple[str, ...]
) -> None:
    picture = tmp_path / "test.svg"
    assert run("test", export(customers()), *asked, "--chart", picture, "-q").status == 0
    assert picture.read_text().startswith("<?xml")


def test_the_workbook_holds_tests_and_groups(
    run: Run, export: Callable[..., Path], tmp_path: Path
) -> None:
    import openpyxl

    book = tmp_path / "test.xlsx"
    run("test", export(customers()), "--churned-by", "plan", "-o", book, "-q")
    sheets = openpyxl.load_workbook(book)
    assert sheets.sheetnames[:2] == ["Test", "Groups"]
    assert sheets["Groups"].max_row == 3


def test_names_from_a_file_are_text(run: Run, export: Callable[..., Path]) -> None:
    names = ["=cmd()", "$x^2$", "\x1b[31mred", "a'; DROP TABLE x;--"]
    draw = random.Random(2)
    lines = [f'"{draw.choice(names)}",{draw.choice(["yes", "no"])}' for _ in range(200)]
    ran = run("test", export("g,churned\n" + "\n".join(lines) + "\n"), "--churned-by", "g", "-q")
    assert ran.status == 0
    assert "\x1b" not in ran.out
    assert "\\x1b[31mred" in ran.out


def test_it_is_evidence_of_a_project(run: Run, mini: Path) -> None:
    run("data", "add", SAMPLE, "--name", "base")
    ran = run("test", "--churned-by", "plan", "--json")
    assert ran.status == 0
    listed: list[dict[str, Any]] = json.loads(run("analysis", "list", "--json").out)["result"][
        "items"
    ]
    assert any("Test" in str(each) for each in listed)


def test_columns_that_make_too_many_groups_together_are_counted_apart(
    run: Run, export: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = export(customers())
    asked = ("test", file, "--churned-by", "plan", "--churned-by", "region", "--json")
    together = run(*asked).json
    monkeypatch.setattr("dmaic.churn.tally.MOST_GROUPS", 7)
    apart = run(*asked).json
    assert apart["result"]["tests"] == together["result"]["tests"]
    assert apart["findings"] == together["findings"]
