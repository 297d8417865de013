"""The analyses in a report: finding, chart, short table, how it was computed and of which data."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from dmaic.analysis.registry import restore
from dmaic.block import Block, Note, Table
from dmaic.engagements.template import TemplatePhase
from dmaic.errors import DmaicError
from dmaic.markdown.escape import escaped
from dmaic.project.data.analysis import SavedAnalysis
from dmaic.project.entity import Stored
from dmaic.reply import heading
from dmaic.reports import table
from dmaic.reports.desk import Desk
from dmaic.reports.finding import Said, said, shortened

if TYPE_CHECKING:
    from dmaic.result import Result

ROWS = 12
"""Rows of a table in a report; the figure has all numbers behind it."""

_COLUMNS = 7
_NARROW = 5
_POINTS = 400
"""Rows behind a figure; of a result with more, its rows for comparing are shown."""

_FINGERPRINT = 12

_SHARES = frozenset({"share", "rate"})
"""Words in the names of figures that are parts of one."""


def kinds_of(phase: TemplatePhase) -> set[str]:
    """The analyses that the steps and the tollgate of a phase name.

    Args:
        phase: of the template.
    """
    asked = {step.analysis for step in phase.steps if step.analysis}
    given = [step.done_with for step in phase.steps]
    given += [criterion.parameters for criterion in phase.gate.criteria]
    asked |= {str(each[word]) for each in given for word in ("analysis", "kind") if word in each}
    return asked


def phase_of(desk: Desk, analysis: Stored[SavedAnalysis]) -> str:
    """The phase that an analysis belongs to.

    It is the first that names its kind and that was not approved when the analysis was first run;
    else the one in which it was run.

    Args:
        desk: the record.
        analysis: of the project.
    """
    first, seen = analysis, set()
    while first.body.replaces in desk.every_analysis and first.id not in seen:
        seen.add(first.id)
        first = desk.every_analysis[first.body.replaces]
    at = first.body.run_at
    begun = [each for each in desk.template.phases if not _approved_before(desk, each.name, at)]
    begun = begun or [desk.template.phases[-1]]
    naming = [each.name for each in begun if analysis.body.analysis in kinds_of(each)]
    return naming[0] if naming else begun[0].name


def _approved_before(desk: Desk, phase: str, at: str) -> bool:
    """Whether a phase was over at that time; it may have been returned to since."""
    gate = desk.gates.get(phase)
    return any(
        each.signatures
        and max(signed.at for signed in each.signatures) <= at
        and (each.state == "approved" or (each.state == "out of date" and at < each.ended_at))
        for each in (gate.rounds if gate is not None else ())
    )


def analyses_data(desk: Desk) -> list[dict[str, Any]]:
    """The newest run of every analysis, as layouts read them.

    Args:
        desk: the record.
    """
    return [_data(desk, each) for each in desk.analyses.values()]


def _data(desk: Desk, each: Stored[SavedAnalysis]) -> dict[str, Any]:
    words = _said(desk, each)
    dataset = desk.datasets.get(each.body.dataset or "")
    return {
        "id": each.id,
        "analysis": each.body.analysis,
        "title": words.title,
        "asked": each.body.title,
        "finding": words.finding,
        "headline": _headline(desk, each, words),
        "more": [*words.more],
        "phase": phase_of(desk, each),
        "run_on": date.fromisoformat(each.body.run_at[:10]),
        "dataset": dataset.body.name if dataset is not None else "",
        "fingerprint": each.body.fingerprint,
        "stale": desk.is_stale(each),
        "result": each.body.result,
    }


def result_of(desk: Desk, each: Stored[SavedAnalysis]) -> Result | None:
    """The result of an analysis, or None where this dmaic cannot read it.

    Args:
        desk: the record.
        each: of the project.
    """
    if each.id not in desk.results:
        try:
            desk.results[each.id] = restore(each.body.analysis, each.body.result)
        except DmaicError:
            desk.results[each.id] = None
    return desk.results[each.id]


def _said(desk: Desk, each: Stored[SavedAnalysis]) -> Said:
    result = result_of(desk, each)
    if result is None:
        told = "Its result cannot be read by this version of dmaic."
        return Said(each.body.title, told, each.body.title, (), ())
    return said(result)


def _headline(desk: Desk, each: Stored[SavedAnalysis], words: Said) -> str:
    """A finding that stands alone, as in a summary, says itself that it is of yesterday."""
    stale = f" ({why_stale(desk, each)})" if desk.is_stale(each) else ""
    return f"{words.headline}{stale}"


def title_of(desk: Desk, each: Stored[SavedAnalysis]) -> str:
    """What an analysis is about.

    Args:
        desk: the record.
        each: of the project.
    """
    return _said(desk, each).title


def analysis_section(desk: Desk, id: str) -> str:
    """An analysis as Markdown.

    Args:
        desk: the record.
        id: of the analysis.
    """
    each = desk.view.find(SavedAnalysis, id, desk.project.id)
    words = _said(desk, each)
    parts = []
    if desk.is_stale(each):
        parts.append(f"> {escaped(stale_words(desk, each))}\n")
    blocks: list[Block] = [Note(words.finding, strong=True)] if words.finding else []
    blocks += [Note(text) for text in words.more]
    parts += [table.markdown(blocks), analysis_figure(desk, id)]
    for block in words.tables:
        if isinstance(block, Table):
            parts.append(table.shown(table.narrow(block, _COLUMNS), ROWS))
    rest = [block for block in words.tables if not isinstance(block, Table)]
    parts.append(table.markdown((*rest, Note(_source(desk, each)))))
    return "\n".join(part for part in parts if part)


def stale_words(desk: Desk, each: Stored[SavedAnalysis]) -> str:
    """What is told of an analysis whose data changed since.

    Args:
        desk: the record.
        each: of the project.
    """
    told = f"Stale: {why_stale(desk, each)}, so these figures are those of {each.body.run_at[:10]}."
    return f"{told} dmaic analysis rerun {each.id}" if desk.draft else told


def why_stale(desk: Desk, each: Stored[SavedAnalysis]) -> str:
    """Why an analysis is stale, in a clause.

    Args:
        desk: the record.
        each: of the project.
    """
    there = each.body.dataset in desk.datasets
    return f"the data {'changed since' if there else 'is no longer there'}"


def _source(desk: Desk, each: Stored[SavedAnalysis]) -> str:
    """Which data, its fingerprint, when, with which version."""
    inputs = each.body.result.get("inputs") or {}
    version = inputs.get("tool_version") or ""
    made = f"Computed on {each.body.run_at[:10]}{f' with dmaic {version}' if version else ''}"
    if each.body.dataset is None:
        return f"{made} from figures that were given: {each.body.title}."
    dataset = desk.datasets.get(each.body.dataset)
    name = f"dataset {dataset.body.name}" if dataset is not None else "a dataset that was removed"
    rows = inputs.get("rows")
    count = f", {rows:,} rows" if isinstance(rows, int) and rows else ""
    data = f"{name}{count} (SHA-256 {each.body.fingerprint[:_FINGERPRINT]}…)"
    return f"{made} from {data}: {each.body.title}."


def analysis_figure(desk: Desk, id: str, caption: str = "") -> str:
    """The figure of an analysis, or nothing.

    Args:
        desk: the record.
        id: of the analysis.
        caption: in place of the finding.
    """
    each = desk.view.find(SavedAnalysis, id, desk.project.id)
    result = result_of(desk, each)
    if result is None:
        return ""
    words = _said(desk, each)
    header, rows = _numbers(result)
    told = caption or f"{_headline(desk, each, words)}."
    return desk.show(words.title, told, result.plot, header, rows)


def _numbers(result: Result) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
    """The numbers behind the chart: no empty columns, headings in words."""
    header, rows = result.records()
    if len(rows) > _POINTS:
        header, rows = result.comparable()
    rows = rows[:_POINTS]
    kept = [
        number
        for number in range(len(header))
        if any(row[number] not in (None, "", False, 0) for row in rows)
    ]
    columns = [_told(header[number], [row[number] for row in rows]) for number in kept]
    return tuple(name for name, _ in columns), [*zip(*(each for _, each in columns), strict=True)]


def _told(name: str, cells: list[Any]) -> tuple[str, list[Any]]:
    """A column as people read it: its heading in words, shares of one in per cent."""
    known = [each for each in cells if each is not None]
    shares = any(word in _SHARES for word in name.split("_"))
    if shares and all(isinstance(each, float) and abs(each) <= 1 for each in known):
        percents = [None if each is None else round(100 * each, 4) for each in cells]
        return f"{heading(name)} %", percents
    return heading(name), cells


def analysis_table(desk: Desk, id: str, rows: int = 6) -> str:
    """The table of an analysis alone, short.

    Args:
        desk: the record.
        id: of the analysis.
        rows: at most so many; 0 for all.
    """
    each = desk.view.find(SavedAnalysis, id, desk.project.id)
    for block in shortened(_said(desk, each).tables, rows or ROWS):
        if isinstance(block, Table):
            return table.shown(table.narrow(block, _NARROW), rows)
        return table.markdown((block,))
    return ""


def of_phase(desk: Desk, phase: str) -> list[Stored[SavedAnalysis]]:
    """The newest runs that belong to a phase, in order.

    Args:
        desk: the record.
        phase: its name; empty takes all.
    """
    return [each for each in desk.analyses.values() if phase in ("", phase_of(desk, each))]
