"""The files that a style names: logo, fonts, reference documents; checked before they are used."""

from __future__ import annotations

import io
import re
import struct
import tempfile
import zipfile
import zlib
from pathlib import Path

from dmaic.reports.style import Logo
from dmaic.text import printable

_LARGEST_LOGO = 2_000_000
_LARGEST_FONT = 20_000_000
_LARGEST_UNPACKED = 100_000_000
_LARGEST_XML = 5_000_000
"""Bytes of all XML of a reference document; styles and pages of a real one have a tenth of it."""
_FONTS = 100
"""Fonts of a collection."""

_PIXELS = 10_000
_AREA = 25_000_000
"""Pixels of a picture; unpacked, each takes four bytes wherever it is read."""

_RELATION = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>")
_OUTSIDE = re.compile(rb"TargetMode\s*=\s*[\"']\s*External", re.IGNORECASE)
_LINK = re.compile(rb"Type\s*=\s*[\"'][^\"']*/hyperlink[\"']")

_XML = (".xml", ".rels")

_UNITS = {"": 1, "px": 1, "pt": 96 / 72, "pc": 16, "in": 96, "cm": 96 / 2.54, "mm": 96 / 25.4}
"""Unit of a length in an SVG -> pixels."""

_PARTS = {"reference_docx": "word/document.xml", "reference_pptx": "ppt/presentation.xml"}
_ACTIVE = re.compile(
    rb"<!ENTITY|<!DOCTYPE[^>]*\[|<(?:\w+:)?script|<(?:\w+:)?foreignObject|\\[0-9a-f]|\son\w+\s*=|@import"
    rb"|(?:href|src)\s*=\s*[\"']\s*(?!#|data:image/(?:png|jpeg))|url\(\s*[\"']?\s*(?!#)",
    re.IGNORECASE,
)
"""What an SVG needs to act or to fetch something."""


def read_logo(content: bytes) -> Logo:
    """A logo of a file's bytes; what it is, is told by the bytes, not by the name.

    Args:
        content: of the file.

    Raises:
        ValueError: why it is none, in words behind its name.
    """
    if len(content) > _LARGEST_LOGO:
        raise ValueError(f"is larger than {_LARGEST_LOGO // 1_000_000} MB")
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        width, height = struct.unpack(">II", content[16:24].ljust(8, b"\0"))
        return _logo(content, "image/png", width, height)
    if content.startswith(b"\xff\xd8\xff"):
        return _logo(content, "image/jpeg", *_jpeg_size(content))
    if b"<svg" in content[:4096]:
        return _logo(content, "image/svg+xml", *_svg_size(content))
    raise ValueError("is no picture; a logo is an SVG, PNG or JPEG file")


def check_reference(field: str, content: bytes) -> bytes:
    """A reference document, as it is.

    Args:
        field: `reference_docx` or `reference_pptx`.
        content: of the file.

    Raises:
        ValueError: why it is none, in words behind its name.
    """
    word = field.removeprefix("reference_").upper()
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            names = {each.filename for each in members}
            size = sum(each.file_size for each in members)
            text = sum(each.file_size for each in members if each.filename.endswith(_XML))
            relations = [
                archive.read(each)
                for each in members
                if text <= _LARGEST_XML and each.filename.endswith(".rels")
            ]
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError,
            NotImplementedError, struct.error) as error:  # fmt: skip
        raise ValueError(f"is no {word} file") from error
    if _PARTS[field] not in names:
        raise ValueError(f"is no {word} file")
    if any(name.rpartition("/")[2].casefold().startswith("vbaproject") for name in names):
        raise ValueError("holds macros; save it without them")
    if size > _LARGEST_UNPACKED:
        raise ValueError(f"unpacks to more than {_LARGEST_UNPACKED // 1_000_000} MB")
    if text > _LARGEST_XML:
        raise ValueError(f"holds more than {_LARGEST_XML // 1_000_000} MB of text; empty it")
    outside = [each for part in relations for each in _RELATION.findall(part)
               if _OUTSIDE.search(each) and not _LINK.search(each)]  # fmt: skip
    if outside and field == "reference_pptx":
        # Whoever opens the deck would fetch it: a picture, an object. Of a DOCX nothing but styles
        # is taken, and most that companies have name the template that they were made from.
        raise ValueError("takes something from outside of it, such as a picture; save it without")
    return content


