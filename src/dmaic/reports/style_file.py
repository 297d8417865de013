"""A client's style, read from a file such as `client.toml`."""

from __future__ import annotations

import errno
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from dmaic.errors import DataError, Problem, refusal, suggest
from dmaic.file import LARGEST_TOML, read_small, read_toml
from dmaic.reports.style import Colours, Fonts, Style
from dmaic.reports.style_picture import check_font, check_reference, read_logo
from dmaic.result import Frozen
from dmaic.text import printable

NAME = "client.toml"
"""File in an engagement's folder that is taken without being named."""

_LARGEST_BESIDE = 20_000_000
"""Bytes of a logo or of a reference document."""

_BESIDE = ("logo", "reference_docx", "reference_pptx")

_NO_HEX = "is no colour; write it as #0B3C5D"


def read_style(path: Path, base: Style | None = None) -> Style:
    """Read a style.

    Args:
        path: of the file; what it names lies beside it.
        base: what it leaves out is taken from it.

    Raises:
        DataError: `style.read`, `style.toml`, `style.invalid`, `style.contrast`, `style.logo`,
            `style.font` or `style.reference`, all that is wrong at once, with the line.
    """
    try:
        raw = read_small(path, LARGEST_TOML)
    except OSError as error:
        raise DataError(
            f"The style cannot be read: {error.strerror or error}.",
            "style.read",
            "Check the path and its permissions.",
            printable(str(path)),
        ) from error

    def beside(name: str) -> bytes:
        return read_small(path.parent / name, _LARGEST_BESIDE)

    return parse_style(raw, str(path), beside, base)


def parse_style(
    raw: bytes, place: str, beside: Callable[[str], bytes], base: Style | None = None
) -> Style:
    """A style of a file's bytes.

    Args:
        raw: TOML.
        place: of the file, for errors.
        beside: gives the bytes of a file that it names, or raises OSError.
        base: what it leaves out is taken from it.

    Raises:
        DataError: as for `read_style`.
    """
    where = printable(place)
    try:
        said = read_toml(raw)
    except ValueError as error:
        line = re.search(r"at line (\d+)", str(error))
        raise DataError(
            f"The style is no TOML: {printable(str(error), 200).rstrip('.')}.",
            "style.toml",
            'Texts and colours stand in quotes: accent = "#0B3C5D".',
            f"{where}, line {line[1]}" if line else where,
        ) from None
    return _Reader(raw.decode("utf-8-sig"), where, beside).read(said, base or Style())


def style_from(said: Mapping[str, Any], place: str, files: Mapping[str, bytes]) -> Style:
    """A style of what a template's `style.toml` says.

    Args:
        said: fields of the file.
        place: of the file, for errors.
        files: name of a file in the template's folder `style/` -> content.

    Raises:
        DataError: as for `read_style`.
    """

    def beside(name: str) -> bytes:
        found = files.get(name.removeprefix("style/"))
        if found is None:
            raise FileNotFoundError(errno.ENOENT, "the template has no such file in style/")
        return found

    return _Reader("", printable(place), beside).read(dict(said), Style())


