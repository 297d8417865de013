"""Run the published cases and put what comes out beside what their sources give."""

from __future__ import annotations

import csv
import platform
from collections.abc import Iterable, Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from dmaic import __version__
from dmaic.analysis.case import Case, Expected, load_cases
from dmaic.analysis.registry import run
from dmaic.block import Block, Cells, Fields, Heading, Note, Table
from dmaic.errors import DmaicError
from dmaic.reply import Page
from dmaic.resource import sample_data_folder
from dmaic.result import Frozen
from dmaic.text import plural, printable

if TYPE_CHECKING:
    from dmaic.engines.duckdb import Progress

LIBRARIES = ("duckdb", "numpy", "scipy", "statsmodels", "pandas")
"""What figures rest on, told with their versions."""

_MISSING = object()


class Figure(Frozen):
    """One figure, expected and got.

    Attributes:
        at: where it stands in the result's JSON.
        expected: what the source gives.
        got: what came out; None where nothing did.
        within: how far off it may be.
        same: it is as expected.
    """

    at: str
    expected: Any
    got: Any
    within: float
    same: bool


class Verified(Frozen):
    """One case as it came out.

    Attributes:
        analysis: its name.
        name: of the case.
        statistic: what is computed.
        source: who published the figures.
        address: of the page, or empty.
        figures: one by one.
        error: why the analysis gave no result, or empty.
    """

    analysis: str
    name: str
    statistic: str
    source: str
    address: str
    figures: tuple[Figure, ...]
    error: str = ""

    @property
    def same(self) -> bool:
        """Every figure is as expected."""
        return all(figure.same for figure in self.figures)


class Verification(Page):
    """The cases that were run.

    Attributes:
        cases: each with its figures.
        figures: how many there were.
        differing: how many of them are not as expected.
        versions: of what they were computed with.
    """

    kind: str = "verify"
    cases: tuple[Verified, ...]
    figures: int
    differing: int
    versions: dict[str, str]

    @property
    def ok(self) -> bool:
        """Every figure is as expected."""
        return not self.differing

    def blocks(self) -> tuple[Block, ...]:
        """The verdict, each figure under its case, and what it was computed with."""
        told = f"{plural(self.figures, 'figure')} of {plural(len(self.cases), 'case')}"
        verdict = (
            f"All {told} came out as their sources give them."
            if self.ok
            else f"{self.differing} of {told} did not come out as their sources give them."
        )
        blocks: list[Block] = [Heading("Verification", 1), Note(verdict, strong=True)]
        analysis = ""
        for case in self.cases:
            if case.analysis != analysis:
                analysis = case.analysis
                blocks.append(Heading(f"dmaic {analysis.replace('benefit-', 'benefit ')}"))
            blocks += [_table(case), Note(f"Source: {case.source} {case.address}".strip())]
            if case.error:
                blocks.append(Note(case.error))
        blocks += [Heading("Computed with"), Fields(tuple(self.versions.items()))]
        return tuple(blocks)

    def records(self) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
        """One row a figure."""
        header = ("analysis", "case", "statistic", "source", "figure", "expected", "got", "within",
                  "same")  # fmt: skip
        return header, [
            (case.analysis, case.name, case.statistic, case.source, figure.at,
             _plain(figure.expected), _plain(figure.got), figure.within, figure.same)
            for case in self.cases
            for figure in case.figures
        ]  # fmt: skip


def verify(wanted: Iterable[str] = (), *, progress: Progress | None = None) -> Verification:
    """Run published cases.

    Args:
        wanted: names of analyses or of cases; none for all.
        progress: called with the share done.

    Raises:
        NotFoundError: no analysis and no case is called so.
    """
    asked = [(name, case) for name, cases in load_cases(wanted).items() for case in cases]
    done = []
    for number, (name, case) in enumerate(asked):
        if progress is not None:
            progress(number / len(asked))
        done.append(verify_case(name, case))
    figures = [figure for case in done for figure in case.figures]
    return Verification(
        cases=tuple(done),
        figures=len(figures),
        differing=sum(not figure.same for figure in figures),
        versions={"dmaic": __version__, "Python": platform.python_version(), **_versions()},
    )


