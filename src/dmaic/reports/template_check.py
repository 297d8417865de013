"""What is wrong with a template, looked for in all of its files before a project follows it."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Collection, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

from dmaic.block import Block, Check, Checks, Note
from dmaic.documents.form import form
from dmaic.documents.registry import KINDS, document_class
from dmaic.engagements.find import built_in, load_package
from dmaic.engagements.lint import asked_at, faults, remarks, used
from dmaic.engagements.package import BASE, STYLE, TEMPLATE, Package
from dmaic.engagements.render import render
from dmaic.engagements.resolve import resolve
from dmaic.engagements.resolved import Filled, Resolved
from dmaic.engagements.trial import trial_answers
from dmaic.errors import DmaicError, Problem
from dmaic.project.engagement.kept_package import built_in_layouts
from dmaic.reply import Page
from dmaic.reports.place import PORTFOLIO
from dmaic.reports.style_file import parse_style, style_from
from dmaic.result import Frozen
from dmaic.text import plural, printable

PASSED, FAILED = 0, 8
"""Exit status of a template that can be used, and of one that cannot."""


class TemplateProblem(Frozen):
    """Something about a template.

    Attributes:
        level: `wrong`: it cannot be used so; `weak`: it can, yet somebody will stumble over it.
        code, message, hint, where: see `Problem`.
    """

    level: Literal["wrong", "weak"]
    code: str
    message: str
    hint: str = ""
    where: str = ""


class CheckedTemplate(Page):
    """What is wrong with a template.

    Attributes:
        template: as it was named.
        name, version: of it; empty where it cannot be read.
        files: how many it has.
        problems: what was found, the worse first.
    """

    kind: str = "template-check"
    template: str
    name: str = ""
    version: str = ""
    files: int = 0
    problems: tuple[TemplateProblem, ...] = ()

    @property
    def status(self) -> int:
        """Exit status of the command."""
        return FAILED if any(each.level == "wrong" for each in self.problems) else PASSED

    def blocks(self) -> tuple[Block, ...]:
        """The sentence, and each problem with its place."""
        wrong = sum(each.level == "wrong" for each in self.problems)
        named = f"{self.name} {self.version}".strip() or printable(self.template, 60)
        weak = len(self.problems) - wrong
        found = [plural(wrong, "problem")] if wrong else []
        found += [plural(weak, "remark")] if weak else []
        told = f"{named}: {' and '.join(found) or 'nothing is wrong'}."
        rows = tuple(
            Check(
                "bad" if each.level == "wrong" else "warn",
                f"{each.where}: {each.message}" if each.where else each.message,
                each.hint,
            )
            for each in self.problems
        )
        return (Note(told, True), *((Checks(rows),) if rows else ()))

    def records(self) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
        """One row a problem."""
        fields = ("level", "code", "where", "message", "hint")
        return fields, [tuple(getattr(each, name) for name in fields) for each in self.problems]


def check_template(word: str) -> CheckedTemplate:
    """Look for what is wrong with a template; nothing in it is run.

    Args:
        word: as `dmaic.engagements.find.load_package` takes it.

    Raises:
        NotFoundError: `template.unknown`, there is none of this name.
    """
    package, problems = _read(word)
    if package is None:
        return CheckedTemplate(template=word, problems=_all("wrong", problems))
    resolved: Resolved | None = None
    try:
        resolved = resolve(package)
    except DmaicError as error:
        problems += error.problems
    names: tuple[Collection[str], Collection[str]] = ((), ())
    if resolved is not None:
        try:
            filled = render(resolved, trial_answers(resolved.questions))
            problems += faults(resolved, package)
            names = _names(resolved)
            if STYLE in package.files:
                problems += _style(package, filled)
        except DmaicError as error:
            problems += error.problems
    problems += _layouts(package, resolved, names)
    weak = [*_remarks(package, resolved)] if resolved is not None else []
    return CheckedTemplate(
        template=word,
        name=resolved.name if resolved is not None else "",
        version=resolved.version if resolved is not None else "",
        files=len(package.files),
        problems=(*_all("wrong", problems), *_all("weak", weak)),
    )


def _read(word: str) -> tuple[Package | None, list[Problem]]:
    try:
        return load_package(word), []
    except DmaicError as error:
        if error.code == "template.unknown":
            raise
        return None, [*error.problems]


def _all(level: Literal["wrong", "weak"], problems: list[Problem]) -> tuple[TemplateProblem, ...]:
    found = dict.fromkeys(problems)
    return tuple(
        TemplateProblem(level=level, code=each.code, message=each.message, hint=each.hint,
                        where=each.where)
        for each in sorted(found, key=lambda each: _place(each.where))
    )  # fmt: skip


def _place(where: str) -> tuple[str, int]:
    file, _, line = where.partition(", line ")
    return file, int(line) if line.isdecimal() else 0


def _names(resolved: Resolved) -> tuple[Collection[str], Collection[str]]:
    """Data and functions that a layout may use: of a report, and of the portfolio."""
    from dmaic.reports.content import Content
    from dmaic.reports.content_portfolio import PortfolioContent
    from dmaic.reports.template_trial import begin_trial
    from dmaic.settings import today

    with tempfile.TemporaryDirectory(prefix="dmaic-") as folder:
        trial = begin_trial(resolved, Path(folder) / "trial", {})
        with trial.reading() as (view, project):
            content = Content(view, project, today(), "project")
            board = PortfolioContent(view, today())
            return (
                {*content.data, *content.functions()},
                {*board.data(), *board.functions()},
            )


def _layouts(
    package: Package, resolved: Resolved | None, names: tuple[Collection[str], Collection[str]]
) -> Iterator[Problem]:
    from dmaic.layout.lint import lint

    reports: dict[str, str] = {}
    boards: dict[str, str] = {}
    for name, raw in package.within("reports").items():
        own = boards if name.startswith(PORTFOLIO) else reports
        own[name] = raw.decode("utf-8-sig", "replace")
    others = {**built_in_layouts(BASE), **(resolved.layouts if resolved is not None else {})}
    for layouts, known in ((reports, names[0]), (boards, names[1])):
        for each in lint(layouts, others, known):
            yield replace(each, where=package.where(f"reports/{each.where}"))


def _style(package: Package, filled: Filled) -> list[Problem]:
    """What is wrong with the style; told with lines where no answers are filled into it."""
    raw, place = package.files[STYLE], package.where(STYLE)

    def beside(name: str) -> bytes:
        if name.removeprefix("style/") not in filled.assets:
            raise FileNotFoundError(2, "there is no such file in style/")
        return filled.assets[name.removeprefix("style/")]

    try:
        if b"{{" in raw:
            style_from(filled.style, place, filled.assets)
        else:
            parse_style(raw, place, beside)
    except DmaicError as error:
        return [*error.problems]
    return []


def _remarks(package: Package, resolved: Resolved) -> Iterator[Problem]:
    yield from remarks(resolved, package)
    if package.source in built_in():
        return
    for path in package.foreign:
        message = f"{printable(path, 80)} is no part of a template, and is passed over."
        yield Problem("template.foreign", message, "Remove it.", package.where(path))
    if "README.md" not in package.files:
        told = "Nothing tells a colleague what the template is for."
        yield Problem("template.readme", told, "Write a README.md.", package.place)
    mentioned = used(resolved)
    for question in resolved.questions.all:
        if question.key not in mentioned and _own(package, question):
            told = f'The answer "{question.key}" is used nowhere.'
            where = asked_at(package, question.key)
            yield Problem("template.unused", told, "Use it, or do not ask.", where)
    for name in package.within("documents"):
        yield from _lines(package, name.removesuffix(".yaml"))
    if b"Say in two sentences" in package.files[TEMPLATE]:
        told = "The purpose still is the one that it began with."
        yield Problem("template.unfinished", told, "Say what the template is for.",
                      package.where(TEMPLATE))  # fmt: skip


def _own(package: Package, question: Any) -> bool:  # noqa: ANN401
    """Whether the question stands in the package itself, not in one that it extends."""
    asked = package.files.get("questions.yaml", b"")
    return re.search(rf"\b{question.key}\b".encode(), asked) is not None


def _lines(package: Package, kind: str) -> Iterator[Problem]:
    """Lines of documents without ids: an update could not tell them apart."""
    from dmaic.engagements.source import parse

    if kind not in KINDS:
        return
    path = f"documents/{kind}.yaml"
    node = parse(package.files[path], package.where(path), texts=True).node
    said = node.value if node is not None and isinstance(node.value, dict) else {}
    for each in form(document_class(kind)):
        lines = said.get(each.name)
        if each.line is None or lines is None or not isinstance(lines.value, list):
            continue
        for line in lines.value:
            if isinstance(line.value, dict) and "id" not in line.value:
                told = f"A line of {each.name} has no id, so an update may mistake it for another."
                yield Problem("template.no-id", told, f"Give it one: id: {each.line.PREFIX}1.",
                              line.where)  # fmt: skip
                break
