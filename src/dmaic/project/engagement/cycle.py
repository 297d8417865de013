"""The next cycle: a new project for the next Pareto group."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dmaic.documents.define.charter import Charter
from dmaic.errors import ConflictError, UsageError
from dmaic.project.checked import check_dates, checked
from dmaic.project.data.analysis import SavedAnalysis
from dmaic.project.engagement.prefill import fill_in_again
from dmaic.project.engagement.project import Project
from dmaic.project.engagement.vital import cycles_before, last_pareto, vital_few
from dmaic.project.entity import ENGAGEMENT, Stored
from dmaic.project.paper.paper import PaperState, read_paper, write_paper
from dmaic.project.people.team import FunctionWaiver, Member
from dmaic.project.store.view import View
from dmaic.project.store.work import Work
from dmaic.text import name_list


@dataclass(frozen=True, slots=True)
class Next:
    """What the next cycle began with.

    Attributes:
        project: the new project.
        group: the Pareto group it works on.
        source: the saved analysis that named the group, or None where a person did.
        members: how many people were carried over.
        charter: the charter's scope and baseline were carried over.
    """

    project: Stored[Project]
    group: str
    source: Stored[SavedAnalysis] | None
    members: int
    charter: bool

    @property
    def sentences(self) -> tuple[str, ...]:
        """What was carried over and what chose the group, in words."""
        told = []
        if self.source is not None:
            told.append(
                f'The group "{self.group}" is the next of the vital few in the last Pareto, '
                f'"{self.source.body.title}" of {self.source.body.run_at[:10]}.'
            )
        if self.members:
            told.append(f"Carried over the team of {self.members}.")
        if self.charter:
            told.append(
                "Carried over the charter's metric, scope and baseline; measure the baseline again."
            )
        return tuple(told)


def next_cycle(
    work: Work,
    project: Stored[Project],
    *,
    name: str = "",
    group: str = "",
    sponsor: str | None = None,
    currency: str | None = None,
    start: date | None = None,
    target_date: date | None = None,
) -> Next:
    """Start a project for the next Pareto group, with the team, the scope and the baseline.

    Both projects know each other afterwards.

    Args:
        work: to write in.
        project: of the cycle before.
        name: of the new one; empty makes one of the group.
        group: to work on; empty takes the next vital category of the last saved Pareto.
        sponsor: None takes that of the cycle before.
        currency: None takes that of the cycle before.
        start: first day.
        target_date: day by which it shall be closed.

    Raises:
        ConflictError: `project.has-next`, it has a following project; `project.exists`.
        UsageError: `project.group`, no group is known; `project.dates`.
    """
    check_dates(start, target_date)
    if project.body.following is not None:
        follower = work.row(project.body.following)
        known = str(follower.body["name"]) if follower is not None else project.body.following
        raise ConflictError(
            f'The next cycle of "{project.body.name}" is "{known}" already.',
            "project.has-next",
            f'Continue from there: dmaic project next-cycle "{known}".',
        )
    source = None
    if not group:
        group, source = _next_group(work, project)
    made = work.add(
        checked(
            Project,
            {
                "name": name or _name(work, project, group),
                "template": project.body.template,
                "sponsor": project.body.sponsor if sponsor is None else sponsor,
                "start": start,
                "target_date": target_date,
                "group": group,
                "previous": project.id,
                "currency": currency or project.body.currency,
            },
        ),
        ENGAGEMENT,
    )
    work.change(project, project.body.model_copy(update={"following": made.id}))
    members = work.all(Member, project.id)
    for each in (*members, *work.all(FunctionWaiver, project.id)):
        work.add(each.body, made.id)
    carried = _carry_charter(work, project.id, made.id)
    fill_in_again(work, made)
    return Next(made, group, source, len(members), carried)


def _carry_charter(work: Work, old: str, new: str) -> bool:
    charter = read_paper(work, old, Charter.KIND).document
    if charter.is_empty or not isinstance(charter, Charter):
        return False
    carried = Charter(
        metric=charter.metric,
        unit=charter.unit,
        baseline=charter.baseline,
        in_scope=charter.in_scope,
        out_of_scope=charter.out_of_scope,
    )
    if carried.is_empty:
        return False
    write_paper(work, new, PaperState(Charter(), None), carried)
    return True


def _name(view: View, project: Stored[Project], group: str) -> str:
    before = project.body
    # "Cut estimator churn" cannot be told from its group "Estimators"; a name can be given.
    if before.group and before.group in before.name:
        return before.name.replace(before.group, group)
    return f"Cycle {1 + len([*cycles_before(view, project)])}: {group}"


def _next_group(view: View, project: Stored[Project]) -> tuple[str, Stored[SavedAnalysis]]:
    done = {each.body.group.casefold() for each in cycles_before(view, project)}
    pareto = last_pareto(view, project)
    if pareto is None:
        raise UsageError(
            "No Pareto analysis is saved that could name the next group.",
            "project.group",
            "Name it with --group.",
        )
    vital = vital_few(pareto.body)
    for each in vital:
        if each.casefold() not in done:
            return each, pareto
    raise UsageError(
        f"Every group of the vital few has been worked on: {name_list(vital)}.",
        "project.group",
        "Run `dmaic pareto` on newer data, or name a group with --group.",
    )
