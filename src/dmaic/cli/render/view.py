"""A table as people see it: formatted cells, marks and words, before any face prints it.

Each kind of result makes its views once (`dmaic.cli.render.<kind>.views`); the terminal, Markdown
and HTML faces print them. Text in a view is data: every face escapes it in its own way.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Literal

from dmaic.result import Reply

Mark = Literal["vital", "plain", "other", "total"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a view.

    Attributes:
        title: heading.
        cells: one text a row.
        short: the same, in less room; empty where there is no shorter form.
        short_title: heading above the shorter form.
        group: heading above the headings of neighbouring columns, or empty.
        keep: how long the column stays as the width shrinks; the lowest leaves first.
        name: holds names: left-aligned, and may be cut.
        bar: lengths, fractions of one, where the column is a bar; its cells are empty.
    """

    title: str
    cells: tuple[str, ...] = ()
    short: tuple[str, ...] = ()
    short_title: str = ""
    group: str = ""
    keep: int = 0
    name: bool = False
    bar: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class View:
    """One table with what stands above and below it.

    Attributes:
        title: the headline.
        facts: lines under the headline.
        columns: the columns.
        marks: what kind of row each one is.
        blank: rows whose name stands for blank cells.
        flagged: rows to flag after the name; `flag` says what that means.
        flag: meaning of the flag.
        vital: meaning of the mark for the vital few.
        rule: number of rows above the rule, or None; `rule_text` stands in it.
        rule_text: words in the rule.
        verdict: the answer in a sentence or two, under the table.
        notes: further sentences under the table.
        depth: how deep the view is nested under another.
    """

    title: str
    columns: tuple[Column, ...]
    marks: tuple[Mark, ...]
    facts: tuple[str, ...] = ()
    blank: frozenset[int] = frozenset()
    flagged: frozenset[int] = frozenset()
    flag: str = ""
    vital: str = ""
    rule: int | None = None
    rule_text: str = ""
    verdict: str = ""
    notes: tuple[str, ...] = ()
    depth: int = 0


def views(result: Reply) -> tuple[View, ...]:
    """The views of a result, made by the module that is named after its kind.

    Args:
        result: any result.
    """
    name = f"dmaic.cli.render.{result.kind.replace('-', '_')}"
    make: Callable[[Reply], tuple[View, ...]] = import_module(name).views
    return make(result)
