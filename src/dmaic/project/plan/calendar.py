"""Due dates as a calendar: iCalendar (RFC 5545), small enough to write by hand."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from dmaic.project.entity import Stored
from dmaic.project.plan.action import Action

_WIDTH = 75
"""Octets of a line, without its end."""

_STATUS = {"open": "NEEDS-ACTION", "done": "COMPLETED", "dropped": "CANCELLED"}


def calendar(actions: Iterable[Stored[Action]], name: str, *, events: bool = False) -> str:
    """The actions as a calendar.

    Args:
        actions: any; an action keeps its UID, so a calendar that reads the file again updates it.
        name: of the calendar.
        events: all-day events instead of tasks, for calendars that show no tasks.
    """
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//dmaic//mutual action plan//EN",
        "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{escaped(name)}",
    ]
    for each in actions:
        lines += _event(each) if events else _task(each)
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in folded(line))


def _task(each: Stored[Action]) -> Iterator[str]:
    body = each.body
    yield "BEGIN:VTODO"
    yield from _common(each)
    yield f"DUE;VALUE=DATE:{body.due:%Y%m%d}"
    yield f"STATUS:{_STATUS[body.state]}"
    if body.done_on is not None:
        yield f"COMPLETED:{body.done_on:%Y%m%d}T000000Z"
    yield "END:VTODO"


def _event(each: Stored[Action]) -> Iterator[str]:
    body = each.body
    yield "BEGIN:VEVENT"
    yield from _common(each)
    yield f"DTSTART;VALUE=DATE:{body.due:%Y%m%d}"
    if body.due.year < 9999:
        yield f"DTEND;VALUE=DATE:{body.due + timedelta(days=1):%Y%m%d}"
    yield f"STATUS:{'CANCELLED' if body.state == 'dropped' else 'CONFIRMED'}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _common(each: Stored[Action]) -> Iterator[str]:
    body = each.body
    changed = datetime.fromisoformat(each.changed_at)
    done = "" if body.state == "open" else f" ({body.state})"
    yield f"UID:action-{each.id}@dmaic"
    yield f"DTSTAMP:{changed:%Y%m%dT%H%M%SZ}"
    yield f"SEQUENCE:{each.version}"
    yield f"SUMMARY:{escaped(f'{body.owner}: {body.title}{done}')}"
    side = "our side" if body.side == "ours" else "the customer's side"
    phase = f"\nPhase: {body.phase}" if body.phase else ""
    yield f"DESCRIPTION:{escaped(f'Owner: {body.owner}, {side}{phase}')}"


def escaped(text: str) -> str:
    r"""Text as a value: separators escaped, line ends as `\n`, other control characters left out.

    Args:
        text: any text.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    plain = (
        "".join(letter for letter in line if unicodedata.category(letter) not in ("Cc", "Cs"))
        for line in lines
    )
    return "\\n".join(
        line.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,") for line in plain
    )


def folded(line: str) -> Iterator[str]:
    """A line as parts of at most 75 octets; each but the first begins with a space.

    Args:
        line: any; no character is cut in two.
    """
    part = ""
    for letter in line:
        if len((part + letter).encode()) > _WIDTH:
            yield part
            part = " "
        part += letter
    yield part
