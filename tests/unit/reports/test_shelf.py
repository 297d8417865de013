"""The pages that are served."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from dmaic.cli.entry import main
from dmaic.project.engagement.home import open_home
from dmaic.reports.shelf import Shelf


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes here")
def test_a_pipe_in_the_place_of_the_style_is_not_waited_for(tmp_path: Path) -> None:
    assert main(["init", str(tmp_path / "firm")]) == 0
    os.mkfifo(tmp_path / "firm" / "client.toml")
    shelf = Shelf(open_home(start=tmp_path / "firm"), lambda: date(2026, 2, 2))
    assert b"<html" in (shelf.page("index.html") or b"")
