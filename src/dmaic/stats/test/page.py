"""A test on a page: the answer, how large, how sure, and the groups it was made of."""

from __future__ import annotations

from collections.abc import Sequence

from dmaic import number
from dmaic.block import Block, Cells, Fields, Heading, Note, Sign, Table
from dmaic.stats.test.effect import Effect
from dmaic.stats.test.tested import Group, Tested, TestResult
from dmaic.stats.test.word import figure, points
from dmaic.text import plural, printable

MOST = 40
"""Groups that a table shows; files hold all of them."""

MOST_PAIRS = 12

_VERDICTS = {"differ": "differs", "alike": "as good as alike", "unclear": "too few to tell"}
_SIGNS: dict[str, Sign] = {"differ": "warn", "alike": "good", "unclear": "todo"}

CAUTION = "What goes with churn need not cause it: groups may differ in other things too."


def answer(result: TestResult) -> tuple[Block, ...]:
    """The sentence that answers, the effect and the test, and the groups.

    Args:
        result: what is told.
    """
    names = ", ".join(printable(each.column, 40) for each in result.tests[:6])
    if len(result.tests) > 6:
        names += f" and {len(result.tests) - 6} more"
    subject = printable(result.subject, 40)
    title = Heading(f"Test of {subject} by {names}", 1)
    if len(result.tests) > 1:
        return (title, *_several(result))
    (tested,) = result.tests
    blocks: list[Block] = [title, Note(tested.sentence, strong=True), Fields(_fields(tested))]
    blocks += _groups(tested, result)
    blocks += _pairs(tested)
    if result.subject == "churn" and result.period is None:
        blocks.append(Note(CAUTION))
    return tuple(blocks)


def _several(result: TestResult) -> list[Block]:
    tests = sorted(result.tests, key=lambda each: (each.adjusted, each.p_value))
    found = [each for each in tests if each.verdict == "differ"]
    told = ", ".join(printable(each.column, 40) for each in found)
    if found:
        head = (
            f"{len(found)} of {len(tests)} columns go with churn by more than chance makes: {told}."
        )
    else:
        head = f"None of {len(tests)} columns goes with churn by more than chance makes."
    unclear = [each for each in tests if each.verdict == "unclear"]
    if unclear:
        listed = ", ".join(printable(each.column, 40) for each in unclear)
        head += f" Too few to tell: {listed}."
    first = "Holm" if result.adjustment == "holm" else "Benjamini-Hochberg"
    second = "Benjamini-Hochberg" if result.adjustment == "holm" else "Holm"
    other = [
        each.benjamini_hochberg if result.adjustment == "holm" else each.holm for each in tests
    ]
    table = Table(
        (
            Cells("column", tuple(printable(each.column, 40) for each in tests)),
            Cells("effect", tuple(_label(each.effect) for each in tests), keep=98),
            Cells("", tuple(_value(each.effect) for each in tests), right=True, keep=99),
            Cells("95 %", tuple(_interval(each.effect) for each in tests), right=True, keep=97),
            Cells(f"p ({first})", tuple(_p(each.adjusted) for each in tests), right=True, keep=100),
            Cells(f"p ({second})", tuple(map(_p, other)), right=True, keep=50),
            Cells("p alone", tuple(_p(each.p_value) for each in tests), right=True, keep=60),
            Cells("test", tuple(each.test for each in tests), keep=70),
            Cells("churn", tuple(_VERDICTS[each.verdict] for each in tests), keep=90),
        ),
        signs=tuple(_SIGNS[each.verdict] for each in tests),
    )
    blocks: list[Block] = [Note(head, strong=True), table, Note(CAUTION)]
    for each in tests:
        blocks += [Heading(printable(each.column, 60)), Note(each.sentence)]
        rows = [("Test", f"{each.title}: {_statistic(each)}"), ("Why this test", each.why)]
        if each.note:
            rows.append(("Note", each.note))
        blocks.append(Fields(tuple(rows)))
    return blocks


def _fields(tested: Tested) -> tuple[tuple[str, str], ...]:
    rows = [
        (_capital(each.name), _told(each))
        for each in (tested.effect, *tested.effects)
        if each.value is not None
    ]
    rows += [("Test", tested.title), ("Why this test", tested.why),
             ("Statistic", _statistic(tested))]  # fmt: skip
    departure = tested.departure
    if departure is not None and departure.p_value is not None:
        rows.append(
            (
                "Departure from a line",
                f"chi-square {departure.statistic:,.2f}, df {departure.df}, p "
                f"{number.p_value(departure.p_value)}",
            )
        )
    if tested.note:
        rows.append(("Note", tested.note))
    return tuple(rows)


def _statistic(tested: Tested) -> str:
    p = f"p {number.p_value(tested.p_value)}"
    if tested.statistic is None:
        return p
    text = f"{tested.statistic_name} {tested.statistic:,.4g}"
    if abs(tested.statistic) < 100:
        text = f"{tested.statistic_name} {tested.statistic:.3f}"
    elif tested.statistic_name == "U" or abs(tested.statistic) >= 1000:
        text = f"{tested.statistic_name} {tested.statistic:,.1f}"
    if tested.df is not None:
        text += f", df {_df(tested.df)}"
        text += f" and {_df(tested.df_within)}" if tested.df_within is not None else ""
    return f"{text}, {p}"


