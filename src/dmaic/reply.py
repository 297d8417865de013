"""What the commands of a project answer: a change, a list, a page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, ClassVar

from pydantic import Field

from dmaic.block import Block, Cells, Check, Checks, Fields, Heading, Note, Table, Tree
from dmaic.result import Frozen, Reply, Result, Sheet


class Page(Reply):
    """A reply that is shown as blocks.

    Attributes:
        next: commands a person will likely type next, as they are typed.
    """

    paged: ClassVar[bool] = True

    next: tuple[str, ...] = ()

    def blocks(self) -> tuple[Block, ...]:
        """What is shown, from top to bottom."""
        raise NotImplementedError(type(self).__name__)

    def records(self) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
        """What is shown, a row a line; pages of things of one kind have records of their own."""
        return ("section", "name", "what", "value"), list(_shown(self.blocks()))


def _shown(blocks: tuple[Block, ...]) -> Iterator[tuple[Any, ...]]:
    section = ""
    for block in blocks:
        if isinstance(block, Heading):
            section = block.text
        elif isinstance(block, Note):
            yield section, "", "note", block.text
        elif isinstance(block, Fields):
            yield from ((section, label, "", value) for label, value in block.rows)
        elif isinstance(block, Checks):
            for check in block.rows:
                yield section, check.text, check.sign, check.detail
        elif isinstance(block, Table):
            names = block.columns[0].texts if block.columns else ()
            for number, name in enumerate(names):
                for column in block.columns[1:]:
                    yield block.title or section, name, column.title, column.texts[number]
        else:
            yield from _branches(section, block, "")


def _branches(section: str, tree: Tree, above: str) -> Iterator[tuple[Any, ...]]:
    yield section, tree.text, "under" if above else "", above
    for branch in tree.branches:
        yield from _branches(section, branch, tree.text)


class Study(Page, Result):
    """A result of an analysis that is shown as blocks: the answer first, how it was made last.

    Attributes:
        assumptions: what was taken as given, a sentence each.
    """

    assumptions: tuple[str, ...] = ()

    def answer(self) -> tuple[Block, ...]:
        """The headline, the sentence that answers, and the tables."""
        raise NotImplementedError(type(self).__name__)

    def blocks(self) -> tuple[Block, ...]:
        """The answer; then each definition and formula, and what was assumed."""
        told: list[Block] = [*self.answer()]
        if self.method:
            told += [
                Heading("How it was computed"),
                Fields(tuple((heading(name), text) for name, text in self.method.items())),
            ]
        if self.assumptions:
            listed = tuple(Check("plain", each) for each in self.assumptions)
            told += [Heading("Assumptions"), Checks(listed)]
        return tuple(told)

    def sheets(self) -> tuple[Sheet, ...]:
        """The records on one sheet, with headings in words."""
        (sheet,) = super().sheets()
        return (replace(sheet, header=tuple(map(heading, self.records()[0]))),)


_ABBREVIATIONS = frozenset({"mrr", "grr", "nrr", "arpa", "clv", "npv", "irr", "roi"})


def heading(name: str) -> str:
    """The name of a field as words above a column: `mrr_lost` is `MRR lost`."""
    words = [word.upper() if word in _ABBREVIATIONS else word for word in name.split("_")]
    label = " ".join(words)
    return label[:1].upper() + label[1:]


class Touched(Frozen):
    """One thing that a command changed.

    Attributes:
        what: kind of thing, such as `action`.
        id: its id.
        name: what people call it.
        fields: field -> (before, after) as text; before is None for a new thing, after for one
            that is gone.
    """

    what: str
    id: str
    name: str = ""
    fields: dict[str, tuple[str | None, str | None]] = Field(default_factory=dict)

    @property
    def told(self) -> dict[str, tuple[str | None, str | None]]:
        """The fields in words: label -> (before, after), without those that hold ids of items.

        Fields of documents, and answers to a template's questions, stand as they are typed.
        """
        if self.what == "document":
            return self.fields
        if self.what in INNER:
            return {}
        return {_label(name): change for name, change in self.fields.items() if name not in _UNTOLD}


def _label(name: str) -> str:
    key = name.removeprefix(_ANSWERS)
    return _WORDS.get(name, name.replace("_", " ")) if key == name else f"answer {key}"


INNER = frozenset({"template", "package", "template-memory"})
"""Kinds of items that hold what a project's template says; people see the project change."""

