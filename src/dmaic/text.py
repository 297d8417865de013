"""Text from files and people is data: these functions make it harmless where it is shown."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

BLANK = "(blank)"
"""Name of the category that holds the blank cells."""

OTHER = "Other"
"""Name of the category that holds the folded ones."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def printable(text: str, limit: int | None = None) -> str:
    r"""The text on one line, without anything a terminal or an editor would act on.

    Control characters (ANSI escapes among them), bidirectional overrides, other invisible format
    characters and code points that are no characters (no XML file may hold those) become `\xNN`,
    `\uNNNN` or `\UNNNNNNNN`; line breaks and tabs become a space.

    Args:
        text: any text.
        limit: the longest result wanted; a longer one ends in an ellipsis.
    """
    if limit is not None and len(text) > 4 * limit:
        text = text[: 4 * limit] + "…"
    shown = text
    if not text.isascii() or not text.isprintable():
        shown = "".join(_visible(character) for character in text)
    if limit is not None and len(shown) > limit:
        shown = shown[: limit - 1] + "…"
    return shown


def _visible(character: str) -> str:
    if character in "\n\r\t\v\f":
        return " "
    code = ord(character)
    none = code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF
    # Zero-width joiners hold emoji and several scripts together; they carry no direction.
    joins = character in "\u200c\u200d"
    if joins or not (none or unicodedata.category(character) in _HIDDEN):
        return character
    if code > 0xFFFF:
        return f"\\U{code:08x}"
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})


def folded(text: str) -> str:
    """The text for comparing names: in any case of letters, and however accents were typed.

    An accented letter may be one character, or a letter and an accent; nobody can tell them apart.

    Args:
        text: any text.
    """
    return unicodedata.normalize("NFC", text.strip().casefold())


def spreadsheet(text: str) -> str:
    """The text as a spreadsheet cell that no program takes for a formula.

    A leading `=`, `+`, `-`, `@`, tab or carriage return gets an apostrophe in front.
    """
    return "'" + text if text.startswith(_FORMULA) else text


def name_list(names: Sequence[str], most: int = 12) -> str:
    """`"id", "segment" and 3 more`: names in quotes, harmless, the first so many.

    Args:
        names: such as those of columns.
        most: how many are written out.
    """
    shown = ", ".join(f'"{printable(name, 40)}"' for name in names[:most])
    return shown + (f" and {len(names) - most} more" if len(names) > most else "")


def some(parts: Sequence[str], most: int = 12) -> str:
    """`goal: a → b; owner: c → d and 3 more`: the first so many, as they are.

    Args:
        parts: harmless texts.
        most: how many are written out.
    """
    shown = "; ".join(parts[:most])
    return shown + (f" and {len(parts) - most} more" if len(parts) > most else "")


PLACEHOLDERS = frozenset({"NAME", "TEXT", "WHY", "..."})
"""What stands in the commands that are shown for words of one's own."""


def says_something(text: str) -> bool:
    """Whether it holds words; what a pasted command holds for one's own does not.

    Args:
        text: of a person.
    """
    return text.strip() not in PLACEHOLDERS and any(map(str.isalnum, text))


def plural(count: float, noun: str, many: str = "") -> str:
    """`1 row`, `2 rows`, `1,234 rows`.

    Args:
        count: how many.
        noun: the singular.
        many: the plural where it is not the singular and an s.
    """
    return f"{count:,} {noun if count == 1 else many or noun + 's'}"
