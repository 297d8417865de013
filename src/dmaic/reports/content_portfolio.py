"""What the layouts of the portfolio may use: all projects, and functions that make Markdown."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from dmaic.block import Block, Note
from dmaic.layout.environment import safe
from dmaic.markdown.escape import escaped
from dmaic.number import DASH, money
from dmaic.project.benefit.benefit_list import BenefitList, overlap_blocks, told_sums
from dmaic.project.benefit.roll_up import Tally
from dmaic.project.standing.health import SIGN
from dmaic.project.standing.portfolio import (
    PortfolioLine,
    PortfolioMoney,
    PortfolioReply,
    portfolio,
)
from dmaic.project.standing.standing import goal_of
from dmaic.project.store.view import View
from dmaic.reports import table
from dmaic.reports.content_project import goal_text
from dmaic.reports.desk import drawn, image
from dmaic.reports.drawn import key_of
from dmaic.reports.lack import lacks_of_portfolio
from dmaic.reports.report import Figure, Lack
from dmaic.text import plural

if TYPE_CHECKING:
    from markupsafe import Markup

TITLE = "Portfolio"
NAMED = 8
"""Projects that are named in one cell of the board."""

_DONE, _CLOSED = "All tollgates approved", "Closed"
_HEALTHS = {"red": "Red", "amber": "Amber", "green": "Green"}


class PortfolioContent:
    """The content of a portfolio.

    Args:
        view: of the record.
        today: as of which.
        draft: commands are told.
        note: a sentence where the record is that of an earlier day.
        pages: id of a project -> its reports, each title and anchor; empty where the portfolio is
            one document.
    """

    def __init__(
        self,
        view: View,
        today: date,
        *,
        draft: bool = False,
        note: str = "",
        pages: Mapping[str, Sequence[tuple[str, str]]] | None = None,
    ) -> None:
        self.reply: PortfolioReply = portfolio(view, today)
        self.figures: dict[str, Figure] = {}
        self._today, self._draft, self._pages = today, draft, pages or {}
        self._view, self._note = view, note
        self.lacks: tuple[Lack, ...] = lacks_of_portfolio(self.reply.projects)

    def data(self) -> dict[str, Any]:
        """Plain data: see docs/layouts.md."""
        reply = self.reply
        still = [each for each in reply.projects if each.state == "open"]
        return {
            "report": {"kind": "portfolio", "title": TITLE, "day": self._today,
                       "draft": self._draft, "site": bool(self._pages), "note": self._note},
            "projects": [self._project(each) for each in reply.projects],
            "counts": {"all": len(reply.projects), "open": len(still), "text": _counted(still)},
            "money": [self._money(each) for each in reply.benefits],
            "rules": [*reply.rules],
            "lacks": [
                {"part": each.part, "message": each.message, "command": each.command}
                for each in self.lacks
            ],
        }  # fmt: skip

    def functions(self) -> dict[str, Callable[..., Any]]:
        """What a layout may call; each gives Markdown."""
        return {
            "board": self._board,
            "projects_table": self._projects_table,
            "money_figure": self._money_figure,
            "money_notes": self._money_notes,
            "name": self._name,
            "pages": self._links,
            "mark": lambda sign: safe(table.mark(sign)),
        }

    def _project(self, each: PortfolioLine) -> dict[str, Any]:
        return {
            "id": each.id,
            "name": each.name,
            "sponsor": each.sponsor,
            "state": each.state,
            "health": _health(each),
            "sign": "plain" if each.state == "closed" else SIGN[each.color],
            "reasons": [*each.reasons],
            "phase": _phase(each),
            "goal": self._goal(each),
            "money": _told_money(each),
            "planned": _sum(each, each.planned),
            "realised": _sum(each, each.realised),
            "cash": _sum(each, each.cash),
            "target_date": each.target_date,
            "next_date": each.next_date,
            "next_what": each.next_what,
        }

    def _goal(self, each: PortfolioLine) -> str:
        # As every other report has it, with the day that the charter names.
        goal = goal_of(self._view, each.id)
        return goal_text(goal) if goal is not None and goal.target is not None else ""

    def _money(self, each: PortfolioMoney) -> dict[str, Any]:
        hard = each.total.hard
        return {
            "currency": each.currency,
            "sentences": [*told_sums(each.total, each.currency)],
            "headline": _headline(hard if hard.benefits else each.total.soft, each.currency),
            "planned": money(hard.target, each.currency, brief=True),
            "run_rate": money(hard.run_rate, each.currency, brief=True),
            "cash": money(hard.cash, each.currency, brief=True),
        }

    def _name(self, id: str) -> Markup:
        """The name of a project; in the site a link to its report."""
        line = next(each for each in self.reply.projects if each.id == id)
        pages = self._pages.get(id)
        name = escaped(line.name)
        return safe(f"[{name}]({pages[0][1]})" if pages else name)

    def _links(self, id: str) -> Markup:
        """Links to the reports of a project; nothing where there are no pages."""
        links = (f"[{escaped(title)}]({place})" for title, place in self._pages.get(id, ()))
        return safe(" · ".join(links))

    def _board(self) -> Markup:
        """Open projects by phase and health, then the closed ones by name."""
        still = [each for each in self.reply.projects if each.state == "open"]
        ended = [self._name(each.id) for each in self.reply.projects if each.state == "closed"]
        lines = ["| Phase | " + " | ".join(_HEALTHS.values()) + " |", "| --- " * 4 + "|"]
        for phase in [*_in_order(still), *([_DONE] if any(not one.phase for one in still) else [])]:
            here = [each for each in still if _phase(each) == phase]
            cells = [
                _cell([self._name(each.id) for each in here if each.color == color])
                for color in _HEALTHS
            ]
            lines.append(f"| {escaped(phase)} | " + " | ".join(cells) + " |")
        parts = ["*Open projects by phase and health*\n\n" + "\n".join(lines)] if still else []
        if ended:
            parts.append(f"Closed: {_cell(ended).replace('<br>', ', ')}.")
        return safe("\n\n".join(parts) + "\n")

    def _projects_table(self, rows: int = 0) -> Markup:
        """A line a project."""
        lines = self.reply.projects[: rows or None]
        if not lines:
            return safe("")
        heads = ("Project", "Health", "Phase", "Planned", "Realised", "Cash", "Next date")
        rules = ("---", "---", "---", "---:", "---:", "---:", "---")
        made = ["| " + " | ".join(heads) + " |", "| " + " | ".join(rules) + " |"]
        for each in lines:
            sign = "" if each.state == "closed" else table.mark(SIGN[each.color])
            cells = (
                f"{sign} {self._name(each.id)}".strip(),
                escaped(_health(each).capitalize()),
                escaped(_phase(each)),
                *(escaped(_sum(each, one)) for one in (each.planned, each.realised, each.cash)),
                escaped(str(each.next_date or DASH)),
            )
            made.append("| " + " | ".join(cells) + " |")
        told = "*Planned: money a year. Realised: money a year as it runs now.*\n\n"
        text = told + "\n".join(made) + "\n"
        left = len(self.reply.projects) - len(lines)
        if left:
            text += f"\n{plural(left, 'project')} more not shown.\n"
        return safe(text)

    def _money_figure(self, currency: str) -> Markup:
        """Money planned and realised over time, of all projects of a currency together."""
        each = self._of(currency)
        listed = BenefitList(
            project="All projects", currency=currency, today=self._today, benefits=(),
            total=each.total,
        )  # fmt: skip
        if not listed.lines:
            return safe("")
        title = f"Planned against realised, {currency}"
        rows: list[tuple[Any, ...]] = []
        planned = realised = 0.0
        for month in listed.lines:
            planned += month.planned or 0.0
            realised += month.realised or 0.0
            known = realised if month.realised is not None else None
            rows.append((month.month, month.planned, month.realised, planned, known))
        hard = each.total.hard
        figure = Figure(
            name=f"planned-against-realised-{currency.lower()}",
            caption=f"{_headline(hard if hard.benefits else each.total.soft, currency)}.",
            alt=f"Chart: {title}, by month and added up.",
            draw=lambda: drawn(listed.plot, title),
            header=("Month", "Planned", "Realised", "Planned, sum", "Realised, sum"),
            rows=rows,
            key=key_of(listed.plot),
        )
        self.figures[figure.name] = figure
        return safe(image(figure, figure.caption))

    def _money_notes(self, currency: str) -> Markup:
        """What is not added, and soft money, which the figure does not show beside hard."""
        each = self._of(currency)
        both = each.total.hard.benefits and each.total.soft.benefits
        sums = told_sums(each.total, currency)
        blocks: list[Block] = [Note(told) for told in (sums[1:] if both else ())]
        for block in overlap_blocks(each.total, currency):
            if self._draft or not (isinstance(block, Note) and "dmaic benefit" in block.text):
                blocks.append(block)
        return safe(table.markdown(blocks))

    def _of(self, currency: str) -> PortfolioMoney:
        return next(each for each in self.reply.benefits if each.currency == currency)


def _headline(tally: Tally, currency: str) -> str:
    """Planned and realised of all projects, in a sentence without a full stop."""
    planned = [f"{money(tally.target, currency, brief=True)} a year"] if tally.target else []
    if tally.target_once:
        planned.append(f"{money(tally.target_once, currency, brief=True)} once")
    told = f"{' and '.join(planned) or 'no money'} planned"
    if tally.cash is None:
        return f"{told}, nothing recorded yet"
    cash = f"{money(tally.cash, currency, brief=True)} in cash so far"
    if tally.run_rate is None:
        return f"{told}, {cash}"
    return f"{told}, {money(tally.run_rate, currency, brief=True)} a year realised, {cash}"


def _cell(names: Sequence[str]) -> str:
    more = [f"and {len(names) - NAMED} more"] if len(names) > NAMED else []
    return "<br>".join([*names[:NAMED], *more])


def _in_order(lines: Sequence[PortfolioLine]) -> list[str]:
    """Titles of the phases that projects are in, the usual ones in their order."""
    usual = ["Define", "Measure", "Analyze", "Improve", "Control"]
    found = dict.fromkeys(each.phase for each in lines if each.phase)
    return [*(each for each in usual if each in found), *(x for x in found if x not in usual)]


def _phase(each: PortfolioLine) -> str:
    return _CLOSED if each.state == "closed" else each.phase or _DONE


def _health(each: PortfolioLine) -> str:
    return each.state if each.state == "closed" else each.color


def _sum(each: PortfolioLine, figure: float | None) -> str:
    return money(figure, each.currency, brief=True)


def _counted(still: Sequence[PortfolioLine]) -> str:
    """How open projects fare: `1 red, 2 green`."""
    counts = {color: sum(each.color == color for each in still) for color in _HEALTHS}
    alike = {each.color for each in still}
    if len(alike) == 1:
        return f"all {alike.pop()}" if len(still) > 1 else alike.pop()
    return ", ".join(f"{count} {color}" for color, count in counts.items() if count)


def _told_money(each: PortfolioLine) -> str:
    if each.planned is None:
        return "none is planned yet"
    told = f"{_sum(each, each.planned)} a year planned"
    if each.cash is None:
        return f"{told}, nothing recorded yet"
    if each.realised is not None:
        told += f", {_sum(each, each.realised)} a year realised"
    signed = "validated by Finance" if each.validated else "not validated by Finance"
    return f"{told}, {_sum(each, each.cash)} in cash so far, {signed}"
