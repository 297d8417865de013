"""Two templates side by side, or two versions of one."""

from __future__ import annotations

from typing import Any

from dmaic.block import Block, Note
from dmaic.documents.merge import merged
from dmaic.documents.registry import KINDS, document_class
from dmaic.engagements.question import Questions
from dmaic.engagements.resolved import Filled, Resolved
from dmaic.project.template.difference import differences, told
from dmaic.project.template.plan import file_changes
from dmaic.project.template.reply import UpdateItem, move_item, part_item, section
from dmaic.reply import Page
from dmaic.text import plural


class Compared(Page):
    """What is different between two templates.

    Attributes:
        before, after: name and version of both.
        changes: what is new, gone or changed in the second.
    """

    kind: str = "template-diff"
    before: str
    after: str
    changes: tuple[UpdateItem, ...] = ()

    def blocks(self) -> tuple[Block, ...]:
        """The sentence, then each difference."""
        count = plural(len(self.changes), "difference") if self.changes else "No difference"
        verb = "are" if len(self.changes) > 1 else "is"
        named = f"There {verb} {count.lower()} from {self.before} to {self.after}."
        return (Note(named, strong=True), *section("Differences", self.changes))

    def records(self) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
        """One row a difference."""
        rows = [
            (each.how, each.what, each.path, each.title, each.before, each.after)
            for each in self.changes
        ]
        return ("how", "what", "path", "title", "before", "after"), rows


def compare(old: Resolved, new: Resolved, before: Filled, after: Filled) -> Compared:
    """Compare two templates.

    Args:
        old: the first one.
        new: the second one.
        before: the first one, filled.
        after: the second one, filled with the same answers as far as both ask.
    """
    found = [part_item(each) for each in differences(before.template, after.template)]
    found += _questions(old.questions, new.questions)
    for kind in KINDS:
        empty = document_class(kind)()
        first, second = (each.documents.get(kind) or empty for each in (before, after))
        _, notes = merged(first, first, second)
        found += [move_item(kind, move) for move in notes.moves]
    for each in file_changes(before, after):
        title = f"{each.kind.capitalize()} {each.name}"
        found.append(UpdateItem(what=each.kind, path=each.name, title=title, how=each.how))
    return Compared(
        before=f"{old.name} {old.version}",
        after=f"{new.name} {new.version}",
        changes=tuple(found),
    )


def _questions(old: Questions, new: Questions) -> list[UpdateItem]:
    first = {each.key: each for each in old.all}
    second = {each.key: each for each in new.all}
    found = []
    for key in dict.fromkeys([*second, *first]):
        title = f'question "{key}"'
        if key not in first or key not in second:
            asked = second.get(key) or first[key]
            found.append(UpdateItem(what="question", path=key, title=title,
                                    how="new" if key in second else "gone",
                                    after=asked.help or None))  # fmt: skip
        elif first[key] != second[key]:
            was, now = (each[key].model_dump(mode="json") for each in (first, second))
            fields = [f"{name}: {told(was[name])} → {told(now[name])}"
                      for name in now if was[name] != now[name]]  # fmt: skip
            found.append(UpdateItem(what="question", path=key, title=title, how="changed",
                                    after="; ".join(fields)))  # fmt: skip
    return found
