"""The tollgate in a report: the verdict, each criterion with its evidence, who signed."""

from __future__ import annotations

from datetime import date
from typing import Any

from dmaic.block import Block, Cells, Note, Sign, Table
from dmaic.project.gate.reply import SIGNS, GateReply
from dmaic.reports.desk import Desk
from dmaic.reports.table import markdown
from dmaic.reports.words import for_readers
from dmaic.text import plural

_WORDS = {"pass": "met", "warn": "in doubt", "fail": "not met", "waived": "waived"}


def gate_data(desk: Desk, reply: GateReply) -> dict[str, Any]:
    """A tollgate as layouts read it.

    Args:
        desk: the record.
        reply: how it stands.
    """
    return {
        "title": reply.title,
        "state": reply.state,
        "passes": reply.passes,
        "summary": verdict(desk, reply),
        "reason": reply.reason,
        "failing": reply.count("fail"),
        "waived": reply.count("waived"),
        "criteria": [
            {
                "title": each.title,
                "why": each.why,
                "level": each.level,
                "outcome": each.outcome,
                "sign": SIGNS[each.outcome],
                "reason": for_readers(desk, each.reason),
                "waiver": None
                if each.waiver is None
                else {
                    "by": each.waiver.by,
                    "on": date.fromisoformat(each.waiver.at[:10]),
                    "reason": each.waiver.reason,
                },
            }
            for each in reply.criteria
        ],
        "signers": [
            {
                "role": each.role,
                "by": each.by,
                "on": date.fromisoformat(each.at[:10]) if each.at else None,
                "note": each.note,
                "candidates": [*each.candidates],
            }
            for each in reply.signers
        ],
    }


def verdict(desk: Desk, reply: GateReply) -> str:
    """How a tollgate stands, in one or two sentences; neither a waiver nor a signature that is
    not there is passed over.

    Args:
        desk: the record.
        reply: how it stands.
    """
    gate = desk.gates.get(reply.phase)
    day = gate.approved_on if gate is not None else None
    if day is None:
        return " ".join(filter(None, (reply.summary, _not_signed(reply))))
    told = f"The {reply.title} tollgate was approved on {day}."
    waived = [each for each in reply.criteria if each.outcome == "waived" and each.waiver]
    if not waived:
        return told
    by = ", ".join(dict.fromkeys(each.waiver.by for each in waived if each.waiver))
    were = plural(len(waived), "criterion was", "criteria were")
    return f"{told} {were} waived by {by}."


def _not_signed(reply: GateReply) -> str:
    """Why a tollgate whose criteria are met is not approved."""
    if reply.state == "submitted":
        roles = ", ".join(each.role for each in reply.signers if not each.by)
        return f"It is submitted; not signed yet: {roles}." if roles else ""
    if not reply.passes or not reply.is_current:
        return ""
    return f"It is not submitted {'again' if reply.reason else 'yet'}."


def gate_section(desk: Desk, phase: str) -> str:
    """The tollgate as Markdown.

    Args:
        desk: the record.
        phase: name of the phase.
    """
    reply = desk.judged.get(phase)
    if reply is None:
        return markdown((Note("The template has no such phase."),))
    blocks: list[Block] = [Note(verdict(desk, reply), strong=True)]
    if reply.reason:
        blocks.append(Note(reply.reason))
    rows = reply.criteria
    blocks.append(
        Table(
            (
                Cells("Criterion", tuple(each.title for each in rows), wrap=True),
                Cells("Verdict", tuple(_verdict(each.outcome, each.level) for each in rows)),
                Cells("Evidence", tuple(_evidence(desk, each) for each in rows), wrap=True),
            ),
            title=f"Criteria of the {reply.title} tollgate",
            signs=tuple(SIGNS[each.outcome] for each in rows),
        )
    )
    signs: tuple[Sign, ...] = tuple("good" if each.by else "todo" for each in reply.signers)
    blocks.append(
        Table(
            (
                Cells("Signs as", tuple(each.role for each in reply.signers)),
                Cells(
                    "Signed",
                    tuple(
                        f"{each.by}, {each.at[:10]}" if each.by else "not yet"
                        for each in reply.signers
                    ),
                ),
                Cells(
                    "Words",
                    tuple(
                        each.note if each.by else _candidates(each.candidates)
                        for each in reply.signers
                    ),
                    wrap=True,
                ),
            ),
            title="Signatures",
            signs=signs,
        )
    )
    return markdown(blocks) + _story(desk, phase)


def _verdict(outcome: str, level: str) -> str:
    return _WORDS[outcome] + (" (advised)" if level == "should" and outcome != "pass" else "")


def _evidence(desk: Desk, criterion: Any) -> str:  # noqa: ANN401  a CriterionReply
    told = for_readers(desk, criterion.reason)
    waiver = criterion.waiver
    if waiver is not None:
        word = "Waived" if criterion.outcome == "waived" else "Was waived"
        told = f"{told} {word} by {waiver.by}, {waiver.at[:10]}: {waiver.reason}".strip()
    return told


def _candidates(names: tuple[str, ...]) -> str:
    return f"may be {', '.join(names)}" if names else "nobody on the team has this role"


def _story(desk: Desk, phase: str) -> str:
    """Submissions that did not end well, and waivers that stand at no criterion above."""
    gate = desk.gates.get(phase)
    if gate is None:
        return ""
    shown = [each.waiver for each in desk.judged[phase].criteria]
    waivers = [each for each in gate.waivers if each not in shown]
    told = ""
    if waivers:
        columns = (
            Cells("Waived", tuple(each.title for each in waivers), wrap=True),
            Cells("By", tuple(f"{each.by}, {each.at[:10]}" for each in waivers)),
            Cells("Why", tuple(each.reason for each in waivers), wrap=True),
        )
        told = "\n" + markdown((Table(columns, title="Earlier waivers"),))
    earlier = [each for each in gate.rounds if each.reason]
    if not earlier:
        return told
    rows = (
        Cells("Submitted", tuple(f"{each.at[:10]}, {each.by}" for each in earlier)),
        Cells("Ended", tuple(f"{each.state}, {each.ended_at[:10]}" for each in earlier)),
        Cells("By", tuple(each.ended_by for each in earlier)),
        Cells("Why", tuple(each.reason for each in earlier), wrap=True),
    )
    return told + "\n" + markdown((Table(rows, title="Earlier submissions"),))
