from __future__ import annotations

import sys

import pytest

from dmaic.cli.progress import reporting


@pytest.mark.parametrize(("term", "drawn"), [("xterm", True), ("dumb", False)])
def test_a_terminal_that_takes_no_line_back_gets_no_bar(
    monkeypatch: pytest.MonkeyPatch, term: str, drawn: bool
) -> None:
    monkeypatch.setenv("TERM", term)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    with reporting(quiet=False) as move:
        assert (move is not None) == drawn
