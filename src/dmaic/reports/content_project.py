"""The project in a report: what it is, where it stands, who is needed for what."""

from __future__ import annotations

from datetime import date
from typing import Any

from dmaic.documents.define.charter import Charter
from dmaic.number import DASH
from dmaic.project.plan.action import Action
from dmaic.project.standing.health import SIGN, health
from dmaic.project.standing.standing import Goal, churn_of, goal_of, sponsor_of
from dmaic.project.standing.status import facts_of
from dmaic.reports.desk import Desk
from dmaic.reports.words import for_readers

STATES = {"approved": "good", "current": "todo", "submitted": "todo", "ahead": "plain",
          "out of date": "warn"}  # fmt: skip
"""State of a phase -> sign."""


def project_data(desk: Desk) -> dict[str, Any]:
    """The project as layouts read it.

    Args:
        desk: the record.
    """
    body = desk.project.body
    return {
        "name": body.name,
        "sponsor": sponsor_of(desk.view, desk.project),
        "group": body.group,
        "state": body.state,
        "reason": body.reason,
        "start": body.start,
        "target_date": body.target_date,
        "currency": body.currency,
        "template": body.template.name,
        "template_version": body.template.version,
        "previous": _named(desk, body.previous),
        "following": _named(desk, body.following),
    }


def _named(desk: Desk, id: str | None) -> str:
    row = desk.view.row(id) if id else None
    return str(row.body.get("name", "")) if row is not None else ""


def goal_data(desk: Desk) -> dict[str, Any] | None:
    """What the charter promises, or None where it names no metric.

    Args:
        desk: the record.
    """
    goal = goal_of(desk.view, desk.project.id)
    if goal is None:
        return None
    charter = desk.papers.get(Charter)
    return {
        "metric": goal.metric,
        "unit": goal.unit,
        "baseline": goal.baseline,
        "target": goal.target,
        "by": date.fromisoformat(goal.by) if goal.by else None,
        "planned": goal.planned,
        "annual_cost": charter.annual_cost,
        "text": goal_text(goal)
        if goal.target is not None
        else f"not agreed yet; the charter has no target for {goal.metric}",
        "problem": charter.problem,
        "business_case": charter.business_case,
    }


def goal_text(goal: Goal) -> str:
    """`monthly logo churn from 2.2 to 1.4 % by 2025-12-31`.

    Args:
        goal: of the charter.
    """
    unit = f" {goal.unit}" if goal.unit else ""
    ends = ""
    if goal.baseline is not None and goal.target is not None:
        ends = f" from {goal.baseline:g} to {goal.target:g}{unit}"
    return f"{goal.metric}{ends}{f' by {goal.by}' if goal.by else ''}"


def health_data(desk: Desk) -> dict[str, Any]:
    """Red, amber or green, and why.

    Args:
        desk: the record.
    """
    actions = [each.body for each in desk.view.all(Action, desk.project.id)]
    facts = facts_of(desk.view, desk.project, desk.progress, actions)
    found = health(facts, desk.template.health, desk.today)
    return {"color": found.color, "sign": SIGN[found.color], "reasons": [*found.reasons]}


def churn_data(desk: Desk) -> dict[str, Any] | None:
    """What the last Pareto says, or None.

    Args:
        desk: the record.
    """
    found = churn_of(desk.view, desk.project)
    if found is None:
        return None
    return {
        "title": found.title,
        "run_on": date.fromisoformat(found.run_on),
        "stale": found.stale,
        "unit": found.unit,
        "churned": found.churned,
        "exposure": found.exposure,
        "rate": found.rate,
        "groups": [{"name": name, "share": share} for name, share in found.groups],
        "of": found.of,
        "share": found.share,
        "categories": found.categories,
    }


def next_data(desk: Desk) -> dict[str, Any]:
    """The next step.

    Args:
        desk: the record.
    """
    step = desk.progress.next
    closed = step.kind == "closed"
    return {
        "title": step.title,
        "why": for_readers(desk, " ".join(step.why.split())),
        "phase": step.phase,
        "command": step.command if desk.draft and not closed else "",
        "closed": closed,
    }


