"""The one boundary where errors become messages and exit statuses."""

from __future__ import annotations

import gc
import os
import re
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from types import FrameType

    from rich.console import Console

    from dmaic.cli.answer import Answer
    from dmaic.errors import DmaicError

INTERRUPTED = 130
BROKEN_PIPE = 141
BUG = 3


def run() -> NoReturn:
    """The console script: `main`, then out, without the interpreter's tidying up of modules.

    Nothing is left to tidy: files are written, temporary folders are gone. It saves a tenth of the
    time of a short command.
    """
    # Plug-ins of pydantic would be looked for among all installed packages at the first model.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    # A command makes few objects and ends; looking for cycles among imported modules is waste.
    gc.set_threshold(100_000)
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            # Closed by the caller, as `>&-` does: what is said there is said to nobody.
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115
    ended: list[int] = []

    def end(number: int, _: FrameType | None) -> None:
        # As Ctrl-C does, so that queries stop and private copies of the export are removed.
        ended.append(number)
        raise KeyboardInterrupt

    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        # What the caller ignores, as `nohup` does, stays ignored.
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, end)
    status = main()
    if ended:
        status = 128 + ended[0]
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except BrokenPipeError:
        status = BROKEN_PIPE
    os._exit(status)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command line and give its exit status.

    Args:
        arguments: without the program's name; None takes those of the process.

    Returns:
        0 done, 1 expected failure, 2 wrong usage, 3 a bug in dmaic, 8 a check that did not pass,
        130 interrupted, 141 nobody reads the output.
    """
    words = list(sys.argv[1:] if arguments is None else arguments)
    try:
        return _run(words)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        _give_up_stdout()
        return BROKEN_PIPE


def _give_up_stdout() -> None:
    """What is still in the stream's buffer goes nowhere, or it would fail once more at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _run(words: list[str]) -> int:
    import typer

    from dmaic.cli.app import app
    from dmaic.errors import DmaicError

    try:
        answer = app(words or ["--help"], prog_name="dmaic", standalone_mode=False)
        if isinstance(answer, int):
            return answer
        status = _print(answer)
    except DmaicError as error:
        return _fail(error, words)
    except typer.TyperException as error:
        return _fail(usage_error(error, words), words)
    except typer.Abort:
        return INTERRUPTED
    except (KeyboardInterrupt, BrokenPipeError):
        raise
    except MemoryError:
        from dmaic.errors import DataError

        hint = "Close other programs, or keep fewer columns or rows in the export."
        return _fail(DataError("There is not enough memory for this.", "data.memory", hint), words)
    except OSError as error:
        # A full disk, a lost drive: trouble of the machine, not of dmaic.
        from dmaic.errors import OutputError

        message = error.strerror or str(error)
        hint = "Look after the disk, the permissions or the stream, and run it again."
        return _fail(OutputError(f"The system says: {message}.", "system.failed", hint), words)
    except Exception as error:
        # Pydantic, which is at work while modules are loaded, wraps Ctrl-C in an error of its own.
        if str(error).rstrip().endswith("KeyboardInterrupt:"):
            return INTERRUPTED
        return note_bug(words)
    else:
        return status


def _print(answer: Answer | None) -> int:
    """Show an answer, if there is one.

    Raises:
        OutputError: standard output takes no more, such as on a full disk.
    """
    from dmaic.errors import OutputError

    try:
        status = _show(answer) if answer is not None else 0
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        _give_up_stdout()
        raise OutputError(
            f"The result cannot be printed: {(error.strerror or str(error)).lower()}.",
            "write.failed",
            "Choose another place, or make room there.",
            "standard output",
        ) from error
    return status


def _show(answer: Answer) -> int:
    from dmaic.cli import render
    from dmaic.cli.aim import aimed

    out, err = render.make_consoles()
    face, command = answer.face, answer.command
    result = answer.result if answer.place is None else aimed(answer.result, answer.place)
    if face.picture is not None:
        from dmaic.charts.style import save

        save(result.plot(), face.picture)
    if answer.document:
        if not face.quiet:
            render.print_words(result, err, verbose=face.verbose)
        render.print_document(answer.document, out)
    elif face.file is None:
        render.print_result(
            result,
            out,
            err,
            format=face.chosen,
            command=command,
            quiet=face.quiet,
            verbose=face.verbose,
        )
    else:
        given = face.chosen if face.format or face.json else None
        render.write_result(result, face.file, format=given, command=command)
        if not face.quiet:
            render.print_words(result, err, verbose=face.verbose)
    for verb, path in (("Drew", face.picture), ("Wrote", face.file)):
        if path is not None and not face.quiet:
            _say(err, f"{verb} {path}.")
    if not face.quiet:
        for note in answer.notes:
            _say(err, note)
        if answer.document:
            render.print_next(result, err)
    return answer.status


