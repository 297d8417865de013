"""Looking for what is wrong with a template that only some answers, or a reader, would find."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from dmaic.engagements.answers import checked_answer, complete, holds
from dmaic.engagements.package import QUESTIONS, Package
from dmaic.engagements.question import Question
from dmaic.engagements.render import render
from dmaic.engagements.resolved import Resolved
from dmaic.engagements.source import Node
from dmaic.engagements.trial import trial_answers
from dmaic.errors import DmaicError, Problem, suggest
from dmaic.text import printable

_TRIALS = 40
"""Further sets of answers that a template is filled with."""

_NAMED = re.compile(r"\banswers\s*(?:\.\s*([A-Za-z_]\w*)|\[\s*[\"'](\w+)[\"']\s*\])")
_MARKUP = re.compile(r"<(?:script|iframe|object|embed|style|img|svg|a|div|span|form|link)\b", re.I)


def faults(resolved: Resolved, package: Package) -> Iterator[Problem]:
    """What is wrong with a template although it can be filled with its defaults.

    Answers that are named and never asked for, and whatever is wrong once another answer is
    chosen.

    Args:
        resolved: with all that it extends written out; it can be filled with its defaults.
        package: its own files.
    """
    yield from _unasked(resolved, package)
    yield from _still_asked(resolved, package)
    yield from _filled(resolved)


def remarks(resolved: Resolved, package: Package) -> Iterator[Problem]:
    """What somebody will stumble over.

    Args:
        resolved: with all that it extends written out.
        package: its own files.
    """
    for node in _texts(resolved):
        if match := _MARKUP.search(node.value):
            yield Problem(
                "template.html",
                f'"{printable(match[0], 20)}" is HTML; it will be shown as the text it is.',
                "Write plain words.",
                node.where,
            )
    for question in resolved.questions.all:
        if not question.help:
            yield Problem(
                "template.question",
                f'The question "{question.key}" does not say what it asks.',
                "Add help: with a sentence.",
                asked_at(package, question.key),
            )


def _texts(resolved: Resolved) -> Iterator[Node]:
    """Every text of the template's data."""
    parts = (resolved.template, resolved.style, *resolved.documents.values())
    for part in (*parts, *resolved.presets.values()):
        for _, node in part.walk():
            if isinstance(node.value, str):
                yield node


def asked_at(package: Package, key: str) -> str:
    """File and line of a question; the file alone where a template that it extends asks it.

    Args:
        package: the template's own files.
        key: of the question.
    """
    lines = package.files.get(QUESTIONS, b"").decode("utf-8", "replace").splitlines()
    begins = re.compile(rf"\s*(?:-\s*)?(?:key\s*:\s*)?[\"']?{re.escape(key)}\b[\"']?\s*(?::|$)")
    line = next((number for number, text in enumerate(lines, 1) if begins.match(text)), 0)
    return f"{package.where(QUESTIONS)}{f', line {line}' if line else ''}"


def used(resolved: Resolved) -> set[str]:
    """Names of all answers that a template mentions anywhere.

    Args:
        resolved: with all that it extends written out.
    """
    texts = [*(node.value for node in _texts(resolved)), *resolved.layouts.values()]
    texts += [text for question in resolved.questions.all for text in _own_texts(question)]
    return {name for text in texts for name in _named(text)}


def _own_texts(question: Question) -> list[str]:
    said = (question.help, question.validator, question.default, question.when)
    return [each for each in said if isinstance(each, str)]


def _unasked(resolved: Resolved, package: Package) -> Iterator[Problem]:
    known = [each.key for each in resolved.questions.all]
    for node in (*_texts(resolved), *_layout_lines(package)):
        for name in _named(node.value) if "{" in node.value else ():
            if name not in known:
                yield Problem(
                    "template.answer",
                    f'No question asks for "{printable(name, 60)}".',
                    suggest(name, known) or (f"Answers are {', '.join(known)}." if known else ""),
                    node.where,
                )
    for place, question in enumerate(resolved.questions.all):
        for name in (name for text in _own_texts(question) for name in _named(text)):
            if name not in known[: place + 1]:
                yield Problem(
                    "template.answer",
                    f'The question "{question.key}" names the answer "{printable(name, 60)}", '
                    "which is not asked before it.",
                    suggest(name, known[:place]),
                    asked_at(package, question.key),
                )


def _still_asked(resolved: Resolved, package: Package) -> Iterator[Problem]:
    """Earlier names of questions that are names of others: nobody could tell whose answer it is."""
    taken = {each.key for each in resolved.questions.all}
    for question in resolved.questions.all:
        for name in question.was:
            if name in taken:
                yield Problem(
                    "template.question",
                    f'The question "{question.key}" was called "{name}", as another one is or was.',
                    "Give each its own names.",
                    asked_at(package, question.key),
                )
            taken.add(name)


def _named(text: str) -> list[str]:
    return [match[1] or match[2] for match in _NAMED.finditer(text)]


def _layout_lines(package: Package) -> Iterator[Node]:
    for name, raw in package.within("reports").items():
        for number, line in enumerate(raw.decode("utf-8-sig", "replace").splitlines(), 1):
            yield Node(line, f"{package.where(f'reports/{name}')}, line {number}")


def _filled(resolved: Resolved) -> Iterator[Problem]:
    """What is wrong where one answer is chosen otherwise."""
    base = trial_answers(resolved.questions)
    for answers in islice(_others(resolved, base), _TRIALS):
        try:
            render(resolved, answers)
        except DmaicError as error:
            yield from error.problems


def _others(resolved: Resolved, base: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The answers with one of them chosen otherwise."""
    for question in resolved.questions.all:
        for value in _values(question):
            if value == base.get(question.key):
                continue
            answers = {**base, question.key: value}
            try:
                checked_answer(question, value, answers)
                complete(resolved.questions, answers)
            except DmaicError:
                # Nobody can give this answer, or another one has to be given with it.
                continue
            if holds(question.when, answers):
                yield answers


def _values(question: Question) -> list[Any]:
    if question.multiselect:
        return [[], [each.value for each in question.choices]]
    if question.choices:
        return [each.value for each in question.choices]
    return [True, False] if question.type == "bool" else []
