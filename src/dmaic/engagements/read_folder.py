"""The files of a template from a folder."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from dmaic.engagements.package import FOLDERS, TEMPLATE, Collector, Package, belongs
from dmaic.errors import DataError
from dmaic.file import read_small
from dmaic.text import printable


def read_folder(path: Path, source: str) -> Package:
    """Read a folder.

    Args:
        path: of the folder, or of a file that is a whole template.
        source: how it can be had again.

    Raises:
        DataError: `template.read`, it cannot be read or is no template; `template.path`, a link
            is in the place of a file: what it points to lies outside; `template.size`.
    """
    place = printable(str(path), 200)
    try:
        if path.is_dir():
            collector = Collector(source, place)
            # Any other folder, which may be large, is not looked through.
            is_one = os.path.lexists(path / TEMPLATE)
            for name, file in _walk(path, place) if is_one else ():
                if collector.wants(name):
                    collector.add(name, _content(collector, name, file))
            return collector.package()
        if path.name == TEMPLATE and path.is_file():
            return read_folder(path.parent, source)
        alone = Collector(source, place)
        return Package(source, place, {TEMPLATE: _content(alone, "", path)})
    except (OSError, ValueError) as error:
        raise _unread(error, place) from None


def _content(collector: Collector, name: str, file: Path) -> bytes:
    room = collector.room()
    try:
        return read_small(file, room)
    except OSError as error:
        if file.is_file() and file.stat().st_size > room:
            raise collector.too_much("is too large", name) from None
        raise _unread(error, f"{collector.place}/{name}" if name else collector.place) from None


def _unread(error: Exception, place: str) -> DataError:
    return DataError(
        f"The template cannot be read: {getattr(error, 'strerror', None) or error}.",
        "template.read",
        "Give the path of a template's folder, or the name of one: `dmaic template list` shows "
        "them.",
        place,
    )


def _walk(folder: Path, place: str) -> Iterator[tuple[str, Path]]:
    """Path within the folder and the file; only folders that a template has are looked into."""
    for entry in _entries(folder):
        inside = entry.name in FOLDERS
        if entry.is_symlink() and (inside or belongs(entry.name)):
            raise _link(entry.name, place)
        if not inside or not entry.is_dir():
            yield entry.name, Path(entry.path)
            continue
        for each in _entries(Path(entry.path)):
            name = f"{entry.name}/{each.name}"
            if each.is_symlink():
                raise _link(name, place)
            yield name, Path(each.path)


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        # What is hidden is of Git, of an editor or of the system.
        shown = [each for each in entries if not each.name.startswith((".", "__pycache__"))]
    return sorted(shown, key=lambda entry: entry.name)


def _link(name: str, place: str) -> DataError:
    return DataError(
        f'"{printable(name, 80)}" is a link, and a template has only files.',
        "template.path",
        "Put the file itself in its place.",
        place,
    )
