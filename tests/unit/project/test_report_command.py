from __future__ import annotations

import pytest

from dmaic.cli.app import TREE
from dmaic.cli.tree import Branch, path_of
from dmaic.project.report_command import VERBS, report_command


def test_the_verbs_are_those_of_the_command() -> None:
    report = TREE["report"]
    assert isinstance(report, Branch)
    assert set(VERBS) == {*report.leaves}


@pytest.mark.parametrize("kind", ["analyze", "check", "list"])
def test_what_is_typed_makes_the_report(kind: str) -> None:
    assert path_of(report_command(kind).split()[1:], TREE) == ["report", "make"]
    assert report_command(kind).endswith(f" {kind}")
