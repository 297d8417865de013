"""What goes with what, as a result."""

from __future__ import annotations

from typing import Any, Literal

from dmaic.block import Block
from dmaic.reply import Study, heading
from dmaic.result import Frozen, Sheet
from dmaic.stats.correlate.coefficient import Coefficient

Kind = Literal["number", "category"]

View = Literal["histogram", "bars", "scatter", "box", "table", "matrix"]


class Bin(Frozen):
    """A bar of a histogram.

    Attributes:
        low, high: its edges; the low one belongs to it, of the last bar both.
        count: values in it.
    """

    low: float
    high: float
    count: int


class Share(Frozen):
    """A category.

    Attributes:
        name: of it.
        count: rows.
    """

    name: str
    count: int


class ColumnSummary(Frozen):
    """One column.

    Attributes:
        name: of it.
        type: `number` or `category`.
        count: rows with a value.
        blank: rows without.
        different: different values.
        mean, deviation, least, lower_quartile, median, upper_quartile, greatest, skewness: of a
            number; the deviation has the divisor n - 1, the skewness is m3 / m2^1.5.
        shares: of a category, with most rows first; at most 40.
        bins: of a number, where it is the only column.
    """

    name: str
    type: Kind
    count: int
    blank: int
    different: int
    mean: float | None = None
    deviation: float | None = None
    least: float | None = None
    lower_quartile: float | None = None
    median: float | None = None
    upper_quartile: float | None = None
    greatest: float | None = None
    skewness: float | None = None
    shares: tuple[Share, ...] = ()
    bins: tuple[Bin, ...] = ()


class CorrelatedPair(Frozen):
    """Two columns.

    Attributes:
        first, second: names.
        count: rows that have both.
        coefficient: by the types of the columns.
        rank: Spearman's, of two numbers.
    """

    first: str
    second: str
    count: int
    coefficient: Coefficient
    rank: Coefficient | None = None


class Place(Frozen):
    """Rows that lie at one place of a scatter.

    Attributes:
        x, y: the values; of a hexagon its middle.
        count: rows.
    """

    x: float
    y: float
    count: int


class Line(Frozen):
    """The least-squares line y = intercept + slope x.

    Attributes:
        slope, intercept: of it.
        explained: share of the variance, r squared.
    """

    slope: float
    intercept: float
    explained: float


class Box(Frozen):
    """A number in one group.

    Attributes:
        name: of the group.
        count: values.
        mean: of them.
        lower_quartile, median, upper_quartile: type 7 of Hyndman and Fan (1996).
        lower_whisker, upper_whisker: the last values within 1.5 interquartile ranges of the
            quartiles (Tukey 1977).
        outside: values beyond the whiskers.
        least, greatest: of all values.
    """

    name: str
    count: int
    mean: float
    lower_quartile: float
    median: float
    upper_quartile: float
    lower_whisker: float
    upper_whisker: float
    outside: int
    least: float
    greatest: float


class Crossing(Frozen):
    """Rows of one category of each of two columns.

    Attributes:
        first, second: the categories.
        count: rows.
    """

    first: str
    second: str
    count: int


class CorrelateResult(Study):
    """How columns go together.

    Attributes:
        view: what the chart shows: one column as `histogram` or `bars`, two as `scatter`, `box` or
            `table`, more as `matrix`.
        columns: in the order asked for.
        pairs: every two of them.
        matrix: coefficient of each column with each; 1 with itself, None where there is none.
        places: of a scatter, single values or hexagons.
        hexagons: the places are middles of hexagons.
        width, height: of a hexagon, in the units of x and y.
        line: of a scatter; None where a column does not vary.
        boxes: of a number by groups, by median.
        crossings: of two columns of categories.
        sentence: the answer in words.
    """

    kind: str = "correlate"
    view: View
    columns: tuple[ColumnSummary, ...]
    pairs: tuple[CorrelatedPair, ...] = ()
    matrix: tuple[tuple[float | None, ...], ...] = ()
    places: tuple[Place, ...] = ()
    hexagons: bool = False
    width: float | None = None
    height: float | None = None
    line: Line | None = None
    boxes: tuple[Box, ...] = ()
    crossings: tuple[Crossing, ...] = ()
    sentence: str = ""

    def answer(self) -> tuple[Block, ...]:
        """The sentence that answers, the coefficients, and the columns."""
        from dmaic.stats.correlate.page import answer

        return answer(self)

    def records(self) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
        """A row a pair; of a single column its figures."""
        if not self.pairs:
            fields = _figures()
            return tuple(fields), [
                tuple(getattr(column, field) for field in fields) for column in self.columns
            ]
        header = ("first", "second", "count", "coefficient", "value", "low", "high", "p_value",
                  "spearman", "spearman_low", "spearman_high")  # fmt: skip
        rows = []
        for pair in self.pairs:
            each, rank = pair.coefficient, pair.rank
            rows.append(
                (pair.first, pair.second, pair.count, each.name, each.value, each.low, each.high,
                 each.p_value, *((rank.value, rank.low, rank.high) if rank else (None,) * 3))
            )  # fmt: skip
        return header, rows

    def sheets(self) -> tuple[Sheet, ...]:
        """The pairs on one sheet, the columns on another."""
        if not self.pairs:
            return super().sheets()
        fields = _figures()
        rows = [tuple(getattr(column, field) for field in fields) for column in self.columns]
        return (*super().sheets(), Sheet("Columns", tuple(map(heading, fields)), rows))


def _figures() -> list[str]:
    return [name for name in ColumnSummary.model_fields if name not in ("shares", "bins")]
