"""Checks of the benefits: agreed to by Finance before, realised and validated afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from pydantic import Field

from dmaic.number import money, percent
from dmaic.project.benefit.signing import FINANCE, agreeing_phase
from dmaic.project.criterion.base import Check, Evidence, Verdict, shown
from dmaic.project.people.role import holds
from dmaic.text import plural

if TYPE_CHECKING:
    from dmaic.project.benefit.benefit import Benefit, Seal
    from dmaic.project.entity import Stored

_SHORT = 0.005
"""Part of the target; what is missing beyond it is told."""


class BenefitCheck(Check):
    """Base of the checks that look at benefits."""

    BENEFITS: ClassVar[bool] = True

    role: str = Field(
        default=FINANCE, min_length=1, max_length=200, description="who signs for Finance"
    )

    def _signs(self, seal: Seal | None) -> bool:
        return seal is not None and seal.role.casefold() == self.role.casefold()

    def _answered(self, evidence: Evidence, criterion: str) -> Verdict | None:
        """What somebody answered before benefits were kept: such an answer still counts."""
        answer = evidence.gate.answer(criterion)
        if answer is None or not answer.yes:
            return None
        key = answer.by.casefold()
        if any(each.key == key and holds(each, self.role) for each in evidence.team):
            told = f"{shown(answer.by)} on {answer.at[:10]}: {shown(answer.note, 300)}"
            return Verdict("pass", f"Answered yes by {told}")
        return None

    def _lock(self, evidence: Evidence, benefit: Stored[Benefit]) -> str:
        who = [each.name for each in evidence.team if holds(each, self.role)]
        return f'dmaic benefit lock {benefit.id} --by "{shown(who[0]) if who else "NAME"}"'


class BenefitsAgreed(BenefitCheck):
    """Somebody of Finance who may approve has signed the plan of at least one benefit."""

    def judge(self, evidence: Evidence, criterion: str) -> Verdict:
        """Look at the planned benefits and their signatures."""
        phases = [each.name for each in evidence.template.phases]
        agreeing = agreeing_phase(evidence.template) or phases[-1]
        if evidence.phase in phases[phases.index(agreeing) + 1 :]:
            # Templates from before `benefits-realised` asked the same thing a second time.
            return BenefitsRealised(role=self.role).judge(evidence, criterion)
        answered = self._answered(evidence, criterion)
        if not evidence.benefits:
            return answered or Verdict(
                "fail",
                "No benefit is planned.",
                'dmaic benefit plan "TITLE" --target AMOUNT --segment NAME',
            )
        signed = [each for each in evidence.benefits if self._signs(each.body.agreed)]
        unsigned = [each for each in evidence.benefits if each not in signed]
        if not signed:
            return answered or Verdict(
                "fail",
                f"Nobody who is {self.role} has signed the plan of "
                f"“{shown(unsigned[0].body.title)}”.",
                self._lock(evidence, unsigned[0]),
            )
        told = "; ".join(_told_plan(evidence, each.body) for each in signed[:3])
        if unsigned:
            names = ", ".join(f"“{shown(each.body.title)}”" for each in unsigned[:3])
            return Verdict(
                "warn", f"{told}. Not signed: {names}.", self._lock(evidence, unsigned[0])
            )
        return Verdict("pass", f"{told}.")


def _told_plan(evidence: Evidence, body: Benefit) -> str:
    code = evidence.project.body.currency
    target = f"{money(body.target, code)} {'a year' if body.rhythm == 'recurring' else 'once'}"
    seal = body.agreed
    by = f", agreed by {shown(seal.by)} on {seal.on}" if seal else ""
    return f"“{shown(body.title)}” {target}{by}"


class BenefitsRealised(BenefitCheck):
    """What at least one benefit brought is recorded, and somebody of Finance has validated it."""

    months: int = Field(default=1, ge=1, le=120, description="months that must be validated")

    def judge(self, evidence: Evidence, criterion: str) -> Verdict:
        """Look at the recorded months and their signatures."""
        recorded = [each for each in evidence.benefits if each.body.actuals]
        answered = self._answered(evidence, criterion)
        if not recorded:
            first = evidence.benefits[0] if evidence.benefits else None
            return answered or Verdict(
                "fail",
                "Nothing that a benefit brought is recorded.",
                f"dmaic benefit record {first.id} MONTH AMOUNT"
                if first
                else 'dmaic benefit plan "TITLE" --target AMOUNT --segment NAME',
            )
        open_ones = [
            each for each in recorded if each.body.unsigned or not self._signs(each.body.validated)
        ]
        signed = [each for each in recorded if self._months(each.body) >= self.months]
        if not signed:
            if not open_ones:
                return answered or Verdict(
                    "fail",
                    f"Fewer than {plural(self.months, 'month')} of every benefit are recorded.",
                    f"dmaic benefit record {recorded[0].id} MONTH AMOUNT",
                )
            first_open = open_ones[0]
            return answered or Verdict(
                "fail",
                f"Nobody who is {self.role} has validated what “{shown(first_open.body.title)}” "
                f"brought{_least(self.months)}.",
                self._lock(evidence, first_open),
            )
        return self._told(evidence, open_ones)

    def _months(self, body: Benefit) -> int:
        seal = body.validated
        return len(seal.months) if seal is not None and self._signs(seal) else 0

    def _told(self, evidence: Evidence, open_ones: list[Stored[Benefit]]) -> Verdict:
        from dmaic.project.benefit.roll_up import Claim, roll_up

        code = evidence.project.body.currency
        total = roll_up(Claim.of(each.body, evidence.today) for each in evidence.benefits).hard
        parts = [f"{money(total.cash, code)} in cash so far"] if total.cash is not None else []
        short = False
        if total.run_rate is not None:
            share = total.run_rate / total.target if total.target else 1.0
            short = share < 1 - _SHORT
            parts.insert(
                0,
                f"{money(total.run_rate, code)} a year as run-rate, {percent(share)} % of the "
                "target",
            )
        told = (
            f"Hard benefits: {'; '.join(parts)}." if parts else "Only soft benefits are recorded."
        )
        if open_ones:
            names = ", ".join(f"“{shown(each.body.title)}”" for each in open_ones[:3])
            return Verdict(
                "warn", f"{told} Not validated: {names}.", self._lock(evidence, open_ones[0])
            )
        return Verdict("warn" if short or not parts else "pass", told)


def _least(months: int) -> str:
    return f" in {plural(months, 'month')}" if months > 1 else ""
