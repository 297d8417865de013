"""The zip archives that DOCX and PPTX are: the same parts give the same bytes."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping

from dmaic.errors import DataError

Parts = dict[str, bytes]
"""Path within the archive -> content."""

CONTENT_TYPES = "[Content_Types].xml"

_LARGEST = 100_000_000
"""Bytes that a document may hold when it is unpacked; a reference document holds far less."""


def pack(parts: Mapping[str, bytes]) -> bytes:
    """An archive of parts: in one order, without a clock.

    Args:
        parts: path -> content.
    """
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        # Programs tell a package by its first entry.
        for name in sorted(parts, key=lambda each: (each != CONTENT_TYPES, each)):
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            # PNG and JPEG are compressed already.
            plain = name.endswith((".png", ".jpg"))
            entry.compress_type = zipfile.ZIP_STORED if plain else zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            entry.create_system = 3
            archive.writestr(entry, parts[name])
    return made.getvalue()


def unpack(content: bytes, where: str, needs: str) -> Parts:
    """The parts of an archive.

    Args:
        content: of a DOCX or PPTX.
        where: what it is, for the message.
        needs: path of the part without which it is no such document.

    Raises:
        DataError: `report.reference`, it is no such document, or it is too large.
    """
    program = "Word" if needs.startswith("word/") else "PowerPoint"
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = [each for each in archive.infolist() if not each.is_dir()]
            if sum(each.file_size for each in entries) > _LARGEST:
                raise _unfit(where, "it holds more than 100 MB")
            parts = {each.filename.lstrip("/"): archive.read(each) for each in entries}
    # An encrypted entry is a RuntimeError, an unknown compression a NotImplementedError.
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError) as error:
        raise _unfit(where, f"it is no {program} document") from error
    if CONTENT_TYPES not in parts or needs not in parts:
        raise _unfit(where, f"it is no {program} document")
    return parts


def _unfit(where: str, why: str) -> DataError:
    return DataError(
        f"The reference document cannot be used: {why}.",
        code="report.reference",
        where=where,
        hint="Save it anew as .docx or .pptx, without a password, or leave it out of the style.",
    )
