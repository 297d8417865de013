"""Write a whole project to a file."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dmaic import __version__
from dmaic.block import Block, Fields, Note
from dmaic.errors import StoreError
from dmaic.output import whole_file
from dmaic.project.data.dataset import Dataset
from dmaic.project.engagement.kept_package import KeptPackage
from dmaic.project.engagement.kept_template import KeptTemplate
from dmaic.project.engagement.project import Engagement
from dmaic.project.entity import ENGAGEMENT
from dmaic.project.exchange.file import (
    ExchangedHistory,
    ExchangedItem,
    ExchangedProject,
    ProjectFile,
    alone,
    without_data,
)
from dmaic.project.record.history import History, own_history
from dmaic.project.store.kinds import KINDS, entity_class
from dmaic.project.store.view import stored
from dmaic.reply import INNER, Page
from dmaic.text import plural, printable

if TYPE_CHECKING:
    from dmaic.project.engagement.project import Project
    from dmaic.project.entity import Stored
    from dmaic.project.store.row import ItemRow
    from dmaic.project.store.view import View


_MANY = {"analysis": "analyses"}


class Exported(Page):
    """A project was written to a file.

    Attributes:
        project: its name.
        path: of the file.
        items: kind -> how many.
        entries: whole entries of journals in it.
        bytes: length of the file.
    """

    kind: str = "exported"
    project: str
    path: str
    items: dict[str, int]
    entries: int
    bytes: int

    def blocks(self) -> tuple[Block, ...]:
        """What was written and what was not."""
        held = ", ".join(
            plural(count, kind, _MANY.get(kind, ""))
            for kind, count in self.items.items()
            if kind not in INNER
        )
        return (
            Note(f'Wrote "{self.project}" to {self.path}.', strong=True),
            Fields(
                (
                    ("Items", held or "none"),
                    ("Journal", plural(self.entries, "entry", "entries")),
                    ("Size", f"{self.bytes:,} bytes"),
                )
            ),
            Note("Snapshots of datasets and the key of their hashes are not in it."),
            Note(f"In another engagement `dmaic import {self.path}` brings it in."),
        )

    def records(self) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
        """One row."""
        fields = ("project", "path", "entries", "bytes")
        return fields, [tuple(getattr(self, name) for name in fields)]


def project_file(view: View, project: Stored[Project]) -> ProjectFile:
    """A project with everything that belongs to it.

    Args:
        view: to read from.
        project: any.

    Raises:
        StoreError: `exchange.kind`, there is an item of a kind that this dmaic does not know;
            `store.body`, one cannot be read.
    """
    rows = _below(view, project.id)
    unknown = sorted({row.kind for row in rows} - set(KINDS))
    if unknown:
        raise StoreError(
            f"There are items that this dmaic does not know: {', '.join(unknown)}.",
            "exchange.kind",
            "Update dmaic: pip install --upgrade dmaic.",
        )
    histories = [stored(row, History).body for row in rows if row.kind == History.kind]
    own = own_history(view, project.id, _engagement(view))
    every = [*histories, *([own] if own is not None else [])]
    kept = view.keyed(KeptTemplate, ENGAGEMENT, project.body.template.hash)
    package = view.keyed(KeptPackage, ENGAGEMENT, project.body.template.package)
    items = [_item(row) for row in rows if row.kind != History.kind]
    return ProjectFile(
        tool=__version__,
        project=ExchangedProject(
            id=project.id,
            body=alone(project.body, {row.id for row in rows}),
            made_at=project.made_at,
            made_by=project.made_by,
            changed_at=project.changed_at,
            changed_by=project.changed_by,
        ),
        template=kept.body if kept is not None else None,
        package=package.body if package is not None else None,
        items=tuple(items),
        history=tuple(
            ExchangedHistory(engagement=each.engagement, entries=each.entries) for each in every
        ),
    )


def _engagement(view: View) -> str:
    """Name of the engagement."""
    found = view.all(Engagement)
    if not found:
        raise StoreError(
            "The engagement itself is missing from the record.",
            "store.body",
            "`dmaic log verify` says what was removed by hand.",
        )
    return found[0].body.name


def write_project(view: View, project: Stored[Project], path: Path) -> Exported:
    """Write a project to a file, whole or not at all, private to the person.

    Args:
        view: to read from.
        project: any.
        path: where.

    Raises:
        StoreError: as for `project_file`.
        OutputError: it cannot be written there.
    """
    reply, content = told_project(view, project, path)
    there = path.exists()
    with whole_file(path) as draft:
        draft.write_bytes(content)
    if not there and path.is_file():
        path.chmod(0o600)
    return reply


def told_project(view: View, project: Stored[Project], path: Path) -> tuple[Exported, bytes]:
    """What is told about the file of a project, and its content.

    Args:
        view: to read from.
        project: any.
        path: where it will be.

    Raises:
        StoreError: as for `project_file`.
    """
    file = project_file(view, project)
    content = to_text(file).encode()
    reply = Exported(
        project=project.body.name,
        path=printable(str(path)),
        items=dict(Counter(item.kind for item in file.items)),
        entries=sum("changes" in entry for part in file.history for entry in part.entries),
        bytes=len(content),
    )
    return reply, content


def to_text(file: ProjectFile) -> str:
    """The file's text: the same project always gives the same.

    Args:
        file: the project.
    """
    data = file.model_dump(mode="json")
    return json.dumps(data, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def _below(view: View, id: str) -> list[ItemRow]:
    """Everything that belongs to an item, and to what belongs to it."""
    found: list[ItemRow] = []
    for row in view.rows(id):
        found.append(row)
        found += _below(view, row.id)
    return sorted(found, key=lambda row: row.position)


def _item(row: ItemRow) -> ExchangedItem:
    body = stored(row, entity_class(row.kind)).body
    if isinstance(body, Dataset):
        body = without_data(body)
    return ExchangedItem(
        id=row.id,
        parent=row.parent,
        kind=row.kind,
        body=body.model_dump(mode="json"),
        made_at=row.made_at,
        made_by=row.made_by,
        changed_at=row.changed_at,
        changed_by=row.changed_by,
    )