def verify_case(analysis: str, case: Case) -> Verified:
    """Run one case.

    Args:
        analysis: name of the analysis.
        case: data, what is asked, and the figures.
    """
    error = ""
    result: Mapping[str, Any] = {}
    with TemporaryDirectory(prefix="dmaic-") as folder:
        try:
            source = _source(case, Path(folder))
            asked = {
                name: _second(value, Path(folder) / f"{name}.csv")
                for name, value in case.asked.items()
            }
            # An analysis of figures alone has no fingerprint to leave out.
            how = {} if source is None else {"fingerprint": False}
            result = run(analysis, source, asked, accepted=(), **how).to_dict()
        except DmaicError as refused:
            error = f"{refused.code}: {refused.message}"
    figures = tuple(_figure(each, result) for each in case.expect)
    return Verified(
        analysis=analysis,
        name=case.name,
        statistic=case.statistic,
        source=case.source,
        address=case.address,
        figures=figures,
        error=printable(error, 500),
    )


def _source(case: Case, folder: Path) -> str | None:
    if case.file:
        return str(sample_data_folder() / case.file)
    return None if case.data is None else _written(case.data, folder / "case.csv")


def _second(value: object, path: Path) -> object:
    """A keyword: a second file is one of the sample data, or written as the first."""
    if isinstance(value, str) and value.startswith("file:"):
        return str(sample_data_folder() / value.removeprefix("file:"))
    if isinstance(value, Mapping) and set(value) == {"data"}:
        return _written(value["data"], path)
    return tuple(value) if isinstance(value, list) else value


def _written(data: Mapping[str, Sequence[object]], path: Path) -> str:
    """Write the columns as a person's file."""
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(data)
        out.writerows(zip(*(map(_cell, cells) for cells in data.values()), strict=True))
    return str(path)


def _cell(value: object) -> str:
    if value is None:
        return ""
    return ("no", "yes")[value] if isinstance(value, bool) else str(value)


def _figure(expected: Expected, result: Mapping[str, Any]) -> Figure:
    found: Any = result
    for part in expected.at.split("."):
        found = _part(found, part)
    missing = found is _MISSING
    return Figure(
        at=expected.at,
        expected=expected.value,
        got=None if missing else found,
        within=expected.tolerance,
        same=not missing and expected.met(found),
    )


def _part(whole: object, name: str) -> object:
    if isinstance(whole, Mapping):
        return whole.get(name, _MISSING)
    if isinstance(whole, (list, tuple)) and name.lstrip("-").isdecimal():
        at = int(name)
        return whole[at] if -len(whole) <= at < len(whole) else _MISSING
    return _MISSING


def _table(case: Verified) -> Table:
    rows = case.figures
    return Table(
        columns=(
            Cells("Figure", tuple(each.at for each in rows)),
            Cells("Expected", tuple(_shown(each.expected, each) for each in rows), right=True),
            Cells("Got", tuple(_shown(each.got, each) for each in rows), right=True),
        ),
        signs=tuple("good" if each.same else "bad" for each in rows),
        title=f"{case.name}: {case.statistic}",
    )


def _shown(value: object, figure: Figure) -> str:
    if isinstance(value, float):
        # Two digits more than the source gives show how near it is.
        return f"{value:.10g}" if value is figure.expected else f"{value:.{_digits(figure)}f}"
    return printable(str(_plain(value)), 60)


def _digits(figure: Figure) -> int:
    places = 2
    while places < 12 and 10.0**-places > figure.within / 5:
        places += 1
    return places


def _plain(value: object) -> object:
    if isinstance(value, (list, tuple)):
        return ", ".join(str(each) for each in value) or "none"
    return "none" if value is None else value


def _versions() -> dict[str, str]:
    found = {}
    for name in LIBRARIES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "not installed"
    return found
