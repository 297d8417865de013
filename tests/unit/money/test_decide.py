"""What is said of options by both views."""

from __future__ import annotations

import json

import pytest

from dmaic.analysis.decide import decide
from dmaic.errors import UsageError
from dmaic.money.decide import DecideResult, JudgedOption


def first(*options: str, **how: float) -> JudgedOption:
    return decide(options=options, **how).options[0]


class TestSentences:
    def test_where_the_views_disagree_and_halving_changes_that(self) -> None:
        result = decide(options=["Calls:0.5:$400000:-$250000"])
        assert result.sentence == (
            'Expected value prefers "Calls", a loss-averse committee "Do nothing". "Calls": worth '
            "$75,000 on expected value; a loss-averse committee will likely refuse it, as it feels "
            "like -$33,661 for sure; halving the downside by piloting changes that (it then feels "
            "like $14,390 for sure)."
        )

    def test_where_halving_is_not_enough_it_says_what_is(self) -> None:
        # Half of 390 is felt like more than nothing only from a factor of 0.374 down.
        told = first("Calls:0.5:400:-390")
        assert told.expected_value > 0
        assert told.halved_certainty_equivalent is not None
        assert told.halved_certainty_equivalent < 0
        assert "does not change that" in told.sentence
        assert told.loss_factor == pytest.approx(400 / 390 / 2.7407, abs=1e-4)
        assert "fall to 37.42 % of what it is" in told.sentence
        assert "gain would have to be 2.67 times what it is" in told.sentence

    def test_where_there_is_no_downside(self) -> None:
        told = first("Gamble:0.8:4000:0", "Sure:1:3000:0").sentence
        assert 'will likely choose "Sure"' in told
        assert "no downside to halve" in told
        assert "1.32 times what it is" in told

    def test_where_no_smaller_downside_is_enough(self) -> None:
        # Without any loss it would still be felt like 2,270 and less than 3,000.
        gamble = first("Gamble:0.8:4000:-100", "Sure:1:3000:0")
        assert gamble.best_expected_value
        assert gamble.loss_factor is None
        assert "nor does any smaller downside" in gamble.sentence

    def test_a_small_chance_tempts(self) -> None:
        told = first("Lottery:1%:5000:-60")
        assert told.expected_value < 0 < told.certainty_equivalent
        assert "a small chance is felt as greater than it is" in told.sentence

    def test_both_prefer_to_do_nothing(self) -> None:
        result = decide(options=["Bad:0.1:10:-100"])
        assert result.agree
        assert 'Both views prefer "Do nothing"' in result.sentence
        assert "no better than doing nothing by both views" in result.options[0].sentence

    def test_only_losses_to_choose_from(self) -> None:
        # To do nothing loses 100 in half of the cases; the other loses 45 for sure.
        result = decide(options=["Do nothing:0.5:0:-100", "Pay:0:0:-45"])
        idle, pay = result.options
        assert idle.idle
        assert len(result.options) == 2
        assert pay.best_expected_value
        # w-(0.5) = 0.453988 of 100^0.88 is felt like -40.76 for sure, and so less than 45.
        assert idle.certainty_equivalent == pytest.approx(-40.76, abs=0.01)
        assert pay.certainty_equivalent == -45
        assert pay.break_even_gain is None
        assert "it then feels like -22.50 for sure" in pay.sentence


class TestDoingNothing:
    def test_it_is_added_last(self) -> None:
        assert [each.name for each in decide(options=["A:1:5:0"]).options] == ["A", "Do nothing"]

    @pytest.mark.parametrize("name", ["Do nothing", "  DO NOTHING", "Status quo", "Whatever"])
    def test_it_is_not_added_where_it_is_there(self, name: str) -> None:
        result = decide(options=[f"{name}:1:0:0", "A:1:5:0"])
        assert [each.idle for each in result.options] == [True, False]


class TestRatios:
    def test_up_and_down_by_probability_and_plain(self) -> None:
        told = first("API:0.8:1500000:-120000")
        # 0.8 x 1.5M over 0.2 x 120K; 1.5M over 120K.
        assert told.up_down_ratio == pytest.approx(1_200_000 / 24_000)
        assert told.up_down_ratio_plain == pytest.approx(12.5)

    def test_none_without_a_downside(self) -> None:
        told = first("A:0.5:10:0")
        assert (told.up_down_ratio, told.up_down_ratio_plain) == (None, None)
        assert told.halved_certainty_equivalent is None

    def test_equal_ones_share_a_place(self) -> None:
        result = decide(options=["A:0.5:10:0", "B:50%:10:0"])
        assert [each.rank_expected_value for each in result.options] == [1, 1, 3]
        assert result.preferred_prospect_value == ("A", "B")


