"""What is wished of a chart, checked and laid upon the points: stages, baseline, exclusions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import isfinite

from dmaic.errors import DataError, UsageError
from dmaic.stats.control.choice import COUNTED, GROUPED
from dmaic.stats.control.fit import Ask
from dmaic.stats.control.place import find_point
from dmaic.stats.control.point import Observed, few
from dmaic.stats.control.rule import RuleSet
from dmaic.stats.control.series import Series, Wish
from dmaic.text import plural, printable

LONGEST_REASON = 300


@dataclass(frozen=True, slots=True)
class Slice:
    """One stage, laid upon the points.

    Attributes:
        start: position of its first point.
        stop: behind its last one.
        reason: why it begins; empty for the first.
        used: for each of its points, whether it makes the limits.
        frozen: later points are judged by limits of earlier ones.
    """

    start: int
    stop: int
    reason: str
    used: tuple[bool, ...]
    frozen: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """How the points are used.

    Attributes:
        slices: the stages.
        excluded: position -> reason.
        frozen_until: position of the last point of the baseline, or None.
    """

    slices: tuple[Slice, ...]
    excluded: dict[int, str]
    frozen_until: int | None

    def used(self, number: int) -> list[list[bool]]:
        """For each stage, which of so many points make its limits."""
        laid = []
        for each in self.slices:
            part = [False] * number
            part[each.start : each.stop] = each.used
            laid.append(part)
        return laid


def plan(points: Sequence[Observed], wish: Wish, *, given: bool) -> Plan:
    """Lay stages, baseline and exclusions upon the points.

    Args:
        points: of the chart.
        wish: what is wished.
        given: the centre is known, so that no points are needed to make it.

    Raises:
        UsageError: a point is not there (`control.point`), a reason is missing (`control.reason`),
            or stages contradict each other (`control.stage`).
        DataError: `control.too-few`, a stage has too few points for limits.
    """
    labels = [point.label for point in points]
    excluded: dict[int, str] = {}
    for said, reason in wish.exclude:
        at = find_point(labels, said, "--exclude", alone=True)
        excluded[at] = _reason(reason, "--exclude", said)
    starts: dict[int, str] = {0: ""}
    for said, reason in wish.stages:
        at = find_point(labels, said, "--stage")
        if at in starts:
            where = "the first point" if at == 0 else "the same point as another one"
            raise UsageError(
                f'--stage "{printable(said, 40)}" begins at {where}.',
                "control.stage",
                "A stage needs points before it: the first one begins by itself.",
            )
        starts[at] = _reason(reason, "--stage", said)
    if wish.center is not None and wish.stages:
        raise UsageError(
            "--center gives one standard, and --stage makes limits anew.",
            "control.stage",
            "Leave one of them out.",
        )
    frozen = None
    if wish.freeze_until is not None:
        frozen = find_point(labels, wish.freeze_until, "--freeze-until", last=True)
    bounds = [*sorted(starts), len(points)]
    slices = []
    for start, stop in pairwise(bounds):
        within = frozen is not None and start <= frozen < stop
        end = frozen + 1 if frozen is not None and within else stop
        used = tuple(
            at < end and at not in excluded and points[at].value is not None
            for at in range(start, stop)
        )
        cut = within and end < stop
        slices.append(Slice(start, stop, starts[start], used, frozen=cut))
        if not given and sum(used) < 2:
            error = few([point for point, use in zip(points[start:stop], used, strict=True) if use])
            if len(starts) > 1:
                error.message = (
                    f'The stage from "{printable(labels[start], 40)}" has '
                    f"{plural(sum(used), 'point')} to make limits of, and two or more are needed."
                )
                error.hint = "Begin it earlier, or leave it out until there are more points."
            raise error
    return Plan(tuple(slices), excluded, frozen)


def _reason(reason: str, option: str, said: str) -> str:
    text = reason.strip()
    if not text:
        raise UsageError(
            f"{option} {printable(said, 40)} gives no reason.",
            "control.reason",
            f'Write why behind a colon: {option} "{printable(said, 40)}:onboarding call for all".',
        )
    return printable(text, LONGEST_REASON)


def ask_of(kind: str, wish: Wish, series: Series, rules: RuleSet) -> Ask:
    """What the limits are made with.

    Args:
        kind: of chart.
        wish: what is wished.
        series: what is charted.
        rules: those applied; rule 1 tells the width of the limits.

    Raises:
        UsageError: `control.option`, an option is out of range or has no meaning on this chart.
    """
    given = {"--center": wish.center, "--sigma": wish.sigma, "--target": wish.target,
             "--k": wish.k, "--h": wish.h}  # fmt: skip
    for name, figure in given.items():
        if figure is not None and not (isfinite(figure) and abs(figure) < 1e100):
            raise _wrong(f"{name} is no figure that can be reckoned with.", f"Such as {name} 2.5.")
    if not 0 < wish.lambda_ <= 1:
        raise _wrong(
            f"--lambda is {wish.lambda_:g}, not above 0 and at most 1.", "Such as --lambda 0.2."
        )
    if wish.sigma is not None:
        if kind in COUNTED or kind == "g":
            raise _wrong(
                "--sigma has no meaning on a chart of counts: their centre tells it.",
                "Give --center alone, or use --chart xmr.",
            )
        if wish.sigma <= 0:
            raise _wrong(f"--sigma is {wish.sigma:g}, not above 0.", "Such as --sigma 2.05.")
    if wish.k is not None or wish.h is not None:
        if kind != "cusum":
            raise _wrong("--k and --h belong to a CUSUM.", "Use --chart cusum.")
        if (wish.k or 0) < 0 or (wish.h is not None and wish.h <= 0):
            raise _wrong("--k is below 0, or --h not above 0.", "Such as --k 0.5 --h 5.")
    center = wish.center
    if center is None and kind in ("ewma", "cusum"):
        center = wish.target
    if center is not None:
        if kind in ("p", "np", "laney-p") and not 0 <= center <= 1:
            raise _wrong(
                f"--center is {center:g}, and a share is between 0 and 1.",
                "Such as --center 0.022, or --center 2.2%.",
            )
        if center < 0 and (kind in COUNTED or kind in ("g", "t")):
            raise _wrong(f"--center is {center:g}, below 0.", "Counts and gaps are not below 0.")
    if wish.screen and (kind in COUNTED or kind in GROUPED or kind in ("g", "t")):
        raise _wrong("Moving ranges are screened on charts of single measures only.", "")
    return Ask(
        chart=kind,
        width=rules.width,
        constants=wish.constants,
        center=center,
        sigma=wish.sigma,
        screen=series.money if wish.screen is None else wish.screen,
        lambda_=wish.lambda_,
        asymptotic=wish.limits == "asymptotic",
        k=wish.k,
        h=wish.h,
    )


def too_many(points: int, most: int) -> DataError:
    """The error that a chart of so many points shows nothing.

    Args:
        points: there are.
        most: there may be.
    """
    return DataError(
        f"There are {points:,} points, and a chart shows at most {most:,}.",
        "control.too-many",
        "Take longer periods or subgroups, or choose rows with --where.",
    )


def _wrong(message: str, hint: str) -> UsageError:
    return UsageError(message, "control.option", hint)
