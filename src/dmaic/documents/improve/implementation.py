"""The implementation plan: who does what by when, what waits for what, and how far it is."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar, Self

from pydantic import model_validator

from dmaic import number
from dmaic.block import Block, Cells, Sign, Table
from dmaic.documents import reference
from dmaic.documents.base import Document, Figure, Gap, Line, Papers, Phase, Text, ask
from dmaic.documents.improve import network
from dmaic.documents.reference import Ref
from dmaic.text import plural


class Task(Line):
    """One task; it does not end before it starts."""

    PREFIX: ClassVar[str] = "T"
    task: Text = ask("Task", "What is done.", example="Build the exchange API", needed=True)
    solution: Ref = ask(
        "Solution", "Which solution it belongs to, by its id.", example="S1", refers="solutions"
    )
    owner: Text = ask("Owner", "Who does it.", example="Head of Development", needed=True)
    start: date | None = ask(
        "Start", "First day.", example="2025-04-14", needed=True, default=None
    )  # fmt: skip
    end: date | None = ask("End", "Last day.", example="2025-06-20", needed=True, default=None)
    depends: tuple[Ref, ...] = ask(
        "Waits for", "Tasks that must be done before, by their ids.", example=["T3"], default=(),
        refers="implementation",
    )  # fmt: skip
    done: int = ask("Done", "How much of it is done.", example=100, unit="%", default=0,
                    ge=0, le=100)  # fmt: skip
    milestone: bool = ask(
        "Milestone", "A date to be reached rather than work; takes no days.", default=False
    )

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.start and self.end and self.end < self.start:
            raise ValueError(
                f"{self.id or 'A task'} ends on {self.end}, before it starts on {self.start}; "
                "give both dates at once"
            )
        if self.id and self.id in self.depends:
            raise ValueError(f"{self.id} waits for itself")
        return self

    @property
    def days(self) -> int | None:
        """Calendar days from start to end, both counted; None where a date is missing."""
        if self.milestone:
            return 0
        if self.start is None or self.end is None:
            return None
        return (self.end - self.start).days + 1


class ImplementationPlan(Document):
    """Tasks with their order in time."""

    KIND: ClassVar[str] = "implementation"
    TITLE: ClassVar[str] = "Implementation plan"
    PHASE: ClassVar[Phase] = "improve"
    HAS_CHART: ClassVar[bool] = True
    PURPOSE: ClassVar[str] = (
        "The plan says who does what by when and what has to wait for what. Its longest chain is "
        "the critical path: a day lost there is a day lost for all."
    )
    EXAMPLE: ClassVar[dict[str, Any]] = {
        "tasks": [
            {"id": "T1", "task": "Agree the exchange formats with three vendors", "solution": "S1",
             "owner": "Head of Development", "start": "2025-04-01", "end": "2025-04-11",
             "done": 100},
            {"id": "T2", "task": "Build the exchange API", "solution": "S1",
             "owner": "Head of Development",
             "start": "2025-04-14", "end": "2025-06-20", "depends": ["T1"], "done": 100},
            {"id": "T3", "task": "Add the question to sign-up", "solution": "S2",
             "owner": "Head of Sales",
             "start": "2025-04-01", "end": "2025-04-04", "done": 100},
            {"id": "T4", "task": "Ask customers without a segment", "solution": "S2",
             "owner": "Head of Sales", "start": "2025-04-07", "end": "2025-05-16",
             "depends": ["T3"],
             "done": 100},
            {"id": "T5", "task": "Hire and train two success managers", "solution": "S3",
             "owner": "Sam", "start": "2025-04-01", "end": "2025-05-02", "done": 100},
            {"id": "T6", "task": "Call every new estimator", "solution": "S3", "owner": "Sam",
             "start": "2025-05-05", "end": "2025-06-30", "depends": ["T3", "T5"], "done": 100},
            {"id": "T7", "task": "Set up the estimators' queue", "solution": "S4",
             "owner": "Head of Support",
             "start": "2025-04-07", "end": "2025-04-25", "depends": ["T3"], "done": 100},
            {"id": "T8", "task": "Train support on quoting", "solution": "S4",
             "owner": "Head of Support",
             "start": "2025-04-28", "end": "2025-05-16", "depends": ["T7"], "done": 100},
            {"id": "T9", "task": "Release the API to all estimators", "solution": "S1",
             "owner": "Head of Development", "start": "2025-06-23", "end": "2025-06-27",
             "depends": ["T2"],
             "done": 100},
            {"id": "T10", "task": "Improve tollgate", "owner": "Project lead",
             "start": "2025-07-01",
             "end": "2025-07-01", "depends": ["T4", "T6", "T8", "T9"], "done": 100,
             "milestone": True},
        ]
    }  # fmt: skip

    tasks: tuple[Task, ...] = ask("Tasks", "The work and its milestones.", least=1, default=())

    @model_validator(mode="after")
    def _no_circle(self) -> Self:
        found = network.circle(self._waits())
        if found:
            raise ValueError(f"these tasks wait for one another: {' → '.join(found)}")
        return self

    def rules(self, papers: Papers) -> tuple[Gap, ...]:
        """Ids exist, no task starts before those it waits for end, every solution has a task."""
        solutions = reference.names(papers, "solutions")
        tasks = {each.id: each for each in self.tasks}
        gaps: list[Gap] = []
        for each in self.tasks:
            path = f"tasks.{each.id}"
            gaps += reference.unknown(f"{path}.depends", each.depends, tasks, "plan")
            gaps += reference.unknown(f"{path}.solution", [each.solution], solutions, "solutions")
            for id in each.depends:
                end = tasks[id].end if id in tasks else None
                if each.start and end and each.start < end:
                    message = (
                        f"{each.id} starts on {each.start}, before {id} ends on {end}, "
                        "which it waits for."
                    )
                    gaps.append(Gap(field=f"{path}.start", message=message))
                elif (
                    each.start and end == each.start and not (each.milestone or tasks[id].milestone)
                ):
                    message = f"{each.id} starts on the day on which {id} ends."
                    gaps.append(Gap(field=f"{path}.start", message=message, level="weak"))
        return tuple(gaps)

    def _waits(self) -> dict[str, tuple[str, ...]]:
        return {each.id: each.depends for each in self.tasks}

    def critical(self) -> tuple[str, ...]:
        """Ids on the critical path, in order; tasks without dates count as no days."""
        return network.longest(self._waits(), {each.id: each.days or 0 for each in self.tasks})

    def figures(self, papers: Papers) -> tuple[Figure, ...]:
        """From when to when, the critical path, and how far the plan is."""
        del papers
        dated = [each for each in self.tasks if each.days is not None]
        starts = [day for each in dated for day in (each.start or each.end,) if day]
        ends = [day for each in dated for day in (each.end or each.start,) if day]
        if not starts:
            return ()
        first, last = min(starts), max(ends)
        aside = (
            f"; {len(dated)} of {plural(len(self.tasks), 'task')} with dates"
            if len(dated) < len(self.tasks)
            else ""
        )
        path = self.critical()
        by_id = {each.id: each for each in self.tasks}
        days = sum(by_id[id].days or 0 for id in path)
        whole = sum(each.days or 0 for each in dated)
        done = sum((each.days or 0) * each.done for each in dated) / 100
        progress = done / whole if whole else None
        span = (last - first).days + 1
        return (
            Figure(name="span", label="From first to last day", value=span,
                   text=f"{plural(span, 'day')}, {first} to {last}{aside}"),
            Figure(name="critical_days", label="Critical path", value=days,
                   text=f"{plural(days, 'day')}: {' → '.join(path)}",
                   formula="the chain of waiting tasks with the most calendar days"),
            Figure(name="progress", label="Done", value=progress,
                   text="–" if progress is None else f"{number.percent(progress)} %",
                   formula="Σ days × done / Σ days"),
        )  # fmt: skip

    def blocks(self, papers: Papers) -> tuple[Block, ...]:
        """The tasks in the order of their start, and the figures."""
        from dmaic.documents.form import figure_blocks

        if not self.tasks:
            return super().blocks(papers)
        tasks = self.ordered()
        path = set(self.critical())
        table = Table(
            (
                Cells("", tuple(each.id for each in tasks), keep=1000),
                Cells("Task", tuple(_title(each) for each in tasks), wrap=True, keep=990),
                Cells("Owner", tuple(each.owner for each in tasks), wrap=True, keep=800),
                Cells("Start", tuple(str(each.start or "") for each in tasks), keep=900),
                Cells("End", tuple(str(each.end or "") for each in tasks), keep=900),
                Cells("Waits for", tuple(", ".join(each.depends) for each in tasks), wrap=True,
                      keep=600),
                Cells("Done", tuple(f"{each.done} %" for each in tasks), right=True, keep=850),
                Cells("Critical", tuple("yes" if each.id in path else "" for each in tasks),
                      keep=500),
                Cells("For", tuple(each.solution for each in tasks), keep=400),
            ),
            title="Tasks",
            signs=tuple(_sign(each) for each in tasks),
        )  # fmt: skip
        return (table, *figure_blocks(self, papers))

    def ordered(self) -> list[Task]:
        """Tasks by start, those without dates last."""
        return sorted(
            self.tasks, key=lambda each: (each.start or each.end or date.max, each.end or date.max)
        )


def _title(task: Task) -> str:
    return f"{task.task} (milestone)" if task.milestone else task.task


def _sign(task: Task) -> Sign:
    return "good" if task.done == 100 else "warn" if task.done else "todo"
