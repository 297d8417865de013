"""Whether fitted risks come true: on customers that the model was not fitted to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dmaic.result import Frozen
from dmaic.stats.chisquare import survival
from dmaic.stats.drivers.design import Design
from dmaic.stats.drivers.discrimination import Z, area, concordance
from dmaic.stats.drivers.likelihood import maximise, with_intercept
from dmaic.stats.drivers.model import Cox
from dmaic.stats.drivers.partial import maximise_partial
from dmaic.stats.drivers.pattern import Patterns, added
from dmaic.stats.proportion import wilson

if TYPE_CHECKING:
    from dmaic.stats.drivers.pattern import Array

FOLDS = 10
LEAST_FOLDS = 5
GROUPS = 10
MANY = 50_000
"""Patterns from which on five folds do."""


class RiskBand(Frozen):
    """Customers of about the same risk.

    Attributes:
        customers: how many.
        lost: those of them who are lost.
        predicted: their mean risk, by models fitted without them.
        observed: share of them who are lost.
        low, high: its 95 % Wilson interval.
    """

    customers: int
    lost: int
    predicted: float
    observed: float
    low: float
    high: float


class HosmerLemeshow(Frozen):
    """Test of the fitted risks against what came, in groups of risk.

    Attributes:
        statistic: sum of (lost - expected)² / (n p (1 - p)).
        df: groups less two.
        p_value: small where the risks do not fit.
        groups: how many.
    """

    statistic: float
    df: int
    p_value: float
    groups: int


class Calibration(Frozen):
    """Risks against what came.

    Attributes:
        slope: of who is lost on the cross-validated log-odds; 1 is right, below 1 the risks are
            too far apart, as those of a model with too many terms.
        slope_low, slope_high: its 95 % Wald interval.
        intercept: with slope 1: log of the odds lost over the odds predicted; 0 is right.
        bands: of cross-validated risk, the lowest first.
        hosmer_lemeshow: on the risks as fitted; None where there are too few different ones.
    """

    slope: float | None = None
    slope_low: float | None = None
    slope_high: float | None = None
    intercept: float | None = None
    bands: tuple[RiskBand, ...] = ()
    hosmer_lemeshow: HosmerLemeshow | None = None


class Auc(Frozen):
    """How well risks tell the lost from the others.

    Attributes:
        value: on customers that the model was not fitted to; as fitted where there are too few.
        low, high: 95 % interval (DeLong); None for Cox regression.
        apparent: on the customers it was fitted to.
        folds: parts that the customers were drawn into; 0 without cross-validation.
        seed: of the drawing.
        measure: `AUC`, or `concordance` for Cox regression.
    """

    value: float
    low: float | None = None
    high: float | None = None
    apparent: float
    folds: int
    seed: int
    measure: str


def validate_logistic(
    patterns: Patterns, design: Design, coefficients: Array, *, seed: int, penalised: bool
) -> tuple[Auc, Calibration]:
    """Stratified cross-validation: each fold holds the same share of the lost.

    Args:
        patterns: in an order that does not hang on that of the rows.
        design: the columns.
        coefficients: of the intercept and the standard columns.
        seed: of the drawing.
        penalised: with Firth's penalty.
    """
    import numpy as np

    columns = with_intercept(design.standard)
    score = columns @ coefficients
    rows, lost = patterns.rows, patterns.lost
    apparent = area(score, rows, lost)
    fitted = hosmer_lemeshow(_chance(score), rows, lost)
    gone, kept = int(lost.sum()), int((rows - lost).sum())
    folds = min(FOLDS, gone, kept)
    folds = LEAST_FOLDS if len(rows) > MANY and folds > LEAST_FOLDS else folds
    if folds < LEAST_FOLDS or not design.names:
        auc = Auc(value=apparent.value, low=apparent.low, high=apparent.high,
                  apparent=apparent.value, folds=0, seed=seed, measure="AUC")  # fmt: skip
        return auc, Calibration(hosmer_lemeshow=fitted)
    draw = np.random.default_rng(seed)
    drawn_lost = _spread(lost, folds, draw)
    drawn_kept = _spread(rows - lost, folds, draw)
    parts: list[tuple[Array, Array, Array]] = []
    for fold in range(folds):
        here_lost, here_rows = drawn_lost[fold], drawn_lost[fold] + drawn_kept[fold]
        rest = (rows - here_rows) > 0
        training = (columns[rest], (rows - here_rows)[rest], (lost - here_lost)[rest])
        fit = maximise(*training, penalised=penalised, start=coefficients)
        if fit.extreme and not penalised:
            fit = maximise(*training, penalised=True)
        seen = here_rows > 0
        parts.append((columns[seen] @ fit.coefficients, here_rows[seen], here_lost[seen]))
    out, there, left = (np.concatenate([part[at] for part in parts]) for at in range(3))
    known = area(out, there, left)
    auc = Auc(value=known.value, low=known.low, high=known.high, apparent=apparent.value,
              folds=folds, seed=seed, measure="AUC")  # fmt: skip
    return auc, _calibrated(out, there, left, fitted)


def _calibrated(
    score: Array, rows: Array, lost: Array, fitted: HosmerLemeshow | None
) -> Calibration:
    import numpy as np

    slope = error = None
    if float(np.ptp(score)) > 1e-9:
        fit = maximise(with_intercept(score[:, None]), rows, lost)
        if not fit.extreme:
            slope, error = float(fit.coefficients[1]), float(fit.covariance[1, 1]) ** 0.5
    return Calibration(
        slope=slope,
        slope_low=None if slope is None or error is None else slope - Z * error,
        slope_high=None if slope is None or error is None else slope + Z * error,
        intercept=_shift(score, rows, lost),
        bands=tuple(
            RiskBand(
                customers=round(n),
                lost=round(gone),
                predicted=expected / n,
                observed=gone / n,
                low=wilson(gone, n)[0],
                high=wilson(gone, n)[1],
            )
            for n, gone, expected in _groups(_chance(score), rows, lost)
        ),
        hosmer_lemeshow=fitted,
    )


def _shift(score: Array, rows: Array, lost: Array) -> float | None:
    """What must be added to every log-odds so that as many are expected as are lost."""
    import numpy as np

    shift = 0.0
    for _ in range(60):
        chances = _chance(score + shift)
        slope = float((rows * chances * (1 - chances)).sum())
        if slope <= 0:
            return None
        step = float(lost.sum() - (rows * chances).sum()) / slope
        shift += float(np.clip(step, -2, 2))
        if abs(step) < 1e-10:
            return shift
    return None


def hosmer_lemeshow(risk: Array, rows: Array, lost: Array) -> HosmerLemeshow | None:
    """The test in ten groups of equal size; customers of one pattern stay together.

    Source: Hosmer, D. W. and Lemeshow, S. (1980), Communications in Statistics A9, 1043-1069.

    Args:
        risk: fitted chance of each pattern.
        rows: customers of each pattern.
        lost: those of them who are lost.
    """
    groups = _groups(risk, rows, lost)
    if len(groups) < 4:
        return None
    statistic = 0.0
    for n, gone, expected in groups:
        spread = expected * (1 - expected / n)
        if spread <= 0:
            return None
        statistic += (gone - expected) ** 2 / spread
    df = len(groups) - 2
    return HosmerLemeshow(
        statistic=statistic, df=df, p_value=survival(statistic, df), groups=len(groups)
    )


def _groups(risk: Array, rows: Array, lost: Array) -> list[tuple[float, float, float]]:
    """Customers, lost and expected of each group of risk, the lowest first."""
    import numpy as np

    known, place = np.unique(np.round(risk, 12), return_inverse=True)
    n = added(place, rows, len(known))
    gone = added(place, lost, len(known))
    middle = np.cumsum(n) - n / 2
    # Bands of fewer than ten customers show chance alone.
    groups = max(2, min(GROUPS, int(n.sum() / 10)))
    group = np.minimum((groups * middle / n.sum()).astype(np.intp), groups - 1)
    size = added(group, n, groups)
    left = added(group, gone, groups)
    expected = added(group, n * known, groups)
    return [
        (float(size[at]), float(left[at]), float(expected[at]))
        for at in range(groups)
        if size[at] > 0
    ]


def _chance(score: Array) -> Array:
    import numpy as np

    found: Array = 1 / (1 + np.exp(-np.clip(score, -700, 700)))
    return found


def _spread(counts: Array, folds: int, draw: Any) -> Array:  # noqa: ANN401  a numpy Generator
    """Deal customers to folds at random, as many to each; (folds, patterns)."""
    import numpy as np

    who = np.repeat(np.arange(len(counts)), counts.astype(np.int64))
    dealt = draw.permutation(len(who)) % folds
    return np.stack(
        [
            np.bincount(who[dealt == fold], minlength=len(counts)).astype(np.float64)
            for fold in range(folds)
        ]
    )


MOST_PATTERNS = 200_000
"""Cox regressions of more are not cross-validated: ten of them take too long."""


def validate_cox(design: Design, model: Cox, coefficients: Array, *, seed: int) -> Auc | None:
    """Harrell's concordance, cross-validated: the mean over the folds, each fitted on the others.

    Args:
        design: the columns.
        model: that was fitted, its patterns in an order that does not hang on that of the rows.
        coefficients: of the standard columns.
        seed: of the drawing.
    """
    import numpy as np

    rows, lost, sets = model.patterns.rows, model.patterns.lost, model.sets
    apparent = concordance(design.standard @ coefficients, sets, rows, lost)
    if apparent is None:
        return None
    folds = int(min(FOLDS, lost.sum() // 2, (rows - lost).sum()))
    found: list[float] = []
    if folds >= LEAST_FOLDS and len(rows) <= MOST_PATTERNS:
        draw = np.random.default_rng(seed)
        drawn_lost = _spread(lost, folds, draw)
        drawn_kept = _spread(rows - lost, folds, draw)
        for gone, kept in zip(drawn_lost, drawn_kept, strict=True):
            fit = maximise_partial(sets, design.standard, rows - gone - kept, lost - gone)
            if not fit.extreme:
                risk = design.standard @ fit.coefficients
                value = concordance(risk, sets, gone + kept, gone)
                found += [] if value is None else [value]
    return Auc(
        value=sum(found) / len(found) if found else apparent,
        apparent=apparent,
        folds=len(found),
        seed=seed,
        measure="concordance",
    )
