"""What every analysis returns: one frozen object with many faces.

The table on screen, the JSON, the CSV, the chart and the report section are made from a `Reply`;
none of them computes anything of its own. A `Result` is the reply of an analysis.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

if TYPE_CHECKING:
    import pandas
    from matplotlib.figure import Figure

Level = Literal["info", "warning", "blocking"]


class Frozen(BaseModel):
    """A value object: checked when made, never changed after."""

    # Schemas are built when first used: a command uses few of the models it imports.
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False, defer_build=True)


def no_nul(text: str) -> str:
    """The text, for a validator.

    Raises:
        ValueError: it holds a NUL character, which no database takes.
    """
    if "\0" in text:
        raise ValueError("holds a NUL character")
    return text


Text = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=20_000), AfterValidator(no_nul)
]
"""Words of a person: trimmed, at most 20,000 characters, never interpreted."""


class Finding(Frozen):
    """Something about the data that a reader of the figures should know.

    Attributes:
        code: stable name such as `duplicate-customers`; `--accept CODE` overrides a blocking one.
        level: `info` is told, `warning` is shown, `blocking` stops an analysis.
        message: what was found, one sentence, figures included.
        hint: what to do about it.
        count: how many rows or cells it concerns.
        rows: up to five example row numbers as a spreadsheet shows them (the header is a row).
        column: the column it concerns, where it is one.
        accepted: it was blocking and the person accepted it by name.
    """

    code: str
    level: Level
    message: str
    hint: str = ""
    count: int | None = None
    rows: tuple[int, ...] = ()
    column: str | None = None
    accepted: bool = False


class Inputs(Frozen):
    """What a result was computed from.

    Attributes:
        source: name of the file or frame, as given.
        sha256: fingerprint of the source's bytes; None where it was not asked for.
        rows: rows read, before any filter.
        roles: role -> column as recognised or chosen, such as `{"churned": "Churn"}`.
        readings: column -> how its cells are read, such as `{"Churn": "Yes/No"}`.
        filters: conditions applied to the rows, in words.
        preset: name of the preset used.
        tool_version: version of dmaic.
    """

    source: str
    sha256: str | None = None
    rows: int = 0
    roles: dict[str, str] = Field(default_factory=dict)
    readings: dict[str, str] = Field(default_factory=dict)
    filters: tuple[str, ...] = ()
    preset: str | None = None
    tool_version: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a workbook.

    Attributes:
        name: of the sheet.
        header: headings.
        rows: plain values, figures unrounded; a date is a date.
        form: a form to be filled in: columns stay also where they are empty.
        mixed: each row is a figure of its own kind, which its name tells.
        choices: column -> the words to choose from in it.
        notes: column -> what belongs there.
    """

    name: str
    header: tuple[str, ...]
    rows: Sequence[tuple[Any, ...]]
    form: bool = False
    mixed: bool = False
    choices: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    notes: Mapping[int, str] = field(default_factory=dict)


class Reply(Frozen):
    """What a command answers: one frozen object, shown by the faces.

    Attributes:
        kind: stable name of what this is, such as `pareto` or `action-list`.
        findings: what a reader should know about it.
    """

    tells_findings: ClassVar[bool] = False
    """The findings are what was asked for, and stand in the reply's own views."""
    paged: ClassVar[bool] = False
    """It is a `dmaic.reply.Page`, shown as blocks; asked without importing what pages are."""

    kind: str
    findings: tuple[Finding, ...] = ()

    def records(self) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
        """Header and rows of the reply as plain values, figures unrounded.

        The frame, the CSV and the workbook are made from it.
        """
        raise NotImplementedError(f"{type(self).__name__} has no rows")

    def comparable(self) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
        """Header and rows by which two results of one kind are set side by side: its records.

        A result whose records are the steps of a curve has rows that say more.
        """
        return self.records()

    def sheets(self) -> tuple[Sheet, ...]:
        """The sheets of a workbook; by default the records on one."""
        header, rows = self.records()
        title = self.kind.replace("-", " ").capitalize()
        return (Sheet(title, tuple(name.replace("_", " ") for name in header), rows),)

    def to_frame(self) -> pandas.DataFrame:
        """The rows of the reply as a pandas frame, figures unrounded."""
        import pandas

        header, rows = self.records()
        return pandas.DataFrame(rows, columns=list(header))

    def plot(self) -> Figure:
        """The chart of this reply as a matplotlib figure."""
        # By name, so that results stay below the charts that draw them.
        figure: Figure = import_module(f"dmaic.charts.{self.kind.replace('-', '_')}").draw(self)
        return figure

    def to_dict(self) -> dict[str, Any]:
        """The whole reply as plain JSON types."""
        return self.model_dump(mode="json")

    def _repr_html_(self) -> str:
        html: str = import_module("dmaic.cli.render.html").to_html(self)
        return html


class Result(Reply):
    """Base of all results of an analysis.

    Attributes:
        kind: name of the analysis; the chart of kind K is drawn by `dmaic.charts.K`.
        method: which definition and which formula made the figures, by name of the figure.
        inputs: what it was computed from.
        findings: what a reader should know about the data.
    """

    method: dict[str, str] = Field(default_factory=dict)
    inputs: Inputs
