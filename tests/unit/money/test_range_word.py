"""Ranges in words: what a sponsor reads first."""

from __future__ import annotations

from typing import Any

import pytest

from dmaic.block import Note, Table
from dmaic.money.baseline import NO_BASELINE
from dmaic.money.range_word import assumptions, blocks, chance, doubts, moved, verdict
from dmaic.money.scenario import Scenario
from dmaic.money.simulate import simulate
from dmaic.money.simulation import Simulation
from dmaic.money.tornado import TornadoRow, tornado


def found(*, recovers: object, cost: object = 10_000, **terms: Any) -> tuple[Simulation, Scenario]:
    asked = Scenario.model_validate(
        {"solutions": [{"name": "API", "recovers": recovers, "cost": cost}], "draws": 1_000,
         **terms}
    )  # fmt: skip
    return simulate(NO_BASELINE, asked), asked


@pytest.mark.parametrize(
    ("share", "told"),
    [(0, "0 %"), (1, "100 %"), (0.97, "97 %"), (0.9949, "99 %"), (0.996, "over 99 %"),
     (0.99996, "over 99.9 %"), (0.004, "under 1 %"), (0.00002, "under 0.1 %"), (0.006, "1 %")],
)  # fmt: skip
def test_a_chance_is_never_rounded_to_certainty(share: float, told: str) -> None:
    assert chance(share) == told


def test_the_verdict_says_when_how_surely_and_how_much() -> None:
    simulation, asked = found(recovers="0;1000;3000/month")
    told = verdict(simulation, 10, asked.horizon, "USD")
    assert told.startswith("Pays back in month 10; ")
    assert " of draws pay back within 24 months; NPV between " in told
    assert told.endswith(" (P10 to P90).")


def test_the_verdict_says_that_it_does_not_pay_back() -> None:
    simulation, asked = found(recovers="1;2;3/month")
    assert verdict(simulation, None, asked.horizon, "EUR").startswith(
        "Does not pay back within 24 months at the likely figures; no draw pays back; NPV between -"
    )


def test_the_verdict_makes_no_range_of_one_figure() -> None:
    simulation, asked = found(recovers="1000/month", discount=0)
    assert verdict(simulation, 10, asked.horizon, "USD") == (
        "Pays back in month 10; NPV $14.0K, as one figure: no range was given."
    )


def test_the_verdict_of_nothing_says_so() -> None:
    simulation, asked = found(recovers="0/month", cost=0)
    assert "Costs nothing and brings nothing" in verdict(simulation, None, asked.horizon, None)


def test_the_tables_give_the_seed_and_mark_what_had_no_range() -> None:
    simulation, asked = found(recovers="500;1000;3000/month", seed=42)
    rows = tornado(NO_BASELINE, asked)
    # The cost is moved by 1,000 to either side; in the middle is the value at the likely figures.
    npv = next((row.npv_low + row.npv_high) / 2 for row in rows if row.name == "API: cost")
    ranges, moves, note = blocks(simulation, rows, npv, "USD")
    assert isinstance(ranges, Table)
    assert ranges.title == "Ranges: 1,000 draws, seed 42"
    assert isinstance(moves, Table)
    names, texts = moves.columns[0].texts, moves.columns[1].texts
    assert names[0] == "API: recovers"
    assert texts[0].endswith(" a month")
    place = names.index("API: cost")
    assert texts[place] == "±10 %: $9.0K to $11.0K"
    assert [column.texts[place] for column in moves.columns[2:]] == ["+$1.0K", "-$1.0K", "$2.0K"]
    assert isinstance(note, Note)
    assert note.text.startswith("± marks")


def row(**fields: Any) -> TornadoRow:
    content = {"name": "x", "kind": "share", "moved": "p10-p90", "low": 0.5, "high": 0.7,
               "npv_low": 0, "npv_high": 1, "swing": 1, **fields}  # fmt: skip
    return TornadoRow.model_validate(content)


def test_the_ends_of_a_quantity_are_told_in_its_unit() -> None:
    assert moved(row(), "USD") == "50 % to 70 %"
    assert moved(row(kind="months", moved="1 month", low=1, high=3), None) == "±1: 1 to 3 months"
    assert moved(row(kind="losses", low=0.87, high=1.15), None) == "-13 % to +15 %"
    assert moved(row(kind="money", low=1e5, high=2e5), "EUR") == "100.0K EUR to 200.0K EUR"


def test_where_the_number_of_customers_is_not_known_its_noise_is_said_to_be_missing() -> None:
    assert any("not known" in each for each in assumptions(()))


@pytest.mark.parametrize(
    ("draws", "recovers", "told"),
    [(999, "1;2;3/month", ["few-draws"]), (1_000, "1;2;3/month", []), (1, "2/month", [])],
)
def test_few_draws_are_doubted_where_anything_is_drawn(
    draws: int, recovers: str, told: list[str]
) -> None:
    simulation, asked = found(recovers=recovers, draws=draws)
    assert [each.code for each in doubts(asked, simulation)] == told


def test_a_pilot_that_may_have_harmed_is_told_by_how_likely_that_is() -> None:
    def told(pilot: str) -> list[tuple[str, str]]:
        asked = Scenario.model_validate(
            {"solutions": [{"name": "API\n", "segment": "A", "reduction": pilot}]}
        )
        simulation, _ = found(recovers="1000/month")
        return [(each.level, each.message) for each in doubts(asked, simulation)]

    assert told("65%") == told("pilot:9/1200,310/1180") == []
    ((level, message),) = told("pilot:4/40,5/40")
    assert level == "warning"
    assert message.startswith('By its pilot, "API " makes churn worse with a probability of 36 %;')
    assert told("pilot:9/120,21/118")[0][0] == "info"
