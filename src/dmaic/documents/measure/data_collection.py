"""The data collection plan: which question which data shall answer, and how many are enough."""

from __future__ import annotations

from math import isfinite
from typing import Any, ClassVar, Literal

from dmaic import number
from dmaic.documents.base import Document, Figure, Gap, Line, Papers, Phase, Text, ask
from dmaic.stats.proportion import z_score
from dmaic.stats.sampling import precision

CONFIDENCE = 95.0
SHARE = 50.0


class Measure(Line):
    """One thing that is measured."""

    PREFIX: ClassVar[str] = "D"
    question: Text = ask(
        "Question",
        "What shall be known afterwards.",
        example="Why did customers leave?",
        needed=True,
    )
    measure: Text = ask(
        "Measure", "What is counted or measured.", example="reason for leaving", needed=True
    )
    type: Literal["", "continuous", "attribute"] = ask(
        "Type",
        "Continuous is measured on a scale, such as hours; attribute is counted, such as yes or "
        "no.",
        example="attribute",
        needed=True,
    )
    source: Text = ask("Source", "System, file or people.", example="calls", needed=True)
    who: Text = ask("Who", "Who collects it.", example="vendor", needed=True)
    how: Text = ask(
        "How",
        "Query, form, call or observation, and how the sample is drawn.",
        example="call and e-mail, drawn at random from the billing records",
    )
    when: Text = ask("When", "From when to when.", example="3 to 14 February 2025", needed=True)
    stratify: tuple[Text, ...] = ask(
        "Stratify by",
        "What the data shall be split by later; what is not collected now cannot be split.",
        example=["segment", "tenure", "plan"],
        default=(),
    )
    covers: Literal["", "all", "sample"] = ask(
        "Covers", "All of them, or a sample.", example="sample", needed=True
    )
    population: int | None = ask(
        "Population", "How many there are.", example=4270, default=None, ge=1, le=1e15
    )
    margin: float | None = ask(
        "Margin",
        "How exact the answer shall be, plus or minus: in percentage points for an attribute, in "
        "the unit of the measure for a continuous one.",
        example=5,
        default=None,
        ge=0,
        le=1e12,
    )
    confidence: float | None = ask(
        "Confidence",
        "How sure the margin shall be; 95 where nothing is said.",
        example=95,
        unit="%",
        default=None,
        ge=50,
        le=99.9999,
    )
    share: float | None = ask(
        "Expected share",
        "Of an attribute; 50, the most careful, where nothing is said.",
        example=50,
        unit="%",
        default=None,
        ge=0,
        le=100,
    )
    deviation: float | None = ask(
        "Standard deviation",
        "Expected of a continuous measure, in its unit; take it from a first look.",
        example=12,
        default=None,
        ge=0,
        le=1e12,
    )
    response: float | None = ask(
        "Response rate", "Of those asked, how many answer.", example=30, unit="%", default=None,
        ge=0, le=100,
    )  # fmt: skip

    @property
    def sample(self) -> int | None:
        """Answers needed; None where the line does not say enough."""
        # Of next to nothing, a hundredth is nothing.
        if self.covers == "all" or not self.margin or not self.margin / 100:
            return None
        confidence = (self.confidence or CONFIDENCE) / 100
        if self.type == "attribute":
            share = SHARE if self.share is None else self.share
            return precision.for_share(
                self.margin / 100,
                share=share / 100,
                confidence=confidence,
                population=self.population,
            )
        if self.type == "continuous" and self.deviation is not None:
            return precision.for_mean(
                self.margin,
                deviation=self.deviation,
                confidence=confidence,
                population=self.population,
            )
        return None

    @property
    def contacts(self) -> int | None:
        """How many to ask so that enough answer; None where the line does not say enough."""
        rate = (self.response or 0) / 100
        if self.sample is None or not rate or not isfinite(self.sample / rate):
            return None
        return precision.to_ask(self.sample, rate)


