"""Every published case that ships with dmaic, and that the way they are compared can fail."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from dmaic.analysis.case import Case, Expected, load_cases
from dmaic.analysis.catalogue import ANALYSES
from dmaic.analysis.verify import verify_case
from dmaic.errors import DataError, NotFoundError

CASES = [(analysis, case) for analysis, cases in load_cases().items() for case in cases]


@pytest.mark.parametrize(
    ("analysis", "case"), [pytest.param(*each, id=f"{each[0]}:{each[1].name}") for each in CASES]
)
def test_the_figures_are_those_of_the_source(analysis: str, case: Case) -> None:
    found = verify_case(analysis, case)
    wrong = [(each.at, each.expected, each.got) for each in found.figures if not each.same]
    assert not found.error
    assert not wrong, case.source


def test_every_analysis_has_a_case() -> None:
    # An inspection computes no statistic.
    assert set(ANALYSES) - {"inspect"} == {analysis for analysis, _ in CASES}


def test_no_case_of_one_analysis_has_the_name_of_another() -> None:
    names = [(analysis, case.name) for analysis, case in CASES]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize(
    ("expected", "within", "right", "wrong"),
    [
        (50.81, None, 50.8149, 50.8151),
        (4, None, 4.0, 4.001),
        (4, None, 4, 5),
        (0.0026, None, 0.00264, 0.0027),
        (264922, 0.5, 264921.67, 264921.4),
        ("p", None, "p", "np"),
        ([1, 3], None, [1, 3], [3, 1]),
        (True, None, True, 1),
        (None, None, None, 0),
        (1, None, 1, True),
        (1.5, None, 1.52, None),
    ],
)
def test_a_figure_is_held_to_the_last_digit_that_is_printed(
    expected: Any, within: float | None, right: object, wrong: object
) -> None:
    figure = Expected.model_validate({"at": "x", "is": expected, "within": within})
    assert figure.met(right)
    assert not figure.met(wrong)


def test_a_figure_that_is_not_there_is_not_met() -> None:
    case = Case.model_validate(
        {
            "name": "none", "statistic": "s", "source": "derived by hand",
            "with": {"options": ["A:0.5:10:-10"]},
            "expect": [{"at": "options.7.expected_value", "is": None}],
        }
    )  # fmt: skip
    assert not verify_case("decide", case).same


def test_an_analysis_that_refuses_is_a_failed_case_and_no_crash() -> None:
    case = Case.model_validate(
        {
            "name": "none", "statistic": "s", "source": "derived by hand", "with": {"options": []},
            "expect": [{"at": "options.0.expected_value", "is": 0.0}],
        }
    )  # fmt: skip
    found = verify_case("decide", case)
    assert not found.same
    assert "decide" in found.error


def test_a_name_that_is_nobodys_is_refused_with_a_near_one() -> None:
    with pytest.raises(NotFoundError, match="sbg-regulr") as refused:
        load_cases(["sbg-regulr"])
    assert "sbg-regular" in refused.value.hint


def test_a_damaged_file_of_cases_is_told_with_its_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "cases").mkdir()
    (tmp_path / "cases" / "x.yaml").write_text("analysis: clv\ncases:\n  - {name: A b}\n", "utf-8")
    monkeypatch.setattr("dmaic.analysis.case.templates_folder", lambda: tmp_path)
    with pytest.raises(DataError, match="name") as refused:
        load_cases()
    assert "line 3" in refused.value.where
