"""A template as a package: the files of its folder, within limits, wherever they came from.

A package from elsewhere is hostile until trusted. It is data: whoever reads one takes the files
that a template may have and passes over the rest, and nothing in them is run.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from dmaic.errors import DataError
from dmaic.text import folded, printable

TEMPLATE = "template.yaml"
QUESTIONS = "questions.yaml"
STYLE = "style.toml"

BASE = "dmaic"
"""Built-in template whose layouts and reference documents stand in where another has none.

They are a part of the program: a project takes them as they are today, and keeps none of them.
"""

FOLDERS: dict[str, tuple[str, ...]] = {
    "documents": (".yaml",),
    "reports": (".md.j2",),
    "presets": (".yaml",),
    "style": (".png", ".jpg", ".jpeg", ".svg", ".docx", ".pptx", ".ttf", ".otf"),
}
"""Folder of a package -> endings of the files that may lie in it."""

MOST_FILES = 300
"""Files of a package."""

MOST_ENTRIES = 5_000
"""Files that are looked through, those that are no part of a template among them."""

LARGEST_FILE = 8 << 20
"""Bytes of one file, unpacked."""

LARGEST = 32 << 20
"""Bytes of all files, unpacked."""

_LONGEST = 200
_NAME = re.compile(r"[^/\\:*?\"<>|\x00-\x1f\x7f]{1,100}")


@dataclass(frozen=True, slots=True)
class Package:
    """The files of one template.

    Attributes:
        source: how it can be had again, as `dmaic.engagements.find.load_package` takes it.
        place: what it is called in messages; a file's place begins with it.
        files: path within it -> content.
        foreign: paths that are no part of a template, and were passed over.
    """

    source: str
    place: str
    files: Mapping[str, bytes]
    foreign: tuple[str, ...] = field(default=())

    def where(self, path: str) -> str:
        """A file as messages call it."""
        # A template may be one file alone, which has a name of its own.
        alone = self.place.casefold().endswith((".yaml", ".yml"))
        return self.place if alone and path == TEMPLATE else f"{self.place}/{path}"

    def within(self, folder: str) -> dict[str, bytes]:
        """Name of the file -> content, of those in a folder, in alphabetical order."""
        lead = f"{folder}/"
        return {
            path.removeprefix(lead): self.files[path]
            for path in sorted(self.files)
            if path.startswith(lead)
        }


def belongs(path: str) -> bool:
    """Whether a file can be a part of a template.

    Args:
        path: within the package, checked.
    """
    if path in (TEMPLATE, QUESTIONS, STYLE, "README.md", "LICENSE"):
        return True
    folder, _, name = path.partition("/")
    return "/" not in name and name.casefold().endswith(FOLDERS.get(folder, ("\0",)))


def check_path(path: str, place: str) -> str:
    """A path that stays within the package.

    Args:
        path: as the archive, the folder or the repository has it.
        place: what the package is called in messages.

    Raises:
        DataError: `template.path`: absolute, with `..`, or with a part that is no plain name.
    """
    parts = path.split("/")
    plain = all(part not in ("", ".", "..") and _NAME.fullmatch(part) for part in parts)
    if not plain or len(path) > _LONGEST or PurePosixPath(path).is_absolute():
        raise DataError(
            f'The template has a file "{printable(path, 80)}", which may lie outside of it.',
            "template.path",
            "Use a template only from somebody you trust; this one is not opened.",
            place,
        )
    return path


class Collector:
    """Gathers the files of a package; refuses what is too much, before it is kept.

    Args:
        source, place: see `Package`.
    """

    def __init__(self, source: str, place: str) -> None:
        self.source, self.place = source, printable(place)
        self._files: dict[str, bytes] = {}
        self._foreign: list[str] = []
        self._seen: set[str] = set()
        self._bytes = 0

    def wants(self, path: str) -> bool:
        """Whether the content of a file shall be read; every path is to be shown here first.

        Raises:
            DataError: `template.path`, `template.size`, or `template.package`, it stands there
                twice.
        """
        check_path(path, self.place)
        # Names that differ in case or in how accents are typed are one file on many machines.
        if folded(path) in self._seen:
            raise DataError(
                f'The template has the file "{printable(path, 80)}" twice.',
                "template.package",
                "Pack it anew.",
                self.place,
            )
        self._seen.add(folded(path))
        if len(self._seen) > MOST_ENTRIES:
            raise self.too_much(f"has more than {MOST_ENTRIES:,} files")
        if belongs(path):
            if printable(path) != path:
                raise DataError(
                    f'The name of the file "{printable(path, 80)}" holds a sign that nobody sees.',
                    "template.path",
                    "Give it another name.",
                    self.place,
                )
            return True
        self._foreign.append(path)
        return False

    def room(self) -> int:
        """Bytes that the next file may have."""
        return min(LARGEST_FILE, LARGEST - self._bytes)

    def add(self, path: str, content: bytes) -> None:
        """Keep a file.

        Raises:
            DataError: `template.size`.
        """
        if len(content) > LARGEST_FILE:
            raise self.too_much(f"has a file of more than {LARGEST_FILE >> 20} MB", path)
        self._bytes += len(content)
        if self._bytes > LARGEST:
            raise self.too_much(f"is larger than {LARGEST >> 20} MB")
        if len(self._files) >= MOST_FILES:
            raise self.too_much(f"has more than {MOST_FILES} files")
        self._files[path] = content

    def too_much(self, message: str, path: str = "") -> DataError:
        """The refusal of what is too large."""
        return DataError(
            f"The template {message}.",
            "template.size",
            "A template holds texts, a logo and reference documents; is this the right one?",
            f"{self.place}/{printable(path)}" if path else self.place,
        )

    def package(self) -> Package:
        """The package, once every file was added.

        Raises:
            DataError: `template.read`, there is no template in it.
        """
        if TEMPLATE not in self._files:
            raise DataError(
                f"There is no {TEMPLATE} in it, so it is no template.",
                "template.read",
                f"A template is a folder with a {TEMPLATE}; `dmaic template new NAME` makes one.",
                self.place,
            )
        return Package(self.source, self.place, self._files, tuple(sorted(self._foreign)))
