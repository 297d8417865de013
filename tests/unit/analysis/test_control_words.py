"""Options of a control chart in one line, as a control plan keeps them."""

from __future__ import annotations

import pytest

from dmaic.analysis.control_figure import parse_figure
from dmaic.analysis.control_words import parse_words, written_words
from dmaic.errors import UsageError


def test_options_become_keywords_and_options_again() -> None:
    said = (
        "--by month --where \"segment = 'Auto body'\" --stage '2025-03:new queue' "
        "--stage 2025-06:more --target 1.4% --lambda 0.3 --churned-at left"
    )
    words = parse_words(said)
    assert words == {
        "by": "month",
        "where": "segment = 'Auto body'",
        "stage": ("2025-03:new queue", "2025-06:more"),
        "target": 0.014,
        "lambda_": 0.3,
        "churned_at": "left",
    }
    assert parse_words(written_words(words)) == words


def test_the_command_may_stand_before_them() -> None:
    assert parse_words("dmaic control --by=week") == {"by": "week"}
    assert parse_words("") == {}


@pytest.mark.parametrize("text", ["--fingerprint no", "--baseline x", "--by", "week", "--h often"])
def test_what_is_no_option_with_a_value_is_refused(text: str) -> None:
    with pytest.raises(UsageError):
        parse_words(text)


@pytest.mark.parametrize(
    ("text", "figure"),
    [("2.2%", 0.022), ("2.2 %", 0.022), ("0.022", 0.022), ("37,000", 37000.0), ("-3", -3.0),
     ("1e3", 1000.0), ("$37K", 37000.0), (".5", 0.5)],
)  # fmt: skip
def test_figures_are_read_as_they_are_typed(text: str, figure: float) -> None:
    assert parse_figure(text, "--target") == figure


@pytest.mark.parametrize("text", ["", "%", "often", "1e999", "nan", "1.2.3"])
def test_what_is_no_figure_is_refused(text: str) -> None:
    with pytest.raises(UsageError):
        parse_figure(text, "--target")
