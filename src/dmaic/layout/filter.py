"""The filters and tests that layouts have."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import wraps
from typing import TYPE_CHECKING, Any

from dmaic.layout.budget import short
from dmaic.layout.plain import as_text
from dmaic.layout.trouble import LayoutError

if TYPE_CHECKING:
    from dmaic.layout.sandbox import Sandbox

_JINJA = frozenset(
    {"abs", "capitalize", "count", "d", "default", "dictsort", "first", "float", "groupby", "int",
     "items", "last", "length", "list", "lower", "map", "max", "min", "reject", "rejectattr",
     "reverse", "round", "select", "selectattr", "sort", "sum", "title", "trim", "unique",
     "upper"}
)  # fmt: skip
_TESTS = frozenset(
    {"!=", "<", "<=", "==", ">", ">=", "boolean", "defined", "divisibleby", "eq", "equalto",
     "even", "false", "float", "ge", "greaterthan", "gt", "in", "integer", "iterable", "le",
     "lessthan", "lower", "lt", "mapping", "ne", "none", "number", "odd", "sequence", "string",
     "true", "undefined", "upper"}
)  # fmt: skip


def filters(sandbox: Sandbox) -> dict[str, Callable[..., Any]]:
    """Name -> filter.

    Args:
        sandbox: that has Jinja's.
    """
    known = {name: _timed(sandbox, _texts_only(name, sandbox.filters[name])) for name in _JINJA}

    def join(many: Iterable[Any], between: str = "") -> str:
        parts: list[Any] = []
        for each in many:
            parts += [between, each] if parts else [each]
        return sandbox.joined(*parts)

    def truncate(text: Any, length: int = 80) -> str:  # noqa: ANN401
        told = as_text(text)
        return told if len(told) <= length else told[: max(length - 1, 0)].rstrip() + "…"

    return known | {"join": join, "truncate": _texts_only("truncate", truncate)}


def tests(known: Mapping[str, Any]) -> dict[str, Callable[..., Any]]:
    """Name -> test.

    Args:
        known: Jinja's.
    """
    return {name: known[name] for name in _TESTS}


def _timed(sandbox: Sandbox, function: Callable[..., Any]) -> Callable[..., Any]:
    """A filter that looks at the clock: it may be asked for once for each value of a long list."""

    @wraps(function)
    def filter(*args: Any, **kwargs: Any) -> Any:  # noqa: ANN401
        sandbox.budget.look()
        return function(*args, **kwargs)

    return filter


def _texts_only(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    """A filter that does not cut or change Markdown, where it could undo the escaping."""

    @wraps(function)
    def filter(*args: Any, **kwargs: Any) -> Any:  # noqa: ANN401
        from markupsafe import Markup

        if any(type(each) is Markup for each in (*args, *kwargs.values())):
            if name in ("default", "d"):
                return function(*args, **kwargs)
            raise LayoutError(
                f"The filter {name} is for plain values; this is Markdown already.",
                hint="Use it on the value before it is put into Markdown.",
            )
        made = function(*args, **kwargs)
        return short(made) if isinstance(made, str) else made

    return filter
