"""Blocks as Markdown: each its own, with every text in it."""

from __future__ import annotations

from dmaic.block import Cells, Check, Checks, Fields, Heading, Note, Table, Tree
from dmaic.markdown.blocks import blocks_to_markdown


def test_lists_behind_each_other_stay_apart() -> None:
    fields = Fields((("Goal", "1.4 %"),))
    checks = Checks((Check("good", "met"),))
    tree = Tree("top", (Tree("branch"),))
    made = blocks_to_markdown((fields, checks, tree, Note("then"), checks))
    assert made == ("- **Goal**: 1.4 %\n\n* ✓ met\n\n- top\n  - branch\n\nthen\n\n- ✓ met\n")


def test_lines_of_a_value_stay_lines_also_in_a_cell() -> None:
    made = blocks_to_markdown(
        (
            Fields((("Why", "one\ntwo"), ("What", ""))),
            Table((Cells("A", ("x\ny|z", "")), Cells("B", ("1", "2"), right=True))),
        )
    )
    assert made == (
        "- **Why**: one<br>two\n- **What**: –\n\n"
        "| A | B |\n| --- | ---: |\n| x<br>y\\|z | 1 |\n|  | 2 |\n"
    )


def test_a_check_tells_reason_and_command() -> None:
    made = blocks_to_markdown((Checks((Check("bad", "late", "by 3 days", "dmaic action list"),)),))
    assert made == "- ✗ late<br>by 3 days<br>`dmaic action list`\n"


def test_a_strong_note_is_strong_in_each_of_its_paragraphs() -> None:
    assert blocks_to_markdown((Note("a\n\n b ", strong=True),)) == "**a**\n\n**b**\n"


def test_headings_have_their_level_and_what_stands_beside() -> None:
    made = blocks_to_markdown((Heading("Top", 1), Heading("1. Part", 2, "v2")))
    assert made == "## Top\n\n### 1\\. Part (v2)\n"


def test_an_empty_table_says_so() -> None:
    assert blocks_to_markdown((Table((Cells("A", ()),), title="T", empty="- none"),)) == (
        "### T\n\n\\- none\n"
    )
