"""The person's own templates: put on the shelf, taken off it."""

from __future__ import annotations

import shutil
from pathlib import Path

from dmaic.engagements.find import built_in, own_templates, shelf
from dmaic.engagements.package import Package
from dmaic.errors import ConflictError, NotFoundError, OutputError, suggest
from dmaic.output import draft_beside, write_bytes
from dmaic.text import printable


def put(package: Package, name: str, *, replace: bool = False) -> Path:
    """Keep a template as one's own, so that its name is enough from then on.

    Args:
        package: its files.
        name: of the template.
        replace: the one that is there under this name is given up.

    Returns:
        Its folder.

    Raises:
        ConflictError: `template.exists`.
        OutputError: it cannot be written.
    """
    if name in built_in():
        raise ConflictError(
            f'"{name}" is the name of a template that comes with dmaic.',
            "template.exists",
            "Give yours another name, in its template.yaml.",
        )
    if name in own_templates() and not replace:
        raise ConflictError(
            f'There is a template "{name}" among yours already.',
            "template.exists",
            "Add --replace to put this one in its place; running projects keep what they follow.",
        )
    target = shelf() / name
    # The whole template takes its place at once, or nothing changes.
    draft = draft_beside(target)
    try:
        write_folder(package, draft)
        remove_files(name)
        draft.rename(target)
    except OSError as error:
        raise OutputError(
            f"The template cannot be kept: {(error.strerror or str(error)).lower()}.",
            "write.failed",
            "Look after the folder and its permissions.",
            str(target),
        ) from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return target


def write_folder(package: Package, folder: Path) -> None:
    """Write the files of a template into a new folder: all of them, or nothing is left of it.

    Args:
        package: its files; every path was checked when it was read.
        folder: that is not there yet.

    Raises:
        OutputError: it cannot be written.
    """
    draft = draft_beside(folder)
    try:
        draft.mkdir(parents=True)
        for path in sorted(package.files):
            (draft / path).parent.mkdir(exist_ok=True)
            write_bytes(draft / path, package.files[path])
        draft.rename(folder)
    except OSError as error:
        raise OutputError(
            f"The folder cannot be written: {(error.strerror or str(error)).lower()}.",
            "write.failed",
            "Choose another place.",
            str(folder),
        ) from error
    except OutputError as error:
        # Its place is a folder that nobody shall see.
        raise OutputError(error.message, error.code, error.hint, str(folder)) from None
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def own_name(word: str) -> str:
    """The template of one's own that is meant.

    Args:
        word: its name, in any case.

    Raises:
        NotFoundError: `template.unknown`.
        ConflictError: `template.built-in`, it comes with dmaic.
    """
    name, own = word.strip().casefold(), own_templates()
    if name in own:
        return name
    if name in built_in():
        raise ConflictError(
            f'"{name}" comes with dmaic, and cannot be removed.',
            "template.built-in",
            "`dmaic template list` shows which are yours.",
        )
    raise NotFoundError(
        f'There is no template "{printable(word, 60)}" among yours.',
        "template.unknown",
        suggest(name, own) or (f"Yours are {', '.join(own)}." if own else "There is none yet."),
    )


def remove_files(name: str) -> None:
    """Remove a template of one's own.

    Args:
        name: of it.
    """
    folder, file = shelf() / name, shelf() / f"{name}.zip"
    if folder.is_symlink():
        folder.unlink()
    elif folder.is_dir():
        shutil.rmtree(folder)
    file.unlink(missing_ok=True)
