"""Compressed files become plain private copies."""

from __future__ import annotations

import gzip
import zlib
from pathlib import Path
from typing import IO, cast

from dmaic.churn.source.base import Desk, File
from dmaic.churn.source.container import Kind, corrupt, too_large
from dmaic.errors import ReadError

_CHUNK = 1 << 20
_RATIO = 300
"""More than any real export shrinks by; billing exports shrink by 5 to 50."""
_HARMLESS = 1 << 30


def unpack(file: File, kind: Kind, desk: Desk) -> File:
    """A plain copy of a gzip or zstd file, under the same name.

    Args:
        file: the compressed file.
        kind: `gzip` or `zstd`.
        desk: where the copy goes.

    Raises:
        ReadError: `read.truncated`, `read.corrupt`, `read.too-large`.
    """
    target = desk.draft("unpacked")
    try:
        if kind == "gzip":
            with gzip.open(file.path, "rb") as stream:
                size = _copy(cast("IO[bytes]", stream), target, file)
        else:
            size = _unpack_zstd(file, target)
    except EOFError as error:
        raise ReadError(
            "The compressed file ends too early: it was cut off.",
            code="read.truncated",
            where=file.where,
            hint="Download or export it again.",
        ) from error
    except (gzip.BadGzipFile, zlib.error) as error:
        raise corrupt(file, "a gzip file") from error
    return File(target, file.name, size)


def _unpack_zstd(file: File, target: Path) -> int:
    import zstandard

    decompressor = zstandard.ZstdDecompressor(max_window_size=1 << 27)
    size = 0
    try:
        with file.path.open("rb") as packed, target.open("wb") as sink:
            while head := packed.read(_CHUNK):
                step = decompressor.decompressobj()
                while head:
                    size = _put(sink, step.decompress(head), size, file)
                    head = step.unused_data if step.eof else packed.read(_CHUNK)
                    if step.eof and head:
                        step = decompressor.decompressobj()
                if not step.eof:
                    raise EOFError
    except zstandard.ZstdError as error:
        raise corrupt(file, "a zstd file") from error
    return size


def _copy(stream: IO[bytes], target: Path, file: File) -> int:
    size = 0
    with target.open("wb") as sink:
        while chunk := stream.read(_CHUNK):
            size = _put(sink, chunk, size, file)
    return size


def _put(sink: IO[bytes], chunk: bytes, size: int, file: File) -> int:
    sink.write(chunk)
    size += len(chunk)
    if size > _HARMLESS and size > _RATIO * file.size:
        raise too_large(file)
    return size
