from __future__ import annotations

import io
import re

import pytest
from rich.text import Text

from dmaic.cli.render.console import is_ascii, make_console, make_consoles, showable
from dmaic.cli.render.words import print_error, print_findings
from dmaic.errors import DataError, Problem
from dmaic.result import Finding


def stream(encoding: str = "utf-8") -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(), encoding=encoding)


def printed(file: io.TextIOWrapper) -> str:
    console = make_console(file, 60)
    console.print(Text("x", style="bold red"))
    file.flush()
    return file.buffer.getvalue().decode()  # type: ignore[attr-defined]


def test_no_colour_where_nobody_looks() -> None:
    assert printed(stream()) == "x\n"


def test_force_color(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert printed(stream()) == "\x1b[1;31mx\x1b[0m\n"


def test_no_color_beats_a_terminal_but_leaves_bold(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("NO_COLOR", "1")
    assert printed(stream()) == "\x1b[1mx\x1b[0m\n"


def test_a_dumb_terminal_gets_no_escapes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "dumb")
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert printed(stream()) == "x\n"


def test_a_long_hint_stays_under_its_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    file = stream()
    monkeypatch.setattr(file, "isatty", lambda: True)
    problem = DataError("It is so.", "a.code", "One may do this, or that, or something else.", "x")
    print_error(problem, make_console(file, 24))
    file.flush()
    shown = re.sub(r"\x1b\[[\d;]*m", "", file.buffer.getvalue().decode())  # type: ignore[attr-defined]
    assert shown.splitlines() == [
        "error a.code: x: It is",
        "so.",
        "  One may do this, or",
        "  that, or something",
        "  else.",
    ]


def test_width(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)
    assert make_console(stream()).width == 80
    monkeypatch.setenv("COLUMNS", "132")
    assert [console.width for console in make_consoles()] == [132, 132]
    monkeypatch.setenv("COLUMNS", "wide")
    assert make_console(stream()).width == 80


def test_what_an_encoding_lacks_is_spelt_out() -> None:
    console = make_console(stream("cp1252"), 60)
    assert is_ascii(console)
    assert showable("é – 写", console) == "é - \\u5199"
    assert not is_ascii(make_console(stream("UTF_8"), 60))


def words(verbose: bool = False, **given: object) -> str:
    out = io.StringIO()
    finding = Finding.model_validate({"code": "some-code", "level": "warning", **given})
    print_findings([finding], make_console(out, 200, plain=True), verbose=verbose)
    return out.getvalue()


def test_findings() -> None:
    assert words(message="Two are twice.", rows=(3, 9), count=2, hint="Look.") == (
        "warning some-code: Two are twice (rows 3, 9). Look.\n"
    )
    assert words(message="One is twice.", rows=(3,), count=1) == (
        "warning some-code: One is twice (row 3).\n"
    )
    assert words(message="[b]Many[/b]", rows=(3, 9), count=7) == (
        "warning some-code: [b]Many[/b] (rows 3, 9, ...)\n"
    )
    assert words(level="info", message="So it is.") == ""
    assert words(True, level="info", message="So it is.") == "info some-code: So it is.\n"
    assert words(level="blocking", accepted=True, message="No.") == "accepted some-code: No.\n"


def test_all_problems_are_printed_and_capped() -> None:
    out = io.StringIO()
    problems = [Problem(f"data.n{n}", f"\x1b{n}", "Do it.", f"row {n}") for n in range(25)]
    print_error(DataError.of(problems), make_console(out, 200, plain=True))
    lines = out.getvalue().splitlines()
    assert lines[:2] == ["error data.n0: row 0: \\x1b0", "  Do it."]
    assert lines[-1] == "and 5 more problems"
    assert len(lines) == 41
