"""What pandoc reads of a layout is made harmless before anything is made of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from dmaic.errors import DmaicError
from dmaic.reports.pandoc import read, write


def kinds(tree: Any) -> Iterator[str]:
    if isinstance(tree, list):
        for each in tree:
            yield from kinds(each)
    elif isinstance(tree, dict):
        if "t" in tree:
            yield tree["t"]
        for each in tree.values():
            yield from kinds(each)


@pytest.mark.parametrize(
    "markdown",
    [
        "<script>alert(1)</script>",
        "a <b onclick=alert(1)>b</b> c",
        "<!-- x -->",
        "<div>\n\n*x*\n\n</div>",
        "<?php x ?>",
        "<![CDATA[x]]>",
        "```{=html}\n<script>\n```",
        "`<script>`{=html}",
        "\\input{/etc/passwd}",
        "$x^2$ $$y$$",
        "::: warn\nx\n:::",
        "{{ 7*7 }}",
        "---\ntitle: x\n---",
    ],
)
def test_nothing_raw_is_left(markdown: str) -> None:
    tree = read(markdown)
    assert not {"RawInline", "RawBlock", "Math", "Div"} & set(kinds(tree))
    html = write(tree, "html5").decode().split("<body>")[-1]
    assert "<script>alert" not in html
    assert "onclick=" not in html.replace("&lt;b onclick=", "")
    assert tree["meta"] == {}


@pytest.mark.parametrize(
    ("address", "is_link"),
    [
        ("https://dmaic.example", True),
        ("http://dmaic.example", True),
        ("mailto:a@dmaic.example", True),
        ("#place", True),
        ("javascript:alert(1)", False),
        ("JaVaScRiPt:alert(1)", False),
        ("&#106;avascript:alert(1)", False),
        ("data:text/html,x", False),
        ("file:///etc/passwd", False),
        ("//dmaic.example", False),
        ("../secret", False),
        ("vbscript:x", False),
    ],
)
def test_a_link_leads_to_a_page_or_a_place(address: str, is_link: bool) -> None:
    tree = read(f"[text]({address})")
    assert ("Link" in set(kinds(tree))) == is_link
    assert b"text" in write(tree, "plain")


@pytest.mark.parametrize(
    ("address", "is_picture"),
    [
        ("figures/pareto.svg", True),
        ("figures/../../secret.svg", False),
        ("https://dmaic.example/x.png", False),
        ("/etc/passwd", False),
        ("figures/x.png", False),
        ("data:image/svg+xml,x", False),
    ],
)
def test_a_picture_is_a_figure_of_the_report(address: str, is_picture: bool) -> None:
    tree = read(f"![words]({address})")
    assert ("Image" in set(kinds(tree))) == is_picture
    assert b"words" in write(tree, "plain")


def test_a_break_is_a_break() -> None:
    tree = read("| a |\n| --- |\n| x<br>y<BR/>z |")
    assert [each for each in kinds(tree) if each == "LineBreak"] == ["LineBreak"] * 2


@pytest.mark.parametrize("deep", [">" * 3000 + " x", "- " * 2000 + "x"])
def test_what_is_nested_too_deeply_is_told(deep: str) -> None:
    with pytest.raises(DmaicError) as caught:
        read(deep)
    assert caught.value.code == "report.pandoc"
    assert "nested" in caught.value.message


def test_brackets_in_a_text_are_no_levels() -> None:
    tree = read("\\[" * 5000 + '"{\\\\"')
    assert set(kinds(tree)) == {"Para", "Str"}


def test_pandoc_is_not_waited_for_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dmaic.reports.pandoc._PATIENCE", 0.5)
    with pytest.raises(DmaicError) as caught:
        read("[a]: b\n" * 20_000 + "[a]" * 20_000)
    assert caught.value.code == "report.pandoc"
    assert "longer than" in caught.value.message
