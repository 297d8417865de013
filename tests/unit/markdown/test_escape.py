"""Text is protected where it needs it, and left readable where it does not."""

from __future__ import annotations

import pytest

from dmaic.markdown.escape import code, emphasis, escaped, strong


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("plain text, 1.5 % (n = 3)", "plain text, 1.5 % (n = 3)"),
        ("-5 %", "-5 %"),
        ("1.5M", "1.5M"),
        ("+3", "+3"),
        ("a - b", "a - b"),
        ("- a", r"\- a"),
        ("--- ", r"\--- "),
        ("+ a", r"\+ a"),
        ("1. a", r"1\. a"),
        ("12) a", r"12\) a"),
        ("===", r"\==="),
        ("= 3", "= 3"),
        ("$1.5M", r"\$1.5M"),
        ("_snake_case_", r"\_snake\_case\_"),
        ("<b>", "&lt;b&gt;"),
        ("a@b.example", "a&#64;b.example"),
        ("https://x.example", "https&#58;//x.example"),
        ("&amp;", "&amp;amp;"),
        ("      code", " code"),
        ("hard break  ", "hard break "),
        ("a\nb\tc", "a b c"),
        ("\u202eevil", "\\\\u202eevil"),
    ],
)
def test_a_text_is_escaped_no_more_than_it_must(text: str, wanted: str) -> None:
    assert escaped(text) == wanted


@pytest.mark.parametrize("blank", ["", "  ", "\n"])
def test_nothing_is_not_emphasised(blank: str) -> None:
    assert strong(blank) == ""
    assert emphasis(blank) == ""


def test_marks_stand_close_to_the_text() -> None:
    assert strong(" a*b ") == r"**a\*b**"
    assert emphasis("\u00a0a") == "*a*"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("dmaic x", "`dmaic x`"), ("a`b", "``a`b``"), ("`a`", "`` `a` ``"), ("a``b", "```a``b```")],
)
def test_a_code_span_is_fenced_by_more_than_it_holds(text: str, wanted: str) -> None:
    assert code(text) == wanted
