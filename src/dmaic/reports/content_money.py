"""Money in a report: what was planned, what came, month by month."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dmaic.block import Block, Cells, Note, Table
from dmaic.engagements.template import TemplatePhase
from dmaic.number import money
from dmaic.project.benefit.benefit_money import money_of
from dmaic.project.gate.check import check_of
from dmaic.reports import table
from dmaic.reports.content_analysis import result_of
from dmaic.reports.desk import Desk


def benefits_data(desk: Desk) -> dict[str, Any] | None:
    """Money planned and realised, or None where no benefit is planned.

    Args:
        desk: the record.
    """
    found = money_of(desk.view, desk.project.id, desk.today)
    if found is None:
        return None
    from dmaic.project.benefit.benefit_list import _SIGNS, STANDINGS, benefit_list, told_sums

    listed = benefit_list(desk.view, desk.project, desk.today)
    currency = desk.project.body.currency
    planned = realised = 0.0
    months = []
    for each in listed.lines:
        planned += each.planned or 0.0
        realised += each.realised or 0.0
        months.append(
            {
                "month": each.month,
                "planned": each.planned,
                "realised": each.realised,
                "planned_sum": planned,
                "realised_sum": realised if each.realised is not None else None,
            }
        )
    return {
        "text": found.told(currency),
        "sentences": [*told_sums(listed.total, currency)],
        "planned": found.planned,
        "planned_once": found.planned_once or None,
        "run_rate": found.run_rate,
        "run_rate_month": max((each.run_rate_month for each in listed.benefits), default=""),
        "cash": found.cash,
        "agreed": found.agreed,
        "validated": bool(found.validated),
        "lines": [
            {
                "title": each.title,
                "segment": each.segment,
                "nature": each.nature,
                "rhythm": each.rhythm,
                "target": each.target,
                "run_rate": each.run_rate,
                "cash": each.cash,
                "standing": STANDINGS[each.standing],
                "owner": each.owner,
                "sign": _SIGNS[each.standing],
            }
            for each in listed.benefits
        ],
        "months": months,
    }


def asks_for_money(phase: TemplatePhase) -> bool:
    """Whether the tollgate of a phase looks at benefits.

    Args:
        phase: of the template.
    """
    return any(check_of(each).BENEFITS for each in phase.gate.criteria)


def benefits_section(desk: Desk) -> str:
    """What was planned and what came: sums, figure, a line a benefit, the method.

    Args:
        desk: the record.
    """
    data = benefits_data(desk)
    if data is None:
        return _missing(desk)
    from dmaic.project.benefit.benefit_list import benefit_list, overlap_blocks

    listed = benefit_list(desk.view, desk.project, desk.today)
    sums: list[Block] = [Note(each, strong=True) for each in data["sentences"]]
    after = [
        each
        for each in overlap_blocks(listed.total, listed.currency)
        if desk.draft or not (isinstance(each, Note) and "dmaic benefit" in each.text)
    ]
    # A run-rate of last year looks like one of today.
    month = data["run_rate_month"]
    newest = f" Here that month is {month}." if month else ""
    after.append(Note(f"Run-rate = {listed.method['run_rate']}.{newest}"))
    after += [Note(each) for each in _other_cash(desk, data["cash"])]
    parts = [
        table.markdown(sums),
        benefits_figure(desk),
        benefits_table(desk),
        table.markdown(after),
    ]
    return "\n".join(part for part in parts if part)


def _other_cash(desk: Desk, recorded: float | None) -> Iterator[str]:
    """Why the cash that was recorded is not that of the analysis, where both are told."""
    for each in desk.analyses.values():
        found = result_of(desk, each) if each.body.analysis == "benefit-measure" else None
        cash = getattr(found, "saved_cash", None)
        if recorded and cash is not None:
            told = money(cash, desk.project.body.currency, brief=True)
            yield (
                "Cash so far is what was recorded month by month. The analysis of the realised "
                f"benefit computes {told} for its part from the churn alone: customers who were "
                "saved and left later are no longer counted in it."
            )


def _missing(desk: Desk) -> str:
    from dmaic.block import Check, Checks

    command = 'dmaic benefit plan "TITLE" --target AMOUNT' if desk.draft else ""
    text = "Missing: no benefit is planned yet, so no money is counted."
    return table.markdown((Checks((Check("warn", text, command=command),)),))


def benefits_figure(desk: Desk, caption: str = "") -> str:
    """Planned against realised by month, or nothing where no benefit is planned.

    Args:
        desk: the record.
        caption: in place of the sums.
    """
    data = benefits_data(desk)
    if data is None:
        return ""
    from dmaic.project.benefit.benefit_list import benefit_list

    listed = benefit_list(desk.view, desk.project, desk.today)
    header = ("Month", "Planned", "Realised", "Planned, sum", "Realised, sum")
    rows = [tuple(each.values()) for each in data["months"]]
    text = str(data["text"])
    said = caption or f"{text[:1].upper()}{text[1:]}."
    return desk.show("Benefits planned and realised", said, listed.plot, header, rows)


def benefits_table(desk: Desk, rows: int = 0) -> str:
    """A line a benefit.

    Args:
        desk: the record.
        rows: at most so many; 0 for all.
    """
    data = benefits_data(desk)
    if data is None:
        return _missing(desk)
    code, lines = desk.project.body.currency, data["lines"]
    columns = (
        Cells("Benefit", tuple(each["title"] for each in lines), wrap=True),
        Cells("Kind", tuple(f"{each['nature']}, {each['rhythm']}" for each in lines)),
        Cells("Target", tuple(money(each["target"], code) for each in lines), right=True),
        Cells("Run-rate", tuple(money(each["run_rate"], code) for each in lines), right=True),
        Cells("Cash so far", tuple(money(each["cash"], code) for each in lines), right=True),
        Cells("State", tuple(each["standing"] for each in lines)),
        Cells("Owner", tuple(each["owner"] for each in lines)),
    )
    signs = tuple(each["sign"] for each in lines)
    return table.shown(Table(columns, title="Benefits", signs=signs), rows, "benefit")
