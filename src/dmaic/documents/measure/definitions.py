"""Operational definitions: what a word means so exactly that two people count the same."""

from __future__ import annotations

from typing import Any, ClassVar

from dmaic.documents.base import Document, Figure, Gap, Line, Papers, Phase, Text, ask
from dmaic.documents.define.charter import Charter
from dmaic.documents.name import folded, short
from dmaic.text import plural

CHURN = "churn"
"""What has to be defined where the charter names no other metric."""


class Definition(Line):
    """One term."""

    PREFIX: ClassVar[str] = "T"
    term: Text = ask("Term", "The word or the metric.", example="Monthly logo churn", needed=True)
    definition: Text = ask(
        "Definition",
        "What counts and what does not, so that two people count the same.",
        example="A customer whose last paid subscription ended and who did not return in 30 days.",
        needed=True,
    )
    moment: Text = ask(
        "Moment",
        "When it counts: the event or the day. Notice given and access lost can be weeks apart.",
        example="the last day of paid access",
    )
    denominator: Text = ask(
        "Denominator",
        "Of what it is a share, where it is one.",
        example="customers with a paid subscription on the first day of the month",
    )
    formula: Text = ask(
        "Formula",
        "How the figure is computed.",
        example="churned in the month / paying on its first day",
    )
    measured: Text = ask(
        "How measured",
        "Where the count is taken and by which rule.",
        example="query on the billing export, on the 3rd working day",
        needed=True,
    )
    source: Text = ask("Source", "System or file.", example="churn_export.csv", needed=True)
    who: Text = ask("Who", "Who measures it.", example="Finance controller", needed=True)


class OperationalDefinitions(Document):
    """The terms that the project counts by."""

    KIND: ClassVar[str] = "definitions"
    TITLE: ClassVar[str] = "Operational definitions"
    PHASE: ClassVar[Phase] = "measure"
    PURPOSE: ClassVar[str] = (
        "An operational definition says what counts, when and of how many, so that two people "
        "get the same figure. Churn comes first: most quarrels about it are two definitions."
    )

    terms: tuple[Definition, ...] = ask(
        "Terms", "Words and metrics, the project's own metric first.", least=1, default=()
    )

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "terms": [
            {"id": "T1", "term": "Monthly logo churn",
             "definition": "A customer whose last paid subscription ended and who did not return "
                           "within 30 days; a change of plan is no churn.",
             "moment": "the last day of paid access",
             "denominator": "customers with a paid subscription on the first day of the month",
             "formula": "churned in the month / paying on its first day",
             "measured": "query on the billing export, on the 3rd working day of the month",
             "source": "churn_export.csv, monthly_summary.csv", "who": "Finance controller"},
            {"id": "T2", "term": "Annualised revenue lost",
             "definition": "Recurring revenue of the churned customers, as of their last month.",
             "moment": "the last day of paid access", "formula": "12 x monthly recurring revenue",
             "measured": "sum over the churned customers of the last twelve months",
             "source": "churn_export.csv", "who": "Finance controller"},
            {"id": "T3", "term": "Segment",
             "definition": "The customer's trade, chosen from a list of ten; blank where unknown.",
             "measured": "sign-up question, for earlier customers from calls and billing records",
             "source": "sign-up form", "who": "Customer Success lead"},
            {"id": "T4", "term": "Time to first answer",
             "definition": "Hours from the customer's ticket to the first answer by a person; "
                           "automatic receipts do not count.",
             "moment": "the first answer is sent", "formula": "first answer − ticket opened",
             "measured": "ticket system, all tickets of the month",
             "source": "support_tickets.csv", "who": "Head of Support"},
        ]
    }  # fmt: skip

    def rules(self, papers: Papers) -> tuple[Gap, ...]:
        """The project's own metric is defined; churn with its moment and its denominator."""
        gaps = []
        metric = papers.get(Charter).metric or CHURN
        wanted = CHURN if CHURN in folded(metric) else metric
        found = [each for each in self.terms if _defines(each, wanted)]
        if self.terms and not found:
            gaps.append(
                Gap(
                    field="terms",
                    message=f'"{short(wanted)}" itself is not defined: every figure rests on it.',
                )
            )
        if wanted == CHURN and found and not any(e.moment and e.denominator for e in found):
            first = found[0]
            for part, why in (
                ("moment", "from which moment a customer counts as churned"),
                ("denominator", "of how many customers it is a share"),
            ):
                if not getattr(first, part):
                    gaps.append(
                        Gap(field=f"terms.{first.id}.{part}", message=f"{first.id}: say {why}.")
                    )
        seen: dict[str, str] = {}
        for each in self.terms:
            twin = seen.setdefault(folded(each.term), each.id)
            if each.term and twin != each.id:
                gaps.append(
                    Gap(
                        field=f"terms.{each.id}.term",
                        message=f'"{short(each.term)}" is defined twice, as {twin} and {each.id}.',
                        level="weak",
                    )
                )
        return tuple(gaps)

    def figures(self, papers: Papers) -> tuple[Figure, ...]:
        """How many of the terms can be measured as they stand."""
        del papers
        if not self.terms:
            return ()
        ready = [e for e in self.terms if e.definition and e.measured and e.source and e.who]
        return (
            Figure(
                name="measurable",
                label="Ready to be measured",
                value=len(ready),
                text=f"{len(ready)} of {plural(len(self.terms), 'term')}",
                formula="terms with definition, how measured, source and who",
            ),
        )


def _defines(each: Definition, wanted: str) -> bool:
    """The term is the wanted one, or one of the two names is a part of the other."""
    term, name = folded(each.term), folded(wanted)
    return bool(term) and (name in term or (wanted != CHURN and term in name))
