"""Where a project stands: the facts for one screen, and no more than it needs."""

from __future__ import annotations

from datetime import date

from dmaic.engagements.at_hand import newer_version
from dmaic.project.benefit.benefit_money import money_of
from dmaic.project.engagement.kept_template import template_of
from dmaic.project.engagement.project import Project
from dmaic.project.entity import Stored
from dmaic.project.plan.action import Action
from dmaic.project.plan.logbook import Concern, Issue, Risk
from dmaic.project.plan.promise import promise_report
from dmaic.project.standing.health import Facts, health, rules
from dmaic.project.standing.progress import Progress, progress
from dmaic.project.standing.standing import churn_of, goal_of, notes_of
from dmaic.project.standing.status_reply import (
    Blocker,
    GateStatus,
    Overdue,
    PhaseStatus,
    StatusReply,
)
from dmaic.project.store.view import View


def status(view: View, project: Stored[Project], today: date) -> StatusReply:
    """Where a project stands.

    Args:
        view: to read from.
        project: any.
        today: the day on which overdue things are judged.
    """
    # Only what the current phase needs: the whole screen shall come at once.
    way = progress(view, project, today, every_phase=False)
    said = template_of(view, project).health
    actions = [each.body for each in view.all(Action, project.id)]
    benefits = money_of(view, project.id, today)
    return StatusReply(
        id=project.id,
        project=project.body,
        today=today,
        health=health(facts_of(view, project, way, actions), said, today),
        rules=rules(said),
        phases=tuple(
            PhaseStatus(
                name=each.name,
                title=each.title,
                state=each.state,
                done=each.ready,
                steps=each.counted,
            )
            for each in way.phases
        ),
        phase=way.current,
        finished=way.finished,
        gate=_gate_status(way),
        actions=sum(each.state == "open" for each in actions),
        overdue=_overdue(actions, today),
        promises=promise_report(actions, today),
        goal=goal_of(view, project.id),
        benefits=benefits,
        realised=benefits.run_rate if benefits else None,
        churn=churn_of(view, project),
        notes=notes_of(view, project),
        step=way.next.title,
        newer=_newer(project.body),
        next=_follow(project, way),
    )


def _newer(project: Project) -> str:
    followed = project.template
    return newer_version(followed.name, followed.version) if project.state == "open" else ""


def _follow(project: Stored[Project], way: Progress) -> tuple[str, ...]:
    if project.body.state == "open":
        return (way.next.command,) if way.next.command else ()
    following = project.body.following
    return (f"dmaic status -p {following}" if following else "dmaic project next-cycle",)


def facts_of(view: View, project: Stored[Project], way: Progress, actions: list[Action]) -> Facts:
    """What the rules of health look at.

    Args:
        view: to read from.
        project: any.
        way: how far it is.
        actions: all of its actions.
    """
    concerns: list[Concern] = [
        *(each.body for each in view.all(Risk, project.id)),
        *(each.body for each in view.all(Issue, project.id)),
    ]
    sent_back = way.gate.title if way.gate.state == "rejected" else ""
    return Facts(project.body, actions, concerns, sent_back, way.finished)


def _gate_status(way: Progress) -> GateStatus:
    gate = way.gate
    return GateStatus(
        phase=gate.phase,
        title=gate.title,
        state=gate.state,
        passes=gate.passes,
        criteria=len(gate.criteria),
        blockers=tuple(
            Blocker(title=each.title, reason=each.reason, command=each.command)
            for each in gate.failing
        ),
        unsigned=tuple(each.role for each in gate.missing),
        waived=gate.count("waived"),
    )


def _overdue(actions: list[Action], today: date) -> tuple[Overdue, ...]:
    late = sorted((each for each in actions if each.is_overdue(today)), key=lambda each: each.due)
    owners: dict[tuple[str, str], list[Action]] = {}
    for each in late:
        owners.setdefault((each.owner, each.side), []).append(each)
    return tuple(
        Overdue(
            owner=owner,
            side=side,
            count=len(mine),
            days=(today - mine[0].due).days,
            oldest=mine[0].title,
        )
        for (owner, side), mine in owners.items()
    )