def _df(df: float) -> str:
    return f"{df:,.0f}" if df == int(df) else f"{df:,.1f}"


def _groups(tested: Tested, result: TestResult) -> list[Block]:
    groups = list(tested.groups)
    ordered = result.period is not None or any(group.score is not None for group in groups)
    if not ordered and len(groups) > 2:
        key = "residual" if tested.overall is not None else "mean_rank"
        groups.sort(key=lambda group: (-(getattr(group, key) or 0.0), group.name))
    shown = groups[:MOST]
    columns = _rate_columns(shown) if tested.overall is not None else _number_columns(shown)
    name = printable(tested.column if tested.overall is not None or result.subject != "churn"
                     else f"{tested.column} of", 40)  # fmt: skip
    names = Cells(name, tuple(printable(group.name, 60) for group in shown))
    blocks: list[Block] = [Table((names, *columns), title=_title(tested, result))]
    if len(groups) > MOST:
        more = plural(len(groups) - MOST, "group")
        blocks.append(Note(f"{more} more are not shown; -o FILE.xlsx and --json hold all."))
    return blocks


def _title(tested: Tested, result: TestResult) -> str:
    if tested.overall is None:
        return "Groups"
    return f"Expected were all alike: {number.percent(tested.overall)} % lost"


def _rate_columns(groups: Sequence[Group]) -> list[Cells]:
    marks = ["" if not each.apart else "above" if (each.residual or 0) > 0 else "below"
             for each in groups]  # fmt: skip
    columns = [
        _right("all", [f"{each.count:,}" for each in groups], 80),
        _right("lost", [f"{each.lost or 0:,}" for each in groups], 95),
        _right("expected", [_expected(each.expected_lost) for each in groups], 85),
        _right("churn %", [number.percent(each.rate) for each in groups], 100),
        _right("95 %", [number.interval(each.low, each.high) for each in groups], 90),
        _right("residual", [number.amount(each.residual, places=1) for each in groups], 60),
    ]
    if any(marks) and len(groups) > 2:
        columns.append(Cells("", tuple(marks), keep=70))
    if any(each.score is not None for each in groups):
        columns.insert(0, _right("score", [figure(each.score) for each in groups], 65))
    return columns


def _expected(count: float | None) -> str:
    return number.amount(count, places=1)


def _number_columns(groups: Sequence[Group]) -> list[Cells]:
    return [
        _right("count", [f"{each.count:,}" for each in groups], 80),
        _right("mean", [figure(each.mean) for each in groups], 100),
        _right("95 %", [_span(each.low, each.high) for each in groups], 85),
        _right("st. dev.", [figure(each.deviation) for each in groups], 60),
        _right("median", [figure(each.median) for each in groups], 95),
        _right("quartiles", [_span(each.lower_quartile, each.upper_quartile) for each in groups],
               55),
        _right("mean rank", [number.amount(each.mean_rank, places=1) for each in groups], 50),
    ]  # fmt: skip


def _pairs(tested: Tested) -> list[Block]:
    if not tested.pairs:
        return []
    shown = tested.pairs[:MOST_PAIRS]
    how = "Dunn's z" if tested.test == "kruskal-wallis" else "Welch's t"
    table = Table(
        (
            Cells("groups", tuple(f"{printable(each.first, 30)} – {printable(each.second, 30)}"
                                  for each in shown)),
            _right(how, [f"{each.statistic:.2f}" for each in shown], 80),
            _right("p alone", [_p(each.p_value) for each in shown], 60),
            _right("p (Holm)", [_p(each.adjusted) for each in shown], 100),
        ),
        title="Which of them differ",
    )  # fmt: skip
    if len(tested.pairs) <= MOST_PAIRS:
        return [table]
    more = len(tested.pairs) - MOST_PAIRS
    return [table, Note(f"{more} more pairs with larger p-values are in --json.")]


def _told(effect: Effect) -> str:
    if effect.name in ("difference of proportions", "change per step"):
        return points(effect)
    interval = _interval(effect)
    return _value(effect) + (f" (95 %: {interval})" if interval != number.DASH else "")


def _label(effect: Effect) -> str:
    return {
        "difference of proportions": "difference, points",
        "change per step": "points a step",
        "difference of means": "mean difference",
        "probability of superiority": "superiority",
    }.get(effect.name, effect.name)


def _value(effect: Effect) -> str:
    if effect.value is None:
        return number.DASH
    if effect.name in ("difference of proportions", "change per step"):
        return f"{100 * effect.value:+.2f}"
    if effect.name == "difference of means":
        return figure(effect.value)
    return f"{effect.value:.3f}"


def _interval(effect: Effect) -> str:
    if effect.low is None or effect.high is None:
        return number.DASH
    if effect.name in ("difference of proportions", "change per step"):
        return f"{100 * effect.low:+.2f} to {100 * effect.high:+.2f}"
    if effect.name == "difference of means":
        return _span(effect.low, effect.high)
    return f"{effect.low:.3f} to {effect.high:.3f}"


def _span(low: float | None, high: float | None) -> str:
    if low is None or high is None:
        return number.DASH
    return f"{figure(low)} to {figure(high)}"


def _p(value: float) -> str:
    return number.p_value(value).removeprefix("= ")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _right(title: str, texts: Sequence[str], keep: int) -> Cells:
    return Cells(title, tuple(texts), right=True, keep=keep)
