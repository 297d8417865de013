"""The stakeholders: who can carry or stop the project, how they stand, and how they are won."""

from __future__ import annotations

from typing import Any, ClassVar, Literal

from dmaic.block import Block, Cells, Table
from dmaic.documents.base import Document, Figure, Gap, Line, Papers, Phase, Text, ask
from dmaic.documents.name import folded, short, told
from dmaic.text import plural

Role = Literal["", "sponsor", "champion", "process owner", "approver", "team", "affected"]

QUADRANTS = ("manage closely", "keep satisfied", "keep informed", "monitor")
"""Quarters of the matrix of influence and interest (Mendelow 1991), the weightiest first."""

HIGH = 4
"""From this figure on, on a scale of five, influence or interest is high."""


class Stakeholder(Line):
    """A person or a group."""

    PREFIX: ClassVar[str] = "S"
    name: Text = ask("Name", "Person, role or group.", example="Head of Support", needed=True)
    function: Text = ask("Function", "Where they work.", example="Support", needed=True)
    role: Role = ask("Role", "Their part in the project.", example="process owner")
    influence: int | None = ask(
        "Influence",
        "How far they can carry or stop the project, 1 (hardly) to 5 (decides).",
        example=5,
        needed=True,
        default=None,
        ge=1,
        le=5,
    )
    interest: int | None = ask(
        "Interest",
        "How much the project touches their work, 1 (hardly) to 5 (daily).",
        example=5,
        needed=True,
        default=None,
        ge=1,
        le=5,
    )
    support: int | None = ask(
        "Support now",
        "How they stand today, -2 (works against it) to 2 (works for it).",
        example=-1,
        needed=True,
        default=None,
        ge=-2,
        le=2,
    )
    needed_support: int | None = ask(
        "Support needed",
        "How they have to stand for the project to succeed, -2 to 2.",
        example=1,
        needed=True,
        default=None,
        ge=-2,
        le=2,
    )
    concern: Text = ask(
        "Concern",
        "What worries them.",
        example="A queue of its own for estimators makes everybody else wait longer.",
    )
    action: Text = ask(
        "How to win them",
        "What is done about the concern, and by whom.",
        example="Measure both queues weekly; stop if the general queue gets slower.",
    )

    @property
    def quadrant(self) -> str | None:
        """Which quarter of the matrix they are in; None where a figure is missing."""
        if self.influence is None or self.interest is None:
            return None
        return QUADRANTS[2 * (self.influence < HIGH) + (self.interest < HIGH)]

    @property
    def gap(self) -> int | None:
        """Support that is still to be won; None where a figure is missing."""
        if self.support is None or self.needed_support is None:
            return None
        return max(self.needed_support - self.support, 0)


