"""`dmaic.toml`: written with comments, and edited by one line only."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dmaic.errors import StoreError
from dmaic.project.engagement.home import Settings, read_settings
from dmaic.project.engagement.settings_file import set_project, settings_text


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0")))
def test_any_text_is_read_back_as_it_was(text: str) -> None:
    settings = Settings(name=text, project=text)
    assert Settings.model_validate(tomllib.loads(settings_text(settings))) == settings


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('project = ""\n', 'project = "k3"\n'),
        ('# mine\nname = "x"\n project= \'old\'  # why\ncurrency = "EUR"\n',
         '# mine\nname = "x"\n project= "k3"  # why\ncurrency = "EUR"\n'),
        ('project = "a \\" # b" # c\r\nname = "x"\r\n', 'project = "k3" # c\r\nname = "x"\r\n'),
        ('# project = "old"\nname = "x"', 'project = "k3"\n# project = "old"\nname = "x"'),
        ("", 'project = "k3"\n'),
    ],
)  # fmt: skip
def test_only_the_line_of_the_project_changes(tmp_path: Path, before: str, after: str) -> None:
    path = tmp_path / "dmaic.toml"
    path.write_bytes(before.encode())
    set_project(tmp_path, "k3")
    assert path.read_bytes().decode() == after
    assert read_settings(tmp_path).project == "k3"


def test_a_missing_file_is_made(tmp_path: Path) -> None:
    set_project(tmp_path, "k3")
    assert read_settings(tmp_path).project == "k3"


@pytest.mark.parametrize(
    "text",
    [
        'project = """\nold"""\n',
        '[mine]\nproject = "x"\n',
        'name = "a\nproject = "x"\n',
        'name = """\nproject = "x"\n"""\n',
    ],
    ids=["over lines", "in a table", "broken", "within another text"],
)
def test_a_file_written_in_another_way_is_left_alone(tmp_path: Path, text: str) -> None:
    path = tmp_path / "dmaic.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(StoreError, match="not changed"):
        set_project(tmp_path, "k3")
    assert path.read_text("utf-8") == text


def test_a_file_that_is_no_text_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "dmaic.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(StoreError):
        set_project(tmp_path, "k3")
