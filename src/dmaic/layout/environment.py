"""Filling a layout: immutable sandbox, every text escaped for Markdown unless it is Markdown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from dmaic.layout.run import run
from dmaic.markdown.escape import escaped

if TYPE_CHECKING:
    from markupsafe import Markup


def safe(markdown: str) -> Markup:
    """Markdown that is written as it is; everything else is escaped.

    Args:
        markdown: made by dmaic's own functions out of escaped texts.
    """
    from markupsafe import Markup

    return Markup(markdown)


def fill(
    name: str,
    layouts: Mapping[str, str],
    context: Mapping[str, Any],
    functions: Mapping[str, Callable[..., Any]],
) -> str:
    """A layout filled with data.

    Args:
        name: of the layout, such as `analyze.md.j2`.
        layouts: name -> text, of this layout and of those that it extends or includes.
        context: plain data: mappings, lists, texts, figures, dates.
        functions: name -> what a layout may call; Markdown that they make is marked with `safe`.

    Returns:
        Markdown.

    Raises:
        DataError: with file and line: `layout.syntax`, `layout.unknown` (no such layout),
            `layout.unknown-name`, `layout.unknown-filter` (or test),
            `layout.not-allowed` (the sandbox does not do it), `layout.too-much` (it does not
            end, or makes too much) or `layout.failed`.
    """
    return run(name, layouts, context, functions, escaped)
