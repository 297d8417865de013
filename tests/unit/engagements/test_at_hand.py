"""Which version of a template is at hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from dmaic.engagements.at_hand import newer_version


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DMAIC_CONFIG_DIR", str(tmp_path))
    (tmp_path / "templates" / "ours").mkdir(parents=True)
    return tmp_path / "templates" / "ours"


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("name: ours\nversion: 1.10.0\n", "1.10.0"),
        ("version: '2.0.0'  # the newest\n", "2.0.0"),
        ("version: 1.9.0\n", ""),
        ("version: 1.8.9\n", ""),
        ("version: newest\n", ""),
        ("x: 1\n" * 10_000 + "version: 2.0.0\n", ""),
    ],
)
def test_only_a_newer_version_is_told(shelf: Path, said: str, found: str) -> None:
    (shelf / "template.yaml").write_text(said, "utf-8")
    assert newer_version("ours", "1.9.0") == found


def test_a_built_in_one_is_known_whatever_is_called_so(shelf: Path) -> None:
    shelf.rename(shelf.with_name("quick-win"))
    text = "version: 99.0.0\n"
    (shelf.with_name("quick-win") / "template.yaml").write_text(text, "utf-8")
    assert newer_version("quick-win", "0.1.0") not in ("", "99.0.0")


@pytest.mark.parametrize("name", ["../ours", "", "/etc", "ours/../ours", "\\\\host\\share"])
def test_a_record_leads_to_no_other_place(shelf: Path, name: str) -> None:
    (shelf / "template.yaml").write_text("version: 9.0.0\n", "utf-8")
    assert newer_version(name, "1.0.0") == ""