class _Reader:
    """All that is wrong with one file is collected, and told at once."""

    def __init__(self, text: str, where: str, beside: Callable[[str], bytes]) -> None:
        self._lines = text.splitlines()
        self._place, self._beside = where, beside
        self._problems: list[Problem] = []

    def read(self, said: dict[str, Any], base: Style) -> Style:
        parts: dict[str, Any] = {name: self._file(name, said.pop(name, None)) for name in _BESIDE}
        parts = {name: part for name, part in parts.items() if part is not None}
        if isinstance(said.get("fonts"), dict) and "files" in said["fonts"]:
            said["fonts"] = {**said["fonts"], "files": self._fonts(said["fonts"]["files"])}
        for name in ("colours", "fonts"):
            if isinstance(said.get(name), dict):
                said[name] = {**getattr(base, name).model_dump(), **said[name]}
        style = base
        try:
            kept = {name: getattr(base, name) for name in Style.model_fields}
            style = Style.model_validate({**kept, **said, **parts})
        except ValidationError as error:
            self._problems += [self._problem(dict(each)) for each in error.errors()]
        self._contrast(style.colours)
        if self._problems:
            raise DataError.of(self._problems)
        return style

    def _file(self, name: str, word: Any) -> Any:  # noqa: ANN401  a logo, or bytes
        if word is None or word == "":
            return None
        code = "style.logo" if name == "logo" else "style.reference"
        if not isinstance(word, str):
            self._note("style.invalid", (name,), f'The field "{name}" is wrong: is no text.')
            return None
        try:
            content = self._beside(word)
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            self._note(
                code,
                (name,),
                f"The file {printable(word, 100)} cannot be read: {reason}.",
                "It is looked for beside the style's own file." if self._lines else "",
            )
            return None
        try:
            return read_logo(content) if name == "logo" else check_reference(name, content)
        except ValueError as error:
            self._note(code, (name,), f"{printable(word, 100)} {error}.")
            return None

    def _fonts(self, words: Any) -> tuple[bytes, ...]:  # noqa: ANN401
        at, found = ("fonts", "files"), []
        if not isinstance(words, list) or not all(isinstance(each, str) for each in words):
            self._note(
                "style.invalid", at, 'The field "fonts.files" is wrong: is no list of texts.'
            )
            return ()
        for word in words:
            try:
                found.append(check_font(self._beside(word)))
            except OSError as error:
                reason = (error.strerror or str(error)).lower()
                told = f"The file {printable(word, 100)} cannot be read: {reason}."
                self._note("style.font", at, told)
            except ValueError as error:
                self._note("style.font", at, f"{printable(word, 100)} {error}.")
        return tuple(found)

    def _contrast(self, colours: Colours) -> None:
        for name, better in colours.unreadable().items():
            told = (
                "Bars in {} cannot be seen" if name == "highlight" else "Text in {} cannot be read"
            )
            self._note(
                "style.contrast",
                ("colours", name),
                f"{told.format(getattr(colours, name))} well on white.",
                f'The nearest that can is {name} = "{better}"; brand = takes any colour.',
            )

    def _problem(self, error: dict[str, Any]) -> Problem:
        at = tuple(str(part) for part in error["loc"])
        name = printable(".".join(at), 80)
        hint = ""
        if error["type"] == "extra_forbidden":
            parts: dict[str, type[Frozen]] = {"colours": Colours, "fonts": Fonts}
            known = parts.get(at[0] if len(at) > 1 else "", Style).model_fields
            message = f'A style has no field "{name}".'
            hint = suggest(at[-1], known) or f"The fields are {', '.join(known)}."
        elif at[0] == "colours" and len(at) > 1:
            message = f'The field "{name}" {_NO_HEX}.'
        elif at[0] in ("colours", "fonts") and len(at) == 1:
            message = f'The field "{name}" is wrong: it is a table, [{name}].'
        else:
            message = f'The field "{name}" is wrong: {refusal(error)}.'
        return Problem("style.invalid", message, hint, self._where(at))

    def _note(self, code: str, at: tuple[str, ...], message: str, hint: str = "") -> None:
        self._problems.append(Problem(code, message, hint, self._where(at)))

    def _where(self, at: tuple[str, ...]) -> str:
        """The file, with the line where it says so plainly; TOML's reader keeps no lines."""
        table, header_at = "", 0
        for number, line in enumerate(self._lines, 1):
            if header := re.match(r"\s*\[\s*([\w-]+)\s*\]", line):
                table = header[1]
                header_at = number if table == at[0] else header_at
            key = re.match(r"""\s*["']?([\w.-]+)["']?\s*=""", line)
            if key and (f"{table}.{key[1]}" if table else key[1]) in (".".join(at), at[0]):
                return f"{self._place}, line {number}"
        return f"{self._place}, line {header_at}" if header_at else self._place
