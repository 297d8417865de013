"""That the worked case can be reported on at all; the formats have tests of their own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dmaic.reports.report import Report

PHASES = ("define", "measure", "analyze", "improve", "control")


@pytest.mark.parametrize("kind", PHASES)
def test_every_phase_has_a_report(report: Callable[[str], Report], kind: str) -> None:
    made = report(kind)
    assert made.project == "Cut estimator churn"
    assert made.markdown.count("\n## ") >= 1


def test_a_project_is_chosen_and_the_engagement_may_be_changed(
    engagement: Path, run: Callable[..., Any]
) -> None:
    assert (engagement / "dmaic.db").is_file()
    assert run("status").status == 0
