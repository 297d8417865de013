"""How a sample size is shown: the sentence that answers, and a table of the samples."""

from __future__ import annotations

from collections.abc import Iterator
from math import floor

from dmaic import number
from dmaic.block import Block, Cells, Fields, Heading, Note, Table
from dmaic.stats.sampling import precision
from dmaic.stats.sampling.plan import SampleSizeResult, SampleSizeRow
from dmaic.stats.sampling.plan_word import short
from dmaic.text import plural

GOOD_POWER = 0.8
"""Below this power a pilot that shows nothing says little."""

_TITLES = {
    "share": "Sample size of a survey",
    "mean": "Sample size of a survey",
    "shares": "Sample size of a pilot",
    "means": "Sample size of a comparison of means",
    "hazards": "Sample size of a comparison of how fast customers leave",
}


def blocks(result: SampleSizeResult) -> tuple[Block, ...]:
    """The sentence, what was asked, and the table where there is more than one sample."""
    told: list[Block] = [
        Heading(_TITLES[result.design], 1),
    ]
    if len(result.rows) > 1:
        more = f" The table has all {len(result.rows)}."
        return (*told, Note(headline(result) + more, strong=True), _table(result))
    return (*told, Note(headline(result), strong=True), Fields(tuple(_asked(result))))


def headline(result: SampleSizeResult) -> str:
    """What the first sample comes to, in a sentence or two."""
    row = result.rows[0]
    return _survey(result, row) if result.is_survey else _comparison(result, row)


def points(result: SampleSizeResult, margin: float | None) -> str:
    """A margin: in points of per cent, or in the unit of a mean."""
    if margin is None:
        return number.DASH
    return f"±{short(round(margin, 4))} points" if result.design == "share" else f"±{margin:.4g}"


def effect(result: SampleSizeResult, row: SampleSizeRow) -> str:
    """What is to be seen, in words."""
    if row.effect is None:
        return "any effect"
    if result.design == "shares":
        assert row.from_rate is not None
        assert row.to_rate is not None
        word = "a fall" if row.to_rate < row.from_rate else "a rise"
        known = "the known " if result.one_group else ""
        return f"{word} from {known}{short(row.from_rate)} % to {rate(result, row.to_rate)} %"
    if result.design == "means":
        return f"a difference of {abs(row.effect):.4g}"
    return f"a hazard ratio of {row.effect:.4g}"


def rate(result: SampleSizeResult, fraction: float) -> str:
    """A share lost in the pilot: as it was typed, or rounded down where it was found."""
    if result.solved != "effect":
        return short(fraction)
    return short(floor(fraction * 1e4) / 1e4 if fraction >= 1e-3 else float(f"{fraction:.2g}"))


def _survey(result: SampleSizeResult, row: SampleSizeRow) -> str:
    what = "a share" if result.design == "share" else "a mean"
    sure = f"with {short(result.confidence)} % confidence"
    among = "" if result.population is None else f" of {result.population:,} customers"
    if row.n is None:
        return "No number of answers is large enough for so narrow a margin."
    answers = plural(row.n, "answer")
    if result.solved == "margin" and row.n == result.population:
        return f"{answers}{among} are a census: nothing is left to chance."
    if result.solved == "margin":
        verb = "tells" if row.n == 1 else "tell"
        said = f"{answers}{among} {verb} {what} to within {points(result, row.margin)}, {sure}."
        return said + _bare(result, row)
    if row.n == result.population:
        return f"All {row.n:,} customers have to answer, as in a census, to be so sure of {what}."
    verb = "tells" if row.n == 1 else "tell"
    said = f"{answers} {verb} {what}{among} to within {points(result, row.margin)}, {sure}."
    if row.to_ask is None:
        return said
    rate = f"Where {short(result.response_rate)} % answer"
    if result.population is None or row.to_ask <= result.population:
        return f"{said} {rate}, that takes {row.to_ask:,} to be asked."
    got = int(result.population * (result.response_rate or 0) + 1e-9)
    less = f" and {points(result, _margin(result, got))}" if got else ""
    return (
        f"{said} {rate}, that would take {row.to_ask:,} to be asked, and there are only "
        f"{result.population:,}: asking all of them brings about {plural(got, 'answer')}{less}."
    )


def _bare(result: SampleSizeResult, row: SampleSizeRow) -> str:
    """That so few answers are no census."""
    if result.population is None or row.n is None or row.n >= result.population:
        return ""
    return f" That is {number.percent(row.n / result.population)} % of them, and no census."


