"""The appendix of a report: what was done in a phase, as the journal has it."""

from __future__ import annotations

from datetime import datetime

from dmaic.block import Cells, Note, Table
from dmaic.project.record.log import log
from dmaic.reports import table
from dmaic.reports.content_plan import phase_on
from dmaic.reports.desk import Desk


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
        Cells("Did", tuple(str(item["command"]) for item, _ in shown)),
        Cells("What", tuple(text["what"] for _, text in shown), wrap=True),
    )
    told = table.shown(Table(columns, title="Journal"))
    if len(chosen) > len(shown):
        left = len(chosen) - len(shown)
        told += "\n" + table.markdown((Note(f"{left:,} earlier entries are not shown."),))
    return told


def _day(at: str) -> str:
    # UTC, so that the same record gives the same report wherever it is made.
    return f"{datetime.fromisoformat(at):%Y-%m-%d}"
