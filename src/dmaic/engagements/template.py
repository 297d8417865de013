"""What a template says: phases with their steps and tollgates. Code knows none of them by name."""

from __future__ import annotations

import shlex
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, StringConstraints

from dmaic.result import Frozen

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,59}$")]
"""A name on the command line: small letters, figures and dashes."""

Sentence = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2_000)]
"""Words for people."""


class Step(Frozen):
    """One thing to do in a phase.

    Attributes:
        name: of the step.
        title: what is done, short.
        explain: what it is for, in two plain sentences.
        example: from the worked case.
        document: kind of document that it fills, or empty.
        analysis: kind of analysis that it runs, or empty.
        parameters: of the analysis, as keywords of its Python function.
        command: another command that does it, as typed after `dmaic`, or empty.
        done_when: name of a check (see `Criterion.check`) and its `parameters` that tells that a
            step with a command is done; a document's step is done when the document is complete,
            an analysis's when there is one on the current data.
        done_with: parameters of that check.
        optional: the step may be skipped without a word.
    """

    name: Slug
    title: Sentence
    explain: Sentence
    example: str = Field(default="", max_length=2_000)
    document: str = ""
    analysis: str = ""
    parameters: dict[str, Any] = Field(default_factory=dict)
    command: str = ""
    done_when: str = ""
    done_with: dict[str, Any] = Field(default_factory=dict)
    optional: bool = False

    @property
    def typed(self) -> str:
        """What does it, as it is typed: `dmaic pareto --by segment`."""
        if self.document:
            return f"dmaic doc edit {self.document}"
        if self.command:
            return f"dmaic {self.command}"
        flags = "".join(
            f" --{name.replace('_', '-')} {shlex.quote(str(each))}"
            for name, value in self.parameters.items()
            for each in (value if isinstance(value, list) else [value])
        )
        return f"dmaic {self.analysis}{flags}"


class Criterion(Frozen):
    """Something that a tollgate asks for.

    Attributes:
        name: of the criterion.
        title: what must hold, one sentence.
        check: name of the check that finds the evidence; empty: a person answers.
        parameters: of the check.
        level: `must` fails the gate, `should` only warns.
        why: why it matters, one sentence.
    """

    # `with` in the file, which is a word of Python.
    model_config = ConfigDict(validate_by_name=True, validate_by_alias=True)

    name: Slug
    title: Sentence
    check: str = ""
    parameters: dict[str, Any] = Field(default_factory=dict, alias="with")
    level: Literal["must", "should"] = "must"
    why: str = Field(default="", max_length=2_000)


class Gate(Frozen):
    """The tollgate at the end of a phase.

    Attributes:
        criteria: what it asks for.
        roles: each must be signed for by somebody of the team who has it.
    """

    criteria: tuple[Criterion, ...] = Field(min_length=1)
    roles: tuple[str, ...] = Field(min_length=1)


class TemplatePhase(Frozen):
    """A phase.

    Attributes:
        name: on the command line.
        title: as people read it.
        purpose: what it is for, in two plain sentences.
        steps: in the order of the work.
        gate: its tollgate.
    """

    name: Slug
    title: Sentence
    purpose: Sentence
    steps: tuple[Step, ...] = Field(min_length=1)
    gate: Gate


class Defaults(Frozen):
    """What an analysis takes in projects of a template where the person says nothing.

    Attributes:
        parameters: as keywords of its Python function, such as `gross_margin` of `clv`.
        why: where they come from, one sentence.
    """

    # `with` in the file, as for a check.
    model_config = ConfigDict(validate_by_name=True, validate_by_alias=True)

    parameters: dict[str, Any] = Field(default_factory=dict, alias="with")
    why: str = Field(default="", max_length=2_000)


class Template(Frozen):
    """An engagement template.

    Attributes:
        name: on the command line.
        version: of the template, such as `1.0.0`.
        title: as people read it.
        purpose: what it is for and what it leaves out.
        functions: functions that the team shall cover, or say why not.
        phases: in order.
        health: limits of the red/amber/green rules; see `dmaic.project.standing.health`.
        defaults: analysis -> what it takes in projects of this template where nothing is said.
    """

    name: Slug
    version: Annotated[str, StringConstraints(pattern=r"^\d+\.\d+\.\d+$")]
    title: Sentence
    purpose: Sentence
    functions: tuple[str, ...] = ()
    phases: tuple[TemplatePhase, ...] = Field(min_length=1)
    health: dict[str, float] = Field(default_factory=dict)
    defaults: dict[str, Defaults] = Field(default_factory=dict)

    def phase(self, name: str) -> TemplatePhase:
        """The phase with this name.

        Raises:
            KeyError: there is none.
        """
        for phase in self.phases:
            if phase.name == name:
                return phase
        raise KeyError(name)
