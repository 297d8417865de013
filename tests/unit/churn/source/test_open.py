"""What can be opened, and what is refused and how."""

from __future__ import annotations

import gzip
import hashlib
import io
import os
import sys
from pathlib import Path

import pytest
import zstandard

from dmaic.churn.option import ReadOptions
from dmaic.churn.source.open import open_source
from dmaic.engines.duckdb import DuckDB
from dmaic.errors import ReadError, UsageError

TEXT = b"id,plan\n1,Pro\n2,Basic\n"
CELLS = [("1", "Pro"), ("2", "Basic")]


def refused(opened, source, **options):
    with pytest.raises((ReadError, UsageError)) as caught:
        opened(source, **options)
    return caught.value


@pytest.mark.parametrize("pack", [gzip.compress, zstandard.compress])
def test_compressed_whatever_the_name(write, opened, rows, pack):
    source = opened(write(pack(TEXT), "export.csv"))
    assert rows(source) == CELLS
    assert source.facts["compression"] in ("gzip", "zstd")
    assert source.sha256() == hashlib.sha256(pack(TEXT)).hexdigest()


def test_compressed_in_several_parts(write, opened, rows):
    assert len(rows(opened(write(gzip.compress(TEXT) + gzip.compress(b"3,Pro\n"))))) == 3
    path = write(zstandard.compress(TEXT) + zstandard.compress(b"3,Pro\n"))
    assert len(rows(opened(path))) == 3


@pytest.mark.parametrize("pack", [gzip.compress, zstandard.compress])
def test_cut_off_compressed_file(write, opened, pack):
    data = pack(os.urandom(5000).hex().encode())
    error = refused(opened, write(data[: len(data) // 2]))
    assert error.code == "read.truncated"
    assert error.where == "export.csv"


def test_damaged_gzip(write, opened):
    data = bytearray(gzip.compress(os.urandom(5000).hex().encode()))
    data[1000:1100] = bytes(100)
    assert refused(opened, write(bytes(data))).code == "read.corrupt"


def test_compressed_twice(write, opened):
    assert refused(opened, write(gzip.compress(gzip.compress(TEXT)))).code == "read.corrupt"


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"%PDF-1.7\n%\xe2\xe3", "PDF"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "PNG"),
        (b"SQLite format 3\x00" + bytes(100), "SQLite"),
        (b"\x7fELF\x02\x01\x01" + bytes(50), "program"),
        (b"<!DOCTYPE html>\n<table><tr><td>1</td></tr></table>", "web page"),
        (b"<?xml version='1.0'?><Workbook/>", "XML"),
        (bytes(range(256)) * 40, "binary"),
        (os.urandom(4096).replace(b"\x1f\x8b", b"xx"), "binary"),
        (bytes(300) + b"\n", "binary"),
    ],
)
def test_binary_files_are_named_for_what_they_look_like(write, opened, data, what):
    error = refused(opened, write(data))
    assert error.code == "read.binary"
    assert what in error.message
    assert refused(opened, write(data), input_format="csv").code == "read.binary"


@pytest.mark.parametrize("start", ["ORC,plan\n1,Pro\n", "BZhid,plan\n1,Pro\n", "MZ,plan\n1,Pro\n"])
def test_headers_that_begin_like_binary_files(write, opened, rows, start):
    assert rows(opened(write(start))) == [("1", "Pro")]


def test_zip_archives_are_refused_with_advice(tmp_path, opened):
    import zipfile

    path = tmp_path / "export.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("export.csv", TEXT)
    error = refused(opened, path)
    assert error.code == "read.binary"
    assert "Unpack" in error.hint
    path.write_bytes(path.read_bytes()[:40])
    assert refused(opened, path).code == "read.corrupt"


def test_empty_file(write, opened):
    assert refused(opened, write(b"")).code == "read.empty-file"
    assert refused(opened, write(b"\n\n  \n")).code == "read.empty-file"
    assert refused(opened, write(gzip.compress(b""))).code == "read.empty-file"


def test_missing_file_and_what_was_meant(write, opened, tmp_path):
    write(TEXT, "churn_export.csv")
    error = refused(opened, str(tmp_path / "churn_exprot.csv"))
    assert error.code == "read.not-found"
    assert '"churn_export.csv"' in error.hint
    assert "no folder" in refused(opened, str(tmp_path / "no" / "x.csv")).hint


def test_folder(write, opened, tmp_path):
    write(TEXT)
    error = refused(opened, tmp_path)
    assert error.code == "read.directory"
    assert "*.csv" in error.hint


def test_file_that_must_not_be_read(write, opened, monkeypatch):
    path = write(TEXT)

    def deny(self, *_args, **_options):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", deny)
    assert refused(opened, path).code == "read.permission"


def test_device(opened):
    assert refused(opened, "/dev/zero").code == "read.not-a-file"


@pytest.mark.parametrize(
    "url", ["https://example.com/x.csv", "s3://bucket/x.csv", "file:///etc/passwd"]
)
def test_addresses_are_refused(opened, url):
    assert refused(opened, url).code == "read.url"


@pytest.mark.parametrize("path", ["a\0b.csv", "x" * 5000])
def test_names_that_no_file_can_have(opened, path):
    assert refused(opened, path).code in ("read.not-found", "read.failed")


