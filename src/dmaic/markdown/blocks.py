"""Blocks as Markdown."""

from __future__ import annotations

from dmaic.block import SIGNS, Block, Checks, Fields, Heading, Note, Sign, Table, Tree
from dmaic.markdown.escape import code, escaped, strong


def blocks_to_markdown(blocks: tuple[Block, ...]) -> str:
    """Blocks as Markdown from top to bottom, with a line end; every text is escaped.

    Args:
        blocks: what is shown.
    """
    parts, mark = [], _MARKS[0]
    before: Block | None = None
    for block in blocks:
        # A list right behind a list would be read as its continuation.
        listed = isinstance(block, _LISTS) and isinstance(before, _LISTS)
        mark = _MARKS[mark == _MARKS[0]] if listed else _MARKS[0]
        made = _block(block, mark)
        if made:
            parts.append(made)
            before = block
    return "\n\n".join(parts) + "\n"


_LISTS = (Fields, Checks, Tree)
_MARKS = ("-", "*")


def _block(block: Block, mark: str) -> str:
    if isinstance(block, Heading):
        aside = f" ({escaped(block.aside)})" if block.aside else ""
        return f"{'#' * (block.level + 1)} {escaped(block.text)}{aside}"
    if isinstance(block, Note):
        parts = [part for part in block.text.split("\n") if part.strip()]
        return "\n\n".join(map(strong if block.strong else escaped, parts))
    if isinstance(block, Fields):
        rows = (f"{mark} {strong(label)}: {_lines(value)}" for label, value in block.rows)
        return "\n".join(rows)
    if isinstance(block, Checks):
        return "\n".join(
            f"{mark} {_sign(check.sign)}{_lines(check.text)}"
            + (f"<br>{_lines(check.detail)}" if check.detail else "")
            + (f"<br>{code(check.command)}" if check.command else "")
            for check in block.rows
        )
    if isinstance(block, Table):
        return _table(block)
    return "\n".join(_tree(block, 0, mark))


def _lines(text: str) -> str:
    return "<br>".join(escaped(part.strip()) for part in text.split("\n")) or "–"


def _table(block: Table) -> str:
    title = f"### {escaped(block.title)}\n\n" if block.title else ""
    rows = len(block.columns[0].texts) if block.columns else 0
    if not rows:
        return title + escaped(block.empty or "Nothing.")
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


def _tree(block: Tree, depth: int, mark: str) -> list[str]:
    lines = [f"{'  ' * depth}{mark} {_sign(block.sign)}{_lines(block.text)}"]
    for branch in block.branches:
        lines += _tree(branch, depth + 1, mark)
    return lines
