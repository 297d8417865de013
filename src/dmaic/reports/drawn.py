"""Charts that were drawn before, kept beside the record: drawing is most of a report's time."""

from __future__ import annotations

import contextlib
import hashlib
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from dmaic.errors import DmaicError
from dmaic.file import read_small
from dmaic.output import write_bytes
from dmaic.result import Reply

_MOST = 400
"""Charts that are kept; those of a large project are about thirty."""

_SIZE = re.compile(rb'<svg\b[^>]*? width="([\d.]+)pt" height="([\d.]+)pt"')
_POINTS = 72
_LARGEST = 50_000_000


def key_of(draw: Callable[[], Any]) -> str:
    """What tells a chart from every other one; empty where nothing tells it surely.

    Args:
        draw: draws it. The `plot` of a reply draws what the reply's fields say.
    """
    owner = getattr(draw, "__self__", None)
    if not isinstance(owner, Reply) or draw != owner.plot or owner.__pydantic_private__:
        return ""
    return key_for(type(owner).__qualname__, owner.model_dump_json())


def key_for(*said: str) -> str:
    """What tells a chart from every other one.

    Args:
        said: all that is drawn, and what draws it.
    """
    text = "\n".join((_code(), *said))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


class Drawn:
    """Charts that were drawn before.

    Args:
        folder: where they are kept, or None for nowhere; made where it is missing.
    """

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    def find(self, key: str) -> tuple[bytes, float, float] | None:
        """A chart as SVG, with its width and height in inches, or None.

        Args:
            key: of it.
        """
        if self._folder is None or not key:
            return None
        try:
            kept = read_small(self._folder / f"{key}.svg", _LARGEST)
        except OSError:
            return None
        svg, seal = kept[:-_SEALED], kept[-_SEALED:]
        size = _SIZE.search(svg[:2000])
        # Another picture in its place, or half of one, would be shown as the project's chart.
        if size is None or seal != _seal(key, svg):
            return None
        return svg, float(size[1]) / _POINTS, float(size[2]) / _POINTS

    def keep(self, key: str, svg: bytes) -> None:
        """Keep a chart; where it cannot be kept it is drawn again the next time.

        Args:
            key: of it.
            svg: the chart.
        """
        if self._folder is None or not key:
            return
        with contextlib.suppress(OSError, DmaicError):
            self._folder.mkdir(mode=0o700, exist_ok=True)
            kept = list(self._folder.glob("*.svg"))
            if len(kept) >= _MOST:
                for each in sorted(kept, key=lambda path: path.stat().st_mtime)[: _MOST // 2]:
                    each.unlink(missing_ok=True)
            write_bytes(self._folder / f"{key}.svg", svg + _seal(key, svg))


def _seal(key: str, svg: bytes) -> bytes:
    """A comment behind a chart that is kept, by which it is known as the one that was drawn."""
    return f"<!-- {hashlib.sha256(key.encode() + svg).hexdigest()} -->\n".encode()


_SEALED = len(_seal("", b""))


@cache
def _code() -> str:
    """By what charts are drawn: the library, and dmaic's own code for it."""
    from importlib.metadata import version

    folder = Path(__file__).parents[1] / "charts"
    files = [*sorted(folder.rglob("*.py")), Path(__file__).with_name("picture.py")]
    code = [(path.name, path.stat().st_mtime_ns) for path in files]
    return f"{version('matplotlib')} {code}"
