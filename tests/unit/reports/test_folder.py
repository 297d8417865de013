from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from dmaic.errors import ConflictError, OutputError
from dmaic.reports.folder import LIST, write_files


def names(folder: Path) -> set[str]:
    return {str(each.relative_to(folder)) for each in folder.rglob("*") if each.is_file()}


def test_files_are_written_with_their_folders_and_listed(tmp_path: Path) -> None:
    write_files(tmp_path / "a" / "b", {"x.md": b"one", "x-figures/y.svg": b"two"})
    assert names(tmp_path / "a" / "b") == {"x.md", "x-figures/y.svg", LIST}
    lines = (tmp_path / "a" / "b" / LIST).read_text().splitlines()
    assert f"{hashlib.sha256(b'one').hexdigest()}  x.md" in lines


def test_a_report_is_made_anew(tmp_path: Path) -> None:
    write_files(tmp_path, {"x.md": b"one"})
    write_files(tmp_path, {"x.md": b"two"})
    assert (tmp_path / "x.md").read_bytes() == b"two"


def test_what_somebody_changed_is_kept_and_nothing_else_is_written(tmp_path: Path) -> None:
    write_files(tmp_path, {"x.docx": b"one", "x.md": b"one"})
    (tmp_path / "x.docx").write_bytes(b"with comments")
    with pytest.raises(ConflictError) as caught:
        write_files(tmp_path, {"x.docx": b"two", "x.md": b"two"})
    assert caught.value.code == "report.changed"
    assert "x.docx" in caught.value.message
    assert (tmp_path / "x.docx").read_bytes() == b"with comments"
    assert (tmp_path / "x.md").read_bytes() == b"one"
    write_files(tmp_path, {"x.docx": b"two"}, replace=True)
    assert (tmp_path / "x.docx").read_bytes() == b"two"


def test_a_file_of_somebody_s_own_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / "x.md").write_bytes(b"my notes")
    with pytest.raises(ConflictError):
        write_files(tmp_path, {"x.md": b"report"})
    assert (tmp_path / "x.md").read_bytes() == b"my notes"


def test_the_same_content_is_no_conflict(tmp_path: Path) -> None:
    (tmp_path / "x.md").write_bytes(b"report")
    write_files(tmp_path, {"x.md": b"report"})


def test_figures_of_an_earlier_run_go_unless_they_were_changed(tmp_path: Path) -> None:
    write_files(tmp_path, {"x.md": b"", "x-figures/old.svg": b"o", "x-figures/mine.svg": b"m",
                           "y-figures/old.svg": b"y"})  # fmt: skip
    (tmp_path / "x-figures" / "mine.svg").write_bytes(b"changed")
    write_files(tmp_path, {"x.md": b"", "x-figures/new.svg": b"n"})
    assert names(tmp_path) == {
        "x.md", "x-figures/new.svg", "x-figures/mine.svg", "y-figures/old.svg", LIST
    }  # fmt: skip


def test_a_format_that_is_not_made_this_time_stays(tmp_path: Path) -> None:
    write_files(tmp_path, {"x.md": b"", "x-figures/a.svg": b"a"})
    write_files(tmp_path, {"x.html": b""})
    assert names(tmp_path) == {"x.md", "x-figures/a.svg", "x.html", LIST}


def test_pages_of_a_site_that_are_no_longer_made_go_with_their_folder(tmp_path: Path) -> None:
    write_files(tmp_path, {"index.html": b"", "gone/project.html": b"", "portfolio.pdf": b""})
    write_files(tmp_path, {"index.html": b""}, owned=lambda name: name.endswith(".html"))
    assert names(tmp_path) == {"index.html", "portfolio.pdf", LIST}
    assert not (tmp_path / "gone").exists()


@pytest.mark.parametrize("name", ["../outside.svg", "/tmp/outside.svg", "a\\..\\..\\x"])
def test_a_list_that_was_tampered_with_removes_nothing_outside(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "reports"
    (tmp_path / "outside.svg").write_bytes(b"keep")
    write_files(folder, {"x.md": b""})
    with (folder / LIST).open("a") as file:
        file.write(f"{hashlib.sha256(b'keep').hexdigest()}  {name}\n")
    write_files(folder, {"x.md": b""}, owned=lambda name: True)
    assert (tmp_path / "outside.svg").read_bytes() == b"keep"


def test_a_list_that_is_no_text_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / LIST).write_bytes(b"\xff\xfe")
    write_files(tmp_path, {"x.md": b"one"})
    assert (tmp_path / "x.md").read_bytes() == b"one"


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(OutputError) as caught:
        write_files(tmp_path / "file" / "reports", {"x.md": b""})
    assert caught.value.code == "write.no-folder"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names here")
def test_what_has_no_end_is_somebody_s_own_and_is_not_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "x.md")
    os.mkfifo(tmp_path / LIST)
    (tmp_path / "y.md").symlink_to("/dev/zero")
    for name in ("x.md", "y.md"):
        with pytest.raises(ConflictError) as caught:
            write_files(tmp_path, {name: b"report"})
        assert caught.value.code == "report.changed"


def test_a_folder_that_cannot_be_is_told_as_that(tmp_path: Path) -> None:
    with pytest.raises(OutputError):
        write_files(tmp_path / ("a" * 300), {"x.md": b"report"})


def test_a_run_that_ended_half_way_leaves_nothing_that_is_taken_for_somebody_s_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_files(tmp_path, {"a.md": b"one", "b.md": b"one"})

    def fails(path: Path, content: bytes) -> None:
        if path.name == "b.md":
            raise KeyboardInterrupt
        path.write_bytes(content)

    with monkeypatch.context() as half:
        half.setattr("dmaic.reports.folder.write_bytes", fails)
        with pytest.raises(KeyboardInterrupt):
            write_files(tmp_path, {"a.md": b"two", "b.md": b"two"})
    write_files(tmp_path, {"a.md": b"three", "b.md": b"three"})
    assert {(tmp_path / name).read_bytes() for name in ("a.md", "b.md")} == {b"three"}
    assert len((tmp_path / LIST).read_text().splitlines()) == 2
