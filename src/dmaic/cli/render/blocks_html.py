"""Blocks as an HTML fragment, for notebooks."""

from __future__ import annotations

from html import escape

from dmaic.block import SIGNS, Block, Check, Checks, Fields, Heading, Note, Sign, Table, Tree
from dmaic.text import printable

_COLOURS: dict[Sign, str] = {
    "good": "#1a7f37",
    "warn": "#9a6700",
    "bad": "#cf222e",
    "todo": "#0969da",
    "plain": "#6e7781",
}


def blocks_to_html(blocks: tuple[Block, ...]) -> str:
    """Blocks as HTML from top to bottom; every text is escaped.

    Args:
        blocks: what is shown.
    """
    return "".join(map(_block, blocks))


def _block(block: Block) -> str:
    if isinstance(block, Heading):
        aside = f" <small>{_text(block.aside)}</small>" if block.aside else ""
        return f"<h{block.level + 2}>{_text(block.text)}{aside}</h{block.level + 2}>"
    if isinstance(block, Note):
        said = _text(block.text)
        return f"<p><strong>{said}</strong></p>" if block.strong else f"<p>{said}</p>"
    if isinstance(block, Fields):
        rows = "".join(
            f'<tr><th style="{_LEFT}">{_text(label)}</th>'
            f'<td style="{_LEFT}">{_text(value) or "–"}</td></tr>'
            for label, value in block.rows
        )
        return f'<table border="0"><tbody>{rows}</tbody></table>'
    if isinstance(block, Checks):
        return f'<ul style="list-style:none">{"".join(map(_check, block.rows))}</ul>'
    if isinstance(block, Table):
        return _table(block)
    return f"<ul>{_tree(block)}</ul>"


_LEFT = "text-align:left;vertical-align:top"
_RIGHT = "text-align:right;vertical-align:top"


def _text(text: str) -> str:
    return "<br>".join(escape(printable(part)) for part in text.split("\n"))


def _sign(sign: Sign) -> str:
    return f'<span style="color:{_COLOURS[sign]}">{SIGNS[sign][0]}</span> '


def _check(check: Check) -> str:
    detail = f"<br><small>{_text(check.detail)}</small>" if check.detail else ""
    command = f"<br><code>{_text(check.command)}</code>" if check.command else ""
    return f"<li>{_sign(check.sign)}{_text(check.text)}{detail}{command}</li>"


def _table(block: Table) -> str:
    title = f"<h4>{_text(block.title)}</h4>" if block.title else ""
    rows = len(block.columns[0].texts) if block.columns else 0
    if not rows:
        return f"{title}<p><em>{_text(block.empty or 'Nothing.')}</em></p>"
    shown = [each for each in block.columns if any(text.strip() for text in each.texts)]
    shown = shown or [block.columns[0]]
    sides = [_RIGHT if each.right else _LEFT for each in shown]
    head = "".join(
        f'<th style="{side}">{_text(each.title)}</th>'
        for each, side in zip(shown, sides, strict=True)
    )
    body = ""
    for number in range(rows):
        sign = _sign(block.signs[number]) if block.signs else ""
        cells = [_text(each.texts[number]) for each in shown]
        cells[0] = sign + cells[0]
        body += "<tr>" + "".join(
            f'<td style="{side}">{cell}</td>' for cell, side in zip(cells, sides, strict=True)
        )
        body += "</tr>"
    return f'{title}<table border="0"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'


def _tree(block: Tree) -> str:
    sign = _sign(block.sign) if block.sign != "plain" else ""
    below = "".join(map(_tree, block.branches))
    return f"<li>{sign}{_text(block.text)}{f'<ul>{below}</ul>' if below else ''}</li>"
