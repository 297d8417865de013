"""What is wrong with a layout, and where."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from types import TracebackType

from dmaic.errors import DataError
from dmaic.text import printable

MARK = "\x00"
"""Parts message and hint where Jinja lets only one text pass."""


class LayoutError(Exception):
    """The sandbox does not do this.

    Args:
        message: what is wrong, one sentence.
        code: dotted, stable name.
        hint: what to do.
        line: in the layout, where it is known before the layout runs; or 0.
    """

    def __init__(
        self, message: str, code: str = "layout.not-allowed", hint: str = "", line: int = 0
    ) -> None:
        super().__init__(message)
        self.message, self.hint, self.code, self.line = message, hint, code, line


class OwnError(Exception):
    """A function of dmaic failed in a way that is no fault of the layout.

    Args:
        error: what it raised.
    """

    def __init__(self, error: Exception) -> None:
        super().__init__(str(error))
        self.error = error


def failure(error: BaseException, layouts: Mapping[str, str], name: str, where: str) -> DataError:
    """What went wrong while a layout was read or filled, as an error with file and line.

    Args:
        error: what was raised.
        layouts: name -> text of all in the game.
        name: of the one that was asked for.
        where: how that one is called in messages; its name where empty.
    """
    told = error if isinstance(error, LayoutError) else _in_words(error)
    return DataError(told.message, told.code, told.hint, spot(error, layouts, name, where))


def spot(error: BaseException, layouts: Mapping[str, str], name: str, where: str) -> str:
    """Where in which layout it happened: `analyze.md.j2, line 12`.

    Args:
        error: what was raised.
        layouts: name -> text of all in the game.
        name: of the one that was asked for.
        where: how that one is called in messages; its name where empty.
    """
    file, line = _innermost(error.__traceback__, layouts)
    reported = getattr(error, "name", None)
    if not file and isinstance(reported, str) and reported in layouts:
        file = reported
    line = getattr(error, "line", 0) or getattr(error, "lineno", 0) or line
    if where and file in ("", name):
        several = line and "\n" in layouts[name].strip()
        return f"{printable(where, 200)}, line {line} of the text" if several else where
    shown = printable(file or name, 200)
    return f"{shown}, line {line}" if line else shown


def _in_words(error: BaseException) -> LayoutError:
    kind = type(error).__name__
    for known, words in _WORDS.items():
        if kind == known:
            return words(error)
    said = printable(str(error), 200).rstrip(".")
    return LayoutError(f"It cannot be filled: {said or kind}.", code="layout.failed")


def _syntax(error: BaseException) -> LayoutError:
    said = printable(str(getattr(error, "message", error)), 200).rstrip(".")
    return LayoutError(
        f"It cannot be read: {said[:1].lower()}{said[1:]}.",
        "layout.syntax",
        "Values stand in {{ }}, statements in {% %}.",
    )


def _deep(_: BaseException) -> LayoutError:
    return LayoutError(
        "It is nested too deeply, or layouts or macros call each other in a circle.",
        "layout.too-much",
        "Take levels out.",
    )


def _missing(error: BaseException) -> LayoutError:
    said = printable(str(error), 80)
    return LayoutError(
        f'There is no layout "{said}".',
        "layout.unknown",
        "A layout can include only those that lie in a folder reports/ of its template.",
    )


def _undefined(error: BaseException) -> LayoutError:
    message, _, hint = str(error).partition(MARK)
    told = f"{message[:1].upper()}{message[1:].rstrip('.')}."
    return LayoutError(told, "layout.unknown-name", hint)


_WORDS: dict[str, Callable[[BaseException], LayoutError]] = {
    "TemplateSyntaxError": _syntax,
    "TemplateAssertionError": _syntax,
    "SyntaxError": _deep,
    "RecursionError": _deep,
    "MemoryError": _deep,
    "TemplateNotFound": _missing,
    "TemplatesNotFound": _missing,
    "UndefinedError": _undefined,
}


def _innermost(trace: TracebackType | None, names: Collection[str]) -> tuple[str, int]:
    """The innermost line of a layout that a traceback passes."""
    found = ("", 0)
    while trace is not None:
        file = trace.tb_frame.f_code.co_filename
        if file in names:
            found = (file, trace.tb_lineno)
        trace = trace.tb_next
    return found