_ANSWERS = "template.answers."
_WORDS = {"rounds": "submission"}
_UNTOLD = {
    "default_dataset", "previous", "following", "moved", "revisions",
    "template.hash", "template.package", "template.source",
}  # fmt: skip
"""Fields that a sentence or another field tells."""


class Change(Page):
    """What a writing command did.

    Attributes:
        done: what happened, one sentence.
        operation: number of the journal's entry; None where nothing was changed or written.
        touched: the things changed.
        item: the thing itself afterwards, as plain JSON types, or None.
        dry_run: nothing was written.
        more: further sentences, such as what now is out of date.
        back: command that takes it back.
    """

    kind: str = "change"
    done: str
    operation: int | None = None
    touched: tuple[Touched, ...] = ()
    item: dict[str, Any] | None = None
    dry_run: bool = False
    more: tuple[str, ...] = ()
    back: str = Field(default="dmaic undo", exclude=True)

    def blocks(self) -> tuple[Block, ...]:
        """The sentence, the fields before and after, and what else there is to say."""
        rows = tuple(
            (f"{each.name or each.id}: {field}" if len(self.touched) > 1 else field,
             _from_to(before, after))
            for each in self.touched
            for field, (before, after) in each.told.items()
        )  # fmt: skip
        told = f"Would do: {self.done}" if self.dry_run else self.done
        return (
            Note(told, strong=True),
            *((Fields(rows),) if rows else ()),
            *(Note(each) for each in self.more),
        )

    def records(self) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
        """One row a changed field."""
        return (
            ("what", "id", "name", "field", "before", "after"),
            [
                (each.what, each.id, each.name, field, before, after)
                for each in self.touched
                for field, (before, after) in each.fields.items()
            ],
        )


def _from_to(before: str | None, after: str | None) -> str:
    if before is None:
        return f"{after} (new)"
    return f"{before} (removed)" if after is None else f"{before} → {after}"


class Heads(Frozen):
    """How one field of a listing is shown.

    Attributes:
        field: its name in every item.
        title: heading of its column.
        right: figures, aligned at the right.
        wrap: long texts, broken over lines.
        keep: how long the column stays as the width shrinks.
    """

    field: str
    title: str
    right: bool = False
    wrap: bool = False
    keep: int = 100


class Listing(Page):
    """Things of one kind, a line each.

    Attributes:
        title: headline.
        items: the things, as plain JSON types; may hold more fields than are shown.
        shown: the columns; formatted text stands in `texts` where a field needs it.
        texts: for each item, field -> text to show instead of the plain value.
        signs: how each item stands, or empty.
        empty: what is said where there are no items.
        notes: sentences under the table.
    """

    SHOWN: ClassVar[frozenset[str]] = frozenset({"shown", "texts", "signs"})

    title: str
    items: tuple[dict[str, Any], ...] = ()
    shown: tuple[Heads, ...] = ()
    texts: tuple[dict[str, str], ...] = ()
    signs: tuple[str, ...] = ()
    empty: str = "Nothing yet."
    notes: tuple[str, ...] = ()

    def blocks(self) -> tuple[Block, ...]:
        """The headline, the table and the notes."""
        texts = self.texts or ({},) * len(self.items)
        columns = tuple(
            Cells(
                head.title,
                tuple(
                    text.get(head.field, _plain(item.get(head.field)))
                    for item, text in zip(self.items, texts, strict=True)
                ),
                right=head.right,
                wrap=head.wrap,
                keep=head.keep,
            )
            for head in self.shown
        )
        table = Table(columns, signs=self.signs, empty=self.empty)  # type: ignore[arg-type]
        return (Heading(self.title, 1), table, *(Note(note) for note in self.notes))

    def records(self) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
        """Every field of every item, in the order in which they first appear."""
        header = tuple(dict.fromkeys(field for item in self.items for field in item))
        header = header or tuple(head.field for head in self.shown)
        return header, [tuple(_flat(item.get(field)) for field in header) for item in self.items]

    def to_dict(self) -> dict[str, Any]:
        """The items and the words; how they are laid out is the faces' business."""
        return self.model_dump(mode="json", exclude=set(self.SHOWN))


def _plain(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (list, tuple)):
        return ", ".join(_plain(each) for each in value)
    return str(value)


def _flat(value: object) -> object:
    return _plain(value) if isinstance(value, (list, tuple, dict)) else value
