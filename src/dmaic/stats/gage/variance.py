"""The two ways of gage R&R: analysis of variance, and means and ranges."""

from __future__ import annotations

from dataclasses import dataclass
from math import fsum, sqrt

from dmaic.result import Frozen
from dmaic.stats.control.constant import MOST_INTEGRATED, d2_d3
from dmaic.stats.gage.measured import Measured


class Source(Frozen):
    """One line of the analysis of variance.

    Attributes:
        source: `part`, `operator`, `interaction`, `repeatability` or `total`.
        df: degrees of freedom.
        sum_of_squares: of them.
        mean_square: sum of squares over degrees of freedom; None in total.
        f: mean square over that of the line it is tested against; None where nothing is tested.
        p_value: of no such effect.
    """

    source: str
    df: int
    sum_of_squares: float
    mean_square: float | None = None
    f: float | None = None
    p_value: float | None = None


@dataclass(frozen=True, slots=True)
class Variances:
    """Components of the variance; none is negative.

    Attributes:
        repeatability: of one operator measuring one part again.
        operator: of operators.
        interaction: of operators who measure some parts differently from others.
        part: of the parts themselves.
        negative: those that came out negative, and count as 0.
    """

    repeatability: float
    operator: float
    interaction: float
    part: float
    negative: tuple[str, ...] = ()

    @property
    def reproducibility(self) -> float:
        """Of operators, with the interaction."""
        return self.operator + self.interaction

    @property
    def gage(self) -> float:
        """Of the measuring."""
        return self.repeatability + self.reproducibility

    @property
    def total(self) -> float:
        """Of the measurements."""
        return self.gage + self.part


@dataclass(frozen=True, slots=True)
class Squares:
    """Mean squares with their degrees of freedom.

    Attributes:
        part, operator, repeatability: mean square and degrees of freedom.
        interaction: the same; None where it is pooled into the repeatability.
        sizes: parts, operators, trials.
    """

    part: tuple[float, int]
    operator: tuple[float, int]
    interaction: tuple[float, int] | None
    repeatability: tuple[float, int]
    sizes: tuple[int, int, int]


def analyse(measured: Measured, alpha: float) -> tuple[tuple[Source, ...], Squares, bool]:
    """Two-way analysis of variance with random parts and operators.

    SS part = o r Σ (x̄_i.. − x̄)², SS operator = p r Σ (x̄_.j. − x̄)²,
    SS interaction = r Σ (x̄_ij. − x̄_i.. − x̄_.j. + x̄)², SS repeatability = Σ (x_ijk − x̄_ij.)².
    The interaction is tested against the repeatability; where its p-value is above alpha its sum of
    squares and its degrees of freedom are added to it. Parts and operators are tested against the
    interaction, or against the pooled repeatability.

    Source: AIAG (2010), Measurement Systems Analysis, 4th edition, chapter III, section B; Burdick,
    R. K., Borror, C. M. and Montgomery, D. C. (2005), Design and Analysis of Gauge R&R Studies.

    Args:
        measured: at least two parts, operators and trials.
        alpha: at which the interaction is pooled.

    Returns:
        The lines, the mean squares that components are made of, and whether it was pooled.
    """
    from scipy.special import fdtrc

    p, o, r = len(measured.parts), len(measured.operators), measured.trials
    mean = measured.mean
    parts = [each - mean for each in measured.part_means()]
    operators = [each - mean for each in measured.operator_means()]
    cells = measured.cell_means()
    squares = {
        "part": o * r * fsum(each * each for each in parts),
        "operator": p * r * fsum(each * each for each in operators),
        "interaction": r * fsum(
            (cells[i][j] - mean - parts[i] - operators[j]) ** 2 for i in range(p) for j in range(o)
        ),
        "repeatability": fsum(
            (each - cells[i][j]) ** 2
            for i, part in enumerate(measured.values)
            for j, cell in enumerate(part)
            for each in cell
        ),
    }  # fmt: skip
    df = {
        "part": p - 1,
        "operator": o - 1,
        "interaction": (p - 1) * (o - 1),
        "repeatability": p * o * (r - 1),
    }
    means = {name: squares[name] / df[name] for name in df}

    def tested(name: str, against: float, freedom: int) -> Source:
        ratio = means[name] / against if against > 0 else None
        return Source(
            source=name,
            df=df[name],
            sum_of_squares=squares[name],
            mean_square=means[name],
            f=ratio,
            p_value=None if ratio is None else float(fdtrc(df[name], freedom, ratio)),
        )

    between = tested("interaction", means["repeatability"], df["repeatability"])
    pooled = between.p_value is not None and between.p_value > alpha
    error, freedom = means["repeatability"], df["repeatability"]
    if pooled:
        freedom += df["interaction"]
        error = (squares["repeatability"] + squares["interaction"]) / freedom
    against = (error, freedom) if pooled else (means["interaction"], df["interaction"])
    lines = (
        tested("part", *against),
        tested("operator", *against),
        between,
        Source(
            source="repeatability",
            df=freedom,
            sum_of_squares=error * freedom,
            mean_square=error,
        ),
        Source(source="total", df=p * o * r - 1, sum_of_squares=fsum(squares.values())),
    )
    return (
        lines,
        Squares(
            part=(means["part"], df["part"]),
            operator=(means["operator"], df["operator"]),
            interaction=None if pooled else (means["interaction"], df["interaction"]),
            repeatability=(error, freedom),
            sizes=(p, o, r),
        ),
        pooled,
    )


