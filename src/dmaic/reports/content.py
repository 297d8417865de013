"""What layouts may use: plain data about the project, and functions that make Markdown of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

from dmaic.analysis.registry import restore
from dmaic.layout.environment import safe
from dmaic.markdown.blocks import blocks_to_markdown
from dmaic.markdown.escape import escaped
from dmaic.project.data.analysis import SavedAnalysis
from dmaic.project.engagement.project import Project
from dmaic.project.entity import Stored
from dmaic.project.gate.check import check_gate
from dmaic.project.paper.paper import papers, read_paper
from dmaic.project.paper.reply import PaperReply
from dmaic.project.standing.status import status
from dmaic.project.store.view import View
from dmaic.reports.report import Figure

if TYPE_CHECKING:
    from markupsafe import Markup


class Content:
    """One report's content.

    Args:
        view: of the record.
        project: which.
        today: as of which.
    """

    def __init__(self, view: View, project: Stored[Project], today: date) -> None:
        self._view, self._project, self._today = view, project, today
        self.figures: dict[str, Figure] = {}

    def data(self, kind: str) -> dict[str, Any]:
        """Plain data: see docs/layouts.md.

        Args:
            kind: of the report.
        """
        return {
            "report": {"kind": kind, "title": f"{kind.capitalize()} report", "day": self._today},
            "project": self._project.body.model_dump(mode="json"),
            "analyses": [
                {"id": each.id, "title": each.body.title}
                for each in self._view.all(SavedAnalysis, self._project.id)
            ],
        }

    def functions(self) -> dict[str, Callable[..., Any]]:
        """What a layout may call; each gives Markdown."""
        return {"status": self._status, "gate": self._gate, "document": self._document,
                "analysis": self._analysis}  # fmt: skip

    def _status(self) -> Markup:
        blocks = status(self._view, self._project, self._today).blocks()
        return safe(blocks_to_markdown(blocks))

    def _gate(self, phase: str) -> Markup:
        blocks = check_gate(self._view, self._project, phase, self._today).blocks()
        return safe(blocks_to_markdown(blocks))

    def _document(self, kind: str) -> Markup:
        known = papers(self._view, self._project.id)
        state = read_paper(self._view, self._project.id, kind)
        reply = PaperReply.of(state.document, known, state.stored)
        text = blocks_to_markdown(reply.blocks())
        return safe(text)

    def _analysis(self, id: str) -> Markup:
        saved = self._view.find(SavedAnalysis, id, self._project.id)
        result = restore(saved.body.analysis, saved.body.result)
        name = f"{saved.body.analysis}-{saved.id}"
        header, rows = result.records()
        self.figures[name] = Figure(name, saved.body.title, saved.body.title, result.plot,
                                    header, rows)  # fmt: skip
        return safe(f"![{escaped(saved.body.title)}](figures/{name}.svg)\n")
