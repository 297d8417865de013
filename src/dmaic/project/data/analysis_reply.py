"""Saved analyses as people see them, a line each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from dmaic.project.data.analysis import SavedAnalysis, is_stale
from dmaic.project.data.dataset import Dataset
from dmaic.project.entity import Stored
from dmaic.project.store.journal import when
from dmaic.reply import Heads, Listing
from dmaic.text import plural


def state_of(
    item: Stored[SavedAnalysis], datasets: Iterable[Stored[Dataset]], replaced: Mapping[str, str]
) -> str:
    """`current`, `stale`, or `replaced` where it was run again since."""
    if item.id in replaced:
        return "replaced"
    return "stale" if is_stale(item.body, datasets) else "current"


def replacements(analyses: Iterable[Stored[SavedAnalysis]]) -> dict[str, str]:
    """Id of an analysis -> id of the one that was run in its place."""
    return {each.body.replaces: each.id for each in analyses if each.body.replaces is not None}


def analysis_list(
    analyses: list[Stored[SavedAnalysis]], datasets: list[Stored[Dataset]], *, every: bool = False
) -> Listing:
    """The saved analyses of a project.

    Args:
        analyses: in the order in which they were made.
        datasets: of the project.
        every: also those that were run again since.
    """
    names = {each.id: each.body.name for each in datasets}
    replaced = replacements(analyses)
    items, texts, signs = [], [], []
    for each in analyses:
        state = state_of(each, datasets, replaced)
        if state == "replaced" and not every:
            continue
        body = each.body
        items.append(
            {
                "id": each.id,
                "analysis": body.analysis,
                "title": body.title,
                "parameters": body.parameters,
                "dataset": names.get(body.dataset or ""),
                "dataset_id": body.dataset,
                "fingerprint": body.fingerprint,
                "run_at": body.run_at,
                "run_by": each.made_by,
                "state": state,
                "replaces": body.replaces,
            }
        )
        text = {"run_at": when(body.run_at)}
        texts.append(text if body.dataset else {**text, "dataset": "(figures alone)"})
        signs.append({"current": "good", "stale": "warn"}.get(state, "plain"))
    stale = sum(item["state"] == "stale" for item in items)
    hidden = len(analyses) - len(items)
    notes = [f"{plural(hidden, 'older run')} not shown; --all shows them."] if hidden else []
    told = f", {stale} stale" if stale else ""
    return Listing(
        kind="analysis-list",
        title=f"{plural(len(items), 'analysis', 'analyses')}{told}",
        items=tuple(items),
        shown=(
            Heads(field="id", title="Id"),
            Heads(field="title", title="Analysis", wrap=True),
            Heads(field="dataset", title="Dataset", keep=80),
            Heads(field="run_at", title="Run", keep=60),
            Heads(field="state", title="State", keep=90),
        ),
        texts=tuple(texts),
        signs=tuple(signs),
        empty="No analysis yet.",
        notes=tuple(notes),
        next=("dmaic analysis rerun --stale",)
        if stale
        else ()
        if items
        else ("dmaic pareto --by segment",),
    )
