"""Templates that tests make up: a folder of files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from dmaic.engagements.package import Package

BASE = """\
name: base
version: 1.0.0
title: Base
purpose: Ours.
functions: [Finance, Sales]
phases:
  - name: define
    title: Define
    purpose: Begin.
    steps:
      - name: charter
        title: Charter
        explain: Write it.
        document: charter
      - name: raci
        title: Roles
        explain: Settle them.
        document: raci
    gate:
      roles: [sponsor]
      criteria:
        - name: charter-complete
          title: Complete
          check: document-complete
          with: {document: charter}
"""

Make = Callable[..., Path]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Writes a template's folder; `make({"template.yaml": ...}, name="own")`."""

    def written(files: Mapping[str, str | bytes], name: str = "own") -> Path:
        folder = tmp_path / name
        for path, content in files.items():
            place = folder / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content.encode() if isinstance(content, str) else content)
        return folder

    return written


def package(files: Mapping[str, str], name: str = "own") -> Package:
    return Package(name, name, {path: text.encode() for path, text in files.items()})


def find(*packages: Package) -> Callable[[str], Package]:
    known = {each.source: each for each in packages}
    return known.__getitem__