class DataCollectionPlan(Document):
    """What is measured, where, by whom and how often."""

    KIND: ClassVar[str] = "data-collection"
    TITLE: ClassVar[str] = "Data collection plan"
    PHASE: ClassVar[Phase] = "measure"
    PURPOSE: ClassVar[str] = (
        "The plan ties every figure to a question, a source and a person before anybody collects "
        "it. It says how many are enough, and by what the data can be split later."
    )

    measures: tuple[Measure, ...] = ask("Measures", "A line for each.", least=1, default=())

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "measures": [
            {"id": "D1", "question": "How many customers leave each month, and who are they?",
             "measure": "churned customers", "type": "attribute", "source": "billing export",
             "who": "Finance controller", "how": "query", "when": "January to December 2024",
             "stratify": ["segment", "tenure", "plan", "region"], "covers": "all",
             "population": 20000},
            {"id": "D2", "question": "Which segment are those who left, and why did they leave?",
             "measure": "segment and reason for leaving", "type": "attribute", "source": "calls",
             "who": "vendor", "how": "call and e-mail, drawn at random from the billing records",
             "when": "3 to 14 February 2025", "stratify": ["segment", "tenure"],
             "covers": "sample", "population": 4270, "margin": 5, "confidence": 95,
             "share": 50, "response": 30},
            {"id": "D3", "question": "How long does a customer wait for the first answer?",
             "measure": "hours to first answer", "type": "continuous",
             "source": "support_tickets.csv", "who": "Head of Support",
             "how": "every n-th ticket of the year", "when": "February 2025",
             "stratify": ["segment", "channel", "priority"], "covers": "sample",
             "population": 3297, "margin": 3, "confidence": 95, "deviation": 25},
        ]
    }  # fmt: skip

    def rules(self, papers: Papers) -> tuple[Gap, ...]:
        """A sample says how exact it shall be, and there are enough to ask."""
        del papers
        gaps = []
        for each in self.measures:
            at = f"measures.{each.id}"
            if each.covers == "sample" and each.type:
                wanted = "margin" if not each.margin else ""
                if each.type == "continuous" and each.deviation is None:
                    wanted = wanted or "deviation"
                if wanted:
                    what = "margin above 0" if wanted == "margin" else "expected standard deviation"
                    gaps.append(
                        Gap(
                            field=f"{at}.{wanted}",
                            message=f"{each.id} is a sample: without a {what} "
                            "nobody knows how many are enough.",
                        )
                    )
            contacts, all_of_them = each.contacts, each.population
            if contacts is not None and all_of_them is not None and contacts > all_of_them:
                gaps.append(
                    Gap(
                        field=f"{at}.response",
                        message=f"{each.id} has to ask {contacts:,} and there are only "
                        f"{all_of_them:,}: ask all, raise the response or widen the margin.",
                        level="weak",
                    )
                )
            if each.response == 0:
                gaps.append(Gap(field=f"{at}.response", message=f"{each.id}: nobody answers."))
            if not each.stratify:
                gaps.append(
                    Gap(
                        field=f"{at}.stratify",
                        message=f"{each.id} is not split by anything: "
                        "which segments make the loss stays hidden.",
                        level="weak",
                    )
                )
        return tuple(gaps)

    def figures(self, papers: Papers) -> tuple[Figure, ...]:
        """For each sample how many are needed and how many have to be asked."""
        del papers
        return tuple(
            Figure(
                name=f"sample_{each.id}",
                label=f"{each.id} sample",
                value=each.sample,
                text=_told(each),
                formula=_formula(each),
            )
            for each in self.measures
            if each.covers != "all" and each.sample is not None
        )


def _told(each: Measure) -> str:
    text = number.amount(each.sample, places=0)
    if each.population is not None:
        text += f" of {number.amount(each.population, places=0)}"
    if each.contacts is not None:
        text += f"; ask {number.amount(each.contacts, places=0)} at {each.response:g} % response"
    return text


def _formula(each: Measure) -> str:
    confidence = each.confidence or CONFIDENCE
    z = z_score(confidence / 100)
    if each.type == "attribute":
        share = SHARE if each.share is None else each.share
        text = f"z² p (1 − p) / E² with z {z:.3f} ({confidence:g} %), p {share:g} %"
        text += f", E {each.margin:g} points"
        end = "n / (1 + (n − 1) / N)"
    else:
        text = f"(z s / E)² with z {z:.3f} ({confidence:g} %), s {each.deviation:g}"
        text += f", E {each.margin:g}"
        end = "n / (1 + n / N)"
    if each.population is not None:
        text += f"; then {end} for N {each.population:,}"
    return f"{text} (Cochran 1977)"
