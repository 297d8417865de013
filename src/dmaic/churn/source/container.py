"""What kind of file it is, told by its first bytes and never by its name."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal

from dmaic.churn.source.base import File
from dmaic.errors import ReadError, UsageError, suggest

Kind = Literal["gzip", "zstd", "xlsx", "xls", "ods", "parquet", "json", "text"]

PEEK = 1 << 16
"""Bytes that are looked at first."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")

_OTHERS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "a PDF document"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90\x00", "a program"),
    (b"\xcf\xfa\xed\xfe", "a program"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"BZh", "a bzip2 file"),
    (b"\xfd7zXZ\x00", "an xz file"),
    (b"\x04\x22\x4d\x18", "an LZ4 file"),
    (b"ARROW1", "an Arrow (Feather) file"),
    (b"Obj\x01", "an Avro file"),
    (b"ORC", "an ORC file"),
    (b"\x89HDF", "an HDF5 file"),
    (b"{\\rtf", "a rich text document"),
)
_MARKUP = (
    (rb"(?i)<(!doctype html|html|table|head|body)\b", "a web page"),
    (rb"<\?xml", "an XML file"),
)
_JSON = rb'\[\s*([\[{\]]|$)|\{\s*(["}]|$)'
_TEXT_CONTROLS = frozenset(b"\t\n\v\f\r\x00\x01\x02\x1a\x1b\x1c\x1d\x1e\x1f")


def sniff(file: File, head: bytes) -> Kind:
    """What the file is.

    Args:
        file: the file.
        head: its first `PEEK` bytes.

    Raises:
        ReadError: `read.empty-file`, `read.password`, `read.corrupt`, or `read.binary` that names
            what it looks like.
    """
    if not head:
        raise ReadError(
            "The file is empty.",
            code="read.empty-file",
            where=file.where,
            hint="Export it again; the export may have been cut off.",
        )
    if head.startswith(b"\x1f\x8b"):
        return "gzip"
    if head.startswith(b"\x28\xb5\x2f\xfd"):
        return "zstd"
    if head.startswith(b"PAR1"):
        return "parquet"
    if head.startswith(b"PK\x03\x04"):
        return _zip(file)
    if head.startswith(_OLE):
        return _compound(file)
    for magic, name in _OTHERS:
        if head.startswith(magic) and not (magic.isalnum() and _is_text(head)):
            raise _binary(file, name)
    if head[257:262] == b"ustar":
        raise _binary(file, "a tar archive")
    start = head[:200].removeprefix(b"\xef\xbb\xbf").lstrip()
    for pattern, name in _MARKUP if start.startswith(b"<") else ():
        if re.match(pattern, start):
            raise _binary(file, name)
    if not _is_text(head):
        raise _binary(file, "no text")
    return "json" if start.startswith((b"[", b"{")) and re.match(_JSON, start) else "text"


def named_format(name: str) -> Kind:
    """The kind that `--input-format` names.

    Raises:
        UsageError: there is no such format (`read.input-format`).
    """
    from dmaic.churn.option import FORMATS

    kinds: dict[str, Kind] = {
        "csv": "text", "tsv": "text", "xlsx": "xlsx", "xls": "xls", "ods": "ods",
        "parquet": "parquet", "json": "json", "jsonl": "json",
    }  # fmt: skip
    if name.lower() not in kinds:
        raise UsageError(
            f'--input-format "{name}" is none of the formats.',
            code="read.input-format",
            hint=f"{suggest(name, FORMATS)} They are {', '.join(FORMATS)}.".strip(),
        )
    return kinds[name.lower()]


def _zip(file: File) -> Kind:
    import zipfile

    try:
        with zipfile.ZipFile(file.path) as archive:
            names = archive.namelist()
            packed = sum(entry.compress_size for entry in archive.infolist())
            unpacked = sum(entry.file_size for entry in archive.infolist())
            kind = archive.read("mimetype")[:60] if "mimetype" in names else b""
            manifest = "META-INF/manifest.xml"
            sealed = (
                b"encryption-data" in archive.read(manifest)
                if b"opendocument" in kind and manifest in names
                else False
            )
    except (
        zipfile.BadZipFile,
        KeyError,
        RuntimeError,
        EOFError,
        NotImplementedError,
        OSError,
    ) as e:
        raise corrupt(file, "a workbook or a zip archive") from e
    if unpacked > 2 << 30 and unpacked > 200 * packed:
        raise too_large(file)
    if sealed:
        raise locked(file)
    if any(name.startswith("xl/") for name in names):
        return "xlsx"
    if b"opendocument.spreadsheet" in kind:
        return "ods"
    for start, name in (("word/", "a Word document"), ("ppt/", "a PowerPoint file")):
        if any(each.startswith(start) for each in names):
            raise _binary(file, name)
    raise _binary(file, "a zip archive", "Unpack it and give the file inside.")


def _compound(file: File) -> Kind:
    # The names of the streams stand in sectors that may lie anywhere in the file.
    if _ENCRYPTED in file.path.read_bytes():
        raise locked(file)
    return "xls"


def _is_text(head: bytes) -> bool:
    """Whether it may be text; UTF-16 is text too, and so is text with some NUL bytes in it."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        return True
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if even + odd > len(head) // 4:
        return min(even, odd) * 10 < max(even, odd)
    if even + odd > max(8, len(head) // 20) or (even + odd and not {*b"\r\n"} & {*head}):
        return False
    table = bytes(_TEXT_CONTROLS)
    controls = len(head) - len(head.translate(None, bytes(set(range(32)) - set(table))))
    return controls * 50 <= len(head)


def _binary(file: File, name: str, hint: str = "") -> ReadError:
    return ReadError(
        f"This is not a table: it looks like {name}."
        if name != "no text"
        else "This is not a table: it holds binary data.",
        code="read.binary",
        where=file.where,
        hint=hint
        or "dmaic reads CSV and other delimited text, XLSX, XLS, ODS, Parquet and JSON; "
        "save or export it as one of them.",
    )


def corrupt(file: File, kind: str, detail: str = "") -> ReadError:
    """The error for a file that is damaged."""
    return ReadError(
        f"This looks like {kind} but cannot be read: the file is damaged or cut off."
        + (f" ({detail})" if detail else ""),
        code="read.corrupt",
        where=file.where,
        hint="Download or export it again.",
    )


def locked(file: File) -> ReadError:
    """The error for a workbook with a password."""
    return ReadError(
        "The workbook is protected with a password.",
        code="read.password",
        where=file.where,
        hint="Open it in your spreadsheet program and save a copy without a password.",
    )


def too_large(file: File) -> ReadError:
    """The error for a file that is small packed and enormous unpacked."""
    return ReadError(
        "Unpacked, this file would be enormous; it may have been made to fill the disk.",
        code="read.too-large",
        where=file.where,
        hint="If you trust it, unpack it yourself and give the unpacked file.",
    )


def read_head(path: Path, size: int = PEEK) -> bytes:
    """The first bytes of a file."""
    with path.open("rb") as stream:
        return stream.read(size)
