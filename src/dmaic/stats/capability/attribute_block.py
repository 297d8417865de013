"""How the capability of attributes is shown: the answer, the figures, the steps."""

from __future__ import annotations

from collections.abc import Callable

from dmaic import number
from dmaic.block import Block, Cells, Fields, Heading, Note, Table
from dmaic.stats.capability.attribute import Step
from dmaic.stats.capability.attribute_result import AttributeCapability
from dmaic.stats.capability.stability import told
from dmaic.stats.capability.word import attribute_headline
from dmaic.text import printable


def blocks(result: AttributeCapability) -> tuple[Block, ...]:
    """The sentence, what was counted, the figures with their intervals, and the steps."""
    facts = [("shift", _shift(result))]
    if result.units is not None:
        facts.append(("stable", told(result.stability)))
    if result.units is not None and result.defects is not None:
        counted = f"{result.defects:,.0f} in {result.units:,.0f} {printable(result.unit, 40)}"
        if result.opportunities > 1:
            counted += f", {result.opportunities:,} opportunities each"
        facts.insert(0, ("counted", counted))
    made: list[Block] = [
        Heading(f"Capability: {_title(result)}", 1),
        Note(attribute_headline(result), strong=True),
        Fields(tuple(facts)),
        _figures(result),
    ]
    if result.steps:
        made.append(_steps(result))
    return tuple(made)


def _title(result: AttributeCapability) -> str:
    return "churn" if result.name == "lost" else printable(result.name, 60)


def _shift(result: AttributeCapability) -> str:
    if not result.shift:
        return "none: the sigma level is that of what was counted"
    if result.z_long_term is None:
        return f"{result.shift:g} sigma"
    return f"{result.shift:g} sigma, added to {result.z_long_term:.3f} by convention"


def _figures(result: AttributeCapability) -> Table:
    def percent(figure: float | None) -> str:
        if figure is None:
            return number.DASH
        # As many nines as there are, and a digit more.
        text = f"{100 * figure:.2f}"
        return f"{100 * figure:.8g} %" if text == "100.00" and figure < 1 else f"{text} %"

    def rate(figure: float | None) -> str:
        return number.DASH if figure is None else f"{figure:.4g}"

    def million(figure: float | None) -> str:
        return (
            number.DASH if figure is None else f"{figure:,.0f}" if figure >= 100 else rate(figure)
        )

    def level(figure: float | None) -> str:
        return "no end" if figure is None else f"{figure:.3f}"

    rows: list[tuple[str, str, str]] = []
    known = result.units is not None

    def add(name: str, field: str, show: Callable[[float | None], str], stem: str) -> None:
        low, high = getattr(result, f"{stem}_low"), getattr(result, f"{stem}_high")
        ends = (
            f"{show(low)} to {show(high)}"
            if known and (low is not None or high is not None)
            else number.DASH
        )
        value = getattr(result, field)
        rows.append((name, number.DASH if value is None else show(value), ends))

    add("DPU", "dpu", rate, "dpu")
    add("DPMO", "dpmo", million, "dpmo")
    add("yield", "yield_", percent, "yield")
    if result.steps:
        add("rolled throughput yield", "rolled_throughput_yield", percent, "rolled")
    add("sigma level", "sigma_level", level, "sigma")
    names, values, ends = zip(*rows, strict=True)
    return Table(
        (
            Cells("figure", names),
            Cells("value", values, right=True),
            Cells(f"{100 * result.confidence:g} % interval", ends, right=True),
        )
    )


def _steps(result: AttributeCapability) -> Table:
    rows = result.steps

    def column(title: str, show: Callable[[Step], str], keep: int = 100) -> Cells:
        return Cells(title, tuple(show(row) for row in rows), right=True, keep=keep)

    def level(row: Step) -> str:
        return number.DASH if row.sigma_level is None else f"{row.sigma_level:.2f}"

    return Table(
        (
            Cells(result.step, tuple(printable(row.name, 40) for row in rows), wrap=True),
            column("units", lambda row: f"{row.units:,.0f}", 50),
            column("defects", lambda row: f"{row.defects:,.0f}", 60),
            column("DPMO", lambda row: f"{row.dpmo:,.0f}", 80),
            column("yield %", lambda row: f"{100 * row.yield_:.2f}"),
            column("sigma level", level, 70),
        ),
        title="Steps, in the order of the process",
    )
