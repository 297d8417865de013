"""All projects of an engagement, a line each."""

from __future__ import annotations

from datetime import date
from typing import Any

from dmaic.block import Block, Cells, Heading, Note, Table
from dmaic.number import DASH, money
from dmaic.project.benefit.benefit import Benefit
from dmaic.project.benefit.benefit_list import overlap_blocks, told_sums
from dmaic.project.benefit.benefit_money import benefit_money
from dmaic.project.benefit.roll_up import Claim, RollUp, roll_up
from dmaic.project.engagement.kept_template import template_of
from dmaic.project.engagement.project import Project
from dmaic.project.entity import Stored
from dmaic.project.plan.action import Action
from dmaic.project.standing.health import SIGN, Color, health, rules
from dmaic.project.standing.progress import progress
from dmaic.project.standing.standing import PLANNED, goal_of, sponsor_of
from dmaic.project.standing.status import facts_of
from dmaic.project.store.view import View
from dmaic.reply import Page
from dmaic.result import Frozen
from dmaic.text import plural

_PLANNED = f"targets of the hard benefits; where none is planned, {PLANNED}"
_REALISED = "run-rate of the hard benefits, 12 × the last month; cash = what they brought so far"
_SIGNED = {True: "validated", False: "not validated", None: DASH}


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
        planned: money a year that the hard benefits shall bring; the charter's where none is
            planned; None where neither says.
        realised: money a year gained so far, the run-rate of the hard benefits; or None.
        cash: money that the hard benefits brought so far, or None.
        validated: Finance signed every recorded month of them; None where nothing is recorded.
        currency: code of all of them.
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
    cash: float | None
    validated: bool | None
    currency: str


class PortfolioMoney(Frozen):
    """Benefits of all projects that reckon in one currency.

    Attributes:
        currency: code.
        total: added up, no customer counted twice.
    """

    currency: str
    total: RollUp


class PortfolioReply(Page):
    """All projects of an engagement.

    Attributes:
        today: the day on which they are judged.
        projects: open ones first, the worst health before the others.
        rules: the rules of health in words, for each set of limits in use.
        benefits: of all projects together, one for each currency.
    """

    kind: str = "portfolio"
    today: date
    projects: tuple[PortfolioLine, ...]
    rules: tuple[str, ...]
    benefits: tuple[PortfolioMoney, ...] = ()

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
            Cells("Cash", tuple(_money(each, each.cash) for each in lines), right=True, keep=58),
            Cells("Finance", tuple(_SIGNED[each.validated] for each in lines), keep=57),
            Cells("Next date", tuple(str(each.next_date or DASH) for each in lines), keep=95),
        )  # fmt: skip
        told = [
            Note(f"{each.name}: {' '.join(each.reasons)}")
            for each in lines
            if each.color != "green"
        ]
        counted = any(each.planned is not None for each in lines)
        return (
            Heading(plural(len(lines), "project"), 1),
            Table(
                columns,
                signs=tuple(SIGN[each.color] for each in lines),
                empty="There is no project yet. A project takes a team from Define to Control.",
            ),
            *told,
            *self._all_money(),
            *((Note("\n".join(self.rules)),) if lines else ()),
            *((Note(f"Planned = {_PLANNED}. Realised = {_REALISED}."),) if counted else ()),
        )

    def _all_money(self) -> tuple[Block, ...]:
        blocks: list[Block] = []
        for each in self.benefits:
            blocks += [Note(told, strong=True) for told in told_sums(each.total, each.currency)]
            blocks += overlap_blocks(each.total, each.currency)
        return tuple(blocks)

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
    return money(figure, each.currency, brief=True)


def portfolio(view: View, today: date) -> PortfolioReply:
    """All projects, open ones first, the worst health before the others.

    Args:
        view: to read from.
        today: the day on which they are judged.
    """
    every = view.all(Project)
    benefits = {each.id: [one.body for one in view.all(Benefit, each.id)] for each in every}
    found = [_line(view, each, benefits[each.id], today) for each in every]
    lines = [line for line, _ in found]
    order: dict[Color, int] = {"red": 0, "amber": 1, "green": 2}
    lines.sort(key=lambda each: (each.state == "closed", order[each.color]))
    used = [each for each in lines if each.state == "open"]
    return PortfolioReply(
        today=today,
        projects=tuple(lines),
        rules=tuple(dict.fromkeys(rule for _, some in found for rule in some)),
        benefits=_together(every, benefits, today),
        next=_next(lines, used),
    )


def _next(lines: list[PortfolioLine], used: list[PortfolioLine]) -> tuple[str, ...]:
    if not lines:
        return ('dmaic project new "NAME"',)
    return (f"dmaic status -p {used[0].id}",) if used else ()


def _together(
    projects: list[Stored[Project]], benefits: dict[str, list[Benefit]], today: date
) -> tuple[PortfolioMoney, ...]:
    """Benefits of all projects; money of one currency is not added to that of another."""
    claims: dict[str, list[Claim]] = {}
    for project in projects:
        claims.setdefault(project.body.currency, []).extend(
            Claim.of(each, today, project.body.name) for each in benefits[project.id]
        )
    return tuple(
        PortfolioMoney(currency=code, total=roll_up(some)) for code, some in claims.items() if some
    )


def _line(
    view: View, project: Stored[Project], benefits: list[Benefit], today: date
) -> tuple[PortfolioLine, tuple[str, ...]]:
    body = project.body
    template = template_of(view, project)
    way = progress(view, project, today, every_phase=False)
    actions = [each.body for each in view.all(Action, project.id)]
    fares = health(facts_of(view, project, way, actions), template.health, today)
    goal = goal_of(view, project.id)
    gain = benefit_money(benefits, today)
    due = [(each.due, each.title) for each in actions if each.state == "open"]
    if body.target_date is not None and body.state == "open":
        due.append((body.target_date, "target date"))
    # What is late is not next; health tells it.
    ahead = min((each for each in due if each[0] >= today), default=None)
    line = PortfolioLine(
        id=project.id,
        name=body.name,
        sponsor=sponsor_of(view, project),
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
        planned=gain.planned if gain else goal.planned if goal else None,
        realised=gain.run_rate if gain else None,
        cash=gain.cash if gain else None,
        validated=gain.validated if gain else None,
        currency=body.currency,
    )
    return line, rules(template.health)
