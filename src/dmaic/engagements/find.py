"""Finding a template: built in, the person's own, a folder, a zip file, or a Git repository."""

from __future__ import annotations

import os
import re
from pathlib import Path

from dmaic.engagements.package import TEMPLATE, Package
from dmaic.errors import ConflictError, NotFoundError, suggest
from dmaic.file import expanded
from dmaic.resource import templates_folder
from dmaic.settings import config_folder
from dmaic.text import printable

_GIT = re.compile(r"(?:git\+)?(?:https|http|ssh|git|file|ext)::?//?|git@[^/]+:|git\+|ext::")


def built_in() -> list[str]:
    """Names of the templates that come with dmaic, the fullest first."""
    found = {path.parent.name for path in templates_folder().glob(f"*/{TEMPLATE}")}
    first = [name for name in ("saas-churn", "dmaic", "quick-win", "consulting") if name in found]
    return [*first, *sorted(found - set(first))]


def shelf() -> Path:
    """The folder of the person's own templates."""
    return config_folder() / "templates"


def own_templates() -> list[str]:
    """Names of the person's own templates."""
    folder = shelf()
    folders = {path.parent.name for path in folder.glob(f"*/{TEMPLATE}")}
    return sorted(folders | {path.stem for path in folder.glob("*.zip")})


def is_name(word: str) -> bool:
    """Whether a word is a template's name, not the way to its files.

    Args:
        word: what the person wrote.
    """
    return not (
        "/" in word
        or "\\" in word
        or is_address(word)
        or word in (".", "..")
        or word.casefold().endswith((".yaml", ".yml", ".zip"))
    )


def is_address(word: str) -> bool:
    """Whether a word is the address of a repository.

    Args:
        word: what the person wrote.
    """
    return _GIT.match(word) is not None


def load_package(word: str) -> Package:
    """Read the files of a template.

    Args:
        word: name of a built-in template or of one of the person's own; path of a template's
            folder, its `template.yaml`, or a zip file; address of a Git repository, with `@TAG`
            behind it. What holds a slash or ends in `.yaml` or `.zip` is a path, and so is the
            name of a folder that is here, where no template is called so.

    Raises:
        NotFoundError: `template.unknown`, there is none of this name.
        DataError: `template.read`, it cannot be read; `template.path`, a file may lie outside of
            it; `template.size`, it is too large; `template.package`, it is no zip file that may
            be opened; `template.git`, Git did not bring it.
        ConflictError: `template.two`, one of the person's own and a folder that is here are called
            so, and differ.
    """
    from dmaic.engagements.read_folder import read_folder
    from dmaic.engagements.read_git import read_git
    from dmaic.engagements.read_zip import read_zip

    if is_name(word) and (_known(word) or not _is_here(word)):
        package = named_package(word)
        _refuse_two(word, package)
        return package
    if is_address(word):
        return read_git(word)
    path = expanded(word)
    # Not resolved: a folder that is a link stays the one that was named.
    source = os.path.abspath(path)  # noqa: PTH100
    if path.is_file() and not path.name.casefold().endswith((".yaml", ".yml")):
        return read_zip(path, source)
    return read_folder(path, source)


def _known(word: str) -> str:
    """The name of a template that a word means; empty where there is none."""
    name = "-".join(word.casefold().replace("_", " ").split())
    return name if name in (*built_in(), *own_templates()) else ""


def _is_here(word: str) -> bool:
    """Whether a folder of this name in the working folder is a template."""
    # Path.is_file raises where the name is too long.
    return bool(word) and os.path.isfile(os.path.join(word, TEMPLATE))  # noqa: PTH113, PTH118


def _refuse_two(word: str, package: Package) -> None:
    """Refuse to guess between the shelf and the folder that somebody may be working on."""
    if package.source in built_in() or not _is_here(word):
        return
    from dmaic.engagements.read_folder import read_folder

    # Not resolved: see `load_package`.
    here = read_folder(expanded(word), os.path.abspath(word))  # noqa: PTH100
    if here.files != package.files:
        raise ConflictError(
            f'"{word}" is one of your own templates, and a folder that is here; they differ.',
            "template.two",
            f"Write ./{word} for the folder; in another folder {word} is your own. `dmaic template "
            f"add ./{word} --replace` makes both the same.",
        )


def named_package(word: str) -> Package:
    """Read a built-in template or one of the person's own.

    Args:
        word: its name.

    Raises:
        NotFoundError: `template.unknown`, there is none of this name.
        DataError: as `load_package`.
    """
    from dmaic.engagements.read_folder import read_folder
    from dmaic.engagements.read_zip import read_zip

    name = _known(word)
    # A name that comes with dmaic always means that one: what extends it relies on it.
    if name in built_in():
        return read_folder(templates_folder() / name, name)
    if name:
        folder = shelf()
        if (folder / name / TEMPLATE).is_file():
            return read_folder(folder / name, name)
        return read_zip(folder / f"{name}.zip", name)
    every = [*built_in(), *own_templates()]
    shown = printable(word, 60)
    # A folder of the name is the likelier meaning, where there is one.
    no_template = bool(word) and os.path.isdir(word)  # noqa: PTH112
    raise NotFoundError(
        f'There is no template "{shown}"'
        + (f", and the folder {shown} holds no {TEMPLATE}." if no_template else "."),
        "template.unknown",
        f"{suggest(word, every)} There are {', '.join(every)}; a path to a template's folder "
        "also does.".strip(),
    )
