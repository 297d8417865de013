"""Where a project stands, as people see it: one screen."""

from __future__ import annotations

from datetime import date
from typing import Any

from dmaic.block import Block, Check, Checks, Fields, Heading
from dmaic.number import DASH, money, percent
from dmaic.project.benefit.benefit_money import BenefitMoney
from dmaic.project.engagement.project import Project
from dmaic.project.plan.promise import PromiseReport, told
from dmaic.project.standing.health import SIGN, Health
from dmaic.project.standing.standing import Churn, DataNotes, Goal
from dmaic.reply import Page
from dmaic.result import Frozen
from dmaic.text import plural

_BLOCKERS = 3
_GROUPS = 3
_OWNERS = 3


class PhaseStatus(Frozen):
    """How far a phase is.

    Attributes:
        name, title: of the phase.
        state: `approved`, `current`, `submitted`, `ahead` or `out of date`.
        done, steps: of its steps; 0 where only the current phase was looked at.
    """

    name: str
    title: str
    state: str
    done: int = 0
    steps: int = 0


class Blocker(Frozen):
    """What holds the tollgate up.

    Attributes:
        title: what must hold.
        reason: why it does not.
        command: what mends it, as it is typed.
    """

    title: str
    reason: str
    command: str


class GateStatus(Frozen):
    """How the tollgate stands that the project works towards.

    Attributes:
        phase, title: of its phase.
        state: `open`, or the state of its newest submission.
        passes: no criterion fails.
        criteria: how many there are.
        blockers: what holds it up.
        unsigned: roles that have not signed.
        waived: criteria that were let pass without evidence.
    """

    phase: str
    title: str
    state: str
    passes: bool
    criteria: int
    blockers: tuple[Blocker, ...]
    unsigned: tuple[str, ...]
    waived: int


class Overdue(Frozen):
    """Whose actions are overdue.

    Attributes:
        owner: who promised them.
        side: whose promise it is.
        count: how many.
        days: since the oldest date.
        oldest: title of that action.
    """

    owner: str
    side: str
    count: int
    days: int
    oldest: str


