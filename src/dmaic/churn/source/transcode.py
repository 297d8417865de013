"""A UTF-8 copy of a text file in another encoding."""

from __future__ import annotations

import codecs

from dmaic.churn.source.base import Desk, File
from dmaic.churn.source.encoding import Encoding, is_valid
from dmaic.errors import ReadError

_CHUNK = 1 << 20


def transcode(file: File, encoding: Encoding, desk: Desk) -> File:
    """A UTF-8 copy without byte order mark.

    Args:
        file: the file.
        encoding: what it is in.
        desk: where the copy goes.

    Raises:
        ReadError: some bytes are no text in this encoding (`read.encoding`).
    """
    target = desk.draft("utf8.csv")
    if encoding.mixed:
        with file.path.open("rb") as stream, target.open("wb") as sink:
            sink.writelines(_utf8_line(line) for line in stream)
        return File(target, file.name, target.stat().st_size)
    decoder = codecs.getincrementaldecoder(encoding.name)("strict")
    done, lines = encoding.bom, 1
    with file.path.open("rb") as stream, target.open("wb") as sink:
        stream.seek(encoding.bom)
        while True:
            chunk = stream.read(_CHUNK)
            try:
                text = decoder.decode(chunk, final=not chunk)
                sink.write(text.encode("utf-8"))
            except (UnicodeDecodeError, UnicodeEncodeError) as error:
                raise _undecodable(file, encoding, chunk, error, done, lines) from error
            if not chunk:
                break
            done += len(chunk)
            lines += text.count("\n")
    return File(target, file.name, target.stat().st_size)


def _undecodable(
    file: File, encoding: Encoding, chunk: bytes, error: UnicodeError, done: int, lines: int
) -> ReadError:
    place, byte = done, ""
    if isinstance(error, UnicodeDecodeError):
        # The decoder may have kept some bytes of the chunk before.
        start = error.start - (len(error.object) - len(chunk))
        place = done + start
        byte = f" 0x{error.object[error.start]:02X}"
        before = chunk[: max(0, start)].decode(encoding.name, "replace")
        lines += before.count("\n")
    return ReadError(
        f"Byte{byte} at position {place + 1:,} is no text in {encoding.shown}.",
        code="read.encoding",
        where=f"{file.where}, about row {lines:,}",
        hint="Name the right encoding with --encoding, such as windows-1252, or leave it out.",
    )


def _utf8_line(line: bytes) -> bytes:
    if line.isascii() or is_valid(line, whole=True):
        return line
    return line.decode("cp1252", "replace").encode("utf-8")
