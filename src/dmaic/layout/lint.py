"""Looking for what is wrong with layouts before one is filled: every problem, with its line."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from dmaic.errors import DataError, Problem, suggest
from dmaic.layout.run import checked_size, told
from dmaic.text import printable

if TYPE_CHECKING:
    from jinja2 import nodes

    from dmaic.layout.sandbox import Sandbox

_OWN = frozenset({"loop", "self", "super", "caller", "varargs", "kwargs"})
_TEXT = (
    (
        re.compile(r"<(?!br */?>|https?:|mailto:)[A-Za-z/!?]", re.IGNORECASE),
        Problem(
            "layout.html",
            "A layout holds no HTML; it would be shown as text.",
            "Write Markdown, and &lt; for the sign <.",
        ),
    ),
    (
        re.compile(r"^ {0,3}#(?=\s)", re.MULTILINE),
        Problem(
            "layout.headline",
            "A layout has no headline of level 1; the title of the report is one.",
            "Begin a section with ##.",
        ),
    ),
    (
        re.compile(r"!\[[^\]]*\]\((?!figures/)"),
        Problem(
            "layout.picture",
            "A layout shows no picture but the figures of the report.",
            "Call the function that makes the figure.",
        ),
    ),
    (
        re.compile(r"(?<!!)\[[^\]]*\]\((?!https?://|mailto:|#)", re.IGNORECASE),
        Problem(
            "layout.link",
            "A link leads to a page (https://...), an address (mailto:...) or a place (#...).",
            "Other links are shown as their text.",
        ),
    ),
)
"""What is looked for in a layout's own text, and what is told of it."""


def lint(
    layouts: Mapping[str, str],
    others: Mapping[str, str] | None = None,
    names: Collection[str] = (),
) -> tuple[Problem, ...]:
    """What is wrong with layouts, in the order of files and lines.

    Args:
        layouts: name -> text, those that are looked at.
        others: name -> text of further ones that they may include or extend.
        names: data and functions that there are; empty: names are not looked at.

    Returns:
        Each problem with a code that begins with `layout.`, and with file and line.
    """
    from jinja2 import nodes

    from dmaic.layout.sandbox import Sandbox

    every = {**(others or {}), **layouts}
    sandbox = Sandbox(every, {}, lambda text: text)
    trees: dict[str, nodes.Template] = {}
    found: list[tuple[str, int, Problem]] = []
    for name, text in every.items():
        try:
            with told(name, every, ""):
                checked_size(name, every)
                trees[name] = sandbox.parse(text, name, name)
        except DataError as error:
            if name in layouts:
                found += [(name, _line(each), each) for each in error.problems]
    stored = {
        each.name
        for tree in trees.values()
        for each in tree.find_all((nodes.Name, nodes.Macro))
        if isinstance(each, nodes.Macro) or (isinstance(each, nodes.Name) and each.ctx != "load")
    }
    known = {*names, *stored, *_imported(trees.values()), *_OWN} if names else None
    for name in layouts:
        if name in trees:
            problems = [*_problems(name, trees[name], sandbox, every, known)]
            problems += _called(name, trees[name], sandbox, {*names} - stored)
            found += [(name, _line(each), each) for each in problems]
    return tuple(each for _, _, each in sorted(found, key=lambda part: part[:2]))


def _problems(
    name: str,
    tree: nodes.Template,
    sandbox: Sandbox,
    every: Collection[str],
    known: Collection[str] | None,
) -> Iterator[Problem]:
    from jinja2 import nodes

    from dmaic.layout.tree import OTHERS, problems

    for each in problems(tree, sandbox):
        yield Problem(each.code, each.message, each.hint, _at(name, each.line))
    for node in tree.find_all(nodes.TemplateData):
        for pattern, problem in _TEXT:
            for match in pattern.finditer(node.data):
                line = node.lineno + node.data.count("\n", 0, match.start())
                yield replace(problem, where=_at(name, line))
    for other in tree.find_all(OTHERS):
        target = getattr(getattr(other, "template", None), "value", None)
        if isinstance(target, str) and target not in every:
            message = f'There is no layout "{printable(target, 80)}".'
            hint = suggest(target, every)
            yield Problem("layout.unknown", message, hint, _at(name, other.lineno))
    for used in tree.find_all(nodes.Name):
        if known is not None and used.ctx == "load" and used.name not in known:
            message = f'There is no "{printable(used.name, 60)}".'
            hint = suggest(used.name, known)
            yield Problem("layout.unknown-name", message, hint, _at(name, used.lineno))


def _called(
    name: str, tree: nodes.Template, sandbox: Sandbox, data: Collection[str]
) -> Iterator[Problem]:
    """Calls of what lies behind a dot of data, where there is nothing to call."""
    from jinja2 import nodes

    for call in tree.find_all(nodes.Call):
        behind = root = call.node
        while isinstance(root, (nodes.Getattr, nodes.Getitem)):
            root = root.node
        if not isinstance(behind, nodes.Getattr) or (
            isinstance(root, nodes.Name) and root.name not in data
        ):
            continue
        word = printable(behind.attr, 60)
        hint = f"Write it as a filter: | {word}." if behind.attr in sandbox.filters else ""
        message = f'There is nothing to call behind a dot, such as ".{word}()".'
        yield Problem("layout.not-allowed", message, hint, _at(name, call.lineno))


def _imported(trees: Collection[nodes.Template]) -> Iterator[str]:
    from jinja2 import nodes

    for tree in trees:
        for node in tree.find_all((nodes.Import, nodes.FromImport)):
            if isinstance(node, nodes.Import):
                yield node.target
            elif isinstance(node, nodes.FromImport):
                yield from (each if isinstance(each, str) else each[1] for each in node.names)


def _at(name: str, line: int) -> str:
    return f"{printable(name, 200)}, line {line}"


def _line(problem: Problem) -> int:
    line = problem.where.rpartition(", line ")[2]
    return int(line) if line.isdecimal() else 0
