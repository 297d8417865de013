"""FMEA: what could go wrong with the new way of working, and what is done about it beforehand."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from dmaic.block import Block, Cells, Note, Sign, Table
from dmaic.documents.base import Document, Figure, Gap, Line, Papers, Phase, Text, ask
from dmaic.documents.improve.priority import Priority, action_priority, rpn
from dmaic.text import plural

_SIGNS: dict[Priority, Sign] = {"H": "bad", "M": "warn", "L": "good"}


def _rating(label: str, help: str, example: int, *, needed: bool = False) -> Any:  # noqa: ANN401
    return ask(label, help, example=example, needed=needed, default=None, ge=1, le=10)


class Failure(Line):
    """One way in which a step can fail."""

    PREFIX: ClassVar[str] = "F"
    step: Text = ask(
        "Step", "The step or the part that can fail.", example="Call within a day", needed=True
    )
    mode: Text = ask("Failure mode", "How it fails.", example="Call comes late", needed=True)
    effect: Text = ask(
        "Effect", "What the customer gets to feel.", example="The first job fails", needed=True
    )
    cause: Text = ask(
        "Cause", "Why it fails.", example="Sign-ups of the weekend pile up", needed=True
    )
    controls: Text = ask(
        "Controls", "What prevents or detects it today.", example="Weekly list of new customers"
    )
    severity: int | None = _rating("S", "Severity of the effect: 1 none, 10 worst.", 7, needed=True)
    occurrence: int | None = _rating("O", "Occurrence: 1 never, 10 all the time.", 6, needed=True)
    detection: int | None = _rating(
        "D", "Detection: 1 always seen in time, 10 never.", 5, needed=True
    )
    action: Text = ask("Action", "What is done about it.", example="A rota covers the weekend")
    owner: Text = ask("Owner", "Who does it.", example="Sam")
    due: date | None = ask("Due", "By which day.", example="2025-05-15", default=None)
    severity_after: int | None = _rating("S after", "Severity after the action.", 7)
    occurrence_after: int | None = _rating("O after", "Occurrence after the action.", 2)
    detection_after: int | None = _rating("D after", "Detection after the action.", 3)
    no_action: Text = ask(
        "Why no action",
        "Where nothing is done although the priority is high: the reason.",
        example="The supplier decides; accepted by the sponsor on 2025-05-02.",
    )

    @property
    def before(self) -> tuple[int, int, int] | None:
        """Severity, occurrence and detection today, or None where one is missing."""
        return _three(self.severity, self.occurrence, self.detection)

    @property
    def after(self) -> tuple[int, int, int] | None:
        """The same after the action; severity stays where it is not rated again."""
        return _three(
            self.severity_after or self.severity, self.occurrence_after, self.detection_after
        )


class Fmea(Document):
    """Failure modes with their risks, before and after what is done about them."""

    KIND: ClassVar[str] = "fmea"
    TITLE: ClassVar[str] = "Failure mode and effects analysis (FMEA)"
    PHASE: ClassVar[Phase] = "improve"
    HAS_CHART: ClassVar[bool] = True
    PURPOSE: ClassVar[str] = (
        "The FMEA asks of each step how it can fail, how bad that is, how often it happens and "
        "whether it is seen in time. What ranks high is acted on before the change goes live."
    )
    EXAMPLE: ClassVar[dict[str, Any]] = {
        "failures": [
            {"id": "F1", "step": "Call within a day", "mode": "Call comes late",
             "effect": "The first job fails; the customer gives up",
             "cause": "Sign-ups of the weekend pile up", "controls": "Weekly list of new customers",
             "severity": 7, "occurrence": 6, "detection": 5,
             "action": "A rota covers the weekend; a list each morning", "owner": "Sam",
             "due": "2025-05-15", "severity_after": 7, "occurrence_after": 2, "detection_after": 2},
            {"id": "F2", "step": "Sign-up question", "mode": "Estimator is not recognised",
             "effect": "No call, slow queue", "cause": "The answer is left blank",
             "controls": "None", "severity": 7, "occurrence": 5, "detection": 7,
             "action": "The question must be answered; others are asked at the first ticket",
             "owner": "Head of Sales", "due": "2025-05-10",
             "severity_after": 7, "occurrence_after": 2, "detection_after": 4},
            {"id": "F3", "step": "Exchange API", "mode": "The estimate arrives with wrong data",
             "effect": "A wrong quote goes to the customer's customer",
             "cause": "The quoting system changes its format", "controls": "Tests before release",
             "severity": 9, "occurrence": 4, "detection": 6,
             "action": "Contract tests run against each system every night",
             "owner": "Head of Development",
             "due": "2025-06-01", "severity_after": 9, "occurrence_after": 2,
             "detection_after": 2},
            {"id": "F4", "step": "Support triage", "mode": "Other segments wait longer",
             "effect": "They begin to cancel", "cause": "Estimators' tickets always come first",
             "controls": "Monthly report of waiting times", "severity": 6, "occurrence": 5,
             "detection": 7, "action": "A limit of 48 hours for the general queue",
             "owner": "Head of Support", "due": "2025-05-20", "severity_after": 6,
             "occurrence_after": 3,
             "detection_after": 2},
            {"id": "F5", "step": "Exchange API", "mode": "The API is down",
             "effect": "Estimators re-type for a day", "cause": "An outage of the provider",
             "controls": "Monitoring each minute", "severity": 6, "occurrence": 3, "detection": 1},
        ]
    }  # fmt: skip

    failures: tuple[Failure, ...] = ask(
        "Failures", "How each step can fail, and what is done about it.", least=1, default=()
    )

    def rules(self, papers: Papers) -> tuple[Gap, ...]:
        """A high action priority has an action with owner and date, or a written reason."""
        del papers
        gaps = []
        for each in self.failures:
            if each.before is None or action_priority(*each.before) != "H":
                continue
            path = f"failures.{each.id}"
            lacking = [
                name
                for name, value in (
                    ("an action", each.action),
                    ("an owner", each.owner),
                    ("a date", each.due),
                )
                if not value
            ]
            if lacking and not each.no_action:
                message = (
                    f"{each.id} has action priority H and lacks {' and '.join(lacking)}; "
                    "or write why nothing is done."
                )
                gaps.append(Gap(field=f"{path}.action", message=message))
            if each.action and each.after is None:
                message = f"{each.id} is not rated after its action: nobody knows whether it helps."
                gaps.append(Gap(field=f"{path}.occurrence_after", message=message, level="weak"))
        return tuple(gaps)

    def figures(self, papers: Papers) -> tuple[Figure, ...]:
        """Failures of high priority and sums of RPN, before and after."""
        del papers
        rated = [(each.before, each.after) for each in self.failures if each.before]
        if not rated:
            return ()
        aside = (
            f" ({len(rated)} of {plural(len(self.failures), 'failure')} rated)"
            if len(rated) < len(self.failures)
            else ""
        )
        both = [(before, after or before) for before, after in rated]
        unrated = sum(after is None for _, after in rated)
        later = f" ({plural(unrated, 'failure')} without a second rating as before)" * bool(unrated)
        high = [sum(action_priority(*pair[side]) == "H" for pair in both) for side in (0, 1)]
        sums = [sum(rpn(*pair[side]) for pair in both) for side in (0, 1)]
        return (
            Figure(name="high_before", label="Priority H before", value=high[0],
                   text=f"{high[0]}{aside}",
                   formula="action priority by the table of the AIAG & VDA FMEA Handbook (2019)"),
            Figure(name="high_after", label="Priority H after", value=high[1],
                   text=f"{high[1]}{later}"),
            Figure(name="rpn_before", label="Sum of RPN before", value=sums[0],
                   text=f"{sums[0]:,}{aside}", formula="RPN = S × O × D"),
            Figure(name="rpn_after", label="Sum of RPN after", value=sums[1],
                   text=f"{sums[1]:,}{later}"),
        )  # fmt: skip

    def ranked(self) -> list[Failure]:
        """Failures by action priority, then severity, then RPN; unrated ones last."""
        return sorted(self.failures, key=_rank)

    def blocks(self, papers: Papers) -> tuple[Block, ...]:
        """The risks, ranked, what is done about them, and the figures."""
        from dmaic.documents.form import figure_blocks

        if not self.failures:
            return super().blocks(papers)
        ranked = self.ranked()

        def column(title: str, texts: list[str], keep: int, *, right: bool = False) -> Cells:
            return Cells(title, tuple(texts), right=right, wrap=not right, keep=keep)

        risks = Table(
            (
                Cells("", tuple(each.id for each in ranked), keep=1000),
                column("AP", [_letters(each) for each in ranked], 990, right=True),
                column("Failure", [f"{each.step}: {each.mode}" for each in ranked], 980),
                column("Effect", [each.effect for each in ranked], 600),
                column("Cause", [each.cause for each in ranked], 500),
                column("S O D", [_told(each.before) for each in ranked], 800, right=True),
                column("RPN", [_told_rpn(each.before) for each in ranked], 850, right=True),
                column("after", [_told(each.after) for each in ranked], 700, right=True),
                column("RPN", [_told_rpn(each.after) for each in ranked], 750, right=True),
            ),
            title="Risks, by action priority and then severity",
            signs=tuple(_sign(each) for each in ranked),
        )
        actions = Table(
            (
                Cells("", tuple(each.id for each in ranked), keep=1000),
                column("Controls today", [each.controls for each in ranked], 500),
                column("Action", [each.action for each in ranked], 900),
                column("Owner", [each.owner for each in ranked], 800),
                Cells("Due", tuple(str(each.due or "") for each in ranked), keep=850),
                column("Why no action", [each.no_action for each in ranked], 600),
            ),
            title="What is done",
        )
        return (
            risks,
            actions,
            *figure_blocks(self, papers),
            Note(
                "RPN alone misleads: 9 × 4 × 2 and 4 × 2 × 9 are both 72; the first has action "
                "priority H, the second L, for the priority looks at severity first."
            ),
        )


def _three(
    severity: int | None, occurrence: int | None, detection: int | None
) -> tuple[int, int, int] | None:
    if severity is None or occurrence is None or detection is None:
        return None
    return severity, occurrence, detection


def _rank(failure: Failure) -> tuple[int, int, int]:
    if failure.before is None:
        return (3, 0, 0)
    order = "HML".index(action_priority(*failure.before))
    return (order, -failure.before[0], -rpn(*failure.before))


def _letters(failure: Failure) -> str:
    if failure.before is None:
        return ""
    first = action_priority(*failure.before)
    return first if failure.after is None else f"{first} → {action_priority(*failure.after)}"


def _sign(failure: Failure) -> Sign:
    rated = failure.after or failure.before
    return "todo" if rated is None else _SIGNS[action_priority(*rated)]


def _told(rated: tuple[int, int, int] | None) -> str:
    return "" if rated is None else " ".join(str(figure) for figure in rated)


def _told_rpn(rated: tuple[int, int, int] | None) -> str:
    return "" if rated is None else str(rpn(*rated))
