"""One run of the sandbox, with every failure as an error that names file and line."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from dmaic.errors import DataError, DmaicError
from dmaic.layout.budget import LARGEST, MOST
from dmaic.layout.trouble import LayoutError, OwnError, failure, spot

_EXPRESSION = "expression"
_FAULTS = (LayoutError, ArithmeticError, LookupError, MemoryError, RecursionError, SyntaxError,
           TypeError, ValueError)  # fmt: skip
"""What a layout can make Python raise; anything else is a bug in dmaic, or Jinja's own."""


def run(
    name: str,
    layouts: Mapping[str, str],
    context: Mapping[str, Any],
    functions: Mapping[str, Callable[..., Any]],
    escape: Callable[[str], str] | None,
    where: str = "",
) -> str:
    """A layout filled with data.

    Args:
        name: of the layout.
        layouts: name -> text.
        context: plain data.
        functions: name -> what may be called.
        escape: makes a text harmless, or None.
        where: how the layout is called in messages; its name where empty.

    Raises:
        DataError: it cannot be read or filled.
    """
    from dmaic.layout.sandbox import Sandbox

    for each in layouts:
        checked_size(each, layouts, where if each == name else "")
    with told(name, layouts, where):
        sandbox = Sandbox(layouts, functions, escape, tuple(context))
        return sandbox.get_template(name).render(dict(context))


def compiled(expression: str, context: Mapping[str, Any], where: str) -> Any:  # noqa: ANN401
    """The value of an expression.

    Args:
        expression: without `{{ }}`.
        context: plain data.
        where: how it is called in messages.

    Raises:
        DataError: it cannot be read or worked out.
    """
    from jinja2 import Undefined

    from dmaic.layout.sandbox import Sandbox

    checked_size(_EXPRESSION, {_EXPRESSION: expression}, where)
    with told(_EXPRESSION, {_EXPRESSION: expression}, where):
        sandbox = Sandbox({}, {}, None, tuple(context))
        value = sandbox.compile_expression(expression, undefined_to_none=False)(**context)
        if isinstance(value, Undefined):
            str(value)  # tells what is missing
        return value


@contextmanager
def told(name: str, layouts: Mapping[str, str], where: str) -> Iterator[None]:
    """Within it, what a layout makes go wrong is an error that names file and line.

    Args:
        name: of the layout.
        layouts: name -> text of all in the game.
        where: how the layout is called in messages; its name where empty.

    Raises:
        DataError: in the place of what was raised.
    """
    try:
        yield
    except OwnError as error:
        raise error.error from error
    except DmaicError as error:
        # Said by one of dmaic's functions: what it was told wrongly stands in the layout.
        if not error.where:
            error.where = spot(error, layouts, name, where)
        raise
    except _FAULTS as error:
        raise failure(error, layouts, name, where) from None
    except Exception as error:
        if type(error).__module__.startswith("jinja2"):
            raise failure(error, layouts, name, where) from None
        raise


def checked_size(name: str, layouts: Mapping[str, str], where: str = "") -> None:
    """Raise where a layout is too large, or where there are too many.

    Args:
        name: of the layout.
        layouts: name -> text of all in the game.
        where: how the layout is called in messages; its name where empty.

    Raises:
        DataError: `layout.too-much`.
    """
    size = len(layouts[name]) if name in layouts else 0
    if size > LARGEST:
        raise DataError(
            f"A layout has at most {LARGEST:,} characters; this one has {size:,}.",
            "layout.too-much",
            "Split it, and include its parts.",
            where or name,
        )
    if len(layouts) > MOST:
        raise DataError(
            f"There are {len(layouts):,} layouts; {MOST} may be at hand.", "layout.too-much"
        )
