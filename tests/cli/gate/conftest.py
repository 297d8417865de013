"""A project with a small template and a team, at several points of its first tollgate."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ..conftest import Ran, Run  # noqa: TID252  as importlib mode names it

TEMPLATE = """\
name: small
version: 1.0.0
title: Small
purpose: For tests.
functions: [Finance, Sales]
phases:
  - name: define
    title: Define
    purpose: Begin.
    steps:
      - {name: charter, title: Charter, explain: Write it., document: charter}
      - {name: fmea, title: FMEA, explain: Think., document: fmea, optional: true}
    gate:
      roles: [sponsor, approver (Finance)]
      criteria:
        - {name: goal-smart, title: The goal is smart, check: smart-goal}
        - {name: committed, title: The sponsor gives time}
        - name: risks-owned
          title: Risks are owned
          check: risks-owned
          level: should
  - name: measure
    title: Measure
    purpose: Look.
    steps:
      - {name: data, title: Data, explain: Get it., command: data add FILE --name NAME,
         done_when: dataset-registered}
    gate:
      roles: [sponsor]
      criteria:
        - {name: data-registered, title: Data is there, check: dataset-registered}
        - {name: benefits-agreed, title: Finance agrees, check: benefits-agreed}
"""

GOAL = ("problem=They leave", "metric=monthly churn", "baseline=2.2", "target=1.4",
        "by=2031-12-31", "business_case=It costs", "annual_cost=5000000",
        "in_scope=sign-up")  # fmt: skip


def set_goal(run: Run) -> None:
    assert run("doc", "set", "charter", *GOAL).status == 0
    assert run("doc", "add", "charter", "milestones", "name=Gate", "due=2031-06-01").status == 0


@pytest.fixture
def dmaic(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """An engagement with a project that follows a small template, and a team."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DMAIC_ACTOR", "maria")
    monkeypatch.setenv("DMAIC_TODAY", "2031-03-01")
    Path("template.yaml").write_text(TEMPLATE, "utf-8")
    for words in (
        ("init", "."),
        ("project", "new", "Cut churn", "--template", "./template.yaml"),
        ("team", "add", "Ada Park", "--role", "sponsor", "--function", "Sales"),
        ("team", "add", "Dana", "--role", "approver", "--function", "Finance"),
        ("team", "add", "Sam", "--role", "member", "--function", "Sales"),
    ):
        assert run(*words).status == 0
    return run


@pytest.fixture
def ready(dmaic: Run) -> Run:
    """The same, with everything that the first gate asks for."""
    set_goal(dmaic)
    ran = dmaic("gate", "answer", "committed", "yes", "--note", "A day a week", "--as", "ada")
    assert ran.status == 0
    return dmaic


@pytest.fixture
def submitted(ready: Run) -> Run:
    assert ready("gate", "submit").status == 0
    return ready


@pytest.fixture
def approved(submitted: Run) -> Run:
    for name in ("Ada", "Dana (Finance)"):
        assert submitted("gate", "approve", "--as", name).status == 0
    return submitted


def refused(ran: Ran, code: str, *words: str, status: int = 1) -> None:
    assert ran.status == status, ran.err
    assert f"error {code}:" in ran.err
    for word in words:
        assert word in ran.err


def gate(run: Run, phase: str = "define") -> Any:
    return run("gate", "show", phase, "--json").json["result"]
