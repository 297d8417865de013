"""What a report should hold and does not, or holds from data of yesterday."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from dmaic.block import Check, Checks
from dmaic.documents.registry import document_class
from dmaic.engagements.template import TemplatePhase
from dmaic.project.paper.reply import is_complete
from dmaic.project.standing.portfolio import PortfolioLine
from dmaic.project.standing.standing import goal_of
from dmaic.reports import table
from dmaic.reports.content_analysis import of_phase, title_of, why_stale
from dmaic.reports.content_money import asks_for_money
from dmaic.reports.content_project import STATES
from dmaic.reports.desk import Desk, asked_by
from dmaic.reports.report import Lack
from dmaic.reports.words import for_readers

_MOST = 3
"""Gaps of a document that are told in one sentence."""


def lacks_of(desk: Desk, kind: str) -> tuple[Lack, ...]:
    """What the report of this kind lacks.

    Args:
        desk: the record.
        kind: a phase; any other report is about all phases that were begun.
    """
    phase = desk.phase(kind)
    phases = [phase] if phase is not None else [*_begun(desk)]
    found = [each for one in phases for each in _lacks(desk, one)]
    if goal_of(desk.view, desk.project.id) is None:
        command = "dmaic doc edit charter"
        found.insert(0, Lack("Goal", "The charter names no metric, so no goal is known.", command))
    return tuple(found)


def _begun(desk: Desk) -> Iterator[TemplatePhase]:
    for phase, far in zip(desk.template.phases, desk.progress.phases, strict=True):
        if STATES[far.state] != "plain" or any(each.state == "done" for each in far.steps):
            yield phase


def _lacks(desk: Desk, phase: TemplatePhase) -> Iterator[Lack]:
    yield from _documents(desk, phase)
    yield from _steps(desk, phase)
    for each in of_phase(desk, phase.name):
        if desk.is_stale(each):
            why = why_stale(desk, each).capitalize()
            yield Lack(
                title_of(desk, each),
                f"{why}; it was run on {each.body.run_at[:10]}.",
                f"dmaic analysis rerun {each.id}",
                stale=True,
            )
    if asks_for_money(phase) and not desk.view.rows(desk.project.id, ["benefit"]):
        told = "No benefit is planned, so no money is counted."
        yield Lack("Money", told, 'dmaic benefit plan "TITLE" --target AMOUNT')


def _documents(desk: Desk, phase: TemplatePhase) -> Iterator[Lack]:
    for step in phase.steps:
        if not step.document:
            continue
        model, command = document_class(step.document), f"dmaic doc edit {step.document}"
        document = desk.papers.load(step.document)
        if document is None or document.is_empty:
            if not step.optional and step.document not in desk.skipped:
                yield Lack(model.TITLE, "It is not written yet.", command)
        elif not is_complete(document, desk.papers):
            missing = [gap for gap in document.gaps(desk.papers) if gap.level == "missing"]
            gaps = [for_readers(desk, gap.message) for gap in missing]
            more = f" And {len(gaps) - _MOST} more." if len(gaps) > _MOST else ""
            told = f"It is not complete. {' '.join(gaps[:_MOST])}{more}"
            yield Lack(model.TITLE, told, command)


def _steps(desk: Desk, phase: TemplatePhase) -> Iterator[Lack]:
    """Analyses that the phase asks for and that were never run."""
    for step in desk.never_run(phase):
        if asked_by(step) not in desk.skipped:
            yield Lack(step.title, "It was not run yet.", step.typed)


def lacks_of_portfolio(projects: Sequence[PortfolioLine]) -> tuple[Lack, ...]:
    """What a portfolio lacks: projects at all, and in each open one a goal and money.

    Args:
        projects: all of them.
    """
    if not projects:
        return (Lack("Projects", "No project is begun yet.", 'dmaic project new "NAME"'),)
    found = []
    for each in (one for one in projects if one.state == "open"):
        at = f"-p {each.id}"
        if not each.goal:
            told = f"{each.name} has no goal with a target."
            found.append(Lack("Goal", told, f"dmaic doc edit charter {at}"))
        if each.planned is None:
            command = f'dmaic benefit plan "TITLE" --target AMOUNT {at}'
            found.append(Lack("Money", f"{each.name} has no money planned.", command))
    return tuple(found)


def lack_section(lacks: Sequence[Lack], *, draft: bool) -> str:
    """What a report lacks, a judged line each.

    Args:
        lacks: what is missing or stale.
        draft: with the commands that mend it.
    """
    if not lacks:
        return table.markdown((Checks((Check("good", "Nothing is missing in this report."),)),))
    return table.markdown((Checks(tuple(_checks(lacks, draft=draft))),))


def _checks(lacks: Iterable[Lack], *, draft: bool) -> Iterator[Check]:
    for each in lacks:
        word = "Stale" if each.stale else "Missing"
        command = each.command if draft else ""
        yield Check("warn", f"{word}: {each.part}. {each.message}", command=command)
