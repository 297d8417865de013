"""What layouts may use: plain data about the project, and functions that make Markdown of it.

`docs/layouts.md` is the reference; a test holds it to what is here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from dmaic import number
from dmaic.layout.environment import safe
from dmaic.project.engagement.project import Project
from dmaic.project.entity import Stored
from dmaic.project.plan.logbook import Issue, Risk
from dmaic.project.store.view import View
from dmaic.reports import content_analysis as analysis
from dmaic.reports import content_document as document
from dmaic.reports import content_money as money
from dmaic.reports import content_plan as plan
from dmaic.reports import table
from dmaic.reports.content_appendix import findings_section, journal_section, methods_section
from dmaic.reports.content_gate import gate_section
from dmaic.reports.content_phase import next_section, phases_data, standing_section
from dmaic.reports.content_project import (
    churn_data,
    goal_data,
    health_data,
    needs_data,
    next_data,
    project_data,
)
from dmaic.reports.content_slide import slide_functions
from dmaic.reports.desk import Desk
from dmaic.reports.glossary import glossary_section
from dmaic.reports.lack import lack_section, lacks_of
from dmaic.reports.report import Figure, Lack
from dmaic.text import plural, printable

if TYPE_CHECKING:
    from markupsafe import Markup

_LONGEST_TITLE = 120
_TITLES = {"a3": "A3 report", "executive": "Executive summary", "project": "Project report"}


class Content:
    """One report's content.

    Args:
        view: of the record.
        project: which.
        today: as of which.
        kind: of the report.
        draft: commands are told.
        note: a sentence about the record, such as that it is shown as of an earlier day.
    """

    def __init__(
        self,
        view: View,
        project: Stored[Project],
        today: date,
        kind: str,
        *,
        draft: bool = False,
        note: str = "",
    ) -> None:
        self._desk = Desk(view, project, today, draft)
        self._kind, self._note, self._titled = kind, note, ""
        self.lacks: tuple[Lack, ...] = lacks_of(self._desk, kind)
        self.data = self._data()

    @property
    def figures(self) -> dict[str, Figure]:
        """Name -> figure, those that the layouts asked for so far."""
        return self._desk.figures

    @property
    def title(self) -> str:
        """Of the report: the one that its layout gave it, once it is filled."""
        if self._titled:
            return self._titled
        phase = self._desk.phase(self._kind)
        if phase is not None:
            return f"{phase.title} report"
        return _TITLES.get(self._kind, f"{self._kind.replace('-', ' ').capitalize()} report")

    def _data(self) -> dict[str, Any]:
        desk = self._desk
        analyses = analysis.analyses_data(desk)
        actions = plan.actions_data(desk)
        phases = phases_data(desk, analyses, actions)
        named = self._kind if desk.phase(self._kind) else desk.progress.current
        return {
            "report": {
                "kind": self._kind,
                "title": self.title,
                "day": desk.today,
                "draft": desk.draft,
                "note": self._note,
            },
            "project": project_data(desk),
            "answers": dict(desk.project.body.template.answers),
            "goal": goal_data(desk),
            "health": health_data(desk),
            "phase": next(each for each in phases if each["name"] == named),
            "phases": phases,
            "churn": churn_data(desk),
            "analyses": analyses,
            "benefits": money.benefits_data(desk),
            "actions": actions,
            "promises": plan.promises_data(desk),
            "risks": plan.concerns_data(desk, Risk),
            "issues": plan.concerns_data(desk, Issue),
            "decisions": plan.decisions_data(desk),
            "team": plan.team_data(desk),
            "next": next_data(desk),
            "needs": needs_data(desk, actions),
            "lacks": [
                {
                    "part": each.part,
                    "message": each.message,
                    "command": each.command if desk.draft else "",
                    "stale": each.stale,
                }
                for each in self.lacks
            ],
        }

    def functions(self) -> dict[str, Callable[..., Any]]:
        """What a layout may call."""
        return {
            **{name: _marked(each) for name, each in self._parts().items()},
            **self._words(),
            **slide_functions(self.data),
        }

    def _parts(self) -> dict[str, Callable[..., str]]:
        """Those that give Markdown."""
        desk = self._desk
        return {
            "standing": lambda: standing_section(self.data),
            "gate": lambda phase: gate_section(desk, phase),
            "document": lambda kind: document.document_section(desk, kind),
            "document_figure": lambda kind, caption="": document.document_figure(
                desk, kind, caption
            ),
            "document_table": lambda kind, rows=6: document.document_table(desk, kind, rows),
            "analysis": lambda id: analysis.analysis_section(desk, id),
            "analysis_figure": lambda id, caption="": analysis.analysis_figure(desk, id, caption),
            "analysis_table": lambda id, rows=6: analysis.analysis_table(desk, id, rows),
            "benefits_section": lambda: money.benefits_section(desk),
            "benefits_figure": lambda caption="": money.benefits_figure(desk, caption),
            "benefits_table": lambda rows=0: money.benefits_table(desk, rows),
            "actions_table": lambda phase="", rows=0, only="": plan.actions_table(
                desk, phase, rows, only
            ),
            "risks_table": lambda rows=0: plan.concerns_table(desk, Risk, rows),
            "issues_table": lambda rows=0: plan.concerns_table(desk, Issue, rows),
            "decisions_table": lambda phase="", rows=0: plan.decisions_table(desk, phase, rows),
            "team_table": lambda: plan.team_table(desk),
            "next_step": lambda: next_section(self.data),
            "lacking": lambda: lack_section(self.lacks, draft=desk.draft),
            "definitions": lambda: document.definitions_section(desk),
            "glossary": lambda phase="": self._glossary(phase),
            "methods": lambda phase="": methods_section(desk, phase),
            "data_findings": lambda phase="": findings_section(desk, phase),
            "journal": lambda phase="", rows=40: journal_section(desk, phase, rows),
            "table": _table,
            "mark": table.mark,
        }

    def _glossary(self, phase: str) -> str:
        shown = [each for each in self.data["phases"] if phase in ("", each["name"])]
        kinds = [one["kind"] for each in shown for one in each["documents"]]
        money = bool(self.data["benefits"]) and any(each["money"] for each in shown)
        return glossary_section(self._desk, kinds, phase, money=money)

    def _words(self) -> dict[str, Callable[..., str]]:
        """Those that give a text."""
        currency = self._desk.project.body.currency

        def amount(figure: float | None, brief: bool = True) -> str:
            return number.money(figure, currency, brief=brief)

        def percent(fraction: float | None, places: int = 1) -> str:
            return number.DASH if fraction is None else f"{100 * fraction:,.{_few(places)}f} %"

        def figure(value: float | None, places: int = 0) -> str:
            return number.amount(value, places=_few(places))

        def day(value: date | None) -> str:
            return number.DASH if value is None else value.isoformat()

        return {
            "promises_text": lambda: str(self.data["promises"]["text"]),
            "money": amount,
            "percent": percent,
            "number": figure,
            "day": day,
            "plural": lambda count, noun, many="": plural(count, noun, many),
            "titled": self._title,
        }

    def _title(self, text: str) -> str:
        """Give the report a title of the layout's own; nothing is written where it stands."""
        self._titled = printable(str(text), _LONGEST_TITLE).strip()
        return ""


def _few(places: int) -> int:
    """Places behind the point: a layout that asks for a million gets no text of a million."""
    return max(0, min(places, 10))


def _marked(function: Callable[..., str]) -> Callable[..., Markup]:
    """The function, its Markdown marked as such."""
    from functools import wraps

    @wraps(function)
    def told(*args: Any, **kwargs: Any) -> Markup:  # noqa: ANN401
        return safe(function(*args, **kwargs))

    return told


def _table(
    header: Sequence[Any],
    rows: Sequence[Sequence[Any]],
    caption: str = "",
    right: Sequence[int] = (),
) -> str:
    return table.shown(table.made(header, rows, caption, right))
