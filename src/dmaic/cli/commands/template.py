"""`dmaic template`: the templates themselves, wherever they are."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Annotated

import typer

from dmaic.cli.answer import Answer, Face
from dmaic.cli.ask import confirm
from dmaic.cli.completion import complete_own_template, complete_template
from dmaic.cli.options import spread
from dmaic.errors import UsageError
from dmaic.file import expanded
from dmaic.text import name_list, plural

Source = Annotated[
    str,
    typer.Argument(
        metavar="TEMPLATE",
        help="Name, folder, zip file, or address of a Git repository with @TAG.",
        autocompletion=complete_template,
    ),
]


@spread
def list_(face: Face) -> Answer:
    """The templates there are.

    Those that come with dmaic, and your own. Example: dmaic template list
    """
    face.check()
    from dmaic.engagements.catalogue import template_list

    return Answer("template list", template_list(), face)


@spread
def show(template: Source, face: Face) -> Answer:
    """One template.

    Example: dmaic template show saas-churn
    """
    face.check()
    from dmaic.engagements.load import load_resolved
    from dmaic.engagements.render import render
    from dmaic.engagements.shown import shown
    from dmaic.engagements.trial import trial_answers

    found = load_resolved(template)
    reply = shown(found, render(found, trial_answers(found.questions)), template)
    return Answer("template show", reply, face)


@spread
def new(
    name: Annotated[str, typer.Argument(metavar="NAME", help="What the template is called.")],
    face: Face,
    extends: Annotated[
        str,
        typer.Option(
            "--extends",
            metavar="NAME",
            help="Template that it extends.",
            autocompletion=complete_template,
        ),
    ] = "saas-churn",
    title: Annotated[str, typer.Option("--title", metavar="TEXT", help="As people read it.")] = "",
    to: Annotated[
        Path | None,
        typer.Option("--to", metavar="DIR", help="Its folder; the name where none is given."),
    ] = None,
) -> Answer:
    """Begin a template of your own.

    It writes a folder of small files that say how they are written.
    Example: dmaic template new churn-audit --extends saas-churn
    """
    face.check()
    from dmaic.engagements.find import is_name, named_package
    from dmaic.engagements.package import Package
    from dmaic.engagements.resolve import resolve
    from dmaic.engagements.scaffold import scaffold
    from dmaic.engagements.shelf import write_folder
    from dmaic.reply import Change

    if not is_name(extends):
        raise UsageError(
            "A template extends another one by its name.",
            "template.extends",
            "Put it among yours first: dmaic template add TEMPLATE.",
            "--extends",
        )
    base = resolve(named_package(extends))
    files = scaffold(name, base.name, title)
    folder = expanded(to) if to is not None else Path(name)
    check_new(folder)
    package = Package(name, name, {path: text.encode() for path, text in files.items()})
    write_folder(package, folder)
    shown = shlex.quote(str(folder))
    reply = Change(
        done=f'Began the template "{name}", which extends {base.name} {base.version}.',
        more=(f"Its files are in {folder}; README.md says what each is for.",),
        next=(f"dmaic template lint {shown}", f"dmaic template try {shown}"),
    )
    return Answer("template new", reply, face)


@spread
def pack(
    template: Source,
    face: Face,
    to: Annotated[
        Path | None,
        typer.Option(
            "--to", metavar="PATH", help="File or folder; NAME-VERSION.zip where none is given."
        ),
    ] = None,
    *,
    replace: Annotated[
        bool, typer.Option("--replace", help="Write over a file that is there.")
    ] = False,
) -> Answer:
    """Write a template as one zip file.

    The same files always make the same bytes. Example: dmaic template pack churn-audit
    """
    face.check()
    import hashlib

    from dmaic.engagements.find import load_package
    from dmaic.engagements.pack import SUFFIX
    from dmaic.engagements.pack import pack as packed
    from dmaic.engagements.render import render
    from dmaic.engagements.resolve import resolve
    from dmaic.engagements.trial import trial_answers
    from dmaic.errors import OutputError
    from dmaic.output import write_bytes
    from dmaic.reply import Change

    package = load_package(template)
    found = resolve(package)
    # What nobody could follow is not handed on; its name is checked so, too.
    render(found, trial_answers(found.questions))
    path = expanded(to) if to is not None else Path()
    if path.is_dir():
        path = path / f"{found.name}-{found.version}{SUFFIX}"
    if path.suffix != SUFFIX:
        raise UsageError(f"A packed template ends in {SUFFIX}.", "usage.output-format",
                         f"Name the file with {SUFFIX} at its end.", "--to")  # fmt: skip
    if path.exists() and not replace:
        raise OutputError("There is a file already.", "write.exists", "Add --replace, or name "
                          "another one with --to.", str(path))  # fmt: skip
    content = packed(package)
    write_bytes(path, content)
    count = plural(len(package.files), "file")
    reply = Change(
        done=f"Packed {found.name} {found.version} into {path}: {count}, {len(content):,} bytes.",
        item={"path": str(path), "sha256": hashlib.sha256(content).hexdigest()},
        more=(f"SHA-256 {hashlib.sha256(content).hexdigest()}.", *_passed_over(package.foreign)),
        next=(f'dmaic project new "NAME" --template {shlex.quote(str(path))}',),
    )
    return Answer("template pack", reply, face)


@spread
def add(
    template: Source,
    face: Face,
    *,
    replace: Annotated[
        bool, typer.Option("--replace", help="Put it in the place of one of the same name.")
    ] = False,
) -> Answer:
    """Keep a template among your own.

    From then on its name is enough, for you and for templates that extend it.
    Example: dmaic template add https://example.com/churn-audit.git@v1.2.0
    """
    face.check()
    from dmaic.engagements.find import load_package
    from dmaic.engagements.render import render
    from dmaic.engagements.resolve import resolve
    from dmaic.engagements.shelf import put
    from dmaic.engagements.trial import trial_answers
    from dmaic.reply import Change

    package = load_package(template)
    found = resolve(package)
    render(found, trial_answers(found.questions))
    folder = put(package, found.name, replace=replace)
    reply = Change(
        done=f"Keeps {found.name} {found.version} among your templates.",
        item={"name": found.name, "version": found.version, "path": str(folder)},
        more=_passed_over(package.foreign),
        next=(f'dmaic project new "NAME" --template {found.name}',),
    )
    return Answer("template add", reply, face)


@spread
def rm(
    name: Annotated[
        str,
        typer.Argument(
            metavar="NAME", help="One of your own.", autocompletion=complete_own_template
        ),
    ],
    face: Face,
    *,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask back.")] = False,
    no_input: Annotated[bool, typer.Option("--no-input", help="Never ask; fail instead.")] = False,
) -> Answer:
    """Remove one of your own templates.

    Projects that follow it keep what they follow. Example: dmaic template rm churn-audit
    """
    face.check()
    from dmaic.engagements.shelf import own_name, remove_files
    from dmaic.reply import Change

    found = own_name(name)
    confirm(f'This removes the template "{found}".', found, yes=yes, no_input=no_input)
    remove_files(found)
    return Answer("template rm", Change(done=f'Removed the template "{found}".'), face)


@spread
def diff(
    template: Source,
    other: Annotated[
        str,
        typer.Argument(
            metavar="OTHER", help="The one to compare it with.", autocompletion=complete_template
        ),
    ],
    face: Face,
) -> Answer:
    """What is different between two templates.

    Or between two versions of one, filled with made-up answers where one must be given.
    Example: dmaic template diff churn-audit-1.0.0.zip churn-audit
    """
    face.check()
    from dmaic.engagements.carry import known, misfits
    from dmaic.engagements.load import load_resolved
    from dmaic.engagements.render import render
    from dmaic.engagements.trial import trial_answers
    from dmaic.project.template.comparison import compare

    old, new = load_resolved(template), load_resolved(other)
    answers = trial_answers(old.questions)
    before = render(old, answers)
    shared = known(new.questions, answers)
    for key in misfits(new.questions, shared):
        del shared[key]
    after = render(new, trial_answers(new.questions, shared))
    return Answer("template diff", compare(old, new, before, after), face)


def check_new(folder: Path, or_else: str = "Name another folder with --to.") -> None:
    """Refuse a folder in which there is something.

    Args:
        folder: that shall be made.
        or_else: what to do where it is there.

    Raises:
        OutputError: `write.exists`.
    """
    from dmaic.errors import OutputError

    if folder.exists():
        raise OutputError(
            "There is something of this name already.",
            "write.exists",
            or_else,
            str(folder),
        )


def _passed_over(paths: tuple[str, ...]) -> tuple[str, ...]:
    return (f"No part of a template, and left out: {name_list(paths, 5)}.",) if paths else ()
