"""A small template in a folder, and a project that follows it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ..conftest import Run  # noqa: TID252  as importlib mode names it

TEMPLATE = """\
name: audit
version: 1.0.0
title: Audit at {{ answers.client }}
purpose: For tests.
functions: [Finance, Sales]
phases:
  - name: define
    title: Define
    purpose: Begin.
    steps:
      - {name: charter, title: Charter, explain: Write it., document: charter}
    gate:
      roles: [sponsor]
      criteria:
        - {name: agreed, title: The sponsor agrees}
  - name: analyze
    title: Analyze
    purpose: Look.
    steps:
      - {name: reasons, title: Reasons, explain: Find them., document: reasons}
    gate:
      roles: [sponsor]
      criteria:
        - {name: found, title: The causes are found}
"""
QUESTIONS = """\
sections:
  - name: client
    title: The client
    questions:
      client: {type: str, help: What is the client called?, placeholder: Acme}
      short: {type: str, help: What is it called for short?, default: "{{ answers.client }}"}
"""
CHARTER = """\
problem: "{{ answers.client }} loses customers."
metric: monthly churn
unit: "%"
"""
REASONS = """\
reasons:
  - {id: R1, name: Price, top: easy to switch}
  - {id: R2, name: Quality, top: expectations unmet}
"""
FILES = {
    "template.yaml": TEMPLATE,
    "questions.yaml": QUESTIONS,
    "documents/charter.yaml": CHARTER,
    "documents/reasons.yaml": REASONS,
    "README.md": "# Audit\n",
}

Change = Callable[[str, str, str], None]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the template."""
    monkeypatch.setenv("DMAIC_CONFIG_DIR", str(tmp_path / "config"))
    monkeypatch.setenv("DMAIC_TODAY", "2026-11-21")
    monkeypatch.setenv("DMAIC_ACTOR", "ada")
    monkeypatch.delenv("DMAIC_DB", raising=False)
    for path, text in FILES.items():
        target = tmp_path / "audit" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8")
    return tmp_path / "audit"


@pytest.fixture
def change(folder: Path) -> Change:
    """Replace words in a file of the template, and give it the next version."""

    def call(path: str, old: str, new: str) -> None:
        target = folder / path
        text = target.read_text("utf-8") if target.exists() else ""
        assert old in text
        target.write_text(text.replace(old, new) if old else text + new, "utf-8")
        template = folder / "template.yaml"
        said = template.read_text("utf-8")
        template.write_text(said.replace("version: 1.0.0", "version: 1.1.0"), "utf-8")

    return call


@pytest.fixture
def own(run: Run, folder: Path, tmp_path: Path) -> Path:
    """The folder of another template, which extends the first one by its name."""
    assert run("template", "add", folder).status == 0
    made = tmp_path / "own"
    made.mkdir()
    text = "name: own\nversion: 1.0.0\nextends: audit\ntitle: Own\npurpose: Ours.\n"
    (made / "template.yaml").write_text(text, "utf-8")
    return made


@pytest.fixture
def project(run: Run, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The engagement of a project that follows the template; the test stands in it."""
    assert run("init", tmp_path / "firm", "--template", folder).status == 0
    monkeypatch.chdir(tmp_path / "firm")
    ran = run("project", "new", "Cut churn", "--answer", "client=Acme")
    assert ran.status == 0, ran.err
    return tmp_path / "firm"
