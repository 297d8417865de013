"""Checks of causes and solutions: evidence first, then what stands on it."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from dmaic.project.criterion.base import Check, Evidence, Verdict, shown
from dmaic.text import plural


class CausesVerified(Check):
    """Causes are verified by evidence: a cause without evidence is a suspicion."""

    READS: ClassVar[tuple[str, ...]] = ("causes",)

    least: int = Field(default=1, ge=1, description="causes that must be verified")
    analysis: bool = Field(
        default=True,
        description="the evidence must be a saved analysis on the current data; otherwise other "
        "evidence also counts",
    )

    def judge(self, evidence: Evidence, criterion: str) -> Verdict:
        """Look at the verified causes and the analyses that they point to."""
        del criterion
        from dmaic.documents.analyze.causes import CauseList, is_proven

        causes = evidence.papers.get(CauseList)
        verified = causes.verified()
        proven = [each for each in verified if is_proven(each, evidence.papers)]
        counted = proven if self.analysis else list(verified)
        if len(counted) >= self.least:
            names = ", ".join(f"{each.id} {shown(each.cause)}" for each in counted[:5])
            more = f" and {len(counted) - 5} more" if len(counted) > 5 else ""
            return Verdict("pass", f"Verified: {names}{more}.")
        if len(verified) < self.least:
            suspected = [each for each in causes.causes if each.status == "suspected"]
            target = suspected[0].id if suspected else "C1"
            return Verdict(
                "fail",
                f"{plural(len(verified), 'cause')} verified; at least {self.least} must be. "
                f"{plural(len(suspected), 'cause is', 'causes are')} only suspected.",
                f"dmaic doc set causes {target}.status=verified {target}.evidence=ANALYSIS"
                if suspected
                else "dmaic doc edit causes",
            )
        loose = next(each for each in verified if each not in proven)
        return Verdict(
            "fail",
            f"{plural(len(proven), 'verified cause')} shown by an analysis on the current data; at "
            f"least {self.least} must be. {loose.id} {shown(loose.cause)} points to none.",
            f"dmaic doc set causes {loose.id}.evidence=ANALYSIS",
        )


class SolutionsAddressVerifiedCauses(Check):
    """Every solution that is not dropped takes away a verified cause."""

    READS: ClassVar[tuple[str, ...]] = ("solutions", "causes")

    def judge(self, evidence: Evidence, criterion: str) -> Verdict:
        """Look at the causes that each solution names."""
        del criterion
        from dmaic.documents.analyze.causes import CauseList
        from dmaic.documents.improve.solutions import Solutions

        solutions = evidence.papers.get(Solutions).alive()
        if not solutions:
            return Verdict("fail", "There is no solution yet.", "dmaic doc edit solutions")
        verified = {each.id for each in evidence.papers.get(CauseList).verified()}
        for each in solutions:
            if any(id in verified for id in each.causes):
                continue
            reason = (
                f"points to {', '.join(map(shown, each.causes))}, which is not verified"
                if each.causes
                else "points to no cause"
            )
            return Verdict(
                "fail",
                f"{each.id} {shown(each.name)} {reason}. A solution for a wrong cause "
                "costs as much and changes nothing.",
                f"dmaic doc set solutions {each.id}.causes={next(iter(sorted(verified)), 'CAUSE')}",
            )
        told = f"{plural(len(solutions), 'solution')}, each for a verified cause."
        return Verdict("pass", told)
