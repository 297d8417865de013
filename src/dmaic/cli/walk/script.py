"""A walk from a file: step -> field -> answer, all of it checked before any of it is kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from dmaic.cli.run import run
from dmaic.cli.walk.command import Asked, Line, command_line
from dmaic.documents.assemble import Piece, assemble
from dmaic.documents.exchange import read_text
from dmaic.documents.parse import parse
from dmaic.documents.yaml_read import piece_of_yaml
from dmaic.errors import DataError, DmaicError, Problem, suggest
from dmaic.project.paper.paper import PaperState, read_paper, write_paper
from dmaic.project.standing.step import StepMark, mark_step
from dmaic.text import printable

if TYPE_CHECKING:
    from pathlib import Path

    from dmaic.cli.record import Place
    from dmaic.cli.walk.record import Record
    from dmaic.documents.base import Document
    from dmaic.project.standing.progress import StepProgress

SKIP = "skip"
"""In the place of the answers: the step is left out, for the reason given."""


def read_answers(path: Path) -> dict[str, Piece]:
    """The answers of a file, by step; every piece knows its line.

    Args:
        path: YAML (or JSON, which is YAML); `-` is standard input.

    Raises:
        NotFoundError: there is no such file.
        DataError: it is not YAML, or `walk.file`, it names no steps.
    """
    name = "standard input" if str(path) == "-" else str(path)
    piece = piece_of_yaml(read_text(path), name)
    if not isinstance(piece.value, dict) or not piece.value:
        raise DataError(
            "The file does not name steps with their answers.",
            "walk.file",
            'Write "charter:", then indented below it "problem: ..." and so on.',
            printable(name),
        )
    return piece.value


@dataclass(slots=True)
class _Plan:
    """What a file of answers comes to, once it is checked."""

    papers: list[tuple[StepProgress, PaperState, Document]] = field(default_factory=list)
    skips: list[tuple[StepProgress, str]] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @contextmanager
    def collecting(self, step: str, where: str = "") -> Iterator[None]:
        """Take what is wrong for later, with its place."""
        try:
            yield
        except DmaicError as error:
            for each in error.problems:
                place = ", ".join(part for part in (each.where or where, step) if part)
                self.problems.append(replace(each, where=place))

    def told(self) -> tuple[str, ...]:
        """What is filled, a line each."""
        return (
            *(document.TITLE for _, _, document in self.papers),
            *(f"{step.title}: skipped" for step, _ in self.skips),
            *(f"dmaic {' '.join(line.path)}" for line in self.lines),
        )


def play(
    record: Record, place: Place, answers: dict[str, Piece], phase: str | None, *, dry_run: bool
) -> tuple[str, ...]:
    """Check all answers, then keep all of them.

    Documents and skipped steps are one entry of the journal; each command is one of its own.

    Args:
        record: the project.
        place: for the commands that are run.
        answers: by step, or by kind of document.
        phase: only its steps; None takes all.
        dry_run: check only.

    Returns:
        What was filled, a line each.

    Raises:
        DataError: every problem of every answer; nothing was kept.
    """
    steps = [
        each
        for one in record.progress().phases
        if phase is None or one.name == phase
        for each in one.steps
    ]
    plan = _Plan()
    for name, piece in answers.items():
        with plan.collecting("", piece.where):
            step = _step(steps, name)
            reason = _skipped(piece)
            if reason is not None:
                plan.skips.append((step, reason))
            elif step.document:
                _plan_paper(plan, record, step, piece)
            else:
                _plan_lines(plan, place, step, piece)
    if plan.problems:
        raise DataError.of(plan.problems)
    if not dry_run:
        _keep(record, plan)
        for line in plan.lines:
            run(line.words(), place)
    return plan.told()


def _step(steps: Sequence[StepProgress], name: str) -> StepProgress:
    said = name.strip().casefold()
    for each in steps:
        if said in (each.name, each.document):
            return each
    known = [each.name for each in steps]
    raise DataError(
        f'There is no step "{printable(name, 60)}".',
        "step.not-found",
        suggest(said, known) or f"Steps are {', '.join(known)}.",
    )


def _skipped(piece: Piece) -> str | None:
    """The reason why a step is left out, or None where it is not."""
    if not isinstance(piece.value, dict) or set(piece.value) != {SKIP}:
        return None
    return _text(piece.value[SKIP])


def _text(piece: Piece) -> str:
    if isinstance(piece.value, str):
        return piece.value
    raise DataError("One value is wanted here.", "walk.answer", where=piece.where)


def _plan_paper(plan: _Plan, record: Record, step: StepProgress, piece: Piece) -> None:
    with plan.collecting(step.name, piece.where):
        with record.home.store.reading() as view:
            state = read_paper(view, record.project, step.document)
        plan.papers.append((step, state, assemble(piece, state.document, replace=False)))


def _plan_lines(plan: _Plan, place: Place, step: StepProgress, piece: Piece) -> None:
    """A command once, or once for each piece of a list; tried out where the command can be."""
    for each in piece.value if isinstance(piece.value, list) else [piece]:
        with plan.collecting(step.name, each.where):
            line = command_line(step.command)
            if isinstance(each.value, dict):
                for word, one in each.value.items():
                    _give(line, word, one)
            elif each.value not in ("", "yes", "true"):
                raise DataError(
                    "Its answers are flags with values, or yes.", "walk.answer", where=each.where
                )
            words = line.words()
            if any(asked.flag == "--dry-run" for asked in line.asked):
                cut = len(line.path)
                run([*words[:cut], "--dry-run", *words[cut:]], place)
            plan.lines.append(line)


def _give(line: Line, word: str, piece: Piece) -> None:
    found = _asked(line, word, piece.where)
    pieces = piece.value if isinstance(piece.value, list) and found.many else [piece]
    values = [parse(found.field, _text(each)) if not found.many else _text(each) for each in pieces]
    line.given[found.field.name] = tuple(values) if found.many else values[0]


def _asked(line: Line, word: str, where: str) -> Asked:
    name = word.strip().lstrip("-").replace("-", "_")
    for each in line.asked:
        if name in (each.field.name.strip("_"), each.flag.lstrip("-").replace("-", "_")):
            return each
    known = [each.field.name.strip("_") for each in line.asked if each.is_own]
    raise DataError(
        f'There is no option "{printable(word, 60)}".',
        "walk.answer",
        suggest(name, known) or f"There are {', '.join(known)}.",
        where,
    )


def _keep(record: Record, plan: _Plan) -> None:
    if not plan.papers and not plan.skips:
        return
    store = record.home.store
    with store.writing("walk --file", project=record.project) as work:
        for step, state, document in plan.papers:
            write_paper(work, record.project, state, document)
            old = work.keyed(StepMark, record.project, f"{step.phase}/{step.name}")
            if old is not None:
                mark_step(work, record.project, StepMark(phase=step.phase, step=step.name))
        for step, reason in plan.skips:
            mark = StepMark(
                phase=step.phase, step=step.name, skipped=True, reason=reason, by=store.actor
            )
            mark_step(work, record.project, mark)
