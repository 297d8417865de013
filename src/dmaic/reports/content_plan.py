"""The plan in a report: actions with promises kept, risks, issues, decisions, the team."""

from __future__ import annotations

from typing import Any

from dmaic.block import Cells, Sign, Table
from dmaic.project.people.team import Member
from dmaic.project.plan.action import Action
from dmaic.project.plan.action_reply import in_order, replied, stands
from dmaic.project.plan.logbook import Concern, Decision, Issue, Risk
from dmaic.project.plan.promise import PromiseReport, promise_report
from dmaic.reports import table
from dmaic.reports.desk import Desk
from dmaic.text import plural

_GRAVE = {"risk": 15, "issue": 4}
_SIGNS: dict[str, Sign] = {"open": "todo", "done": "good", "dropped": "plain"}


def actions_data(desk: Desk) -> list[dict[str, Any]]:
    """The mutual action plan, overdue actions first.

    Args:
        desk: the record.
    """
    found = [replied(each, desk.today) for each in desk.view.all(Action, desk.project.id)]
    return [
        {
            "title": each.title,
            "owner": each.owner,
            "side": each.side,
            "phase": each.phase,
            "due": each.due,
            "first_due": each.first_due,
            "state": each.state,
            "standing": stands(each),
            "sign": "bad" if each.overdue else _SIGNS[each.state],
            "overdue": each.overdue,
            "done_on": each.done_on,
            "moved": len(each.moved),
        }
        for each in in_order(found)
    ]


def promises_data(desk: Desk) -> dict[str, Any]:
    """How promises are kept.

    Args:
        desk: the record.
    """
    actions = [each.body for each in desk.view.all(Action, desk.project.id)]
    report = promise_report(actions, desk.today)
    return {
        "text": _promises(report),
        "kept": report.project.kept,
        "due": report.project.due,
        "rate": report.project.rate,
        "owners": [
            {"name": owner, "kept": each.kept, "due": each.due, "rate": each.rate}
            for owner, each in report.owners.items()
        ],
    }


_SIDES = {"ours": "we", "customer": "the customer"}


def _promises(report: PromiseReport) -> str:
    if report.project.rate is None:
        return "nothing is due yet"
    whole = report.project
    sides = [
        f"{_SIDES[side]} {each.kept} of {each.due}"
        for side, each in report.sides.items()
        if each.rate is not None
    ]
    kept = f"{whole.kept} of {plural(whole.due, 'promise')} kept on time"
    return f"{kept} ({100 * (whole.rate or 0):.0f} %): {', '.join(sides)}"


def actions_table(desk: Desk, phase: str = "", rows: int = 0, only: str = "") -> str:
    """The mutual action plan as a table.

    Args:
        desk: the record.
        phase: only those of it; empty takes all.
        rows: at most so many; 0 for all.
        only: `open`, `overdue` or `done`; empty takes all.
    """
    found = [each for each in actions_data(desk) if phase in ("", each["phase"])]
    if only == "overdue":
        found = [each for each in found if each["overdue"]]
    elif only:
        found = [each for each in found if each["state"] == only]
    moved = tuple(_moved(each) for each in found)
    columns = (
        Cells("Action", tuple(each["title"] for each in found), wrap=True),
        Cells("Owner", tuple(_owner(each) for each in found), wrap=True),
        Cells("Due", tuple(str(each["due"]) for each in found)),
        Cells("State", tuple(each["standing"] for each in found)),
        Cells("Date moved", moved),
    )
    signs = tuple(each["sign"] for each in found)
    empty = "No action is agreed."
    if only == "overdue":
        empty = "Nothing is overdue."
    elif phase:
        empty = "No action belongs to this phase."
    return table.shown(Table(columns, title="Actions", signs=signs, empty=empty), rows, "action")


def _owner(each: dict[str, Any]) -> str:
    return f"{each['owner']} (customer)" if each["side"] == "customer" else str(each["owner"])


def _moved(each: dict[str, Any]) -> str:
    return f"from {each['first_due']}" if each["moved"] else ""


