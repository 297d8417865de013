"""The sandbox: Jinja2 that sees plain data and calls dmaic's functions, and nothing else.

Jinja's own sandbox keeps a template from Python's inner parts, but leaves it the methods of every
value. Here a name behind a dot is a key of a mapping, and only functions that were given are
called. Import this within functions only; it imports Jinja2.
"""

from __future__ import annotations

import inspect
import operator
import time
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from jinja2 import (  # noqa: TID253
    StrictUndefined,
    pass_context,
)
from jinja2.environment import TemplateModule  # noqa: TID253
from jinja2.nodes import Template as Parsed  # noqa: TID253
from jinja2.runtime import (  # noqa: TID253
    BlockReference,
    Context,
    LoopContext,
    Macro,
    TemplateReference,
    Undefined,
)
from jinja2.sandbox import ImmutableSandboxedEnvironment  # noqa: TID253
from markupsafe import Markup  # noqa: TID253

from dmaic.errors import DmaicError, suggest
from dmaic.layout.budget import Budget, joined, weighed
from dmaic.layout.filter import filters, tests
from dmaic.layout.given import Given
from dmaic.layout.plain import as_text, noun
from dmaic.layout.tree import charged, first_problem
from dmaic.layout.trouble import MARK, LayoutError, OwnError
from dmaic.text import printable

_LOOP = frozenset(
    {"changed", "cycle", "depth", "depth0", "first", "index", "index0", "last", "length",
     "nextitem", "previtem", "revindex", "revindex0"}
)  # fmt: skip
_SCOPES = ("_loop_vars", "_block_vars")  # Jinja's own, for functions that see them
_LARGEST = 1e18
_ARITHMETIC: dict[str, Callable[[Any, Any], Any]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "//": operator.floordiv,
    "%": operator.mod,
}


