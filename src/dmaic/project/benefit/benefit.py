"""A benefit: what a project shall bring, what it brought month by month, and who signed that."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, ClassVar, Literal

from pydantic import AfterValidator, Field, StringConstraints, field_validator

from dmaic.project.benefit.month import Month, after
from dmaic.project.entity import Entity, Name, Text
from dmaic.result import Frozen
from dmaic.text import folded

Nature = Literal["hard", "soft"]
Rhythm = Literal["recurring", "one-off"]
Standing = Literal["planned", "agreed", "recorded", "validated"]

NATURES: dict[Nature, str] = {
    "hard": "lands in the accounts",
    "soft": "cost or effort avoided; no account shows it",
}
"""What the two kinds of money are."""

LARGEST = 1e15
LONGEST = 120
"""Months that a forecast may cover."""

Amount = Annotated[float, Field(ge=-LARGEST, le=LARGEST)]
Label = Annotated[
    Text, StringConstraints(max_length=200), AfterValidator(lambda text: " ".join(text.split()))
]
"""A name on one line, or empty."""


class Actual(Frozen):
    """What a benefit brought in one month.

    Attributes:
        amount: money; below zero where the month went worse than before the fix.
        note: where the figure comes from, or empty.
    """

    amount: Amount
    note: Text = ""


class Seal(Frozen):
    """Finance signed what was there.

    Attributes:
        by: who signed.
        role: which gave the right to, such as `approver (Finance)`.
        on: the day.
        months: that were recorded then, and so are covered; none where the plan was signed.
    """

    by: Name
    role: Text
    on: date
    months: tuple[Month, ...] = ()


class Revision(Frozen):
    """A benefit was signed, or what was signed was changed.

    Attributes:
        on: the day.
        by: who did it.
        what: in words.
        reason: why, where it was a change.
    """

    on: date
    by: Name
    what: Text
    reason: Text = ""


class Benefit(Entity):
    """What a solution shall bring, and what it brought.

    Attributes:
        title: what people call it; once a project.
        segment: customers that it comes from. Recurring benefits of one segment are not added up.
        column: of the export in which the segment stands, or empty.
        nature: `hard` lands in the accounts, `soft` is cost or effort avoided.
        rhythm: `recurring` every month, or `one-off`.
        target: money a year where it recurs, in all where it does not; of the project's currency.
        starts: first month of the forecast.
        ramp: months until the whole of it is reached, in equal steps; a one-off comes in so many
            equal parts.
        months: that the forecast of a recurring benefit covers.
        given: forecast month by month, where it is not spread from the target.
        actuals: month -> what it brought.
        owner: who sees to it.
        estimate: id of the saved analysis that the target was taken from, or None.
        evidence: id of the saved analysis that shows what was realised, or None.
        agreed: Finance signed the plan; None where nobody did, or it was changed since.
        validated: Finance signed the actuals, likewise.
        revisions: every signature, and every change of what was signed.
    """

    kind: ClassVar[str] = "benefit"
    title: Name
    segment: Label = ""
    column: Label = ""
    nature: Nature = "hard"
    rhythm: Rhythm = "recurring"
    target: Annotated[float, Field(gt=0, le=LARGEST)]
    starts: Month
    ramp: int = Field(default=0, ge=0, le=LONGEST)
    months: int = Field(default=12, ge=1, le=LONGEST)
    given: dict[Month, Amount] = Field(default_factory=dict, max_length=LONGEST)
    actuals: dict[Month, Actual] = Field(default_factory=dict, max_length=10 * LONGEST)
    owner: Label = ""
    estimate: str | None = None
    evidence: str | None = None
    agreed: Seal | None = None
    validated: Seal | None = None
    revisions: tuple[Revision, ...] = ()

    @field_validator("given", "actuals")
    @classmethod
    def _in_order(cls, months: dict[str, Any]) -> dict[str, Any]:
        return dict(sorted(months.items()))

    @property
    def key(self) -> str:
        """Its title, in any case."""
        return folded(self.title)

    @property
    def label(self) -> str:
        """Its title."""
        return self.title

    @property
    def forecast(self) -> dict[str, float]:
        """Month -> money, in order: as given, or spread from the target.

        A recurring benefit brings target / 12 a month; in month k of the ramp k / ramp of it.
        """
        if self.given:
            return dict(self.given)
        steps = max(self.ramp, 1)
        if self.rhythm == "one-off":
            return {after(self.starts, month): self.target / steps for month in range(steps)}
        return {
            after(self.starts, month): self.target / 12 * min(1.0, (month + 1) / steps)
            for month in range(self.months)
        }

    @property
    def unsigned(self) -> tuple[str, ...]:
        """Months that are recorded and that no signature covers."""
        covered = set(self.validated.months) if self.validated else set()
        return tuple(month for month in self.actuals if month not in covered)

    @property
    def standing(self) -> Standing:
        """`planned`; `agreed`: Finance signed the plan; `recorded`: there are actuals that it has
        not signed; `validated`: it signed every one.
        """
        if self.actuals:
            return "recorded" if self.unsigned else "validated"
        return "agreed" if self.agreed else "planned"


PLAN = frozenset(
    {"segment", "column", "nature", "rhythm", "target", "starts", "ramp", "months", "given",
     "owner", "estimate"}
)  # fmt: skip
"""Fields that make the plan, which the first signature covers."""
