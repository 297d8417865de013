"""What a working document is: checked fields with help, a completeness rule and its arithmetic.

A document is filled a field at a time, so every field may be empty; `gaps` says what still lacks.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from math import isfinite
from types import MappingProxyType
from typing import Any, ClassVar, Literal, Self, TypeVar

from pydantic import Field, field_validator

from dmaic.block import Block
from dmaic.result import Frozen
from dmaic.result import Text as Text

Phase = Literal["define", "measure", "analyze", "improve", "control"]


def ask(
    label: str,
    help: str,
    *,
    example: Any = None,  # noqa: ANN401  an example has the type of its field
    needed: bool = False,
    least: int = 0,
    long: bool = False,
    unit: str = "",
    default: Any = "",  # noqa: ANN401
    ge: float | None = None,
    le: float | None = None,
    refers: str = "",
) -> Any:  # noqa: ANN401  as pydantic's own Field
    """A field of a document, with everything that a form needs.

    Args:
        label: short heading.
        help: what belongs here, one or two sentences.
        example: from the worked case.
        needed: the document is incomplete without it.
        least: so many lines at least, for a list.
        long: more than a line is usual.
        unit: such as `%` or `hours`.
        default: what stands there before anybody filled it; `()` for a list, None for a figure or
            a date.
        ge: least figure.
        le: greatest figure.
        refers: kind of document whose lines' ids stand here, such as `causes`; a line that is
            referred to cannot be removed. `ctq.ctqs` names one list of it; several are parted by a
            space.
    """
    return Field(
        default=default,
        title=label,
        description=help,
        examples=None if example is None else [example],
        ge=ge,
        le=le,
        json_schema_extra={
            "needed": needed,
            "least": least,
            "long": long,
            "unit": unit,
            "refers": refers,
        },
    )


class Gap(Frozen):
    """Something that a document still lacks.

    Attributes:
        field: path of the field, such as `baseline` or `solutions.S2.causes`.
        message: what is missing and why it matters, one sentence.
        level: `missing`: incomplete without it; `weak`: complete, yet a reader will ask.
    """

    field: str
    message: str
    level: Literal["missing", "weak"] = "missing"


class Figure(Frozen):
    """A figure that a document computes from its fields.

    Attributes:
        name: stable name for JSON.
        label: as people read it.
        value: unrounded, or None where it cannot be known yet, or is beyond all bounds.
        text: value with unit, rounded for reading.
        formula: how it is computed, where that is not plain.
    """

    name: str
    label: str
    value: float | None
    text: str
    formula: str = ""

    @field_validator("value", mode="before")
    @classmethod
    def _bounded(cls, value: object) -> object:
        """A share of next to nothing is beyond what JSON can hold; the text still tells it."""
        return None if isinstance(value, float) and not isfinite(value) else value


class Line(Frozen):
    """One line of a list in a document.

    Attributes:
        PREFIX: letter of the ids in this list; ids are the letter and a number, such as `C3`.
        id: given when the line is added, never changed.
    """

    PREFIX: ClassVar[str] = "L"
    id: str = Field(default="", max_length=20, pattern=r"^([A-Z]{1,3}[1-9][0-9]*)?$")


@dataclass(frozen=True, slots=True)
class AnalysisFact:
    """What a document needs to know of a saved analysis that it points to.

    Attributes:
        id: of the analysis.
        kind: such as `pareto`.
        stale: the dataset changed since.
    """

    id: str
    kind: str
    stale: bool


D = TypeVar("D", bound="Document")


@dataclass(frozen=True, slots=True)
class Papers:
    """The other documents and the evidence of a project, as far as a rule asks for them.

    Attributes:
        load: kind of document -> the document, or None where it was never begun.
        analyses: id -> saved analysis.
    """

    load: Callable[[str], Document | None] = lambda kind: None
    analyses: Mapping[str, AnalysisFact] = field(default_factory=dict)

    def get(self, kind: type[D]) -> D:
        """Another document; an empty one where it was never begun."""
        found = self.load(kind.KIND)
        return found if isinstance(found, kind) else kind()

    def analysis(self, word: str) -> AnalysisFact | None:
        """The saved analysis with this id, or the only one whose id begins so."""
        found = [each for id, each in self.analyses.items() if word and id.startswith(word)]
        return found[0] if len(found) == 1 else None


class Document(Frozen):
    """Base of all working documents.

    Fields are scalars (text, figure, date, choice, yes/no), lists of texts (`tuple[Text, ...]`),
    maps of figures (`dict[str, float]`), or lists of lines (`tuple[SomeLine, ...]`), each declared
    with `ask`.

    Attributes:
        KIND: name on the command line, such as `control-plan`.
        TITLE: as people read it.
        PHASE: where it is first written.
        PURPOSE: what it is for, in two plain sentences.
        HAS_CHART: `dmaic.charts.<kind>.draw` draws it.
        EXAMPLE: the fields as the worked case fills them, as plain JSON types.
    """

    KIND: ClassVar[str]
    TITLE: ClassVar[str]
    PHASE: ClassVar[Phase]
    PURPOSE: ClassVar[str]
    HAS_CHART: ClassVar[bool] = False
    EXAMPLE: ClassVar[Mapping[str, Any]] = MappingProxyType({})

    @classmethod
    def called(cls) -> str:
        """The title within a sentence: `project charter`, but `SIPOC`."""
        acronym = cls.TITLE[:2].isupper()
        return cls.TITLE if acronym else cls.TITLE[:1].lower() + cls.TITLE[1:]

    @classmethod
    def example(cls) -> Self:
        """This document as the worked case fills it."""
        return cls.model_validate(dict(cls.EXAMPLE))

    def gaps(self, papers: Papers | None = None) -> tuple[Gap, ...]:
        """What is missing: needed fields first, then what the document's own rules find.

        Args:
            papers: the other documents; None where the document stands alone.
        """
        from dmaic.documents.form import missing

        return (*missing(self), *self.rules(papers or Papers()))

    def rules(self, papers: Papers) -> tuple[Gap, ...]:
        """What this kind of document asks for beyond filled fields."""
        del papers
        return ()

    def figures(self, papers: Papers) -> tuple[Figure, ...]:
        """What is computed from the fields."""
        del papers
        return ()

    def blocks(self, papers: Papers) -> tuple[Block, ...]:
        """What is shown under the title: by default every field, every list, every figure."""
        from dmaic.documents.form import blocks

        return blocks(self, papers)

    @property
    def is_empty(self) -> bool:
        """Nothing was filled in yet."""
        return self == type(self)()