def check_font(content: bytes) -> bytes:
    """A font, as it is.

    Args:
        content: of the file.

    Raises:
        ValueError: why it is none, in words behind its name.
    """
    if content[:4] not in (b"\0\1\0\0", b"OTTO", b"true", b"ttcf"):
        raise ValueError("is no font; a font is a TTF or OTF file")
    if len(content) > _LARGEST_FONT:
        raise ValueError(f"is larger than {_LARGEST_FONT // 1_000_000} MB")
    # Programs believe what a collection says of the number of its fonts, up to four billion.
    starts = [0]
    if content[:4] == b"ttcf":
        count = int.from_bytes(content[8:12], "big")
        starts = [int.from_bytes(content[12 + 4 * at : 16 + 4 * at], "big")
                  for at in range(min(count, _FONTS))]  # fmt: skip
        if not 0 < count <= _FONTS:
            raise ValueError("is no font that can be read")
    if not all(_has_tables(content, start) for start in starts):
        raise ValueError("is no font that can be read")
    return content


def _has_tables(content: bytes, start: int) -> bool:
    """Whether the tables of a font lie within its file."""
    count = int.from_bytes(content[start + 4 : start + 6], "big")
    heads = [content[start + 12 + 16 * at : start + 28 + 16 * at] for at in range(count)]
    return count > 0 and all(
        len(head) == 16
        and int.from_bytes(head[8:12], "big") + int.from_bytes(head[12:], "big") <= len(content)
        for head in heads
    )


def _logo(content: bytes, media_type: str, width: float, height: float) -> Logo:
    if not (0 < width <= _PIXELS and 0 < height <= _PIXELS):
        raise ValueError(f"has no size, or more than {_PIXELS:,} points a side")
    if media_type != "image/svg+xml" and width * height > _AREA:
        raise ValueError(f"has more than {_AREA // 1_000_000} million pixels")
    if width / height > 20 or height / width > 20:
        raise ValueError("is more than twenty times as long as it is wide")
    logo = Logo.model_validate(
        {"content": content, "media_type": media_type, "width": width, "height": height}
    )
    _try(logo)
    return logo


def _try(logo: Logo) -> None:
    """Draw it small: what cannot be drawn, or not for ever, is told here and not by each format."""
    import typst

    with tempfile.TemporaryDirectory(prefix="dmaic-logo-") as folder:
        (Path(folder) / f"logo{logo.suffix}").write_bytes(logo.content)
        source = Path(folder) / "main.typ"
        source.write_text(
            "#set page(width: 20pt, height: 20pt, margin: 0pt)\n"
            f'#image("logo{logo.suffix}", width: 100%, height: 100%)',
            "utf-8",
        )
        try:
            typst.compile(source, root=Path(folder), format="png", ppi=20)
        except RuntimeError as error:
            raise ValueError(f"cannot be drawn: {printable(str(error), 120)}") from None


def _jpeg_size(content: bytes) -> tuple[float, float]:
    at = 2
    while at + 9 < len(content) and content[at] == 0xFF:
        marker, length = content[at + 1], int.from_bytes(content[at + 2 : at + 4], "big")
        # A frame's header, of whatever kind of coding; C4, C8 and CC are tables.
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            return width, height
        at += 2 + length
    return 0, 0


def _svg_size(content: bytes) -> tuple[float, float]:
    from xml.etree import ElementTree

    found = _ACTIVE.search(content)
    if found:
        said = found[0].decode("ascii", "replace").strip()
        raise ValueError(f'holds "{said}"; a logo neither acts nor fetches anything')
    try:
        root = ElementTree.fromstring(content)
    except (ElementTree.ParseError, ValueError) as error:
        raise ValueError("is no SVG that can be read") from error
    if root.tag.rpartition("}")[2] != "svg":
        raise ValueError("is no SVG that can be read")
    box = re.findall(r"-?[\d.]+(?:e-?\d+)?", root.get("viewBox", ""))
    try:
        if len(box) == 4:
            return float(box[2]), float(box[3])
        return _side(root.get("width", "")), _side(root.get("height", ""))
    except ValueError:
        return 0, 0


def _side(said: str) -> float:
    """A length in pixels; 0 where it says none, as `100%` does."""
    found = re.fullmatch(r"\s*([\d.]+)\s*([a-z]*)\s*", said)
    return float(found[1]) * _UNITS.get(found[2], 0) if found else 0
