"""`dmaic verify`: expected beside got."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]


def test_it_prints_expected_beside_got_and_counts(run: Run) -> None:
    shown = run("verify", "clv", "--json")
    result = shown.json["result"]
    assert shown.status == 0
    assert result["differing"] == 0
    assert result["figures"] == sum(len(case["figures"]) for case in result["cases"])
    first = result["cases"][0]["figures"][0]
    # Fader and Hardie 2007, segment High End.
    assert (first["at"], first["expected"]) == ("alpha", 0.668)
    assert abs(first["got"] - 0.668) < 0.0005


def test_a_figure_that_differs_is_status_8(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "cases").mkdir()
    (tmp_path / "cases" / "clv.yaml").write_text(
        "analysis: clv\ncases:\n  - name: other\n    statistic: s\n    source: by hand\n"
        "    with: {arpa: 100, churn: 0.05}\n    expect: [{at: margin, is: 2.0}]\n",
        "utf-8",
    )
    monkeypatch.setattr("dmaic.analysis.case.templates_folder", lambda: tmp_path)
    shown = run("verify")
    assert shown.status == 8
    assert "1 of 1 figure" in shown.out


def test_a_name_that_is_nobodys_is_an_error(run: Run) -> None:
    shown = run("verify", "kontrol")
    assert shown.status == 1
    assert "no case" in shown.err
