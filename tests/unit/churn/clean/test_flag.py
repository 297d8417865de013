from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from dmaic.churn.clean import flag
from dmaic.errors import DataError

if TYPE_CHECKING:
    from conftest import MakeRows


@pytest.mark.parametrize(
    ("churned", "kept"),
    [
        ("Yes", "No"), ("y", "n"), ("TRUE", "False"), ("T", "F"), ("1", "0"), ("1.0", "0.0"),
        ("Churned", "Active"), ("cancelled", "active"), ("canceled", "current"),
        ("Expired", "live"), ("inactive", "Retained"), ("lost", "stayed"),
        ("terminated", "in good standing"), ("closed", "open"), ("left", "in_good_standing"),
        ("departed", "Joined"), ("lapsed", "subscribed"), ("Churned", "Not-Churned"),
        ("ja", "nein"), ("J", "N"), ("gekündigt", "aktiv"), ("GEKÜNDIGT", "Aktiv"),
        ("inaktiv", "aktiv"), ("abgewandert", "bestehend"), ("beendet", "laufend"),
        ("storniert", "nicht gekündigt"), ("wahr", "falsch"),
        ("oui", "non"), ("résilié", "actif"), ("Résiliée", "Active"), ("annulé", "abonné"),
        ("perdu", "en cours"), ("inactif", "actif"), ("vrai", "faux"),
        ("sí", "no"), ("SI", "NO"), ("cancelado", "activo"), ("baja", "alta"),
        ("perdida", "activa"), ("inactivo", "vigente"), ("verdadero", "falso"),
    ],
)  # fmt: skip
def test_words_are_known(make_rows: MakeRows, churned: str, kept: str) -> None:
    head = make_rows([churned, kept, f" {kept} ", "", None, "n/a"])
    reading = flag.decide(head.column, head)
    assert reading.kind == "flag"
    assert head.read(reading) == [True, False, False, None, None, None]
    assert head.misfits(reading) == []
    # A spelling or word that was not seen is a misfit; decided on all rows, it is read.
    rest = head.on([churned, kept.swapcase(), "yes", "expired", None, ""])
    if kept.swapcase() != kept:
        assert rest.misfits(reading)[0] == kept.swapcase()
    assert rest.misfits(reading)[-1] == "expired"
    again = flag.decide(rest.column, rest)
    assert rest.read(again) == [True, False, True, True, None, None]
    assert rest.misfits(again) == []


def test_words_without_their_accents_are_known(make_rows: MakeRows) -> None:
    rows = make_rows(["resilie", "gekundigt", "gekuendigt", "re\u0301silie\u0301"])
    assert rows.read(flag.decide(rows.column, rows)) == [True] * 4


def test_an_inverted_header_turns_answers_but_not_states(make_rows: MakeRows) -> None:
    rows = make_rows(["Yes", "No", "1", "0"])
    reading = flag.decide(rows.column, rows, inverted=True)
    assert rows.read(reading) == [False, True, False, True]
    assert reading.label.endswith("yes is not churned")
    states = make_rows(["Active", "Inactive"])
    reading = flag.decide(states.column, states, inverted=True)
    assert states.read(reading) == [False, True]
    assert reading.label == "Active/Inactive" or reading.label == "Inactive/Active"


@pytest.mark.parametrize(
    ("kind", "cells", "values"),
    [
        ("BOOLEAN", [True, False, None], [True, False, None]),
        ("INTEGER", [1, 0, None], [True, False, None]),
        ("DOUBLE", [1.0, 0.0, float("nan")], [True, False, None]),
        ("DECIMAL(3,1)", [Decimal("1.0"), Decimal("0.0")], [True, False]),
        ("ENUM('Yes', 'No')", ["Yes", "No", None], [True, False, None]),
    ],
)
def test_native_flags_pass(
    make_rows: MakeRows, kind: str, cells: list[Any], values: list[bool | None]
) -> None:
    rows = make_rows(cells, kind)
    reading = flag.decide(rows.column, rows)
    assert rows.read(reading) == values
    assert rows.misfits(reading) == []
    turned = flag.decide(rows.column, rows, inverted=True)
    assert rows.read(turned) == [None if v is None else not v for v in values]


