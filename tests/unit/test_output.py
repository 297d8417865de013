from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from dmaic.errors import OutputError
from dmaic.output import whole_file, write_bytes, write_text


def code(path: Path) -> str:
    with pytest.raises(OutputError) as caught:
        write_text(path, "x")
    assert str(path) in caught.value.where
    assert caught.value.hint
    return caught.value.code


def test_writes_and_replaces(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    write_text(path, "one\n")
    write_bytes(path, b"two\r\n")
    assert path.read_bytes() == b"two\r\n"
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.csv"]


@pytest.mark.parametrize("error", [KeyboardInterrupt, SystemExit, ValueError])
def test_leaves_nothing_when_interrupted(tmp_path: Path, error: type[BaseException]) -> None:
    path = tmp_path / "a.csv"
    path.write_text("before")

    def write_half() -> None:
        with whole_file(path) as draft:
            draft.write_text("half")
            assert stat.S_IMODE(draft.stat().st_mode) == 0o600
            raise error

    with pytest.raises(error):
        write_half()
    assert path.read_text() == "before"
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.csv"]


def test_an_error_while_writing_is_told(tmp_path: Path) -> None:
    def write_to_full_disk() -> None:
        with whole_file(tmp_path / "a.csv"):
            raise OSError(28, "No space left on device")

    with pytest.raises(OutputError, match="no space left") as caught:
        write_to_full_disk()
    assert caught.value.code == "write.failed"
    assert not list(tmp_path.iterdir())


def test_refuses_a_folder(tmp_path: Path) -> None:
    assert code(tmp_path) == "write.directory"


def test_refuses_a_missing_folder(tmp_path: Path) -> None:
    assert code(tmp_path / "no" / "a.csv") == "write.no-folder"


def test_a_name_that_is_too_long_is_told(tmp_path: Path) -> None:
    assert code(tmp_path / ("x" * 400)) == "write.failed"
    assert not list(tmp_path.iterdir())


def test_a_write_protected_file_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.csv"
    path.write_text("kept")
    # Root may write anywhere, so the answer of the system is given here.
    monkeypatch.setattr(os, "access", lambda *_: False)
    assert code(path) == "write.not-allowed"
    assert path.read_text() == "kept"


def test_keeps_the_mode_of_a_file_and_follows_the_mask_for_a_new_one(tmp_path: Path) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    old.write_text("x")
    old.chmod(0o640)
    mask = os.umask(0o027)
    try:
        write_text(old, "y")
        write_text(new, "y")
    finally:
        os.umask(mask)
    assert stat.S_IMODE(old.stat().st_mode) == 0o640
    assert stat.S_IMODE(new.stat().st_mode) == 0o640


def test_follows_a_link(tmp_path: Path) -> None:
    target, link = tmp_path / "target", tmp_path / "link"
    target.write_text("x")
    link.symlink_to(target)
    write_text(link, "y")
    assert link.is_symlink()
    assert target.read_text() == "y"


def test_writes_to_a_device() -> None:
    write_text("/dev/null", "x")
    assert Path("/dev/null").is_char_device()
