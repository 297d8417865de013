"""A study of agreement in words and tables."""

from __future__ import annotations

from collections.abc import Iterator

from dmaic.block import Block, Cells, Fields, Heading, Note, Table
from dmaic.number import DASH, percent
from dmaic.stats.agreement.coefficient import Coefficient
from dmaic.stats.agreement.result import AgreementResult, Comparison
from dmaic.text import name_list, plural, printable

SHOWN = 12
"""More rows or codes than these are not shown in a table; JSON has them all."""

_TOLD = {
    "cohen": "Cohen's kappa",
    "fleiss": "Fleiss' kappa",
    "krippendorff": "Krippendorff's alpha",
    "standard": "Cohen's kappa with the standard",
}


def blocks(result: AgreementResult) -> tuple[Block, ...]:
    """The verdict first; then coefficients, who agrees with whom, and what is mixed up."""
    raters = name_list(result.raters, 6)
    told: list[Block] = [
        Heading(
            "Agreement",
            1,
            aside=f"{plural(result.items, 'item')}, {plural(len(result.codes), 'code')}, {raters}",
        ),
        Note(sentence(result), strong=True),
        Fields(tuple(_figures(result))),
        _comparisons(result),
    ]
    if result.mixed_up:
        told += [_mixed(result), *_rest(len(result.mixed_up), "pair of codes", "pairs of codes")]
    told += [*_confusion(result), _codes(result), *_rest(len(result.codes), "code")]
    return tuple(told)


def sentence(result: AgreementResult) -> str:
    """The verdict with the figures that it rests on.

    Args:
        result: of a study.
    """
    if result.kappa is None:
        return result.verdict
    seen = ""
    if result.percent_agreement is not None:
        seen = f", {percent(result.percent_agreement)} % of items agreed on"
    return (
        f"{result.verdict} {_TOLD[result.statistic]} is {result.kappa:.2f} "
        f"(95 % interval {_span(result.kappa_low, result.kappa_high)}){seen}."
    )


def coefficient_name(result: AgreementResult) -> str:
    """What the kappa of a result is called.

    Args:
        result: of a study.
    """
    return _TOLD[result.statistic]


def _span(low: float | None, high: float | None) -> str:
    return DASH if low is None or high is None else f"{low:.2f} to {high:.2f}"


def _bounds(low: float | None, high: float | None) -> str:
    return DASH if low is None or high is None else f"{100 * low:.1f}–{100 * high:.1f}"


def _figures(result: AgreementResult) -> Iterator[tuple[str, str]]:
    weighted = "" if result.weights == "none" else f", {result.weights} weights"
    for name, found in (
        (f"Cohen's kappa{weighted}", result.cohen),
        ("Fleiss' kappa", result.fleiss),
        ("Krippendorff's alpha", result.krippendorff),
    ):
        if found is not None:
            yield name, _coefficient(found)
    if result.landis_koch is not None:
        yield (
            "In words",
            f"{result.landis_koch} (Landis and Koch), {_aiag(result.kappa or 0.0)} (AIAG)",
        )
    yield "Codings", f"{result.codings:,} by {plural(len(result.raters), 'rater')}"


def _aiag(kappa: float) -> str:
    from dmaic.stats.agreement.verdict import GOOD, POOR

    return "good" if kappa > GOOD else "poor" if kappa < POOR else "moderate"


def _coefficient(found: Coefficient) -> str:
    if found.value is None:
        return "none: only one code was used"
    text = f"{found.value:.3f} ({_span(found.low, found.high)}), {plural(found.items, 'item')}"
    if found.observed is not None and found.chance is not None:
        text += f"; agreement {percent(found.observed)} %, by chance {percent(found.chance)} %"
    return text


