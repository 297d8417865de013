"""What every face prints of a page that has all blocks; `UPDATE_GOLDEN=1` renews."""

from __future__ import annotations

import io
from typing import Any

import pytest

from dmaic.block import Block, Cells, Check, Checks, Fields, Heading, Note, Table, Tree
from dmaic.cli.render import print_table, render
from dmaic.cli.render.console import make_console
from dmaic.reply import Page

from .test_golden import check

LONG = (
    "Estimators type the photos of every job into their quoting system a second time, because "
    "there is no exchange format; many give up in the first month."
)


class Sample(Page):
    kind: str = "sample"

    def blocks(self) -> tuple[Block, ...]:
        return (
            Heading("Cut estimator churn", 1, "version 12, 2025-03-01, Dana"),
            Note("Two things block the tollgate.", strong=True),
            Fields(
                (
                    ("Problem", LONG),
                    ("Goal", "2.2 % → 1.4 %\nby 2025-12-31"),
                    ("Nothing here", ""),
                    ("A label that is longer than a label should be", "its value"),
                    ("名前", "中文 is twice as wide"),
                )
            ),
            Heading("What is missing"),
            Checks(
                (
                    Check("good", "The charter is complete."),
                    Check("warn", "A milestone lies after the goal's date.", "M3: 2026-02-01"),
                    Check("bad", LONG, "Nobody has said why.", "dmaic doc set charter by=..."),
                    Check("todo", "<b>Not markup</b> [bold]x[/bold] `x` | =1+1"),
                    Check("plain", "\x1b[31mnot red\x1b[0m \u202etxet"),
                )
            ),
            Table(
                (
                    Cells("Id", ("C1", "C2", "C3"), keep=1000),
                    Cells("Cause", (LONG, "No onboarding", "A | B"), wrap=True, keep=500),
                    Cells("Owner", ("Priya", "Sam", ""), keep=300),
                    Cells("Severity before the action", ("7", "10", ""), right=True, keep=400),
                    Cells("Empty", ("", "", "")),
                    Cells("What is done about it", ("API", LONG, ""), wrap=True, keep=200),
                    Cells("Where it was found", ("exit calls", "tickets", "x"), keep=100),
                ),
                title="Causes",
                signs=("good", "bad", "todo"),
            ),
            Table((Cells("Id", ()),), title="Solutions", empty="Nothing yet."),
            Tree(
                "Estimators leave",
                (
                    Tree("Process", (Tree("Tickets are handled first-come first-served"),)),
                    Tree(LONG, (Tree("No exchange format", sign="good"),)),
                ),
            ),
            Note("A first sentence.\nA second paragraph."),
            Note("1. This is no list, # no headline."),
        )


def printed(width: int, encoding: str = "utf-8", **more: Any) -> str:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding=encoding, newline="\n")
    print_table(Sample(**more), make_console(stream, width, plain=True))
    stream.flush()
    return raw.getvalue().decode(encoding)


@pytest.mark.parametrize("width", [60, 80, 120])
def test_page_in_the_terminal(width: int) -> None:
    from rich.cells import cell_len

    text = printed(width)
    assert max(map(cell_len, text.splitlines())) <= width
    assert all(line == line.rstrip() for line in text.splitlines())
    check(f"page-{width}.txt", text)


def test_page_in_ascii() -> None:
    text = printed(80, "ascii")
    assert text.isascii()
    check("page-ascii.txt", text)


@pytest.mark.parametrize(("format", "ending"), [("md", "md"), ("csv", "csv")])
def test_page_as_text(format: Any, ending: str) -> None:
    text = render(Sample(), format=format)
    assert "\x1b" not in text
    check(f"page.{ending}", text)


def test_page_as_html() -> None:
    text = Sample()._repr_html_()
    assert "<b>" not in text
    check("page.html", text)
