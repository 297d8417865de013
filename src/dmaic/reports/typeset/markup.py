"""Pandoc's tree of a report as Typst's markup, in which every text is a string."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Any

from dmaic.reports.dialect import Node, is_caption, sign_of, text_of, without_sign
from dmaic.reports.picture import Picture
from dmaic.reports.typeset.table import columns_of

_SIGNS = {"✓": "good", "!": "warn", "✗": "bad", "○": "todo"}
"""Sign of a judged line -> what the template calls it."""

LONG = 60
"""Letters of a word that may have to be broken in running text."""

_LONG_IN_CELL = 14
_PIECE = 5
_NOTHING: Node = {"t": ""}
_POINTS = 72
_WHOLE = 12
"""Lines of a table that stays on one page."""


@dataclass
class Markup:
    """Writes the blocks of one report.

    Attributes:
        pictures: path in the Markdown -> picture.
        headings: level of each heading written.
    """

    pictures: Mapping[str, Picture]
    headings: list[int] = field(default_factory=list)

    def blocks(self, blocks: Sequence[Node], *, lead: bool = False) -> str:
        """Markup of some blocks.

        Args:
            blocks: of pandoc's tree.
            lead: they stand before the first headline.
        """
        made, skip = [], False
        for block, following in zip_longest(blocks, blocks[1:], fillvalue=_NOTHING):
            if skip:
                skip = False
            elif is_caption(block, following):
                made.append(self._table(following["c"], self.inlines(block["c"][0]["c"])))
                skip = True
            elif lead and block["t"] == "BlockQuote":
                made.append(f"#callout(lead: true)[{self.blocks(block['c'])}]")
            else:
                made.append(self._block(block))
        return "\n\n".join(made)

    def _block(self, block: Node) -> str:
        kind, content = block["t"], block.get("c")
        writers: dict[str, Callable[[Any], str]] = {
            "Para": self.inlines,
            "Plain": self.inlines,
            "Header": self._header,
            "BulletList": self._bullets,
            "OrderedList": self._numbers,
            "BlockQuote": lambda each: f"#callout[{self.blocks(each)}]",
            "CodeBlock": lambda each: f"#raw({string(each[1])}, block: true)",
            "HorizontalRule": lambda _: '#line(length: 100%, stroke: 0.4pt + colour("rule"))',
            "Table": lambda each: self._table(each, None),
            "Figure": lambda each: self._figure(each),
            "Div": lambda each: self.blocks(each[1]),
        }
        return writers[kind](content) if kind in writers else f"#{string(text_of(block))};"

    def _header(self, content: Any) -> str:  # noqa: ANN401
        # A reader of the tagged file is told no level that was skipped.
        level = min(max(content[0] - 1, 1), (self.headings or [0])[-1] + 1)
        self.headings.append(level)
        return f"#heading(level: {level})[{self.inlines(content[2])}]"

    def _bullets(self, items: list[list[Node]]) -> str:
        if any(map(sign_of, items)):
            return f"#judged({', '.join(map(self._judged, items))})"
        return "#list(" + ", ".join(f"[{self.blocks(item)}]" for item in items) + ")"

    def _judged(self, item: list[Node]) -> str:
        sign = sign_of(item)
        body = self.blocks(without_sign(item) if sign else item)
        return f'("{_SIGNS.get(sign, "plain")}", [{body}])'

    def _numbers(self, content: Any) -> str:  # noqa: ANN401
        (start, *_), items = content
        made = ", ".join(f"[{self.blocks(item)}]" for item in items)
        return f"#enum(start: {int(start)}, {made})"

    def _figure(self, content: Any) -> str:  # noqa: ANN401
        inner = content[2]
        images = [
            each
            for block in inner
            for each in block.get("c", ())
            if isinstance(each, dict) and each["t"] == "Image"
        ]
        return self._chart(images[0]) if images else self.blocks(inner)

    def _chart(self, image: Node) -> str:
        _, shown, (path, _) = image["c"]
        picture = self.pictures.get(path)
        if picture is None:
            return f"#emph[{self.inlines(shown)}]"
        return (
            f"#chart({string(path)}, {string(picture.figure.alt)}, [{self.inlines(shown)}], "
            f"{picture.width * _POINTS:.0f}pt, {picture.height * _POINTS:.0f}pt)"
        )

    def _table(self, content: Any, caption: str | None) -> str:  # noqa: ANN401
        _, _, specs, head, bodies, foot = content
        header = [row[1] for row in head[1]]
        rows = [row[1] for body in bodies for row in (*body[2], *body[3])]
        rows += [row[1] for row in foot[1]]
        widths = columns_of([*header, *rows], len(specs))
        aligns = ", ".join(_ALIGN.get(spec[0]["t"], "start") for spec in specs)
        cells = [
            f"table.cell(breakable: {'true' if self._is_long(row) else 'false'})"
            f"[{self._cell(cell)}]"
            for row in rows
            for cell in row
        ]
        titles = "".join(f"[{self._cell(cell)}], " for cell in (header[0] if header else ()))
        whole = "true" if sum(map(_lines, rows)) <= _WHOLE else "false"
        return (
            f"#tabular(({widths.columns},), ({aligns},), {widths.size:.3f}, "
            f"{'none' if caption is None else f'[{caption}]'}, {whole}, ({titles}),\n  "
            + ",\n  ".join(cells)
            + ")"
        )

    def _is_long(self, row: Sequence[Any]) -> bool:
        return any(len(text_of(cell[4])) > 900 for cell in row)

    def _cell(self, cell: Any) -> str:  # noqa: ANN401
        sign = sign_of(cell[4])
        if not sign:
            return self._narrow(cell[4])
        return f'#sign("{_SIGNS[sign]}")#h(0.3em){self._narrow(without_sign(cell[4]))}'

    def _narrow(self, blocks: Sequence[Node]) -> str:
        return "\n\n".join(
            self.inlines(block["c"], _LONG_IN_CELL)
            if block["t"] in ("Plain", "Para")
            else self._block(block)
            for block in blocks
        )

    def inlines(self, inlines: Sequence[Node], long: int = LONG) -> str:
        """Markup of the inlines of a paragraph.

        Args:
            inlines: of pandoc's tree.
            long: letters of a word from which on it may be broken.
        """
        made: list[str] = []
        text = ""
        for each in inlines:
            kind: str = each["t"]
            content: Any = each.get("c")
            if kind in _PLAIN:
                text += content if kind == "Str" else " "
                continue
            made.append(_text(text, long))
            text = ""
            if kind in _MARKS:
                made.append(f"#{_MARKS[kind]}[{self.inlines(content, long)}]")
            elif kind == "LineBreak":
                made.append("#linebreak();")
            elif kind == "Code":
                made.append(_text(content[1], long, "raw({})"))
            elif kind == "Link":
                made.append(self._link(content, long))
            elif kind == "Image":
                made.append(self._chart(each))
            elif kind == "Span":
                made.append(self.inlines(content[1], long))
            else:
                made.append(_text(text_of(each), long))
        return "".join([*made, _text(text, long)])

    def _link(self, content: Any, long: int) -> str:  # noqa: ANN401
        _, shown, (target, _) = content
        inner = self.inlines(shown, long)
        return inner if target.startswith("#") else f"#link({string(target)})[{inner}]"


def _lines(row: Sequence[Any]) -> int:
    """About how many lines a row takes, one long text among short ones supposed."""
    return 1 + max((len(text_of(cell[4])) // 60 for cell in row), default=0)


def string(text: str) -> str:
    """A text as a string of Typst's.

    Args:
        text: any.
    """
    return '"' + re.sub(r'[\\"\x00-\x1f\x7f]', _escape, text) + '"'


def parted(text: str, long: int) -> list[tuple[str, bool]]:
    """The text in parts, those of very long words marked to be boxed, so that lines break between.

    A rule of the template could find such places by itself, but rules nest as deep as they find
    places in a paragraph, and Typst stops that at some hundreds.

    Args:
        text: any.
        long: letters from which on a word may be broken.
    """
    parts: list[tuple[str, bool]] = []
    at = 0
    for word in re.finditer(rf"\S{{{long},}}", text):
        pieces = _pieces(word[0])
        if len(pieces) > 1:
            parts += [(text[at : word.start()], False), *((piece, True) for piece in pieces)]
            at = word.end()
    return [part for part in (*parts, (text[at:], False)) if part[0]]


def _pieces(word: str) -> list[str]:
    # Chinese, Japanese and Korean are broken between any letters without help.
    if any("\u2e80" <= letter < "\ufb00" for letter in word):
        return [word]
    pieces = [""]
    for letter in word:
        # An accent, or what is joined to an emoji, stays with what it follows.
        bound = unicodedata.category(letter)[0] == "M" or letter == "\u200d"
        if len(pieces[-1]) >= _PIECE and not bound and pieces[-1][-1] != "\u200d":
            pieces.append("")
        pieces[-1] += letter
    return pieces


_PLAIN = frozenset({"Str", "Space", "SoftBreak"})
_MARKS = {"Emph": "emph", "Strong": "strong", "Strikeout": "strike"}
_ALIGN = {"AlignRight": "end", "AlignCenter": "center"}


def _escape(letter: re.Match[str]) -> str:
    return f"\\{letter[0]}" if letter[0] in '\\"' else f"\\u{{{ord(letter[0]):x}}}"


def _text(text: str, long: int, wrap: str = "{}") -> str:
    return "".join(
        f"#box({wrap.format(string(part))});" if boxed else f"#{wrap.format(string(part))};"
        for part, boxed in parted(text, long)
    )
