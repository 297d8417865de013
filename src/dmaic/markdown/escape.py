"""Text of people and files in Markdown: it shows as itself, whatever it holds."""

from __future__ import annotations

import re

from dmaic.text import printable

_PUNCTUATION = re.compile(r"([\\`*_{}\[\]#|~$!])")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "@": "&#64;", "://": "&#58;//",
             "www.": "www&#46;"}  # fmt: skip
_ENTITY = re.compile("|".join(re.escape(text) for text in _ENTITIES))
# A list, a line under a headline, a rule: what makes one of the beginning of a line.
_LEADING = re.compile(r"^(\d{0,9})([.)](?=\s|$)|[-+](?=[\s-]|$)|=(?==*\s*$))")

_EDGE = re.compile(r"^ +| +$")


def escaped(text: str) -> str:
    """Text that shows as itself in Markdown, at the beginning of a line and within one.

    No markup, list, headline, HTML, link, mention or formula is made of it.

    Args:
        text: any text.
    """
    # Four blanks in front make code of a line, two behind break it.
    shown = _EDGE.sub(" ", printable(text))
    # Entities first: their # and & must not be escaped a second time.
    parts = re.split(f"({_ENTITY.pattern})", shown)
    shown = "".join(_ENTITIES.get(part) or _PUNCTUATION.sub(r"\\\1", part) for part in parts)
    return _LEADING.sub(r"\1\\\2", shown)


def strong(text: str) -> str:
    """Text that shows as itself and stands out; the empty text where it is blank.

    Args:
        text: any text.
    """
    return _between("**", text)


def emphasis(text: str) -> str:
    """Text that shows as itself, emphasised; the empty text where it is blank.

    Args:
        text: any text.
    """
    return _between("*", text)


def _between(mark: str, text: str) -> str:
    # A mark with a blank beside it is read as a star.
    bare = printable(text).strip()
    return f"{mark}{escaped(bare)}{mark}" if bare else ""


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
