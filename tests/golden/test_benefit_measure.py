"""What is printed of a measured benefit; `UPDATE_GOLDEN=1 pytest tests/golden` renews."""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from dmaic.analysis.treated import find_sides
from dmaic.cli.render import print_table
from dmaic.cli.render.console import make_console
from dmaic.cli.render.envelope import to_json
from dmaic.cli.render.flat import to_csv
from dmaic.cli.render.markdown import to_markdown
from dmaic.money.benefit_measure import BenefitMeasureResult
from dmaic.money.ledger import Ledger
from dmaic.money.measure import measure
from dmaic.money.measure_method import ASSUMPTIONS, methods
from dmaic.result import Inputs

FOLDER = Path(__file__).parent
Make = Callable[..., Ledger]


@pytest.fixture
def result(ledger: Make) -> BenefitMeasureResult:
    """5 % to 2 % where the fix reached, 2 % to 1.6 % elsewhere; a year, then a quarter."""
    before = {"Estimators": [(1000, 50)] * 12, "Roofers": [(4000, 80)] * 12,
              "Students": [(500, 10)] * 12, "(blank)": [(100, 3)] * 12}  # fmt: skip
    after = {"Estimators": [(1000, 20)] * 3, "Roofers": [(4000, 64)] * 3,
             "Students": [(500, 8)] * 3, "(blank)": [(100, 2)] * 3}  # fmt: skip
    one, other = ledger("2024-01", before), ledger("2025-01", after)
    sides = find_sides(one, other, None, ["Estimators"], (), with_blank=False)
    return measure(
        sides,
        "ratio",
        inputs=Inputs(source="before.csv / after.csv", rows=20),
        method=methods("ratio", treated=True, money=True),
        assumptions=ASSUMPTIONS,
    )


def printed(result: BenefitMeasureResult, width: int, encoding: str) -> str:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding=encoding, newline="\n")
    print_table(result, make_console(stream, width, plain=True))
    stream.flush()
    return raw.getvalue().decode(encoding)


def check(name: str, text: str) -> None:
    path = FOLDER / "expected" / f"benefit-measure{name}"
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_bytes(text.encode())
    assert text == path.read_bytes().decode()


@pytest.mark.parametrize("width", [60, 80, 120])
def test_table(result: BenefitMeasureResult, width: int) -> None:
    check(f"-{width}.txt", printed(result, width, "utf-8"))


def test_table_in_ascii(result: BenefitMeasureResult) -> None:
    text = printed(result, 80, "ascii")
    assert text.isascii()
    check("-ascii.txt", text)


def test_faces(result: BenefitMeasureResult) -> None:
    check(".csv", to_csv(result))
    check(".md", to_markdown(result))
    check(".json", to_json("benefit measure", result))