def _margin(result: SampleSizeResult, answers: int) -> float:
    assert result.confidence is not None
    if result.deviation is not None:
        return precision.margin_of_mean(
            answers, deviation=result.deviation, confidence=result.confidence,
            population=result.population,
        )  # fmt: skip
    assert result.share is not None
    return precision.margin_of_share(
        answers, share=result.share, confidence=result.confidence, population=result.population
    )


def _comparison(result: SampleSizeResult, row: SampleSizeRow) -> str:
    seen = effect(result, row)
    if result.solved == "n":
        power = f"a chance of {short(result.wanted_power)} %"
        if row.n is None and row.events is None:
            return f"No number of customers is large enough to show {seen}."
        if row.events is not None:
            said = f"{plural(row.events, 'lost customer')} in both groups show {seen} with {power}"
            return f"{said}; that takes {_groups(result, row)}." if row.n else f"{said}."
        return f"It takes {_groups(result, row)} to see {seen} with {power}."
    if result.solved == "effect":
        if row.effect is None:
            return f"{_capital(_groups(result, row))} are too few to show any effect."
        further = {"shares": "or lower", "means": "or more", "hazards": "or lower"}[result.design]
        return (
            f"{_capital(_groups(result, row))} show {seen} {further} with a chance of "
            f"{short(result.wanted_power)} %. A smaller effect would likely be missed."
        )
    assert row.power is not None
    said = (
        f"With {_groups(result, row)}, {seen} is seen with a chance of "
        f"{number.percent(row.power)} %."
    )
    if row.power < GOOD_POWER:
        said += " That is little: a pilot that shows nothing would not mean that nothing works."
    return said


def _groups(result: SampleSizeResult, row: SampleSizeRow) -> str:
    """The customers of each group."""
    assert row.n is not None
    if row.pilot is None:
        return f"{plural(row.n, 'customer')} in the pilot"
    if row.pilot == row.n:
        return f"{plural(row.n, 'customer')} in each group ({row.total:,} in all)"
    return (
        f"{plural(row.n, 'customer')} in the control group and {row.pilot:,} in the pilot "
        f"({row.total:,} in all)"
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _asked(result: SampleSizeResult) -> Iterator[tuple[str, str]]:
    row = result.rows[0]
    if result.is_survey:
        yield "answers", number.amount(row.n, places=0)
        if row.to_ask is not None:
            yield "to ask", number.amount(row.to_ask, places=0)
        yield "margin", points(result, row.margin)
        yield "confidence", f"{short(result.confidence)} %"
        return
    if row.n is not None:
        yield ("pilot" if row.pilot is None else "control group",
               f"{row.n:,}")  # fmt: skip
    if row.pilot is not None:
        yield "pilot", f"{row.pilot:,}"
    if row.events is not None:
        yield ("customers lost" if result.solved == "n" else "customers lost, expected",
               f"{row.events:,}")  # fmt: skip
    if row.power is not None:
        yield "power", f"{number.percent(row.power)} %"
    yield "alpha", f"{short(result.alpha)} %, {'two' if result.sides == 2 else 'one'}-sided"
    if result.design == "shares":
        yield "continuity correction", "yes" if result.continuity else "no"


_HEADS = (
    ("margin", "margin", False),
    ("from_rate", "from %", True),
    ("to_rate", "to %", True),
    ("difference", "difference", False),
    ("hazard_ratio", "hazard ratio", False),
    ("n", "", False),
    ("pilot", "pilot", False),
    ("total", "both", False),
    ("to_ask", "to ask", False),
    ("events", "lost", False),
    ("power", "power %", True),
)
"""Field, heading, and whether it is shown in per cent."""


def _table(result: SampleSizeResult) -> Table:
    size = "answers" if result.is_survey else "pilot" if result.one_group else "control group"
    columns = []
    for name, title, percent in _HEADS:
        figures = [getattr(row, name) for row in result.rows]
        if all(figure is None for figure in figures):
            continue
        texts = tuple(_cell(result, name, figure, percent=percent) for figure in figures)
        columns.append(Cells(title or size, texts, right=True))
    return Table(tuple(columns), whole=True)


def _cell(result: SampleSizeResult, name: str, figure: float | None, *, percent: bool) -> str:
    if figure is None:
        return number.DASH
    if name == "margin":
        return points(result, figure)
    if name == "power":
        return number.percent(figure)
    if percent:
        return rate(result, figure) if name == "to_rate" else short(figure)
    return f"{figure:,}" if isinstance(figure, int) else f"{figure:.4g}"
