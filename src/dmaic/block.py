"""What a page is made of: fields, tables, trees, checks and sentences, as plain data.

Documents and the replies of a project say what they show as blocks; the terminal, Markdown and the
reports print them. Text in a block is data: every face escapes it in its own way.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Sign = Literal["good", "warn", "bad", "todo", "plain"]
"""How something stands: met, met with a warning, failed, not yet done, or just told."""

SIGNS: dict[Sign, tuple[str, str, str]] = {
    "good": ("✓", "ok", "green"),
    "warn": ("!", "!", "yellow"),
    "bad": ("✗", "X", "bold red"),
    "todo": ("○", "o", "cyan"),
    "plain": ("·", "-", "dim"),
}
"""Sign -> glyph, its ASCII form, style."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A headline.

    Attributes:
        text: the words.
        level: 1 for the page's own title, 2 for a section.
        aside: words behind it that matter less, such as a version and a date.
    """

    text: str
    level: int = 2
    aside: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """A sentence or a paragraph.

    Attributes:
        text: the words; a line break parts paragraphs.
        strong: it is the answer, or matters more than the rest.
    """

    text: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Fields:
    """Labels with their values, one below the other; long values are wrapped.

    Attributes:
        rows: label and value; an empty value is shown as a dash.
    """

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Check:
    """One line of a list that is judged.

    Attributes:
        sign: how it stands.
        text: what it is.
        detail: why it stands so.
        command: what mends it, as it is typed; or empty.
    """

    sign: Sign
    text: str
    detail: str = ""
    command: str = ""


@dataclass(frozen=True, slots=True)
class Checks:
    """A list of judged lines.

    Attributes:
        rows: the lines.
    """

    rows: tuple[Check, ...]


@dataclass(frozen=True, slots=True)
class Cells:
    """One column of a table.

    Attributes:
        title: heading.
        texts: one text a row.
        right: figures, aligned at the right.
        wrap: long texts, broken over lines instead of cut.
        keep: how long the column stays as the width shrinks; the lowest leaves first.
    """

    title: str
    texts: tuple[str, ...]
    right: bool = False
    wrap: bool = False
    keep: int = 100


@dataclass(frozen=True, slots=True)
class Table:
    """A table.

    Attributes:
        columns: all of one length; the first names the rows.
        title: headline, or empty.
        signs: how each row stands, or empty.
        empty: what is said in place of a table without rows.
        whole: no column may be left out; where the width does not do, each row is shown as fields.
    """

    columns: tuple[Cells, ...]
    title: str = ""
    signs: tuple[Sign, ...] = ()
    empty: str = ""
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Tree:
    """A text with branches.

    Attributes:
        text: what stands at the fork.
        branches: what hangs from it.
        sign: how it stands.
    """

    text: str
    branches: tuple[Tree, ...] = ()
    sign: Sign = "plain"


Block = Heading | Note | Fields | Checks | Table | Tree
