"""What goes with what, on a page."""

from __future__ import annotations

from collections.abc import Sequence

from dmaic import number
from dmaic.block import Block, Cells, Fields, Heading, Note, Table
from dmaic.stats.correlate.coefficient import Coefficient
from dmaic.stats.correlate.result import ColumnSummary, CorrelateResult
from dmaic.stats.correlate.word import NAMES, plain
from dmaic.stats.test.word import figure
from dmaic.text import printable

CAUTION = "What goes together need not cause each other; something else may move both."


def answer(result: CorrelateResult) -> tuple[Block, ...]:
    """The sentence that answers, the coefficients, and the columns.

    Args:
        result: what is told.
    """
    names = ", ".join(printable(column.name, 40) for column in result.columns)
    title = f"Distribution of {names}" if not result.pairs else f"Correlation of {names}"
    blocks: list[Block] = [Heading(title, 1), Note(result.sentence, strong=True)]
    if result.pairs:
        blocks.append(_pairs(result))
    if len(result.columns) > 2:
        blocks.append(_matrix(result))
    if result.line is not None:
        blocks.append(_line(result))
    if result.boxes:
        blocks.append(_boxes(result))
    blocks += _columns(result)
    if result.pairs:
        blocks.append(Note(CAUTION))
    return tuple(blocks)


def _pairs(result: CorrelateResult) -> Table:
    pairs = result.pairs
    ranked = any(pair.rank is not None for pair in pairs)
    columns = [
        Cells(
            "pair",
            tuple(f"{printable(each.first, 30)} – {printable(each.second, 30)}" for each in pairs),
            wrap=True,
        ),
        _right("rows", [f"{each.count:,}" for each in pairs], 60),
        Cells("measure", tuple(NAMES[each.coefficient.name] for each in pairs), keep=80),
        _right("value", [_value(each.coefficient) for each in pairs], 100),
        _right("95 %", [_interval(each.coefficient) for each in pairs], 95),
        _right("p", [_p(each.coefficient.p_value) for each in pairs], 90),
    ]
    if ranked:
        columns += [
            _right("Spearman", [_value(each.rank) for each in pairs], 85),
            _right("95 % of Spearman", [_interval(each.rank) for each in pairs], 50),
        ]
    return Table(tuple(columns))


def _matrix(result: CorrelateResult) -> Table:
    names = [printable(column.name, 20) for column in result.columns]
    return Table(
        (
            Cells("", tuple(names)),
            *(
                _right(name, [number.ratio(row[at]) for row in result.matrix], 60 - at)
                for at, name in enumerate(names)
            ),
        ),
        title="Matrix",
    )


def _line(result: CorrelateResult) -> Fields:
    assert result.line is not None
    x, y = (printable(column.name, 40) for column in result.columns)
    line = result.line
    sign = "+" if line.slope >= 0 else "-"
    return Fields(
        (
            (
                "Least-squares line",
                f"{y} = {plain(line.intercept)} {sign} {plain(abs(line.slope))} {x}",
            ),
            ("Variance explained", f"{100 * line.explained:.1f} %"),
        )
    )


def _boxes(result: CorrelateResult) -> Table:
    boxes = result.boxes[:40]
    return Table(
        (
            Cells(_category(result), tuple(printable(box.name, 40) for box in boxes)),
            _right("count", [f"{box.count:,}" for box in boxes], 80),
            _right("mean", [figure(box.mean) for box in boxes], 90),
            _right("median", [figure(box.median) for box in boxes], 100),
            _right(
                "quartiles",
                [f"{figure(box.lower_quartile)} to {figure(box.upper_quartile)}" for box in boxes],
                85,
            ),
            _right(
                "whiskers",
                [f"{figure(box.lower_whisker)} to {figure(box.upper_whisker)}" for box in boxes],
                60,
            ),
            _right("outside", [f"{box.outside:,}" for box in boxes], 70),
        ),
        title="By group",
    )


def _category(result: CorrelateResult) -> str:
    return next(printable(each.name, 40) for each in result.columns if each.type == "category")


def _columns(result: CorrelateResult) -> list[Block]:
    numbers = [column for column in result.columns if column.type == "number"]
    blocks: list[Block] = []
    if numbers:
        blocks.append(_numbers(numbers))
    for column in result.columns:
        if column.type == "category" and not result.boxes:
            blocks.append(_shares(column))
    return blocks


def _numbers(columns: Sequence[ColumnSummary]) -> Table:
    def cells(field: str) -> list[str]:
        return [figure(getattr(column, field)) for column in columns]

    return Table(
        (
            Cells("column", tuple(printable(column.name, 40) for column in columns)),
            _right("count", [f"{column.count:,}" for column in columns], 85),
            _right("blank", [f"{column.blank:,}" for column in columns], 40),
            _right("mean", cells("mean"), 100),
            _right("st. dev.", cells("deviation"), 95),
            _right("least", cells("least"), 70),
            _right("lower quartile", cells("lower_quartile"), 60),
            _right("median", cells("median"), 90),
            _right("upper quartile", cells("upper_quartile"), 59),
            _right("greatest", cells("greatest"), 69),
            _right("skewness", cells("skewness"), 50),
        ),
        title="Numbers",
    )


def _shares(column: ColumnSummary) -> Table:
    total = column.count or 1
    return Table(
        (
            Cells(
                printable(column.name, 40),
                tuple(printable(each.name, 60) for each in column.shares),
            ),
            _right("rows", [f"{each.count:,}" for each in column.shares], 90),
            _right("share %", [number.percent(each.count / total) for each in column.shares], 100),
        ),
        empty="No row has a value.",
    )


def _value(each: Coefficient | None) -> str:
    return number.DASH if each is None or each.value is None else f"{each.value:.3f}"


def _interval(each: Coefficient | None) -> str:
    if each is None or each.low is None or each.high is None:
        return number.DASH
    return f"{each.low:.3f} to {each.high:.3f}"


def _p(value: float | None) -> str:
    return number.DASH if value is None else number.p_value(value).removeprefix("= ")


def _right(title: str, texts: Sequence[str], keep: int) -> Cells:
    return Cells(title, tuple(texts), right=True, keep=keep)
