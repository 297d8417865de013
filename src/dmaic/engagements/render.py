"""A template with its answers filled in, checked as what a project follows."""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from typing import Any

from dmaic.churn.preset import Preset
from dmaic.documents.assemble import Piece, assemble
from dmaic.documents.base import Document
from dmaic.documents.registry import KINDS, document_class
from dmaic.engagements.answers import complete, filled, holds, without_secrets
from dmaic.engagements.check import checked
from dmaic.engagements.resolved import Filled, Resolved
from dmaic.engagements.source import Node, Source
from dmaic.errors import DataError, DmaicError, Problem, suggest
from dmaic.text import printable

SECONDS = 20.0
"""How long all texts of a template may take to fill."""

_WHOLE = re.compile(r"\{\{\s*answers\.([a-z][a-z0-9_]*)\s*\}\}")


def render(resolved: Resolved, answers: Mapping[str, Any]) -> Filled:
    """Fill a template.

    Args:
        resolved: with all that it extends written out.
        answers: key -> answer; what is left out is at its default.

    Raises:
        UsageError: `answer.unknown`, `answer.missing`.
        DataError: `answer.invalid`; `template.invalid` and others, what comes out has not the
            shape of a template; every problem with its file and line.
    """
    every = complete(resolved.questions, answers)
    pen = _Pen(every)
    problems: list[Problem] = []
    template = None
    try:
        template = checked(Source("template.yaml", pen.fill(resolved.template)))
    except DmaicError as error:
        problems += error.problems
    documents: dict[str, Document] = {}
    for kind, said in resolved.documents.items():
        try:
            documents[kind] = _document(kind, pen.fill(said))
        except DmaicError as error:
            problems += error.problems
    presets: dict[str, dict[str, Any]] = {}
    for name, said in resolved.presets.items():
        try:
            presets[name] = _preset(name, pen.fill(said))
        except DmaicError as error:
            problems += error.problems
    style: Any = {}
    try:
        style = pen.fill(resolved.style).plain
    except DmaicError as error:
        problems += error.problems
    if problems or template is None:
        raise DataError.of(problems)
    return Filled(
        template=template,
        documents=documents,
        presets=presets,
        style=style,
        layouts=resolved.layouts,
        assets=resolved.assets,
        answers=without_secrets(resolved.questions, every),
    )


def render_part(resolved: Resolved, part: Node, answers: Mapping[str, Any]) -> Any:  # noqa: ANN401
    """One part of a template with the answers of a project filled in, as plain data.

    Args:
        resolved: the template.
        part: of it.
        answers: of the project; a secret, which is not among them, is at its default.

    Raises:
        DataError: as `render`.
    """
    return _Pen(complete(resolved.questions, answers)).fill(part).plain


class _Pen:
    """Fills the texts of nodes; a part whose `when` does not hold is left out of its list."""

    def __init__(self, answers: Mapping[str, Any]) -> None:
        self.answers = answers
        self._end = time.monotonic() + SECONDS

    def fill(self, node: Node) -> Node:
        value = node.value
        if isinstance(value, dict):
            return Node({name: self.fill(each) for name, each in value.items()}, node.where)
        if isinstance(value, list):
            return Node([self.fill(each) for each in map(self._bare, value) if each], node.where)
        return Node(self._text(value, node.where), node.where) if _holds_one(value) else node

    def _bare(self, part: Node) -> Node | None:
        """The part without its condition; None where that does not hold."""
        if not isinstance(part.value, dict) or not _conditional(part):
            return part
        when = part.value["when"]
        if not holds(when.value, self.answers, when.where):
            return None
        return Node({k: each for k, each in part.value.items() if k != "when"}, part.where)

    def _text(self, text: str, where: str) -> Any:  # noqa: ANN401
        if time.monotonic() > self._end:
            raise DataError(
                f"Filling the template takes longer than {SECONDS:.0f} s.",
                "template.size",
                "Make its texts simpler.",
                where,
            )
        # A text that is one answer and nothing else keeps its type: a figure stays one.
        whole = _WHOLE.fullmatch(text.strip())
        if whole and whole[1] in self.answers and not isinstance(self.answers[whole[1]], str):
            return _copied(self.answers[whole[1]], where)
        return filled(text, self.answers, where)


def _copied(answer: Any, where: str) -> Any:  # noqa: ANN401
    return [Node(each, where) for each in answer] if isinstance(answer, list) else answer


def _holds_one(value: Any) -> bool:  # noqa: ANN401
    return isinstance(value, str) and "{" in value


def _conditional(part: Node) -> bool:
    """Whether `when` is a condition: in a document a field may be called so."""
    when = part.value.get("when")
    if when is None or isinstance(when.value, dict | list):
        return False
    return isinstance(when.value, bool) or (isinstance(when.value, str) and "{{" in when.value)


def _document(kind: str, said: Node) -> Document:
    """A document as it is filled in from the start.

    Raises:
        DataError: as `dmaic.documents.assemble.assemble`; `template.invalid`, there is none.
    """
    if kind not in KINDS:
        raise DataError(
            f'There is no document "{printable(kind, 60)}".',
            "template.invalid",
            suggest(kind, KINDS) or f"Documents are {', '.join(KINDS)}.",
            said.where.partition(", line")[0],
        )
    return assemble(_piece(said), document_class(kind)(), replace=True)


def _piece(node: Node) -> Piece:
    value = node.value
    if isinstance(value, dict):
        return Piece({name: _piece(each) for name, each in value.items()}, node.where)
    if isinstance(value, list):
        return Piece([_piece(each) for each in value], node.where)
    if isinstance(value, bool):
        return Piece("yes" if value else "no", node.where)
    return Piece("" if value is None else str(value), node.where)


def _preset(name: str, said: Node) -> dict[str, Any]:
    """A preset that is one.

    Raises:
        DataError: `template.invalid`.
    """
    from pydantic import ValidationError

    from dmaic.engagements.words import in_words

    content = said.plain
    try:
        content = {**content, "name": name} if isinstance(content, dict) else content
        Preset.model_validate(content)
    except ValidationError as error:
        source = Source(said.where.partition(", line")[0], said)
        raise DataError.of(
            [
                Problem(
                    "template.invalid",
                    f"Preset {name}: {in_words(dict(each), Preset)[0]}",
                    in_words(dict(each), Preset)[1],
                    source.where(tuple(part for part in each["loc"] if part != "[key]")),
                )
                for each in error.errors()
            ]
        ) from None
    return dict(content)
