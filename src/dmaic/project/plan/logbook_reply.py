"""The logs as people see them: a line each, the gravest open ones first."""

from __future__ import annotations

from typing import TypeVar

from dmaic.project.entity import Stored
from dmaic.project.plan.logbook import Concern, Decision, Issue, LogEntry, Risk
from dmaic.project.store.view import View
from dmaic.reply import Heads, Listing
from dmaic.text import plural

E = TypeVar("E", bound=LogEntry)

_SHOWN: dict[str, tuple[Heads, ...]] = {
    "risk": (
        Heads(field="title", title="Risk", wrap=True),
        Heads(field="score", title="Score", right=True, keep=99),
        Heads(field="state", title="State", keep=98),
        Heads(field="owner", title="Owner", keep=97),
        Heads(field="id", title="Id", keep=96),
        Heads(field="response", title="Response", wrap=True, keep=60),
    ),
    "issue": (
        Heads(field="title", title="Issue", wrap=True),
        Heads(field="severity", title="Severity", right=True, keep=99),
        Heads(field="state", title="State", keep=98),
        Heads(field="owner", title="Owner", keep=97),
        Heads(field="id", title="Id", keep=96),
        Heads(field="response", title="Response", wrap=True, keep=60),
    ),
    "decision": (
        Heads(field="title", title="Decision", wrap=True),
        Heads(field="why", title="Why", wrap=True, keep=80),
        Heads(field="by", title="By", keep=99),
        Heads(field="on", title="On", keep=98),
        Heads(field="id", title="Id", keep=96),
    ),
}
_GRAVE = {"risk": 15, "issue": 4}


def log_list(view: View, project: str, kind: type[E]) -> Listing:
    """A log: open entries first, the gravest before the others; decisions as they were taken.

    Args:
        view: to read from.
        project: id of the project.
        kind: which log.
    """
    entries = sorted(view.all(kind, project), key=_order)
    word = kind.kind
    still = sum(isinstance(each.body, Concern) and each.body.state == "open" for each in entries)
    count = plural(len(entries), word)
    return Listing(
        kind=f"{word}-list",
        title=count if kind is Decision or not entries else f"{count}, {still} open",
        items=tuple(_item(each) for each in entries),
        shown=_SHOWN[word],
        texts=tuple(_texts(each.body) for each in entries),
        signs=() if kind is Decision else tuple(_sign(each.body) for each in entries),
        empty=f"No {word} is noted yet.",
        notes=("Score = probability × impact, each from 1 to 5.",) if kind is Risk else (),
    )


def _order(each: Stored[E]) -> tuple[object, ...]:
    body = each.body
    if isinstance(body, (Risk, Issue)):
        return (body.state != "open", -body.score, body.on)
    return (body.on,)


def _item(each: Stored[E]) -> dict[str, object]:
    fields = each.body.model_dump(mode="json")
    score = {"score": each.body.score} if isinstance(each.body, Risk) else {}
    return {"id": each.id, **fields, **score}


def _texts(body: LogEntry) -> dict[str, str]:
    if isinstance(body, Risk):
        return {"score": f"{body.probability}×{body.impact} = {body.score}"}
    return {}


def _sign(body: LogEntry) -> str:
    if not isinstance(body, (Risk, Issue)):
        return "plain"
    if body.state == "closed":
        return "good"
    return "bad" if body.score >= _GRAVE[body.kind] else "todo"
