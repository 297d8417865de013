"""The questions of a template on the command line: as flags, from a file, or asked one by one."""

from __future__ import annotations

import getpass
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dmaic.cli.ask import Asker, Move, Option, can_ask, make_asker
from dmaic.errors import DataError, UsageError

if TYPE_CHECKING:
    from dmaic.engagements.question import Question, Questions, Section

PANEL = "Answers to the template's questions"
_NOTHING: Mapping[str, DataError] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Answers:
    """What is answered of a template's questions without being asked."""

    answer: Annotated[
        list[str] | None,
        typer.Option(
            "--answer",
            metavar="KEY=VALUE",
            rich_help_panel=PANEL,
            help="Answer a question of the template; repeatable.",
        ),
    ] = None
    answers: Annotated[
        Path | None,
        typer.Option(
            "--answers",
            metavar="FILE",
            rich_help_panel=PANEL,
            help="Answers from a YAML file of lines KEY: VALUE; --answer goes before it.",
        ),
    ] = None

    def read(self) -> dict[str, Any]:
        """Key -> what was said, not yet checked.

        Raises:
            UsageError: `answer.pair`, one is not written as KEY=VALUE.
            DataError: the file cannot be read.
        """
        given = {} if self.answers is None else read_file(self.answers)
        for each in self.answer or ():
            key, sign, value = each.partition("=")
            if not sign or not key.strip():
                raise UsageError(
                    "An answer is written as KEY=VALUE.",
                    "answer.pair",
                    'For example: --answer client="Northwind"',
                    f"--answer {each[:60]}",
                )
            given[key.strip()] = value
        return given


def read_file(path: Path) -> dict[str, Any]:
    """Answers from a file.

    Args:
        path: of a YAML file.

    Raises:
        DataError: `answer.file`, it cannot be read or holds no answers; `template.yaml`, a key
            stands there twice.
    """
    from dmaic.engagements.source import LARGEST, parse
    from dmaic.file import expanded, read_small
    from dmaic.text import printable

    place = printable(str(path), 200)
    try:
        raw = read_small(expanded(path), LARGEST)
    except OSError as error:
        raise DataError(
            f"The answers cannot be read: {(error.strerror or str(error)).lower()}.",
            "answer.file",
            "Check the path.",
            place,
        ) from None
    try:
        source = parse(raw, place)
    except DataError as error:
        told = error.message.replace("The template", "The file of answers")
        raise DataError(told, "answer.file", "Write lines KEY: VALUE.", error.where) from None
    if source.problems:
        raise DataError.of(source.problems)
    content = {} if source.content is None else source.content
    if not isinstance(content, dict):
        raise DataError("The file holds no lines KEY: VALUE.", "answer.file", where=place)
    return content


def answers_to(
    questions: Questions,
    given: Mapping[str, Any],
    *,
    yes: bool,
    no_input: bool,
    wrong: Mapping[str, DataError] = _NOTHING,
) -> dict[str, Any]:
    """The answers to a template's questions: those given, and at a terminal the others asked for.

    Args:
        questions: of the template.
        given: key -> what was said by flags and files.
        yes: the person said `--yes`: what has a default is not asked.
        no_input: the person said `--no-input`.
        wrong: key -> what is wrong with an answer that was given once; it is asked for again.

    Raises:
        UsageError: `answer.missing` and `answer.unknown`, as `complete`.
        DataError: `answer.invalid`, a given answer is none.
        KeyboardInterrupt: the person leaves.
    """
    from dmaic.block import Note
    from dmaic.engagements.answers import complete, ensure_answered

    ensure_answered(questions.all, given)
    if not questions.all or not can_ask(no_input=no_input):
        return complete(questions, given)
    # What is known beforehand is told before anybody is asked.
    _check(questions, {key: each for key, each in given.items() if key not in wrong})
    asker = make_asker()
    asker.say(Note(f"The template asks before it fills documents in. {SIGNS}"))
    return complete(questions, ask_all(asker, questions, given, quick=yes, wrong=wrong))


def _check(questions: Questions, given: Mapping[str, Any]) -> None:
    from dmaic.engagements.answers import complete

    try:
        complete(questions, given)
    except UsageError as error:
        if error.code != "answer.missing":
            raise