class Sandbox(ImmutableSandboxedEnvironment):
    """An environment in which a layout is filled once.

    Args:
        layouts: name -> text.
        functions: name -> what may be called.
        escape: makes a text harmless in the language of the layouts; None where they make plain
            text.
        names: of the data, for messages.
    """

    intercepted_binops = frozenset(ImmutableSandboxedEnvironment.default_binop_table)
    intercepted_unops = frozenset("+-")

    def __init__(
        self,
        layouts: Mapping[str, str],
        functions: Mapping[str, Callable[..., Any]],
        escape: Callable[[str], str] | None,
        names: tuple[str, ...] = (),
    ) -> None:
        super().__init__(
            loader=Given(layouts),
            undefined=_missing((*names, *functions)),
            autoescape=escape is not None,
            finalize=self._shown,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            # What is worked out while compiling would escape the limits.
            optimized=False,
        )
        self.globals = dict(functions)
        self.filters = filters(self)
        self.tests = tests(self.tests)  # type: ignore[assignment]
        self.known: tuple[str, ...] = tuple(functions)
        self._functions = {id(each): name for name, each in functions.items()}
        self._escape = escape
        self.budget = Budget()
        # Names by which what `charged` puts into a layout reaches these.
        self.charge, self.looped, self.weighed = self._charge, self._looped, weighed

    # What a layout is made of.

    def _generate(
        self, source: Parsed, name: str | None, filename: str | None, defer_init: bool = False
    ) -> str:
        if problem := first_problem(source, self):
            raise problem
        tree = charged(source, markdown=self._escape is not None)
        return super()._generate(tree, name, filename, defer_init)

    # Data.

    def getattr(self, obj: Any, attribute: str) -> Any:  # noqa: ANN401
        """What stands behind a dot: a key of a mapping, or a fact about a loop."""
        if isinstance(obj, Mapping):
            return obj[attribute] if attribute in obj else self._none(obj, attribute)
        if isinstance(obj, LoopContext) and attribute in _LOOP:
            return getattr(obj, attribute)
        if isinstance(obj, BlockReference) and attribute == "super":
            return obj.super
        if isinstance(obj, TemplateReference):
            try:
                return obj[attribute]
            except KeyError:
                return self.undefined(f'There is no block "{printable(attribute, 60)}".')
        if isinstance(obj, TemplateModule) and not attribute.startswith("_"):
            return vars(obj).get(attribute, self._none(vars(obj), attribute))
        if isinstance(obj, tuple) and attribute in getattr(obj, "_fields", ()):
            return getattr(obj, attribute)
        return self._none(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:  # noqa: ANN401
        """What stands in brackets: a key of a mapping, a place in a list, or a part of one."""
        if isinstance(obj, (list, tuple)) and isinstance(argument, (int, slice)):
            try:
                return obj[argument]
            except IndexError:
                return self.undefined(f"The list has {len(obj)} lines, and none at {argument}.")
            except (TypeError, ValueError) as error:
                raise LayoutError(f"A part of a list cannot be taken so: {error}.") from None
        if isinstance(argument, str):
            return self.getattr(obj, argument)
        if isinstance(obj, Mapping):
            try:
                return obj[argument]
            except (KeyError, TypeError):
                return self._none(obj, str(argument))
        return self._none(obj, str(argument))

    def _none(self, obj: Any, name: str) -> Undefined:  # noqa: ANN401
        if isinstance(obj, Undefined):
            str(obj)  # tells what is missing
        shown = printable(name, 60)
        filter_hint = f"Write it as a filter: | {shown}." if name in self.filters else ""
        if isinstance(obj, Mapping):
            known = [str(key) for key in obj if not str(key).startswith("_")]
            there = f"There {'is only' if len(known) == 1 else 'are'} {', '.join(known[:20])}."
            hint = filter_hint or suggest(name, known) or (there if known else "")
            return self.undefined(f'There is no "{shown}" here.{MARK}{hint}')
        return self.undefined(f'{noun(obj)} has no "{shown}".{MARK}{filter_hint}')

    def _looped(self, many: Any) -> Any:  # noqa: ANN401
        if isinstance(many, Undefined):
            return iter(many)  # tells what is missing
        if isinstance(many, (str, int, float, date)) or not isinstance(many, Iterable):
            raise LayoutError(f"A loop runs over a list; this is {noun(many).lower()}.")
        return many

    # Calls.

    def is_safe_callable(self, obj: Any) -> bool:  # noqa: ANN401
        """Functions that were given, macros, and what belongs to loops and blocks."""
        if isinstance(obj, (Macro, BlockReference, LoopContext)):
            return True
        if isinstance(getattr(obj, "__self__", None), LoopContext):
            return getattr(obj, "__name__", "") in ("cycle", "changed")
        own = (self.charge, self.looped, self.joined, self.weighed)
        return id(obj) in self._functions or obj in own

    def call(__self, __context: Context, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401, N805
        """Call what may be called."""
        self = __self
        if isinstance(__obj, Undefined):
            str(__obj)  # tells what is missing
        if not self.is_safe_callable(__obj):
            raise LayoutError(
                f"{noun(__obj)} cannot be called.",
                hint=f"The functions are {', '.join(self.known)}." if self.known else "",
            )
        name = self._functions.get(id(__obj))
        if isinstance(__obj, Macro):
            weighed([args, kwargs])
        if name is None:
            return super().call(__context, __obj, *args, **kwargs)
        kwargs = {key: each for key, each in kwargs.items() if key not in _SCOPES}
        try:
            inspect.signature(__obj).bind(*args, **kwargs)
        except TypeError as error:
            raise LayoutError(f"{name}(...) is called wrongly: {error}.") from None
        begun = time.monotonic()
        try:
            return __obj(*args, **kwargs)
        except (DmaicError, LayoutError):
            raise
        except Exception as error:
            if _is_of_values(error, (*args, *kwargs.values())):
                raise LayoutError(
                    f"{name}(...) does not take these values: {error}.",
                    "layout.failed",
                    "What each function takes is said in docs/layouts.md.",
                ) from error
            raise OwnError(error) from error
        finally:
            self.budget.forgive(time.monotonic() - begun)

    # Operators.

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:  # noqa: ANN401
        """Arithmetic of numbers; texts are joined with ~, which escapes them."""
        del context
        for side in (left, right):
            if isinstance(side, Undefined):
                str(side)  # tells what is missing
            if isinstance(side, bool) or not isinstance(side, (int, float)):
                joins = " Texts are joined with ~." if operator == "+" else ""
                raise LayoutError(
                    f"{operator} is for numbers; this is {noun(side).lower()}.{joins}"
                )
        if operator not in _ARITHMETIC:
            raise LayoutError(f"There is no {operator} in layouts.")
        try:
            figure = _ARITHMETIC[operator](left, right)
        except ZeroDivisionError:
            raise LayoutError("It divides by zero.", code="layout.failed") from None
        if abs(figure) > _LARGEST:
            raise LayoutError(
                f"A number in it is larger than {_LARGEST:g}.", code="layout.too-much"
            )
        return figure

    def call_unop(self, context: Context, operator: str, arg: Any) -> Any:  # noqa: ANN401
        """The sign of a number."""
        return self.call_binop(context, operator, 0, arg)

    def joined(self, *parts: Any) -> str:  # noqa: ANN401
        """Texts in one: plain where all are; else the plain ones escaped for the others."""
        texts = [each if type(each) is Markup else self._plain(each) for each in parts]
        if self._escape and any(type(each) is Markup for each in texts):
            made = (each if type(each) is Markup else self._escape(each) for each in texts)
            return Markup(joined(made))
        return joined(map(str, texts))

    # What is shown.

    def _charge(self, characters: int) -> str:
        self.budget.step(characters)
        return ""

    # With the context asked for, Jinja calls it for what is written out in the layout too.
    @pass_context
    def _shown(self, context: Context, value: Any) -> Any:  # noqa: ANN401
        del context
        if type(value) is Markup:
            self.budget.write(len(value))
            return value
        text = self._plain(value)
        text = self._escape(text) if self._escape else text
        self.budget.write(len(text))
        return Markup(text) if self._escape else text

    def _plain(self, value: Any) -> str:  # noqa: ANN401
        # What is missing tells so when it is made text.
        return str(value) if isinstance(value, Undefined) else as_text(value)


def _is_of_values(error: Exception, given: tuple[Any, ...]) -> bool:
    """Whether a function failed for what a layout gave it, and not for a mistake of its own.

    Functions look names up themselves, so a text that fails in another way is not the layout's.
    """
    if isinstance(error, (TypeError, ValueError, OverflowError)):
        return bool(given)
    return not all(isinstance(each, str) for each in given)


def _missing(names: tuple[str, ...]) -> type[StrictUndefined]:
    """What stands for a name that there is not; it says which there are."""

    class Missing(StrictUndefined):
        @property
        def _undefined_message(self) -> str:
            if self._undefined_hint:
                return self._undefined_hint
            name = printable(str(self._undefined_name), 60)
            hint = suggest(name, names) or f"There are {', '.join(sorted(names))}."
            if name == "loop":
                hint = "It is known only within a loop, and not behind the loop's own if."
            return f'There is no "{name}".{MARK}{hint if names else ""}'

    return Missing