class TestAttitude:
    def test_less_loss_aversion_accepts_more(self) -> None:
        assert first("Calls:0.5:400:-250").certainty_equivalent < 0
        assert first("Calls:0.5:400:-250", loss_aversion=1).certainty_equivalent > 0

    @pytest.mark.parametrize(
        ("how", "told"),
        [
            ({"loss_aversion": 0}, "--loss-aversion 0"),
            ({"loss_aversion": float("nan")}, "--loss-aversion nan"),
            ({"loss_aversion": float("inf")}, "--loss-aversion inf"),
            ({"curvature": 1.2}, "--curvature 1.2"),
            ({"curvature": 0.05}, "--curvature 0.05"),
            ({"gain_weight": 0.2}, "--gain-weight 0.2"),
            ({"loss_weight": -1}, "--loss-weight -1"),
        ],
    )
    def test_nonsense_is_refused(self, how: dict[str, float], told: str) -> None:
        with pytest.raises(UsageError) as caught:
            decide(options=["A:0.5:1:-1"], **how)
        assert caught.value.code == "decide.attitude"
        assert told in caught.value.message

    def test_the_most_extreme_attitude_and_amounts_give_finite_figures(self) -> None:
        given = [
            {"name": "A", "p": 1e-300, "gain": 1e15, "loss": -1e15},
            {"name": "B", "p": 1 - 1e-16, "gain": 1e-300, "loss": -1e15},
            {"name": "C", "p": 0.5, "gain": 1e-300, "loss": -1e-300},
        ]
        for curvature in (0.1, 1):
            result = decide(options=given, curvature=curvature, loss_aversion=100)
            json.dumps(result.to_dict(), allow_nan=False)
            assert DecideResult.model_validate(result.to_dict()) == result


class TestSources:
    def test_a_scenario_as_a_mapping_with_its_own_attitude(self) -> None:
        content = {
            "options": [{"name": "A", "p": "50%", "gain": "$400", "loss": "-$250"}],
            "attitude": {"loss_aversion": 1},
        }
        result = decide(content)
        assert result.attitude.loss_aversion == 1
        assert result.currency == "USD"
        assert decide(content, loss_aversion=2.25).attitude.loss_aversion == 2.25

    def test_mixed_currencies_are_refused(self) -> None:
        for how in ({"options": ["A:0.5:$1:-$1", "B:0.5:€1:-€1"]},
                    {"options": ["A:0.5:$1:-$1"], "currency": "EUR"}):  # fmt: skip
            with pytest.raises(UsageError, match="EUR, USD") as caught:
                decide(**how)  # type: ignore[arg-type]
            assert caught.value.code == "decide.currency"

    def test_no_currency(self) -> None:
        for code in ("usd", "$", "\x1b[3", ""):
            with pytest.raises(UsageError) as caught:
                decide(options=["A:0.5:1:-1"], currency=code)
            assert (caught.value.code, "\x1b" in caught.value.message) == ("decide.currency", False)

    def test_what_is_no_option(self) -> None:
        for given in (5, None, {"name": "A"}, {"name": "A", "p": {}, "gain": 1}):
            with pytest.raises(UsageError) as caught:
                decide(options=[given])  # type: ignore[list-item]
            assert caught.value.code == "decide.option"

    def test_nothing_to_decide_on(self) -> None:
        for source in (None, {}, {"solutions": []}):
            with pytest.raises(UsageError) as caught:
                decide(source)
            assert caught.value.code == "decide.none"

    def test_solutions_without_a_baseline_say_what_to_add(self) -> None:
        with pytest.raises(UsageError, match="no baseline in figures") as caught:
            decide({"solutions": [{"segment": "A", "reduction": "50%"}]})
        assert "baseline: (loss, churn, share)" in caught.value.hint

    def test_solutions_become_options_by_their_simulation(self) -> None:
        # Swanson's rule: 30, 40 and 30 % on P10, P50 and P90 of the net present value.
        solution = {"name": "API", "segment": "A", "reduction": "40%,65%,80%", "cost": "300k"}
        scenario = {
            "solutions": [solution, {**solution, "name": "Calls", "cost": "20k"}],
            "baseline": {"loss": "5M", "churn": "2.2%", "share": "46.3%"},
            "draws": 2000,
        }
        api, calls, both, idle = decide(scenario).options
        assert [each.name for each in (api, calls, both)] == ["API", "Calls", "All of them"]
        assert [each.probability for each in api.outcomes] == pytest.approx([0.3, 0.4, 0.3])
        assert "Hurst, Brown and Swanson 2000" in api.source
        # The same reduction for 280,000 less, paid at once: only that and the draws differ.
        assert calls.expected_value - api.expected_value == pytest.approx(280_000, rel=0.1)
        # Two solutions on one segment are not added up.
        assert both.expected_value < api.expected_value + calls.expected_value
        assert idle.name == "Do nothing"


def test_rows_hold_every_figure_unrounded() -> None:
    result = decide(options=["API:0.8:1500000:-120000"])
    header, rows = result.records()
    assert header[:4] == ("name", "idle", "expected_value", "prospect_value")
    assert dict(zip(header, rows[0], strict=True))["expected_value"] == pytest.approx(1_176_000)


def test_names_are_text() -> None:
    hostile = "=1+1\x1b[31m\u202e<b>[bold]{{x}}"
    result = decide(options=[{"name": hostile, "p": 0.5, "gain": 400, "loss": -250}])
    shown = " ".join([result.sentence, *(each.sentence for each in result.options)])
    assert "\x1b" not in shown
    assert "\u202e" not in shown
    assert result.options[0].name == hostile
