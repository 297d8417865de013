"""How lifetime values look on every face, as the files beside this say; `UPDATE_GOLDEN=1` renews.

The figures are those of `tests/numbers/test_clv_figures.py`, of survivors with a price.
"""

from __future__ import annotations

import io

import pytest

import dmaic
from dmaic.cli.render import print_table, render
from dmaic.cli.render.console import make_console
from dmaic.money.clv import ClvResult

from .test_golden import check

COHORT = (1000, 631, 468, 382, 326, 289, 262, 241)


def priced() -> ClvResult:
    return dmaic.clv(
        survivors=COHORT, arpa=100, arpa_currency="USD", margin=0.8, period="year", horizon=20
    )


def segments() -> ClvResult:
    rows = [
        {"id": f"{segment}{number}", "segment": segment, "mrr": mrr, "tenure": months,
         "churned": "Yes" if lost else "No"}
        for segment, mrr, counts in (
            ("Early leavers", 20.0, ((1, 1, 30), (2, 1, 15), (4, 1, 8), (9, 1, 3), (12, 0, 44))),
            ("Loyal", 95.5, ((3, 1, 2), (7, 1, 2), (12, 0, 96))),
            ("Nobody left", 60.0, ((12, 0, 40),)),
        )
        for months, lost, count in counts
        for number in (f"-{months}-{lost}-{each}" for each in range(count))
    ]  # fmt: skip
    return dmaic.clv(rows, "segment", fingerprint=False)


def text(result: ClvResult, width: int, encoding: str = "utf-8") -> str:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding=encoding, newline="\n")
    print_table(result, make_console(stream, width, plain=True))
    stream.flush()
    return raw.getvalue().decode(encoding)


@pytest.mark.parametrize("width", [60, 80, 120])
def test_terminal(width: int) -> None:
    check(f"clv-survivors-{width}.txt", text(priced(), width))
    check(f"clv-segments-{width}.txt", text(segments(), width))


def test_terminal_without_unicode() -> None:
    shown = text(segments(), 80, "ascii")
    assert shown.isascii()
    check("clv-ascii.txt", shown)


def test_markdown() -> None:
    check("clv.md", render(segments(), format="md"))
