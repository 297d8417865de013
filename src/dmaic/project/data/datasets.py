"""What is done with datasets: add, read again, choose, remove."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from dmaic.errors import ConflictError, DmaicError
from dmaic.project.checked import checked
from dmaic.project.data.analysis import SavedAnalysis, is_stale
from dmaic.project.data.dataset import Dataset
from dmaic.project.data.dataset_reply import period, told, word
from dmaic.project.data.register import Request, changed_facts, read_dataset
from dmaic.project.data.snapshot import folder_of, read_key
from dmaic.project.engagement.kept_package import presets_of
from dmaic.project.engagement.project import Project, refuse_closed
from dmaic.reply import Change
from dmaic.text import plural, printable

if TYPE_CHECKING:
    from dmaic.engines.duckdb import Progress
    from dmaic.project.engagement.home import Home
    from dmaic.project.entity import Stored
    from dmaic.project.store.view import View
    from dmaic.project.store.work import Work


@dataclass(frozen=True, slots=True)
class Terms:
    """How something is done to datasets.

    Attributes:
        project: id or name of the project, or None for the one in use.
        today: day of reading.
        default: make it the default dataset.
        dry_run: write nothing.
        progress: as for every analysis.
    """

    project: str | None
    today: date
    default: bool = False
    dry_run: bool = False
    progress: Progress | None = None


def add_dataset(home: Home, request: Request, terms: Terms) -> Change:
    """Register an export, or another table.

    Args:
        home: the engagement.
        request: what is asked of the file.
        terms: how.

    Raises:
        ConflictError: `dataset.exists`, there is one of that name.
        DmaicError: the export cannot be read, or blocking findings are not accepted.
    """
    folder = folder_of(home)
    # The name is checked by the same rules as when it is kept, before a long scan.
    wanted = checked(Dataset, {"name": request.name, "file": "", "sha256": ""})
    with home.store.reading() as view:
        project = home.project(view, terms.project)
        refuse_closed(project)
        _refuse_second(view, project, wanted)
        key = _key(view, folder, request, terms)
        request = replace(request, presets=presets_of(view, project))
    body, new = read_dataset(
        request, folder, key, terms.today, write=not terms.dry_run, progress=terms.progress
    )

    def record() -> Change:
        with home.store.writing("data add", dry_run=terms.dry_run) as work:
            project = home.project(work, terms.project)
            refuse_closed(project)
            work.project = project.id
            _refuse_second(work, project, wanted)
            item = work.add(body, project.id)
            is_first = project.body.default_dataset is None and not body.table
            is_default = terms.default or is_first
            if is_default:
                chosen = project.body.model_copy(update={"default_dataset": item.id})
                work.change(project, chosen)
            more = (
                *told(body),
                *(("Analyses without FILE use it from now on.",) if is_default else ()),
            )
            reply = work.reply(
                f'Registered "{body.name}" ({item.id}) from {body.file}.',
                item,
                next=("dmaic pareto --by segment",)
                if "segment" in body.roles and not body.table
                else (),
                more=more,
            )
        return plain(reply).model_copy(update={"findings": body.findings})

    return _or_remove(home, new, record)


def refresh_dataset(home: Home, item: Stored[Dataset], request: Request, terms: Terms) -> Change:
    """Read an export again, and tell what changed.

    Args:
        home: the engagement.
        item: the dataset as it was read from the record.
        request: what is asked of the export now.
        terms: how.

    Raises:
        ConflictError: somebody changed the dataset in the meantime.
        DmaicError: as for `add_dataset`.
    """
    folder = folder_of(home)
    with home.store.reading() as view:
        project = home.project(view, terms.project)
        refuse_closed(project)
        key = _key(view, folder, request, terms)
        request = replace(request, presets=presets_of(view, project))
    body, new = read_dataset(
        request, folder, key, terms.today, write=not terms.dry_run, progress=terms.progress
    )
    if terms.dry_run:
        kept = {"snapshot": item.body.snapshot, "snapshot_sha256": item.body.snapshot_sha256}
        body = body.model_copy(update=kept)
    body = changed_facts(item.body, body)

    def record() -> Change:
        with home.store.writing("data refresh", dry_run=terms.dry_run) as work:
            project = home.project(work, terms.project)
            refuse_closed(project)
            work.project = project.id
            analyses = work.all(SavedAnalysis, project.id)
            before = {each.id for each in analyses if _is_stale(each, work, project)}
            work.change(item, body)
            stale = [
                each
                for each in analyses
                if each.id not in before and _is_stale(each, work, project)
            ]
            more = [*_differences(item.body, body)]
            if stale:
                more.append(f"{plural(len(stale), 'analysis', 'analyses')} became stale.")
            reply = work.reply(
                f'Read "{body.name}" again from {body.file}.',
                next=("dmaic analysis rerun --stale",) if stale else (),
                more=tuple(more),
            )
        update: dict[str, object] = {"findings": body.findings}
        if item.body == body:
            update["done"] = f'Read "{body.name}" again from {body.file}: nothing changed.'
        return plain(reply).model_copy(update=update)

    return _or_remove(home, new, record)


def choose_dataset(work: Work, project: Stored[Project], item: Stored[Dataset] | None) -> None:
    """Make a dataset the one that analyses use.

    Args:
        work: to write in.
        project: whose it is.
        item: the dataset, or None for none.
    """
    id = item.id if item is not None else None
    work.change(project, project.body.model_copy(update={"default_dataset": id}))


def remove_dataset(work: Work, project: Stored[Project], item: Stored[Dataset]) -> tuple[str, ...]:
    """Remove a dataset from the record; its snapshot stays, so that it can be brought back.

    Args:
        work: to write in.
        project: whose it is.
        item: the dataset.

    Returns:
        What there is to know, in sentences.
    """
    used = [
        each
        for each in work.all(SavedAnalysis, project.id)
        if item.id in (each.body.dataset, *each.body.beside)
    ]
    work.remove(item)
    told = []
    if project.body.default_dataset == item.id:
        rest = [each for each in work.all(Dataset, project.id) if not each.body.table]
        only = rest[0] if len(rest) == 1 else None
        choose_dataset(work, project, only)
        told.append(
            f'"{only.body.name}" is the default now.' if only else "No dataset is the default now."
        )
    if used:
        told.append(
            f"{plural(len(used), 'analysis of it stays', 'analyses of it stay')}, as stale."
        )
    return tuple(told)


def _refuse_second(view: View, project: Stored[Project], wanted: Dataset) -> None:
    there = view.keyed(Dataset, project.id, wanted.key)
    if there is not None:
        raise ConflictError(
            f'There is a dataset "{printable(there.body.name, 60)}" already.',
            "dataset.exists",
            f"Read its file again: dmaic data refresh {word(there.body.name)}; or choose another "
            "name.",
        )


def _key(view: View, folder: Path, request: Request, terms: Terms) -> bytes | None:
    if request.keep_ids:
        return None
    used = any(each.body.hashed and each.body.snapshot for each in view.all(Dataset))
    return read_key(folder, used=used, make=not terms.dry_run)


def _is_stale(item: Stored[SavedAnalysis], view: View, project: Stored[Project]) -> bool:
    return is_stale(item.body, view.all(Dataset, project.id))


def _or_remove(home: Home, new: Path | None, record: Callable[[], Change]) -> Change:
    """Record it; where that fails the snapshot that was just written goes again."""
    try:
        return record()
    except BaseException:
        if new is not None and not _is_used(home, new):
            new.unlink(missing_ok=True)
        raise


def _is_used(home: Home, path: Path) -> bool:
    """Whether somebody else recorded the same data in the meantime, or it cannot be told."""
    try:
        with home.store.reading() as view:
            return any(
                each.body.snapshot is not None and each.body.snapshot.endswith(f"/{path.name}")
                for each in view.all(Dataset)
            )
    except DmaicError:
        return True


def _differences(before: Dataset, after: Dataset) -> list[str]:
    """What is other than it was, in sentences."""
    told_so = []
    if before.sha256 != after.sha256:
        told_so.append("The data changed.")
    for label, old, new in (
        ("Read as", _kind(before), _kind(after)),
        ("Rows", f"{before.rows:,}", f"{after.rows:,}"),
        ("Churn dates", period(before) or "none", period(after) or "none"),
        ("Segment coverage", _percent(before), _percent(after)),
        ("Preset", before.preset or "none", after.preset or "none"),
    ):
        if old != new:
            told_so.append(f"{label}: {old} → {new}.")
    for role in dict.fromkeys((*before.roles, *after.roles)):
        was, now = before.roles.get(role, "none"), after.roles.get(role, "none")
        if was != now:
            told_so.append(f"Role {role}: {was} → {now}.")
    for label, some, others in (
        ("Now kept", after.columns, before.columns),
        ("No longer kept", before.columns, after.columns),
    ):
        names = [name for name in some if name not in others]
        if names:
            told_so.append(f"{label}: {', '.join(printable(name, 60) for name in names)}.")
    return told_so


def _kind(body: Dataset) -> str:
    return "a table" if body.table else "a churn export"


def _percent(body: Dataset) -> str:
    return "unknown" if body.coverage is None else f"{100 * body.coverage:.1f} %"


_TOLD = {"file", "also", "accepted", "keeps_ids"}
"""Fields that are told as they are; the sentences tell the others."""


def plain(reply: Change) -> Change:
    """The reply without fields that are long or hold ids; its sentences say what they mean.

    Args:
        reply: to a change of datasets.
    """
    touched = tuple(
        each.model_copy(
            update={"fields": {name: text for name, text in each.fields.items() if name in _TOLD}}
        )
        for each in reply.touched
    )
    return reply.model_copy(update={"touched": touched})
