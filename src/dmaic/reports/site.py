"""The portfolio as a site: static pages, from all projects down to each phase's report."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from dmaic.markdown.escape import escaped
from dmaic.project.engagement.kept_template import template_of
from dmaic.project.engagement.project import Project
from dmaic.project.entity import Stored
from dmaic.project.standing.progress import progress
from dmaic.project.store.view import View
from dmaic.reports.compose import compose
from dmaic.reports.content_portfolio import TITLE
from dmaic.reports.picture import draw
from dmaic.reports.place import folder_of
from dmaic.reports.portfolio import compose_portfolio
from dmaic.reports.report import Files
from dmaic.reports.style import Style
from dmaic.reports.write_html import report_to_html
from dmaic.text import printable

if TYPE_CHECKING:
    from dmaic.engagements.template import TemplatePhase

INDEX = "index.html"
WHOLE = "project"
"""Kind of the report of a whole project."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page of the site.

    Attributes:
        kind: of the report.
        title: as links name it.
        project: whose report it is, or None for the first page.
    """

    kind: str
    title: str
    project: Stored[Project] | None = None


@dataclass(frozen=True)
class Site:
    """The pages that there are, and how each is made.

    Args:
        view: of the record.
        today: as of which.
        style: of the client.
        draft: mark every page as a draft.
        kept: folder of charts that were drawn before; None for none.
    """

    view: View
    today: date
    style: Style
    draft: bool = False
    kept: Path | None = None
    pages: Mapping[str, Leaf] = field(init=False)
    """Path within the site -> page."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "pages", dict(self._pages()))

    def page(self, path: str) -> bytes:
        """A page as a file.

        Args:
            path: one of `pages`.

        Raises:
            DmaicError: it cannot be composed.
        """
        leaf = self.pages[path]
        if leaf.project is None:
            return self._index()
        report = compose(
            self.view, leaf.project, leaf.kind, self.today, draft=self.draft, slides=False
        )
        trail = [(TITLE, f"../{INDEX}")]
        places: dict[str, str] = {}
        if leaf.kind == WHOLE:
            others = [each for each in self._of(leaf.project) if each[1].kind != WHOLE]
            places = {f"#phase-{other.kind}": _file(other) for _, other in others}
            links = [f"- [{escaped(other.title)}](#phase-{other.kind})" for _, other in others]
            if links:
                more = "\n\n## Reports of the phases\n\n" + "\n".join(links) + "\n"
                report = replace(report, markdown=report.markdown + more)
        else:
            trail.append((printable(leaf.project.body.name), f"{WHOLE}.html"))
        pictures = draw(report.figures, self.style.colours, png=False, kept=self.kept)
        return report_to_html(report, pictures, self.style, trail=trail, places=places)

    def _index(self) -> bytes:
        places: dict[str, str] = {}
        pages: dict[str, list[tuple[str, str]]] = {}
        for path, leaf in self.pages.items():
            if leaf.project is not None:
                anchor = f"#{leaf.project.id}-{leaf.kind}"
                places[anchor] = path
                pages.setdefault(leaf.project.id, []).append((leaf.title, anchor))
        report = compose_portfolio(self.view, self.today, draft=self.draft, pages=pages)
        pictures = draw(report.figures, self.style.colours, png=False, kept=self.kept)
        return report_to_html(report, pictures, self.style, places=places)

    def _of(self, project: Stored[Project]) -> list[tuple[str, Leaf]]:
        return [
            (path, leaf)
            for path, leaf in self.pages.items()
            if leaf.project is not None and leaf.project.id == project.id
        ]

    def _pages(self) -> Iterator[tuple[str, Leaf]]:
        yield INDEX, Leaf("portfolio", TITLE)
        for project in self.view.all(Project):
            folder = folder_of(self.view, project)
            leaves = [Leaf(WHOLE, "Project", project)]
            leaves += [Leaf(each.name, each.title, project) for each in self._begun(project)]
            yield from ((f"{folder}/{_file(leaf)}", leaf) for leaf in leaves)

    def _begun(self, project: Stored[Project]) -> list[TemplatePhase]:
        """The phases up to the one that the project is in; of later ones there is nothing yet."""
        phases = template_of(self.view, project).phases
        way = progress(self.view, project, self.today, every_phase=False)
        if way.finished:
            return list(phases)
        names = [each.name for each in phases]
        return list(phases[: names.index(way.current) + 1])


def _file(leaf: Leaf) -> str:
    return f"{leaf.kind}.html"


def make_site(site: Site, progress: Callable[[float | None], None] | None = None) -> Files:
    """Every page of a site.

    Args:
        site: its pages.
        progress: told the share that is done.
    """
    files: Files = {}
    for number, path in enumerate(site.pages, 1):
        files[path] = site.page(path)
        if progress is not None:
            progress(number / len(site.pages))
    return files