def test_other_numbers_are_misfits(make_rows: MakeRows) -> None:
    head = make_rows([1, 0], "INTEGER")
    reading = flag.decide(head.column, head)
    assert head.on([2, 1]).misfits(reading) == [2]


def test_marks_alone_make_blank_mean_no(make_rows: MakeRows) -> None:
    head = make_rows(["x", "", None, "X"])
    reading = flag.decide(head.column, head)
    assert head.read(reading) == [True, False, False, True]
    assert head.on(["y", "✓"]).misfits(reading) == ["y"]


@pytest.mark.parametrize(
    "status", ["past_due", "unpaid", "trialing", "paused", "pending", "incomplete"]
)
def test_states_that_are_a_choice_are_asked(make_rows: MakeRows, status: str) -> None:
    rows = make_rows(["active", "active", "canceled", status], name="status")
    with pytest.raises(DataError) as caught:
        flag.decide(rows.column, rows)
    assert caught.value.code == "read.flag-unknown"
    assert '"active" (2)' in caught.value.message
    assert f'"{status}" (1)' in caught.value.message
    assert caught.value.hint.endswith(f'--churned-when "status in (canceled, {status})"')


def test_the_condition_is_quoted_for_the_shell(make_rows: MakeRows) -> None:
    rows = make_rows(["active", "past due"], name="Customer Status")
    with pytest.raises(DataError) as caught:
        flag.decide(rows.column, rows)
    # 'A'"'"'B' is how a POSIX shell is given a single quote.
    expected = """--churned-when '"Customer Status" in ('"'"'past due'"'"')'"""
    assert caught.value.hint.endswith(expected)


@pytest.mark.parametrize(
    ("kind", "cells"),
    [
        ("VARCHAR", ["SMB", "Enterprise"]),
        ("VARCHAR", [f"value {i}" for i in range(60)]),
        ("VARCHAR", [str(i) for i in range(1000)]),
        ("VARCHAR", ["", None, "n/a"]),
        ("VARCHAR", []),
        ("INTEGER", [1, 2]),
        ("INTEGER", [None]),
        ("DATE", [None]),
    ],
)
def test_other_columns_are_no_flags(make_rows: MakeRows, kind: str, cells: list[Any]) -> None:
    rows = make_rows(cells, kind)
    with pytest.raises(DataError) as caught:
        flag.decide(rows.column, rows)
    assert caught.value.code == "read.not-a-flag"
    assert not flag.is_flag(rows.column, rows)


def test_is_flag(make_rows: MakeRows) -> None:
    rows = make_rows(["Yes", "No", None])
    assert flag.is_flag(rows.column, rows)
    assert rows.asked == 1


@pytest.mark.parametrize(
    "name",
    ["active", "Is Active", "isActive", "is_active", "Retained?", "actif", "Aktiv", "activo",
     "Est actif", "customer_active", "Still subscribed"],
)  # fmt: skip
def test_headers_that_ask_who_is_still_there(name: str) -> None:
    assert flag.reads_inverted(name)


@pytest.mark.parametrize(
    "name",
    ["inactive", "Churn", "churned", "status", "active_until", "last_active", "not_active", ""],
)
def test_other_headers(name: str) -> None:
    assert not flag.reads_inverted(name)


def test_values_are_data_not_sql_or_markup(make_rows: MakeRows) -> None:
    rows = make_rows(["yes", "no", "'); DROP TABLE x; --", "\x1b[31m"])
    with pytest.raises(DataError) as caught:
        flag.decide(rows.column, rows)
    assert "\x1b" not in caught.value.message + caught.value.hint
