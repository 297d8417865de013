"""Options as people write them, and what is refused of them."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from dmaic.errors import UsageError
from dmaic.money.option import MOST_OPTIONS, Option, check_options, parse_option


def test_an_option_is_read_from_the_right() -> None:
    option = parse_option("Phase 2: API, 50:50:80%:$1.5M:-$120k")
    assert option.name == "Phase 2: API, 50:50"
    assert (option.probability, option.gain, option.loss) == (0.8, 1_500_000, -120_000)
    assert option.currency == "USD"
    assert option.chances == ((0.8, 1_500_000), (pytest.approx(0.2), -120_000))


def test_a_name_of_three_capitals_is_no_currency() -> None:
    assert parse_option("API:0.8:1,500,000:-120000").currency is None


def test_what_is_sure_has_one_outcome() -> None:
    assert parse_option("Sure:1:3000:0").chances == ((1.0, 3000.0),)
    assert Option.model_validate({"name": "Sure", "p": 1, "gain": 3000}).chances == ((1.0, 3000.0),)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "four parts"),
        ("API:0.8:100", "four parts"),
        (":0.8:100:-5", "no name"),
        ("API::100:-5", "no probability"),
        ("API:0.8::-5", "no gain"),
        ("API:0.8:100:", "no loss"),
        ("API:80:100:-5", "80%"),
        ("API:1.2:100:-5", "more than 100 %"),
        ("API:-0.1:100:-5", "negative"),
        ("API:nan:100:-5", "no share"),
        ("API:0.8:inf:-5", "no amount"),
        ("API:0.8:1e999:-5", "no amount"),
        ("API:0.8:9999999999999999999:-5", "more money than there is"),
        ("API:0.8:-100:-5", "belongs into loss"),
        ("API:0.8:100:5", "write -5"),
        ("API:0.8:$100:-€5", "different currencies"),
        ("API\0:0.8:100:-5", "NUL"),
        ("x" * 201 + ":0.8:100:-5", "200"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_reason(text: str, told: str) -> None:
    with pytest.raises(UsageError, match="--option") as caught:
        parse_option(text)
    assert caught.value.code == "decide.option"
    assert told in caught.value.message
    assert "NAME:PROBABILITY:GAIN:LOSS" in caught.value.hint


def outcomes(*each: tuple[object, object]) -> dict[str, Any]:
    return {"name": "A", "outcomes": [{"p": p, "amount": amount} for p, amount in each]}


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (outcomes((0.3, 1), (0.4, 2)), "add to 70 %"),
        (outcomes((0.6, 1), (0.6, 2)), "add to 120 %"),
        ({**outcomes((1, 1)), "gain": 5}, "leave one of them out"),
        (outcomes((float("nan"), 1)), "finite"),
        (outcomes((1, float("inf"))), "finite"),
        (outcomes((1, 10**400)), "finite"),
        (outcomes((True, 1)), "no number"),
        (outcomes((1, None)), "no number"),
        (outcomes((1, "$5"), (0, "5 EUR")), "different currencies"),
        ({"name": "A", "outcomes": []}, "probability is missing"),
        ({"name": "A", "p": 0.5, "gain": 5}, "loss is missing"),
        ({"name": "A", "p": 0.5, "loss": -5}, "gain is missing"),
        ({"name": "  ", "p": 1, "gain": 5}, "at least 1 character"),
        ({"name": "A", "p": 1, "gain": 5, "gains": 5}, "Extra"),
    ],
)
def test_what_is_wrong_in_a_file_is_refused(content: dict[str, Any], told: str) -> None:
    with pytest.raises(ValidationError, match=told):
        Option.model_validate(content)


def test_probabilities_may_be_rounded() -> None:
    thirds = outcomes((0.3333333, 1), (0.3333333, 2), (0.3333334, 3))
    assert len(Option.model_validate(thirds).chances) == 3


def test_what_cannot_happen_is_left_out() -> None:
    assert Option.model_validate(outcomes((0, -1e9), (1, 5))).chances == ((1.0, 5.0),)


def test_an_option_is_written_as_it_was_read() -> None:
    for each in (
        parse_option("API:80%:$1.5M:-$120k"),
        Option.model_validate(outcomes((0.25, "-50k"), (0.75, 10))),
    ):
        assert Option.model_validate(each.content) == each


def test_two_of_one_name_and_too_many() -> None:
    one, other = parse_option("API:0.5:1:-1"), parse_option(" api :0.5:2:-1")
    (problem,) = check_options([one, other])
    assert (problem.code, "twice" in problem.message) == ("decide.twice", True)
    many = [parse_option(f"A{number}:0.5:1:-1") for number in range(MOST_OPTIONS + 1)]
    assert [each.code for each in check_options(many)] == ["decide.many"]
    assert check_options(many[:-1]) == []
