"""A report as PDF, typeset with Typst: tagged, with its fonts in it."""

from __future__ import annotations

import json
import re
import tempfile
import warnings
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Literal, cast

from dmaic.errors import DmaicError
from dmaic.reports.glyph import MissingFont, MissingGlyph
from dmaic.reports.pandoc import read
from dmaic.reports.picture import Pictures
from dmaic.reports.report import FOLDER, Files, Report
from dmaic.reports.style import Style
from dmaic.reports.typeset.fonts import BODY, WIDE, gather
from dmaic.reports.typeset.markup import Markup, parted
from dmaic.text import printable

_TEMPLATE = Path(__file__).parent / "typeset" / "document.typ"
_PAPER = {"a4": "a4", "letter": "us-letter"}
_ACCESSIBLE: Literal["ua-1"] = "ua-1"
"""PDF/UA-1: every figure has its text, every letter its glyph, headlines skip no level."""

_SIZE = 10.0
"""Points."""

_LARGEST, _COMFORTABLE, _SMALLEST = 11.5, 9.0, 2.0
"""Points in which a page is set that must be the only one; below the second in three columns."""

_PAGES_WITHOUT_CONTENTS = 4

_MISSING = re.compile(r"the text `\"(.*?)\"` could not be displayed")

_SECTIONS_WITH_CONTENTS = 5
_MOST_CONTENTS = 26


def write(report: Report, pictures: Pictures, style: Style) -> Files:
    """`KIND.pdf`.

    Args:
        report: composed.
        pictures: of its figures.
        style: of the client.
    """
    blocks = read(report.markdown)["blocks"]
    first = next((at for at, each in enumerate(blocks) if each["t"] == "Header"), len(blocks))
    markup = Markup({each.figure.path: each for each in pictures.values()})
    lead, body = markup.blocks(blocks[:first], lead=True), markup.blocks(blocks[first:])
    one_page = report.kind == "a3"
    with tempfile.TemporaryDirectory(prefix="dmaic-report-") as name:
        folder = Path(name)
        (folder / FOLDER).mkdir()
        (folder / "fonts").mkdir()
        gather(folder / "fonts")
        for number, font in enumerate(style.fonts.files):
            (folder / "fonts" / f"client-{number}.ttf").write_bytes(font)
        for each in pictures.values():
            (folder / each.figure.path).write_bytes(each.svg)
        if style.logo is not None:
            (folder / f"logo{style.logo.suffix}").write_bytes(style.logo.content)
        (folder / "document.typ").write_bytes(_TEMPLATE.read_bytes())
        data = json.dumps(_data(report, style, one_page), ensure_ascii=False)
        (folder / "data.json").write_text(data, "utf-8")
        (folder / "main.typ").write_text(
            f'#import "document.typ": *\n#show: body => report([{lead}], body)\n\n{body}\n',
            "utf-8",
        )
        fonts = (style.fonts.heading, style.fonts.body)
        typesetter = _Typesetter(folder, report, fonts)
        pdf = typesetter.one_page() if one_page else typesetter.pages(_contents(markup.headings))
    return {f"{report.kind}.pdf": pdf}


def _contents(headings: list[int]) -> int:
    """How deep a list of contents goes; 0 where a report is too short for one."""
    if headings.count(1) < _SECTIONS_WITH_CONTENTS:
        return 0
    return 2 if sum(level <= 2 for level in headings) <= _MOST_CONTENTS else 1


def _data(report: Report, style: Style, one_page: bool) -> dict[str, Any]:
    """What the template is told, as plain data."""
    colours = {**style.colours.model_dump(), "area": style.colours.area}
    del colours["brand"]
    body = [each for each in (style.fonts.body, BODY, WIDE) if each]
    heading = [each for each in (style.fonts.heading,) if each]
    lang, _, more = style.language.partition("-")
    logo = style.logo
    facts = [("As of", report.day.isoformat())]
    if report.sponsor:
        facts.insert(0, ("Sponsor", report.sponsor))
    if report.draft:
        facts.append(("Status", "draft"))
    return {
        "title": report.title,
        "headline": parted(report.title, 24),
        "about": report.subtitle,
        "subtitle": parted(report.subtitle, 40),
        "organisation": _short(style.organisation, 50),
        "running": _short(" · ".join(filter(None, (report.title, report.project))), 70),
        "footer": _short(style.footer, 110),
        "facts": [(name, parted(value, 40)) for name, value in facts],
        "day": [report.day.year, report.day.month, report.day.day],
        "draft": report.draft,
        "one-page": one_page,
        "paper": _PAPER[style.paper],
        "colours": colours,
        "fonts": {"body": body, "heading": heading + body},
        "lang": lang,
        "region": more.rpartition("-")[2] or None,
        "right-to-left": style.right_to_left,
        "logo": f"logo{logo.suffix}" if logo else None,
        "logo-ratio": logo.width / logo.height if logo else 1,
        "logo-alt": f"Logo of {style.organisation}" if style.organisation else "Logo",
    }


