"""A document of many lines costs as much more as it has more lines."""

from __future__ import annotations

import copy
import sys
from typing import Any

import pytest

from dmaic.documents.base import Document, Papers
from dmaic.documents.form import form
from dmaic.documents.reference import referred
from dmaic.documents.registry import KINDS, document_class


def grown(kind: str, many: int) -> Document:
    """The example of a document, each of its lists made so long."""
    model = document_class(kind)
    fields = copy.deepcopy(dict(model.EXAMPLE))
    for each in form(model):
        if each.line is not None and fields.get(each.name):
            lines, prefix = fields[each.name], each.line.PREFIX
            fields[each.name] = lines + [
                {**lines[number % len(lines)], "id": f"{prefix}{number + 1}"}
                for number in range(len(lines), many)
            ]
    return model.model_validate(fields)


def calls(kind: str, many: int) -> int:
    """How many calls it takes to judge, compute and show a document of so many lines."""
    documents = {each: grown(each, many) for each in KINDS}
    papers = Papers(load=documents.get)
    document, count = documents[kind], 0

    def called(*_: Any) -> None:
        nonlocal count
        count += 1

    sys.setprofile(called)
    try:
        document.gaps(papers)
        document.figures(papers)
        document.blocks(papers)
        referred(document, papers)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("kind", KINDS)
def test_three_times_the_lines_take_about_three_times_as_long(kind: str) -> None:
    # The matrix of solutions by criteria grows in both directions by its nature.
    most = 8 if kind == "selection" else 4
    assert calls(kind, 150) < most * calls(kind, 50)
