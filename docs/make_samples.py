"""Makes the sample reports of docs/samples anew, from the worked case.

python docs/make_samples.py
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

FOLDER = Path(__file__).resolve().parent / "samples"
SAMPLES = (
    ("executive", "pdf"),
    ("a3", "pdf"),
    ("analyze", "html"),
    ("define", "docx"),
    ("improve", "pptx"),
)
DAY = "2026-01-30"
"""The last day of the worked case."""


def make(folder: Path, engagement: Path) -> None:
    """Make every sample.

    Args:
        folder: where the files go.
        engagement: the worked case, as `dmaic demo` builds it.
    """
    for kind, format in SAMPLES:
        _run("report", kind, "--db", str(engagement), "-p", "Cut estimator churn",
             "-o", str(folder / f"{kind}.{format}"), "--replace")  # fmt: skip


def _run(*words: str) -> None:
    command = [sys.executable, "-m", "dmaic", *words, "--quiet"]
    subprocess.run(command, check=True, env={**os.environ, "DMAIC_TODAY": DAY})


def main() -> None:
    """Play the worked case and write its reports."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        engagement = Path(scratch) / "demo"
        _run("demo", str(engagement))
        make(FOLDER, engagement)


if __name__ == "__main__":
    main()
