"""Answers to a template's questions: read, checked, completed with what is left at its default."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from dmaic.documents.parse import figure_of
from dmaic.engagements.question import Question, Questions
from dmaic.errors import DataError, Problem, UsageError, suggest
from dmaic.text import printable

LONGEST = 10_000
"""Characters of an answer."""

_YES = frozenset({"yes", "y", "true", "on", "1"})
_NO = frozenset({"no", "n", "false", "off", "0", "none", ""})


def names(answers: Mapping[str, Any]) -> dict[str, Any]:
    """What a text of a template may name.

    Args:
        answers: key -> answer.
    """
    return {"answers": dict(answers)}


def filled(text: str, answers: Mapping[str, Any], where: str = "") -> str:
    """A text of a template with answers filled in.

    Args:
        text: may hold `{{ answers.KEY }}`.
        answers: key -> answer.
        where: file and line, for messages.

    Raises:
        DataError: as `dmaic.layout.text.render_text`.
    """
    if not any(sign in text for sign in ("{{", "{%", "{#")):
        return text
    from dmaic.layout.text import render_text

    return render_text(text, names(answers), where)


def is_asked(question: Question, answers: Mapping[str, Any]) -> bool:
    """Whether a question is asked, by the answers before it.

    Args:
        question: any.
        answers: key -> answer.

    Raises:
        DataError: its `when` cannot be filled.
    """
    return holds(question.when, answers, f"{question.key}, when")


def holds(when: bool | str, answers: Mapping[str, Any], where: str = "") -> bool:
    """Whether a condition of a template is met.

    Args:
        when: a flag, or an expression such as `{{ answers.size > 100 }}`.
        answers: key -> answer.
        where: file and line, for messages.

    Raises:
        DataError: it cannot be filled.
    """
    if isinstance(when, bool):
        return when
    if "{" in when:
        said = filled(when, answers, where)
    else:
        from dmaic.layout.text import evaluate

        said = str(evaluate(when, names(answers), where))
    return said.strip().casefold() not in _NO | {"[]", "0.0"}


def default_of(question: Question, answers: Mapping[str, Any]) -> Any:  # noqa: ANN401
    """The answer to a question that nobody answers; None where it must be answered.

    Args:
        question: any.
        answers: to the questions before.

    Raises:
        DataError: the default cannot be filled, or is no answer.
    """
    default = question.default
    if default is None:
        return None
    if isinstance(default, str):
        default = filled(default, answers, f"{question.key}, default")
        if default == "" and not question.choices:
            return ""
    return checked_answer(question, default, answers)


def checked_answer(question: Question, said: Any, answers: Mapping[str, Any]) -> Any:  # noqa: ANN401
    """An answer as the question's type has it.

    Args:
        question: any.
        said: a text as it was typed, or a value of the type.
        answers: to the questions before.

    Raises:
        DataError: `answer.invalid`, it is none.
    """
    if question.multiselect:
        typed = (part.strip() for part in str(said).split(","))
        parts = said if isinstance(said, list | tuple) else filter(None, typed)
        value: Any = []
        for part in parts:
            each = _one(question, part)
            if each not in value:
                value.append(each)
    else:
        value = _one(question, said)
    if question.validator:
        found = filled(
            question.validator, {**answers, question.key: value}, f"{question.key}, validator"
        ).strip()
        if found:
            raise _wrong(question, printable(found, 300))
    return value


def _one(question: Question, said: Any) -> Any:  # noqa: ANN401
    value = said if question.choices and not isinstance(said, str) else _typed(question, said)
    if not question.choices:
        return value
    folded = str(said).strip().casefold()
    exact = [each for each in question.choices
             if each.value == value and type(each.value) is type(value)]  # fmt: skip
    near = [each for each in question.choices
            if folded in (each.label.casefold(), str(each.value).casefold())]  # fmt: skip
    if exact or near:
        return (exact or near)[0].value
    known = [str(each.value) for each in question.choices]
    raise _wrong(
        question,
        f'"{printable(str(said), 60)}" is no choice',
        suggest(str(said), known) or f"Choices are {', '.join(known)}.",
    )


def _typed(question: Question, said: Any) -> Any:  # noqa: ANN401
    if isinstance(said, dict | list | tuple):
        raise _wrong(question, "it is more than one value")
    text = str(said).strip() if not isinstance(said, bool) else ("yes" if said else "no")
    if len(text) > LONGEST:
        raise _wrong(question, f"it is longer than {LONGEST:,} characters")
    if "\0" in text or any("\ud800" <= sign <= "\udfff" for sign in text):
        raise _wrong(question, "it holds characters that are no text")
    # A question whose default is empty may stay without an answer.
    if question.type == "str" or question.choices or (not text and question.default == ""):
        return text
    if not text:
        raise _wrong(question, "an answer is needed")
    shown = f'"{printable(text, 60)}"'
    if question.type == "bool":
        if text.casefold() in _YES | _NO:
            return text.casefold() in _YES
        raise _wrong(question, f"{shown} is neither yes nor no")
    if question.type == "date":
        try:
            return date.fromisoformat(text).isoformat()
        except ValueError:
            raise _wrong(question, f"{shown} is no date", "Write it as 2026-12-31.") from None
    try:
        figure = figure_of(text)
    except ValueError:
        hint = "" if question.placeholder else "Write it as 2500000, or as 2.5M."
        raise _wrong(question, f"{shown} is no figure", hint) from None
    if not math.isfinite(figure) or abs(figure) > 1e15:
        raise _wrong(question, f"{shown} is no figure that can be used")
    if question.type == "float":
        return figure
    if figure != int(figure):
        raise _wrong(question, f"{shown} is no whole number")
    return int(figure)


def _wrong(question: Question, message: str, hint: str = "") -> DataError:
    told = f"{message[:1].upper()}{message[1:]}".rstrip(".")
    return DataError(
        f"{told}.",
        "answer.invalid",
        hint or (f"For example: {question.placeholder}." if question.placeholder else ""),
        question.key,
    )


def ensure_answered(questions: Iterable[Question], given: Mapping[str, Any]) -> None:
    """Refuse an empty answer to a question that has no default.

    Answers that are kept are read as they are: a question may have lost its default since.

    Args:
        questions: of the template.
        given: key -> what a person said.

    Raises:
        DataError: `answer.invalid`; every one of them is told.
    """
    empty = [
        _wrong(each, "an answer is needed").problems[0]
        for each in questions
        if each.default is None and not str(given.get(each.key, "-")).strip()
    ]
    if empty:
        raise DataError.of(empty)


def complete(questions: Questions, given: Mapping[str, Any]) -> dict[str, Any]:
    """All answers: those that were given, and the defaults of the others that are asked.

    Args:
        questions: of the template.
        given: key -> text or value.

    Returns:
        Key -> answer, in the order of the questions. One that is not asked has its default, or
        None: texts may name it all the same.

    Raises:
        UsageError: `answer.unknown`, the template asks no such question; `answer.missing`,
            questions without a default are not answered.
        DataError: `answer.invalid`, an answer is none; every one of them is told.
    """
    known = [each.key for each in questions.all]
    every = f"It asks {', '.join(known)}." if known else "It asks none."
    strange = [
        Problem("answer.unknown", f'The template asks no question "{printable(key, 60)}".',
                suggest(key, known) or every, "--answer")
        for key in given
        if key not in known
    ]  # fmt: skip
    if strange:
        raise UsageError.of(strange)
    answers: dict[str, Any] = {}
    wrong: list[Problem] = []
    missing: list[Question] = []
    for each in questions.all:
        try:
            asked = is_asked(each, answers)
            if asked and each.key in given:
                answers[each.key] = checked_answer(each, given[each.key], answers)
                continue
            default = default_of(each, answers)
        except DataError as error:
            if error.code != "answer.invalid" and (wrong or missing):
                break  # It leans on an answer that is none, and that one is told.
            wrong += error.problems
            default = None
        else:
            if default is None and asked:
                missing.append(each)
        answers[each.key] = default
    if wrong:
        raise DataError.of(wrong)
    if missing:
        raise UsageError.of(
            [
                Problem(
                    "answer.missing",
                    f"The template asks: {each.help or each.key}",
                    f"Say it: --answer {each.key}={each.placeholder or _example(each)}",
                    f"--answer {each.key}",
                )
                for each in missing
            ]
        )
    return answers


def without_secrets(questions: Questions, answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers that may be kept.

    Args:
        questions: of the template.
        answers: key -> answer.
    """
    secret = {each.key for each in questions.all if each.secret}
    return {key: value for key, value in answers.items() if key not in secret}


def _example(question: Question) -> str:
    if question.choices:
        return str(question.choices[0].value)
    return {"bool": "yes", "int": "12", "float": "0.25", "date": "2026-12-31"}.get(
        question.type, "TEXT"
    )
