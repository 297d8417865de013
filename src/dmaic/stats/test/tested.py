"""What a test found, and the result that holds one or several."""

from __future__ import annotations

from typing import Any, ClassVar, Literal

from dmaic.block import Block
from dmaic.reply import Study, heading
from dmaic.result import Frozen, Sheet
from dmaic.stats.test.effect import Effect

Verdict = Literal["differ", "alike", "unclear"]
"""More than chance makes; at most a difference that hardly matters; too few to tell."""

LEVEL = 0.05
"""A p-value below it is called more than chance."""


class Group(Frozen):
    """One group of a test.

    Attributes:
        name: of the category, or `lost` and `stayed`.
        count: customers in it.
        lost: of them lost; None where numbers are compared.
        rate: lost / count.
        low, high: 95 % interval of the rate (Wilson) or of the mean (t).
        expected_lost, expected_stayed: how many there would be, were all rates the same.
        residual: adjusted standardised residual of the lost; beyond ±1.96 is unlike the others.
        apart: the residual is more than chance makes, adjusted for all groups by Holm.
        score: where the group stands in the order, where one was asked for.
        mean, deviation, median, lower_quartile, upper_quartile: of the numbers.
        mean_rank: of the numbers among all.
    """

    name: str
    count: int
    lost: int | None = None
    rate: float | None = None
    low: float | None = None
    high: float | None = None
    expected_lost: float | None = None
    expected_stayed: float | None = None
    residual: float | None = None
    apart: bool | None = None
    score: float | None = None
    mean: float | None = None
    deviation: float | None = None
    median: float | None = None
    lower_quartile: float | None = None
    upper_quartile: float | None = None
    mean_rank: float | None = None


class Pair(Frozen):
    """Two groups compared, after a test of all.

    Attributes:
        first, second: names.
        statistic: Dunn's z, or Welch's t.
        p_value: as it is.
        adjusted: by Holm over all pairs.
    """

    first: str
    second: str
    statistic: float
    p_value: float
    adjusted: float


class Departure(Frozen):
    """What a line leaves over of the differences between ordered groups.

    Attributes:
        statistic: chi-square of all differences less that of the trend.
        df: groups less two.
        p_value: chance of so much, were the rates on a line; None with two groups.
    """

    statistic: float
    df: int
    p_value: float | None


class Tested(Frozen):
    """One test.

    Attributes:
        column: what makes the groups, or the number that lost and stayed are compared in.
        test: `chi-square`, `fisher`, `cochran-armitage`, `welch`, `welch-anova`, `mann-whitney` or
            `kruskal-wallis`.
        title: the test in words.
        why: why this one.
        statistic: the figure; None for an exact test.
        statistic_name: its letter.
        df: degrees of freedom; None where it has none.
        df_within: of an F, those within groups.
        p_value: chance of so much or more, were there no difference; two-sided.
        exact: all ways were counted.
        draws: tables drawn, of a Monte Carlo p-value; 0 otherwise.
        p_low, p_high: its 99 % interval.
        effect: how large the difference is.
        effects: further measures of it.
        adjusted: p-value adjusted for all tests made, in the way asked for.
        holm, benjamini_hochberg: adjusted in either way.
        verdict: `differ`, `alike` or `unclear`.
        enough: where it is too few to tell, how many would be likely to: customers mixed as these,
            with a power of 80 % for a difference that matters.
        sentence: the answer in words.
        groups: what was compared.
        pairs: every two groups, where there are more and they were compared.
        departure: with a trend, what departs from a line.
        overall: rate of all, or None.
        left_out: rows without a value in the column.
        note: what limits the test, or empty.
    """

    __test__: ClassVar[bool] = False

    column: str
    test: str
    title: str
    why: str
    statistic: float | None
    statistic_name: str = ""
    df: float | None = None
    df_within: float | None = None
    p_value: float
    exact: bool = False
    draws: int = 0
    p_low: float | None = None
    p_high: float | None = None
    effect: Effect
    effects: tuple[Effect, ...] = ()
    adjusted: float
    holm: float
    benjamini_hochberg: float
    verdict: Verdict = "unclear"
    enough: int | None = None
    sentence: str = ""
    groups: tuple[Group, ...]
    pairs: tuple[Pair, ...] = ()
    departure: Departure | None = None
    overall: float | None = None
    left_out: int = 0
    note: str = ""


class TestResult(Study):
    """Whether groups differ by more than chance makes, and by how much.

    The first test also stands at the top; the others, and it, in `tests`.

    Attributes:
        subject: what is compared, such as `churn` or the name of a number.
        unit: what is counted, plural.
        period: `month` or `quarter`, where periods are compared.
        adjustment: how `adjusted` was made: `holm` or `benjamini-hochberg`.
        column, test, statistic, df, p_value, effect, verdict, sentence: of the first test.
        tests: all of them, in the order asked for.
    """

    __test__: ClassVar[bool] = False

    kind: str = "test"
    subject: str = "churn"
    unit: str = "customers"
    period: str | None = None
    adjustment: str = "holm"
    column: str
    test: str
    statistic: float | None
    df: float | None = None
    p_value: float
    effect: Effect
    verdict: Verdict
    sentence: str
    tests: tuple[Tested, ...]

    def answer(self) -> tuple[Block, ...]:
        """The sentence that answers, the effect, the test, and the groups."""
        from dmaic.stats.test.page import answer

        return answer(self)

    def records(self) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
        """A row a test."""
        return (
            ("column", "test", "effect", "value", "low", "high", "statistic", "df", "p_value",
             "adjusted", "verdict"),
            [
                (each.column, each.test, each.effect.name, each.effect.value, each.effect.low,
                 each.effect.high, each.statistic, each.df, each.p_value, each.adjusted,
                 each.verdict)
                for each in self.tests
            ],
        )  # fmt: skip

    def sheets(self) -> tuple[Sheet, ...]:
        """The tests on one sheet, their groups on another."""
        fields = [name for name in Group.model_fields if self._has(name)]
        rows = [
            (each.column, *(getattr(group, name) for name in fields))
            for each in self.tests
            for group in each.groups
        ]
        header = ("Column", *(heading(name) for name in fields))
        return (*super().sheets(), Sheet("Groups", header, rows))

    def _has(self, field: str) -> bool:
        return any(
            getattr(group, field) is not None for each in self.tests for group in each.groups
        )
