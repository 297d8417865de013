"""A client's own document of Word as the one whose styles a report takes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dmaic.reports.office.archive import Parts
from dmaic.reports.office.docx_styles import styles
from dmaic.reports.style import Style

_STYLES = "word/styles.xml"
_BEGIN, _END = re.compile(r"<w:style\b"), "</w:style>"
_USE = re.compile(r'<w:(pStyle|rStyle|tblStyle) w:val="([^"]*)" ?/>')


def completed(parts: Parts, style: Style) -> Parts:
    """The client's document with the styles that a report uses and that it does not have.

    Args:
        parts: of the client's document.
        style: of the client, for the looks of what is added.
    """
    theirs = parts.get(_STYLES, b"").decode(errors="replace")
    if "</w:styles>" not in theirs:
        return parts | {_STYLES: styles(style).encode()}
    names, ids = set(_ids(theirs)), set(_ids(theirs).values())
    added = [
        one
        for one in _each(styles(style))
        if _name(one) not in names and _id(one) not in ids and "w:default=" not in one
    ]
    return parts | {_STYLES: theirs.replace("</w:styles>", f"{''.join(added)}</w:styles>").encode()}


def renamed(document: str, client: Parts) -> str:
    """A document in which styles go by the ids of the client's: Word translates them.

    Args:
        document: its XML, with dmaic's ids.
        client: parts of the client's document.
    """
    theirs = _ids(client[_STYLES].decode(errors="replace"))
    known = set(theirs.values())
    ours = {id: theirs.get(name, id) for name, id in _ids(styles(Style())).items()}

    def use(found: re.Match[str]) -> str:
        id = found[2] if found[2] in known else ours.get(found[2], found[2])
        return f'<w:{found[1]} w:val="{id}"/>'

    return _USE.sub(use, document)


def _each(sheet: str) -> Iterator[str]:
    """The styles of a sheet; one regular expression for all would look for each end anew."""
    begin = _BEGIN.search(sheet)
    while begin and (end := sheet.find(_END, begin.end())) >= 0:
        yield sheet[begin.start() : end + len(_END)]
        begin = _BEGIN.search(sheet, end)


def _ids(sheet: str) -> dict[str, str]:
    """Name of each style, in small letters -> its id."""
    return {_name(one): _id(one) for one in _each(sheet)}


def _name(one: str) -> str:
    found = re.search(r'<w:name w:val="([^"]*)"', one)
    return found[1].casefold() if found else ""


def _id(one: str) -> str:
    found = re.search(r'w:styleId="([^"]*)"', one)
    return found[1] if found else ""
