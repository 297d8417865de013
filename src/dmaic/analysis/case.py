"""Published cases: data, what was asked of it, and the figures that a named source gives.

They ship with dmaic, so that anybody can see on their own machine that its figures are those of the
books; the tests run the same files.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from pydantic import Field, field_validator, model_validator

from dmaic.errors import NotFoundError, suggest
from dmaic.resource import templates_folder
from dmaic.result import Frozen
from dmaic.text import printable
from dmaic.yaml_file import Kind

Value = bool | int | float | str | list[Any] | None


class Expected(Frozen):
    """One figure of a case.

    Attributes:
        at: where it stands in the result's JSON: names and places in lists, parted by points.
        value: what the source gives.
        within: how far off the figure may be; None: half a unit of the last digit written, and
            nothing for whole numbers.
    """

    at: str
    value: Value = Field(alias="is")
    within: float | None = Field(default=None, gt=0)

    @property
    def tolerance(self) -> float:
        """How far off the figure may be."""
        if self.within is not None:
            return self.within
        return 0.0 if isinstance(self.value, int) else 0.5 * 10.0**-self.places

    @property
    def places(self) -> int:
        """Decimals that the source gives."""
        if not isinstance(self.value, float):
            return 0
        exponent = Decimal(repr(self.value)).as_tuple().exponent
        return max(0, -exponent) if isinstance(exponent, int) else 0

    def met(self, found: object) -> bool:
        """Whether a figure that came out is the expected one.

        Args:
            found: what came out, as plain JSON types.
        """
        figures = (int, float)
        truth = isinstance(self.value, bool) or isinstance(found, bool)
        if truth or not isinstance(self.value, figures) or not isinstance(found, figures):
            return type(found) is type(self.value) and found == self.value
        # A figure on the very edge of its rounding is right in either direction.
        return abs(found - self.value) <= self.tolerance * (1 + 1e-9) + 1e-12 * abs(self.value)


class Case(Frozen):
    """One published case.

    Attributes:
        name: of it, unique within its analysis.
        statistic: what is computed, with its convention, in words.
        source: who published the figures and where; or how they are derived by hand.
        address: of the page, where there is one.
        data: columns of a file; None where the case needs none, or takes one of the sample data.
        file: of the sample data.
        asked: keywords of the analysis.
        expect: the figures.
    """

    name: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    statistic: str = Field(min_length=1)
    source: str = Field(min_length=1)
    address: str = ""
    data: dict[str, list[bool | int | float | str | None]] | None = None
    file: str = ""
    asked: dict[str, Any] = Field(default_factory=dict, alias="with")
    expect: tuple[Expected, ...]

    @model_validator(mode="after")
    def _whole(self) -> Case:
        if not self.expect:
            raise ValueError("a case without a figure shows nothing")
        if self.data is not None and self.file:
            raise ValueError("data and file are two ways to say what is analysed")
        if self.data is not None and len({len(cells) for cells in self.data.values()}) != 1:
            raise ValueError("the columns of data have different lengths")
        return self


class CaseFile(Frozen):
    """The cases of one analysis.

    Attributes:
        analysis: its name.
        cases: the cases.
    """

    analysis: str
    cases: tuple[Case, ...]

    @field_validator("cases")
    @classmethod
    def _once(cls, cases: tuple[Case, ...]) -> tuple[Case, ...]:
        names = [case.name for case in cases]
        twice = {name for name in names if names.count(name) > 1}
        if twice:
            raise ValueError(f"the name {sorted(twice)[0]} stands twice")
        return cases


_KIND = Kind("case", CaseFile, "analysis and cases", "one of the built-in cases")


def load_cases(wanted: Iterable[str] = ()) -> Mapping[str, tuple[Case, ...]]:
    """The cases that come with dmaic: name of the analysis -> its cases, in alphabetical order.

    Args:
        wanted: names of analyses or of cases; none for all.

    Raises:
        NotFoundError: `case.unknown`, no analysis and no case is called so.
        DataError: a file of cases is damaged.
    """
    found: dict[str, tuple[Case, ...]] = {}
    for path in sorted((templates_folder() / "cases").glob("*.yaml")):
        read = _KIND.read(path)
        found[read.analysis] = (*found.get(read.analysis, ()), *read.cases)
    wanted = tuple(wanted)
    known = {*found, *(case.name for cases in found.values() for case in cases)}
    for word in wanted:
        if word not in known:
            hint = suggest(word, known) or f"There are cases of {', '.join(sorted(found))}."
            raise NotFoundError(f'There is no case "{printable(word, 60)}".', "case.unknown", hint)
    if not wanted:
        return dict(sorted(found.items()))
    chosen = {
        analysis: tuple(case for case in cases if analysis in wanted or case.name in wanted)
        for analysis, cases in sorted(found.items())
    }
    return {analysis: cases for analysis, cases in chosen.items() if cases}
