"""A layout's tree: what may not be in it, and where its work is counted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import isfinite
from typing import TYPE_CHECKING, Any

from jinja2 import nodes  # noqa: TID253

from dmaic.errors import suggest
from dmaic.layout.trouble import LayoutError

if TYPE_CHECKING:
    from jinja2 import Environment

_STATEMENTS = {
    nodes.EvalContextModifier: "autoescape",
    nodes.ExprStmt: "do",
    nodes.Continue: "continue",
    nodes.Break: "break",
}
_TAG = re.compile(r"<(?!br */?>|https?://|mailto:|\s)", re.IGNORECASE)
"""What may begin HTML, also with what is filled in behind it."""

OTHERS = (nodes.Include, nodes.Import, nodes.FromImport, nodes.Extends)


def first_problem(tree: nodes.Template, environment: Environment) -> LayoutError | None:
    """The first thing in a layout that may not be in it, or None.

    Args:
        tree: of the layout.
        environment: whose filters and tests there are.
    """
    return next(problems(tree, environment), None)


def problems(tree: nodes.Template, environment: Environment) -> Iterator[LayoutError]:
    """What may not be in a layout.

    Args:
        tree: of the layout.
        environment: whose filters and tests there are.
    """
    for node in tree.find_all(nodes.Node):
        for kind, word in _STATEMENTS.items():
            if isinstance(node, kind):
                yield LayoutError(f"There is no {{% {word} %}} in layouts.", line=node.lineno)
        if isinstance(node, nodes.NSRef):
            message = "A field of something cannot be set; only a name of your own can."
            yield LayoutError(message, line=node.lineno)
        if isinstance(node, (nodes.Filter, nodes.Test)):
            known = environment.filters if isinstance(node, nodes.Filter) else environment.tests
            if node.name not in known:
                word = "filter" if isinstance(node, nodes.Filter) else "test"
                hint = suggest(node.name, known) or f"There are {', '.join(sorted(known))}."
                message = f'There is no {word} "{node.name}".'
                yield LayoutError(message, "layout.unknown-filter", hint, node.lineno)
        value = node.value if isinstance(node, nodes.Const) else None
        if isinstance(value, float) and not isfinite(value):
            # Jinja writes a number into Python's source, which knows no word for an endless one.
            yield LayoutError("A number in it has no end.", "layout.too-much", line=node.lineno)
        if isinstance(node, nodes.Pow):
            yield LayoutError("There is no ** in layouts.", "layout.not-allowed", line=node.lineno)
        if isinstance(node, OTHERS):
            named = getattr(node, "template")  # noqa: B009  each of them has it
            if not isinstance(named, nodes.Const) or not isinstance(named.value, str):
                yield LayoutError(
                    "The layout that is included or extended must be named in quotes.",
                    line=node.lineno,
                )


def charged(tree: nodes.Template, *, markdown: bool) -> nodes.Template:
    """The tree, in which every pass through a body is counted and every loop checked.

    Args:
        tree: of a layout; it is changed.
        markdown: it writes Markdown, in which no sign of its own may begin HTML.
    """
    for node in list(tree.find_all(nodes.Node)):
        if markdown and isinstance(node, nodes.TemplateData):
            node.data = _TAG.sub("&lt;", node.data)
        if isinstance(node, (nodes.For, nodes.Macro, nodes.CallBlock, nodes.Block)):
            _charge(node.body)
        if isinstance(node, nodes.For):
            node.iter = _call("looped", [node.iter], node.lineno)
    _charge(tree.body)
    for node in list(tree.find_all(nodes.Node)):
        _replace(node)
    return tree


def _charge(body: list[nodes.Node]) -> None:
    line = body[0].lineno if body else 1
    counted = nodes.Const(sum(map(_written, body)), lineno=line)
    statement = nodes.ExprStmt(_call("charge", [counted], line), lineno=line)
    # {% extends %} must stay where it is for Jinja to see it; the order does not matter here.
    body.insert(0, statement)


def _written(node: nodes.Node) -> int:
    own = len(node.data) if isinstance(node, nodes.TemplateData) else 0
    return own + sum(map(_written, node.iter_child_nodes()))


def _replace(node: nodes.Node) -> None:
    """Put our own in the place of what is directly in a node, where it needs to be watched."""
    for name, value in list(node.iter_fields()):
        if isinstance(value, nodes.Node):
            setattr(node, name, _watched(value))
        elif isinstance(value, list):
            value[:] = [_watched(each) if isinstance(each, nodes.Node) else each for each in value]


def _watched(node: nodes.Node) -> nodes.Node:
    if isinstance(node, nodes.Concat):
        # Its own joining escapes for HTML.
        return _call("joined", node.nodes, node.lineno)
    made = isinstance(node, (nodes.List, nodes.Dict)) or (
        isinstance(node, nodes.Tuple) and node.ctx == "load"
    )
    # Lists of lists of lists grow past any bound in a few lines.
    return _call("weighed", [node], node.lineno) if made else node


def _call(name: str, arguments: list[Any], line: int) -> nodes.Call:
    function = nodes.EnvironmentAttribute(name, lineno=line)
    return nodes.Call(function, arguments, [], None, None, lineno=line)
