"""How the capability of a measure is shown: the answer, the indices, what falls outside."""

from __future__ import annotations

from collections.abc import Iterator

from dmaic import number
from dmaic.block import Block, Cells, Fields, Heading, Note, Table
from dmaic.stats.capability.result import FIGURES, CapabilityResult
from dmaic.stats.capability.stability import told
from dmaic.stats.capability.word import headline, parts
from dmaic.text import printable

_MEANING = {
    "cp": "what it could do, were it centred",
    "cpk": "what it can do as it is centred",
    "pp": "what it did, were it centred",
    "ppk": "what it did",
    "cpm": "what it did, about the target",
}


def blocks(result: CapabilityResult) -> tuple[Block, ...]:
    """The sentence, what the indices rest on, and the indices with their intervals."""
    return (
        Heading(f"Capability of {printable(result.name, 60)}", 1),
        Note(headline(result), strong=True),
        Fields(tuple(_facts(result))),
        _indices(result),
    )


def show(result: CapabilityResult, figure: float | None) -> str:
    """A figure in the unit of the measure.

    Args:
        result: the capability.
        figure: the figure.
    """
    if figure is None:
        return number.DASH
    if len(result.unit) == 3 and result.unit.isupper():
        return number.money(figure, result.unit)
    places, spread = 0, result.sigma_overall
    while places < 6 and spread * 10**places < 100:
        places += 1
    text = number.amount(figure, places=places)
    return text.rstrip("0").rstrip(".") if "." in text else text


def _facts(result: CapabilityResult) -> Iterator[tuple[str, str]]:
    asked = (("LSL", result.lsl), ("USL", result.usl), ("target", result.target))
    yield (
        "limits",
        ", ".join(f"{name} {show(result, each)}" for name, each in asked if each is not None),
    )
    yield "stable", told(result.stability)
    values = "" if result.n is None else f" of {result.n:,} values"
    yield "mean", f"{show(result, result.mean)}{values}"
    yield "sigma within", f"{show(result, result.sigma_within)} ({result.sigma_within_from})"
    yield "sigma overall", show(result, result.sigma_overall)
    if result.outside is not None:
        yield (
            "outside of the limits",
            f"{result.outside:,} of {result.n:,} values ({number.percent(result.outside_share)} %; "
            f"{100 * result.confidence:g} % interval "
            f"{number.interval(result.outside_low, result.outside_high)})",
        )
    expected = parts(result.expected_overall)
    if result.outside is not None:
        expected += f" as it was; {parts(result.expected_within)} without special causes"
    yield "expected, if normal", expected
    if result.normality is not None:
        test = result.normality
        yield (
            "normal",
            f"{test.test} {test.statistic:.3f}, p {number.p_value(test.p_value)}",
        )
    elif result.outside is not None:
        yield "normal", "not tested: fewer than 8 values"


def _indices(result: CapabilityResult) -> Table:
    names = [name for name in FIGURES if getattr(result, name) is not None]
    ranges = [
        number.interval(getattr(result, f"{name}_low"), getattr(result, f"{name}_high"), scale=1)
        for name in names
    ]
    return Table(
        (
            Cells("index", tuple(name.capitalize() for name in names)),
            Cells("value", tuple(number.ratio(getattr(result, name)) for name in names),
                  right=True),
            Cells(f"{100 * result.confidence:g} % interval", tuple(ranges), right=True, keep=90),
            Cells("tells", tuple(_MEANING[name] for name in names), wrap=True, keep=50),
        ),
        title="Indices (1.33 and more is called capable)",
    )  # fmt: skip
