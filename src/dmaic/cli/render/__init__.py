"""The only place that prints: a result as a table, JSON, CSV, Markdown, workbook, and the words."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal, cast, get_args

from dmaic.cli.render.console import make_consoles
from dmaic.cli.render.view import views
from dmaic.errors import UsageError, suggest
from dmaic.output import write_text
from dmaic.result import Reply, Result

if TYPE_CHECKING:
    from typing import TextIO

    from rich.console import Console

    from dmaic.reply import Page

__all__ = [
    "Format",
    "make_consoles",
    "print_document",
    "print_result",
    "print_table",
    "print_words",
    "render",
    "write_result",
]

Format = Literal["table", "json", "csv", "md"]

_SUFFIXES = {".csv": "csv", ".json": "json", ".md": "md", ".markdown": "md", ".txt": "table",
             ".xlsx": "xlsx"}  # fmt: skip


def render(result: Reply, *, format: Format, command: str = "") -> str:
    """A result as text in one of the formats.

    Args:
        result: any result.
        format: `table` is as on a terminal of 120 columns, without colour.
        command: the command's name in the JSON envelope; empty takes the kind of the result.

    Raises:
        UsageError: `usage.format`, the format is unknown.
    """
    if format == "json":
        from dmaic.cli.render.envelope import to_json

        return to_json(command or result.kind, result)
    if format == "csv":
        from dmaic.cli.render.flat import to_csv

        return to_csv(result)
    if format == "md":
        from dmaic.cli.render.markdown import to_markdown

        return to_markdown(result)
    if format == "table":
        return _as_text(result)
    raise UsageError(
        f'There is no format "{format}".',
        "usage.format",
        suggest(format, get_args(Format)) or f"Formats are {', '.join(get_args(Format))}.",
    )


def _as_text(result: Reply) -> str:
    import io

    from dmaic.cli.render.console import make_console

    out = io.StringIO()
    print_table(result, make_console(out, width=120, plain=True))
    return out.getvalue()


def print_table(result: Reply, console: Console) -> None:
    """All views of a result on a terminal.

    Args:
        result: any result that has views.
        console: the data's stream.
    """
    if result.paged:
        from dmaic.cli.render.blocks import print_blocks

        print_blocks(cast("Page", result).blocks(), console)
        return
    from dmaic.cli.render.table import print_view

    for number, view in enumerate(views(result)):
        if number:
            console.print()
        print_view(view, console)


def print_result(
    result: Reply,
    console_out: Console,
    console_err: Console,
    *,
    format: Format = "table",
    command: str = "",
    quiet: bool = False,
    verbose: bool = False,
) -> None:
    """The data on one stream; the roles and the findings on the other.

    Args:
        result: any result.
        console_out: the data's stream.
        console_err: the words' stream.
        format: how the data is printed.
        command: the command's name in the JSON envelope.
        quiet: no words.
        verbose: also findings that are only for information.
    """
    if not quiet:
        print_words(result, console_err, verbose=verbose)
    if format == "table":
        print_table(result, console_out)
    else:
        print_text(render(result, format=format, command=command), console_out)
    if not quiet:
        print_next(result, console_err)


def print_document(document: bytes, console: Console) -> None:
    """A file's content on the data's stream, byte by byte.

    Args:
        document: the content.
        console: the data's stream.
    """
    console.file.flush()
    stream = cast("TextIO", console.file).buffer
    stream.write(document)
    stream.flush()


def print_next(result: Reply, console: Console) -> None:
    """After the data: how to take a change back, and what is likely typed next.

    Args:
        result: any reply.
        console: the words' stream.
    """
    if not result.paged:
        return
    from dmaic.cli.render.words import print_hint
    from dmaic.reply import Change

    if isinstance(result, Change) and result.operation is not None:
        print_hint("Undo", result.back, console)
    for command in cast("Page", result).next:
        print_hint("Next", command, console)


def print_words(result: Reply, console: Console, *, verbose: bool = False) -> None:
    """The roles, and the findings where the result does not tell them itself.

    Args:
        result: any result.
        console: the words' stream.
        verbose: also findings that are only for information.
    """
    from dmaic.cli.render.words import print_findings, print_roles

    if isinstance(result, Result):
        print_roles(result.inputs, console)
    if not result.tells_findings:
        print_findings(result.findings, console, verbose=verbose)


def print_text(text: str, console: Console) -> None:
    """Finished text on the data's stream, exactly as it is.

    Args:
        text: ends with a line end.
        console: the data's stream; what its encoding lacks is escaped.
    """
    encoding = getattr(console.file, "encoding", None) or "utf-8"
    console.file.write(text.encode(encoding, "backslashreplace").decode(encoding))
    console.file.flush()


def write_result(
    result: Reply, path: str | Path, *, format: Format | None = None, command: str = ""
) -> None:
    """Write a result to a file, whole or not at all.

    Args:
        result: any result.
        path: `.csv`, `.json`, `.md`, `.txt` or `.xlsx` where no format is given.
        format: overrides what the name's ending says.
        command: the command's name in the JSON envelope.

    Raises:
        UsageError: `usage.output-format`, the ending says nothing and no format is given.
        OutputError: the file cannot be written there.
    """
    chosen = check_output(path, format)
    if chosen == "xlsx":
        from dmaic.cli.render.workbook import write_xlsx

        write_xlsx(result, path)
    else:
        write_text(path, render(result, format=cast("Format", chosen), command=command))


def check_output(path: str | Path, format: Format | None = None) -> str:
    """The format a file will have; to be asked before any work is done.

    Args:
        path: where the result shall be.
        format: overrides what the name's ending says.

    Raises:
        UsageError: `usage.output-format`, the ending says nothing and no format is given.
    """
    suffix = Path(path).suffix.lower()
    chosen = "xlsx" if suffix == ".xlsx" else format or _SUFFIXES.get(suffix)
    if chosen is not None:
        return chosen
    raise UsageError(
        f'The ending "{suffix}" of the output does not say which format is wanted.'
        if suffix
        else "The output's name has no ending that says which format is wanted.",
        "usage.output-format",
        f"End it in {', '.join(_SUFFIXES)}, or add --format.",
        str(path),
    )
