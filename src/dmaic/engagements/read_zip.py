"""The files of a template from a zip file, which may be made to harm."""

from __future__ import annotations

import stat
import zipfile
import zlib
from pathlib import Path

from dmaic.engagements.package import LARGEST, MOST_ENTRIES, TEMPLATE, Collector, Package
from dmaic.errors import DataError
from dmaic.file import read_small
from dmaic.text import printable


def read_zip(path: Path, source: str) -> Package:
    """Read a zip file; one folder around everything, as GitHub makes it, is left out.

    Nothing is written to disk. Bytes are counted as they are unpacked, whatever the file says of
    their number.

    Args:
        path: of the zip file.
        source: how it can be had again.

    Raises:
        DataError: `template.read`, it cannot be read; `template.package`, it is no zip file, or
            holds links or encrypted files; `template.path`, a file may lie outside of it;
            `template.size`, it is too large.
    """
    from io import BytesIO

    place = printable(str(path), 200)
    try:
        raw = read_small(path, LARGEST)
    except OSError as error:
        raise DataError(
            f"The template cannot be read: {error.strerror or error}.",
            "template.read",
            "Give the path of a template's folder or zip file.",
            place,
        ) from None
    return unzipped(BytesIO(raw), source, place)


def unzipped(stream: object, source: str, place: str) -> Package:
    """The package in an opened zip file.

    Args:
        stream: bytes that can be sought.
        source: see `Package`.
        place: see `Package`.

    Raises:
        DataError: as `read_zip`.
    """
    collector = Collector(source, place)
    try:
        with zipfile.ZipFile(stream) as file:  # type: ignore[call-overload]
            # A name may be empty, which zipfile's own question for folders does not expect.
            entries = [each for each in file.infolist() if not each.orig_filename.endswith("/")]
            if len(entries) > MOST_ENTRIES:
                raise collector.too_much(f"has more than {MOST_ENTRIES:,} files")
            lead = _around([each.orig_filename for each in entries])
            for each in entries:
                # The name as it stands there: zipfile's own has signs of Windows replaced.
                name = each.orig_filename.removeprefix(lead)
                if not collector.wants(name):
                    continue
                _refuse(each, name, place)
                with file.open(each) as content:
                    # One byte more than fits tells that it does not.
                    collector.add(name, content.read(collector.room() + 1))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError,
            ValueError) as error:  # fmt: skip
        raise DataError(
            f"The zip file cannot be opened: {printable(str(error), 120).rstrip('.')}.",
            "template.package",
            "Pack it anew: dmaic template pack DIR.",
            place,
        ) from None
    return collector.package()


def _around(names: list[str]) -> str:
    """The one folder that everything lies in, where the template is not on top."""
    if TEMPLATE in names or not names:
        return ""
    first = names[0].partition("/")[0] + "/"
    return first if all(each.startswith(first) for each in names) else ""


def _refuse(entry: zipfile.ZipInfo, name: str, place: str) -> None:
    mode = entry.external_attr >> 16
    if stat.S_IFMT(mode) not in (0, stat.S_IFREG):
        raise DataError(
            f'"{printable(name, 80)}" is a link or a device, and a template has only files.',
            "template.path",
            "Pack it anew: dmaic template pack DIR.",
            place,
        )
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        # Other methods take as much memory as the file says that they need.
        raise DataError(
            f'"{printable(name, 80)}" is compressed in an unusual way.',
            "template.package",
            "Pack it anew: dmaic template pack DIR.",
            place,
        )
    if entry.flag_bits & 0x1:
        raise DataError(
            f'"{printable(name, 80)}" is encrypted.',
            "template.package",
            "Pack it anew without a password.",
            place,
        )
