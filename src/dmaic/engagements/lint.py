"""Looking for what is wrong with a template before anybody uses it: all of it, with its lines."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace
from itertools import islice
from typing import Any

from dmaic.engagements.answers import checked_answer, complete, holds
from dmaic.engagements.find import load_package
from dmaic.engagements.package import BASE, FOLDERS, QUESTIONS, Package
from dmaic.engagements.question import Question
from dmaic.engagements.render import render
from dmaic.engagements.resolve import resolve
from dmaic.engagements.resolved import Filled, Resolved
from dmaic.engagements.source import Node
from dmaic.engagements.trial import trial_answers
from dmaic.errors import DmaicError, Problem, suggest
from dmaic.layout.lint import lint as lint_layouts
from dmaic.text import printable

_MOST = 200
"""Problems that are told."""

_TRIALS = 40
"""Further sets of answers that a template is filled with."""

_NAMED = re.compile(r"\banswers\s*(?:\.\s*([A-Za-z_]\w*)|\[\s*[\"'](\w+)[\"']\s*\])")
_MARKUP = re.compile(r"<(?:script|iframe|object|embed|style|img|svg|a|div|span|form|link)\b", re.I)

Check = Callable[[Filled], Collection[Problem]]


def lint(
    package: Package,
    *,
    layouts: Mapping[str, str] | None = None,
    names: Collection[str] = (),
    checks: Collection[Check] = (),
) -> tuple[Problem, ...]:
    """What is wrong with a template.

    It is filled with its defaults, and once with each other answer that can be chosen.

    Args:
        package: as it was read.
        layouts: built-in layouts, which its own may include or extend.
        names: data and functions that layouts have; empty: their names are not looked at.
        checks: further ones, such as of the style.

    Returns:
        Each problem with file and line as far as known; nothing where all is well.
    """
    found = [
        Problem(
            "template.foreign",
            "This file is no part of a template, and is left out.",
            _belongs(path),
            package.where(path),
        )
        for path in (package.foreign if package.source != BASE else ())
    ]
    try:
        resolved = resolve(package)
    except DmaicError as error:
        return tuple([*error.problems, *found][:_MOST])
    found += _markup(resolved)
    found += _answers(resolved, package)
    own = {name: text for name, text in resolved.layouts.items() if _is_own(package, name)}
    others = {**(layouts or {}), **resolved.layouts}
    found += [
        replace(each, where=package.where(f"reports/{each.where}"))
        for each in lint_layouts(own, others, names)
    ]
    found += _filled(resolved, checks)
    return tuple([*dict.fromkeys(found)][:_MOST])


def lint_word(word: str, **how: Any) -> tuple[Problem, ...]:  # noqa: ANN401  as `lint`
    """The same for a template by its name, path or address.

    Args:
        word: as `load_package` takes it.
        **how: as for `lint`.

    Raises:
        NotFoundError: `template.unknown`, there is none of this name.
    """
    try:
        package = load_package(word)
    except DmaicError as error:
        if error.code == "template.unknown":
            raise
        return error.problems
    return lint(package, **how)


def _is_own(package: Package, layout: str) -> bool:
    return f"reports/{layout}" in package.files


def _belongs(path: str) -> str:
    endings = FOLDERS.get(path.partition("/")[0])
    if endings:
        return f"Files there end in {', '.join(endings)}."
    return suggest(path, ("template.yaml", "questions.yaml", "style.toml", *FOLDERS))


def _texts(resolved: Resolved) -> Iterator[Node]:
    """Every text of the template's data."""
    parts = (resolved.template, resolved.style, *resolved.documents.values())
    for part in (*parts, *resolved.presets.values()):
        for _, node in part.walk():
            if isinstance(node.value, str):
                yield node


def _markup(resolved: Resolved) -> Iterator[Problem]:
    for node in _texts(resolved):
        if match := _MARKUP.search(node.value):
            yield Problem(
                "template.html",
                f'"{printable(match[0], 20)}" is HTML; it will be shown as the text it is.',
                "Write plain words.",
                node.where,
            )


def _asked_at(package: Package, key: str) -> str:
    """File and line of a question; of the file where it is asked by a template it extends."""
    lines = package.files.get(QUESTIONS, b"").decode("utf-8", "replace").splitlines()
    begins = re.compile(rf"\s*(?:-\s*)?(?:key\s*:\s*)?[\"']?{re.escape(key)}\b[\"']?\s*(?::|$)")
    line = next((number for number, text in enumerate(lines, 1) if begins.match(text)), 0)
    return f"{package.where(QUESTIONS)}{f', line {line}' if line else ''}"


def _answers(resolved: Resolved, package: Package) -> Iterator[Problem]:
    """Answers that are named and never asked for, and those that nothing uses."""
    known = [each.key for each in resolved.questions.all]
    used: set[str] = set()
    for node in (*_texts(resolved), *_layout_lines(resolved, package)):
        for match in _NAMED.finditer(node.value) if "{" in node.value else ():
            name = match[1] or match[2]
            used.add(name)
            if name not in known:
                yield Problem(
                    "template.answer",
                    f'No question asks for "{printable(name, 60)}".',
                    suggest(name, known) or (f"Answers are {', '.join(known)}." if known else ""),
                    node.where,
                )
    seen: list[str] = []
    for question in resolved.questions.all:
        texts = [question.help, question.validator]
        texts += [each for each in (question.default, question.when) if isinstance(each, str)]
        for match in (match for text in texts for match in _NAMED.finditer(text)):
            name = match[1] or match[2]
            used.add(name)
            if name not in (*seen, question.key):
                yield Problem(
                    "template.answer",
                    f'The question "{question.key}" names the answer "{printable(name, 60)}", '
                    "which is not asked before it.",
                    suggest(name, seen),
                    _asked_at(package, question.key),
                )
        seen.append(question.key)
        if not question.help:
            yield Problem(
                "template.question",
                f'The question "{question.key}" does not say what it asks.',
                "Add help: with a sentence.",
                _asked_at(package, question.key),
            )
    for key in known:
        if key not in used:
            yield Problem(
                "template.answer",
                f'Nothing uses the answer "{key}".',
                f"Write it as {{{{ answers.{key} }}}}, or leave the question out.",
                _asked_at(package, key),
            )


def _layout_lines(resolved: Resolved, package: Package) -> Iterator[Node]:
    for name, text in resolved.layouts.items():
        for number, line in enumerate(text.splitlines(), 1):
            yield Node(line, f"{package.where(f'reports/{name}')}, line {number}")


def _filled(resolved: Resolved, checks: Collection[Check]) -> Iterator[Problem]:
    """What is wrong once answers are filled in: the defaults, then each other choice."""
    try:
        base = trial_answers(resolved.questions)
        filled = render(resolved, base)
    except DmaicError as error:
        yield from error.problems
        return
    for check in checks:
        yield from check(filled)
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
