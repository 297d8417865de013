"""A walk from a file: step -> field -> answer, all of it checked before any of it is kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from dmaic.cli.run import run
from dmaic.cli.walk.command import Asked, Line, command_line
from dmaic.documents.fill import checked, next_id
from dmaic.documents.form import FormField, form
from dmaic.documents.parse import parse
from dmaic.errors import DataError, DmaicError, Problem, ReadError, suggest
from dmaic.project.paper import PaperState, papers, read_paper, write_paper
from dmaic.project.step import StepMark, mark_step
from dmaic.text import printable

if TYPE_CHECKING:
    from pathlib import Path

    from dmaic.cli.record import Place
    from dmaic.cli.walk.record import Record
    from dmaic.documents.base import Document
    from dmaic.project.progress import StepProgress

LARGEST = 4 * 1024 * 1024
"""Bytes an answers file may have."""

_SHAPE_WORDS = {"number": "NUMBER", "whole": "NUMBER", "date": "DATE", "yes-no": "yes"}

SKIP = "skip"
"""In the place of the answers: the step is left out, for the reason given."""


def read_answers(path: Path) -> dict[str, Any]:
    """The answers of a file.

    Args:
        path: YAML (or JSON, which is YAML).

    Raises:
        ReadError: `walk.unread`, the file cannot be opened.
        DataError: `walk.file`, it holds no answers.
    """
    import yaml

    where = printable(str(path))
    try:
        if path.stat().st_size > LARGEST:
            raise _unfit(f"The file is larger than {LARGEST // 1024**2} MB", where)
        text = path.read_text("utf-8-sig")
    except OSError as error:
        raise ReadError(
            f"The answers cannot be read: {(error.strerror or str(error)).lower()}.",
            "walk.unread",
            "Name a YAML file with a step, its fields and their answers.",
            where,
        ) from error
    except UnicodeDecodeError as error:
        raise _unfit("The file is not UTF-8 text", where) from error
    try:
        if any(isinstance(each, yaml.AliasEvent) for each in yaml.parse(text, yaml.SafeLoader)):
            raise _unfit("The file uses aliases (*), which answers need not", where)
        answers = yaml.safe_load(text)
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        line = f", line {mark.line + 1}" if mark is not None else ""
        reason = getattr(error, "problem", None) or "it cannot be read"
        raise _unfit(f"The file is no YAML: {printable(str(reason), 200)}", where + line) from error
    if not isinstance(answers, dict) or not all(isinstance(key, str) for key in answers):
        raise _unfit("The file does not name steps with their answers", where)
    return answers


def _unfit(reason: str, where: str) -> DataError:
    return DataError(
        f"{reason}.",
        "walk.file",
        'Write it as "charter:", then indented "problem: ..." and so on.',
        where,
    )


@dataclass(slots=True)
class _Plan:
    """What a file of answers comes to, once it is checked."""

    papers: list[tuple[StepProgress, PaperState, Document]] = field(default_factory=list)
    skips: list[tuple[StepProgress, str]] = field(default_factory=list)
    lines: list[tuple[StepProgress, Line]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def play(
    record: Record, place: Place, answers: Mapping[str, Any], phase: str | None, *, dry_run: bool
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
    for name, said in answers.items():
        step = _step(steps, name)
        if step is None:
            known = [each.name for each in steps]
            hint = suggest(name, known) or f"Steps are {', '.join(known)}."
            told = f'There is no step "{printable(name, 60)}"'
            plan.problems.append(Problem("step.not-found", f"{told}.", hint))
        elif isinstance(said, dict) and set(said) == {SKIP}:
            plan.skips.append((step, str(said[SKIP] or "")))
        elif step.document:
            _plan_paper(plan, record, step, said)
        else:
            _plan_lines(plan, place, step, said)
    if plan.problems:
        raise DataError.of(plan.problems)
    if not dry_run:
        _keep(record, plan)
        for _, line in plan.lines:
            run(line.words(), place)
    return (
        *(f"{document.TITLE}" for _, _, document in plan.papers),
        *(f"{step.title}: skipped" for step, _ in plan.skips),
        *(f"dmaic {' '.join(line.path)}" for _, line in plan.lines),
    )


def _step(steps: Sequence[StepProgress], name: str) -> StepProgress | None:
    said = name.strip().casefold()
    found = [each for each in steps if said in (each.name, each.document)]
    return found[0] if found else None


@contextmanager
def _collecting(plan: _Plan, where: str) -> Iterator[None]:
    try:
        yield
    except DmaicError as error:
        plan.problems += [
            replace(each, where=f"{where}.{each.where}" if each.where else where)
            for each in error.problems
        ]


def _plan_paper(plan: _Plan, record: Record, step: StepProgress, said: object) -> None:
    with _collecting(plan, step.name):
        if not isinstance(said, dict):
            raise DataError("Its answers are fields with values.", "walk.answer")
        with record.home.store.reading() as view:
            state = read_paper(view, record.project, step.document)
        model = type(state.document)
        body = state.document.model_dump()
        cells = {each.name: each for each in form(model)}
        problems = []
        for word, answer in said.items():
            try:
                each = _known(cells, str(word))
                body[each.name] = _value(each, answer, body[each.name])
            except DmaicError as error:
                problems += [replace(one, where=str(word)) for one in error.problems]
        if problems:
            raise DataError.of(problems)
        plan.papers.append((step, state, checked(model, body)))


def _known(cells: Mapping[str, FormField], word: str) -> FormField:
    name = word.strip().replace("-", "_").casefold()
    if name in cells:
        return cells[name]
    raise DataError(
        f'There is no field "{printable(word, 60)}".',
        "document.no-field",
        suggest(name, cells) or f"Fields are {', '.join(cells)}.",
    )


def _value(each: FormField, answer: object, present: Any) -> object:  # noqa: ANN401
    """An answer as a value of the field: words are read, everything else is taken as it is."""
    if isinstance(answer, str):
        if each.shape == "lines":
            raise DataError("It is a list of lines, each with its own fields.", "walk.answer")
        return (answer,) if each.shape == "texts" and not each.refers else parse(each, answer)
    if answer is None:
        return parse(each, "") if each.shape != "lines" else ()
    if each.shape != "lines" or not isinstance(answer, list):
        return answer
    assert each.line is not None
    cells = {cell.name: cell for cell in form(each.line)}
    lines = list(present)
    for line in answer:
        if not isinstance(line, dict):
            raise DataError("Each line is fields with values.", "walk.answer")
        told = {
            _known(cells, word).name: _value(_known(cells, word), value, None)
            for word, value in line.items()
            if word != "id"
        }
        id = str(line.get("id") or next_id([each.line(id=old["id"]) for old in lines], each.line))
        same = [n for n, old in enumerate(lines) if old["id"] == id]
        if same:
            lines[same[0]] = {**lines[same[0]], **told}
        else:
            lines.append({**told, "id": id})
    return lines


def _plan_lines(plan: _Plan, place: Place, step: StepProgress, said: object) -> None:
    for number, each in enumerate(said if isinstance(said, list) else [said], 1):
        with _collecting(plan, f"{step.name} {number}" if isinstance(said, list) else step.name):
            line = command_line(step.command)
            told = each if isinstance(each, dict) else {}
            if each not in (None, True) and not isinstance(each, dict):
                raise DataError("Its answers are flags with values.", "walk.answer")
            asked = {one.field.name.strip("_"): one for one in line.asked}
            for word, answer in told.items():
                one = _flag(asked, str(word))
                line.given[one.field.name] = _flag_value(one, answer)
            if "dry_run" in asked:
                run([*line.words()[: len(line.path)], "--dry-run", *line.words()[len(line.path) :]],
                    place)  # fmt: skip
            plan.lines.append((step, line))


def _flag(asked: Mapping[str, Asked], word: str) -> Asked:
    name = word.strip().lstrip("-").replace("-", "_")
    flags = {each.flag.lstrip("-").replace("-", "_"): each for each in asked.values() if each.flag}
    found = asked.get(name) or flags.get(name)
    if found is not None:
        return found
    raise DataError(
        f'There is no option "{printable(word, 60)}".',
        "walk.answer",
        suggest(name, asked) or f"There are {', '.join(asked)}.",
    )


def _flag_value(one: Asked, answer: object) -> object:
    if isinstance(answer, list):
        return tuple(str(each) for each in answer)
    if isinstance(answer, str) and one.many:
        return (answer,)
    return parse(one.field, str(answer)) if not isinstance(answer, bool) else answer


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


def missing(record: Record, phase: str) -> list[Problem]:
    """What a phase still asks for, each with the command that fills it.

    Args:
        record: the project.
        phase: its name.
    """
    problems = []
    with record.home.store.reading() as view:
        known = papers(view, record.project)
        states = {
            each.document: read_paper(view, record.project, each.document)
            for each in record.phase(phase).steps
            if each.document and each.state == "open"
        }
    for each in record.phase(phase).steps:
        if each.state != "open" or each.optional:
            continue
        if not each.document:
            problems.append(
                Problem("walk.missing", each.reason or each.title, each.command, each.name)
            )
            continue
        document = states[each.document].document
        for gap in document.gaps(known):
            if gap.level == "missing":
                problems.append(
                    Problem("walk.missing", gap.message, _filler(document, gap.field), each.name)
                )
    return problems


def _filler(document: Document, path: str) -> str:
    """The command that fills a gap, words in capitals for the answer."""
    head, _, rest = path.partition(".")
    fields = {each.name: each for each in form(type(document))}
    each = fields.get(head)
    if each is None:
        return f"dmaic doc edit {document.KIND}"
    if each.line is None:
        return f"dmaic doc set {document.KIND} {head}={_SHAPE_WORDS.get(each.shape, 'TEXT')}"
    cells = {cell.name: cell for cell in form(each.line)}
    if rest:
        cell = cells.get(rest.rpartition(".")[2])
        word = _SHAPE_WORDS.get(cell.shape, "TEXT") if cell is not None else "TEXT"
        return f"dmaic doc set {document.KIND} {rest}={word}"
    lists = [one for one in fields.values() if one.shape == "lines"]
    named = f" {head}" if len(lists) > 1 else ""
    needed = [cell for cell in cells.values() if cell.needed] or list(cells.values())[:1]
    words = " ".join(f"{cell.name}={_SHAPE_WORDS.get(cell.shape, 'TEXT')}" for cell in needed)
    return f"dmaic doc add {document.KIND}{named} {words}"