def components(squares: Squares) -> Variances:
    """Components of the variance from mean squares.

    σ² repeatability = MSE; with the interaction σ² interaction = (MSI − MSE) / r,
    σ² operator = (MSO − MSI) / (p r), σ² part = (MSP − MSI) / (o r); pooled, MSE stands for MSI and
    there is no interaction. What comes out negative counts as 0.

    Args:
        squares: as `analyse` gives them.
    """
    p, o, r = squares.sizes
    error = squares.repeatability[0]
    against = error if squares.interaction is None else squares.interaction[0]
    found = {
        "operator": (squares.operator[0] - against) / (p * r),
        "interaction": (against - error) / r,
        "part": (squares.part[0] - against) / (o * r),
    }
    return Variances(
        repeatability=error,
        operator=max(0.0, found["operator"]),
        interaction=max(0.0, found["interaction"]),
        part=max(0.0, found["part"]),
        negative=tuple(name for name, figure in found.items() if figure < 0),
    )


def by_ranges(measured: Measured) -> Variances | None:
    """Components by means and ranges, the AIAG's older way; it knows no interaction.

    EV = R̿ / d2(r), AV² = (X̄diff / d2*(o))² − EV² / (p r), PV = Rp / d2*(p), with R̿ the mean range
    of the trials, X̄diff the range of the operators' means and Rp that of the parts' means;
    d2*(m) = √(d2² + d3²), of a single range (Duncan, A. J. 1955, Industrial Quality Control 11(5),
    18-22).

    Source: AIAG (2010), Measurement Systems Analysis, 4th edition, chapter III, section B, whose
    K1, K2 and K3 are 1 / d2(r), 1 / d2*(o) and 1 / d2*(p) in four digits.

    Args:
        measured: balanced.

    Returns:
        None where there are more parts, operators or trials than ranges are made of.
    """
    p, o, r = len(measured.parts), len(measured.operators), measured.trials
    if max(p, o, r) > MOST_INTEGRATED:
        return None
    ranges = [each for part in measured.ranges() for each in part]
    repeatability = (fsum(ranges) / len(ranges) / d2_d3(r)[0]) ** 2
    operators, parts = measured.operator_means(), measured.part_means()
    operator = ((max(operators) - min(operators)) / _single(o)) ** 2 - repeatability / (p * r)
    part = ((max(parts) - min(parts)) / _single(p)) ** 2
    return Variances(
        repeatability=repeatability,
        operator=max(0.0, operator),
        interaction=0.0,
        part=part,
        negative=("operator",) if operator < 0 else (),
    )


def _single(size: int) -> float:
    """d2* of one range: the root of its mean square, in sigma."""
    d2, d3 = d2_d3(size)
    return sqrt(d2 * d2 + d3 * d3)
