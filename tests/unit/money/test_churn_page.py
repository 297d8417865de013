"""The page about churn says of each definition what its file says."""

from __future__ import annotations

from pathlib import Path

from dmaic.money.definition import Definition
from dmaic.money.definition_file import load_definitions

PAGE = Path(__file__).parents[3] / "docs" / "churn.md"


def line(each: Definition) -> str:
    told = dict(each.told())
    cells = (
        f"`{each.name}`",
        told["Over what"],
        told["Lost on"],
        each.new_and_churned.replace("-", " "),
        each.free.replace("-", " "),
        " and ".join(each.offsets) or "nothing",
        f"[page]({each.source})" if each.source else "our own",
    )
    return "| " + " | ".join(cells) + " |"


def test_the_table_of_definitions_is_that_of_the_files() -> None:
    text = PAGE.read_text("utf-8")
    for definition in load_definitions("all"):
        assert line(definition) in text


def test_every_field_of_a_definition_is_explained() -> None:
    text = PAGE.read_text("utf-8")
    for field in Definition.model_fields:
        assert f"`{field}`" in text
