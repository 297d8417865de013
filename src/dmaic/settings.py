"""Where dmaic keeps what belongs to the person rather than to a project."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path

from dmaic.errors import UsageError
from dmaic.file import expanded


def config_folder() -> Path:
    """The person's own presets and settings: `DMAIC_CONFIG_DIR`, or the platform's place."""
    return _folder("DMAIC_CONFIG_DIR", "user_config_path")


def log_folder() -> Path:
    """Where a report of a bug in dmaic is written: `DMAIC_LOG_DIR`, or the platform's place."""
    return _folder("DMAIC_LOG_DIR", "user_log_path")


def _folder(variable: str, place: str) -> Path:
    told = os.environ.get(variable)
    if told:
        return expanded(told)
    import platformdirs

    folder: Path = getattr(platformdirs, place)("dmaic", appauthor=False)
    return folder


def actor() -> str:
    """Who works: `DMAIC_ACTOR`, or the name by which the system knows the person."""
    told = os.environ.get("DMAIC_ACTOR", "").strip()
    if told:
        return told[:200]
    import getpass

    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"


def today() -> date:
    """The day on which overdue things are judged: `DMAIC_TODAY`, or the local date.

    Raises:
        UsageError: `usage.today`, the variable holds no date.
    """
    told = os.environ.get("DMAIC_TODAY", "").strip()
    if not told:
        return date.today()
    try:
        return date.fromisoformat(told)
    except ValueError as error:
        raise UsageError(
            f'DMAIC_TODAY is "{told[:40]}", which is no date.',
            "usage.today",
            "Write it as 2025-12-31, or leave the variable out.",
        ) from error


_CLOCK: ContextVar[Callable[[], datetime] | None] = ContextVar("clock", default=None)


def now() -> str:
    """This moment, UTC, ISO 8601 with microseconds."""
    clock = _CLOCK.get()
    moment = datetime.now(UTC) if clock is None else clock()
    return moment.isoformat(timespec="microseconds")


@contextmanager
def played(day: date) -> Iterator[None]:
    """Within it something is played that happened on that day: from nine o'clock on, in seconds.

    Only what comes with dmaic is played; nobody can date an entry of their own journal so.

    Args:
        day: on which it happened.
    """
    start, seconds = datetime(day.year, day.month, day.day, 9, tzinfo=UTC), count()
    token = _CLOCK.set(lambda: start + timedelta(seconds=next(seconds)))
    try:
        yield
    finally:
        _CLOCK.reset(token)
