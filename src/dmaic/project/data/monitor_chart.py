"""The chart of one line of the control plan: on a new export, or on datasets of the project."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from dmaic.analysis.control_words import parse_words, written_words
from dmaic.analysis.registry import run
from dmaic.churn.check import ACCEPTABLE
from dmaic.documents.control.control_plan import Control
from dmaic.project.data.analyse import default_dataset
from dmaic.project.data.dataset import Dataset
from dmaic.project.data.snapshot import open_snapshot
from dmaic.stats.control.result import ControlResult
from dmaic.text import plural, printable

if TYPE_CHECKING:
    from dmaic.documents.base import Papers
    from dmaic.engines.duckdb import Progress
    from dmaic.project.engagement.home import Home
    from dmaic.project.engagement.project import Project
    from dmaic.project.entity import Stored
    from dmaic.project.store.view import View

_LIMITING = ("freeze_until", "center", "baseline")
"""What says what makes the limits."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What lines are watched with.

    Attributes:
        home: the engagement.
        view: to look in.
        project: whose control plan.
        papers: its documents.
    """

    home: Home
    view: View
    project: Stored[Project]
    papers: Papers


@dataclass(frozen=True, slots=True)
class Watch:
    """How lines are watched.

    Attributes:
        files: a new export, in place of the datasets of the lines; empty for those.
        data: dataset in place of those of the lines, or None.
        said: how the new export is read.
        last: look at the newest points only, or None for all since the baseline.
        progress: called with a fraction while a long scan runs.
    """

    files: Sequence[str] = ()
    data: str | None = None
    said: Mapping[str, Any] | None = None
    last: int | None = None
    progress: Progress | None = None


@dataclass(frozen=True, slots=True)
class Drawn:
    """A chart of a line, and where it comes from.

    Attributes:
        result: the chart.
        data: whose figures.
        baseline: whose points make the limits, in words.
        command: that draws it again, or empty.
        directed: it is said which way is better.
    """

    result: ControlResult
    data: str
    baseline: str
    command: str
    directed: bool


def draw_line(desk: Desk, watch: Watch, line: Control) -> Drawn:
    """Chart a line.

    Args:
        desk: the record.
        watch: how.
        line: of the control plan.

    Raises:
        DmaicError: as `control`; the line is not written as its options, or names no dataset.
    """
    words = parse_words(line.chart)
    if line.better:
        words.setdefault("direction", line.better)
    own = None
    if not watch.files or line.dataset:
        own = default_dataset(desk.view, desk.project, watch.data or line.dataset or None)
    elif not line.baseline and not any(name in words for name in _LIMITING):
        own = default_dataset(desk.view, desk.project)
    first = desk.view.find(Dataset, line.baseline, desk.project.id) if line.baseline else None
    options = written_words(words)
    if watch.files:
        source: object = watch.files[0] if len(watch.files) == 1 else [*watch.files]
        like = own or first
        read = {} if like is None else {k: v for k, v in like.body.said.items() if k != "related"}
        words = {**read, **(watch.said or {}), **words}
        # The registered data were agreed on; a new export is judged by them.
        if first is None and not any(name in words for name in _LIMITING):
            first = own
        data = ", ".join(watch.files)
        command = f"dmaic control {shlex.join(watch.files)} {options}"
    else:
        assert own is not None
        source = open_snapshot(desk.home, own.body)
        data = own.body.name
        command = f"dmaic control --data {shlex.quote(data)} {options}"
        words = _accepting(words, own.body)
    if first is not None and (watch.files or own is None or first.id != own.id):
        words["baseline"] = open_snapshot(desk.home, first.body)
        # Beside a FILE a baseline is a file as well.
        command = "" if watch.files else f"{command} --baseline {shlex.quote(first.body.name)}"
    result = cast(
        "ControlResult",
        run("control", source, words, fingerprint=False, progress=watch.progress),
    )
    return Drawn(
        result,
        data,
        _baseline(result, first),
        f"{command} --chart {line.id}.png" if command else "",
        directed="direction" in words,
    )


def _accepting(words: dict[str, Any], dataset: Dataset) -> dict[str, Any]:
    accepted = [code for code in dataset.accepted if code in ACCEPTABLE]
    return {**words, "accept": (*words.get("accept", ()), *accepted)} if accepted else words


def _baseline(result: ControlResult, first: Stored[Dataset] | None) -> str:
    if result.frozen_until is not None:
        until = printable(result.frozen_until, 40)
        whose = f' of "{printable(first.body.name, 60)}"' if first is not None else ""
        return f"frozen from the baseline{whose} until {until}"
    made = result.stages[-1].baseline
    if not made:
        return "given as a standard"
    return f"made of all {plural(made, result.period)}; a baseline would freeze them"
