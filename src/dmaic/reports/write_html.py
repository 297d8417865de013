"""A report as one HTML file that holds all it needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dmaic.reports.pandoc import read
from dmaic.reports.picture import Pictures
from dmaic.reports.report import Files, Report
from dmaic.reports.style import Style
from dmaic.reports.web.body import Body
from dmaic.reports.web.page import Page, page_to_html


def write(report: Report, pictures: Pictures, style: Style) -> Files:
    """`KIND.html`.

    Args:
        report: composed.
        pictures: of its figures.
        style: of the client.
    """
    return {f"{report.kind}.html": report_to_html(report, pictures, style)}


def report_to_html(
    report: Report,
    pictures: Pictures,
    style: Style,
    *,
    trail: Sequence[tuple[str, str]] = (),
    places: Mapping[str, str] | None = None,
) -> bytes:
    """A report as a page, alone or of a site.

    Args:
        report: composed.
        pictures: of its figures.
        style: of the client.
        trail: pages of the site above this one, from the top: text and address.
        places: anchor of a link in the report's Markdown, such as `#project-1` -> address of the
            page of the site that it leads to.
    """
    known = {each.figure.path: each for each in pictures.values()}
    body = Body(read(report.markdown)["blocks"], known, places or {})
    project = "" if report.project in (report.title, report.subtitle) else report.project
    page = Page(
        title=report.title,
        subtitle=report.subtitle,
        facts=(
            ("Project", project),
            ("Sponsor", report.sponsor),
            ("As of", report.day.isoformat()),
        ),
        lead=body.lead,
        sections=body.sections,
        contents=body.contents,
        trail=trail,
        kind=report.kind,
        draft=report.draft,
        source=_source(report.fingerprint),
    )
    return page_to_html(page, style)


def _source(fingerprint: str) -> str:
    """From which state of the record: the number of its newest entry, and as much of its hash as
    tells it from others.
    """
    words = " ".join(word[:12] for word in fingerprint.split())
    return f"From the record at entry {words}" if words else ""
