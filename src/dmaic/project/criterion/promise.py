"""Checks of what was promised: actions kept to their dates, risks that somebody looks after."""

from __future__ import annotations

from pydantic import Field

from dmaic.project.criterion.base import Check, Evidence, Verdict, shown
from dmaic.text import plural


class ActionsNotOverdue(Check):
    """No action is overdue: what was promised is kept, or another date was agreed on."""

    most: int = Field(default=0, ge=0, description="overdue actions that are let pass")
    least: int = Field(default=0, ge=0, description="actions that must have been agreed on")

    def judge(self, evidence: Evidence, criterion: str) -> Verdict:
        """Look at the open actions whose day is over."""
        del criterion
        agreed = [each for each in evidence.actions if each.state != "dropped"]
        if len(agreed) < self.least:
            found = plural(len(agreed), "action") if agreed else "No action"
            return Verdict(
                "fail",
                f"{found} agreed on; at least {self.least} must be.",
                f'dmaic action add "..." --owner NAME --due DATE --phase {evidence.phase}',
            )
        late = [each for each in evidence.actions if each.is_overdue(evidence.today)]
        if len(late) <= self.most:
            late_of = f"{len(late) or 'None'} of {plural(len(agreed), 'action')}"
            return Verdict("pass", f"{late_of} {'are' if len(late) > 1 else 'is'} overdue.")
        worst = min(late, key=lambda each: each.due)
        return Verdict(
            "fail",
            f"{plural(len(late), 'action')} overdue, the longest “{shown(worst.title)}” of "
            f"{shown(worst.owner)}, due {worst.due}.",
            "dmaic action list --overdue",
        )


class RisksOwned(Check):
    """Every open risk has an owner and a response."""

    least: int = Field(default=1, ge=0, description="risks that must have been noted")

    def judge(self, evidence: Evidence, criterion: str) -> Verdict:
        """Look at the log of risks."""
        del criterion
        risks = evidence.risks
        if len(risks) < self.least:
            found = plural(len(risks), "risk") if risks else "No risk"
            return Verdict(
                "fail",
                f"{found} noted; at least {self.least} must have been thought of.",
                'dmaic risk add "..." --probability 3 --impact 4 --owner NAME --response "..."',
            )
        loose = [
            each for each in risks if each.state == "open" and not (each.owner and each.response)
        ]
        if loose:
            names = "; ".join(shown(each.title) for each in loose[:3])
            return Verdict(
                "fail",
                f"{plural(len(loose), 'open risk')} without an owner or a response: {names}.",
                f'dmaic risk set "{shown(loose[0].title)}" --owner NAME --response "..."',
            )
        return Verdict("pass", f"{plural(len(risks), 'risk')} noted, all with owner and response.")
