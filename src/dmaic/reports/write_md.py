"""A report as Markdown for a wiki, its figures beside it."""

from __future__ import annotations

import re
from urllib.parse import quote

from dmaic.markdown.escape import escaped
from dmaic.reports.picture import Pictures
from dmaic.reports.report import FOLDER, Files, Report
from dmaic.reports.style import Style

_IMAGE = re.compile(rf"^!\[(.*)\]\(({FOLDER}/[\w-]+\.svg)\)[ \t]*$", re.MULTILINE)

_EVEN = r"(?<!\\)((?:\\\\)*)"
_LINK = re.compile(rf"{_EVEN}\](?=:|\((?!\s*<?(?:https?://|mailto:|#)))", re.IGNORECASE)
_PICTURE = re.compile(rf"{_EVEN}!(?=\[)")
"""Signs with an even number of backslashes in front: they are markup, not text."""


def write(report: Report, pictures: Pictures, style: Style) -> Files:
    """`KIND.md` and `KIND-figures/NAME.svg`: reports in one folder do not share figures.

    Nor do two that were given names of their own: what is beside `a.md` is in `a-figures/`.

    Where a Markdown file is read, a picture's text is seen only by those who do not see the
    picture; so each is followed by its caption.

    Args:
        report: composed.
        pictures: of its figures.
        style: its organisation and footer are told.
    """
    known = {each.figure.path: each for each in pictures.values()}
    shown: dict[str, bytes] = {}
    count = 0

    def place(found: re.Match[str]) -> str:
        nonlocal count
        picture = known.get(found[2])
        caption = _plain(found[1])
        if picture is None:
            return f"![{caption}]({found[2]})"
        count += 1
        path = f"{report.beside or report.kind}-{found[2]}"
        shown[path] = picture.svg
        alt = escaped(" ".join(picture.figure.alt.split()))
        return f"![{alt}]({quote(path)})\n\n*Figure {count}.* {caption}"

    head = [
        f"# {escaped(report.title)}",
        " · ".join(
            filter(
                None,
                (
                    f"**{escaped(report.subtitle)}**" if report.subtitle else "",
                    escaped(style.organisation),
                    f"sponsor: {escaped(report.sponsor)}" if report.sponsor else "",
                    f"as of {report.day.isoformat()}",
                ),
            )
        ),
        "**This is a draft.**" if report.draft else "",
    ]
    number, _, hash = report.fingerprint.partition(" ")
    made = f"Made with dmaic from entry {number} of the journal ({hash[:12]})." if hash else ""
    foot = " · ".join(filter(None, (escaped(style.footer), made)))
    body, end = "", 0
    for found in _IMAGE.finditer(report.markdown):
        body += _plain(report.markdown[end : found.start()]) + place(found)
        end = found.end()
    body = (body + _plain(report.markdown[end:])).strip()
    parts = [*filter(None, head), body, *(["---", foot] if foot else [])]
    files = {f"{report.kind}.md": ("\n\n".join(parts) + "\n").encode("utf-8", "backslashreplace")}
    return files | shown


def _plain(markdown: str) -> str:
    """A layout's Markdown as every other format reads it, wherever it is read.

    Links lead to a page, an address or a place, and pictures are the report's own.
    """
    return _PICTURE.sub(r"\1\!", _LINK.sub(r"\1]\\", markdown))
