"""Words of the method that a sponsor need not know, told where a report uses them."""

from __future__ import annotations

from collections.abc import Iterable

from dmaic.block import Fields, Note
from dmaic.reports import table
from dmaic.reports.content_analysis import of_phase
from dmaic.reports.desk import Desk

_EVERYWHERE = (
    ("Logo churn", "customers who leave in a month, as a share of those there when it begins; "
     "each counts as one, however much they pay"),
    ("Tollgate", "the end of a phase: the project goes on once the criteria are met and those who "
     "answer for it have signed"),
    ("Vital few", "the few groups that make most of the loss"),
)  # fmt: skip
_MONEY = (
    ("Hard benefit", "money that Finance can find in the accounts"),
    ("Run-rate", "what the last month would come to in a year; it is no cash"),
)
_OF_ANALYSIS: dict[str, tuple[tuple[str, str], ...]] = {
    "agreement": (("Kappa", "how far two people agree beyond what chance makes; 1 is always"),),
    "capability": (
        (
            "Cpk",
            "how far the process stays from the nearest limit; 1.33 and more is called capable",
        ),
    ),
    "churn": (
        ("MRR", "monthly recurring revenue: what subscriptions bring in a month"),
        ("ARPA", "average revenue per account in a month"),
    ),
    "compare": (("95 % interval", "where the true figure lies, as far as these data can tell"),),
    "control": (
        ("Special cause", "a change larger than the usual up and down of the months"),
        ("Stable", "only the usual up and down is seen, so next month will be like these"),
    ),
    "cost": (("MRR", "monthly recurring revenue: what subscriptions bring in a month"),),
    "decide": (
        ("Expected value", "the amounts that may come, each times its probability"),
        ("Certainty equivalent", "the amount for sure that feels like the gamble"),
    ),
    "drivers": (("Odds", "those who left over those who stayed"),),
    "pareto": (("Pareto", "groups in the order of what they lose, the largest first"),),
    "pareto-comparison": (("Pareto", "groups in the order of what they lose, the largest first"),),
    "recover": (
        ("NPV", "net present value: money later counts less than money today"),
        ("P10, P50, P90", "a tenth, half, nine tenths of the simulated cases lie below"),
    ),
    "survival": (("Median life", "when half of the customers have left"),),
}
_OF_DOCUMENT: dict[str, tuple[tuple[str, str], ...]] = {
    "ctq": (
        ("CTQ", "critical to quality: what customers need, as a figure that can be measured"),
        ("Verbatim", "what a customer said, word for word"),
    ),
    "sipoc": (("SIPOC", "supplier, input, process, output, customer: the process in five boxes"),),
    "raci": (("RACI", "responsible, accountable, consulted, informed: who does what"),),
    "process-map": (
        ("Lead time", "from the first to the last step, waiting included"),
        ("Rolled throughput yield", "the share that goes through all steps without rework"),
    ),
    "fmea": (
        ("FMEA", "failure mode and effects analysis: what can go wrong, and what is done about it"),
        ("AP", "action priority: high (H), medium (M) or low (L)"),
        ("RPN", "severity × occurrence × detection, each from 1 to 10"),
    ),
    "control-plan": (
        ("CTQ", "critical to quality: what customers need, as a figure that can be measured"),
    ),
}


def glossary_section(desk: Desk, documents: Iterable[str], phase: str = "", *, money: bool) -> str:
    """What the words of the method mean, those that the report uses, in order.

    Args:
        desk: the record.
        documents: kinds of those that it shows.
        phase: whose analyses it shows; empty takes all.
        money: it tells benefits.
    """
    rows = dict(_EVERYWHERE)
    rows.update(_MONEY if money else ())
    for each in of_phase(desk, phase):
        rows.update(_OF_ANALYSIS.get(each.body.analysis, ()))
    for kind in documents:
        if desk.papers.load(kind) is not None:
            rows.update(_OF_DOCUMENT.get(kind, ()))
    named = tuple(sorted(rows.items(), key=lambda row: row[0].casefold()))
    return table.markdown((Note("What the words of the method mean."), Fields(named)))