class Stakeholders(Document):
    """Everybody whose word counts."""

    KIND: ClassVar[str] = "stakeholders"
    TITLE: ClassVar[str] = "Stakeholders"
    PHASE: ClassVar[Phase] = "define"
    PURPOSE: ClassVar[str] = (
        "The list says who can carry or stop the project and how they stand today. Those with "
        "much influence and little support are won first, by name and not by hope."
    )

    stakeholders: tuple[Stakeholder, ...] = ask(
        "Stakeholders", "People and groups whose word counts.", least=3, default=()
    )

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "stakeholders": [
            {"id": "S1", "name": "Chief Operating Officer", "function": "Management",
             "role": "sponsor", "influence": 5, "interest": 4, "support": 2, "needed_support": 2,
             "concern": "That the project ends in a report and not in money.",
             "action": "A figure from Finance at every tollgate."},
            {"id": "S2", "name": "Head of Support", "function": "Support",
             "role": "process owner", "influence": 5, "interest": 5, "support": -1,
             "needed_support": 2,
             "concern": "A queue of its own for estimators makes everybody else wait longer.",
             "action": "The lead measures both queues weekly; stop if the general one slows."},
            {"id": "S3", "name": "Head of Development", "function": "Development",
             "role": "champion", "influence": 4, "interest": 3, "support": 0,
             "needed_support": 1, "concern": "The roadmap is full.",
             "action": "The sponsor trades one feature for the exchange format."},
            {"id": "S4", "name": "Finance controller", "function": "Finance",
             "role": "approver", "influence": 4, "interest": 2, "support": 1,
             "needed_support": 1, "concern": "Savings that never show in the ledger.",
             "action": "Agree the formula of the benefit before the project starts."},
            {"id": "S5", "name": "Customer Success lead", "function": "Customer Success",
             "role": "team", "influence": 3, "interest": 5, "support": 1, "needed_support": 2,
             "concern": "No time to call every new estimator.",
             "action": "The pilot pays for one more person for eight weeks."},
            {"id": "S6", "name": "Head of Sales", "function": "Sales", "role": "affected",
             "influence": 3, "interest": 3, "support": 0, "needed_support": 1,
             "concern": "One more question at sign-up costs orders.",
             "action": "Test the question on half of the sign-ups for two weeks."},
        ]
    }  # fmt: skip

    def rules(self, papers: Papers) -> tuple[Gap, ...]:
        """A sponsor is there, and nobody strong who is against it is left alone."""
        del papers
        gaps = []
        if self.stakeholders and not any(each.role == "sponsor" for each in self.stakeholders):
            gaps.append(
                Gap(
                    field="stakeholders",
                    message="No stakeholder is the sponsor: nobody can decide or pay.",
                )
            )
        seen: dict[str, str] = {}
        for each in self.stakeholders:
            who = f"{each.id} {short(each.name, 40)}".rstrip()
            at = f"stakeholders.{each.id}"
            if not each.action and each.gap:
                strong = (each.influence or 0) >= HIGH and (each.support or 0) < 0
                why = "has much influence and is against it" if strong else "is not yet won"
                gaps.append(
                    Gap(
                        field=f"{at}.action",
                        message=f"{who} {why}: say how to win them.",
                        level="missing" if strong else "weak",
                    )
                )
            twin = seen.setdefault(folded(each.name), each.id)
            if each.name and twin != each.id:
                gaps.append(
                    Gap(field=f"{at}.name", message=f"{who} is {twin} again.", level="weak")
                )
        return tuple(gaps)

    def figures(self, papers: Papers) -> tuple[Figure, ...]:
        """Who is in which quarter of the matrix, and how much support is still to be won."""
        del papers
        if not self.stakeholders:
            return ()
        figures = [
            Figure(
                name=quadrant.replace(" ", "_"),
                label=quadrant.capitalize(),
                value=len(names),
                text=told(names) if names else "nobody",
            )
            for quadrant in QUADRANTS
            for names in [[s.name or s.id for s in self.stakeholders if s.quadrant == quadrant]]
        ]
        known = [(each.gap, each) for each in self.stakeholders if each.gap is not None]
        text = "–"
        if known:
            most, widest = max(known, key=lambda pair: pair[0])
            of = f" over {len(known)} of {plural(len(self.stakeholders), 'stakeholder')}"
            text = plural(sum(gap for gap, _ in known), "step")
            text += of if len(known) < len(self.stakeholders) else ""
            text += f"; most from {short(widest.name or widest.id)} ({most})" if most else ""
        figures.append(
            Figure(
                name="support_to_win",
                label="Support to win",
                value=sum(gap for gap, _ in known) if known else None,
                text=text,
                formula="sum of support needed − support now, where more is needed",
            )
        )
        return tuple(figures)

    def blocks(self, papers: Papers) -> tuple[Block, ...]:
        """The list, where each one stands, and the figures."""
        lines = self.stakeholders
        stands = Table(
            (
                Cells("", tuple(each.id for each in lines)),
                Cells("Name", tuple(each.name for each in lines), wrap=True),
                Cells("Quadrant", tuple(each.quadrant or "–" for each in lines)),
                Cells("Support", tuple(_shift(each) for each in lines)),
            ),
            title=f"How they stand (high: {HIGH} or 5)",
            signs=tuple(
                "todo" if each.gap is None else "warn" if each.gap else "good" for each in lines
            ),
        )
        return (*((stands,) if lines else ()), *super().blocks(papers))


def _shift(each: Stakeholder) -> str:
    now = "?" if each.support is None else f"{each.support:+d}"
    then = "?" if each.needed_support is None else f"{each.needed_support:+d}"
    return f"{now.replace('+0', '0')} → {then.replace('+0', '0')}"
