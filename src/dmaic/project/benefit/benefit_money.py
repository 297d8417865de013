"""What the benefits of a project bring, in a line."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from dmaic.number import money
from dmaic.result import Frozen
from dmaic.text import plural

if TYPE_CHECKING:
    from dmaic.project.benefit.benefit import Benefit
    from dmaic.project.store.view import View


class BenefitMoney(Frozen):
    """Planned and realised money of a project, no customer counted twice.

    Attributes:
        count: how many benefits.
        planned: money a year of the hard recurring ones, or None where all are one-off or soft.
        planned_once: money of the hard one-off ones.
        run_rate: hard money a year as it runs now, or None.
        cash: hard money that came in so far, or None.
        soft_planned, soft_run_rate, soft_cash: the same of soft benefits; never added.
        agreed: Finance signed the plan of every benefit.
        validated: Finance signed every recorded month of the hard ones; None where there is none.
    """

    count: int
    planned: float | None = None
    planned_once: float = 0.0
    run_rate: float | None = None
    cash: float | None = None
    soft_planned: float | None = None
    soft_run_rate: float | None = None
    soft_cash: float | None = None
    agreed: bool = False
    validated: bool | None = None

    def told(self, currency: str) -> str:
        """Planned and realised in a sentence.

        Args:
            currency: of all figures.
        """
        planned = [
            f"{money(figure, currency, brief=True)} {when}"
            for figure, when in ((self.planned, "a year"), (self.planned_once, "once"))
            if figure
        ]
        if not planned:
            return f"only soft benefits: {plural(self.count, 'benefit')}"
        told = f"{' and '.join(planned)} planned{', agreed' if self.agreed else ''}"
        if self.cash is None:
            return f"{told}; nothing recorded as realised yet"
        rate = ""
        if self.run_rate is not None:
            rate = f"{money(self.run_rate, currency, brief=True)} a year as run-rate, "
        cash = money(self.cash, currency, brief=True)
        state = "validated" if self.validated else "not validated"
        return f"{told}; realised {rate}{cash} in cash so far, {state}"


def money_of(view: View, project: str, today: date) -> BenefitMoney | None:
    """What the benefits of a project bring, or None where none is planned.

    Args:
        view: to read from.
        project: its id.
        today: tells which months are over.
    """
    if not view.rows(project, ["benefit"]):
        # Most projects have none for most of their time; what reckons is not loaded for them.
        return None
    from dmaic.project.benefit.benefit import Benefit

    return benefit_money([each.body for each in view.all(Benefit, project)], today)


def benefit_money(benefits: Sequence[Benefit], today: date) -> BenefitMoney | None:
    """What the benefits of a project bring, or None where none is planned.

    Args:
        benefits: of one project.
        today: tells which months are over.
    """
    if not benefits:
        return None
    from dmaic.project.benefit.roll_up import Claim, is_validated, roll_up

    claims = [Claim.of(each, today) for each in benefits]
    total = roll_up(claims)
    return BenefitMoney(
        count=len(benefits),
        planned=total.hard.target or None,
        planned_once=total.hard.target_once,
        run_rate=total.hard.run_rate,
        cash=total.hard.cash,
        soft_planned=total.soft.target or None,
        soft_run_rate=total.soft.run_rate,
        soft_cash=total.soft.cash,
        agreed=all(each.agreed is not None for each in benefits),
        validated=is_validated(claims),
    )
