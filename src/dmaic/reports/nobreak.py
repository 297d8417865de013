"""What belongs together at the end of a line: a figure and its sign or its size."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

from dmaic.reports.dialect import text_of

_NO_BREAK = "\u00a0"
_ENDS_IN_FIGURE = re.compile(r"(?<!\w)[^\w\s]*\d[\d.,/–-]*[KMB]?\Z")
_SIGN = re.compile(r"(?:%|±|×|(?:thousand|million|billion)\b)")
_LEADS_FIGURE = re.compile(r"(?:\A|[^\w])(?:No\.|no\.|±|[$€£¥])\Z")
_FIGURE = re.compile(r"[+−-]?\d")


def kept_together(tree: Any) -> Any:  # noqa: ANN401  any part of a tree
    """The same tree, in which no line ends between a figure and its sign, such as `46.3 %`.

    Only the space between them changes, into one at which no line ends; what reads a page aloud,
    and what searches one in a browser, takes it for any other. Code stays as it is.

    Args:
        tree: pandoc's, or a part of one.
    """
    if isinstance(tree, list):
        parts = [kept_together(each) for each in tree]
        if not any(_is_space(each) for each in parts):
            return parts
        for number in range(1, len(parts) - 1):
            before, space, after = parts[number - 1 : number + 2]
            if _is_space(space) and _belong(text_of(before), text_of(after)):
                parts[number] = {"t": "Str", "c": _NO_BREAK}
        return _joined(parts)
    if isinstance(tree, dict):
        if tree.get("t") in ("Code", "CodeBlock"):
            return tree
        return {name: kept_together(each) for name, each in tree.items()}
    return tree


def _is_space(node: Any) -> bool:  # noqa: ANN401  any part of a tree
    return isinstance(node, dict) and node.get("t") in ("Space", "SoftBreak")


def _belong(before: str, after: str) -> bool:
    if _SIGN.match(after):
        return bool(_ENDS_IN_FIGURE.search(before))
    return bool(_FIGURE.match(after) and _LEADS_FIGURE.search(before))


def _joined(parts: list[Any]) -> list[Any]:
    """Words around such a space are one word, as pandoc has them."""
    made: list[Any] = parts[:1]
    for before, part in pairwise(parts):
        texts = [each.get("t") == "Str" for each in (before, part)]
        if all(texts) and _NO_BREAK in (before["c"], part["c"]):
            made[-1] = {"t": "Str", "c": made[-1]["c"] + part["c"]}
        else:
            made.append(part)
    return made
