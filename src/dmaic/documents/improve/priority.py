"""RPN and the action priority of the AIAG & VDA FMEA Handbook."""

from __future__ import annotations

from typing import Literal

Priority = Literal["H", "M", "L"]

_TABLE: tuple[tuple[int, tuple[str, ...]], ...] = (
    (9, ("HHHH", "HHHH", "HHHM", "HMLL", "LLLL")),
    (7, ("HHHH", "HHHM", "HMMM", "MMLL", "LLLL")),
    (4, ("HHMM", "MMML", "MLLL", "LLLL", "LLLL")),
    (2, ("MMLL", "LLLL", "LLLL", "LLLL", "LLLL")),
    (1, ("LLLL", "LLLL", "LLLL", "LLLL", "LLLL")),
)
"""AIAG & VDA FMEA Handbook (2019), table AP, the same for DFMEA and PFMEA: least severity of a
band; in it a row for each band of occurrence (8-10, 6-7, 4-5, 2-3, 1); in that a letter for each
band of detection (7-10, 5-6, 2-4, 1)."""

_OCCURRENCE = (8, 6, 4, 2, 1)
_DETECTION = (7, 5, 2, 1)


def rpn(severity: int, occurrence: int, detection: int) -> int:
    """Risk priority number: severity × occurrence × detection, from 1 to 1000.

    Args:
        severity: 1 none to 10 worst.
        occurrence: 1 never to 10 all the time.
        detection: 1 always seen in time to 10 never seen.
    """
    return severity * occurrence * detection


def action_priority(severity: int, occurrence: int, detection: int) -> Priority:
    """Action priority: H must be acted on, M should be, L may be.

    Source: AIAG & VDA FMEA Handbook, 1st edition, 2019, table AP.

    Args:
        severity: 1 none to 10 worst.
        occurrence: 1 never to 10 all the time.
        detection: 1 always seen in time to 10 never seen.
    """
    rows = next(rows for least, rows in _TABLE if severity >= least)
    row = rows[_band(_OCCURRENCE, occurrence)]
    letter = row[_band(_DETECTION, detection)]
    return "H" if letter == "H" else "M" if letter == "M" else "L"


def _band(least: tuple[int, ...], rating: int) -> int:
    return next(place for place, low in enumerate(least) if rating >= low)
