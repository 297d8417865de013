"""Pandoc, run in its sandbox on trees that were read with everything raw turned off."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Sequence
from itertools import accumulate
from pathlib import Path
from typing import Any

from dmaic.errors import DmaicError
from dmaic.reports.nobreak import kept_together
from dmaic.reports.report import FOLDER

DIALECT = "commonmark+pipe_tables+implicit_figures+strikeout-raw_html"
_LINKS = ("https://", "http://", "mailto:", "#")
_BREAK = re.compile(r"<br */?>", re.IGNORECASE)
"""The one tag that is not text: Markdown has no other way to break a line within a cell."""

_FIGURE = re.compile(rf"{FOLDER}/[\w-]+\.svg")
_PATIENCE = 25
"""Seconds; the largest reports take two."""

_MEMORY = "900m"
"""What pandoc may take; the largest reports take a fifth of it."""

_DEEPEST = 300
"""Levels of pandoc's tree, which has about four for each of a list in a list."""

Tree = dict[str, Any]
"""Pandoc's tree of a document, as its JSON has it."""


def read(markdown: str) -> Tree:
    """The tree of a Markdown text.

    Args:
        markdown: in the dialect of `dmaic.reports.report.Report`.
    """
    text = markdown.encode("utf-8", "backslashreplace")
    said = _run(["-f", DIALECT, "-t", "json"], text)
    if _depth(said) > _DEEPEST:
        raise DmaicError(
            "Lists or quotations are nested too deeply in the report.",
            "report.pandoc",
            "Try `--format md` to see them.",
        )
    made: Tree = kept_together(harmless(json.loads(said)))
    return made


def _depth(text: bytes) -> int:
    """How deep lists and objects of a JSON text lie in one another, brackets of texts left out."""
    bare = re.sub(rb'"(?:[^"\\]|\\.)*+"', b"", text)
    signs = re.findall(rb"[\[\]{}]", bare)
    return max(accumulate(1 if each in b"[{" else -1 for each in signs), default=0)


def harmless(tree: Any) -> Any:  # noqa: ANN401  any part of a tree
    """The same tree without what is raw, and with links and pictures only to where they may lead.

    What is raw is text; a link leads to a page or a place; a picture is a figure of the report.
    `<br>` is a line break. The reader of CommonMark reads raw HTML whatever it is told.

    Args:
        tree: a tree, or a part of one.
    """
    if isinstance(tree, list):
        return [harmless(each) for each in tree]
    if not isinstance(tree, dict):
        return tree
    kind = tree.get("t")
    content: Any = tree.get("c")
    if kind == "RawInline" and _BREAK.fullmatch(content[1]):
        return {"t": "LineBreak"}
    if kind == "RawInline":
        return {"t": "Str", "c": content[1]}
    if kind == "RawBlock":
        return {"t": "Para", "c": [{"t": "Str", "c": content[1].strip()}]}
    if kind == "Link" and not content[2][0].casefold().startswith(_LINKS):
        return {"t": "Span", "c": [["", [], []], harmless(content[1])]}
    if kind == "Image" and not _FIGURE.fullmatch(content[2][0]):
        return {"t": "Span", "c": [["", [], []], harmless(content[1])]}
    return {name: harmless(each) for name, each in tree.items()}


def write(tree: Tree, format: str, options: Sequence[str] = ()) -> bytes:
    """A document made of a tree.

    Args:
        tree: with pictures as `data:` addresses.
        format: pandoc's name of it.
        options: further options of pandoc.
    """
    return _run(["-f", "json", "-t", format, "-s", *options, "-o", "-"], json.dumps(tree).encode())


def _run(options: Sequence[str], text: bytes) -> bytes:
    import pypandoc

    limit = ["+RTS", f"-M{_MEMORY}", "-RTS"]
    command = [str(Path(pypandoc.get_pandoc_path())), *limit, "--sandbox", *options]
    try:
        done = subprocess.run(
            command, input=text, capture_output=True, timeout=_PATIENCE, check=False
        )
    except subprocess.TimeoutExpired:
        raise DmaicError(
            f"Pandoc took longer than {_PATIENCE} s for the document.",
            code="report.pandoc",
            hint="Try `--format md` to see what it was given.",
        ) from None
    if done.returncode:
        raise DmaicError(
            f"Pandoc could not make the document: {done.stderr.decode(errors='replace')[:300]}",
            code="report.pandoc",
            hint="Try `--format md` to see what it was given.",
        )
    return done.stdout
