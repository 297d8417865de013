"""The documents of a project, a line each: how complete they are, who changed them and when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dmaic.documents.base import Phase
from dmaic.documents.registry import KINDS, document_class
from dmaic.project.paper.history import moment
from dmaic.project.paper.paper import Paper, papers
from dmaic.reply import Heads, Listing
from dmaic.text import plural

if TYPE_CHECKING:
    from dmaic.project.store.view import View


def paper_list(view: View, project_id: str, phase: Phase | None = None) -> Listing:
    """All documents there are, in the order of the work.

    Args:
        view: to read from.
        project_id: of the project.
        phase: only those of this phase.
    """
    kept = {each.body.document: each for each in view.all(Paper, project_id)}
    known = papers(view, project_id)
    items: list[dict[str, Any]] = []
    texts: list[dict[str, str]] = []
    signs: list[str] = []
    for kind in KINDS:
        model = document_class(kind)
        if phase is not None and phase != model.PHASE:
            continue
        stored = kept.get(kind)
        document = known.load(kind) or model()
        gaps = document.gaps(known)
        missing = sum(gap.level == "missing" for gap in gaps)
        begun = stored is not None and not document.is_empty
        state = "not begun" if not begun else "incomplete" if missing else "complete"
        items.append(
            {
                "document": kind,
                "title": model.TITLE,
                "phase": model.PHASE,
                "state": state,
                "missing": missing,
                "weak": len(gaps) - missing,
                "changed_at": stored.changed_at if stored else None,
                "changed_by": stored.changed_by if stored else None,
            }
        )
        told = f"{missing} missing" if state == "incomplete" else state
        if begun and len(gaps) > missing:
            told += f", {plural(len(gaps) - missing, 'weak point')}"
        texts.append(
            {
                "state": told,
                "changed_at": moment(stored.changed_at)[:10] if stored else "",
                "phase": model.PHASE.capitalize(),
            }
        )
        signs.append({"not begun": "todo", "incomplete": "bad"}.get(state) or
                     ("warn" if len(gaps) > missing else "good"))  # fmt: skip
    done = sum(item["state"] == "complete" for item in items)
    return Listing(
        kind="document-list",
        title=f"Documents: {done} of {len(items)} complete",
        items=tuple(items),
        shown=(
            Heads(field="document", title="Document"),
            Heads(field="phase", title="Phase", keep=50),
            Heads(field="state", title="State", keep=500),
            Heads(field="changed_at", title="Changed", keep=40),
            Heads(field="changed_by", title="By", keep=30),
            Heads(field="title", title="Title", keep=20, wrap=True),
        ),
        texts=tuple(texts),
        signs=tuple(signs),
    )
