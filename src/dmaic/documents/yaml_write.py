"""A document as YAML that explains itself: every field with its help and an example above it."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence

from dmaic.documents.base import Document, Line
from dmaic.documents.form import FormField, form, is_blank
from dmaic.documents.parse import spell
from dmaic.text import printable

_PLAIN = re.compile(r"[^\W_](?:(?!: | #).)*(?<![: ])")
_EMPTY = frozenset({"null", "Null", "NULL"})
_WIDTH = 78

MARK = "#!"
"""Begins the line of a comment that tells what is wrong below it; taken out when read."""


def to_yaml(document: Document) -> str:
    """The document as YAML, with a line end.

    Args:
        document: any.
    """
    lines = [f"# {document.TITLE}", *_comment(document.PURPOSE), "#"]
    lines += _comment(
        "Fill in what stands behind the colons; empty is allowed. A text of several lines goes "
        'under "|-", indented. Lines of a list keep their ids; a new line is given one.'
    )
    for each in form(type(document)):
        lines += ["", *_guide(each)]
        value = getattr(document, each.name)
        if each.line is not None:
            lines += _list(each, value)
        else:
            lines += _field(each, value, "")
    return "\n".join(lines) + "\n"


def _comment(text: str, lead: str = "# ", rest: str = "") -> list[str]:
    return textwrap.wrap(
        printable(text),
        _WIDTH,
        initial_indent=lead,
        subsequent_indent=rest or lead,
        break_on_hyphens=False,
    )


def _guide(each: FormField) -> list[str]:
    """What belongs into a field, as comments."""
    needed = " (needed)" if each.needed or each.least else ""
    said = _comment(f"{each.label}{needed}: {each.help}")
    if each.line is None:
        return said + _hints(each, "# ")
    said += ["# Each line has:"]
    for cell in form(each.line):
        needed = ", needed" if cell.needed else ""
        said += _comment(f"{cell.name}: {cell.label}{needed}. {cell.help}", "#   ", "#     ")
        said += _hints(cell, "#     ")
    return said


def _hints(each: FormField, lead: str) -> list[str]:
    said = []
    if each.shape == "choice":
        said += _comment(f"One of: {', '.join(each.choices)}.", lead)
    if each.low is not None and each.high is not None:
        said += _comment(f"From {each.low:g} to {each.high:g}.", lead)
    if each.unit:
        said += _comment(f"Unit: {each.unit}.", lead)
    if each.example is not None:
        said += _comment(f"Example: {spell(each, each.example)}", lead)
    return said


def _list(each: FormField, lines: Sequence[Line]) -> list[str]:
    cells = form(each.line) if each.line else ()
    if not lines:
        # Nothing behind the colon: an empty list would have to be deleted before lines are written.
        return [f"{each.name}:", *_blank_line(cells)]
    made = [f"{each.name}:"]
    for line in lines:
        made.append(f"  - id: {line.id}")
        for cell in cells:
            made += _field(cell, getattr(line, cell.name), "    ")
    return made


def _blank_line(cells: Sequence[FormField]) -> list[str]:
    """A line to be filled in, once the signs in front are taken away."""
    return [f"{'#  - ' if not place else '#    '}{cell.name}:" for place, cell in enumerate(cells)]


def _field(each: FormField, value: object, indent: str) -> list[str]:
    name = f"{indent}{each.name}:"
    if is_blank(value):
        return [name]
    if isinstance(value, tuple):
        return [name, *(f"{indent}  - {_scalar(str(text))}" for text in value)]
    if isinstance(value, dict):
        return [
            name,
            *(f"{indent}  {_scalar(str(key))}: {spell(each, one)}" for key, one in value.items()),
        ]
    if isinstance(value, str):
        return _text(name, value, indent)
    return [f"{name} {spell(each, value)}"]


def _text(name: str, text: str, indent: str) -> list[str]:
    lines = text.split("\n")
    whole = all(line.isprintable() for line in lines) and text == text.strip()
    if whole and (len(lines) > 1 or len(name) + len(text) > _WIDTH):
        if len(lines) == 1:
            # Folded: broken for the reader, one line when read.
            broken = textwrap.wrap(
                text, _WIDTH - len(indent) - 2, break_long_words=False, break_on_hyphens=False
            )
            if " ".join(broken) == text and not any(line.startswith((" ", "#")) for line in broken):
                return [f"{name} >-", *(f"{indent}  {line}" for line in broken)]
        elif not lines[0].startswith(" "):
            return [f"{name} |-", *(f"{indent}  {line}".rstrip(" ") if not line.strip() else
                                    f"{indent}  {line}" for line in lines)]  # fmt: skip
    return [f"{name} {_scalar(text)}"]


def _scalar(text: str) -> str:
    """A text on one line, in quotes where YAML would read it otherwise."""
    if _PLAIN.fullmatch(text) and text.isprintable() and text not in _EMPTY:
        return text
    return '"' + "".join(map(_escaped, text)) + '"'


def _escaped(sign: str) -> str:
    if sign in '"\\':
        return f"\\{sign}"
    if sign.isprintable():
        return sign
    return "\\n" if sign == "\n" else f"\\U{ord(sign):08x}"
