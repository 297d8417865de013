"""Whether what a comparison is asked with fits together."""

from __future__ import annotations

from collections.abc import Sequence

from dmaic.errors import UsageError
from dmaic.stats.compare.sequential import MOST_LOOKS, Boundary
from dmaic.stats.compare.side import Ask
from dmaic.text import printable

BOUNDARIES: tuple[Boundary, ...] = ("obrien-fleming", "pocock")


def check_sides(
    after: object | None,
    pilot: str | None,
    pilot_is: Sequence[str],
    times: tuple[str | None, str | None],
) -> None:
    """Refuse a comparison with nothing to compare.

    Args:
        after: the export after, or None.
        pilot: column of the pilot, or None.
        pilot_is: values that mean it.
        times: first and last month of the export after.

    Raises:
        UsageError: `compare.nothing`.
    """
    if after is None and pilot is None:
        raise UsageError(
            "There is one export, and nothing to compare it with.",
            "compare.nothing",
            "Name the export after the change: --after FILE; or the column that tells who is in "
            "the pilot: --pilot COL.",
        )
    if pilot_is and pilot is None:
        raise UsageError(
            "--pilot-is says what means the pilot, and no column is named.",
            "compare.nothing",
            "Name the column: --pilot COL.",
        )
    if after is None and any(times):
        raise UsageError(
            "--after-since and --after-until choose months of the export after, and there is none.",
            "compare.nothing",
            "Leave them out, or name the export: --after FILE.",
        )


def make_ask(
    minimal_effect: float,
    power: float,
    alpha: float,
    looks: int,
    look: int | None,
    boundary: Boundary,
) -> Ask:
    """What is asked, checked.

    Args:
        minimal_effect: as in `Ask`, like all that follow.
        power: another.
        alpha: another.
        looks: another.
        look: None takes the last.
        boundary: another.

    Raises:
        UsageError: `usage.bounds` or `usage.choice`, one of them makes no sense.
    """
    if boundary not in BOUNDARIES:
        raise UsageError(
            f"boundary is {printable(str(boundary), 40)!r}, not one of {', '.join(BOUNDARIES)}.",
            "usage.choice",
            "Leave it out to take the usual one.",
        )
    for name, figure, low, high, example in (
        ("--minimal-effect", minimal_effect, 0.001, 0.999, "10%"),
        ("--power", power, 0.5, 0.999, "80%"),
        ("--alpha", alpha, 0.0001, 0.5, "5%"),
    ):
        if not low <= figure <= high:
            raise UsageError(
                f"{name} is {100 * figure:g} %, not between {100 * low:g} % and {100 * high:g} %.",
                "usage.bounds",
                f"Such as {name} {example}.",
            )
    if not 1 <= looks <= MOST_LOOKS:
        raise UsageError(
            f"--looks is {looks:,}, not between 1 and {MOST_LOOKS}.",
            "usage.bounds",
            "How often it is looked at in all, such as --looks 3 --look 1.",
        )
    at = looks if look is None else look
    if not 1 <= at <= looks:
        raise UsageError(
            f"--look is {at:,}, and {looks} {'is' if looks == 1 else 'are'} planned.",
            "usage.bounds",
            f"Between 1 and {looks}; --looks says how many are planned.",
        )
    return Ask(minimal_effect, power, alpha, looks, at, boundary)
