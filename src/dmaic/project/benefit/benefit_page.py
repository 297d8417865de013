"""One benefit as people see it: planned against realised, month by month."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from dmaic.block import Block, Cells, Fields, Heading, Note, Sign, Table
from dmaic.number import DASH, money, percent
from dmaic.project.benefit.benefit import NATURES, Benefit, Seal, Standing
from dmaic.project.benefit.benefit_list import STANDINGS, typed
from dmaic.project.benefit.estimate import Estimate, Measured, estimate_of, measured_by
from dmaic.project.benefit.figures import METHOD, Figures, MonthLine, figures
from dmaic.project.benefit.month import month_of
from dmaic.project.data.analysis import SavedAnalysis
from dmaic.project.engagement.project import Project
from dmaic.project.entity import Stored
from dmaic.project.store.view import View
from dmaic.reply import Page
from dmaic.text import plural, some


class BenefitPage(Page):
    """One benefit, planned against realised.

    Attributes:
        project: name of the project.
        currency: of all figures.
        today: tells which months are over.
        id: of the benefit.
        benefit: its fields.
        standing: how it stands.
        figures: what follows from plan and record.
        estimate: what was estimated before, or None.
        measured: what the analysis says that shows what was realised, or None.
        method: name of a figure -> how it is computed.
    """

    kind: str = "benefit-show"
    project: str
    currency: str
    today: date
    id: str
    benefit: Benefit
    standing: Standing
    figures: Figures
    estimate: Estimate | None = None
    measured: Measured | None = None
    method: dict[str, str] = METHOD

    def blocks(self) -> tuple[Block, ...]:
        """The answer, the facts, the months, and what was signed and changed."""
        body = self.benefit
        history = body.revisions
        changes = (
            Cells("On", tuple(str(each.on) for each in history)),
            Cells("Who", tuple(each.by for each in history), wrap=True),
            Cells("What", tuple(each.what for each in history), wrap=True),
            Cells("Why", tuple(each.reason or DASH for each in history), wrap=True),
        )
        return (
            Heading(body.title, 1, f"{self.project}, {STANDINGS[self.standing]}"),
            Note(self.answer, strong=True),
            Fields(tuple((label, text) for label, text in self._facts() if text)),
            self._months(),
            *(Note(each) for each in self._doubts()),
            *((Table(changes, title="Signed and changed"),) if history else ()),
            Heading("How it is computed"),
            Fields(
                tuple(
                    (name.replace("_", " ").capitalize(), text)
                    for name, text in self.method.items()
                )
            ),
        )

    def records(self) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
        """One row a month."""
        header = ("month", "planned", "realised", "planned_sum", "realised_sum", "note")
        lines = self.figures.months
        return header, [tuple(getattr(each, name) for name in header) for each in lines]

    @property
    def title(self) -> str:
        """Of the benefit."""
        return self.benefit.title

    @property
    def lines(self) -> tuple[MonthLine, ...]:
        """The months, for the chart."""
        return self.figures.months

    @property
    def facts(self) -> tuple[str, ...]:
        """The answer, for the chart."""
        return (self.answer,)

    @property
    def answer(self) -> str:
        """Realised against planned, one or two sentences."""
        body, found, code = self.benefit, self.figures, self.currency
        yearly = body.rhythm == "recurring"
        target = f"{money(body.target, code)} {'a year' if yearly else 'in all'}"
        if found.cash is None:
            first = next(iter(body.forecast), body.starts)
            return f"Planned: {target}, from {first} on. Nothing is recorded yet."
        ahead = found.variance or 0.0
        against = (
            "as planned until then"
            if abs(ahead) < 0.5
            else f"{money(abs(ahead), code)} {'more' if ahead > 0 else 'less'} than planned "
            "until then"
        )
        cash = f"{money(found.cash, code)} in cash until {max(body.actuals)}, {against}"
        if found.run_rate is None:
            return f"{cash}, of {target}."
        share = percent(found.run_rate / body.target)
        return (
            f"{money(found.run_rate, code)} a year as run-rate, {share} % of the target of "
            f"{target}. {cash}."
        )

    def _facts(self) -> tuple[tuple[str, str], ...]:
        body, found, code = self.benefit, self.figures, self.currency
        column = f" ({body.column})" if body.segment and body.column else ""
        estimate = self.estimate
        return (
            ("Kind", f"{body.nature} ({NATURES[body.nature]}), {body.rhythm}"),
            ("Segment", f"{body.segment}{column}"),
            ("Estimate", "" if estimate is None else _told_estimate(estimate, code)),
            ("Target", f"{money(body.target, code)}"
             f"{' a year' if body.rhythm == 'recurring' else ' in all'}"),
            ("Run-rate", self._told_rate()),
            ("Cash so far", "" if found.cash is None else money(found.cash, code)),
            ("Planned until then", "" if found.planned_to_date is None
             else money(found.planned_to_date, code)),
            ("To the end", f"{money(found.to_the_end, code)}, planned "
             f"{money(found.planned_to_end, code)}"),
            ("Owner", body.owner),
            ("Plan agreed", _told_seal(body.agreed)),
            ("Validated", _told_seal(body.validated)),
            ("Measured", _told_measured(self.measured, code)),
            ("Evidence", "removed since" if body.evidence and self.measured is None else ""),
            ("Id", self.id),
        )  # fmt: skip

    def _told_rate(self) -> str:
        found, code = self.figures, self.currency
        if found.run_rate is None:
            return ""
        told = f"{money(found.run_rate, code)} a year = 12 × {found.run_rate_month}"
        if found.run_rate_of_three is not None:
            told += f"; of the last three months {money(found.run_rate_of_three, code)}"
        return told

    def _months(self) -> Table:
        lines, code = self.figures.months, self.currency
        now = month_of(self.today)
        differences = tuple(
            None if each.realised is None else each.realised - (each.planned or 0.0)
            for each in lines
        )
        columns = (
            Cells("Month", tuple(each.month for each in lines)),
            Cells("Planned", tuple(money(each.planned, code) for each in lines), right=True),
            Cells("Realised", tuple(money(each.realised, code) for each in lines), right=True),
            Cells("Difference", tuple(money(each, code, sign=True) for each in differences),
                  right=True, keep=70),
            Cells("Planned, sum", tuple(money(each.planned_sum, code) for each in lines),
                  right=True, keep=60),
            Cells("Realised, sum", tuple(money(each.realised_sum, code) for each in lines),
                  right=True, keep=90),
            *((Cells("Note", tuple(each.note for each in lines), wrap=True, keep=50),)
              if any(each.note for each in lines) else ()),
        )  # fmt: skip
        signs: tuple[Sign, ...] = tuple(
            "todo" if each.realised is None and each.month >= now
            else "warn" if each.realised is None
            else "good" if each.month not in self.benefit.unsigned
            else "plain"
            for each in lines
        )  # fmt: skip
        return Table(columns, title="Planned against realised", signs=signs)

    def _doubts(self) -> tuple[str, ...]:
        told = []
        now = month_of(self.today)
        if self.figures.missing:
            told.append(f"Over and not recorded: {some(self.figures.missing, 6)}.")
        if now in self.benefit.actuals:
            told.append(f"{now} is not over yet, and counts as it is recorded.")
        told += self._beside_measured()
        return tuple(told)

    def _beside_measured(self) -> Iterator[str]:
        """Where what was recorded lies outside of what was measured."""
        found, measured = self.figures, self.measured
        if measured is None:
            return
        for name, recorded, low, high in (
            ("run-rate", found.run_rate, measured.low, measured.high),
            ("cash", found.cash, measured.cash_low, measured.cash_high),
        ):
            if recorded is None or low is None or high is None or low <= recorded <= high:
                continue
            ends = " to ".join(money(each, self.currency) for each in (low, high))
            side = "above" if recorded > high else "below"
            yield (
                f"The recorded {name} lies {side} what was measured (95 %: {ends}). Settle with "
                "Finance which of the two is signed: customers saved early may have left since, "
                "or the months differ."
            )


def _told_estimate(estimate: Estimate, currency: str) -> str:
    told = f"{money(estimate.benefit_annual, currency)} a year"
    if abs(estimate.benefit_annual - estimate.recovered_annual) >= 0.5:
        told += (
            f" after margin, with win-back; {money(estimate.recovered_annual, currency)} revenue"
        )
    return f"{told} (analysis {estimate.analysis})"


def _told_measured(measured: Measured | None, currency: str) -> str:
    if measured is None:
        return ""
    told = []
    if measured.run_rate is not None:
        told.append(f"{money(measured.run_rate, currency)} a year as run-rate")
        if measured.low is not None and measured.high is not None:
            ends = (money(each, currency) for each in (measured.low, measured.high))
            told.append(f"95 %: {' to '.join(ends)}")
    if measured.cash is not None:
        told.append(f"{money(measured.cash, currency)} in cash")
    return f"{'; '.join(told) or measured.title} (analysis {measured.analysis})"


def _told_seal(seal: Seal | None) -> str:
    if seal is None:
        return ""
    months = ""
    if seal.months:
        months = f", {plural(len(seal.months), 'month')}, the last {max(seal.months)}"
    return f"by {seal.by} ({seal.role}) on {seal.on}{months}"


def benefit_page(
    view: View, project: Stored[Project], benefit: Stored[Benefit], today: date
) -> BenefitPage:
    """One benefit, planned against realised.

    Args:
        view: to read from.
        project: any.
        benefit: of it.
        today: tells which months are over.
    """
    body = benefit.body
    analyses = {each.id: each for each in view.all(SavedAnalysis, project.id)}
    estimate = analyses.get(body.estimate or "")
    evidence = analyses.get(body.evidence or "")
    return BenefitPage(
        project=project.body.name,
        currency=project.body.currency,
        today=today,
        id=benefit.id,
        benefit=body,
        standing=body.standing,
        figures=figures(body, today),
        estimate=estimate_of(estimate) if estimate else None,
        measured=measured_by(evidence) if evidence else None,
        next=(next_command(benefit),) if project.body.state == "open" else (),
    )


def next_command(benefit: Stored[Benefit]) -> str:
    """What is likely done with a benefit next, as it is typed.

    Args:
        benefit: any.
    """
    if benefit.body.standing in ("planned", "recorded"):
        return f"dmaic benefit lock {typed(benefit)} --by NAME"
    return f"dmaic benefit record {typed(benefit)} MONTH AMOUNT"
