"""A template from a folder: its files and no others, none from outside."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from tests.unit.engagements.conftest import BASE, Make

from dmaic.engagements.find import load_package
from dmaic.engagements.package import LARGEST_FILE, Collector
from dmaic.errors import DataError


def refused(word: Path | str) -> DataError:
    with pytest.raises(DataError) as caught:
        load_package(str(word))
    return caught.value


def test_the_files_of_a_template_are_taken_and_others_passed_over(make: Make) -> None:
    folder = make(
        {
            "template.yaml": BASE,
            "reports/phase.md.j2": "x",
            "documents/charter.yaml": "problem: x",
            "style/logo.png": b"png",
            "hooks.py": "import os",
            "reports/run.sh": "rm",
            ".git/config": "x",
            "node_modules/x/y.js": "x",
        }
    )
    found = load_package(str(folder))
    assert sorted(found.files) == [
        "documents/charter.yaml", "reports/phase.md.j2", "style/logo.png", "template.yaml"
    ]  # fmt: skip
    assert found.foreign == ("hooks.py", "node_modules", "reports/run.sh")
    assert found.within("reports") == {"phase.md.j2": b"x"}
    assert load_package(str(folder / "template.yaml")).files == found.files


@pytest.mark.parametrize("path", ["template.yaml", "style.toml", "documents/charter.yaml"])
def test_a_link_in_the_place_of_a_file_is_refused(make: Make, tmp_path: Path, path: str) -> None:
    folder = make({"template.yaml": BASE, "documents/raci.yaml": "x: y"})
    secret = tmp_path / "secret"
    secret.write_text(BASE)
    (folder / path).unlink(missing_ok=True)
    (folder / path).symlink_to(secret)
    assert refused(f"{folder}/").code == "template.path"


def test_a_folder_that_is_a_link_is_refused(make: Make, tmp_path: Path) -> None:
    folder = make({"template.yaml": BASE})
    (folder / "reports").symlink_to(tmp_path, target_is_directory=True)
    assert refused(folder).code == "template.path"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes here")
def test_a_pipe_is_not_waited_for(make: Make) -> None:
    folder = make({"template.yaml": BASE, "reports/x.md.j2": ""})
    os.mkfifo(folder / "reports" / "y.md.j2")
    error = refused(folder)
    assert (error.code, error.where) == ("template.read", f"{folder}/reports/y.md.j2")


def test_a_file_that_is_too_large_is_named(make: Make) -> None:
    folder = make({"template.yaml": BASE, "style/logo.png": b"x" * (LARGEST_FILE + 1)})
    error = refused(folder)
    assert error.code == "template.size"
    assert error.where.endswith("style/logo.png")


def test_too_many_files_are_refused(make: Make) -> None:
    many = {f"reports/r{number}.md.j2": "x" for number in range(400)}
    assert refused(make({"template.yaml": BASE, **many})).code == "template.size"


def test_a_folder_without_a_template_is_none(make: Make) -> None:
    error = refused(make({"README.md": "hello"}))
    assert error.code == "template.read"
    assert "There is no template.yaml in it" in error.message


@pytest.mark.parametrize("name", ["\u202eevil", "a\u200bb", "\udcff\udcfe", "\ufffe"])
def test_a_name_with_signs_that_nobody_sees_is_refused(name: str) -> None:
    collector = Collector("own", "own")
    with pytest.raises(DataError, match="nobody sees") as caught:
        collector.wants(f"reports/{name}.md.j2")
    assert caught.value.code == "template.path"


def test_names_that_differ_only_in_how_accents_are_written_are_one() -> None:
    collector = Collector("own", "own")
    assert collector.wants("reports/caf\u00e9.md.j2")
    with pytest.raises(DataError, match="twice"):
        collector.wants("reports/cafe\u0301.md.j2")
