"""Checks of what makes a gain last: a pilot that was decided on, controls for every CTQ."""

from __future__ import annotations

from typing import ClassVar

from dmaic.project.criterion.base import Check, Evidence, Verdict, shown
from dmaic.text import plural


class PilotDecided(Check):
    """The pilot is over, its result is written down, and somebody decided what follows."""

    READS: ClassVar[tuple[str, ...]] = ("pilot",)

    def judge(self, evidence: Evidence, criterion: str) -> Verdict:
        """Look at the pilot's result and decision."""
        del criterion
        from dmaic.documents.improve.pilot import PilotPlan

        pilot = evidence.papers.get(PilotPlan)
        command = "dmaic doc edit pilot"
        if pilot.is_empty:
            return Verdict("fail", "No pilot is planned.", command)
        if pilot.end and pilot.end > evidence.today:
            return Verdict("fail", f"The pilot runs until {pilot.end}.", command)
        lacking = [
            words
            for words, there in (
                ("what was measured", pilot.measured is not None),
                ("the decision", bool(pilot.decision)),
                ("who decided", bool(pilot.decided_by)),
            )
            if not there
        ]
        if lacking:
            return Verdict("fail", f"Still missing: {', '.join(lacking)}.", command)
        by = shown(pilot.decided_by)
        if pilot.decision != "roll out":
            return Verdict("fail", f"{by} decided to {pilot.decision}, not to roll out.", command)
        if pilot.success is False:
            return Verdict(
                "warn", f"{by} decided to roll out although the threshold was missed.", command
            )
        return Verdict("pass", f"{by} decided to roll out.")


class CtqsControlled(Check):
    """Every CTQ has a line in the control plan, with an owner and a reaction."""

    READS: ClassVar[tuple[str, ...]] = ("ctq", "control-plan")

    def judge(self, evidence: Evidence, criterion: str) -> Verdict:
        """Look at the control plan's lines for each CTQ."""
        del criterion
        from dmaic.documents.control.control_plan import ControlPlan
        from dmaic.documents.define.ctq import CtqTree

        ctqs = evidence.papers.get(CtqTree).ctqs
        if not ctqs:
            return Verdict("fail", "There is no CTQ to control.", "dmaic doc edit ctq")
        lines = evidence.papers.get(ControlPlan).controls
        for each in ctqs:
            mine = [line for line in lines if line.ctq == each.id]
            if not mine:
                return Verdict(
                    "fail",
                    f"{each.id} {shown(each.ctq)} has no line in the control plan.",
                    f"dmaic doc add control-plan ctq={each.id}",
                )
            if not any(line.owner and line.reaction for line in mine):
                what = "a reaction" if mine[0].owner else "an owner"
                return Verdict(
                    "fail",
                    f"{each.id} {shown(each.ctq)} is controlled without {what}.",
                    "dmaic doc edit control-plan",
                )
        told = plural(len(ctqs), "CTQ")
        return Verdict("pass", f"{told}, each controlled with an owner and a reaction.")