def test_standard_input(opened, rows, monkeypatch):
    stream = io.TextIOWrapper(io.BytesIO(gzip.compress(TEXT)))
    monkeypatch.setattr(sys, "stdin", stream)
    source = opened("-")
    assert source.name == "<stdin>"
    assert rows(source) == CELLS
    assert source.sha256() == hashlib.sha256(gzip.compress(TEXT)).hexdigest()


def test_standard_input_from_the_keyboard(opened, monkeypatch):
    class Keyboard(io.BytesIO):
        def isatty(self):
            return True

    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(Keyboard()))
    assert refused(opened, "-").code == "read.stdin"


def test_pipe(opened, rows, tmp_path):
    import threading

    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    threading.Thread(target=lambda: pipe.write_bytes(TEXT)).start()
    assert rows(opened(pipe)) == CELLS


def test_formats_by_name(write, opened):
    error = refused(opened, write(TEXT), input_format="exel")
    assert error.code == "read.input-format"
    assert isinstance(error, UsageError)
    assert refused(opened, write(TEXT), input_format="xlsx").code == "read.corrupt"
    assert refused(opened, write(TEXT), input_format="parquet").code == "read.corrupt"
    assert refused(opened, write(TEXT), input_format="json").code in (
        "read.corrupt", "read.json-shape"
    )  # fmt: skip


# Several files


def months(write):
    write("id,plan\n1,Pro\n2,Basic\n", "2026-01.csv")
    write("\n\nPlan;ID\nPro;3\n\nBasic;4\n", "2026-02.csv")
    write("id\tplan\n5\tPro\n", "2026-03.csv")


def test_a_glob_reads_files_of_one_shape_in_order(write, opened, rows, tmp_path):
    months(write)
    source = opened(str(tmp_path / "2026-*.csv"))
    assert source.name == "2026-01.csv, 2026-02.csv, 2026-03.csv"
    assert rows(source) == [
        ("1", "Pro"),
        ("2", "Basic"),
        ("3", "Pro"),
        ("4", "Basic"),
        ("5", "Pro"),
    ]
    assert source.facts["files"] == "3"
    assert [source.place(position) for position in (1, 3, 4, 5)] == [
        "2026-01.csv, row 2",
        "2026-02.csv, row 4",
        "2026-02.csv, row 6",
        "2026-03.csv, row 2",
    ]
    assert len(source.paths) == 3
    parts = [(tmp_path / f"2026-0{month}.csv").read_bytes() for month in (1, 2, 3)]
    assert source.sha256() == hashlib.sha256(b"".join(parts)).hexdigest()


def test_findings_of_several_files_name_the_file(write, opened, tmp_path):
    months(write)
    write("id,plan\n6\n", "2026-04.csv")
    source = opened(str(tmp_path / "2026-*.csv"))
    (finding,) = source.findings
    assert finding.message.startswith("2026-04.csv: 1 row has fewer cells")
    assert source.name == "2026-01.csv and 3 more files"


def test_a_file_named_twice_is_read_once(write, opened, rows, tmp_path):
    months(write)
    source = opened([str(tmp_path / "2026-01.csv"), str(tmp_path / "*-01.csv")])
    assert rows(source) == CELLS
    assert [finding.code for finding in source.findings] == ["same-file"]


def test_different_columns_are_listed_for_every_file(write, opened, tmp_path):
    months(write)
    write("id,region\n6,North\n", "2026-04.csv")
    write("id,plan,mrr\n6,Pro,5\n", "2026-05.csv")
    error = refused(opened, str(tmp_path / "2026-*.csv"))
    assert [(p.code, p.where) for p in error.problems] == [
        ("read.different-columns", "2026-04.csv"),
        ("read.different-columns", "2026-05.csv"),
    ]
    assert 'lacks "plan" and it has "region"' in error.problems[0].message
    assert '"mrr"' in error.problems[1].message


def test_all_files_that_cannot_be_read_are_named(write, opened, tmp_path):
    months(write)
    write(b"", "2026-04.csv")
    write(b"%PDF-1.7", "2026-05.csv")
    error = refused(opened, str(tmp_path / "*.csv"))
    assert [problem.code for problem in error.problems] == ["read.empty-file", "read.binary"]
    error = refused(opened, [str(tmp_path / "x.csv"), tmp_path, "https://example.com/x"])
    assert [problem.code for problem in error.problems] == [
        "read.not-found", "read.directory", "read.url"
    ]  # fmt: skip


def test_a_glob_without_match(opened, tmp_path):
    assert refused(opened, str(tmp_path / "*.csv")).code == "read.no-match"


def test_no_file_at_all(opened):
    assert refused(opened, []).code == "read.no-file"


def test_mending_one_of_several_files(write, opened, engine, tmp_path):
    lines = "".join(f"{number},Pro\n" for number in range(20_000))
    write(f"id,plan\n{lines}", "1.csv")
    write(f"id,plan\n{lines}7\n", "2.csv")
    source = opened(str(tmp_path / "*.csv"))
    assert source.mend()
    assert engine.rows(f"SELECT count(*) FROM {source.relation}") == [(40_001,)]
    assert [finding.code for finding in source.findings] == ["short-rows"]


def test_nothing_is_left_behind(write, tmp_path):
    with DuckDB() as engine:
        folder = engine.folder
        with pytest.raises(ReadError):
            open_source(str(write(b"\x1f\x8bxx")), ReadOptions(), engine)
        assert list(folder.iterdir()) == []
    assert not folder.exists()
    assert [path.name for path in tmp_path.iterdir()] == ["export.csv"]
