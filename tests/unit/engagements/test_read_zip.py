"""A template from a zip file that may be made to harm."""

from __future__ import annotations

import io
import stat
import struct
import time
import zipfile
from pathlib import Path

import pytest
from tests.unit.engagements.conftest import BASE

from dmaic.engagements.find import load_package
from dmaic.engagements.package import LARGEST_FILE
from dmaic.errors import DataError


def packed(path: Path, *entries: tuple[str | zipfile.ZipInfo, str | bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in entries:
            file.writestr(name, content)
    return path


def refused(path: Path) -> DataError:
    with pytest.raises(DataError) as caught:
        load_package(str(path))
    return caught.value


def test_it_is_read_with_a_folder_around_it_or_without(tmp_path: Path) -> None:
    flat = packed(tmp_path / "a.zip", ("template.yaml", BASE), ("reports/x.md.j2", "x"))
    around = packed(
        tmp_path / "b.zip", ("own-1.0/template.yaml", BASE), ("own-1.0/reports/x.md.j2", "x")
    )
    assert load_package(str(flat)).files == load_package(str(around)).files
    assert sorted(load_package(str(flat)).files) == ["reports/x.md.j2", "template.yaml"]


@pytest.mark.parametrize(
    "name",
    [
        "../template.yaml",
        "reports/../../x.md.j2",
        "/etc/x.yaml",
        "reports//x.md.j2",
        "./x.md.j2",
        "C:/x.yaml",
        "reports\\..\\x.md.j2",
        "reports/x\x1b.md.j2",
        "a/" * 150 + "x.yaml",
    ],
)
def test_a_path_that_may_lead_outside_is_refused(tmp_path: Path, name: str) -> None:
    entry = zipfile.ZipInfo()
    entry.filename = name
    path = packed(tmp_path / "a.zip", ("template.yaml", BASE), (entry, "x"))
    error = refused(path)
    assert error.code == "template.path"
    assert "\x1b" not in error.message
    assert sorted(each.name for each in tmp_path.iterdir()) == ["a.zip"]


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR])
def test_a_link_or_a_device_is_refused(tmp_path: Path, kind: int) -> None:
    link = zipfile.ZipInfo("style.toml")
    link.external_attr = (kind | 0o777) << 16
    path = packed(tmp_path / "a.zip", ("template.yaml", BASE), (link, "/etc/passwd"))
    assert refused(path).code == "template.path"


def test_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    path = packed(
        tmp_path / "a.zip", ("template.yaml", BASE), ("style/logo.png", b"\0" * 200_000_000)
    )
    assert path.stat().st_size < 300_000
    begun = time.perf_counter()
    error = refused(path)
    assert error.code == "template.size"
    assert time.perf_counter() - begun < 2


def test_bytes_are_counted_whatever_the_file_says_of_them(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.zip", ("template.yaml", BASE), ("style/a.png", b"\0" * 50_000_000))
    raw = path.read_bytes()
    length = struct.pack("<I", 50_000_000)
    path.write_bytes(raw.replace(length, struct.pack("<I", 10)))
    assert refused(path).code in ("template.size", "template.package")


def test_many_files_that_fit_are_too_much_together(tmp_path: Path) -> None:
    part = b"\0" * (LARGEST_FILE - 1)
    many = [(f"style/{number}.png", part) for number in range(6)]
    path = packed(tmp_path / "a.zip", ("template.yaml", BASE), *many)
    assert refused(path).code == "template.size"


def test_thousands_of_entries_are_refused(tmp_path: Path) -> None:
    many = [(f"x{number}", "") for number in range(5_100)]
    assert (
        refused(packed(tmp_path / "a.zip", ("template.yaml", BASE), *many)).code == "template.size"
    )


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("second", ["template.yaml", "Template.YAML"])
def test_a_file_that_stands_there_twice_is_refused(tmp_path: Path, second: str) -> None:
    path = packed(tmp_path / "a.zip", ("template.yaml", BASE), (second, "name: other"))
    assert refused(path).code == "template.package"


def test_an_encrypted_file_is_refused(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.zip", ("template.yaml", BASE))
    raw = bytearray(path.read_bytes())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        raw[raw.index(mark) + place] |= 1
    path.write_bytes(bytes(raw))
    assert refused(path).code == "template.package"


@pytest.mark.parametrize("cut", [0, 1, 30, 200, -1, -10, -60])
def test_a_damaged_one_is_told_of(tmp_path: Path, cut: int) -> None:
    path = packed(tmp_path / "a.zip", ("template.yaml", BASE))
    path.write_bytes(path.read_bytes()[:cut])
    assert refused(path).code == "template.package"


def test_what_is_no_zip_is_none(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(b"hello")
    assert refused(path).code == "template.package"
    stream = io.BytesIO()
    zipfile.ZipFile(stream, "w").close()
    path.write_bytes(stream.getvalue())
    assert refused(path).code == "template.read"


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_other_ways_to_compress_are_refused(tmp_path: Path, method: int) -> None:
    path = tmp_path / "own.zip"
    with zipfile.ZipFile(path, "w", method) as file:
        file.writestr("template.yaml", BASE)
    error = refused(path)
    assert error.code == "template.package"
    assert "unusual way" in error.message


def test_an_entry_without_a_name_is_refused(tmp_path: Path) -> None:
    path = packed(tmp_path / "own.zip", ("template.yaml", BASE), ("x", ""))
    raw = path.read_bytes()
    place = raw.rindex(b"x", 0, raw.rindex(b"PK\5\6"))
    path.write_bytes(raw[:place] + b"\0" + raw[place + 1 :])
    assert refused(path).code in ("template.package", "template.path")
