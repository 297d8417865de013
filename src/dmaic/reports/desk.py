"""What a report is made from: the record of a project, each part read when it is first needed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from dmaic.documents.reference import lines
from dmaic.engagements.template import Step, Template, TemplatePhase
from dmaic.errors import DmaicError
from dmaic.markdown.escape import escaped
from dmaic.project.data.analysis import SavedAnalysis, is_stale
from dmaic.project.data.analysis_reply import replacements
from dmaic.project.data.dataset import Dataset
from dmaic.project.engagement.kept_template import template_of
from dmaic.project.engagement.project import Project
from dmaic.project.entity import Stored
from dmaic.project.gate.check import evidence_of, gate_states, judge_gate
from dmaic.project.gate.reply import GateReply
from dmaic.project.gate.state import GateState
from dmaic.project.paper.paper import papers
from dmaic.project.standing.progress import Progress, progress
from dmaic.project.store.view import View
from dmaic.reports.drawn import key_of
from dmaic.reports.report import Figure
from dmaic.text import printable

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Drawing

    from dmaic.documents.base import Papers
    from dmaic.result import Result

_NAMED = ("causes", "solutions", "ctq")
_LONGEST = 60
"""Characters of a figure's name."""


@dataclass(frozen=True)
class Desk:
    """The record of a project, as a report reads it.

    Attributes:
        view: of the record.
        project: which.
        today: as of which it is judged.
        draft: commands are told.
        figures: name -> figure, those that the layout asked for.
        results: id of an analysis -> its result as it was read, None where it cannot be read.
        documents: kind -> the document as layouts read it, those that were read.
    """

    view: View
    project: Stored[Project]
    today: date
    draft: bool = False
    figures: dict[str, Figure] = field(default_factory=dict)
    results: dict[str, Result | None] = field(default_factory=dict)
    documents: dict[str, dict[str, Any]] = field(default_factory=dict)

    @cached_property
    def template(self) -> Template:
        """That the project follows."""
        return template_of(self.view, self.project)

    @cached_property
    def progress(self) -> Progress:
        """How far it is."""
        return progress(self.view, self.project, self.today)

    @cached_property
    def papers(self) -> Papers:
        """The working documents."""
        return papers(self.view, self.project.id)

    @cached_property
    def named(self) -> frozenset[str]:
        """Ids of lines that verdicts put before the lines' names."""
        return frozenset(id for kind in _NAMED for id in lines(self.papers.load(kind)))

    @cached_property
    def gates(self) -> dict[str, GateState]:
        """Phase -> what was done about its tollgate."""
        return gate_states(self.view, self.project.id)

    @cached_property
    def judged(self) -> dict[str, GateReply]:
        """Phase -> how its tollgate stands; one that is approved, as of the day it was approved.

        A date that was still to come when the tollgate was signed raises no doubt about it later.
        """
        first = evidence_of(self.view, self.project, self.template.phases[0].name, self.today)
        found = {}
        for phase in self.template.phases:
            gate = self.gates.get(phase.name)
            day = gate.approved_on if gate is not None else None
            evidence = first.at(phase.name, min(day or self.today, self.today))
            found[phase.name] = judge_gate(evidence)
        return found

    @cached_property
    def datasets(self) -> dict[str, Stored[Dataset]]:
        """Id -> dataset."""
        return {each.id: each for each in self.view.all(Dataset, self.project.id)}

    @cached_property
    def every_analysis(self) -> dict[str, Stored[SavedAnalysis]]:
        """Id -> analysis, also those that were run again since."""
        return {each.id: each for each in self.view.all(SavedAnalysis, self.project.id)}

    @cached_property
    def analyses(self) -> dict[str, Stored[SavedAnalysis]]:
        """Id -> the newest run of each analysis."""
        replaced = replacements(self.every_analysis.values())
        return {id: each for id, each in self.every_analysis.items() if id not in replaced}

    def is_stale(self, analysis: Stored[SavedAnalysis]) -> bool:
        """Whether the data changed since.

        Args:
            analysis: of the project.
        """
        return is_stale(analysis.body, self.datasets.values())

    @cached_property
    def skipped(self) -> dict[str, str]:
        """Kind of document or of analysis -> who decided to go on without it, and why."""
        found = {}
        for phase, far in zip(self.template.phases, self.progress.phases, strict=True):
            for step, state in zip(phase.steps, far.steps, strict=True):
                if state.state == "skipped":
                    found[step.document or asked_by(step)] = state.reason
        return found

    def never_run(self, phase: TemplatePhase) -> list[Step]:
        """Steps of a phase whose analysis was never run, those that were skipped among them.

        Args:
            phase: of the template.
        """
        run = {each.body.analysis for each in self.analyses.values()}
        kinds = [(step, asked_by(step)) for step in phase.steps if not step.optional]
        return [step for step, kind in kinds if kind and kind not in run]

    def phase(self, name: str) -> TemplatePhase | None:
        """The phase of that name, or None where the template has none.

        Args:
            name: such as `analyze`.
        """
        return next((each for each in self.template.phases if each.name == name), None)

    def show(
        self,
        title: str,
        caption: str,
        draw: Callable[[], Drawing],
        header: Sequence[str] = (),
        rows: Sequence[tuple[Any, ...]] = (),
        key: str = "",
    ) -> str:
        """A figure put into the report.

        Args:
            title: what it shows, such as `Pareto by segment`; it is named by it.
            caption: the finding in a sentence.
            draw: draws it.
            header: of the numbers behind it.
            rows: the numbers.
            key: tells the drawing from every other one, where `draw` does not tell it.

        Returns:
            The paragraph of Markdown that shows it.
        """
        figure = Figure(
            name=self._name(title),
            caption=printable(caption),
            alt=f"Chart: {printable(title)}.",
            draw=lambda: drawn(draw, title),
            header=tuple(map(printable, header)),
            rows=[tuple(map(_plain, row)) for row in rows],
            key=key or key_of(draw),
        )
        for known in self.figures.values():
            # Shown twice, in the document and in its summary, it is drawn once.
            if (known.alt, known.header, known.rows) == (figure.alt, figure.header, figure.rows):
                return image(known, caption)
        self.figures[figure.name] = figure
        return image(figure, caption)

    def _name(self, title: str) -> str:
        """The title in small letters, figures and dashes, numbered where it is taken."""
        plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
        base = re.sub(r"[^a-z0-9]+", "-", plain)[:_LONGEST].strip("-") or "figure"
        name, count = base, 1
        while name in self.figures:
            count += 1
            name = f"{base}-{count}"
        return name


def asked_by(step: Step) -> str:
    """Kind of the analysis that a step runs or waits for, or empty.

    Args:
        step: of the template.
    """
    return "" if step.document else step.analysis or str(step.done_with.get("kind", ""))


def drawn(draw: Callable[[], Drawing], title: str) -> Drawing:
    """A chart; where it cannot be drawn, such as a document half filled, it says why.

    Args:
        draw: draws it.
        title: what it shows.
    """
    try:
        return draw()
    except DmaicError as error:
        from dmaic.charts import style

        with style.style():
            from matplotlib.figure import Figure as Blank

            blank = Blank(figsize=(7, 1.6))
            blank.text(0.5, 0.5, f"{title}: {error.message}", ha="center", va="center", wrap=True)
            return blank


def image(figure: Figure, caption: str) -> str:
    """The paragraph that shows a figure, with a line end.

    Args:
        figure: of the report.
        caption: under it.
    """
    return f"![{escaped(' '.join(caption.split()))}]({figure.path})\n"


def _plain(value: object) -> object:
    """A value as it is shown beside a figure: six figures are enough to check a chart by."""
    if isinstance(value, str):
        return printable(value)
    return float(f"{value:.6g}") if isinstance(value, float) else value
