"""Streams and special files: full, closed, or never ending."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(os.name == "nt", reason="POSIX devices and pipes")

CSV = "id,segment,churned\n" + "".join(f"{n},{'AB'[n % 2]},{'yn'[n % 3 > 0]}\n" for n in range(60))


def shell(command: str, folder: Path) -> subprocess.CompletedProcess[bytes]:
    (folder / "b.csv").write_text(CSV)
    line = command.replace("DMAIC", f"{sys.executable} -m dmaic")
    return subprocess.run(
        ["sh", "-c", line], cwd=folder, capture_output=True, timeout=60, check=False
    )


def test_a_full_disk_at_standard_output_is_told(tmp_path: Path) -> None:
    for words in ("", "--json", "--format csv"):
        ran = shell(f"DMAIC pareto b.csv --by segment {words} >/dev/full", tmp_path)
        assert ran.returncode == 1
        assert b"error write.failed" in ran.stderr
        assert b"Traceback" not in ran.stderr


@pytest.mark.parametrize(("closed", "status"), [(">&-", 0), ("2>&-", 0), (">&- 2>&- <&-", 0)])
def test_closed_streams_are_no_bug(tmp_path: Path, closed: str, status: int) -> None:
    ran = shell(f"DMAIC pareto b.csv --by segment -o out.json {closed}", tmp_path)
    assert ran.returncode == status
    assert b"Traceback" not in ran.stderr
    assert (tmp_path / "out.json").stat().st_size > 100
    assert (tmp_path / "b.csv").read_text() == CSV


def test_nothing_on_standard_input_is_told(tmp_path: Path) -> None:
    ran = shell("DMAIC pareto - --by segment <&-", tmp_path)
    assert ran.returncode == 2
    assert b"error read.stdin" in ran.stderr


def test_a_glob_waits_for_no_pipe(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "b.pipe")
    ran = shell("DMAIC pareto 'b.*' --by segment --json", tmp_path)
    assert ran.returncode == 0, ran.stderr
    assert b'"total_exposure": 60' in ran.stdout or b'"total_exposure":60' in ran.stdout


@pytest.mark.parametrize(
    ("place", "code"),
    [("/dev/zero", "read.not-a-file"), ("/dev/null", "read.not-a-file"), (".", "read.directory"),
     ("loop", "read.failed"), ("dangling", "read.not-found"), ("nowhere.csv", "read.not-found"),
     ("s3://bucket/x.csv", "read.url"), ("x*y.csv", "read.no-match"), ("n" * 5000, "read.failed")],
)  # fmt: skip
def test_what_is_no_file_is_told(run, tmp_path: Path, monkeypatch, place: str, code: str) -> None:
    monkeypatch.chdir(tmp_path)
    Path("loop").symlink_to("loop")
    Path("dangling").symlink_to("nothing")
    for command in (("pareto", place, "--by", "segment"), ("inspect", place)):
        ran = run(*command)
        assert ran.status == 1
        assert f"error {code}" in ran.err
        assert ran.out == ""


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"", "read.empty-file"), (b" \n\n", "read.empty-file"), (b"\xef\xbb\xbf", "read.empty-file"),
     (b"id,segment,churned\n", "read.no-rows"), (b"\x89PNG\r\n\x1a\n" + bytes(99), "read.binary"),
     (b"%PDF-1.7\n1 0 obj\n", "read.binary"), (b"MZ\x90\x00\x03" + bytes(99), "read.binary"),
     (b"SQLite format 3\x00" + bytes(99), "read.binary"),
     (b"PK\x03\x04" + bytes(99), "read.corrupt"),
     (b"PAR1" + bytes(99) + b"PAR1", "read.corrupt"), (b'[{"a":1},{"a":', "read.corrupt"),
     (b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03K", "read.truncated"),
     (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(999), "read.corrupt"),
     (b'[["id"],[1]]', "read.json-shape"), (b"[" * 100_000, "read.corrupt")],
)  # fmt: skip
def test_files_that_are_no_tables_are_told(run, tmp_path: Path, content: bytes, code: str) -> None:
    for name in ("export.csv", "export.xlsx"):
        (tmp_path / name).write_bytes(content)
        for command in (
            ("pareto", tmp_path / name, "--by", "segment"),
            ("inspect", tmp_path / name),
        ):
            ran = run(*command)
            assert ran.status == 1, ran.err
            assert f"error {code}" in ran.err, ran.err
            assert ran.out == ""
