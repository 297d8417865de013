"""Findings in words: one sentence first, the finer points and the flags of commands aside."""

from __future__ import annotations

import pytest

from dmaic.block import Block, Check, Checks, Fields, Heading, Note, Table
from dmaic.reply import Study
from dmaic.reports.finding import said, shortened, unflagged, untyped
from dmaic.result import Inputs
from dmaic.stats.pareto import Concentration, ParetoResult, ParetoRow


class Made(Study):
    kind: str = "made"

    def answer(self) -> tuple[Block, ...]:
        return (
            Heading("A study", 1),
            Note("Churn is 2.2 % a month. That is 23.4 % a year.", strong=True),
            Note("Not all answered. See the checks below."),
            Note("* too few."),
            Fields((("rate", "2.2 % (--level)"), ("overdispersion", "none"),
                    ("NRR", "not in this export"))),
            Heading("Is it fair?"),
            Fields((("finer", "figure"),)),
            Checks((Check("good", "Fine"), Check("warn", "Trends differ", "by 3 %"))),
        )  # fmt: skip


def pareto(*, effect: bool = True) -> ParetoResult:
    rows = [
        ParetoRow(category=("Estimators",), churned=80, share=0.8, cumulative_share=0.8,
                  vital_few=True),
        ParetoRow(category=("Others",), churned=20, share=0.2, cumulative_share=1.0),
    ]  # fmt: skip
    return ParetoResult(
        by=("segment",),
        measure="customers",
        cutoff=80,
        total_churned=100,
        rows=tuple(rows),
        concentration=Concentration(
            gini=0.3, few=1, categories=2, few_share=0.8, effect=effect,
            verdict="Pareto effect: 1 of 2 makes 80 %. It is no chance.",
        ),
        inputs=Inputs(source="x.csv"),
    )  # fmt: skip


def test_the_first_sentence_is_the_finding_and_the_rest_stands_below() -> None:
    found = said(Made(inputs=Inputs(source="x")))
    assert found.title == "A study"
    assert found.finding == "Churn is 2.2 % a month."
    assert found.more == ("That is 23.4 % a year.", "Not all answered.")
    assert found.headline


def test_finer_figures_and_flags_are_left_out_and_doubts_are_not() -> None:
    found = said(Made(inputs=Inputs(source="x")))
    assert found.tables == (
        Fields((("Rate", "2.2 %"),)),
        Checks((Check("warn", "Trends differ", "by 3 %"),)),
    )
    assert unflagged("10 % (--minimal-effect), n = 3 (--x)") == "10 %, n = 3"


def test_a_pareto_says_its_verdict_and_names_the_few() -> None:
    found = said(pareto())
    assert found.finding == "Pareto effect: 1 of 2 makes 80 %."
    assert "Estimators 80.0 %" in found.more[0]
    (table,) = found.tables
    assert isinstance(table, Table)
    assert [each.title for each in table.columns] == ["segment", "lost", "share %", "together %"]
    assert shortened(found.tables, 3) == (table,)


def test_without_a_table_the_fields_are_taken() -> None:
    fields = Fields((("a", "1"), ("b", "2")))
    assert shortened((fields,), 1) == (Fields((("a", "1"),)),)
    assert shortened((), 1) == ()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Ask all, or widen --margin.", ""),
        ("Customers leave alike; --since looks at some.", "Customers leave alike."),
        ("No margin was given. --margin says what stays.", "No margin was given."),
        ("Your committee may differ (--curvature, --loss-weight).", "Your committee may differ."),
        ("Compare with segments that moved alike.", "Compare with segments that moved alike."),
    ],
)
def test_what_only_who_types_can_use_is_left_out(text: str, told: str) -> None:
    assert untyped(text) == told
