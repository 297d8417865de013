"""What every face prints of the same results; `UPDATE_GOLDEN=1 pytest tests/golden` renews."""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from dmaic.cli.render import print_table
from dmaic.cli.render.console import make_console
from dmaic.cli.render.envelope import to_json
from dmaic.cli.render.flat import to_csv
from dmaic.cli.render.html import to_html
from dmaic.cli.render.markdown import to_markdown
from dmaic.cli.render.words import print_findings, print_roles
from dmaic.result import Result
from dmaic.stats.pareto import ParetoComparison, ParetoResult

FOLDER = Path(__file__).parent
COMPARISONS = {"before-after", "monthly"}
PRINTED = ["telco", "failures", "by-value", "segments", "drilled", "single", "many", "huge",
           "before-after", "monthly"]  # fmt: skip


def load(name: str) -> Result:
    text = (FOLDER / "results" / f"{name}.json").read_text("utf-8")
    model = ParetoComparison if name in COMPARISONS else ParetoResult
    return model.model_validate_json(text)


def printed(name: str, width: int, encoding: str) -> str:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding=encoding, newline="\n")
    print_table(load(name), make_console(stream, width, plain=True))
    stream.flush()
    return raw.getvalue().decode(encoding)


def check(name: str, text: str) -> None:
    path = FOLDER / "expected" / name
    if os.environ.get("UPDATE_GOLDEN"):
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(text.encode())
    assert text == path.read_bytes().decode()


@pytest.mark.parametrize("width", [60, 80, 120])
@pytest.mark.parametrize("name", PRINTED)
def test_table(name: str, width: int) -> None:
    text = printed(name, width, "utf-8")
    check(f"{name}-{width}.txt", text)


@pytest.mark.parametrize("name", ["segments", "before-after"])
def test_table_in_ascii(name: str) -> None:
    text = printed(name, 80, "ascii")
    assert text.isascii()
    check(f"{name}-ascii.txt", text)


@pytest.mark.parametrize(
    ("name", "face", "suffix"),
    [
        ("segments", to_csv, "csv"),
        ("monthly", to_csv, "csv"),
        ("drilled", to_markdown, "md"),
        ("before-after", to_markdown, "md"),
        ("segments", to_html, "html"),
        ("failures", lambda result: to_json("pareto", result), "json"),
    ],
)
def test_face(name: str, face: Callable[[Result], str], suffix: str) -> None:
    check(f"{name}.{suffix}", face(load(name)))


@pytest.mark.parametrize("verbose", [False, True])
def test_words(verbose: bool) -> None:
    stream = io.StringIO()
    console = make_console(stream, 80, plain=True)
    result = load("telco")
    print_roles(result.inputs, console)
    print_findings(result.findings, console, verbose=verbose)
    check(f"telco-words{'-verbose' if verbose else ''}.txt", stream.getvalue())
