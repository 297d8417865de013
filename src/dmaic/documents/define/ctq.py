"""The CTQ tree: from what customers say, by what they need, to figures that can be kept."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar, TypeVar

from dmaic.block import Block, Tree
from dmaic.documents.base import Document, Figure, Gap, Line, Papers, Phase, Text, ask
from dmaic.documents.name import as_id, by_id, short
from dmaic.text import plural

L = TypeVar("L", bound=Line)


class Verbatim(Line):
    """What a customer said, in the customer's own words."""

    PREFIX: ClassVar[str] = "V"
    words: Text = ask(
        "Verbatim",
        "What the customer said, word for word.",
        example="I type every photo's data a second time into the quoting system.",
        needed=True,
    )
    source: Text = ask(
        "Source", "Where and when it was said.", example="exit call, January 2025", needed=True
    )
    segment: Text = ask(
        "Segment", "Which kind of customer said it.", example="Auto body estimators"
    )


class Need(Line):
    """What lies behind one or several verbatims."""

    PREFIX: ClassVar[str] = "N"
    need: Text = ask(
        "Need",
        "What the customer needs, in the customer's terms and without a solution.",
        example="Photos and their data reach the quoting system without re-typing.",
        needed=True,
    )
    verbatims: tuple[Text, ...] = ask(
        "Verbatims", "Ids of the verbatims that say so.", example=["V1"], needed=True, default=(),
        refers="ctq",
    )  # fmt: skip


class Ctq(Line):
    """Something critical to quality: a need made measurable."""

    PREFIX: ClassVar[str] = "CTQ"
    ctq: Text = ask(
        "CTQ",
        "What has to be right for the need to be met.",
        example="First answer to a ticket is quick",
        needed=True,
    )
    need: Text = ask(
        "Need", "Id of the need that it serves.", example="N2", needed=True, refers="ctq"
    )
    metric: Text = ask(
        "Metric", "What is measured.", example="time to first answer, estimators", needed=True
    )
    unit: Text = ask("Unit", "Unit of target and limit.", example="hours", needed=True)
    target: float | None = ask(
        "Target", "The figure aimed at.", example=2, needed=True, default=None
    )
    limit: float | None = ask(
        "Limit", "The worst figure that a customer still accepts.", example=8, default=None
    )


