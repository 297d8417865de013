"""Blocks of a document as a report shows them: names in place of ids, and no form."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from dmaic.block import Block, Cells, Checks, Fields, Heading, Note, Table, Tree
from dmaic.number import money

_ID = r"[A-Z]{1,4}[1-9][0-9]*"
_WHOLE = re.compile(rf"^{_ID}$")
_PARTS = re.compile(r"([;,]\s*|\s→\s)")
_LED = re.compile(rf"\b({_ID}) (?=\S)")
_ALONE = re.compile(rf"\b({_ID})\b")
_RANGE = re.compile(r"\b([A-Z]{1,4})([1-9][0-9]*) to \1([1-9][0-9]*)\b")
_MEASURED = ("Target", "Limit", "Lower limit", "Upper limit", "Baseline")
_COSTS = ("Cost once", "Cost a year")
_LONGEST = 44
"""Characters of a name over a column."""

LEFT_OUT: Mapping[str, frozenset[str]] = {
    "charter": frozenset(
        {"Metric", "Unit", "Baseline", "Target", "By", "Cost a year", "Is the goal SMART?",
         "Change asked for"}
    ),
    "stakeholders": frozenset(
        {"How they stand", "Interest", "Function", "Manage closely", "Keep satisfied",
         "Keep informed", "Monitor"}
    ),
    "raci": frozenset({"*"}),
    "sipoc": frozenset({"Suppliers", "Customers", "On both sides"}),
    "ctq": frozenset({"Verbatims", "Needs", "Unit", "Customer"}),
    "communication": frozenset(),
    "definitions": frozenset({"Moment", "Denominator", "How measured", "Who"}),
    "data-collection": frozenset(
        {"Type", "Margin", "Confidence", "Expected share", "Standard deviation", "Response rate"}
    ),
    "process-map": frozenset({"Steps", "Case", "Period", "Touch time"}),
    "journey-map": frozenset(
        {"Steps", "Reach is in", "Emotional curve", "Mend first", "Hand-offs", "Satisfied", "Pain",
         "Reach"}
    ),
    "reasons": frozenset({"Answers mapped", "Meaning"}),
    "causes": frozenset({"Fishbone", "Reason", "Decided on", "Suspected", "Rejected"}),
    "solutions": frozenset({"Description", "Effort"}),
    "selection": frozenset({"Pugh, against today", "Winner", "What 10 means"}),
    "fmea": frozenset(
        {"Controls today", "Sum of RPN before", "Sum of RPN after", "S O D", "RPN", "after"}
    ),
    "pilot": frozenset(
        {"Unit", "It is a success at", "Threshold", "Solutions", "Measured",
         "Measured in the control group", "Success measure", "Decided by", "Decided on", "Decision"}
    ),
    "fishbone": frozenset({"Causes"}),
    "implementation": frozenset({"For", "Waits for", "Critical"}),
    "control-plan": frozenset({"Chart", "Dataset", "Unit", "Sample", "Better"}),
}  # fmt: skip
"""Kind -> labels of fields, titles of tables and of columns, headlines, and labels of computed
figures that a form shows and a report does not: they stand in another table, in the figure or in a
sentence. `*` stands for all computed figures."""


def without(kind: str, blocks: Iterable[Block]) -> Iterator[Block]:
    """A document's blocks without what only a form needs.

    Args:
        kind: of the document.
        blocks: as the document shows them.
    """
    left = LEFT_OUT.get(kind, frozenset())
    skipping = False
    for block in blocks:
        if isinstance(block, Heading):
            # What is computed is told in a sentence of its own.
            skipping = block.text == "Computed" or _begins(block.text, left)
            if not skipping:
                yield block
        elif isinstance(block, Table):
            skipping = False
            if not _begins(block.title, left) and block.columns and block.columns[0].texts:
                kept = tuple(each for each in _with_units(block) if each.title not in left)
                yield replace(block, columns=kept)
        elif skipping and isinstance(block, (Fields, Checks)):
            continue
        elif isinstance(block, Fields):
            rows = tuple(row for row in block.rows if row[0] not in left and row[1])
            if rows:
                yield Fields(rows)
        else:
            skipping = False
            yield block


def _with_units(table: Table) -> tuple[Cells, ...]:
    """The columns, figures with the unit that stands in a column of its own: `90 %`, not `90`."""
    units = next((each.texts for each in table.columns if each.title == "Unit"), None)
    if units is None:
        return table.columns
    return tuple(
        replace(
            each,
            texts=tuple(
                f"{text} {unit}" if unit and text[-1:].isdigit() else text
                for text, unit in zip(each.texts, units, strict=True)
            ),
        )
        if each.title in _MEASURED
        else each
        for each in table.columns
    )


def in_currency(blocks: Iterable[Block], currency: str | None) -> Iterator[Block]:
    """Blocks whose columns and lines of costs bear the currency.

    Args:
        blocks: of a document.
        currency: of the project.
    """
    for block in blocks:
        if isinstance(block, Table):
            columns = tuple(
                replace(each, texts=tuple(_priced(text, currency) for text in each.texts))
                if each.title in _COSTS
                else each
                for each in block.columns
            )
            yield replace(block, columns=columns)
        elif isinstance(block, Fields):
            rows = ((name, _priced(text, currency) if name in _COSTS else text)
                    for name, text in block.rows)  # fmt: skip
            yield Fields(tuple(rows))
        else:
            yield block


def _priced(text: str, currency: str | None) -> str:
    try:
        return money(float(text.replace(",", "")), currency)
    except ValueError:
        return text


def _begins(title: str, left: frozenset[str]) -> bool:
    return any(title == each or title.startswith(f"{each} (") for each in left)


def named(blocks: Iterable[Block], known: Mapping[str, str]) -> list[Block]:
    """Blocks with names in place of ids.

    Args:
        blocks: of a document.
        known: ids that stand in it -> what they are called.
    """
    names = dict(known)
    heads: dict[str, str] = {}
    found: list[Block] = []
    for block in blocks:
        if isinstance(block, Table):
            found.append(_table(block, names, heads))
        elif isinstance(block, Fields):
            rows = tuple(
                (_head(each, names), _cell(value, names))
                for each, value in block.rows
                if each not in known
            )
            if rows:
                found.append(Fields(rows))
        elif isinstance(block, Tree):
            found.append(_tree(block, names))
        elif isinstance(block, Note):
            told = everywhere if block.strong else _text
            found.append(replace(block, text=told(block.text, names)))
        else:
            found.append(block)
    return found


def _table(table: Table, names: dict[str, str], heads: dict[str, str]) -> Table:
    columns = list(table.columns)
    if not columns:
        return table
    first = columns[0]
    if first.texts and not first.title and all(_WHOLE.match(each) for each in first.texts):
        if len(columns) > 1 and not all(names.get(id) for id in first.texts):
            # Lines without a name in the form are called by what stands beside their id.
            names.update(zip(first.texts, columns[1].texts, strict=True))
        # A line may be called by the id of what it is about.
        ids = tuple(names.get(id, id) for id in first.texts)
        told = tuple(_cell(each, names) for each in ids)
        there = [each for each in columns[1:] if _says(each, ids) or _says(each, told)]
        if there:
            # The column that calls them so is there; what it says is what they are called below.
            heads.update(dict.fromkeys(first.texts, there[0].title))
            said = (_LED.sub("", text, count=1) for text in there[0].texts)
            names.update(zip(first.texts, said, strict=True))
            columns = columns[1:]
            if table.signs:
                # How a line stands is written in front of its name.
                place = table.columns.index(there[0]) - 1
                columns.insert(0, columns.pop(place))
        else:
            title = heads.get(first.texts[0], "Line")
            columns[0] = replace(first, title=title, texts=told, wrap=True)
    return replace(
        table,
        columns=tuple(
            Cells(
                _head(each.title, names),
                tuple(_cell(text, names) for text in each.texts),
                each.right,
                each.wrap,
                each.keep,
            )
            for each in columns
        ),
    )


def _says(column: Cells, names: Iterable[str]) -> bool:
    """Whether the cells of a column begin as the lines are called."""
    return all(
        bool(name) and bool(text) and (text.startswith(name[:20]) or name.startswith(text[:20]))
        for name, text in zip(names, (_LED.sub("", each, count=1) for each in column.texts),
                              strict=True)
    )  # fmt: skip


def _head(title: str, names: Mapping[str, str]) -> str:
    id, _, rest = title.partition(" ")
    if id not in names or not _WHOLE.match(id):
        return title
    name = names[id]
    short = name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1].rstrip()}…"
    return f"{short} {rest}".strip()


def _cell(text: str, names: Mapping[str, str]) -> str:
    """A cell: ids alone become names; an id in front of its name goes."""
    parts = _PARTS.split(text)
    if all(part in names for part in parts[::2]):
        return "".join(
            names[part] if not number % 2 else part.replace(",", ";")
            for number, part in enumerate(parts)
        )
    return _text(text, names)


def _text(text: str, names: Mapping[str, str]) -> str:
    def shorter(match: re.Match[str]) -> str:
        name = names.get(match[1], "")
        return "" if name and text[match.end() :].startswith(name[:12]) else match[0]

    return _LED.sub(shorter, text)


def everywhere(text: str, names: Mapping[str, str]) -> str:
    """A sentence: an id in front of its name goes, one that stands alone becomes the name.

    Args:
        text: such as a figure that a document computes.
        names: by id.
    """
    listed = _RANGE.sub(lambda match: _counted(match, names), _text(text, names))
    return _ALONE.sub(lambda match: names.get(match[1], match[0]), listed)


def _counted(match: re.Match[str], names: Mapping[str, str]) -> str:
    """`S1 to S4` as the names of all four: of names nobody sees what lies between two."""
    letters, first, last = match[1], int(match[2]), int(match[3])
    ids = [f"{letters}{number}" for number in range(first, min(last, first + 20) + 1)]
    if last < first or not all(id in names for id in ids):
        return match[0]
    *most, end = [names[id] for id in ids]
    return f"{', '.join(most)} and {end}" if most else end


def _tree(tree: Tree, names: Mapping[str, str]) -> Tree:
    text = _text(tree.text, names)
    # Where the branch tells more than the name, its id stands in front of it all the same.
    led = _LED.match(text)
    if led is not None and led[1] in names:
        text = text[led.end() :]
    return Tree(text, tuple(_tree(each, names) for each in tree.branches), tree.sign)
