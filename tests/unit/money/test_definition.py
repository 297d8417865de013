"""Definitions of churn: the built-in files, a person's own, and what is wrong in them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from dmaic.errors import DataError, UsageError
from dmaic.money.definition import DEFAULT, Definition
from dmaic.money.definition_file import (
    BUILT_IN,
    list_definitions,
    load_definition,
    load_definitions,
)
from dmaic.resource import templates_folder


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DMAIC_CONFIG_DIR", str(tmp_path / "config"))
    return tmp_path / "config" / "definitions"


def test_the_built_in_definitions_are_the_files() -> None:
    files = {path.stem for path in (templates_folder() / "definitions").glob("*.yaml")}
    assert files == set(BUILT_IN)
    assert list_definitions() == tuple(sorted(BUILT_IN))
    assert all(load_definition(name).name == name for name in BUILT_IN)


def test_our_own_is_the_default() -> None:
    assert load_definition("dmaic") == DEFAULT == load_definition(None)


@pytest.mark.parametrize("name", [name for name in BUILT_IN if name != "dmaic"])
def test_a_vendors_definition_says_where_it_is_documented(name: str) -> None:
    found = load_definition(name)
    assert found.source.startswith("https://")
    # What the page does not say is named, so that nobody takes our default for the vendor's word.
    assert "our default" in found.notes


# What each vendor's page says, as far as it is one of our fields (the pages are in the files).
DOCUMENTED: dict[str, dict[str, object]] = {
    # Over the active of 30 days ago plus who is new; new and churned in both.
    "stripe": {"denominator": "start-plus-new", "new_and_churned": "counted", "trials": "left-out"},
    # Over the active of 30 days ago; new and churned counted since the "Churn Update".
    "baremetrics": {"denominator": "start", "new_and_churned": "counted"},
    # Lost at the end of the billing cycle; new and churned in one month ignored.
    "profitwell": {"moment": "period-end", "new_and_churned": "left-out", "past_due": "active"},
    # Active at the beginning of the month; until the last subscription expires.
    "recurly": {"denominator": "start", "moment": "last-expiry"},
    # Start of period; expansion and reactivation against the loss.
    "chargify": {"denominator": "start", "offsets": ("expansion", "reactivation")},
    "chartmogul": {
        "denominator": "start",
        "new_and_churned": "left-out",
        "offsets": ("expansion", "reactivation"),
        "free": "counted",
    },
    # "Cancellations within the same month of activation are not included"; expansion MRR has the
    # reactivations in it.
    "chargebee": {
        "denominator": "start",
        "new_and_churned": "left-out",
        "contraction": True,
        "offsets": ("expansion", "reactivation"),
    },
}


@pytest.mark.parametrize("name", DOCUMENTED)
def test_documented_points(name: str) -> None:
    found = load_definition(name).model_dump()
    assert {field: found[field] for field in DOCUMENTED[name]} == DOCUMENTED[name]


@pytest.mark.parametrize(
    "change",
    [
        {"denominator": "start-plus-new"},
        {"moment": "request"},
        {"new_and_churned": "counted"},
        {"past_due": "churned"},
        {"trials": "counted"},
        {"free": "left-out"},
        {"annual": "due"},
        {"contraction": False},
        {"offsets": ()},
    ],
    ids=lambda change: next(iter(change)),
)
def test_the_words_tell_every_field(change: dict[str, Any]) -> None:
    other = Definition(name="dmaic", **change)
    assert len(other.differences(DEFAULT)) == 1
    assert DEFAULT.differences(DEFAULT) == {}


def test_own_definitions_come_before_the_built_in(own_folder: Path, tmp_path: Path) -> None:
    own_folder.mkdir(parents=True)
    (own_folder / "finance.yaml").write_text("name: finance\ndenominator: average\n")
    (own_folder / "stripe.yaml").write_text("name: stripe\ntitle: ours\n")
    assert load_definition("finance").denominator == "average"
    assert load_definition("stripe").title == "ours"
    assert "finance" in list_definitions()
    path = tmp_path / "mine.yml"
    path.write_text("name: mine\n")
    assert load_definition(path).name == "mine"
    assert load_definition(str(path)).name == "mine"


def test_all_of_them_begin_with_our_own() -> None:
    assert [each.name for each in load_definitions("all")] == list(BUILT_IN)
    assert load_definitions("recurly") == (load_definition("recurly"),)
    with pytest.raises(UsageError, match="One definition") as caught:
        load_definition("all")
    assert caught.value.code == "definition.all"


@pytest.mark.parametrize("name", ["strpe", "", "no\0thing", "a b"])
def test_unknown_names_are_told_with_those_there_are(name: str) -> None:
    with pytest.raises(UsageError) as caught:
        load_definition(name)
    assert caught.value.code == "definition.unknown"
    assert "chartmogul" in caught.value.hint
    assert ("Did you mean" in caught.value.hint) == (name == "strpe")


@pytest.mark.parametrize(
    ("text", "code", "line", "message"),
    [
        ("name: x\ndenominator: middle\n", "invalid", 2, "denominator"),
        ("name: x\ndenominater: start\n", "invalid", 2, "no field"),
        ("name: x\noffsets: [expansion, luck]\n", "invalid", 2, "offsets.1"),
        ("name: x\nname: y\n", "yaml", 2, "twice"),
        ("name: &a x\ntitle: *a\n", "yaml", 2, "aliases"),
        ("name: [x\n", "yaml", 2, "not YAML"),
        ("name: !!python/object:os.system x\n", "yaml", 1, "not YAML"),
        ("- a\n", "invalid", 1, "list of fields"),
        ("", "invalid", None, "list of fields"),
    ],
)
def test_errors_name_their_line(
    tmp_path: Path, text: str, code: str, line: int | None, message: str
) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(text)
    with pytest.raises(DataError, match=message) as caught:
        load_definition(path)
    assert caught.value.code == f"definition.{code}"
    assert caught.value.where == f"{path}" + (f", line {line}" if line else "")


def test_all_problems_are_told_in_one_run(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text("name: '../x'\nmoment: later\ntrial: counted\n")
    with pytest.raises(DataError) as caught:
        load_definition(path)
    assert len(caught.value.problems) == 3
    assert any('"trials"' in each.hint for each in caught.value.problems)


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    large = tmp_path / "large.yaml"
    large.write_text("name: x\nnotes: " + "a" * 70_000)
    binary = tmp_path / "binary.yaml"
    binary.write_bytes(b"\xff\xfe\x00")
    for path, code in (
        (large, "size"),
        (binary, "yaml"),
        (tmp_path, "read"),
        (tmp_path / "none.yaml", "read"),
        (f"{tmp_path}/no\0thing.yaml", "read"),
    ):
        with pytest.raises(DataError) as caught:
            load_definition(path)
        assert caught.value.code == f"definition.{code}", path
