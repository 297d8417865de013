"""The page around a body: one file that asks nothing of anybody.

The content-security policy of a page allows its own style sheet and its own two scripts by their
hashes, and pictures within the page; everything else is off.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from dmaic.reports.style import Logo, Style
from dmaic.reports.web.body import Entry
from dmaic.reports.web.look import part, sheet


@dataclass(frozen=True, slots=True)
class Page:
    """A page.

    Attributes:
        title: of the page; text.
        subtitle: under it; text, or empty.
        facts: labels and values under the title, such as the sponsor; texts.
        lead: what a reader in a hurry reads; markup.
        sections: the rest; markup.
        contents: headlines of the sections.
        trail: pages above this one, from the top: text and address.
        kind: of the report; `a3` is one sheet in landscape.
        draft: it is marked as a draft.
        source: which state of the record it was made from; text, or empty.
    """

    title: str
    sections: str
    subtitle: str = ""
    facts: Sequence[tuple[str, str]] = ()
    lead: str = ""
    contents: Sequence[Entry] = ()
    trail: Sequence[tuple[str, str]] = ()
    kind: str = ""
    draft: bool = False
    source: str = ""


def page_to_html(page: Page, style: Style) -> bytes:
    """A page as a file.

    Args:
        page: what it shows.
        style: of the client.
    """
    broad = page.kind == "a3"
    words = " · ".join(each for each in (page.title, page.subtitle, style.footer) if each)
    looks = sheet(style, ("Draft · " if page.draft else "") + words, broad=broad)
    early, late = part("theme.js"), part("page.js")
    policy = (
        f"default-src 'none'; style-src {_hash(looks)}; script-src {_hash(early)} {_hash(late)}; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )
    classes = " ".join(
        each for each in ("a3" if broad else "", "draft" if page.draft else "") if each
    )
    direction = ' dir="rtl"' if style.right_to_left else ""
    title = page.title + (f" – {page.subtitle}" if page.subtitle else "")
    parts = (
        "<!DOCTYPE html>",
        f'<html lang="{escape(style.language)}"{direction}>',
        "<head>",
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="color-scheme" content="light dark">',
        '<meta name="referrer" content="no-referrer">',
        '<meta name="generator" content="dmaic">',
        f"<title>{escape(title)}</title>",
        f"<style>{looks}</style>",
        f"<script>{early}</script>",
        "</head>",
        f'<body class="{classes}">' if classes else "<body>",
        '<a class="skip" href="#report">Skip to the report</a>',
        _top(page, style),
        '<main id="report" tabindex="-1">',
        f'<div class="lead">\n{_title(page)}{page.lead}\n</div>',
        _contents(page.contents),
        f'<article class="sections">\n{page.sections}\n</article>',
        "</main>",
        _foot(page, style),
        '<p id="told" class="unseen" role="status"></p>',
        f"<script>{late}</script>",
        "</body>",
        "</html>\n",
    )
    return "\n".join(each for each in parts if each).encode("utf-8", "backslashreplace")


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _top(page: Page, style: Style) -> str:
    logo = _logo(style.logo, style.organisation) if style.logo else ""
    name = f"<span>{escape(style.organisation)}</span>" if style.organisation else ""
    links = "".join(
        f'<li><a href="{escape(address)}">{escape(text)}</a></li>' for text, address in page.trail
    )
    trail = f'<nav aria-label="Pages above"><ol class="trail">{links}</ol></nav>' if links else ""
    return (
        f'<header class="top"><div class="brand">{logo}{name}</div>{trail}'
        '<button type="button" id="theme" hidden>Dark</button></header>'
    )


def _logo(logo: Logo, organisation: str) -> str:
    data = base64.b64encode(logo.content).decode()
    # The name stands beside it; without one the logo has to say that it is one.
    words = "" if organisation else "Logo"
    return (
        f'<img class="logo" src="data:{logo.media_type};base64,{data}" alt="{words}" height="36">'
    )


def _title(page: Page) -> str:
    draft = '<p class="badge">Draft</p>\n' if page.draft else ""
    subtitle = f'<p class="subtitle">{escape(page.subtitle)}</p>\n' if page.subtitle else ""
    facts = "".join(
        f"<div><dt>{escape(label)}</dt><dd>{escape(value)}</dd></div>"
        for label, value in page.facts
        if value
    )
    facts = f'<dl class="facts">{facts}</dl>\n' if facts else ""
    return f"{draft}<h1>{escape(page.title)}</h1>\n{subtitle}{facts}"


def _contents(entries: Sequence[Entry]) -> str:
    if len(entries) < 2:
        return ""
    return (
        '<nav id="contents" aria-label="Contents"><details open><summary>Contents</summary>\n'
        f"{_entries(entries)}</details></nav>"
    )


def _entries(entries: Sequence[Entry]) -> str:
    if not entries:
        return ""
    lines = "\n".join(
        f'<li><a href="#{escape(each.id)}">{escape(each.text)}</a>{_entries(each.below)}</li>'
        for each in entries
    )
    return f"<ol>\n{lines}\n</ol>"


def _foot(page: Page, style: Style) -> str:
    words = [each for each in (style.footer, page.source) if each]
    lines = "".join(f"<p>{escape(each)}</p>" for each in (*words, "Made with dmaic"))
    return f'<footer class="foot">{lines}</footer>'
