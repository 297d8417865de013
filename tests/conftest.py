"""What all tests share: an environment that does not depend on whose machine this is."""

from __future__ import annotations

import os
import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from dmaic.money.ledger import Ledger

# Typer reads some of these when it is imported, so they go before any test module is.
for name in list(os.environ):
    if name.startswith(("DMAIC_", "_DMAIC_", "COMP_", "_TYPER_")) or name in {
        "CLICOLOR",
        "CLICOLOR_FORCE",
        "COLUMNS",
        "FORCE_COLOR",
        "GITHUB_ACTIONS",
        "LINES",
        "NO_COLOR",
        "PY_COLORS",
        "TERMINAL_WIDTH",
        "TYPER_USE_RICH",
    }:
        del os.environ[name]

# A busy machine is not a failing test.
# In CI the same examples every time, so that a change is blamed for what it broke and nothing else;
# elsewhere new ones at every run.
settings.register_profile("dmaic", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("dmaic")


def _binaries() -> Path | None:
    """Folder of PostgreSQL's server programs."""
    found = shutil.which("initdb")
    folders = [Path(found).resolve().parent] if found else []
    for pattern in (
        "/usr/lib/postgresql/*/bin",
        "/usr/pgsql-*/bin",
        "/opt/homebrew/opt/postg*/bin",
    ):
        folders += sorted(Path("/").glob(pattern[1:]), reverse=True)
    return next((each for each in folders if (each / "pg_ctl").exists()), None)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """URL of a private PostgreSQL server on a socket in a temporary folder.

    With TEST_POSTGRESQL=required in the environment, as in CI, a missing server is a failure.
    """
    binaries = _binaries()
    if binaries is None:
        reason = "PostgreSQL's server programs (initdb, pg_ctl) are not installed"
        if os.environ.get("TEST_POSTGRESQL") == "required":
            pytest.fail(reason)
        pytest.skip(reason)
    # The server refuses to run as root; the socket's path must be short.
    user = (
        {"user": "postgres", "extra_groups": []} if os.name == "posix" and not os.getuid() else {}
    )
    folder = Path(tempfile.mkdtemp(prefix="dmaic-pg-", dir="/tmp"))
    if user:
        shutil.chown(folder, "postgres")

    def run(program: str, *arguments: str) -> None:
        with (folder / "log").open("ab") as log:
            subprocess.run(
                [binaries / program, "-D", folder / "data", *arguments],
                check=True, stdout=log, stderr=log, cwd=folder, timeout=120, **user,
            )  # fmt: skip

    try:
        run("initdb", "-U", "dmaic", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
        options = f"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync=off"
        run("pg_ctl", "-w", "-o", options, "-l", str(folder / "server.log"), "start")
        try:
            yield f"postgresql://dmaic@/postgres?host={folder}"
        finally:
            run("pg_ctl", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def postgresql_place(postgresql: str) -> Iterator[str]:
    """URL of an empty place on the server, gone after the test."""
    yield from _place_on(postgresql)


@pytest.fixture(scope="module")
def postgresql_module_place(postgresql: str) -> Iterator[str]:
    """The same, gone after the last test of a module."""
    yield from _place_on(postgresql)


def _place_on(server: str) -> Iterator[str]:
    import psycopg

    name = f"test_{secrets.token_hex(6)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE SCHEMA {name}")
        yield f"{server}&options=-csearch_path%3D{name}"
        connection.execute(f"DROP SCHEMA {name} CASCADE")


@pytest.fixture(params=["sqlite", "postgresql"])
def store_place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a test may make a database: `Store(store_place, "dana").create()`, on each kind."""
    if request.param == "sqlite":
        return str(tmp_path / "dmaic.db")
    place: str = request.getfixturevalue("postgresql_place")
    return place


@pytest.fixture(scope="session")
def ledger() -> Callable[..., Ledger]:
    """Make a ledger by segment in which everybody pays the same.

    `ledger("2024-01", {"a": [(100, 5), (95, 4)]})`: the first month, and for each segment its
    months: customers at the start, and lost. `arpa` is what they pay; None for no money.
    """
    from datetime import date

    from dmaic.churn.check import last_day
    from dmaic.money.flow import Flow
    from dmaic.money.ledger import Ledger, Span
    from dmaic.result import Inputs

    def flow(customers: int, lost: int, arpa: float | None) -> Flow:
        if arpa is None:
            return Flow(customers, churned=lost)
        return Flow(
            customers,
            churned=lost,
            mrr_start=customers * arpa,
            mrr_churned=lost * arpa,
            squares_churned=lost * arpa**2,
        )

    def span(number: int) -> Span:
        year, month = divmod(number, 12)
        first = date(year, month + 1, 1)
        return Span(f"{year:04d}-{month + 1:02d}", first, last_day(year, month + 1))

    def make(
        first: str,
        segments: Mapping[str, Sequence[tuple[int, int]]],
        *,
        arpa: float | None = 100.0,
        currency: str | None = "USD",
    ) -> Ledger:
        start = int(first[:4]) * 12 + int(first[5:]) - 1
        (months,) = {len(each) for each in segments.values()}
        return Ledger(
            definition="dmaic",
            by=("segment",),
            spans=tuple(span(start + month) for month in range(months)),
            flows={
                (name,): tuple(flow(*each, arpa) for each in every)
                for name, every in segments.items()
            },
            unit="customers",
            currency=currency if arpa is not None else None,
            value_name="mrr" if arpa is not None else None,
            inputs=Inputs(source=f"{first}.csv", rows=1),
        )

    return make
