"""All projects of an engagement, a line each."""

from __future__ import annotations

from datetime import date
from typing import Any

from dmaic.block import Block, Cells, Heading, Note, Table
from dmaic.number import DASH, compact
from dmaic.project.engagement.kept_template import template_of
from dmaic.project.engagement.project import Project
from dmaic.project.entity import Stored
from dmaic.project.plan.action import Action
from dmaic.project.standing.health import SIGN, Color, health, rules
from dmaic.project.standing.progress import progress
from dmaic.project.standing.standing import PLANNED, goal_of
from dmaic.project.standing.status import facts_of
from dmaic.project.store.view import View
from dmaic.reply import Page
from dmaic.result import Frozen
from dmaic.text import plural


class PortfolioLine(Frozen):
    """One project.

    Attributes:
        id, name, sponsor: of the project.
        state: open or closed.
        phase: title of the current phase; empty once every tollgate is approved.
        color: of its health.
        reasons: what made it so.
        target_date: day by which it shall be closed, or None.
        next_date: the next day on which something is due: an action or the target date; or None.
        next_what: what is due then.
        goal: what the charter promises, such as `monthly logo churn 1.4 %`; or empty.
        planned: money a year that the charter promises, or None.
        realised: money a year gained so far, or None.
        currency: code of both.
    """

    id: str
    name: str
    sponsor: str
    state: str
    phase: str
    color: Color
    reasons: tuple[str, ...]
    target_date: date | None
    next_date: date | None
    next_what: str
    goal: str
    planned: float | None
    realised: float | None
    currency: str


class PortfolioReply(Page):
    """All projects of an engagement.

    Attributes:
        today: the day on which they are judged.
        projects: open ones first, the worst health before the others.
        rules: the rules of health in words, for each set of limits in use.
    """

    kind: str = "portfolio"
    today: date
    projects: tuple[PortfolioLine, ...]
    rules: tuple[str, ...]

    def blocks(self) -> tuple[Block, ...]:
        """A line a project, why one is not green, and the rules."""
        lines = self.projects
        columns = (
            Cells("Project", tuple(each.name for each in lines), wrap=True),
            Cells("Health", tuple(_health(each) for each in lines), keep=99),
            Cells("Phase", tuple(_phase(each) for each in lines), keep=98),
            Cells("Target", tuple(each.goal or DASH for each in lines), wrap=True, keep=60),
            Cells("Planned", tuple(_money(each, each.planned) for each in lines), right=True,
                  keep=90),
            Cells("Realised", tuple(_money(each, each.realised) for each in lines), right=True,
                  keep=89),
            Cells("Next date", tuple(str(each.next_date or DASH) for each in lines), keep=95),
        )  # fmt: skip
        told = [
            Note(f"{each.name}: {' '.join(each.reasons)}")
            for each in lines
            if each.color != "green"
        ]
        money = any(each.planned is not None for each in lines)
        return (
            Heading(plural(len(lines), "project"), 1),
            Table(
                columns,
                signs=tuple(SIGN[each.color] for each in lines),
                empty="There is no project yet. A project takes a team from Define to Control.",
            ),
            *told,
            *((Note("\n".join(self.rules)),) if lines else ()),
            *((Note(f"Planned = {PLANNED}."),) if money else ()),
        )

    def records(self) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
        """One row a project."""
        header = tuple(PortfolioLine.model_fields)
        return header, [
            tuple(
                " ".join(each.reasons) if name == "reasons" else getattr(each, name)
                for name in header
            )
            for each in self.projects
        ]


def _health(each: PortfolioLine) -> str:
    return each.state if each.state == "closed" else each.color


def _phase(each: PortfolioLine) -> str:
    return each.phase or "done"


def _money(each: PortfolioLine, figure: float | None) -> str:
    return DASH if figure is None else f"{compact(figure)} {each.currency}"


def portfolio(view: View, today: date) -> PortfolioReply:
    """All projects, open ones first, the worst health before the others.

    Args:
        view: to read from.
        today: the day on which they are judged.
    """
    found = [_line(view, each, today) for each in view.all(Project)]
    lines = [line for line, _ in found]
    order: dict[Color, int] = {"red": 0, "amber": 1, "green": 2}
    lines.sort(key=lambda each: (each.state == "closed", order[each.color]))
    used = [each for each in lines if each.state == "open"]
    return PortfolioReply(
        today=today,
        projects=tuple(lines),
        rules=tuple(dict.fromkeys(rule for _, some in found for rule in some)),
        next=_next(lines, used),
    )


def _next(lines: list[PortfolioLine], used: list[PortfolioLine]) -> tuple[str, ...]:
    if not lines:
        return ('dmaic project new "NAME"',)
    return (f"dmaic status -p {used[0].id}",) if used else ()


def _line(
    view: View, project: Stored[Project], today: date
) -> tuple[PortfolioLine, tuple[str, ...]]:
    body = project.body
    template = template_of(view, project)
    way = progress(view, project, today, every_phase=False)
    actions = [each.body for each in view.all(Action, project.id)]
    fares = health(facts_of(view, project, way, actions), template.health, today)
    goal = goal_of(view, project.id)
    due = [(each.due, each.title) for each in actions if each.state == "open"]
    if body.target_date is not None and body.state == "open":
        due.append((body.target_date, "target date"))
    # What is late is not next; health tells it.
    ahead = min((each for each in due if each[0] >= today), default=None)
    line = PortfolioLine(
        id=project.id,
        name=body.name,
        sponsor=body.sponsor,
        state=body.state,
        phase="" if way.finished else template.phase(way.current).title,
        color=fares.color,
        reasons=fares.reasons,
        target_date=body.target_date,
        next_date=ahead[0] if ahead else None,
        next_what=ahead[1] if ahead else "",
        goal=f"{goal.metric} {goal.target:g} {goal.unit}".strip()
        if goal is not None and goal.target is not None
        else "",
        planned=goal.planned if goal is not None else None,
        realised=None,
        currency=body.currency,
    )
    return line, rules(template.health)