class StatusReply(Page):
    """Where a project stands.

    Attributes:
        id: of the project.
        project: its fields.
        today: the day on which it is judged.
        health: with the rules that made it.
        rules: the rules in words.
        phases: in order.
        phase: name of the current one.
        finished: every tollgate is approved.
        gate: the tollgate that the project works towards.
        actions: how many are open.
        overdue: whose actions are overdue, the oldest first.
        promises: kept on time.
        goal: what the charter promises, or None.
        benefits: what the benefits shall bring and brought, or None where none is planned.
        realised: money a year gained so far: the run-rate of the hard benefits, no customer counted
            twice; None where nobody has counted it.
        churn: what the last saved Pareto says, or None.
        notes: what was found in the data, or None.
        step: the next step, in words.
        newer: version of the project's template that is on this machine and newer, or empty.
    """

    kind: str = "status"
    id: str
    project: Project
    today: date
    health: Health
    rules: tuple[str, ...]
    phases: tuple[PhaseStatus, ...]
    phase: str
    finished: bool
    gate: GateStatus
    actions: int
    overdue: tuple[Overdue, ...]
    promises: PromiseReport
    goal: Goal | None
    benefits: BenefitMoney | None = None
    realised: float | None = None
    churn: Churn | None
    notes: DataNotes | None
    step: str
    newer: str = ""

    def blocks(self) -> tuple[Block, ...]:
        """The health, the facts, and what holds the tollgate up."""
        body = self.project
        aside = f"{body.template.name} {body.template.version}"
        if body.target_date is not None:
            aside += f", due {body.target_date}"
        reasons = " ".join(self.health.reasons)
        standing = Check(SIGN[self.health.color], f"{self.health.color.capitalize()}: {reasons}")
        return (
            Heading(body.name, 1, aside),
            *(() if body.state == "closed" else (Checks((standing,)),)),
            Fields(tuple((label, text) for label, text in self._facts() if text)),
            *self._gate(),
        )

    def records(self) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
        """One row a fact."""
        return ("fact", "value"), [
            ("project", self.project.name),
            ("health", self.health.color),
            *((label.casefold().replace(" ", "_"), text) for label, text in self._facts()),
            ("next", self.next[0] if self.next else ""),
        ]

    def _facts(self) -> tuple[tuple[str, str], ...]:
        return (
            ("Phase", self._course()),
            ("Goal", _goal(self.goal)),
            ("Overdue", self._overdue()),
            ("Promises", _promises(self.promises)),
            ("Churn", _rate(self.churn)),
            ("Vital few", _groups(self.churn)),
            ("Data", _data(self.notes)),
            ("Money", self._money()),
            ("Next step", "" if self.project.state == "closed" else self.step),
            *((("Template", self._template()),) if self.newer else ()),
        )

    def _template(self) -> str:
        name = self.project.template.name
        return f"{name} {self.newer} is there: dmaic template update {name} --dry-run"

    def _course(self) -> str:
        if self.project.state == "closed":
            return "closed" + (f": {self.project.reason}" if self.project.reason else "")
        if self.finished:
            return "every tollgate is approved"
        here = next(each for each in self.phases if each.name == self.phase)
        done = [each.title for each in self.phases if each.state == "approved"]
        later = [each.title for each in self.phases if each.state in ("ahead", "out of date")]
        parts = [f"{here.title}, {here.done} of {plural(here.steps, 'step')} done"]
        if here.state == "submitted":
            parts.append(f"submitted, waiting for {', '.join(self.gate.unsigned)}")
        if done:
            parts.append(f"passed {', '.join(done)}")
        if later:
            parts.append(f"ahead {', '.join(later)}")
        return "; ".join(parts)

    def _overdue(self) -> str:
        if not self.overdue:
            return "nothing" if self.actions else ""
        shown = [
            f"{each.owner}{' (customer)' if each.side == 'customer' else ''} {each.count}, "
            f"by {plural(each.days, 'day')}"
            for each in self.overdue[:_OWNERS]
        ]
        left = len(self.overdue) - _OWNERS
        return "; ".join(shown) + (f"; and {plural(left, 'owner')} more" if left > 0 else "")

    def _money(self) -> str:
        code, found = self.project.currency, self.benefits
        if found is not None:
            return found.told(code)
        if self.goal is None or self.goal.planned is None:
            return ""
        planned = f"{money(self.goal.planned, code, brief=True)} a year planned"
        return f"{planned}, nothing counted as realised yet"

    def _gate(self) -> tuple[Block, ...]:
        gate = self.gate
        if self.finished or self.project.state == "closed":
            return ()
        if gate.passes:
            waived = f", {gate.waived} of them waived" if gate.waived else ""
            told = f"{gate.title} tollgate: all {gate.criteria} criteria met{waived}"
            return (Checks((Check("good", told),)),)
        blockers = gate.blockers
        rows = [Check("bad", each.title, "", each.command) for each in blockers[:_BLOCKERS]]
        if len(blockers) > _BLOCKERS:
            left = len(blockers) - _BLOCKERS
            rows.append(Check("plain", f"and {left} more: dmaic gate check"))
        title = f"{gate.title} tollgate: {len(blockers)} of {gate.criteria} criteria not met"
        return (Heading(title), Checks(tuple(rows)))


def _goal(goal: Goal | None) -> str:
    if goal is None:
        return ""
    unit = f" {goal.unit}" if goal.unit else ""
    ends = ""
    if goal.baseline is not None and goal.target is not None:
        ends = f" from {goal.baseline:g} to {goal.target:g}{unit}"
    return f"{goal.metric}{ends}{f' by {goal.by}' if goal.by else ''}"


def _promises(report: PromiseReport) -> str:
    if report.project.rate is None:
        return ""
    sides = [f"{side} {told(each)}" for side, each in report.sides.items() if each.rate is not None]
    return f"{told(report.project)} kept on time" + (f": {', '.join(sides)}" if sides else "")


def _rate(churn: Churn | None) -> str:
    if churn is None:
        return ""
    stale = ", stale" if churn.stale else ""
    source = f"({churn.title}, {churn.run_on}{stale})"
    if churn.rate is None or churn.exposure is None:
        return f"{churn.churned:,.0f} {churn.unit} lost {source}"
    return f"{percent(churn.rate)} % of {churn.exposure:,.0f} {churn.unit} {source}"


def _groups(churn: Churn | None) -> str:
    if churn is None or not churn.groups:
        return ""
    shown = ", ".join(
        f"{name} {DASH if share is None else f'{100 * share:.1f} %'}"
        for name, share in churn.groups[:_GROUPS]
    )
    left = len(churn.groups) - _GROUPS
    more = f" and {left} more" if left > 0 else ""
    share = "" if churn.share is None else f", {100 * churn.share:.1f} % of {churn.of}"
    return f"{shown}{more} ({len(churn.groups)} of {churn.categories}{share})"


def _data(notes: DataNotes | None) -> str:
    if notes is None:
        return ""
    found = f"{plural(len(notes.codes), 'finding')}: {', '.join(notes.codes)}"
    return f"dataset {notes.dataset}, {found if notes.codes else 'no findings'}"
