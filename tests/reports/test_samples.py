"""The sample reports under docs/ are those that the worked case gives now."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from pathlib import Path
from runpy import run_path

import pytest

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "docs" / "samples"
MAKER = run_path(str(ROOT / "docs" / "make_samples.py"))
NAMES = [f"{kind}.{format}" for kind, format in MAKER["SAMPLES"]]
PART = re.compile(r"(document|slide\d+)\.xml$")
MOST = 4_000_000
"""Bytes of all of them together."""


def _text(path: Path) -> str:
    """The words of a document, without what differs at every run of the case: ids and hashes."""
    if path.suffix == ".pdf":
        if shutil.which("pdftotext") is None:
            pytest.skip("pdftotext is not installed")
        done = subprocess.run(["pdftotext", "-raw", path, "-"], capture_output=True, check=True)
        text = done.stdout.decode()
    elif path.suffix == ".html":
        # The words stand outside of the figures, whose paths are too long to compare in a test.
        text = re.sub(r"data:[^\"']+", "", path.read_text("utf-8"))
        text = re.sub(r"<[^>]+>", " ", re.sub(r"(?s)<(svg|script|style).*?</\1>", " ", text))
    else:
        with zipfile.ZipFile(path) as whole:
            parts = sorted(name for name in whole.namelist() if PART.search(name))
            text = " ".join(whole.read(name).decode() for name in parts)
        text = re.sub(r"<[^>]+>", " ", text)
    return " ".join(re.sub(r"\b[0-9a-f]{12,64}\b", "#", text).split())


@pytest.mark.slow
def test_the_samples_are_made_of_the_worked_case_as_it_is(
    worked_case: Path, tmp_path: Path
) -> None:
    MAKER["make"](tmp_path, worked_case)
    for name in NAMES:
        assert _text(SAMPLES / name) == _text(tmp_path / name), (
            f"{name} is out of date: python docs/make_samples.py"
        )


def test_the_samples_are_small_and_the_readme_names_each() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    assert {path.name for path in SAMPLES.iterdir()} == set(NAMES)
    assert sum(path.stat().st_size for path in SAMPLES.iterdir()) < MOST
    for name in NAMES:
        assert f"(docs/samples/{name})" in readme
