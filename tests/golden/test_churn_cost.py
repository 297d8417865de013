"""What every face prints of churn and its cost; `UPDATE_GOLDEN=1` renews.

The ledger is written by hand: two segments, three months, one definition that counts who came and
went; a name that faces could take for markup.
"""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import pytest

from dmaic.analysis.churn import make_churn
from dmaic.cli.render import print_table, render
from dmaic.cli.render.console import make_console
from dmaic.money.churn_figure import compared
from dmaic.money.cost import cost_of
from dmaic.money.cost_word import assumptions, methods
from dmaic.money.definition import DEFAULT, Definition
from dmaic.money.flow import Flow
from dmaic.money.ledger import Ledger, Span
from dmaic.reply import Study
from dmaic.result import Inputs

from .test_golden import check

COUNTED = Definition(
    name="ours", title="Counted by finance", source="https://example.com/churn",
    denominator="start-plus-new", new_and_churned="counted", offsets=("expansion", "reactivation"),
)  # fmt: skip


def flow(start: int, new: int, churned: int, pay: float, *, back: int = 0, within: int = 0) -> Flow:
    return Flow(
        customers_start=start, new=new, churned=churned, reactivated=back, passing=within,
        mrr_start=start * pay, mrr_new=new * pay, mrr_churned=churned * pay,
        mrr_reactivated=back * pay, mrr_passing=within * pay, mrr_contraction=start * pay * 0.01,
        mrr_expansion=start * pay * 0.02, squares_churned=churned * pay**2,
    )  # fmt: skip


LEDGER = Ledger(
    definition="dmaic",
    by=("segment",),
    spans=(
        Span("2024-10", date(2024, 10, 1), date(2024, 10, 31)),
        Span("2024-11", date(2024, 11, 1), date(2024, 11, 30)),
        Span("2024-12", date(2024, 12, 1), date(2024, 12, 31)),
    ),
    flows={
        ("Auto body | estimators",): (
            flow(4000, 210, 190, 96.5, within=12),
            flow(4020, 200, 205, 96.5, back=3, within=9),
            flow(4018, 190, 180, 96.5, back=1),
        ),
        ("<b>Property</b> managers",): (
            flow(1500, 20, 12, 150.0),
            flow(1508, 10, 9, 150.0),
            flow(1509, 15, 0, 150.0),
        ),
    },
    unit="customers",
    currency="USD",
    value_name="mrr",
    inputs=Inputs(source="export.csv", rows=7200, tool_version="0"),
)


def study(name: str) -> Study:
    if name == "churn":
        made = make_churn(LEDGER, DEFAULT, "month")
        both = (compared(LEDGER, DEFAULT, DEFAULT), compared(LEDGER, COUNTED, DEFAULT))
        return made.model_copy(update={"definitions": both})
    cost = cost_of(LEDGER, DEFAULT, margin=0.8)
    return cost.model_copy(update={"method": methods(cost), "assumptions": assumptions(cost)})


def printed(name: str, width: int, encoding: str = "utf-8") -> str:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding=encoding, newline="\n")
    print_table(study(name), make_console(stream, width, plain=True))
    stream.flush()
    return raw.getvalue().decode(encoding)


@pytest.mark.parametrize("width", [60, 80, 120])
@pytest.mark.parametrize("name", ["churn", "cost"])
def test_in_the_terminal(name: str, width: int) -> None:
    text = printed(name, width)
    assert max(map(len, text.splitlines())) <= width
    check(f"{name}-{width}.txt", text)


@pytest.mark.parametrize("name", ["churn", "cost"])
def test_in_ascii(name: str) -> None:
    text = printed(name, 80, "ascii")
    assert text.isascii()
    check(f"{name}-ascii.txt", text)


@pytest.mark.parametrize("format", ["md", "csv"])
@pytest.mark.parametrize("name", ["churn", "cost"])
def test_as_text(name: str, format: Any) -> None:
    check(f"{name}.{format}", render(study(name), format=format))


@pytest.mark.parametrize("name", ["churn", "cost"])
def test_as_html(name: str) -> None:
    text = study(name)._repr_html_()
    assert "<b>Property" not in text
    check(f"{name}.html", text)