def _say(console: Console, text: str) -> None:
    from dmaic.cli.render.console import showable

    console.print(showable(text, console), soft_wrap=True)


def _wants_json(words: Sequence[str]) -> bool:
    return (
        "--json" in words
        or "--format=json" in words
        or ("--format" in words and words[words.index("--format") + 1 :][:1] == ["json"])
    )


def _fail(error: DmaicError, words: Sequence[str]) -> int:
    from dmaic.cli.render import make_consoles
    from dmaic.cli.render.envelope import to_json
    from dmaic.cli.render.words import print_error, print_findings

    out, err = make_consoles()
    findings = tuple(getattr(error, "findings", ()))
    if _wants_json(words):
        from dmaic.cli.render import print_text

        print_text(to_json(_command(words), findings=findings, error=error), out)
    elif "--quiet" not in words and "-q" not in words:
        blocking = {problem.code for problem in error.problems}
        others = [each for each in findings if f"finding.{each.code}" not in blocking]
        print_findings(others, err)
    print_error(error, err)
    return error.status


def usage_error(error: Exception, words: Sequence[str]) -> DmaicError:
    """A command line that does not parse, worded as every other error.

    Args:
        error: of Typer.
        words: the command line.
    """
    from dmaic.errors import UsageError

    message = getattr(error, "format_message", lambda: str(error))() or "Something is missing."
    message = message.replace(": Value error, ", ": ")
    message = re.sub(r" \(Possible options?: (.*)\)$", r". Did you mean \1?", message)
    from dmaic.cli.app import TREE
    from dmaic.cli.tree import Branch, path_of

    level, asked = TREE, "dmaic"
    for word in path_of(words, TREE):
        node = level.get(word)
        if node is None:
            break
        asked += f" {word}"
        if isinstance(node, Branch):
            level = node.leaves
    hint = f"`{asked} --help` shows how."
    example = _example(error) if message.startswith("Missing ") else ""
    return UsageError(message, "usage.options", f"{example}; {hint}" if example else hint)


def _example(error: Exception) -> str:
    """The example of the command's help, on one line; empty where there is none."""
    command = getattr(getattr(error, "ctx", None), "command", None)
    told = " ".join((getattr(command, "help", None) or "").split())
    return f"For example: {told.partition('Example: ')[2]}" if "Example: " in told else ""


def _command(words: Sequence[str]) -> str:
    from dmaic.cli.app import TREE
    from dmaic.cli.tree import path_of

    return " ".join(path_of(words, TREE))


def note_bug(words: Sequence[str]) -> int:
    """Write down the error that is being handled, where the person can find it, and say so.

    Args:
        words: the command line.
    """
    import traceback
    from datetime import UTC, datetime

    from dmaic import __version__
    from dmaic.cli.aim import PASSWORD
    from dmaic.settings import log_folder

    now = datetime.now(UTC)
    # A database's address may hold a password.
    shown = [PASSWORD.sub(r"\1:***@", word) for word in words]
    report = (
        f"dmaic {__version__}, Python {sys.version.split()[0]}, {sys.platform}, "
        f"{now:%Y-%m-%d %H:%M:%S} UTC\narguments: {shown!r}\n\n{traceback.format_exc()}"
    )
    place: Path | None = None
    try:
        folder = log_folder()
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        place = folder / f"bug-{now:%Y%m%d-%H%M%S}-{os.getpid()}.log"
        place.write_text(report, "utf-8", "backslashreplace")
        place.chmod(0o600)
    except OSError:
        sys.stderr.write(report)
    where = f" A report is in {place}." if place is not None else ""
    sys.stderr.write(f"error bug: This is a bug in dmaic; nothing was changed.{where}\n")
    return BUG
