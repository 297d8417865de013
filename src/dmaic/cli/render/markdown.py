"""The Markdown face: tables as GitHub and most wikis show them."""

from __future__ import annotations

import re

from dmaic.cli.render.view import View, views
from dmaic.reply import Page
from dmaic.result import Reply
from dmaic.text import printable

_PUNCTUATION = re.compile(r"([\\`*_{}\[\]#|~$!])")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "@": "&#64;", "://": "&#58;//",
             "www.": "www&#46;"}  # fmt: skip
_ENTITY = re.compile("|".join(re.escape(text) for text in _ENTITIES))
_LEADING = re.compile(r"^(\d*)([-+=.)])")


def escaped(text: str) -> str:
    """Text that shows as itself in Markdown: no markup, HTML, link, mention or formula.

    Args:
        text: any text.
    """
    # Entities first: their # and & must not be escaped a second time.
    parts = re.split(f"({_ENTITY.pattern})", printable(text))
    return "".join(_ENTITIES.get(part) or _PUNCTUATION.sub(r"\\\1", part) for part in parts)


def to_markdown(result: Reply) -> str:
    """All views or blocks of a result as Markdown, with a line end.

    Args:
        result: any result that has views, or a page.
    """
    if isinstance(result, Page):
        from dmaic.cli.render.blocks_markdown import blocks_to_markdown

        return blocks_to_markdown(result.blocks())
    return "\n".join(_table(view) for view in views(result))


def _table(view: View) -> str:
    columns = [column for column in view.columns if not column.bar]
    grouped = [f"{column.group} {column.title}".strip() for column in columns]
    lines = [f"{'#' * min(6, 2 + view.depth)} {escaped(view.title)}", ""]
    lines += [f"{paragraph(fact)}\n" for fact in view.facts]
    lines.append("| " + " | ".join(escaped(heading) for heading in grouped) + " |")
    lines.append("| " + " | ".join("---" if c.name else "---:" for c in columns) + " |")
    for number, mark in enumerate(view.marks):
        cells = []
        for column in columns:
            text = escaped(column.cells[number])
            if column.name and number in view.blank:
                text = f"*{text}*"
            if column.name and number in view.flagged:
                text += " ↕"
            strong = mark in ("vital", "total") and column.name
            cells.append(f"**{text}**" if strong else text)
        lines.append("| " + " | ".join(cells) + " |")
    legend = []
    if view.vital and "vital" in view.marks:
        legend.append(f"**bold**: {escaped(view.vital)}")
    if view.flagged:
        legend.append(f"↕ {escaped(view.flag)}")
    if legend:
        lines += ["", "; ".join(legend)]
    if view.verdict:
        lines += ["", f"**{escaped(view.verdict)}**"]
    for note in view.notes:
        lines += ["", paragraph(note)]
    return "\n".join(lines) + "\n"


def paragraph(text: str) -> str:
    """Text that shows as itself at the beginning of a line: no list and no headline.

    Args:
        text: one paragraph.
    """
    return _LEADING.sub(r"\1\\\2", escaped(text))