class CtqTree(Document):
    """Verbatims, the needs behind them, and the CTQs that serve the needs."""

    KIND: ClassVar[str] = "ctq"
    TITLE: ClassVar[str] = "Voice of the customer and CTQ tree"
    PHASE: ClassVar[Phase] = "define"
    HAS_CHART: ClassVar[bool] = True
    PURPOSE: ClassVar[str] = (
        "The tree turns what customers say into needs, and needs into figures that a team can "
        "keep. Every later measure, solution and control is tied to one of these CTQs."
    )

    customer: Text = ask(
        "Customer",
        "Whose voice this is.",
        example="Estimators at small auto body shops",
        needed=True,
    )
    verbatims: tuple[Verbatim, ...] = ask("Verbatims", "What customers said.", least=1, default=())
    needs: tuple[Need, ...] = ask("Needs", "What they need.", least=1, default=())
    ctqs: tuple[Ctq, ...] = ask("CTQs", "What has to be right.", least=1, default=())

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "customer": "Estimators at small auto body shops",
        "verbatims": [
            {"id": "V1", "source": "exit call, January 2025", "segment": "Auto body estimators",
             "words": "I type every photo's data a second time into the quoting system."},
            {"id": "V2", "source": "exit call, January 2025", "segment": "Auto body estimators",
             "words": "Two days for an answer, and my customer stood at the counter."},
            {"id": "V3", "source": "exit survey, 2024", "segment": "Auto body estimators",
             "words": "Nobody ever showed me what it can do."},
            {"id": "V4", "source": "sales notes, 2024", "segment": "Auto body estimators",
             "words": "You treat me like a hobby photographer."},
        ],
        "needs": [
            {"id": "N1", "verbatims": ["V1"],
             "need": "Photos and their data reach the quoting system without re-typing."},
            {"id": "N2", "verbatims": ["V2", "V4"],
             "need": "An answer while the job is still on the bench."},
            {"id": "N3", "verbatims": ["V3", "V4"],
             "need": "To work with the app from the first day."},
        ],
        "ctqs": [
            {"id": "CTQ1", "ctq": "Estimates go over without re-typing", "need": "N1",
             "metric": "estimates sent through the exchange format", "unit": "%", "target": 90,
             "limit": 75},
            {"id": "CTQ2", "ctq": "First answer to a ticket is quick", "need": "N2",
             "metric": "time to first answer, estimators", "unit": "hours", "target": 2,
             "limit": 8},
            {"id": "CTQ3", "ctq": "Every new estimator is called", "need": "N3",
             "metric": "new estimators called within a day", "unit": "%", "target": 100,
             "limit": 95},
        ],
    }  # fmt: skip

    def rules(self, papers: Papers) -> tuple[Gap, ...]:
        """Every verbatim leads to a need, every need to a CTQ, and every id is one there is."""
        del papers
        gaps = []
        said, needed = by_id(self.verbatims), by_id(self.needs)
        led, served = self.needs_of(), self.ctqs_of()
        for need in self.needs:
            for word in need.verbatims:
                if as_id(word) not in said:
                    gaps.append(_unknown(f"needs.{need.id}.verbatims", need.id, word, "verbatim"))
            if self.ctqs and need.id not in served:
                gaps.append(
                    Gap(
                        field=f"needs.{need.id}",
                        message=f"Need {need.id} has no CTQ: nobody will measure it.",
                    )
                )
        if self.needs:
            gaps += [
                Gap(
                    field=f"verbatims.{verbatim.id}",
                    message=f"Verbatim {verbatim.id} leads to no need: it was heard for nothing.",
                )
                for verbatim in self.verbatims
                if verbatim.id not in led
            ]
        for ctq in self.ctqs:
            if ctq.need and as_id(ctq.need) not in needed:
                gaps.append(_unknown(f"ctqs.{ctq.id}.need", ctq.id, ctq.need, "need"))
            if ctq.target is not None and ctq.limit is None:
                gaps.append(
                    Gap(
                        field=f"ctqs.{ctq.id}.limit",
                        message=f"CTQ {ctq.id} has no limit: nobody knows when to act.",
                        level="weak",
                    )
                )
        return tuple(gaps)

    def needs_of(self) -> dict[str, list[Need]]:
        """Id of a verbatim -> the needs that it leads to; those that lead nowhere are not in it."""
        return _followers(self.verbatims, ((need, need.verbatims) for need in self.needs))

    def ctqs_of(self) -> dict[str, list[Ctq]]:
        """Id of a need -> the CTQs that serve it; those that none serves are not in it."""
        return _followers(self.needs, ((ctq, (ctq.need,)) for ctq in self.ctqs))

    def figures(self, papers: Papers) -> tuple[Figure, ...]:
        """How much of what was heard can be measured."""
        del papers
        if not self.verbatims:
            return ()
        needs, ctqs = self.needs_of(), self.ctqs_of()
        led = [
            verbatim
            for verbatim in self.verbatims
            if any(
                ctq.metric and ctq.target is not None
                for need in needs.get(verbatim.id, ())
                for ctq in ctqs.get(need.id, ())
            )
        ]
        return (
            Figure(
                name="measurable",
                label="Verbatims made measurable",
                value=len(led) / len(self.verbatims),
                text=f"{len(led)} of {plural(len(self.verbatims), 'verbatim')}",
                formula="verbatims that lead to a CTQ with metric and target / all verbatims",
            ),
        )

    def blocks(self, papers: Papers) -> tuple[Block, ...]:
        """The tree first, then the lists as they were filled."""
        return (self.tree(), *super().blocks(papers))

    def tree(self) -> Tree:
        """Customer, needs, and under each need its verbatims and its CTQs."""
        branches = []
        verbatims, needed = by_id(self.verbatims), by_id(self.needs)
        led, served = self.needs_of(), self.ctqs_of()
        for need in self.needs:
            said = [verbatims.get(as_id(word)) for word in need.verbatims]
            ctqs = served.get(need.id, ())
            branches.append(
                Tree(
                    f"{need.id} {need.need}",
                    (
                        *(Tree(f"{each.id} “{each.words}”") for each in said if each),
                        *(Tree(f"{each.id} {told_ctq(each)}", sign="good") for each in ctqs),
                    ),
                    sign="plain" if ctqs else "warn",
                )
            )
        loose = [Tree(f"{v.id} “{v.words}”") for v in self.verbatims if v.id not in led]
        if loose:
            branches.append(Tree("No need yet", tuple(loose), sign="warn"))
        homeless = [c for c in self.ctqs if as_id(c.need) not in needed]
        if homeless:
            under = tuple(Tree(f"{each.id} {told_ctq(each)}") for each in homeless)
            branches.append(Tree("For no need", under, sign="warn"))
        return Tree(self.customer or "Customer", tuple(branches))


def told_ctq(ctq: Ctq) -> str:
    """A CTQ with its metric, target and limit, on a line.

    Args:
        ctq: may be half filled.
    """
    metric = f": {ctq.metric}" if ctq.metric else ""
    target = f", target {ctq.target:g} {ctq.unit}".rstrip() if ctq.target is not None else ""
    limit = f", limit {ctq.limit:g} {ctq.unit}".rstrip() if ctq.limit is not None else ""
    return f"{ctq.ctq}{metric}{target}{limit}"


def _unknown(field: str, id: str, word: str, what: str) -> Gap:
    return Gap(field=field, message=f'{id} names {what} "{short(word, 20)}", which is not there.')


def _followers(
    lines: Iterable[Line], said: Iterable[tuple[L, Iterable[str]]]
) -> dict[str, list[L]]:
    """Id of a line -> what names it, in order; lines that nothing names are not in it.

    Args:
        lines: that may be named.
        said: each line that names others, with the ids that it names.
    """
    found: dict[str, list[L]] = {each.id: [] for each in lines if each.id}
    for line, words in said:
        for id in dict.fromkeys(map(as_id, words)):
            if id in found:
                found[id].append(line)
    return {id: followers for id, followers in found.items() if followers}
