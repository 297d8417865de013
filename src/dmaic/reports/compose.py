"""A report composed: the layout of its kind, filled with what is known of the project."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from dmaic.errors import NotFoundError, suggest
from dmaic.layout.environment import fill
from dmaic.markdown.escape import escaped
from dmaic.project.engagement.kept_package import layouts_of
from dmaic.project.engagement.project import Project
from dmaic.project.entity import Stored
from dmaic.project.record.rewind import Then, rewound
from dmaic.project.store.view import Once, View
from dmaic.reports.content import Content
from dmaic.reports.layouts import kinds, layout_names
from dmaic.reports.report import Report
from dmaic.settings import today as now
from dmaic.text import printable


def compose(
    view: View,
    project: Stored[Project],
    kind: str,
    today: date,
    *,
    draft: bool = False,
    slides: bool = True,
) -> Report:
    """Compose a report of a project.

    Args:
        view: of the record.
        project: which.
        kind: name of the layout: a phase, `a3`, `executive`, `project`, or one of the template.
        today: as of which; for a day that is over, the record is read as it was at its end.
        draft: mark it as a draft, and tell commands in it.
        slides: also compose the deck.

    Raises:
        NotFoundError: `report.unknown`, the template has no such layout.
        DataError: the layout cannot be filled.
    """
    with rewound(view, project, today, now()) as then:
        return _compose(then, kind, today, draft=draft, slides=slides)


def _compose(then: Then, kind: str, today: date, *, draft: bool, slides: bool) -> Report:
    view, project = Once(then.view), then.project
    layouts = layouts_of(view, project)
    kind = _named(kind, kinds(layouts, view, project))
    content = Content(view, project, today, kind, draft=draft, note=then.note)
    functions = content.functions()
    document, deck = layout_names(kind, layouts)
    markdown = fill(document, layouts, content.data, functions)
    if then.note:
        markdown = f"> {escaped(then.note)}\n\n{markdown}"
    told = fill(deck, layouts, content.data, functions) if deck and slides else ""
    last = view.last_operation()
    return Report(
        kind=kind,
        title=content.title,
        subtitle=printable(project.body.name),
        project=printable(project.body.name),
        sponsor=printable(content.data["project"]["sponsor"]),
        day=today,
        markdown=markdown,
        slides=told,
        figures=content.figures,
        lacks=content.lacks,
        draft=draft,
        fingerprint=f"{last.seq} {last.hash}" if last is not None else "",
    )


def _named(said: str, known: Iterable[str]) -> str:
    """The report that a person names; `A3` is the A3 too."""
    names = [*known]
    alike = [each for each in names if each.casefold() == said.casefold()]
    if not alike:
        raise NotFoundError(
            f'There is no report "{printable(said, 60)}".',
            "report.unknown",
            suggest(said, names) or f"Reports are {', '.join(names)}.",
        )
    return said if said in alike else alike[0]
