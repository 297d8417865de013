"""What stands below the table: totals, footers, blank rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from dmaic.churn.source.header import Row, cell_kind
from dmaic.result import Finding
from dmaic.text import plural, printable

MOST = 12
"""Rows at the bottom that are looked at."""

_TOTALS = {
    "total", "totals", "grand total", "grand totals", "subtotal", "sub total", "sub-total",
    "overall total", "report total", "column total", "sum", "sums", "summe", "gesamt",
    "gesamtsumme", "insgesamt", "gesamtergebnis", "total général", "total general", "totaux",
    "somme", "totale", "totali", "somma", "totales", "suma", "suma total", "totaal", "totalt",
    "summa", "razem", "ogółem", "celkem", "итого", "всего", "合计", "合計", "总计", "總計", "합계",
    "toplam", "total geral",
}  # fmt: skip
_FOOTERS = (
    "generated", "exported", "created", "printed", "report", "source", "page ", "note", "filter",
    "confidential", "copyright", "©", "end of", "data as of", "as of ", "erstellt", "stand",
    "quelle", "généré", "fuente", "generado", "rows:", "records:", "*", "--", "==",
)  # fmt: skip

Part = Literal["blank", "totals", "footer"]


@dataclass(frozen=True, slots=True)
class Tail:
    """What is left out at the bottom.

    Attributes:
        rows: how many of the last rows, blank ones included.
        findings: what they were.
    """

    rows: int
    findings: tuple[Finding, ...] = ()


def find_tail(rows: Sequence[Row], width: int, skip_last: int | None) -> Tail:
    """How many of the last rows do not belong to the table.

    Args:
        rows: the last rows of the file with their numbers (0 where unknown), in order.
        width: number of columns of the table.
        skip_last: leave out exactly so many, and guess nothing; None to find out.
    """
    if skip_last is not None:
        return Tail(_count_filled(rows, skip_last))
    totals: list[Row] = []
    footers: list[Row] = []
    left_out = 0
    for done, row in enumerate(reversed(rows[-MOST:]), start=1):
        part = classify(row[1], width)
        if part is None:
            break
        if part == "totals":
            totals.insert(0, row)
        elif part == "footer":
            footers.insert(0, row)
        left_out = done
    findings = []
    if totals:
        findings.append(_totals_found(totals))
    if footers:
        findings.append(_footers_found(footers))
    return Tail(left_out, tuple(findings))


def classify(cells: Sequence[str], width: int) -> Part | None:
    """What a row at the bottom is, or None for a row of the table.

    Args:
        cells: its cells.
        width: number of columns of the table.
    """
    filled = [cell.strip() for cell in cells if cell.strip()]
    if not filled:
        return "blank"
    if width < 2:
        return None
    first, others = filled[0], filled[1:]
    if others and is_total(first) and all(_is_figure(cell) for cell in others):
        return "totals"
    if not others and cells[0].strip() and (width > 2 or len(cells) == 1):
        if is_total(first):
            return "totals"
        text = first.casefold()
        if text.startswith(_FOOTERS) or " " in first:
            return "footer"
    return None


def is_total(cell: str) -> bool:
    """Whether a cell says that its row sums the others up."""
    text = cell.strip().casefold()
    if text.endswith(")") and "(" in text:
        text = text[: text.rindex("(")]
    return text.strip(" :*=-–.").strip() in _TOTALS


def _is_figure(cell: str) -> bool:
    return cell_kind(cell) == "number" or cell in ("-", "–", "—", "n/a", "N/A")


def _count_filled(rows: Sequence[Row], wanted: int) -> int:
    """How many of the last rows hold `wanted` filled ones; blank rows below them go too."""
    left_out = filled = 0
    for done, (_, cells) in enumerate(reversed(rows), start=1):
        if any(cell.strip() for cell in cells):
            if filled == wanted:
                break
            filled += 1
        left_out = done
    return left_out


def _numbers(rows: Sequence[Row]) -> tuple[int, ...]:
    return tuple(number for number, _ in rows if number)[:5]


def _totals_found(rows: Sequence[Row]) -> Finding:
    cells = rows[0][1]
    words = printable(" ".join(cell.strip() for cell in cells if cell.strip()), 60)
    verb = "sums up the others and is" if len(rows) == 1 else "sum up the others and are"
    return Finding(
        code="totals-row",
        level="warning",
        message=f'{plural(len(rows), "row")} at the bottom ("{words}") {verb} left out.',
        hint="If it is a row like the others, keep it with --skip-last 0.",
        count=len(rows),
        rows=_numbers(rows),
    )


def _footers_found(rows: Sequence[Row]) -> Finding:
    text = printable(next(cell for cell in rows[0][1] if cell.strip()).strip(), 60)
    return Finding(
        code="footer-lines",
        level="info",
        message=f'{plural(len(rows), "line")} below the table left out ("{text}").',
        hint="If they are rows like the others, keep them with --skip-last 0.",
        count=len(rows),
        rows=_numbers(rows),
    )
