"""A private engine and short ways to write and open files."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from dmaic.churn.option import ReadOptions
from dmaic.churn.source.open import Source, open_source
from dmaic.engines.duckdb import DuckDB


@pytest.fixture
def engine() -> Iterator[DuckDB]:
    with DuckDB() as engine:
        yield engine


@pytest.fixture
def opened(engine: DuckDB) -> Callable[..., Source]:
    def opened(source: Any, **options: Any) -> Source:
        return open_source(source, ReadOptions(**options), engine)

    return opened


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    def write(data: bytes | str, name: str = "export.csv") -> Path:
        path = tmp_path / name
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        return path

    return write


@pytest.fixture
def rows(engine: DuckDB) -> Callable[[Source], list[tuple[Any, ...]]]:
    return lambda source: engine.rows(f"SELECT * FROM {source.relation}")


SECTOR = 512
_END, _FREE, _TABLE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


@pytest.fixture
def compound() -> Callable[[dict[str, bytes]], bytes]:
    """Writes an OLE compound file ([MS-CFB]); streams are padded to 4,096 bytes."""
    return _compound


def _compound(streams: dict[str, bytes]) -> bytes:
    padded = {name: data.ljust(4096, b"\0") for name, data in streams.items()}
    chains: list[int] = [_TABLE, _END]
    entries = [_entry("Root Entry", 5, child=1, start=_END, size=0)]
    body = b""
    for number, (name, data) in enumerate(padded.items(), start=1):
        sectors = -(-len(data) // SECTOR)
        first = len(chains)
        chains += [*range(first + 1, first + sectors), _END]
        body += data.ljust(sectors * SECTOR, b"\0")
        right = number + 1 if number < len(padded) else _FREE
        entries.append(_entry(name, 2, right=right, start=first, size=len(data)))
    directory = b"".join(entries).ljust(SECTOR, b"\0")
    table = struct.pack(f"<{len(chains)}I", *chains).ljust(SECTOR, b"\xff")
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack(
        "<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, _END, 0, _END, 0
    )
    header += struct.pack("<109I", 0, *[_FREE] * 108)
    assert len(header) == len(table) == len(directory) == SECTOR
    return header + table + directory + body


def _entry(
    name: str, kind: int, *, child: int = _FREE, right: int = _FREE, start: int, size: int
) -> bytes:
    text = (name + "\0").encode("utf-16-le")
    return text.ljust(64, b"\0") + struct.pack(
        "<HBBIII16xI16xIQ", len(text), kind, 1, _FREE, right, child, 0, start, size
    )


@pytest.fixture
def biff(compound: Callable[[dict[str, bytes]], bytes]) -> Callable[[list[list[object]]], bytes]:
    """Writes a BIFF8 workbook ([MS-XLS]) of one sheet of texts and numbers."""

    def record(kind: int, data: bytes = b"") -> bytes:
        return struct.pack("<HH", kind, len(data)) + data

    def biff(rows: list[list[object]]) -> bytes:
        cells = b""
        for row, values in enumerate(rows):
            for column, value in enumerate(values):
                place = struct.pack("<HHH", row, column, 0)
                if isinstance(value, str):
                    text = struct.pack("<HB", len(value), 0) + value.encode("latin-1")
                    cells += record(0x0204, place + text)
                else:
                    cells += record(0x0203, place + struct.pack("<d", value))
        size = struct.pack("<IIHHH", 0, len(rows), 0, max(map(len, rows)), 0)
        start = struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0)
        sheet = record(0x0809, start) + record(0x0200, size) + cells + record(0x000A)
        begin = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0))
        begin += record(0x0042, struct.pack("<H", 1200))
        style = record(0x00E0, bytes(20))
        name = b"Data"
        length = len(begin) + len(style) + 4 + 8 + len(name) + 4
        bound = record(0x0085, struct.pack("<IBBBB", length, 0, 0, len(name), 0) + name)
        return compound({"Workbook": begin + style + bound + record(0x000A) + sheet})

    return biff
