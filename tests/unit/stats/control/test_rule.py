"""Run rules: what each one counts, on which side, and where it does not."""

from __future__ import annotations

import pytest

from dmaic.errors import UsageError
from dmaic.stats.control.chart import make_chart
from dmaic.stats.control.part import RuleId
from dmaic.stats.control.result import ControlResult
from dmaic.stats.control.rule import SETS, parse_rules
from dmaic.stats.control.run import fewest_usual, longest_usual
from dmaic.stats.control.series import Series, Wish


def judged(values: list[float], rules: str, **wish: object) -> ControlResult:
    """A chart about 0 with sigma 1."""
    series = Series(tuple(str(at + 1) for at in range(len(values))), tuple(map(float, values)))
    return make_chart(
        series,
        Wish(chart="xmr", center=0, sigma=1, rules=rules, **wish),  # type: ignore[arg-type]
    )


def found(values: list[float], rules: str) -> dict[str, tuple[RuleId, ...]]:
    return {p.label: p.signals for p in judged(values, rules).points if p.signals}


def of(rule: RuleId, *labels: int) -> dict[str, tuple[RuleId, ...]]:
    return {str(label): (rule,) for label in labels}


UP_AND_DOWN: list[float] = [1, 2, 3, 4, 5, 6, 7, 7, 6, 5, 4, 3, 2, 1]


@pytest.mark.parametrize(
    ("rule", "values", "at"),
    [
        # Nelson (1984): six points are five steps, and a tie breaks the trend.
        ("3", UP_AND_DOWN, (6, 7, 13, 14)),
        ("3", [1, 2, 3, 3, 4, 5, 6, 7, 8], (9,)),
        ("3=7", UP_AND_DOWN, (7, 14)),
        ("4", [1, -1] * 7 + [1], (14, 15)),
        ("4", [1, -1] * 6 + [1], ()),
        ("4", [1, -1, 1, -1, 1, -1, 1, 1, -1, 1, -1, 1, -1, 1, -1], ()),
        ("7", [0.3] * 16, (15, 16)),
        ("7", [0.3] * 14 + [1.0], ()),
        ("6", [0, 1.2, 1.3, 0.2, 1.4, 1.5], (6,)),
        ("6", [0, 1.2, -1.3, 0.2, 1.4, 1.5], ()),
        ("6", [1.2, 1.3, 1.1, 1.4], (4,)),
        # The point that completes the pattern is one of those beyond.
        ("6", [1.2, 1.3, 1.4, 1.5, 0.2], (4,)),
        ("5", [2.1, 0, 2.2], (3,)),
        ("5", [2.1, 0, 0, 2.2], ()),
        ("5", [2.1, -2.2, 0], ()),
        ("2", [0.5] * 9, (9,)),
        ("2", [0.5] * 8 + [0.0] + [0.5] * 8, ()),
        ("2=8", [-0.5] * 9, (8, 9)),
        ("8", [1.5, -1.5] * 4, (8,)),
        ("8", [1.5] * 8, (8,)),
        ("8", [1.5, -1.5] * 3 + [1.0, 1.5], ()),
        ("1", [3.0, 3.0000001, -3.1], (2, 3)),
        ("1=2", [2.0, 2.1], (2,)),
    ],
)
def test_a_rule_signals_where_its_pattern_is_complete(
    rule: str, values: list[float], at: tuple[int, ...]
) -> None:
    assert found(values, rule) == of(int(rule[0]), *at)


def test_a_signal_tells_the_points_of_its_pattern_and_its_side() -> None:
    first, second = judged(UP_AND_DOWN, "3", direction="lower").signals
    assert (first.first, first.last, first.at, first.side) == (1, 7, (6, 7), "up")
    assert (second.first, second.last, second.at, second.side) == (8, 14, (13, 14), "down")
    assert (first.better, second.better) == (False, True)
    assert first.labels == ("1", "2", "3", "4", "5", "6", "7")
    (most,) = judged([0, 1.2, 1.3, 0.2, 1.4, 1.5], "6").signals
    assert (most.first, most.last) == (2, 6)


def test_a_point_bears_its_lowest_rule() -> None:
    point = judged([1.5] * 8 + [3.5], "nelson").points[-1]
    assert point.signals == (1, 2, 6, 8)
    assert point.mark == 1


def test_floating_point_noise_is_no_signal() -> None:
    # 0.1 + 0.2 is not 0.3 as floats, yet a point at the limit or on the centre is on it.
    series = Series(tuple("abc"), (0.1 + 0.2, 0.3, 0.3))
    chart = make_chart(series, Wish(chart="xmr", center=0.0, sigma=0.1))
    assert chart.stable
    level = Series(tuple(map(str, range(20))), tuple([0.1 + 0.2, 0.3] * 10))
    assert make_chart(level, Wish(chart="xmr", center=0.3, sigma=0.1, rules="2,3,4")).stable


def test_the_rules_of_anhoej() -> None:
    # Anhøj and Olesen (2014), table 1: longest run 7 and at least 6 crossings of 20 points.
    assert longest_usual(20) == 7
    assert fewest_usual(20) == 6
    assert (longest_usual(10), fewest_usual(10)) == (6, 2)
    assert (longest_usual(24), fewest_usual(24)) == (8, 8)
    values = [1.0] * 8 + [-1.0, 1.0] * 6
    assert list(found(values, "anhoej")) == ["8"]
    # Points on the centre line are passed over: neither does one end a run nor add to it.
    assert list(found([1.0] * 4 + [0.0] + [1.0] * 4 + [-1.0, 1.0] * 6, "anhoej")) == ["9"]
    few = [1.0] * 5 + [-1.0] * 5 + [1.0] * 5 + [-1.0] * 5
    assert found(few, "anhoej") == {"20": ("anhoej-crossings",)}


def test_sets_are_what_they_are_called() -> None:
    assert parse_rules("").ks == {1: 3, 2: 9}
    assert parse_rules("shewhart").ks == {1: 3}
    assert parse_rules("western-electric").ks == {1: 3, 2: 8, 5: 2, 6: 4}
    assert set(parse_rules("nelson").ks) == set(range(1, 9))
    assert parse_rules("minitab").ks == SETS["nelson"]
    assert parse_rules("2=8, 1").ks == {1: 3, 2: 8}
    assert list(parse_rules("anhoej,1").ks) == [1, "anhoej-crossings", "anhoej-run"]


@pytest.mark.parametrize(
    "said", ["9", "nelsen", "2=0", "2=1.5", "5=4", "1=7", "1=0.5", "2=x", "-1"]
)
def test_rules_that_there_are_not_are_refused(said: str) -> None:
    with pytest.raises(UsageError) as refused:
        parse_rules(said)
    assert refused.value.code == "control.rules"


def test_conventions_are_told() -> None:
    told = " ".join(judged([0.0, 1.0], "western-electric").conventions)
    assert "8 points on one side" in told
    assert "equals a limit is no signal" in told
    assert "6 points are 5 steps" in " ".join(judged([0.0, 1.0], "nelson").conventions)
