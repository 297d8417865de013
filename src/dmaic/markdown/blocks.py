"""Blocks as Markdown."""

from __future__ import annotations

from dmaic.block import SIGNS, Block, Checks, Fields, Heading, Note, Sign, Table, Tree
from dmaic.markdown.escape import code, escaped, paragraph


def blocks_to_markdown(blocks: tuple[Block, ...]) -> str:
    """Blocks as Markdown from top to bottom, with a line end; every text is escaped.

    Args:
        blocks: what is shown.
    """
    return "\n\n".join(part for part in map(_block, blocks) if part) + "\n"


def _block(block: Block) -> str:
    if isinstance(block, Heading):
        aside = f" ({escaped(block.aside)})" if block.aside else ""
        return f"{'#' * (block.level + 1)} {escaped(block.text)}{aside}"
    if isinstance(block, Note):
        parts = [part for part in block.text.split("\n") if part.strip()]
        if block.strong:
            return "\n\n".join(f"**{escaped(part.strip())}**" for part in parts)
        return "\n\n".join(map(paragraph, parts))
    if isinstance(block, Fields):
        return "\n".join(f"- **{escaped(label)}**: {_lines(value)}" for label, value in block.rows)
    if isinstance(block, Checks):
        return "\n".join(
            f"- {_sign(check.sign)}{_lines(check.text)}"
            + (f"<br>{_lines(check.detail)}" if check.detail else "")
            + (f"<br>{code(check.command)}" if check.command else "")
            for check in block.rows
        )
    if isinstance(block, Table):
        return _table(block)
    return "\n".join(_tree(block, 0))


def _lines(text: str) -> str:
    return "<br>".join(escaped(part.strip()) for part in text.split("\n")) or "–"


def _table(block: Table) -> str:
    title = f"### {escaped(block.title)}\n\n" if block.title else ""
    rows = len(block.columns[0].texts) if block.columns else 0
    if not rows:
        return title + paragraph(block.empty or "Nothing.")
    shown = [each for each in block.columns if any(text.strip() for text in each.texts)]
    shown = shown or [block.columns[0]]
    heads = [escaped(each.title) for each in shown]
    rules = ["---:" if each.right else "---" for each in shown]
    lines = [heads, rules]
    for number in range(rows):
        cells = [_lines(each.texts[number]) if each.texts[number].strip() else "" for each in shown]
        if block.signs:
            cells[0] = f"{SIGNS[block.signs[number]][0]} {cells[0]}".rstrip()
        lines.append(cells)
    return title + "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _sign(sign: Sign) -> str:
    return f"{SIGNS[sign][0]} " if sign != "plain" else ""


def _tree(block: Tree, depth: int) -> list[str]:
    lines = [f"{'  ' * depth}- {_sign(block.sign)}{_lines(block.text)}"]
    for branch in block.branches:
        lines += _tree(branch, depth + 1)
    return lines
