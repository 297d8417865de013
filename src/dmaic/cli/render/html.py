"""The notebook face: one small table, without scripts and without outside files."""

from __future__ import annotations

from html import escape

from dmaic.cli.render.view import View, views
from dmaic.reply import Page
from dmaic.result import Reply
from dmaic.text import printable


def to_html(result: Reply) -> str:
    """All views or blocks of a result as an HTML fragment; every text is escaped.

    Args:
        result: any result that has views, or a page.
    """
    if isinstance(result, Page):
        from dmaic.cli.render.blocks_html import blocks_to_html

        return f'<div class="dmaic">{blocks_to_html(result.blocks())}</div>'
    return '<div class="dmaic">' + "".join(_table(view) for view in views(result)) + "</div>"


def _text(text: str) -> str:
    return escape(printable(text))


def _table(view: View) -> str:
    columns = [column for column in view.columns if not column.bar]
    parts = [f'<p style="margin-left:{2 * view.depth}em"><strong>{_text(view.title)}</strong>']
    parts += [f"<br><small>{_text(fact)}</small>" for fact in view.facts]
    parts.append(f'</p><table border="0" style="margin-left:{2 * view.depth}em"><thead><tr>')
    parts += [_cell("th", f"{c.group} {c.title}".strip(), left=c.name) for c in columns]
    parts.append("</tr></thead><tbody>")
    for number, mark in enumerate(view.marks):
        parts.append(_OPEN[mark])
        for column in columns:
            text = column.cells[number]
            style = ""
            if column.name:
                text += " ↕" if number in view.flagged else ""
                style = "font-style:italic" if number in view.blank else ""
            parts.append(_cell("td", text, left=column.name, style=style))
        parts.append("</tr>")
    parts.append("</tbody></table>")
    notes = [*([f"↕ {view.flag}."] if view.flagged else []), *view.notes]
    said = "<br>".join(_text(note) for note in notes)
    if view.verdict:
        said = f"<strong>{_text(view.verdict)}</strong><br>{said}"
    if said:
        parts.append(f'<p style="margin-left:{2 * view.depth}em">{said}</p>')
    return "".join(parts)


_OPEN = {
    "vital": '<tr style="font-weight:bold">',
    "plain": "<tr>",
    "other": '<tr style="opacity:0.7">',
    "total": '<tr style="border-top:1px solid">',
}


def _cell(tag: str, text: str, *, left: bool, style: str = "") -> str:
    align = f"text-align:{'left' if left else 'right'}"
    return f'<{tag} style="{align}{";" + style if style else ""}">{_text(text)}</{tag}>'
