"""Looking for trouble in an engagement, and mending what can be mended safely."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from dmaic.block import Block, Check, Checks, Heading, Note, Sign
from dmaic.errors import DmaicError
from dmaic.project.engagement.home import Home, Settings, find_folder, find_home
from dmaic.reply import Page
from dmaic.result import Frozen
from dmaic.text import plural

if TYPE_CHECKING:
    from pathlib import Path


class Examined(Frozen):
    """One thing that was looked at.

    Attributes:
        name: stable name, such as `permission`.
        sign: how it stands; `bad` is wrong, `warn` is risky.
        text: what it is.
        detail: why it stands so.
        command: what mends it, as it is typed; or empty.
        mended: it was wrong and `--fix` mended it.
    """

    name: str
    sign: Sign
    text: str
    detail: str = ""
    command: str = ""
    mended: bool = False


class Health(Page):
    """How an engagement is.

    Attributes:
        place: the database.
        ok: nothing is wrong.
        checks: what was looked at.
    """

    kind: str = "doctor"
    place: str
    ok: bool
    checks: tuple[Examined, ...]

    def blocks(self) -> tuple[Block, ...]:
        """A line a check, and the verdict."""
        rows = tuple(
            Check(each.sign, each.text + (" Mended." if each.mended else ""), each.detail,
                  each.command)
            for each in self.checks
        )  # fmt: skip
        bad = sum(each.sign == "bad" for each in self.checks)
        risky = sum(each.sign == "warn" for each in self.checks)
        told = f"{plural(bad, 'thing is', 'things are')} wrong." if bad else "Nothing is wrong."
        if risky:
            told += f" {plural(risky, 'thing is', 'things are')} risky."
        return (Heading("Doctor", aside=self.place), Checks(rows), Note(told, strong=True))

    def records(self) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
        """One row a check."""
        fields = tuple(Examined.model_fields)
        return fields, [tuple(getattr(each, field) for field in fields) for each in self.checks]


def failed(name: str, error: DmaicError, text: str = "") -> Examined:
    """An error as a check that did not pass.

    Args:
        name: of the check.
        error: what happened.
        text: what was looked at; the error's own message is then the detail.
    """
    detail = f"{error.message} {error.hint}".strip() if text else error.hint
    return Examined(name=name, sign="bad", text=text or error.message, detail=detail)


def examine(db: str | None = None, *, start: Path | None = None, fix: bool = False) -> Health:
    """Look at everything that can go wrong with an engagement.

    Args:
        db: as for `open_home`.
        start: as for `open_home`.
        fix: mend what can be mended safely.

    Raises:
        StoreError: `store.none`, there is no engagement.
    """
    from dmaic.project.record.doctor_file import file_checks
    from dmaic.project.record.doctor_record import record_checks

    checks: list[Examined] = []
    home: Home | None = None
    try:
        home = find_home(db, start=start)
        checks.append(Examined(name="settings", sign="good", text="The settings can be read."))
    except DmaicError as error:
        if error.code != "settings.toml":
            raise
        checks += [
            Examined(name="settings", sign="bad", text="The settings cannot be read.",
                     detail=f"{each.where}: {each.message}")
            for each in error.problems
        ]  # fmt: skip
        home = _without_settings(start)
    if home is not None:
        looks: tuple[Callable[..., Iterator[Examined]], ...] = (file_checks, record_checks)
        for look in looks:
            checks += look(home, fix=fix)
    return Health(
        place=home.store.shown if home is not None else "",
        ok=all(each.sign != "bad" for each in checks),
        checks=tuple(checks),
        next=("dmaic doctor --fix",) if any("--fix" in each.command for each in checks) else (),
    )


def _without_settings(start: Path | None) -> Home | None:
    """The engagement as it would be with the settings' defaults."""
    from dmaic.project.engagement.home import DATABASE
    from dmaic.project.store.store import Store
    from dmaic.settings import actor

    with suppress(OSError):
        folder = find_folder(start)
        if folder is not None:
            return Home(Store(folder / DATABASE, actor()), folder, Settings())
    return None
