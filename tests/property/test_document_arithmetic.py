"""Arithmetic of the documents, whatever the figures: order, scale and bounds."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dmaic.documents.analyze.cause_effect import CauseEffectMatrix
from dmaic.documents.analyze.reasons import TOPS, ReasonTaxonomy
from dmaic.documents.base import Papers
from dmaic.documents.control.training import TrainingPlan
from dmaic.documents.improve.fmea import Fmea
from dmaic.documents.improve.implementation import ImplementationPlan
from dmaic.documents.improve.network import circle, longest
from dmaic.documents.improve.ranking import net, turning, weighted, winners

CRITERIA = ("K1", "K2", "K3", "K4")
weights = st.dictionaries(st.sampled_from(CRITERIA), st.floats(0.1, 100), min_size=1)
scores = st.dictionaries(st.sampled_from(CRITERIA), st.floats(1, 10))
full = st.fixed_dictionaries({name: st.floats(1, 10) for name in CRITERIA})
all_weights = st.fixed_dictionaries({name: st.floats(0.1, 100) for name in CRITERIA})
options = st.lists(full, min_size=2, max_size=6).map(
    lambda found: [(f"S{n}", each) for n, each in enumerate(found)]
)


@given(weights, scores)
def test_a_weighted_score_lies_between_its_worst_and_best(
    weight: dict[str, float], score: dict[str, float]
) -> None:
    found = weighted(weight, score)
    shared = [score[name] for name in score if name in weight]
    if not shared:
        assert found is None
    else:
        assert found is not None
        assert min(shared) - 1e-9 <= found <= max(shared) + 1e-9


@given(all_weights, options, st.floats(0.001, 1e6))
def test_only_the_proportions_of_weights_count(
    weight: dict[str, float], choices: Any, factor: float
) -> None:
    scaled = {name: each * factor for name, each in weight.items()}
    for _, score in choices:
        assert weighted(scaled, score) == pytest.approx(weighted(weight, score))


@given(all_weights, options, st.randoms())
def test_the_order_of_solutions_and_criteria_changes_no_winner(
    weight: dict[str, float], choices: Any, random: Any
) -> None:
    mixed = list(choices)
    random.shuffle(mixed)
    names = list(weight)
    random.shuffle(names)
    other = {name: weight[name] for name in names}
    found = winners(weight, choices)
    # Sums in another order may differ in the last digit, and so may ties.
    if len(found) == 1:
        assert winners(other, mixed) & found


@given(all_weights, options)
def test_a_solution_that_is_better_everywhere_wins_firmly(
    weight: dict[str, float], choices: Any
) -> None:
    best = ("best", dict.fromkeys(CRITERIA, 11.0))
    assert winners(weight, [*choices, best]) == {"best"}
    assert turning(weight, [*choices, best]) == ()


@given(st.dictionaries(st.text(max_size=3), st.sampled_from((-1, 0, 1))))
def test_pughs_parts_add_up_and_the_mirror_image_turns_the_net(signs: dict[str, float]) -> None:
    found = net(signs)
    assert found.plus + found.minus + found.same == len(signs)
    assert net({name: -sign for name, sign in signs.items()}).net == -found.net


rows = st.lists(
    st.dictionaries(st.sampled_from(("CTQ1", "CTQ2")), st.sampled_from((0, 1, 3, 9))), max_size=6
)


@given(rows, st.integers(1, 10), st.integers(1, 10))
def test_totals_of_the_matrix_are_bounded_and_ranked(
    found: list[dict[str, float]], one: int, two: int
) -> None:
    matrix = CauseEffectMatrix.model_validate(
        {
            "weights": {"CTQ1": one, "CTQ2": two},
            "rows": [{"id": f"X{n}", "what": "w", "scores": s} for n, s in enumerate(found, 1)],
        }
    )
    totals = [total for _, total in matrix.totals()]
    assert totals == sorted(totals, reverse=True)
    assert all(0 <= total <= 9 * (one + two) for total in totals)
    assert len(totals) == len(found)


ratings = st.one_of(st.none(), st.integers(1, 10))
failure = st.fixed_dictionaries(
    {
        "severity": ratings,
        "occurrence": ratings,
        "detection": ratings,
        "severity_after": ratings,
        "occurrence_after": ratings,
        "detection_after": ratings,
    }
)


@given(st.lists(failure, max_size=8), st.randoms())
def test_figures_of_the_fmea_do_not_depend_on_the_order(found: list[Any], random: Any) -> None:
    def figures(lines: list[Any]) -> dict[str, float | None]:
        body = [{"id": f"F{n}", **each} for n, each in enumerate(lines, 1)]
        document = Fmea.model_validate({"failures": body})
        document.blocks(Papers())
        document.gaps()
        return {each.name: each.value for each in document.figures(Papers())}

    mixed = list(found)
    random.shuffle(mixed)
    first = figures(found)
    assert figures(mixed) == first
    rated = sum(None not in (f["severity"], f["occurrence"], f["detection"]) for f in found)
    assert bool(first) == bool(rated)
    if first:
        assert rated <= (first["rpn_before"] or 0) <= 1000 * rated
        assert 0 <= (first["high_before"] or 0) <= rated


networks = st.integers(1, 12).flatmap(
    lambda count: st.lists(
        st.tuples(st.integers(0, 30), st.integers(1, 20), st.sets(st.integers(0, count - 1))),
        min_size=count,
        max_size=count,
    )
)


@given(networks)
def test_the_critical_path_is_a_chain_and_no_chain_is_longer(found: list[Any]) -> None:
    # Each task waits for earlier ones only, so there is no circle.
    waits = {
        f"T{n}": tuple(f"T{each}" for each in sorted(depends) if each < n)
        for n, (_, _, depends) in enumerate(found)
    }
    days = {f"T{n}": length for n, (_, length, _) in enumerate(found)}
    assert circle(waits) == ()
    path = longest(waits, days)
    assert all(before in waits[after] for before, after in pairwise(path))

    def deepest(task: str) -> int:
        return days[task] + max((deepest(each) for each in waits[task]), default=0)

    assert sum(days[each] for each in path) == max(deepest(task) for task in waits)


@given(networks)
def test_a_circle_is_named_from_its_first_task_back_to_it(found: list[Any]) -> None:
    waits = {
        f"T{n}": tuple(f"T{each}" for each in sorted(depends))
        for n, (_, _, depends) in enumerate(found)
    }
    ring = circle(waits)
    if ring:
        assert ring[0] == ring[-1]
        assert len(ring) == len(set(ring)) + 1
        assert all(b in waits[a] for a, b in pairwise(ring))
    else:
        assert len(longest(waits, {})) >= 1


@given(networks)
def test_the_critical_path_is_no_longer_than_the_span_when_the_order_is_kept(
    found: list[Any],
) -> None:
    begin = date(2025, 1, 1)
    tasks: list[dict[str, Any]] = []
    for n, (start, length, depends) in enumerate(found):
        known = [tasks[each] for each in depends if each < n]
        first = max([begin + timedelta(start), *(each["end"] + timedelta(1) for each in known)])
        tasks.append(
            {"id": f"T{n + 1}", "task": "t", "owner": "o", "start": first,
             "end": first + timedelta(length - 1), "depends": [each["id"] for each in known]}
        )  # fmt: skip
    plan = ImplementationPlan.model_validate({"tasks": tasks})
    figures = {each.name: each.value or 0 for each in plan.figures(Papers())}
    assert figures["critical_days"] <= figures["span"]
    assert plan.gaps() == ()


@given(st.lists(st.tuples(st.sampled_from((*TOPS, "")), st.integers(0, 10**9)), max_size=8))
def test_shares_of_the_reasons_add_up_to_all_that_is_mapped(found: list[Any]) -> None:
    document = ReasonTaxonomy.model_validate(
        {
            "reasons": [{"id": f"R{n}", "name": t, "top": t} for n, t in enumerate(TOPS, 1)],
            "answers": [
                {"id": f"A{n}", "raw": "r", "count": count,
                 "reason": f"R{TOPS.index(top) + 1}" if top else ""}
                for n, (top, count) in enumerate(found, 1)
            ],
        }
    )  # fmt: skip
    figures = {each.name: each.value for each in document.figures(Papers())}
    if not figures:
        assert sum(count for _, count in found) == 0
        return
    assert 0 <= (figures["mapped"] or 0) <= 1
    shares = [value for name, value in figures.items() if name.startswith("share") and value]
    assert not shares or sum(shares) == pytest.approx(1)


@given(st.lists(st.tuples(st.integers(0, 10**6), st.integers(1, 10**6)), min_size=1, max_size=6))
def test_coverage_lies_between_nothing_and_everybody(found: list[tuple[int, int]]) -> None:
    plan = TrainingPlan.model_validate(
        {
            "sessions": [
                {"id": f"TR{n}", "attended": attended, "planned": planned}
                for n, (attended, planned) in enumerate(found, 1)
            ]
        }
    )
    (coverage,) = plan.figures(Papers())
    assert coverage.value is not None
    assert 0 <= coverage.value <= 1
    assert (coverage.value == 1) == all(attended >= planned for attended, planned in found)