def _comparisons(result: AgreementResult) -> Table:
    rows = result.comparisons
    if result.cohen is not None:
        # Of two raters the pair is all, and tells kappa too.
        rows = tuple(each for each in rows if each.sort != "between")
    if len(rows) > 2 * SHOWN:
        # Pairs of many raters: those that agree least are worth a talk.
        pairs = sorted(
            (each for each in rows if each.sort == "pair"),
            key=lambda each: each.percent_agreement or 0.0,
        )[:SHOWN]
        rows = tuple(each for each in rows if each.sort != "pair" or each in pairs)
    columns = [
        Cells("Who agrees with whom", tuple(_who(each) for each in rows), wrap=True),
        Cells("items", tuple(f"{each.items:,}" for each in rows), right=True),
        Cells("agreed", tuple(f"{each.agreed:,}" for each in rows), right=True, keep=60),
        Cells("%", tuple(percent(each.percent_agreement) for each in rows), right=True),
        Cells("95 %, exact", tuple(_bounds(each.low, each.high) for each in rows), right=True),
    ]
    if any(each.kappa is not None for each in rows):
        columns += [
            Cells("kappa", tuple(_two(each.kappa) for each in rows), right=True),
            Cells("95 %", tuple(_span(each.kappa_low, each.kappa_high) for each in rows),
                  right=True, keep=50),
        ]  # fmt: skip
    return Table(tuple(columns), title="Percent agreement")


def _who(each: Comparison) -> str:
    first, second = printable(each.first, 30), printable(each.second, 30)
    return {
        "between": "all raters",
        "within": f"{first}, coding again",
        "pair": f"{first} and {second}",
        "standard": f"{first} with the standard",
        "all-standard": "all raters with the standard",
    }[each.sort]


def _two(figure: float | None) -> str:
    return DASH if figure is None else f"{figure:.2f}"


def _mixed(result: AgreementResult) -> Table:
    rows = result.mixed_up[:SHOWN]
    return Table(
        (
            Cells("Codes mixed up", tuple(
                f"{printable(each.first, 40)} / {printable(each.second, 40)}" for each in rows
            ), wrap=True),
            Cells("items", tuple(f"{each.items:,}" for each in rows), right=True),
            Cells("pairs", tuple(f"{each.pairs:,}" for each in rows), right=True,
                  keep=60),
            Cells("% of all that differ", tuple(percent(each.share) for each in rows), right=True),
        ),
        title="What is mixed up most",
    )  # fmt: skip


def _confusion(result: AgreementResult) -> Iterator[Block]:
    for table, title in (
        (result.standard_confusion, "Given (down) where the standard says (across)"),
        (result.confusion, ""),
    ):
        if table is None or not 1 < len(table.codes) <= SHOWN:
            continue
        if not title:
            title = (
                f"{printable(table.rows, 30)} (down) and {printable(table.columns, 30)} (across)"
                if table.rows
                else "Pairs of codings of one item"
            )
        heads = [printable(code, 24) for code in table.codes]
        if not any(map(any, table.counts)):
            continue
        yield Table(
            (
                Cells("Code", tuple(heads), wrap=True),
                *(
                    Cells(head, tuple(f"{row[at]:,}" for row in table.counts), right=True)
                    for at, head in enumerate(heads)
                ),
            ),
            title=title,
        )


def _codes(result: AgreementResult) -> Table:
    rows = sorted(
        result.codes, key=lambda each: (each.kappa is None, each.kappa or 0.0, each.code)
    )[:SHOWN]
    return Table(
        (
            Cells("Code, least agreed on first", tuple(printable(each.code, 60) for each in rows),
                  wrap=True),
            Cells("used", tuple(f"{each.used:,}" for each in rows), right=True),
            Cells("share %", tuple(percent(each.share) for each in rows), right=True, keep=50),
            Cells("kappa", tuple(_two(each.kappa) for each in rows), right=True),
            Cells("95 %", tuple(_span(each.low, each.high) for each in rows), right=True),
        ),
        title="Each code against all others (Fleiss' kappa)",
    )  # fmt: skip


def _rest(count: int, noun: str, many: str = "") -> tuple[Note, ...]:
    if count <= SHOWN:
        return ()
    return (Note(f"{plural(count - SHOWN, noun, many)} more: --json has all of them."),)
