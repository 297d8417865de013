"""Red, amber or green: the health of a project, by rules that are told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from dmaic.block import Sign
from dmaic.project.engagement.project import Project
from dmaic.project.plan.action import Action, promises
from dmaic.project.plan.logbook import Concern, Issue, Risk
from dmaic.result import Frozen
from dmaic.text import plural

Color = Literal["red", "amber", "green"]

SIGN: dict[Color, Sign] = {"red": "bad", "amber": "warn", "green": "good"}
"""How each colour is signed, so that it can be told without colour."""

LIMITS: dict[str, float] = {
    "overdue_red": 3,
    "overdue_amber": 1,
    "late_days_red": 14,
    "promises_red": 0.5,
    "promises_amber": 0.8,
    "promises_least": 5,
    "target_days_amber": 14,
    "risk_amber": 15,
    "issue_red": 5,
    "issue_amber": 4,
}
"""Limits of the rules; a template's `health` may set others under the same names."""


class Health(Frozen):
    """How a project fares.

    Attributes:
        color: the worst that a rule says.
        reasons: what the rules of that colour found; for green, that none found anything.
    """

    color: Color
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """What the rules look at.

    Attributes:
        project: the project.
        actions: all of its actions.
        concerns: its risks and issues.
        sent_back: title of the current phase if its tollgate was sent back and not submitted
            again; or empty.
        finished: every tollgate is approved.
    """

    project: Project
    actions: Sequence[Action] = ()
    concerns: Sequence[Concern] = ()
    sent_back: str = ""
    finished: bool = False


def limits_of(said: Mapping[str, float]) -> dict[str, float]:
    """The limits that hold: those of the template, the others as they are.

    Args:
        said: a template's `health`.
    """
    limits = {name: said.get(name, limit) for name, limit in LIMITS.items()}
    return {name: int(each) if float(each).is_integer() else each for name, each in limits.items()}


def rules(said: Mapping[str, float]) -> tuple[str, ...]:
    """The rules in words, one sentence a colour.

    Args:
        said: a template's `health`.
    """
    limit = limits_of(said)
    return (
        f"Red: the target date has passed, {plural(limit['overdue_red'], 'action')} overdue or one "
        f"by more than {plural(limit['late_days_red'], 'day')}, the tollgate was sent back, under "
        f"{100 * limit['promises_red']:g} % of promises kept, or an open issue of severity "
        f"{limit['issue_red']:g}.",
        f"Amber: the target date is {plural(limit['target_days_amber'], 'day')} away or less, "
        f"{plural(limit['overdue_amber'], 'action')} overdue, under "
        f"{100 * limit['promises_amber']:g} % of promises kept, an open issue of severity "
        f"{limit['issue_amber']:g}, or an open risk that scores {limit['risk_amber']:g}.",
        f"Green: none of these. Promises are judged from {limit['promises_least']:g} on.",
    )


def health(facts: Facts, said: Mapping[str, float], today: date) -> Health:
    """The health of a project.

    Args:
        facts: what the rules look at.
        said: a template's `health`.
        today: the day on which it is judged.
    """
    project = facts.project
    if project.state == "closed":
        return Health(color="green", reasons=("The project is closed.",))
    limit = limits_of(said)
    found: dict[Color, list[str]] = {"red": [], "amber": []}
    if project.target_date is not None and not facts.finished:
        left = (project.target_date - today).days
        if left < 0:
            found["red"].append(f"The target date {project.target_date} has passed.")
        elif left <= limit["target_days_amber"]:
            away = plural(left, "day") + " away" if left else "today"
            found["amber"].append(f"The target date {project.target_date} is {away}.")
    if facts.sent_back:
        found["red"].append(f"The {facts.sent_back} tollgate was sent back.")
    _judge_actions(facts.actions, limit, today, found)
    _judge_concerns(facts.concerns, limit, found)
    for color in ("red", "amber"):
        if found[color]:
            return Health(color=color, reasons=tuple(found[color]))
    return Health(color="green", reasons=("No rule for red or amber applies.",))


def _judge_actions(
    actions: Sequence[Action],
    limit: Mapping[str, float],
    today: date,
    found: dict[Color, list[str]],
) -> None:
    late = [(today - each.due).days for each in actions if each.is_overdue(today)]
    if late:
        grave = len(late) >= limit["overdue_red"] or max(late) > limit["late_days_red"]
        most = "up to " if len(late) > 1 else ""
        told = f"{plural(len(late), 'action')} overdue, by {most}{plural(max(late), 'day')}."
        if grave or len(late) >= limit["overdue_amber"]:
            found["red" if grave else "amber"].append(told)
    kept = promises(actions, today)
    if kept.rate is not None and kept.due >= limit["promises_least"]:
        told = f"{kept.kept} of {kept.due} promises kept on time."
        if kept.rate < limit["promises_red"]:
            found["red"].append(told)
        elif kept.rate < limit["promises_amber"]:
            found["amber"].append(told)


def _judge_concerns(
    concerns: Sequence[Concern], limit: Mapping[str, float], found: dict[Color, list[str]]
) -> None:
    still = [each for each in concerns if each.state == "open"]
    for each in still:
        if isinstance(each, Issue) and each.score >= limit["issue_amber"]:
            grave = each.score >= limit["issue_red"]
            found["red" if grave else "amber"].append(
                f"An issue of severity {each.score} is open: {each.title}."
            )
        elif isinstance(each, Risk) and each.score >= limit["risk_amber"]:
            found["amber"].append(f"A risk that scores {each.score} is open: {each.title}.")
