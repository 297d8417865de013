"""Text of people and files in Markdown: it shows as itself, whatever it holds."""

from __future__ import annotations

import re

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


def paragraph(text: str) -> str:
    """Text that shows as itself at the beginning of a line: no list and no headline.

    Args:
        text: one paragraph.
    """
    return _LEADING.sub(r"\1\\\2", escaped(text))


def code(text: str) -> str:
    """Text in a code span, whatever backticks it holds.

    Args:
        text: one line.
    """
    shown = printable(text)
    longest = max(map(len, re.findall("`+", shown)), default=0)
    fence = "`" * (longest + 1)
    edge = " " if shown.startswith("`") or shown.endswith("`") else ""
    return f"{fence}{edge}{shown}{edge}{fence}"
