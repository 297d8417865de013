"""Scenario files, good and hostile."""

from __future__ import annotations

from pathlib import Path

import pytest

from dmaic.errors import DataError
from dmaic.money.quantity import Quantity
from dmaic.money.scenario import Scenario, read_scenario

SAMPLE = Path(__file__).parents[3] / "sample_data" / "scenario.yaml"

GOOD = """\
solutions:
  - name: API
    segment: Auto body estimators
    reduction: {low: 40%, likely: 0.65, high: 80%}
    cost: 120,000
    running_cost: 4000
    ramp: 3
  - segment: Students
    reduction: {treated: {lost: 9, of: 120}, control: {lost: 30, of: 100}}
    cost: [100000, 120000, 150000]
    running_cost: 3000,4000,6000 per month
    win_back: 5%
    starts: 4
margin: 80%
seed: 7
"""


@pytest.fixture
def read(tmp_path: Path) -> object:
    def write(text: str | bytes) -> Scenario:
        path = tmp_path / "scenario.yaml"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return read_scenario(path)

    return write


def problems(read: object, text: str | bytes) -> list[tuple[str, str]]:
    with pytest.raises(DataError) as caught:
        read(text)  # type: ignore[operator]
    assert all(each.code.startswith("scenario.") for each in caught.value.problems)
    return [(each.where.rpartition(", ")[2], each.message) for each in caught.value.problems]


def test_what_it_says(read: object) -> None:
    found = read(GOOD)  # type: ignore[operator]
    first, second = found.solutions
    assert first.reduction == Quantity(low=0.4, likely=0.65, high=0.8, shape="pert")
    assert first.cost == Quantity.fixed(120_000)
    assert first.running_cost == Quantity.fixed(4000)
    assert second.reduction.likely == pytest.approx(0.75)
    assert second.cost.shape == "pert"
    assert (second.ramp, second.starts, second.title) == (0, 4, "Students")
    assert found.margin == Quantity.fixed(0.8)
    assert (found.horizon, found.draws, found.discount) == (24, 50_000, 0.1)


def test_its_content_says_the_same(read: object) -> None:
    found = read(GOOD)  # type: ignore[operator]
    assert Scenario.model_validate(found.content) == found
    assert found.content["solutions"][0]["cost"] == 120_000


def test_the_sample(read: object) -> None:
    found = read_scenario(SAMPLE)
    assert [each.name for each in found.solutions] == [
        "API for exchange formats",
        "First-day call and triage",
    ]
    assert {each.segment for each in found.solutions} == {"Auto body estimators"}


def test_everything_wrong_is_told_with_its_line(read: object) -> None:
    text = """\
solutions:
  - name: API
    segment: A
    reduction: 165%
    cost: -120,000
    runing_cost: 4000/month
    ramp: -3
  - 5
  - segment: x
    cost: $5
    recovers: 5€/month
margin: yes
horizon: 0
optons: []
baseline: {loss: 5M, churn: 2.2}
"""
    found = dict(problems(read, text))
    assert "more than 100 %" in found["line 4"]
    assert "negative" in found["line 5"]
    assert 'no field "solutions.0.runing_cost"' in found["line 6"]
    assert "solution 1, ramp" in found["line 7"]
    assert "takes fields" in found["line 8"]
    assert "EUR and USD" in found["line 9"]
    assert "is no figure" in found["line 12"]
    assert "horizon" in found["line 13"]
    assert 'no field "optons"' in found["line 14"]
    assert "baseline, churn" in found["line 15"]


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"5",
        b"- a\n- b\n",
        b"solutions: 5\n",
        b"solutions: [[]]\n",
        b"\xff\xfe\x00",
        b"{",
        b"a: &a [1]\nb: *a\n",
        b"solutions: !!python/object/apply:os.system ['true']\n",
        b"margin: .nan\n",
        b"margin: .inf\n",
        b"horizon: 99999999999999999999999\n",
        b"draws: 1e400\n",
        b"draws: 1000000000\n",
        b"solutions: [{segment: a, reduction: [1, 2]}]\n",
        b"solutions: [{segment: a, reduction: [[1], {}, null]}]\n",
        b"solutions: [{segment: a, reduction: {low: 1}}]\n",
        b"solutions: [{segment: a, reduction: {shape: {}, low: 0, likely: 0, high: 1}}]\n",
        b"solutions: [{segment: a, reduction: {treated: 5, control: 6}}]\n",
        b"solutions: [{segment: a, cost: {treated: {lost: 1, of: 2}}}]\n",
        b"solutions: [{reduction: 5%}]\n",
        b"solutions: [{segment: a, cost: 5}]\n",
        b"solutions: [{segment: a, recovers: 5/month}]\n",
        b"solutions: [{recovers: 5/month, win_back: 5%}]\n",
        b"margin: 1\nmargin: 2\n",
        b"seed: -1\n",
        b"currency: dollars\n",
        b"baseline: {loss: 5M}\n",
        b"baseline: {loss: 5M, churn: 2%, shares: {a: 60%, b: 60%}}\n",
        b"x: " + b"[" * 3000,
        b"a: 1\n" * 20_000,
        b"margin: 1\n---\nmargin: 1\n",
        b"solutions: [" + b"{segment: a}," * 60 + b"]\n",
    ],
)
def test_hostile_files_are_refused_in_words(read: object, text: bytes) -> None:
    found = problems(read, text)
    assert found
    assert all(message.strip() and "Traceback" not in message for _, message in found)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(DataError) as caught:
        read_scenario(tmp_path / "no.yaml")
    assert caught.value.code == "scenario.read"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"name: 2025-01-01\n", "name: is no text; put it in quotes"),
        (b"solutions: [{segment: no, reduction: 5%}]\n", "solution 1, segment: is no text; put it"),
        (b"baseline: {loss: 1, churn: 1%, shares: {12: 5%}}\n", "shares, 12: is no text; put it"),
        (b"solutions:\n", "solutions: is no list"),
        (b"solutions: [" + b"{segment: a, reduction: 1%}," * 51 + b"]\n", "holds more than 50"),
        (b"currency: dollars\n", "is no code of three capital letters"),
        (b"horizon: 0\n", "horizon: is less than 1"),
        (b"horizon: 1.5\n", "horizon: is no whole number"),
    ],
)
def test_what_is_wrong_is_said_in_words_of_the_file(read: object, text: bytes, said: str) -> None:
    assert any(said in message for _, message in problems(read, text))


def test_deep_nesting_is_refused_before_it_is_read(read: object) -> None:
    # 5,000 brackets take the parser seconds, and twice as many four times as long.
    found = problems(read, b"a: " + b"[" * 60_000)
    assert "nested too deeply" in found[0][1]


def test_a_segment_is_no_larger_than_the_whole(read: object) -> None:
    # 46.3 % of a churn of 2.2 % are 1.02 % of all customers a month: at a rate of 0.5 % the
    # segment would have twice as many customers as there are.
    text = b"baseline: {loss: 5M, churn: 2.2%, share: 46.3%, segment_churn: 0.5%}\n"
    assert "is too low" in problems(read, text)[0][1]
    assert read(text.replace(b"0.5%", b"1.1%"))  # type: ignore[operator]
