"""`capability`: how well does the process keep within its limits, or how often does it fail?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import isfinite
from typing import TYPE_CHECKING, Unpack

from dmaic import __version__
from dmaic.analysis.said import Said, opening, refuse_empty
from dmaic.errors import UsageError
from dmaic.result import Inputs
from dmaic.stats.capability.attribute_result import AttributeCapability
from dmaic.stats.capability.index import LEAST, Limits
from dmaic.stats.capability.result import CapabilityResult

if TYPE_CHECKING:
    from dmaic.engines.duckdb import Progress

_WAYS = {
    "--mean": "measure", "--sd": "measure", "--n": "measure", "--defects": "counts",
    "--units": "counts", "--dpmo": "rate",
}  # fmt: skip
"""Option of a figure -> what it belongs to."""

FAR = 1e100
"""Figures beyond are a slip of the pen."""


def capability(
    source: object = None,
    *,
    subgroup: str | None = None,
    label: str | None = None,
    lsl: float | None = None,
    usl: float | None = None,
    target: float | None = None,
    by: str | None = None,
    count: str | None = None,
    size: str | None = None,
    step: str | None = None,
    opportunities: int = 1,
    shift: float = 1.5,
    confidence: float = 0.95,
    mean: float | None = None,
    deviation: float | None = None,
    n: int | None = None,
    defects: int | None = None,
    units: int | None = None,
    dpmo: float | None = None,
    where: str | None = None,
    since: str | None = None,
    until: str | None = None,
    accept: Sequence[str] = (),
    fingerprint: bool = True,
    progress: Progress | None = None,
    **said: Unpack[Said],
) -> CapabilityResult | AttributeCapability:
    """Tell how capable a process is: of a measure within limits, or of counted failures.

    Args:
        source: a path, `-` for standard input, several paths, a glob, or a pandas, Polars or
            Arrow frame; None to compute from figures: `mean` and `deviation`, `defects` and
            `units`, or `dpmo`. An export of customers without further words is counted: who
            churned, of all.
        subgroup: column that tells which measures were taken together.
        label: column that names the points, in the order of time.
        lsl: lower specification limit.
        usl: upper specification limit.
        target: best value of the measure; Cpm is told with it.
        by: period that lost customers of an export are counted by: `month`, `quarter`, ...; the
            units are then customers at the start of each.
        count: column of finished counts of defects.
        size: column of the units they were found in.
        step: column that names the steps of a process, one row each.
        opportunities: for a defect, a unit.
        shift: added to the normal quantile to make the sigma level.
        confidence: of the intervals.
        mean: of a measure, without a file.
        deviation: its standard deviation.
        n: of how many values.
        defects: found, without a file.
        units: they were found in.
        dpmo: defects a million opportunities.
        where: SQL condition over the columns.
        since: the first day or period looked at.
        until: the last one, included.
        accept: codes of blocking findings to go on with.
        fingerprint: put the SHA-256 of the source into the result.
        progress: called with a fraction, or None where unknown, while a long scan runs.
        **said: reading options, roles and preset; see `dmaic.analysis.said.Said`. `value` names
            the column of measures, with `lsl`, `usl` or both.

    Raises:
        ReadError: the source cannot be read as a table.
        DataError: it holds no such figures, or they have no capability.
        UsageError: the arguments do not fit together or do not fit the columns.
    """
    value = said.pop("value", None)
    limits = Limits(lsl, usl, target)
    alone = {"--mean": mean, "--sd": deviation, "--n": n, "--defects": defects, "--units": units,
             "--dpmo": dpmo}  # fmt: skip
    columns = {"--value": value, "--count": count}
    if source is None:
        _check_ways(alone)
    _check(limits, shift, confidence, opportunities, measured=bool(value) or mean is not None)
    figures = [name for name, given in alone.items() if given is not None]
    if source is None:
        named = [name for name, given in {**columns, "--by": by, "--where": where}.items() if given]
        if named:
            raise _usage(f"{named[0]} belongs to a FILE, and there is none.", "Name the FILE.")
        return _alone(mean, deviation, n, defects, units, dpmo, limits, opportunities, shift,
                      confidence)  # fmt: skip
    if figures:
        raise _usage(
            f"A FILE and {figures[0]} are two ways to say what is judged.", "Leave one out."
        )
    refuse_empty({"value": value, "count": count, "size": size, "step": step, "where": where})
    _check_columns(value, count, size, step, by)
    # What reads exports is imported where there is one: figures alone need none of it.
    from dmaic.analysis.capability_read import Asked, read_attribute, read_measure
    from dmaic.analysis.series_question import SeriesQuestion
    from dmaic.churn.export import open_export

    question = SeriesQuestion(
        by=by, count=count, size=size, value=value, subgroup=subgroup, label=step or label,
        where=where, since=since, until=until, accept=tuple(accept),
    )  # fmt: skip
    with open_export(source, opening(**said), progress=progress) as table:
        if value is not None:
            result: CapabilityResult | AttributeCapability = read_measure(
                table, question, limits, confidence
            )
        else:
            asked = Asked(opportunities, shift, confidence, step or "")
            result = read_attribute(table, question, asked)
        sha = table.source.sha256() if fingerprint else None
    inputs = result.inputs.model_copy(update={"sha256": sha, "tool_version": __version__})
    return result.model_copy(update={"inputs": inputs})


def _alone(
    mean: float | None,
    deviation: float | None,
    n: int | None,
    defects: int | None,
    units: int | None,
    dpmo: float | None,
    limits: Limits,
    opportunities: int,
    shift: float,
    confidence: float,
) -> CapabilityResult | AttributeCapability:
    """From figures, without a file."""
    made: CapabilityResult | AttributeCapability
    if defects is None and units is None and dpmo is None:
        if mean is None or deviation is None:
            raise _usage("--mean and --sd go together.", "Such as --mean 16 --sd 2.")
        if not (isfinite(mean) and abs(mean) < FAR and LEAST < deviation < FAR):
            raise _usage(
                "--sd is not above 0, or a figure is too large or too small.", "Such as --sd 2."
            )
        if n is not None and n < 2:
            raise _usage("--n is below 2, and a deviation is made of two or more.", "")
        from dmaic.stats.capability.measure import of_figures

        made = of_figures(mean, deviation, n, limits, confidence)
    elif dpmo is not None:
        if not 0 <= dpmo <= 1_000_000:
            raise _usage("--dpmo is not between 0 and a million.", "Such as --dpmo 233.")
        from dmaic.stats.capability.counted import of_rate

        made = of_rate(dpmo, shift)
    else:
        if defects is None or units is None:
            raise _usage("--defects and --units go together.", "--defects 1336 --units 5043.")
        if defects < 0 or not 0 < units < 10**15 or defects > 10**15:
            raise _usage("--defects is below 0, or --units not above 0.", "")
        from dmaic.stats.capability.counted import of_counts

        made = of_counts(
            [], [defects], [units], opportunities=opportunities, several=opportunities > 1,
            shift=shift, confidence=confidence, inputs=Inputs(source="figures given"),
            how="Give the counts of each period: dmaic capability FILE --count COL --size COL.",
        )  # fmt: skip
    inputs = made.inputs.model_copy(update={"tool_version": __version__})
    return made.model_copy(update={"inputs": inputs})


def _check_ways(alone: Mapping[str, float | None]) -> None:
    """Refuse figures that say nothing, or two things at once."""
    ways = {_WAYS[option]: option for option, figure in alone.items() if figure is not None}
    if len(ways) != 1:
        raise _usage(
            f"{' and '.join(ways.values())} are several ways to say what is judged."
            if ways
            else "There is nothing to judge: no FILE and no figures.",
            "dmaic capability FILE --value COL --usl 20; --mean 16 --sd 2 --usl 20; "
            "--defects 1336 --units 5043; or --dpmo 233.",
        )


def _check(
    limits: Limits, shift: float, confidence: float, opportunities: int, *, measured: bool
) -> None:
    given = [each for each in (limits.lsl, limits.usl, limits.target) if each is not None]
    if not all(isfinite(each) and abs(each) < FAR for each in given):
        raise _usage("A limit is no figure that can be reckoned with.", "Such as --usl 20.")
    if not measured and given:
        raise _usage(
            "--lsl, --usl and --target are limits of a measure, and there is none.",
            "Name its column: --value COL.",
        )
    if measured and limits.lsl is None and limits.usl is None:
        raise _usage(
            "A measure is capable of keeping to limits, and there are none.",
            "Give --usl, --lsl or both, as the customer sets them; not the limits of a control "
            "chart.",
        )
    if limits.lsl is not None and limits.usl is not None and limits.lsl >= limits.usl:
        raise _usage(
            f"--lsl {limits.lsl:g} is not below --usl {limits.usl:g}.", "Such as --lsl 8 --usl 20."
        )
    if limits.target is not None and not (
        (limits.lsl is None or limits.lsl <= limits.target)
        and (limits.usl is None or limits.target <= limits.usl)
    ):
        raise _usage(f"--target {limits.target:g} is outside of the limits.", "")
    if not 0.5 <= confidence < 1:
        raise _usage(
            f"--confidence is {confidence:g}, not from 50 % to below 100 %.", "Such as 95%."
        )
    if not (isfinite(shift) and 0 <= shift <= 3):
        raise _usage(f"--shift is {shift:g}, not between 0 and 3.", "Such as --shift 1.5.")
    if not 1 <= opportunities <= 1_000_000:
        raise _usage(f"--opportunities is {opportunities}, not from 1 to a million.", "")


def _check_columns(
    value: str | None, count: str | None, size: str | None, step: str | None, by: str | None
) -> None:
    if value is not None and (count or step or by):
        other = "--count" if count else "--step" if step else "--by"
        raise _usage(f"--value is a measure, and {other} belongs to counts.", "Leave one out.")
    if count is not None and size is None:
        raise _usage("--count without --size: of how many units?", "Add --size COL.")
    if step is not None and count is None:
        raise _usage("--step names rows of counts.", "Add --count COL --size COL.")


def _usage(message: str, hint: str) -> UsageError:
    return UsageError(message, "usage.capability", hint)
