"""The Markdown face: tables as GitHub and most wikis show them."""

from __future__ import annotations

from dmaic.cli.render.view import View, views
from dmaic.markdown.escape import escaped
from dmaic.reply import Page
from dmaic.result import Reply


def to_markdown(result: Reply) -> str:
    """All views or blocks of a result as Markdown, with a line end.

    Args:
        result: any result that has views, or a page.
    """
    if isinstance(result, Page):
        from dmaic.markdown.blocks import blocks_to_markdown

        return blocks_to_markdown(result.blocks())
    return "\n".join(_table(view) for view in views(result))


def _table(view: View) -> str:
    columns = [column for column in view.columns if not column.bar]
    grouped = [f"{column.group} {column.title}".strip() for column in columns]
    lines = [f"{'#' * min(6, 2 + view.depth)} {escaped(view.title)}", ""]
    lines += [f"{escaped(fact)}\n" for fact in view.facts]
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
        lines += ["", escaped(note)]
    return "\n".join(lines) + "\n"