def concerns_data(desk: Desk, kind: type[Risk] | type[Issue]) -> list[dict[str, Any]]:
    """Risks or issues, open ones first, the gravest before the others.

    Args:
        desk: the record.
        kind: which.
    """
    found: list[Concern] = [each.body for each in desk.view.all(kind, desk.project.id)]
    found.sort(key=lambda each: (each.state != "open", -_score(each), str(each.on), each.title))
    return [
        {
            "title": each.title,
            "on": each.on,
            "owner": each.owner,
            "response": each.response,
            "state": each.state,
            "reason": each.reason,
            "score": _score(each),
            **(
                {"probability": each.probability, "impact": each.impact}
                if isinstance(each, Risk)
                else {}
            ),
            "sign": "good" if each.state == "closed"
            else "bad" if _score(each) >= _GRAVE[each.kind] else "warn",
        }
        for each in found
    ]  # fmt: skip


def _score(each: Concern) -> int:
    return each.score if isinstance(each, (Risk, Issue)) else 0


def concerns_table(desk: Desk, kind: type[Risk] | type[Issue], rows: int = 0) -> str:
    """Risks or issues as a table.

    Args:
        desk: the record.
        kind: which.
        rows: at most so many; 0 for all.
    """
    found = concerns_data(desk, kind)
    word = kind.kind
    columns = (
        Cells(word.capitalize(), tuple(each["title"] for each in found), wrap=True),
        Cells(
            "Score of 25" if kind is Risk else "Severity of 5",
            tuple(str(each["score"]) for each in found),
            right=True,
        ),
        Cells("State", tuple(each["state"] for each in found)),
        Cells("Owner", tuple(each["owner"] or "nobody" for each in found)),
        Cells("Response", tuple(each["response"] or each["reason"] for each in found), wrap=True),
    )
    signs = tuple(each["sign"] for each in found)
    made = Table(
        columns, title=f"{word.capitalize()}s", signs=signs, empty=f"No {word} is written down."
    )
    return table.shown(made, rows, word)


def decisions_data(desk: Desk) -> list[dict[str, Any]]:
    """What was decided, in order.

    Args:
        desk: the record.
    """
    found = [each.body for each in desk.view.all(Decision, desk.project.id)]
    return [
        {"title": each.title, "on": each.on, "by": each.by, "why": each.why,
         "phase": phase_on(desk, f"{each.on}T23:59")}
        for each in sorted(found, key=lambda each: each.on)
    ]  # fmt: skip


def phase_on(desk: Desk, moment: str) -> str:
    """The phase that the project was in at a moment.

    Args:
        desk: the record.
        moment: ISO 8601, UTC.
    """
    for phase in desk.template.phases:
        gate = desk.gates.get(phase.name)
        approval = gate.approval if gate is not None else None
        signed = [each.at for each in approval.signatures] if approval is not None else []
        if not signed or max(signed) >= moment or max(signed)[:10] == moment[:10]:
            return phase.name
    return desk.template.phases[-1].name


def decisions_table(desk: Desk, phase: str = "", rows: int = 0) -> str:
    """What was decided, as a table.

    Args:
        desk: the record.
        phase: only what was decided in it; empty takes all.
        rows: at most so many; 0 for all.
    """
    found = [each for each in decisions_data(desk) if phase in ("", each["phase"])]
    columns = (
        Cells("Decision", tuple(each["title"] for each in found), wrap=True),
        Cells("Why", tuple(each["why"] for each in found), wrap=True),
        Cells("By", tuple(each["by"] for each in found)),
        Cells("On", tuple(str(each["on"]) for each in found)),
    )
    return table.shown(
        Table(columns, title="Decisions", empty="No decision is written down."), rows, "decision"
    )


def team_data(desk: Desk) -> list[dict[str, Any]]:
    """Who is on the team.

    Args:
        desk: the record.
    """
    found = [each.body for each in desk.view.all(Member, desk.project.id)]
    return [
        {"name": each.name, "function": each.function, "roles": [*each.roles]} for each in found
    ]


def team_table(desk: Desk) -> str:
    """The team as a table.

    Args:
        desk: the record.
    """
    found = team_data(desk)
    columns = (
        Cells("Name", tuple(each["name"] for each in found), wrap=True),
        Cells("Function", tuple(each["function"] for each in found)),
        Cells("Roles", tuple(", ".join(each["roles"]) for each in found)),
    )
    return table.shown(Table(columns, title="Team", empty="Nobody is on the team yet."))
