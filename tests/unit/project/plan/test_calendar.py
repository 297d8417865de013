"""Due dates as iCalendar: what RFC 5545 asks for, and text that tries to break out of it."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from dmaic.project.entity import Stored
from dmaic.project.plan.action import Action
from dmaic.project.plan.calendar import calendar, escaped, folded


def stored(**more: Any) -> Stored[Action]:
    due = date(2026, 12, 5)
    body = {"title": "Call", "owner": "Sam", "due": due, "first_due": due, **more}
    return Stored("abcdefgh", "project1", 7, Action.model_validate(body), "", "ada",
                  "2026-11-21T22:58:50.123456+00:00", "ada")  # fmt: skip


def lines(text: str) -> list[str]:
    """Lines as a calendar reads them: unfolded."""
    assert text.endswith("\r\n")
    return text.replace("\r\n ", "").split("\r\n")[:-1]


def test_an_open_action_is_a_task_with_a_date() -> None:
    found = lines(calendar([stored()], "Cut churn"))
    assert found[:2] == ["BEGIN:VCALENDAR", "VERSION:2.0"]
    assert "UID:action-abcdefgh@dmaic" in found
    assert "DTSTAMP:20261121T225850Z" in found
    assert "SEQUENCE:7" in found
    assert "DUE;VALUE=DATE:20261205" in found
    assert "STATUS:NEEDS-ACTION" in found
    assert found[-2:] == ["END:VTODO", "END:VCALENDAR"]


def test_the_uid_stays_while_the_action_changes() -> None:
    done = stored(state="done", done_on="2026-12-04", title="Other")
    text = calendar([done], "x")
    assert "UID:action-abcdefgh@dmaic" in text
    assert "STATUS:COMPLETED\r\nCOMPLETED:20261204T000000Z" in text
    assert "STATUS:CANCELLED" in calendar([stored(state="dropped")], "x")


def test_an_event_lasts_the_whole_day() -> None:
    found = lines(calendar([stored()], "x", events=True))
    assert "DTSTART;VALUE=DATE:20261205" in found
    assert "DTEND;VALUE=DATE:20261206" in found
    assert "VTODO" not in "".join(found)


def test_the_last_day_of_all_has_no_day_after() -> None:
    last = date(9999, 12, 31)
    assert "DTEND" not in calendar([stored(due=last, first_due=last)], "x", events=True)


def test_text_cannot_add_lines_of_its_own() -> None:
    hostile = "Call\r\nEND:VTODO\nBEGIN:VALARM\x1b]0;x\x07, now; or \\never"
    found = lines(calendar([stored(title=hostile)], "x\nMETHOD:PUBLISH"))
    assert sum(line.startswith("BEGIN:") for line in found) == 2
    assert "METHOD:PUBLISH" not in found
    assert r"X-WR-CALNAME:x\nMETHOD:PUBLISH" in found
    summary = next(line for line in found if line.startswith("SUMMARY:"))
    assert summary == (r"SUMMARY:Sam: Call END:VTODO BEGIN:VALARM]0\;x\, now\; or \\never")


@given(st.text())
def test_no_line_is_longer_than_75_octets_and_nothing_is_lost(text: str) -> None:
    line = "SUMMARY:" + escaped(text)
    parts = list(folded(line))
    assert all(len(part.encode()) <= 75 for part in parts)
    assert "".join([parts[0], *(part[1:] for part in parts[1:])]) == line
    assert all(part.startswith(" ") for part in parts[1:])


@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"))))
def test_escaping_can_be_taken_back(text: str) -> None:
    out, rest = "", iter(escaped(text))
    for letter in rest:
        out += {"n": "\n"}.get(following := next(rest), following) if letter == "\\" else letter
    assert out == text