def _spoken(text: str) -> str:
    """A text as Typst's errors write it, which name some letters by their numbers."""
    return re.sub(r"\\u\{([0-9a-f]+)\}", lambda letter: chr(int(letter[1], 16)), text)


def _short(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1] + "…"


class _Typesetter:
    """Sets one report; sizes may be tried."""

    def __init__(self, folder: Path, report: Report, fonts: Iterable[str]) -> None:
        import typst

        self._fonts = {family.casefold(): family for family in fonts}

        self._compiler = typst.Compiler(
            folder / "main.typ", root=folder, font_paths=[folder / "fonts"]
        )
        self._day = int(_noon(report))
        self._standards: list[Literal["ua-1"]] = [_ACCESSIBLE]

    def pages(self, contents: int) -> bytes:
        """The report on as many pages as it takes.

        Args:
            contents: how deep its list of contents goes, where it takes more than a few.
        """
        pdf = self._set(_SIZE)
        is_long = contents and _count(pdf) > _PAGES_WITHOUT_CONTENTS
        return self._set(_SIZE, contents=contents) if is_long else pdf

    def one_page(self) -> bytes:
        """The report on a single page, in the largest letters in which it is one."""
        return self._fitted(_COMFORTABLE, columns=2) or self._fitted(_SMALLEST, columns=3) or b""

    def _fitted(self, small: float, *, columns: int) -> bytes | None:
        large, best = _LARGEST, None
        for size in (large, small):
            pdf = self._set(size, columns=columns)
            if _count(pdf) == 1:
                best = pdf
                break
        while best is not None and size < large and large - small > 0.15:
            middle = (large + small) / 2
            pdf = self._set(middle, columns=columns)
            if _count(pdf) == 1:
                small, best = middle, pdf
            else:
                large = middle
        return best

    def _set(self, size: float, *, contents: int = 0, columns: int = 1) -> bytes:
        inputs = {"size": f"{size:.2f}", "contents": str(contents), "columns": str(columns)}
        try:
            return self._compile(inputs)
        except RuntimeError as error:
            missing = "".join(map(_spoken, _MISSING.findall(str(error))))
            if not self._standards:
                raise _unset(error) from error
        if missing:
            warnings.warn(MissingGlyph(missing), stacklevel=2)
        # Better a page with a box for a letter than none.
        self._standards = []
        try:
            return self._compile(inputs)
        except RuntimeError as error:
            raise _unset(error) from error

    def _compile(self, inputs: dict[str, str]) -> bytes:
        made, told = self._compiler.compile_with_warnings(
            format="pdf", sys_inputs=inputs, timestamp=self._day,
            pdf_standards=[*self._standards],
        )  # fmt: skip
        for each in told:
            family = each.message.removeprefix(_NO_FONT)
            if family != each.message and family in self._fonts:
                warnings.warn(MissingFont(self._fonts[family]), stacklevel=2)
        return cast("bytes", made)


_NO_FONT = "unknown font family: "
"""Before a family in Typst's warning, which writes it in small letters."""


def _unset(error: RuntimeError) -> DmaicError:
    return DmaicError(
        f"Typst could not set the report: {printable(str(error), 300)}",
        "report.typst",
        "Try `--format html`, and report this.",
    )


def _noon(report: Report) -> float:
    from datetime import UTC, datetime, time

    return datetime.combine(report.day, time(12), UTC).timestamp()


def _count(pdf: bytes) -> int:
    """Pages of a file of Typst's, which writes the tree of pages plainly."""
    return len(re.findall(rb"/Type\s*/Page\b", pdf))
