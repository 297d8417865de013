"""The SIPOC: a page, with ends on both sides."""

from __future__ import annotations

from typing import Any

import pytest

from dmaic.documents.base import Papers
from dmaic.documents.define.sipoc import Sipoc

STEP = {"supplier": ["a"], "input": ["b"], "step": "c", "output": ["d"], "customer": ["e"]}


def sipoc(count: int, **change: Any) -> Sipoc:
    steps = [{**STEP, **change, "id": f"P{number}"} for number in range(1, count + 1)]
    return Sipoc.model_validate({"process": "p", "start": "s", "end": "e", "steps": steps})


@pytest.mark.parametrize("count", [4, 5, 7])
def test_four_to_seven_steps_are_a_page(count: int) -> None:
    assert sipoc(count).gaps() == ()


@pytest.mark.parametrize("count", [2, 3, 8, 40])
def test_other_counts_are_advised_against_and_not_forbidden(count: int) -> None:
    (gap,) = sipoc(count).gaps()
    assert gap.level == "weak"
    assert gap.message.startswith(f"{count} steps")


@pytest.mark.parametrize("end", ["supplier", "customer"])
def test_a_process_without_a_supplier_or_a_customer_is_not_complete(end: str) -> None:
    (gap,) = sipoc(4, **{end: []}).gaps()
    assert gap.level == "missing"
    assert f"No {end}" in gap.message


def test_who_is_on_both_sides_is_found_whatever_the_spelling() -> None:
    figures = {f.name: f for f in sipoc(4, supplier=["Shop  owner"], customer=["shop owner"])
               .figures(Papers())}  # fmt: skip
    assert figures["both_sides"].value == 1
    assert figures["both_sides"].text == "Shop  owner"
    assert Sipoc().figures(Papers()) == ()
