"""What the faces print of a decision; `UPDATE_GOLDEN=1` renews."""

from __future__ import annotations

import io

import pytest

from dmaic.analysis.decide import decide
from dmaic.cli.render import print_table
from dmaic.cli.render.console import make_console
from dmaic.cli.render.markdown import to_markdown

from .test_golden import check

# The worked case: the API against calls, and what is sure.
OPTIONS = ("API:80%:$1,500,000:-$120,000", "Calls:50%:$400,000:-$250,000", "Sure:1:$75,000:0")


@pytest.mark.parametrize("width", [60, 80, 120])
def test_table(width: int) -> None:
    stream = io.StringIO()
    print_table(decide(options=OPTIONS), make_console(stream, width, plain=True))
    check(f"decide-{width}.txt", stream.getvalue())


def test_markdown() -> None:
    check("decide.md", to_markdown(decide(options=OPTIONS)))
