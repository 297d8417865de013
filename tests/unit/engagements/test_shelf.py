"""Templates written to disk: whole, or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from dmaic.engagements.package import Package
from dmaic.engagements.shelf import write_folder
from dmaic.errors import OutputError

PACKAGE = Package("own", "own", {"template.yaml": b"name: own\n", "reports/a.md.j2": b"text\n"})


def test_a_folder_is_written_with_all_that_is_above_it(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "own"
    write_folder(PACKAGE, folder)
    assert {str(each.relative_to(folder)) for each in folder.rglob("*") if each.is_file()} == {
        *PACKAGE.files
    }
    assert [*folder.parent.iterdir()] == [folder]


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_nothing_is_left_of_one_that_was_not_written_to_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    def fails(path: Path, content: bytes) -> None:
        if path.name == "template.yaml":
            raise error
        path.write_bytes(content)

    monkeypatch.setattr("dmaic.engagements.shelf.write_bytes", fails)
    with pytest.raises((OutputError, KeyboardInterrupt)):
        write_folder(PACKAGE, tmp_path / "own")
    assert [*tmp_path.iterdir()] == []
