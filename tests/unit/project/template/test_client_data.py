"""Which words give a client away, and which everybody uses."""

from __future__ import annotations

import pytest

from dmaic.project.template.client_data import ClientWords, _is_office

WORDS = ClientWords(
    ("Auto body estimators", "estimators", "estimator", "Globex"), ("Will", "Oliveira")
)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Call each new customer", ""),
        ("Estimators wait", 'names "estimators"'),
        ("The estimator's queue", 'names "estimator"'),
        ("an overestimators' club", ""),
        ("GLOBEX pays", 'names "Globex"'),
        ("Will calls", 'names "Will"'),
        ("It will be called", ""),
        ("WILL calls", 'names "Will"'),
        ("Will's list", 'names "Will"'),
        ("oliveira's idea", 'names "Oliveira"'),
        ("ask OLI\u00adVEIRA", 'names "Oliveira"'),
        ("in globex-portal.io", 'names "Globex"'),
        ("see portal.acme.io/login", "an address"),
        ("in C:\\clients\\x", "a file"),
        ("in /srv/x", "a file"),
        ("in ~/x/y", "a file"),
        ("in losses.csv", "a file"),
        ("and/or, e.g. a plan. Then", ""),
        ("Answer in 2 days", "a figure"),
        ("write to a@b", "an address"),
        ("see https://x", "an address"),
        ("{{ answers.client }}", "signs of a layout"),
        ("{% raw %}", "signs of a layout"),
    ],
)
def test_why_a_text_cannot_stay(text: str, why: str) -> None:
    assert WORDS.why_not(text) == why


def test_a_word_that_is_allowed_is_none_any_more() -> None:
    left = WORDS.without(["ESTIMATORS", "estimator", "will"])
    assert left.why_not("Will asks the estimators") == ""
    assert left.why_not("Auto body estimators") != ""


@pytest.mark.parametrize(
    ("name", "office"),
    [
        ("Head of Support", True), ("Customer Success lead", True), ("Finance controller", True),
        ("Chief Operating Officer", True), ("Support team", True), ("everybody", True), ("", True),
        ("Ada Park", False), ("Grace Head", False), ("Maria de Oliveira Lima", False),
        ("dana", False), ("李雷", False),
    ],
)  # fmt: skip
def test_an_office_is_nobody(name: str, office: bool) -> None:
    assert _is_office(name) == office
