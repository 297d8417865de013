"""Filling a layout: immutable sandbox, every text escaped for Markdown unless it is Markdown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

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
        DataError: `layout.invalid`, with file and line.
    """
    from jinja2 import DictLoader, StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment
    from markupsafe import Markup

    def finalize(value: Any) -> Any:  # noqa: ANN401
        return value if isinstance(value, Markup) else safe(escaped(str(value)))

    environment = ImmutableSandboxedEnvironment(
        loader=DictLoader(dict(layouts)),
        undefined=StrictUndefined,
        autoescape=True,
        finalize=finalize,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.globals = dict(functions)
    return environment.get_template(name).render(dict(context))
