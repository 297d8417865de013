"""Pandoc's tree of a report as HTML: semantic, without a single attribute of style.

Pandoc's own writer says alignments and widths as `style`, which a strict content-security policy
forbids, so the few kinds of parts that the dialect of reports has are written here. Every text is
escaped; nothing of the tree reaches the page as markup.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any

from dmaic.reports.dialect import MARKS, Node, Nodes, is_caption, sign_of, text_of, without_sign
from dmaic.reports.picture import Picture
from dmaic.reports.web.figure import figure_to_html, image_to_html
from dmaic.reports.web.table import Cell, table_to_html

_LINKS = ("https://", "http://", "mailto:")
_OWN = ("report", "contents", "theme", "told")
"""Ids that the page itself uses."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents.

    Attributes:
        id: of the headline.
        text: of the headline.
        below: headlines of the next level within its section.
    """

    id: str
    text: str
    below: list[Entry] = field(default_factory=list)


@dataclass(slots=True)
class Body:
    """A tree written as HTML.

    Args:
        blocks: of pandoc's tree, read by `dmaic.reports.pandoc.read`.
        pictures: path in the Markdown -> the picture.
        places: anchor of a link in the Markdown, such as `#project-1` -> address of another page.
    """

    blocks: Nodes
    pictures: Mapping[str, Picture]
    places: Mapping[str, str] = field(default_factory=dict)
    contents: list[Entry] = field(default_factory=list, init=False)
    lead: str = field(default="", init=False)
    """What stands before the first section."""
    sections: str = field(default="", init=False)
    _ids: dict[int, str] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        self._name_headlines()
        lead, *sections = self._split()
        self.lead = self._blocks(lead)
        self.sections = "\n".join(
            f"<section>\n{self._blocks(section)}\n</section>" for section in sections
        )

    def _name_headlines(self) -> None:
        """Give every headline an id made of its words, so that links to it stay good."""
        taken = set(_OWN)
        for block in self.blocks:
            if block["t"] != "Header":
                continue
            words = text_of(block["c"][2])
            stem = re.sub(r"[\W_]+", "-", words.casefold()).strip("-")[:60].strip("-") or "section"
            name, number = stem, 1
            while name in taken:
                number += 1
                name = f"{stem}-{number}"
            taken.add(name)
            self._ids[id(block)] = name
            if block["c"][0] <= 2:
                self.contents.append(Entry(name, words))
            elif block["c"][0] == 3 and self.contents:
                self.contents[-1].below.append(Entry(name, words))

    def _split(self) -> list[list[Node]]:
        """The lead, then the sections, each from its headline on."""
        parts: list[list[Node]] = [[]]
        for block in self.blocks:
            if block["t"] == "Header" and block["c"][0] <= 2:
                parts.append([])
            parts[-1].append(block)
        return parts

    def _blocks(self, blocks: Nodes) -> str:
        made = []
        caption: Nodes = []
        for number, block in enumerate(blocks):
            if number + 1 < len(blocks) and is_caption(block, blocks[number + 1]):
                caption = block["c"][0]["c"]
                continue
            if block["t"] == "Table":
                made.append(self._table(block["c"], caption))
                caption = []
            else:
                made.append(self._block(block))
        return "\n".join(made)

    def _block(self, block: Node) -> str:
        kind, content = block["t"], block.get("c")
        writers: dict[str, Callable[[Any], str]] = {
            "Para": lambda c: f"<p>{self._inlines(c)}</p>",
            "Plain": self._inlines,
            "BulletList": self._bullets,
            "OrderedList": self._numbered,
            "BlockQuote": self._box,
            "CodeBlock": lambda c: f'<pre class="scroll"><code>{escape(c[1])}</code></pre>',
            "HorizontalRule": lambda _: "<hr>",
            "Figure": self._figure,
            "Div": lambda c: self._blocks(c[1]),
        }
        if kind == "Header":
            level = min(max(content[0], 2), 6)  # type: ignore[index]
            words = self._inlines(content[2])  # type: ignore[index]
            name = self._ids.get(id(block))
            place = f' id="{escape(name)}"' if name else ""
            return f"<h{level}{place}>{words}</h{level}>"
        return writers[kind](content)

    def _bullets(self, items: Sequence[Nodes]) -> str:
        fields = [_field(item) for item in items]
        if all(fields):
            return self._fields([each for each in fields if each])
        lines = []
        judged = False
        for item in items:
            sign, rest = _judged(item)
            judged = judged or bool(sign)
            kind = f' class="{_kind(sign)}"' if sign else ""
            lines.append(f"<li{kind}>{_mark(sign)}{self._item(rest)}</li>")
        kind = ' class="judged"' if judged else ""
        return f"<ul{kind}>\n" + "\n".join(lines) + "\n</ul>"

    def _fields(self, fields: Sequence[tuple[Nodes, Nodes]]) -> str:
        lines = "\n".join(
            f"<div><dt>{self._inlines(label)}</dt><dd>{self._blocks(value)}</dd></div>"
            for label, value in fields
        )
        return f'<dl class="fields">\n{lines}\n</dl>'

    def _item(self, blocks: Nodes) -> str:
        return f"<div>{self._blocks(blocks)}</div>"

    def _numbered(self, content: Any) -> str:  # noqa: ANN401
        (start, _, _), items = content
        begin = f' start="{int(start)}"' if start != 1 else ""
        lines = "\n".join(f"<li>{self._blocks(item)}</li>" for item in items)
        return f"<ol{begin}>\n{lines}\n</ol>"

    def _box(self, blocks: Nodes) -> str:
        sign, rest = _judged(blocks)
        kind = f"box {_kind(sign)}" if sign else "box"
        return f'<div class="{kind}">{_mark(sign)}<div>\n{self._blocks(rest)}\n</div></div>'

    def _table(self, content: Any, caption: Nodes) -> str:  # noqa: ANN401
        _, _, columns, head, bodies, foot = content
        right = [each[0]["t"] == "AlignRight" for each in columns]

        def cells(row: Any) -> list[Cell]:  # noqa: ANN401
            return [self._cell(each[4]) for each in row[1]]

        header = cells(head[1][0]) if head[1] else []
        rows = [cells(row) for body in bodies for row in (*body[2], *body[3])]
        rows += [cells(row) for row in foot[1]]
        return table_to_html(self._inlines(caption), header, rows, right)

    def _cell(self, blocks: Nodes) -> Cell:
        sign, rest = _judged(blocks)
        total = len(rest) == 1 and [each["t"] for each in rest[0].get("c") or ()] == ["Strong"]
        words = " ".join(text_of(each.get("c")) for each in rest)
        return Cell(_mark(sign) + self._blocks(rest), words, total)

    def _figure(self, content: Any) -> str:  # noqa: ANN401
        _, _, blocks = content
        image = blocks[0]["c"][0]
        picture = self.pictures.get(image["c"][2][0]) if image["t"] == "Image" else None
        if picture is None:
            return f'<p class="missing">There is no such figure: {escape(text_of(blocks))}</p>'
        return figure_to_html(picture, self._inlines(image["c"][1]))

    def _inlines(self, parts: Nodes) -> str:
        return "".join(map(self._inline, parts))

    def _inline(self, part: Node) -> str:
        kind, content = part["t"], part.get("c")
        writers: dict[str, Callable[[Any], str]] = {
            "Str": escape,
            "Space": lambda _: " ",
            "SoftBreak": lambda _: "\n",
            "LineBreak": lambda _: "<br>",
            "Emph": lambda c: f"<em>{self._inlines(c)}</em>",
            "Strong": lambda c: f"<strong>{self._inlines(c)}</strong>",
            "Strikeout": lambda c: f"<del>{self._inlines(c)}</del>",
            "Code": lambda c: f"<code>{escape(c[1])}</code>",
            "Span": lambda c: self._inlines(c[1]),
            "Link": self._link,
            "Image": self._image,
        }
        return writers[kind](content)

    def _link(self, content: Any) -> str:  # noqa: ANN401
        _, words, (target, _) = content
        text = self._inlines(words)
        if target in self.places:
            return f'<a href="{escape(self.places[target])}">{text}</a>'
        if target.casefold().startswith(_LINKS):
            return f'<a href="{escape(target)}" rel="noopener noreferrer">{text}</a>'
        return f'<a href="{escape(target)}">{text}</a>' if self._is_here(target) else text

    def _is_here(self, target: str) -> bool:
        return target.startswith("#") and target[1:] in self._ids.values()

    def _image(self, content: Any) -> str:  # noqa: ANN401
        _, words, (target, _) = content
        picture = self.pictures.get(target)
        # A picture from elsewhere would be a request; its words stand for it.
        return self._inlines(words) if picture is None else image_to_html(picture)


def _field(blocks: Nodes) -> tuple[Nodes, Nodes] | None:
    """Label and value, where an item is `**label**: value`; otherwise None."""
    if not blocks or blocks[0]["t"] not in ("Plain", "Para"):
        return None
    inlines: Nodes = blocks[0]["c"]
    if len(inlines) < 3 or inlines[0]["t"] != "Strong" or inlines[1].get("c") != ":":
        return None
    start = 3 if inlines[2]["t"] == "Space" else 2
    return inlines[0]["c"], [{"t": "Plain", "c": inlines[start:]}, *blocks[1:]]


def _judged(blocks: Nodes) -> tuple[str, Nodes]:
    """The sign with which blocks begin, or nothing, and the blocks without it."""
    sign = sign_of(blocks)
    return sign, without_sign(blocks) if sign else blocks


def _kind(sign: str) -> str:
    return MARKS[sign].casefold()


def _mark(sign: str) -> str:
    if not sign:
        return ""
    return f'<span class="sign {_kind(sign)}" role="img" aria-label="{MARKS[sign]}">{sign}</span> '
