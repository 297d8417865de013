"""Whatever is done to a tollgate in whatever order: nothing opens without every signature."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from dmaic.errors import DmaicError
from dmaic.project.engagement.home import open_home
from dmaic.project.engagement.project import Project
from dmaic.project.engagement.start import init, new_project
from dmaic.project.entity import Stored
from dmaic.project.gate import answer as gate_answer
from dmaic.project.gate import back as gate_back
from dmaic.project.gate import sign as gate_sign
from dmaic.project.gate.check import current_phase, gate_states
from dmaic.project.gate.state import GateState
from dmaic.project.people.team import Member
from dmaic.project.store.work import Work

TODAY = date(2031, 3, 1)
PHASES = ("one", "two", "three")
NAMES = st.sampled_from(["Ada", "Dana", "Dana (Finance)", "Sam", "Eve", ""])
TEMPLATE = (
    "name: t\nversion: 1.0.0\ntitle: T\npurpose: P\nfunctions: [Finance]\nphases:\n"
    + "".join(
        f"""\
  - name: {phase}
    title: {phase.title()}
    purpose: P
    steps: [{{name: s, title: S, explain: E, command: gate check, done_when: team-covers}}]
    gate:
      roles: [sponsor, approver (Finance)]
      criteria: [{{name: {phase}-asked, title: Asked}}]
"""
        for phase in PHASES
    )
)

Act = Callable[[Work, Stored[Project]], object]


class Gates(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        root = Path(self.folder.name) / "firm"
        init(root, actor="maria")
        template = root / "template.yaml"
        template.write_text(TEMPLATE, "utf-8")
        self.store = open_home(str(root)).store
        with self.store.writing("start") as work:
            self.id = new_project(work, "P", template=str(template)).id
            work.add(Member(name="Ada", roles=("sponsor",)), self.id)
            work.add(Member(name="Dana", function="Finance", roles=("approver",)), self.id)
            work.add(Member(name="Sam", roles=("member",)), self.id)
        self.rounds = self.waivers = 0

    def teardown(self) -> None:
        self.folder.cleanup()

    def do(self, act: Act) -> None:
        # Refused is fine, in words; anything else fails the test.
        with suppress(DmaicError), self.store.writing("act") as work:
            act(work, work.find(Project, self.id))

    @rule(phase=st.sampled_from(PHASES), yes=st.booleans())
    def answer(self, phase: str, yes: bool) -> None:
        self.do(
            lambda work, project: gate_answer.answer(
                work, project, f"{phase}-asked", yes=yes, note="n", by=None, today=TODAY
            )
        )

    @rule(phase=st.sampled_from(PHASES))
    def waive(self, phase: str) -> None:
        self.do(
            lambda work, project: gate_answer.waive(
                work, project, f"{phase}-asked", reason="r", by="Ada", today=TODAY
            )
        )

    @rule(phase=st.sampled_from([None, *PHASES]))
    def submit(self, phase: str | None) -> None:
        self.do(lambda work, project: gate_sign.submit(work, project, phase, today=TODAY))

    @rule(name=NAMES)
    def approve(self, name: str) -> None:
        self.do(
            lambda work, project: gate_sign.approve(work, project, None, name=name, today=TODAY)
        )

    @rule(name=NAMES)
    def reject(self, name: str) -> None:
        self.do(
            lambda work, project: gate_back.reject(
                work, project, None, name=name, note="n", today=TODAY
            )
        )

    @rule(phase=st.sampled_from(PHASES))
    def go_back(self, phase: str) -> None:
        self.do(
            lambda work, project: gate_back.go_back(work, project, phase, reason="r", today=TODAY)
        )

    @invariant()
    def nothing_opens_without_every_signature(self) -> None:
        with self.store.reading() as view:
            project = view.find(Project, self.id)
            gates = gate_states(view, self.id)
            current = current_phase(view, project)
        for phase in PHASES[: PHASES.index(current)]:
            approval = gates[phase].approval
            assert approval is not None
            assert {(each.role, each.by) for each in approval.signatures} == {
                ("approver (Finance)", "Dana"), ("sponsor", "Ada")
            }  # fmt: skip
            assert len(approval.signatures) == 2

    @invariant()
    def only_the_current_gate_waits_for_signatures(self) -> None:
        with self.store.reading() as view:
            current = current_phase(view, view.find(Project, self.id))
            waiting = [p for p, gate in gate_states(view, self.id).items() if gate.submission]
        assert waiting in ([], [current])

    @invariant()
    def history_only_grows(self) -> None:
        with self.store.reading() as view:
            gates = list(gate_states(view, self.id).values())
        rounds, waivers = _sum(gates, "rounds"), _sum(gates, "waivers")
        assert rounds >= self.rounds
        assert waivers >= self.waivers
        self.rounds, self.waivers = rounds, waivers


def _sum(gates: list[GateState], what: str) -> int:
    return sum(len(getattr(each, what)) for each in gates)


TestGates = Gates.TestCase
TestGates.settings = settings(max_examples=15, stateful_step_count=25, deadline=None)
