"""What every check is made of: the evidence it may look at, its parameters, and its verdict."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar, Literal

from dmaic.project.engagement.project import Project
from dmaic.project.gate.state import GateState
from dmaic.result import Frozen
from dmaic.text import printable

if TYPE_CHECKING:
    from dmaic.documents.base import Document, Papers
    from dmaic.engagements.template import Template
    from dmaic.project.benefit.benefit import Benefit
    from dmaic.project.data.analysis import SavedAnalysis
    from dmaic.project.data.dataset import Dataset
    from dmaic.project.entity import Stored
    from dmaic.project.people.team import FunctionWaiver, Member
    from dmaic.project.plan.action import Action
    from dmaic.project.plan.logbook import Risk
    from dmaic.project.store.view import View


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check found.

    Attributes:
        outcome: it holds, it holds with a doubt, or it does not hold.
        reason: what was found, one or two sentences, figures included.
        command: what mends it, as it is typed; empty where nothing is to be mended.
    """

    outcome: Literal["pass", "warn", "fail"]
    reason: str
    command: str = ""


@dataclass(frozen=True)
class Evidence:
    """What a project can show, each part read when it is first asked for.

    Attributes:
        view: to read from.
        project: the project.
        template: that it follows.
        phase: name of the phase whose gate is judged.
        today: the day on which overdue things are judged.
    """

    view: View
    project: Stored[Project]
    template: Template
    phase: str
    today: date

    @cached_property
    def papers(self) -> Papers:
        """The working documents."""
        from dmaic.project.paper.paper import papers

        return papers(self.view, self.project.id)

    def document(self, kind: str) -> Document | None:
        """A working document, or None where it was never begun."""
        return self.papers.load(kind)

    @cached_property
    def team(self) -> list[Member]:
        """Everybody on the team."""
        from dmaic.project.people.team import Member

        return [each.body for each in self.view.all(Member, self.project.id)]

    @cached_property
    def functions_waived(self) -> dict[str, FunctionWaiver]:
        """Functions that the team does without, by their name in small letters."""
        from dmaic.project.people.team import FunctionWaiver

        return {each.body.key: each.body for each in self.view.all(FunctionWaiver, self.project.id)}

    @cached_property
    def datasets(self) -> list[Stored[Dataset]]:
        """The registered exports."""
        from dmaic.project.data.dataset import Dataset

        return self.view.all(Dataset, self.project.id)

    @property
    def dataset(self) -> Stored[Dataset] | None:
        """The dataset that analyses use: the default one, or else the newest export."""
        from dmaic.project.data.dataset import used_dataset

        return used_dataset(self.datasets, self.project.body.default_dataset)

    @cached_property
    def analyses(self) -> list[Stored[SavedAnalysis]]:
        """The saved analyses."""
        from dmaic.project.data.analysis import SavedAnalysis

        return self.view.all(SavedAnalysis, self.project.id)

    @cached_property
    def actions(self) -> list[Action]:
        """The mutual action plan."""
        from dmaic.project.plan.action import Action

        return [each.body for each in self.view.all(Action, self.project.id)]

    @cached_property
    def benefits(self) -> list[Stored[Benefit]]:
        """What the project shall bring, and what it brought."""
        from dmaic.project.benefit.benefit import Benefit

        return self.view.all(Benefit, self.project.id)

    @cached_property
    def risks(self) -> list[Risk]:
        """The log of risks."""
        from dmaic.project.plan.logbook import Risk

        return [each.body for each in self.view.all(Risk, self.project.id)]

    @cached_property
    def gate(self) -> GateState:
        """What was answered, waived and submitted at this phase's gate."""
        found = self.view.keyed(GateState, self.project.id, self.phase)
        return found.body if found else GateState(phase=self.phase)

    def at(self, phase: str, today: date | None = None) -> Evidence:
        """The same evidence for another phase's gate; what was read is not read again.

        Args:
            phase: name of the phase.
            today: the day on which overdue things are judged; None leaves it.
        """
        other = Evidence(self.view, self.project, self.template, phase, today or self.today)
        read = {name: value for name, value in vars(self).items() if name not in _OWN}
        vars(other).update(read)
        return other


_OWN = {"view", "project", "template", "phase", "today", "gate"}


class Check(Frozen):
    """A check: its fields are its parameters, its docstring says what it holds a project to.

    Attributes:
        READS: kinds of documents that it looks at.
        DATA: it looks at the registered exports.
        BENEFITS: it looks at the benefits.
        ASKS: a person answers it, with `dmaic gate answer`.
    """

    READS: ClassVar[tuple[str, ...]] = ()
    DATA: ClassVar[bool] = False
    BENEFITS: ClassVar[bool] = False
    ASKS: ClassVar[bool] = False

    @property
    def reads(self) -> tuple[str, ...]:
        """Kinds of documents that it looks at, its parameters considered."""
        return self.READS

    def mistakes(self) -> Iterator[tuple[str, str, str]]:
        """What is wrong with the parameters that only shows beside other code: a template's check.

        Yields:
            Name of the parameter, message and hint.
        """
        yield from ()

    def judge(self, evidence: Evidence, criterion: str) -> Verdict:
        """Look at the evidence.

        Args:
            evidence: of the project.
            criterion: name of the criterion, for a question.
        """
        raise NotImplementedError(type(self).__name__)


def shown(text: str, limit: int = 60) -> str:
    """Words of a person, short enough for a reason."""
    return printable(text, limit)
