"""The appendix of a report: methods, findings about the data, the journal of a phase."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from dmaic.block import Block, Cells, Check, Checks, Fields, Heading, Note, Table
from dmaic.project.record.log import log
from dmaic.reply import heading
from dmaic.reports import table
from dmaic.reports.content_analysis import of_phase, result_of, title_of
from dmaic.reports.content_plan import phase_on
from dmaic.reports.desk import Desk
from dmaic.reports.entry import did, what
from dmaic.reports.finding import unflagged, untyped
from dmaic.reports.formula import printed


def journal_section(desk: Desk, phase: str = "", rows: int = 40) -> str:
    """What was done in a phase, the oldest first.

    Args:
        desk: the record.
        phase: its name; empty takes all.
        rows: at most so many, the newest; 0 for all.
    """
    every = log(desk.view, project=desk.project.id, limit=0)
    chosen = [
        (item, text)
        for item, text in zip(every.items, every.texts, strict=True)
        if phase in ("", phase_on(desk, str(item["at"])))
    ]
    shown = (chosen[:rows] if rows else chosen)[::-1]
    if not shown:
        return table.markdown((Note("The journal has nothing of this phase."),))
    columns = (
        Cells("Day", tuple(_day(str(item["at"])) for item, _ in shown)),
        Cells("Who", tuple(str(item["actor"]) for item, _ in shown)),
        Cells("Did", tuple(did(item) for item, _ in shown)),
        Cells("What", tuple(what(desk, item, text["what"]) for item, text in shown), wrap=True),
    )
    told = table.shown(Table(columns, title="Journal"))
    if len(chosen) > len(shown):
        left = len(chosen) - len(shown)
        told += "\n" + table.markdown((Note(f"{left:,} earlier entries are not shown."),))
    return told


def _day(at: str) -> str:
    # UTC, so that the same record gives the same report wherever it is made.
    return f"{datetime.fromisoformat(at):%Y-%m-%d}"


def methods_section(desk: Desk, phase: str = "") -> str:
    """How each figure of the analyses is computed, and of which data.

    Args:
        desk: the record.
        phase: its name; empty takes all.
    """
    blocks = [*_methods(desk, phase)]
    return table.markdown(blocks or (Note("No analysis belongs to this phase."),))


def _methods(desk: Desk, phase: str) -> Iterator[Block]:
    told: set[str] = set()
    for each in of_phase(desk, phase):
        result = result_of(desk, each)
        if result is None:
            continue
        rows = tuple(
            (heading(name), printed(unflagged(text), result.method))
            for name, text in result.method.items()
            if text
        )
        new = tuple(row for row in rows if f"{result.kind} {row}" not in told)
        told |= {f"{result.kind} {row}" for row in rows}
        assumed = tuple(getattr(result, "assumptions", ()))
        if new or assumed:
            yield Heading(title_of(desk, each))
        if new:
            yield Fields(new)
        if assumed:
            yield Note("Taken as given:")
            yield Checks(
                tuple(Check("plain", each) for each in filter(None, map(untyped, assumed)))
            )


def _hint(desk: Desk, hint: str) -> str:
    """What helps, without the sentences that only who types the commands can use."""
    return hint if desk.draft else untyped(hint)


def findings_section(desk: Desk, phase: str = "") -> str:
    """What was found about the data, once each.

    Args:
        desk: the record.
        phase: its name; empty takes all.
    """
    rows: dict[str, list[str]] = {}
    hints: dict[str, str] = {}
    for each in of_phase(desk, phase):
        result = result_of(desk, each)
        for found in result.findings if result is not None else ():
            if found.level != "info":
                rows.setdefault(found.message, []).append(title_of(desk, each))
                hints[found.message] = found.hint
    used = {each.body.dataset for each in of_phase(desk, phase)}
    for dataset in desk.datasets.values():
        if phase and dataset.id not in used:
            continue
        for found in dataset.body.findings:
            if found.level != "info" and found.message not in rows:
                rows[found.message] = [f"dataset {dataset.body.name}"]
                hints[found.message] = found.hint
    if not rows:
        return table.markdown((Note("Nothing was found that a reader should know."),))
    found_rows = tuple(
        Check("warn", message, f"{_hint(desk, hints[message])} ({places})".strip())
        for message, where in rows.items()
        for places in ("; ".join(dict.fromkeys(where)),)
    )
    return table.markdown((Checks(found_rows),))
