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


@pytest.mark.parametrize("line", [each for each in _commands() if each not in WALKED])
def test_a_command_of_the_readme_works(line: str, tmp_path: Path) -> None:
    (tmp_path / "sample_data").symlink_to(ROOT / "sample_data", target_is_directory=True)
    words = [sys.executable, "-m", "dmaic", *shlex.split(line)[1:]]
    done = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout or "--chart" in line


def test_every_command_of_the_readme_is_found() -> None:
    assert len(_commands()) >= 15
