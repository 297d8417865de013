"""Sentences of the tool as a reader of a report has them: no ids, and commands only in drafts."""

from __future__ import annotations

import re

from dmaic.documents.registry import KINDS, document_class
from dmaic.project.criterion.base import shown
from dmaic.reports.content_analysis import title_of
from dmaic.reports.desk import Desk

_LED = re.compile(r"\b([A-Z]{1,4}[1-9][0-9]*) (?=\S)")
_QUOTED = re.compile(r"[;,:]?\s*(?:(?:run|see|with|or)\s+)*`dmaic [^`]*`", re.IGNORECASE)
_TYPED = re.compile(r"[;:]\s+dmaic (?:\"[^\"]*\"|'[^']*'|[^\"'.]|\.(?=\S))*")
_BEGUN = re.compile(r"The document ([a-z-]+) is not begun yet")


def for_readers(desk: Desk, text: str) -> str:
    """A sentence of the tool without what only its users know.

    Args:
        desk: the record.
        text: such as `Test; churned by segment (d6u4bq8a): p-value is < 0.001.`
    """
    if not desk.draft:
        told = [id for id in desk.every_analysis if id in text]
        for id in told:
            each = desk.every_analysis[id]
            title = title_of(desk, each)
            text = text.replace(f"{shown(each.body.title)} ({id})", title)
            text = text.replace(f"{each.body.analysis} {id}", f'"{title}"')
        text = _TYPED.sub("", _QUOTED.sub("", text))
        for id in told:
            text = text.replace(f" ({id})", "").replace(f" {id}", "")
    text = _BEGUN.sub(lambda found: _begun(found[1], found[0]), text)
    return _LED.sub(lambda match: "" if match[1] in desk.named else match[0], text)


def _begun(kind: str, told: str) -> str:
    return f"{document_class(kind).TITLE}: not begun yet" if kind in KINDS else told
