"""The document that a deck begins with, dmaic's or the client's: its size, layouts and places."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree

from dmaic.errors import DataError
from dmaic.reports.office.archive import CONTENT_TYPES, Parts, unpack
from dmaic.reports.office.drawing import SHOW, Box
from dmaic.reports.office.theme import MAIN

PRESENTATION = "ppt/presentation.xml"
_P, _A = f"{{{SHOW}}}", f"{{{MAIN}}}"
_GONE = re.compile(r"ppt/(slides|notesSlides|comments|handoutMasters)/|docProps/(thumbnail|core)")


@dataclass(frozen=True, slots=True)
class Layout:
    """A layout of slides.

    Attributes:
        path: of its part.
        holders: kind and number of each place, such as `("title", 0)`, and where it is.
    """

    path: str
    holders: dict[tuple[str, int], Box | None]

    def index(self, *kinds: str) -> int | None:
        """Number of the first place of a kind.

        Args:
            kinds: each will do.
        """
        return next((number for kind, number in self.holders if kind in kinds), None)


@dataclass(frozen=True, slots=True)
class Base:
    """A document without slides.

    Attributes:
        parts: of it.
        width: of a slide, in EMU.
        height: of a slide.
        title: layout of the first slide.
        text: layout of slides with a title and text.
        free: layout of slides with a title alone.
        content: where charts, tables and texts stand.
        title_size: of the titles' font, in points.
    """

    parts: Parts
    width: int
    height: int
    title: Layout
    text: Layout
    free: Layout
    content: Box
    title_size: float

    @classmethod
    def of(cls, content: bytes, where: str) -> Base:
        """Read a document; the slides that it has are left out.

        Args:
            content: of a PPTX.
            where: what it is, for the message.

        Raises:
            DataError: `report.reference`, it cannot be used.
        """
        parts = unpack(content, where, PRESENTATION)
        try:
            return cls._read(_without_slides(parts))
        except (ElementTree.ParseError, KeyError, ValueError, UnicodeDecodeError) as error:
            raise DataError(
                "The reference document cannot be used: its layouts cannot be read.",
                code="report.reference",
                where=where,
                hint="Open it in PowerPoint and save it anew as .pptx, or leave it out.",
            ) from error

    @classmethod
    def _read(cls, parts: Parts) -> Base:
        show = _tree(parts[PRESENTATION])
        size = _found(show, "sldSz")
        width, height = int(size.get("cx", "")), int(size.get("cy", ""))
        master = _related(parts, PRESENTATION, "slideMaster")[0]
        inherited = _holders(_tree(parts[master]))
        layouts: dict[str, Layout] = {}
        first = None
        for path in _related(parts, master, "slideLayout"):
            tree = _tree(parts[path])
            holders = {
                key: box or _inherited(key, inherited) for key, box in _holders(tree).items()
            }
            layout = Layout(path, holders)
            first = first or layout
            layouts.setdefault(tree.get("type", ""), layout)
        if first is None:
            raise ValueError("no layouts")
        text = layouts.get("obj", layouts.get("tx", first))
        number = text.index("body", "obj")
        place = next((box for key, box in text.holders.items() if key[1] == number), None)
        margin = width // 20
        room = Box(margin, height // 5, width - 2 * margin, height * 7 // 10)
        return cls(
            parts, width, height, layouts.get("title", first), text,
            layouts.get("titleOnly", text), place or room, _title_size(_tree(parts[master])),
        )  # fmt: skip


def _without_slides(parts: Parts) -> Parts:
    kept = {name: part for name, part in parts.items() if not _GONE.match(name)}
    show = kept[PRESENTATION].decode()
    # Lists of slides, their sections and their notes; what is left knows of no slide.
    for name in ("p:sldIdLst", "p:custShowLst", "p:extLst", "p:handoutMasterIdLst"):
        show = re.sub(rf"<{name}\b[^>]*/>|<{name}\b.*?</{name}>", "", show, flags=re.S)
    kept[PRESENTATION] = show.encode()
    places = "ppt/_rels/presentation.xml.rels"
    kept[places] = _dropped(kept[places], r"(slides|notesSlides|comments|handoutMasters)/")
    if "_rels/.rels" in kept:
        kept["_rels/.rels"] = _dropped(kept["_rels/.rels"], r"docProps/(thumbnail|core)")
    types = kept[CONTENT_TYPES].decode()
    types = re.sub(
        r'<Override\b[^>]*PartName="/(ppt/(slides|notesSlides|comments|handoutMasters)/|docProps/core)'
        r"[^>]*/>",
        "",
        types,
    )
    kept[CONTENT_TYPES] = types.encode()
    return kept


def _dropped(relations: bytes, targets: str) -> bytes:
    pattern = rf'<Relationship\b(?=[^>]*Target="/?(ppt/)?{targets})[^>]*/>'
    return re.sub(pattern, "", relations.decode()).encode()


def _tree(part: bytes) -> ElementTree.Element:
    return ElementTree.fromstring(part)


def _found(tree: ElementTree.Element, name: str) -> ElementTree.Element:
    found = tree.find(f"{_P}{name}")
    if found is None:
        raise ValueError(name)
    return found


def _related(parts: Parts, path: str, kind: str) -> list[str]:
    """Paths of the parts of a kind that a part names, in its order."""
    folder, name = posixpath.split(path)
    made = []
    for each in _tree(parts[f"{folder}/_rels/{name}.rels"]):
        if each.get("Type", "").endswith(f"/{kind}"):
            target = each.get("Target", "")
            made.append(posixpath.normpath(posixpath.join(f"/{folder}", target)).lstrip("/"))
    if not made:
        raise ValueError(kind)
    return made


def _holders(tree: ElementTree.Element) -> dict[tuple[str, int], Box | None]:
    made: dict[tuple[str, int], Box | None] = {}
    for each in tree.iter(f"{_P}sp"):
        holder = each.find(f"{_P}nvSpPr/{_P}nvPr/{_P}ph")
        if holder is not None:
            key = (holder.get("type", "obj"), int(holder.get("idx", "0")))
            made[key] = _box(each.find(f"{_P}spPr/{_A}xfrm"))
    return made


def _title_size(master: ElementTree.Element) -> float:
    looks = master.find(f"{_P}txStyles/{_P}titleStyle/{_A}lvl1pPr/{_A}defRPr")
    return int(looks.get("sz", "4400") if looks is not None else "4400") / 100


def _box(place: Any) -> Box | None:  # noqa: ANN401  an element or None
    if place is None:
        return None
    spot, size = place.find(f"{_A}off"), place.find(f"{_A}ext")
    if spot is None or size is None:
        return None
    return Box(int(spot.get("x")), int(spot.get("y")), int(size.get("cx")), int(size.get("cy")))


_LIKE = {"obj": "body", "ctrTitle": "title", "subTitle": "body"}


def _inherited(key: tuple[str, int], master: dict[tuple[str, int], Box | None]) -> Box | None:
    kind = _LIKE.get(key[0], key[0])
    return next((box for (other, _), box in master.items() if other == kind), None)
