"""The benefits of a project as people see them, a line each, and added up."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from dmaic.block import Block, Cells, Heading, Note, Sign, Table
from dmaic.number import money
from dmaic.project.benefit.benefit import Benefit, Nature, Rhythm, Standing
from dmaic.project.benefit.figures import METHOD, figures
from dmaic.project.benefit.roll_up import Claim, MonthSum, Overlap, RollUp, Tally, roll_up
from dmaic.project.engagement.project import Project
from dmaic.project.entity import Stored
from dmaic.project.store.view import View
from dmaic.reply import Page
from dmaic.result import Frozen
from dmaic.text import plural, some

STANDINGS: dict[Standing, str] = {
    "planned": "planned",
    "agreed": "plan agreed",
    "recorded": "not validated",
    "validated": "validated",
}
"""How a benefit stands, as people read it."""

_SIGNS: dict[Standing, Sign] = {
    "planned": "todo", "agreed": "good", "recorded": "warn", "validated": "good",
}  # fmt: skip


class BenefitLine(Frozen):
    """One benefit in a list.

    Attributes:
        id, title, segment, nature, rhythm, target, owner, standing: of the benefit.
        run_rate: money a year as it runs now, or None.
        run_rate_month: that it is made of, or empty.
        cash: realised so far, or None.
        variance: cash less the plan up to the last recorded month, or None.
        last: last recorded month, or empty.
    """

    id: str
    title: str
    segment: str
    nature: Nature
    rhythm: Rhythm
    target: float
    owner: str
    standing: Standing
    run_rate: float | None
    run_rate_month: str
    cash: float | None
    variance: float | None
    last: str


class BenefitList(Page):
    """The benefits of a project.

    Attributes:
        project: its name.
        currency: of all figures.
        today: tells which months are over.
        benefits: in the order in which they were planned.
        total: added up, no customer counted twice.
        method: name of a figure -> how it is computed.
    """

    kind: str = "benefit-list"
    project: str
    currency: str
    today: date
    benefits: tuple[BenefitLine, ...]
    total: RollUp
    method: dict[str, str] = METHOD

    def blocks(self) -> tuple[Block, ...]:
        """The sums, a line a benefit, and what is not added."""
        lines, code = self.benefits, self.currency
        columns = (
            Cells("Benefit", tuple(each.title for each in lines), wrap=True),
            Cells("Kind", tuple(_kind(each.nature, each.rhythm) for each in lines), keep=60),
            Cells("Target", tuple(money(each.target, code) for each in lines), right=True),
            Cells("Run-rate", tuple(money(each.run_rate, code) for each in lines), right=True),
            Cells("Cash", tuple(money(each.cash, code) for each in lines), right=True, keep=98),
            Cells("State", tuple(STANDINGS[each.standing] for each in lines), keep=96),
        )
        table = Table(
            columns,
            signs=tuple(_SIGNS[each.standing] for each in lines),
            empty="No benefit is planned yet.",
        )
        if not lines:
            return (Heading(plural(0, "benefit"), 1, self.project), table)
        return (
            Heading(plural(len(lines), "benefit"), 1, self.project),
            *(Note(each, strong=True) for each in told_sums(self.total, code)),
            table,
            *overlap_blocks(self.total, code),
            Note(f"Run-rate = {self.method['run_rate']}."),
        )

    @property
    def title(self) -> str:
        """Whose benefits they are."""
        return f"{self.project}: planned against realised"

    @property
    def lines(self) -> tuple[MonthSum, ...]:
        """The months of the hard benefits, for the chart; of the soft ones where all are soft."""
        return (self.total.hard if self.total.hard.benefits else self.total.soft).months

    @property
    def facts(self) -> tuple[str, ...]:
        """The sums, for the chart."""
        drawn = (
            "Drawn is hard money." if self.total.hard.benefits and self.total.soft.benefits else ""
        )
        return tuple(filter(None, (*told_sums(self.total, self.currency), drawn)))

    def records(self) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
        """One row a benefit."""
        header = tuple(BenefitLine.model_fields)
        return header, [tuple(getattr(each, name) for name in header) for each in self.benefits]


def _kind(nature: str, rhythm: str) -> str:
    return f"{nature}, {rhythm}"


def told_sums(total: RollUp, currency: str) -> tuple[str, ...]:
    """A sentence for hard money, and one for soft.

    Args:
        total: benefits added up.
        currency: of all figures.
    """
    return tuple(
        f"{name.capitalize()} benefits: {_told_sum(tally, currency)}."
        for name, tally in (("hard", total.hard), ("soft", total.soft))
        if tally.benefits
    )


def _told_sum(tally: Tally, currency: str) -> str:
    planned = [f"{money(tally.target, currency)} a year"] if tally.target else []
    planned += [f"{money(tally.target_once, currency)} once"] if tally.target_once else []
    told = f"planned {' and '.join(planned)}"
    if tally.cash is None:
        return f"{told}; nothing is recorded yet"
    known = tally.run_rate is not None
    rate = f"{money(tally.run_rate, currency)} a year as run-rate, " if known else ""
    return f"{told}; realised {rate}{money(tally.cash, currency)} in cash so far"


def overlap_blocks(total: RollUp, currency: str) -> tuple[Block, ...]:
    """What is not added, and what nobody can tell.

    Args:
        total: benefits added up.
        currency: of all figures.
    """
    blocks: list[Block] = []
    over = total.overlaps
    if over:
        columns = (
            Cells("Benefit", tuple(each.name for each in over), wrap=True),
            Cells("Already counted in", tuple(each.counted_in for each in over), wrap=True),
            Cells("Figure", tuple(_what(each) for each in over)),
            Cells("Not added", tuple(money(each.amount, currency) for each in over), right=True),
        )
        blocks.append(Table(columns, title="Customers that are counted already"))
        blocks.append(Note(f"{total.rule[:1].upper()}{total.rule[1:]}."))
    if total.without_segment:
        blocks.append(
            Note(
                f"{some(total.without_segment, 3)}: no segment is named, so nobody can tell "
                "whether customers are counted twice. Name it: dmaic benefit plan TITLE "
                "--segment NAME."
            )
        )
    return tuple(blocks)


def _what(each: Overlap) -> str:
    months = f" of {plural(len(each.months), 'month')}" if each.months else " a year"
    return f"{each.what}{months}"


def benefit_list(view: View, project: Stored[Project], today: date) -> BenefitList:
    """The benefits of a project.

    Args:
        view: to read from.
        project: any.
        today: tells which months are over.
    """
    found = view.all(Benefit, project.id)
    return BenefitList(
        project=project.body.name,
        currency=project.body.currency,
        today=today,
        benefits=tuple(_line(each, today) for each in found),
        total=roll_up(Claim.of(each.body, today) for each in found),
        next=(f"dmaic benefit show {typed(found[0])}",)
        if found
        else ('dmaic benefit plan "TITLE" --target AMOUNT --segment NAME',),
    )


def typed(benefit: Stored[Benefit]) -> str:
    """Its title in quotes, or its id where a shell or an option would read something else.

    Args:
        benefit: any.
    """
    title = benefit.body.title
    return f'"{title}"' if re.fullmatch(r"(?!-)[\w ,.:()/&%+-]{1,60}", title) else benefit.id


def _line(benefit: Stored[Benefit], today: date) -> BenefitLine:
    body, found = benefit.body, figures(benefit.body, today)
    return BenefitLine(
        id=benefit.id,
        title=body.title,
        segment=body.segment,
        nature=body.nature,
        rhythm=body.rhythm,
        target=body.target,
        owner=body.owner,
        standing=body.standing,
        run_rate=found.run_rate,
        run_rate_month=found.run_rate_month,
        cash=found.cash,
        variance=found.variance,
        last=max(body.actuals, default=""),
    )
