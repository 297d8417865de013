"""Checks of the saved analyses: whether they are of the data as it is, and what they say."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from pydantic import Field, ValidationInfo, field_validator

from dmaic.analysis.catalogue import ANALYSES
from dmaic.errors import suggest
from dmaic.project.criterion.base import Evidence, Verdict, shown
from dmaic.project.criterion.data import DataCheck, is_stale
from dmaic.project.data import figure
from dmaic.project.engagement.vital import ranks
from dmaic.text import name_list

if TYPE_CHECKING:
    from dmaic.project.data.analysis import SavedAnalysis
    from dmaic.project.entity import Stored


class AnalysisOnCurrentData(DataCheck):
    """An analysis of this kind was made, and the data has not changed since."""

    analysis: str = Field(description="kind of analysis, such as `pareto`")

    def judge(self, evidence: Evidence, criterion: str) -> Verdict:
        """Look at the saved analyses."""
        return judge_analysis(evidence, self.analysis, criterion=criterion, figures=False)


class AnalysisSaved(DataCheck):
    """An analysis of this kind is saved and not stale, and a figure of the newest is as asked.

    One of figures alone counts too. Without a field no figure is asked for.
    """

    kind: str = Field(description="kind of analysis, such as `recover`")
    least: float | None = Field(default=None, description="least that the field may be")
    most: float | None = Field(default=None, description="most that the field may be")
    equals: Any = Field(
        default=None,
        alias="is",
        description="what the field must be: a word, a figure, true, false",
    )
    field: str = Field(
        default="",
        max_length=200,
        validate_default=True,
        description="figure of the result that is asked for: a dotted path into its JSON, such as "
        "`kappa`, `effect.low` or `points.-1.value`",
    )

    @field_validator("kind")
    @classmethod
    def _known(cls, kind: str) -> str:
        if kind not in ANALYSES:
            raise ValueError(
                f'there is no analysis "{shown(kind)}". {suggest(kind, ANALYSES)}'.strip()
            )
        return kind

    @field_validator("equals")
    @classmethod
    def _plain(cls, equals: object) -> object:
        if not isinstance(equals, (str, int, float, bool)):
            raise ValueError("write a word, a figure, true or false")
        return equals

    @field_validator("field")
    @classmethod
    def _asks(cls, field: str, info: ValidationInfo) -> str:
        least, most, equals = (info.data.get(name) for name in ("least", "most", "equals"))
        asked = [each for each in (least, most, equals) if each is not None]
        if not field and asked:
            raise ValueError("it is not said which figure must be so; name it, such as `kappa`")
        if field and not asked and {"least", "most", "equals"} <= info.data.keys():
            raise ValueError("nothing is asked of it; add least, most or is")
        if equals is not None and len(asked) > 1:
            raise ValueError("it must be one thing (is) and within limits (least, most); say one")
        if least is not None and most is not None and least > most:
            raise ValueError(f"at least {least:g} and at most {most:g} is never so")
        if field and not all(step and step == step.strip() for step in field.split(".")):
            raise ValueError("write it as names with a dot between, such as `effect.low`")
        return field

    def mistakes(self) -> Iterator[tuple[str, str, str]]:
        """A field that no result of this kind has."""
        wrong = figure.unknown_step(self.kind, self.field) if self.field else None
        if wrong is not None:
            step, known = wrong
            there = f"There are {name_list(known, 30)}." if known else ""
            yield (
                "field",
                f'a result of {self.kind} has no "{shown(step)}" in "{shown(self.field)}".',
                suggest(step, known) or there,
            )

    def judge(self, evidence: Evidence, criterion: str) -> Verdict:
        """Look at the saved analyses, and at the figure of the newest that tells it."""
        verdict = judge_analysis(evidence, self.kind, criterion=criterion)
        if not self.field or verdict.outcome != "pass":
            return verdict
        current = _current(evidence, self.kind)
        # A plan of a survey has no power, and one of a pilot no margin: the newest that has it.
        tell = [each for each in current if figure.find(each.body.result, self.field) is not None]
        newest = (tell or current)[-1]
        found = figure.find(newest.body.result, self.field)
        told = f"{shown(newest.body.title)} ({newest.id})"
        said = figure.label(self.field)
        limits = [each for each in (self.least, self.most) if each is not None]
        if found is None:
            told = f"{told} does not tell the {said}"
        elif limits and not _is_figure(found):
            told = f"{told}: {said} is {figure.text(self.field, found)}, which is no figure"
        else:
            told = f"{told}: {said} is {figure.text(self.field, found, limits)}"
        asked = self._asked(found)
        if found is not None and self._holds(found):
            end = ", as is asked for." if self.equals is not None else f"; {asked} is asked for."
            return Verdict("pass", told + end)
        show = f"dmaic analysis show {newest.id}"
        return Verdict("fail", f"{told}; {asked} is asked for.", show)

    def _holds(self, found: object) -> bool:
        if self.equals is not None:
            return isinstance(found, bool) == isinstance(self.equals, bool) and found == self.equals
        if not _is_figure(found):
            return False
        value = float(found)  # type: ignore[arg-type]
        return (self.least is None or value >= self.least) and (
            self.most is None or value <= self.most
        )

    def _asked(self, found: object) -> str:
        """What is asked, in words: `at least 0.6`."""
        if self.equals is not None:
            return figure.text(self.field, self.equals)
        beside = [float(found)] if _is_figure(found) else []  # type: ignore[arg-type]
        bounds = (("at least", self.least), ("at most", self.most))
        return " and ".join(
            f"{words} {figure.text(self.field, bound, beside)}"
            for words, bound in bounds
            if bound is not None
        )


def _is_figure(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def judge_analysis(
    evidence: Evidence, kind: str, *, criterion: str = "", figures: bool = True
) -> Verdict:
    """Whether there is an analysis on the current data, and if not why.

    Args:
        evidence: of the project.
        kind: of analysis, such as `pareto`.
        criterion: that asks for it, or empty.
        figures: one that needs no data counts where it was computed from figures alone.
    """
    alone = kind in ANALYSES and ANALYSES[kind].alone
    made = [each for each in evidence.analyses if each.body.analysis == kind]
    registered = [each for each in made if each.body.dataset is not None]
    fresh = _current(evidence, kind, figures=figures)
    if fresh:
        newest = fresh[-1]
        told = "is on the current data" if newest.body.dataset else "is made of figures alone"
        return Verdict("pass", f"{shown(newest.body.title)} ({newest.id}) {told}.")
    if registered:
        stale = registered[-1]
        return Verdict(
            "fail",
            f"{shown(stale.body.title)} ({stale.id}) is stale: its data changed since.",
            f"dmaic analysis rerun {stale.id}",
        )
    if made:
        source = "figures alone" if alone else "a file that is not registered"
        return Verdict(
            "fail",
            f"{shown(made[-1].body.title)} was made of {source}, so nobody "
            "can tell whether it is current.",
            "dmaic data add FILE --name NAME",
        )
    if not evidence.datasets and not (alone and figures):
        return Verdict(
            "fail",
            f"There is no {kind} analysis, and no export to make it of.",
            "dmaic data add FILE --name NAME",
        )
    return Verdict("fail", f"There is no {kind} analysis yet.", _command(evidence, kind, criterion))


def _current(evidence: Evidence, kind: str, *, figures: bool = True) -> list[Stored[SavedAnalysis]]:
    """The analyses of a kind that count, the one that speaks for the gate last.

    That is the newest; but what came after an approval was not what people signed, and a Pareto
    of reasons or of stages does not say where the project's own group stands.
    """
    alone = figures and kind in ANALYSES and ANALYSES[kind].alone
    found = [
        each
        for each in evidence.analyses
        if each.body.analysis == kind
        and (alone or each.body.dataset is not None)
        and not is_stale(evidence, each)
    ]
    approval, group = evidence.gate.approval, evidence.project.body.group
    return sorted(
        found,
        key=lambda each: (
            approval is None or each.body.run_at <= approval.at,
            kind == "pareto" and ranks(each.body, group),
        ),
    )


def _command(evidence: Evidence, kind: str, criterion: str) -> str:
    """How the template wants the analysis to be made, in the criterion's own phase above all."""
    phases = sorted(
        evidence.template.phases,
        key=lambda phase: all(each.name != criterion for each in phase.gate.criteria),
    )
    steps = [step for phase in phases for step in phase.steps]
    made = [each.typed for each in steps if each.analysis == kind]
    made += [each.typed for each in steps if each.command.split(" ", 1)[0] == kind]
    return next(iter(made), f"dmaic {kind}")