def needs_data(desk: Desk, actions: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What the project needs from people, the most urgent first.

    Args:
        desk: the record.
        actions: as the layouts read them.
    """
    if desk.project.body.state == "closed":
        return []
    found = []
    if not sponsor_of(desk.view, desk.project):
        found.append(
            {
                "who": "a sponsor",
                "what": "take the project on",
                "why": "nobody is named as its sponsor yet",
                "sign": "todo",
            }
        )
    gate = desk.progress.gate
    if gate.state == "submitted" and gate.passes:
        found += [
            {
                "who": " or ".join(each.candidates) or f"a {each.role}",
                "what": f"sign the {gate.title} tollgate as {each.role}",
                "why": "it is submitted and every criterion is met or waived",
                "sign": "todo",
            }
            for each in gate.missing
        ]
    found += [
        {
            "who": f"{each['owner']} (customer)" if each["side"] == "customer" else each["owner"],
            "what": each["title"],
            "why": f"{each['standing']}, was due {each['due']}",
            "sign": "bad",
        }
        for each in actions
        if each["overdue"]
    ]
    found += [
        {
            "who": "the team",
            "what": each.title,
            "why": for_readers(desk, each.reason),
            "sign": "bad",
        }
        for each in gate.failing
        if not desk.progress.finished
    ]
    return found


def standing_rows(data: dict[str, Any]) -> list[tuple[str, str]]:
    """Where the project stands, a label and its words a line.

    Args:
        data: all that layouts read.
    """
    project, phase = data["project"], data["phase"]
    goal, churn, benefits = data["goal"], data["churn"], data["benefits"]
    rows = [("Goal", goal["text"] if goal else "not agreed yet")]
    measured = _measured(data["analyses"])
    if measured is not None:
        rows.append(("Last measured", f"{measured['headline']} ({measured['run_on']})"))
    if project["state"] == "closed":
        rows.append(("State", f"closed: {project['reason']}".rstrip(": ")))
    else:
        health = data["health"]
        rows.append(("Health", f"{health['color']}: {' '.join(health['reasons'])}"))
        current = next((each for each in data["phases"] if each["state"] in _NOW), phase)
        rows.append(("Phase", _course(current, data["phases"])))
    rows.append(("Churn", _churn(churn) if churn else "not analysed yet"))
    if churn and churn["groups"]:
        rows.append(("Vital few", _groups(churn)))
    rows.append(("Money", benefits["text"] if benefits else "no benefit is planned yet"))
    if data["promises"]["due"]:
        rows.append(("Promises", data["promises"]["text"]))
    return rows


def _measured(analyses: list[dict[str, Any]]) -> dict[str, Any] | None:
    """The newest analysis that says how high the churn is."""
    known = [each for each in analyses if each["analysis"] in _MEASURES]
    return max(
        known,
        key=lambda each: (each["run_on"], -_MEASURES.index(each["analysis"])),
        default=None,
    )


_MEASURES = ("compare", "churn", "control")
_NOW = ("current", "submitted")


def _course(current: dict[str, Any], phases: list[dict[str, Any]]) -> str:
    if all(each["state"] == "approved" for each in phases):
        return "every tollgate is approved"
    told = f"{current['title']}, {current['done']} of {current['of']} steps done"
    passed = [each["title"] for each in phases if each["state"] == "approved"]
    return f"{told}; passed {', '.join(passed)}" if passed else told


def _churn(churn: dict[str, Any]) -> str:
    stale = ", stale" if churn["stale"] else ""
    source = f"{churn['title'].partition(';')[0]}, {churn['run_on']}{stale}"
    if churn["rate"] is None:
        return f"{churn['churned']:,.0f} {churn['unit']} lost ({source})"
    whole = f"{churn['churned']:,.0f} of {churn['exposure']:,.0f} {churn['unit']}"
    return f"{whole} lost over the whole period, {_per_cent(churn['rate'])} ({source})"


def _per_cent(fraction: float) -> str:
    return f"{100 * fraction:.1f} %"


def _groups(churn: dict[str, Any]) -> str:
    shown = ", ".join(
        f"{each['name']} {DASH if each['share'] is None else _per_cent(each['share'])}"
        for each in churn["groups"][:3]
    )
    left = len(churn["groups"]) - 3
    more = f" and {left} more" if left > 0 else ""
    share = ""
    if churn["share"] is not None:
        share = f", together {_per_cent(churn['share'])} of {churn['of']}"
    return f"{shown}{more} ({len(churn['groups'])} of {churn['categories']}{share})"
