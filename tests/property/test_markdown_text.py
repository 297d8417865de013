"""Whatever a text holds, Markdown shows it as itself."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dmaic.block import Block, Cells, Check, Checks, Fields, Heading, Note, Table, Tree
from dmaic.markdown.blocks import blocks_to_markdown
from dmaic.markdown.escape import code, emphasis, escaped, strong
from dmaic.reports.pandoc import read
from dmaic.text import printable

NASTY = [
    "<script>alert(1)</script>", "[link](javascript:alert(1))", "{{ 7*7 }}", "\\input{x}", "#raw",
    "a|b", "$1.5M and $2", "_snake_case_", "a__b__c", "*x*", "1. a", "1)", "- a", "+", "--- a",
    "===", "# h", "> q", "~~~", "```x```", "`a`", "::: warn", "      indented", "\tTab", "a  ",
    "&amp; &copy; &#65;", "http://a.b", "www.a.b", "a@b.c", "x \"quoted\" -- it's ...", "tail\\",
    "![x](y)", "<!-- x -->", "| a |\n|---|", "~a~ ^b^ [^1]: foo", "[a]: http://x", "@cite (c)",
    "שלום", "漢字", "👩‍👩‍👧", "\u202eevil", "Term\n: def", "{.cls}", "&", "&lt", "é", "1.5",
    ". x", "=",
]  # fmt: skip
TEXTS = st.lists(
    st.one_of(
        st.sampled_from(NASTY),
        st.text("ab1 \\`*_{}[]()#+-=.!|~$<>&@:;/^\"'\n\t%", max_size=12),
        st.text(max_size=12),
    ),
    min_size=1,
    max_size=25,
)
_FENCE = "\n\n~~~\nSEP\n~~~\n\n"


def shown(node: Any) -> str:
    """The text of a part of a tree; markup that was read out of it shows as its name."""
    if isinstance(node, list):
        return "".join(map(shown, node))
    kind, content = node["t"], node.get("c")
    if kind == "Str":
        return str(content)
    if kind in ("Space", "SoftBreak"):
        return " "
    if kind in ("Plain", "Para"):
        return shown(content)
    return f"<{kind} {content}>"


def squeezed(text: str) -> str:
    # Of "5 %" only the space changes, into one at which no line ends. Pandoc composes letters.
    return re.sub("[ \u00a0]+", " ", unicodedata.normalize("NFC", text)).strip(" ")


def parts(pieces: list[str]) -> list[list[Any]]:
    """The blocks of each piece, read in one run."""
    found: list[list[Any]] = [[]]
    for block in read(_FENCE.join(pieces))["blocks"]:
        if block["t"] == "CodeBlock" and block["c"][1] == "SEP":
            found.append([])
        else:
            found[-1].append(block)
    return found


@settings(max_examples=40, deadline=None)
@given(TEXTS)
@example([*NASTY, "\uf900", "e\u0301", "=\u0338", "<\u0338", "\u0338"])
def test_a_text_is_itself_wherever_it_stands(texts: list[str]) -> None:
    pieces, wanted = [], []
    for text in texts:
        if not printable(text).strip():
            continue
        wanted.append(squeezed(printable(text)))
        row = f"| {escaped(text)} | x |"
        pieces += [
            escaped(text),
            f"before {escaped(text)} after",
            f"## {escaped(text)}",
            f"- {escaped(text)}",
            f"> {escaped(text)}",
            f"| a | b |\n| --- | --- |\n{row}",
            strong(text),
            emphasis(text),
        ]
    if not pieces:
        return
    found = parts(pieces)
    assert len(found) == len(pieces)
    for number, want in enumerate(wanted):
        plain, within, head, item, quote, table, bold, slanted = found[8 * number : 8 * number + 8]
        assert [each["t"] for each in plain] == ["Para"], plain
        assert squeezed(shown(plain[0]["c"])) == want
        assert squeezed(shown(within[0]["c"])) == squeezed(f"before {want} after")
        assert squeezed(shown(head[0]["c"][2])) == want
        assert [each["t"] for each in item[0]["c"][0]] == ["Plain"]
        assert squeezed(shown(item[0]["c"][0])) == want
        assert squeezed(shown(quote[0]["c"])) == want
        cells = table[0]["c"][4][0][3][0][1]
        assert squeezed(shown(cells[0][4])) == want
        assert shown(cells[1][4]) == "x"
        assert [each["t"] for each in bold[0]["c"]] == ["Strong"], bold
        assert squeezed(shown(bold[0]["c"][0]["c"])) == want.strip()
        assert [each["t"] for each in slanted[0]["c"]] == ["Emph"], slanted


@settings(max_examples=40, deadline=None)
@given(TEXTS)
@example([*NASTY, "`", "``", "a``b`", " ` ", "\uf900", "e\u0301", "=\u0338"])
def test_a_command_is_itself(texts: list[str]) -> None:
    texts = [text for text in texts if printable(text).strip()]
    if not texts:
        return
    for found, text in zip(parts([f"x {code(text)}" for text in texts]), texts, strict=True):
        (block,) = found
        spans = [each["c"][1] for each in block["c"] if each["t"] == "Code"]
        assert len(spans) == 1
        assert squeezed(spans[0]) == squeezed(printable(text))


def every_text(node: Any) -> list[str]:
    """All texts of a tree, one a block or line."""
    if isinstance(node, list):
        if node and all(isinstance(each, dict) and "t" in each for each in node):
            inline = {"Str", "Space", "SoftBreak", "LineBreak", "Strong", "Code"}
            if {each["t"] for each in node} <= inline:
                return "".join(map(_inline, node)).split("\n")
        return [text for each in node for text in every_text(each)]
    if isinstance(node, dict):
        return [text for each in node.values() for text in every_text(each)]
    return []


def _inline(node: Any) -> str:
    kind, content = node["t"], node.get("c")
    if kind == "Strong":
        return "".join(map(_inline, content))
    if kind == "Code":
        return str(content[1])
    return {"Space": " ", "SoftBreak": " ", "LineBreak": "\n"}.get(kind) or str(content)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(NASTY), min_size=2, max_size=6))
def test_blocks_keep_their_texts_and_stay_apart(texts: list[str]) -> None:
    first, second = texts[0], texts[1]
    blocks: tuple[Block, ...] = (
        Heading(first),
        Note(first, strong=True),
        Fields(tuple((text, text) for text in texts)),
        Checks(tuple(Check("warn", text, detail=second, command="dmaic x") for text in texts)),
        Tree(first, (Tree(second, (Tree(first),)),)),
        Table((Cells(first, tuple(texts)), Cells("b", tuple(texts), right=True))),
    )
    tree = read(blocks_to_markdown(blocks))
    kinds = [block["t"] for block in tree["blocks"]]
    notes = len([line for line in first.split("\n") if line.strip()])
    lists = ["BulletList"] * 3
    assert kinds == ["Header", *["Para"] * notes, *lists, "Table"]
    told = [squeezed(text) for text in every_text(tree["blocks"])]
    for text in texts:
        for line in text.split("\n"):
            assert squeezed(printable(line.strip())) in told
    assert len(tree["blocks"][kinds.index("BulletList")]["c"]) == len(texts)


@pytest.mark.parametrize("text", NASTY)
def test_joined_texts_make_no_markup_either(text: str) -> None:
    half = len(text) // 2
    made = escaped(text[:half]) + escaped(text[half:])
    (block,) = read(made)["blocks"]
    assert block["t"] == "Para"
    assert {each["t"] for each in block["c"]} <= {"Str", "Space", "SoftBreak"}