def ask_all(
    asker: Asker,
    questions: Questions,
    given: Mapping[str, Any],
    *,
    quick: bool = False,
    wrong: Mapping[str, DataError] = _NOTHING,
) -> dict[str, Any]:
    """Ask for everything that is asked and not given, section by section.

    Args:
        asker: whom to ask.
        questions: of the template.
        given: key -> what was said.
        quick: what has a default is not asked.
        wrong: as for `answers_to`.

    Returns:
        Key -> answer, of those that are given and those that were asked.

    Raises:
        DataError: a given answer, or a default, is none.
        KeyboardInterrupt: the person leaves.
    """
    from dmaic.block import Note
    from dmaic.engagements.answers import checked_answer, default_of, is_asked
    from dmaic.project.template.difference import told
    from dmaic.text import printable

    steps = [(section, each) for section in questions.sections for each in section.questions]
    said: dict[str, Any] = {}
    path: list[int] = []
    place, shown = 0, ""
    while place < len(steps):
        section, question = steps[place]
        answers = {each.key: said.get(each.key) for _, each in steps[:place]}
        if not is_asked(question, answers):
            said[question.key] = default_of(question, answers)
        elif question.key in given and question.key not in wrong:
            said[question.key] = checked_answer(question, given[question.key], answers)
        else:
            default = default_of(question, answers)
            present = said.get(question.key, default)
            if quick and default is not None:
                said[question.key] = default
                place += 1
                continue
            if section.name != shown:
                shown = section.name
                _introduce(asker, section)
            if question.key in wrong:
                so_far = printable(told(given[question.key]), 60)
                asker.say(Note(f"So far: {so_far}. {wrong[question.key]}"))
            answer = ask_one(asker, question, answers, present)
            if answer is Move.BACK:
                place = path.pop() if path else place
                continue
            path.append(place)
            said[question.key] = answer
        place += 1
    return {key: value for key, value in said.items() if value is not None}


def _introduce(asker: Asker, section: Section) -> None:
    from dmaic.block import Heading, Note

    asker.say(Heading(section.title), *((Note(section.help),) if section.help else ()))


def ask_one(asker: Asker, question: Question, answers: Mapping[str, Any], present: Any) -> Any:  # noqa: ANN401
    """Ask one question until there is an answer that fits.

    Args:
        asker: whom to ask.
        question: what to ask.
        answers: to the questions before.
        present: what Enter answers, or None.

    Returns:
        The answer, or `Move.BACK`.

    Raises:
        KeyboardInterrupt: the person leaves.
    """
    from dmaic.block import Note
    from dmaic.engagements.answers import checked_answer, ensure_answered, filled

    help = filled(question.help, answers, question.key)
    if help:
        asker.say(Note(help))
    while True:
        said = _said(asker, question, present)
        if said is Move.HELP:
            asker.say(Note(f"{help}\n{_example(question)}\n{SIGNS}".strip()))
        elif said is Move.BACK:
            return said
        elif isinstance(said, Move) and present is not None and said is not Move.CLEAR:
            return present
        else:
            try:
                answer = "" if isinstance(said, Move) else said
                ensure_answered((question,), {question.key: answer})
                return checked_answer(question, answer, answers)
            except DataError as error:
                asker.complain(error, question.key)


SIGNS = "Enter takes what stands there, ? explains, < goes back; Ctrl-C leaves, nothing is written."
"""What may be typed instead of an answer."""


def _example(question: Question) -> str:
    if question.choices:
        return f"Choices: {', '.join(str(each.value) for each in question.choices)}."
    return f"For example: {question.placeholder}" if question.placeholder else ""


def _said(asker: Asker, question: Question, present: Any) -> Any:  # noqa: ANN401
    label = question.key.replace("_", " ").capitalize()
    if question.secret:
        # Nothing that is typed is shown, nor kept in a list of lines.
        return getpass.getpass(f"> {label} (not shown): ") or present
    from dmaic.layout.plain import as_text

    if question.multiselect:
        known = ", ".join(str(each.value) for each in question.choices)
        shown = ", ".join(map(str, present or ()))
        said = asker.line(f"{label} (any of {known}; commas between them)", shown)
        return [] if said is Move.CLEAR else said
    if question.choices or question.type == "bool":
        values = (
            [(each.value, each.label) for each in question.choices]
            if question.choices
            else [(True, "yes"), (False, "no")]
        )
        options: list[Option[Any]] = [Option(value, text) for value, text in values]
        return asker.pick(label, [*options, Option(Move.BACK, "back", "<")], present)
    shown = as_text(present)
    return asker.line(label, shown, long=question.multiline)
