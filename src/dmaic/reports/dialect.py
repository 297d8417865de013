"""What every writer reads from pandoc's tree: words, captions, and signs that judge."""

from __future__ import annotations

from typing import Any

Node = dict[str, Any]
Nodes = list[Node]

_SPACES = {"Space": " ", "SoftBreak": " ", "LineBreak": "\n"}

MARKS = {"✓": "Good", "!": "Warning", "✗": "Bad", "○": "Open"}
"""Sign at the beginning of a line that is judged -> what it says."""


def text_of(nodes: Any) -> str:  # noqa: ANN401  any part of a tree
    """The text of inlines or blocks, without its looks; blocks stand on lines of their own.

    Args:
        nodes: part of a tree.
    """
    if isinstance(nodes, list):
        parts = [text_of(each) for each in nodes]
        blocks = any(isinstance(each, dict) and each.get("t") in _BLOCKS for each in nodes)
        return ("\n" if blocks else "").join(parts)
    if not isinstance(nodes, dict):
        return ""
    kind = nodes.get("t")
    content: Any = nodes.get("c")
    if kind in _SPACES:
        return _SPACES[kind]
    if kind == "Str":
        return str(content)
    if kind in ("Code", "CodeBlock", "Link", "Image", "Span", "Div", "Header", "Quoted"):
        inner = content[-2] if kind in ("Link", "Image") else content[-1]
        return inner if isinstance(inner, str) else text_of(inner)
    if kind in ("OrderedList", "Figure"):
        return text_of(content[-1])
    if kind in ("RawInline", "RawBlock"):
        return ""
    return text_of(content)


_BLOCKS = ("Para", "Plain", "BulletList", "OrderedList", "Div", "CodeBlock", "BlockQuote")


def is_caption(block: Node, after: Node) -> bool:
    """A paragraph that is emphasised as a whole and stands before a table.

    Args:
        block: perhaps the caption.
        after: what follows it.
    """
    if block["t"] != "Para" or after.get("t") != "Table":
        return False
    return len(block["c"]) == 1 and block["c"][0]["t"] == "Emph"


def sign_of(item: Nodes) -> str:
    """The sign that judges, with which a line of a list begins, or nothing.

    Args:
        item: blocks of the line.
    """
    if not item or item[0]["t"] not in ("Para", "Plain") or not item[0]["c"]:
        return ""
    first = item[0]["c"][0]
    return str(first["c"]) if first["t"] == "Str" and first["c"] in MARKS else ""


def without_sign(item: Nodes) -> Nodes:
    """A line of a list after its sign and the space that follows it.

    Args:
        item: blocks of the line.
    """
    first, *rest = item
    words = first["c"][1:]
    if words and words[0]["t"] in _SPACES:
        words = words[1:]
    return [{"t": first["t"], "c": words}, *rest]
