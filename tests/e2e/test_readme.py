"""The commands of the README are typed as they stand there, and work."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BLOCK = re.compile(r"^```(?P<language>\w*)\n(?P<lines>.*?)^```$", re.MULTILINE | re.DOTALL)


def _commands() -> list[str]:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    blocks = [each["lines"] for each in BLOCK.finditer(text) if not each["language"]]
    lines = [line for block in blocks for line in block.splitlines()]
    # Those that install, or go on in another folder, are played by other tests.
    return [line for line in lines if line.startswith("dmaic ") and "&&" not in line]


WALKED = ("dmaic walk", "dmaic status")
"""They need an engagement; the tests of the tutorial play them."""

AFTER_THE_DEMO = ("dmaic report ", "dmaic template ")
"""They are typed one after the other in the folder that the demo made."""


@pytest.mark.parametrize(
    "line",
    [each for each in _commands() if each not in WALKED and not each.startswith(AFTER_THE_DEMO)],
)
def test_a_command_of_the_readme_works(line: str, tmp_path: Path) -> None:
    (tmp_path / "sample_data").symlink_to(ROOT / "sample_data", target_is_directory=True)
    words = [sys.executable, "-m", "dmaic", *shlex.split(line)[1:]]
    done = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout or "--chart" in line


@pytest.mark.slow
def test_reports_and_templates_of_the_readme_work(tmp_path: Path) -> None:
    python = [sys.executable, "-m", "dmaic"]
    subprocess.run([*python, "demo", "demo", "-q"], cwd=tmp_path, check=True, capture_output=True)
    lines = [each for each in _commands() if each.startswith(AFTER_THE_DEMO)]
    assert len(lines) >= 6
    for line in lines:
        words = [*python, *shlex.split(line)[1:]]
        done = subprocess.run(
            words, cwd=tmp_path / "demo", capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, (line, done.stderr)


def test_every_command_of_the_readme_is_found() -> None:
    assert len(_commands()) >= 15
