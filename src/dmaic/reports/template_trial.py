"""Trying a template out: a project of it in an engagement of its own, and every report of that."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from dmaic.block import Block, Check, Checks, Fields, Heading, Note
from dmaic.documents.registry import KINDS, document_class
from dmaic.engagements.render import render
from dmaic.engagements.resolved import Resolved
from dmaic.engagements.trial import trial_answers
from dmaic.errors import DmaicError
from dmaic.project.engagement.home import Home
from dmaic.project.engagement.project import Project
from dmaic.project.engagement.start import init, new_project
from dmaic.project.entity import Stored
from dmaic.project.store.view import View
from dmaic.project.template.difference import told
from dmaic.reply import Page
from dmaic.reports.deliver import deliver
from dmaic.reports.job import Job, do_job
from dmaic.reports.layouts import kinds_of
from dmaic.reports.place import PORTFOLIO
from dmaic.result import Frozen
from dmaic.text import plural, printable

NAME = "Trial"

MARK = ".dmaic-trial"
"""File in the folder of an engagement that was made to try a template out, and nothing else."""


@dataclasses.dataclass(frozen=True)
class Trial:
    """A project that follows a template, with nobody's work in it.

    Attributes:
        home: its engagement.
        resolved: the template.
        answers: that it was filled with.
        documents: kinds of documents that the template filled in.
    """

    home: Home
    resolved: Resolved
    answers: Mapping[str, Any]
    documents: tuple[str, ...]

    @contextmanager
    def reading(self) -> Iterator[tuple[View, Stored[Project]]]:
        """Read the project."""
        with self.home.store.reading() as view:
            yield view, self.home.project(view, NAME)


def begin_trial(
    resolved: Resolved, folder: Path, given: Mapping[str, Any], *, example: bool = False
) -> Trial:
    """Begin a project of a template in a new engagement.

    Args:
        resolved: the template.
        folder: of the engagement; new or empty.
        given: answers; every other question is answered by its default or by something made up.
        example: documents that the template does not fill in are filled as the worked case has
            them.

    Raises:
        UsageError, DataError: as `render`.
        StoreError: the engagement cannot be made there.
    """
    answers = trial_answers(resolved.questions, given)
    filled = render(resolved, answers)
    begun = init(folder, actor="trial", name=f"Trial of {resolved.name}", template="dmaic")
    (begun.folder / MARK).touch()
    with begun.store.writing("project new") as work:
        project = new_project(work, NAME, template=resolved, answers=answers)
        if example:
            from dmaic.project.paper.paper import Paper

            for kind in KINDS:
                if kind not in filled.documents:
                    fields = document_class(kind).example().model_dump(mode="json")
                    work.add(Paper(document=kind, fields=fields), project.id)
    home = Home(begun.store, begun.folder, begun.settings)
    return Trial(home, resolved, filled.answers, tuple(filled.documents))


class TriedReport(Frozen):
    """A report of a trial.

    Attributes:
        kind: of report.
        folder: of its files.
        files: that were made.
        lacks: how much it lacks, which is much without work in the project.
        problem: why it could not be made, with file and line, or empty.
    """

    kind: str
    folder: str = ""
    files: tuple[str, ...] = ()
    lacks: int = 0
    problem: str = ""


class TriedTemplate(Page):
    """What came of trying a template out.

    Attributes:
        name, version: of the template.
        answers: that it was filled with.
        documents: kinds of documents that it filled in.
        reports: one each.
        folder: of the engagement, or empty where it was removed again.
    """

    kind: str = "template-trial"
    name: str
    version: str
    answers: dict[str, Any]
    documents: tuple[str, ...]
    reports: tuple[TriedReport, ...]
    folder: str = ""

    @property
    def works(self) -> bool:
        """Every report could be made."""
        return not any(each.problem for each in self.reports)

    def blocks(self) -> tuple[Block, ...]:
        """The sentence, the answers, the documents, and each report."""
        failed = sum(bool(each.problem) for each in self.reports)
        sentence = (
            f"{plural(failed, 'report')} of {self.name} {self.version} cannot be made."
            if failed
            else f"{self.name} {self.version} works: {plural(len(self.reports), 'report')} made."
        )
        rows = tuple((key, printable(told(value), 200)) for key, value in self.answers.items())
        answered = (Heading("Filled with"), Fields(rows)) if rows else ()
        titles = ", ".join(document_class(kind).called() for kind in self.documents)
        filled = (Fields((("Documents filled in", titles),)),) if titles else ()
        checks = tuple(
            Check("bad", each.kind, each.problem)
            if each.problem
            else Check("good", each.kind, self._files(each))
            for each in self.reports
        )
        where = (Note(f"The engagement is in {self.folder}."),) if self.folder else ()
        reports = (Heading("Reports"), Checks(checks))
        return (Note(sentence, True), *answered, *filled, *reports, *where)

    def _files(self, report: TriedReport) -> str:
        """Where they are, if they still are."""
        told = ", ".join(report.files)
        return str(Path(report.folder) / told) if self.folder else told

    def records(self) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
        """One row a report."""
        rows = [(each.kind, "; ".join(each.files), each.lacks, each.problem)
                for each in self.reports]  # fmt: skip
        return ("report", "files", "lacks", "problem"), rows


def run_trial(
    trial: Trial,
    day: date,
    job: Job,
    wanted: tuple[str, ...] = (),
    *,
    progress: Callable[[float | None], None] | None = None,
) -> TriedTemplate:
    """Make the reports of a trial.

    Args:
        trial: with its engagement.
        day: as of which.
        job: formats and style that are wanted.
        wanted: kinds of reports; empty: all there are.
        progress: told the share that is done.

    Raises:
        NotFoundError: `report.unknown`, there is no such report.
    """
    made: list[TriedReport] = []
    with trial.reading() as (view, project):
        known = kinds_of(view, project)
        for number, kind in enumerate(wanted or known):
            if progress is not None:
                progress(number / len(wanted or known))
            made.append(_tried(dataclasses.replace(job, kind=kind, day=day), trial, view, project))
    return TriedTemplate(
        name=trial.resolved.name,
        version=trial.resolved.version,
        answers=dict(trial.answers),
        documents=trial.documents,
        reports=tuple(made),
    )


def _tried(job: Job, trial: Trial, view: View, project: Stored[Project]) -> TriedReport:
    try:
        about = None if job.kind == PORTFOLIO else project
        made = deliver(job, do_job(job, trial.home, view, about), trial.home, view, about)
    except DmaicError as error:
        if error.code == "report.unknown":
            raise
        first = error.problems[0]
        where = f"{first.where}: " if first.where else ""
        return TriedReport(kind=job.kind, problem=f"{where}{first.message} {first.hint}".strip())
    files = tuple(Path(each.path).name for each in made.files if each.format != "figures")
    return TriedReport(kind=job.kind, folder=made.folder, files=files, lacks=len(made.lacks))
