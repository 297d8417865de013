"""The words beside the data, on stderr: roles, findings and errors."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from dmaic.cli.render.console import showable
from dmaic.errors import DmaicError
from dmaic.result import Finding, Inputs
from dmaic.text import plural, printable

if TYPE_CHECKING:
    from rich.console import Console

_STYLE = {"info": "cyan", "warning": "yellow", "blocking": "bold red"}
_SHOWN = 20
"""Problems of one error that are printed; the rest are counted."""
_NAME = 60


def print_roles(inputs: Inputs, console: Console) -> None:
    """One line that says which column was taken for what.

    Args:
        inputs: what a result was computed from.
        console: the words' stream.
    """
    roles = roles_line(inputs)
    if roles:
        _print(console, (roles, "dim"))


def roles_line(inputs: Inputs) -> str:
    """`churned = Churn (Yes/No), value = MonthlyCharges`."""
    parts = []
    for role, column in inputs.roles.items():
        reading = inputs.readings.get(column, "")
        said = f"{role} = {printable(column, _NAME)}"
        parts.append(f"{said} ({printable(reading, _NAME)})" if reading else said)
    return ", ".join(parts)


def print_findings(findings: Iterable[Finding], console: Console, *, verbose: bool = False) -> None:
    """Findings, one paragraph each: level, code, what, example rows, what to do.

    Args:
        findings: in the order they are printed.
        console: the words' stream.
        verbose: also those that are only for information.
    """
    for finding in findings:
        if finding.level == "info" and not verbose:
            continue
        level = "accepted" if finding.accepted else finding.level
        style = _STYLE["warning" if finding.accepted else finding.level]
        _print(console, (f"{level} ", style), (f"{finding.code}: ", "bold"), (told(finding), ""))


def told(finding: Finding) -> str:
    """A finding in a sentence: what, example rows, what to do."""
    said = finding.message.rstrip()
    if finding.rows:
        shown = ", ".join(str(row) for row in finding.rows)
        more = ", ..." if finding.count is not None and finding.count > len(finding.rows) else ""
        rows = "row" if len(finding.rows) == 1 and not more else "rows"
        stop = "." if said.endswith(".") else ""
        said = f"{said.removesuffix('.')} ({rows} {shown}{more}){stop}"
    return f"{said} {finding.hint}".rstrip()


def print_error(error: DmaicError, console: Console, *, codes: bool = True, here: str = "") -> None:
    """Every problem of an error: what, where, and what to do next.

    Args:
        error: what went wrong.
        console: the words' stream.
        codes: name the codes, by which it is looked up.
        here: a place that need not be named.
    """
    for problem in error.problems[:_SHOWN]:
        where = f"{problem.where}: " if problem.where and problem.where != here else ""
        code = (f"{problem.code}: ", "bold") if codes else ("", "")
        _print(console, ("error ", "bold red"), code, (f"{where}{problem.message}", ""))
        if problem.hint:
            _print(console, (problem.hint, ""), indent=2)
    left = len(error.problems) - _SHOWN
    if left > 0:
        _print(console, (f"and {plural(left, 'more problem')}", "dim"))


def print_hint(word: str, command: str, console: Console) -> None:
    """A command worth typing: `Next: dmaic gate check`.

    Args:
        word: what it is for.
        command: as it is typed.
        console: the words' stream.
    """
    _print(console, (f"{word}: ", "dim"), (command, "cyan"))


def _print(console: Console, *parts: tuple[str, str], indent: int = 0) -> None:
    from rich.text import Text

    before = " " * indent
    words = Text()
    for text, style in parts:
        # Not a plain strip: the space that parts two styles belongs to the first.
        words.append(showable(text, console), style or None)
    if not console.is_terminal:
        # Where nobody looks at a window a message stays on one line, so that it can be searched.
        console.print(Text(before) + words, soft_wrap=True)
        return
    for line in words.wrap(console, max(console.width - indent, 1)):
        line.rstrip()
        console.print(Text(before) + line, soft_wrap=True)
