"""The portfolio composed: all projects of an engagement in one report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from dmaic.layout.environment import fill
from dmaic.project.record.rewind import rewound_whole
from dmaic.project.store.view import View
from dmaic.reports.content_portfolio import TITLE, PortfolioContent
from dmaic.reports.report import Report
from dmaic.resource import templates_folder
from dmaic.settings import today as now
from dmaic.text import plural

KIND = "portfolio"


def compose_portfolio(
    view: View,
    today: date,
    *,
    draft: bool = False,
    pages: Mapping[str, Sequence[tuple[str, str]]] | None = None,
) -> Report:
    """Compose the portfolio.

    Its layouts are dmaic's own: projects of one engagement may follow different templates.

    Args:
        view: of the record.
        today: as of which; for a day that is over, the record is read as it was at its end.
        draft: mark it as a draft, and tell commands in it.
        pages: id of a project -> its reports, each title and anchor, for the portfolio of a site.
    """
    with rewound_whole(view, today, now()) as (then, note):
        return _compose(then, today, draft, note, pages or {})


def _compose(
    view: View,
    today: date,
    draft: bool,
    note: str,
    pages: Mapping[str, Sequence[tuple[str, str]]],
) -> Report:
    folder = templates_folder() / "dmaic" / "reports"
    layouts = {path.name: path.read_text("utf-8") for path in folder.glob(f"{KIND}*.md.j2")}
    content = PortfolioContent(view, today, draft=draft, note=note, pages=pages)
    data, functions = content.data(), content.functions()
    last = view.last_operation()
    return Report(
        kind=KIND,
        title=TITLE,
        subtitle=plural(len(content.reply.projects), "project"),
        project="",
        day=today,
        markdown=fill(f"{KIND}.md.j2", layouts, data, functions),
        slides=fill(f"{KIND}.slides.md.j2", layouts, data, functions),
        figures=content.figures,
        lacks=content.lacks,
        draft=draft,
        fingerprint=f"{last.seq} {last.hash}" if last is not None else "",
    )
