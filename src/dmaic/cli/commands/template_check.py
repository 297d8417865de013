"""`dmaic template lint` and `dmaic template try`."""

from __future__ import annotations

import shlex
import shutil
import tempfile
from contextlib import nullcontext
from dataclasses import replace as changed
from pathlib import Path
from typing import Annotated

import typer

from dmaic.cli.answer import PANEL, Answer, Face
from dmaic.cli.commands.template import Source, check_new
from dmaic.cli.options import spread
from dmaic.cli.progress import reporting
from dmaic.cli.report_option import ReportFormats, formats_of
from dmaic.cli.template_answers import Answers
from dmaic.errors import StoreError
from dmaic.file import expanded
from dmaic.settings import today

FAILED = 8
"""Exit status of a template of which a report cannot be made."""


@spread
def lint(template: Source, face: Face) -> Answer:
    """What is wrong with a template, with file and line.

    Nothing in it is run. Exit status 8 when it cannot be used. Example: dmaic template lint .
    """
    face.check()
    from dmaic.reports.template_check import check_template

    reply = check_template(template)
    return Answer("template lint", reply, face, reply.status)


@spread
def try_(
    template: Source,
    answers: Answers,
    face: Face,
    format: ReportFormats = None,
    report: Annotated[
        list[str] | None,
        typer.Option("--report", metavar="KIND", help="Only this report; repeatable."),
    ] = None,
    to: Annotated[
        Path | None,
        typer.Option(
            "--to", metavar="DIR", help="Keep the engagement in this new folder, to look at."
        ),
    ] = None,
    *,
    example: Annotated[
        bool,
        typer.Option("--example", help="Other documents are filled as in the worked case."),
    ] = False,
    replace: Annotated[
        bool, typer.Option("--replace", help="Make the trial in --to anew, all of it.")
    ] = False,
    json: Annotated[
        bool, typer.Option("--json", help="Print what came of it as JSON.", rich_help_panel=PANEL)
    ] = False,
) -> Answer:
    """Try a template out.

    A project of it is begun in an engagement of its own, filled with defaults and made-up
    answers, and every report is made of it. Exit status 8 when one cannot be made.
    Example: dmaic template try churn-audit --example --to trial
    """
    from dmaic.engagements.load import load_resolved
    from dmaic.reports.job import Job
    from dmaic.reports.template_trial import begin_trial, run_trial

    if to is not None:
        _check_room(expanded(to), replace=replace)
    given, resolved = answers.read(), load_resolved(template)
    job = Job("", today(), formats=formats_of(format))
    temporary = tempfile.TemporaryDirectory(prefix="dmaic-") if to is None else nullcontext()
    with temporary as place, reporting(quiet=face.quiet, what="Making the reports") as move:
        folder = expanded(to) if to is not None else Path(str(place)) / "trial"
        _clear(folder)
        try:
            trial = begin_trial(resolved, folder, given, example=example)
        except StoreError as error:
            if error.code != "store.within":
                raise
            hint = "A trial is one of its own: name a folder outside of it, such as --to ../trial."
            raise StoreError(error.message, error.code, hint, error.where) from None
        reply = run_trial(trial, today(), job, tuple(report or ()), progress=move)
    if to is not None:
        shown = shlex.quote(str(folder))
        reply = reply.model_copy(update={"folder": str(folder), "next": (f"cd {shown}",)})
    else:
        # Reports that were made only to see whether they can be are gone.
        look = f"dmaic template try {shlex.quote(template)} --to DIR"
        reply = reply.model_copy(update={"next": (look,)})
    status = 0 if reply.works else FAILED
    return Answer("template try", reply, changed(face, json=json), status)


def _check_room(folder: Path, *, replace: bool) -> None:
    """Refuse a folder in which there is something, unless it is a trial that may go.

    Raises:
        OutputError: `write.exists`.
    """
    from dmaic.reports.template_trial import MARK

    if not (folder / MARK).is_file():
        check_new(folder)
    elif not replace:
        check_new(
            folder, "Add --replace to make this trial anew, or name another folder with --to."
        )


def _clear(folder: Path) -> None:
    """Take away what is in a folder, but not the folder: somebody may stand in it."""
    for each in folder.iterdir() if folder.exists() else ():
        if each.is_dir() and not each.is_symlink():
            shutil.rmtree(each)
        else:
            each.unlink()
