"""An entry of the journal as a reader of a report has it: what people did, not what they typed."""

from __future__ import annotations

import re
from typing import Any

from dmaic.documents.registry import KINDS, document_class
from dmaic.reports.content_analysis import title_of
from dmaic.reports.desk import Desk

_DID = {
    "project new": "began",
    "project close": "closed",
    "project next-cycle": "began the next cycle",
    "team add": "added to the team",
    "team waive": "did without a function",
    "doc import": "wrote",
    "doc edit": "wrote",
    "doc set": "changed",
    "data add": "registered data",
    "gate submit": "submitted",
    "gate answer": "answered",
    "gate waive": "waived a criterion",
    "gate approve": "signed",
    "gate reject": "sent back",
    "action add": "agreed an action",
    "action done": "kept a promise",
    "action move": "moved a date",
    "risk add": "noted a risk",
    "issue add": "noted an issue",
    "decision add": "decided",
    "benefit plan": "planned a benefit",
    "benefit record": "recorded money",
    "benefit lock": "agreed to a benefit",
}
_DOCUMENT = re.compile(r"\bdocument ([a-z-]+)")
_GATE = re.compile(r"^gate ([\w-]+)")
_FIELDS = re.compile(r"(?<=\S): [a-z_]+(?:[.\w-]*)(?:, [\w.-]+)*(?: [\w.-]+)?(?: and \d+ more)?$")
_NOUN = re.compile(r"^(?:action|benefit|dataset|decision|issue|member|project|risk) (?=\S)")
_MORE = re.compile(r" and \d+ more$")
_WAIVED = re.compile(r"^function-waiver (\S+)")


def did(item: dict[str, Any]) -> str:
    """What was done, in plain words; a command that has none is shown as it is.

    Args:
        item: of the journal.
    """
    command = str(item["command"])
    if any((each["after"] or {}).get("kind") == "analysis" for each in item["changes"]):
        return "computed"
    words = " ".join(command.split()[:2])
    return _DID.get(words, command)


def what(desk: Desk, item: dict[str, Any], text: str) -> str:
    """With what it was done: names as the report calls them, no fields and no ids.

    Args:
        desk: the record.
        item: of the journal.
        text: as the journal tells it.
    """
    for change in item["changes"]:
        analysis = desk.every_analysis.get(str((change["after"] or {}).get("id")))
        if analysis is not None:
            return title_of(desk, analysis)
    told, note = text, ""
    if text.endswith(")") and " (" in text:
        told, _, rest = text.partition(" (")
        note = f" ({rest}"
    if str(item["command"]) not in ("undo", "redo"):
        told = _NOUN.sub("", _FIELDS.sub("", told))
        told = told if _several(item, text) else _MORE.sub("", told)
    told = _DOCUMENT.sub(lambda found: _document(found[1]), told)
    told = _GATE.sub(lambda found: _tollgate(desk, found[1]), told)
    told = _WAIVED.sub(lambda found: found[1].capitalize(), told)
    return f"{told}{_signed(item)}{note}"


def _several(item: dict[str, Any], text: str) -> bool:
    """More things of the sort that is named first; what begins beside a project is part of it."""
    kinds = [str((each["after"] or each["before"] or {}).get("kind")) for each in item["changes"]]
    named = next((each for each in kinds if text.startswith(f"{each} ")), "")
    return named != "project" and (not named or kinds.count(named) > 1)


def _document(kind: str) -> str:
    return document_class(kind).TITLE if kind in KINDS else f"document {kind}"


def _tollgate(desk: Desk, name: str) -> str:
    phase = desk.phase(name)
    return f"{phase.title} tollgate" if phase is not None else f"tollgate {name}"


def _signed(item: dict[str, Any]) -> str:
    """` as sponsor: Kim`, of a signature: who types it need not be who signs."""
    if item["command"] != "gate approve":
        return ""
    rounds = next((each["after"]["body"].get("rounds") for each in item["changes"]
                   if each["after"] and each["after"]["kind"] == "gate"), None)  # fmt: skip
    signatures = rounds[-1].get("signatures") if rounds else None
    last = signatures[-1] if signatures else None
    return f", as {last['role']}: {last['by']}" if last else ""
