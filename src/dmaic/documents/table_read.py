"""Tables of people as pieces of a document: headings matched, every cell knows its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dmaic.documents.assemble import Piece
from dmaic.documents.base import Document
from dmaic.documents.fill import is_name, named
from dmaic.documents.form import FormField, form
from dmaic.documents.table import unguarded
from dmaic.errors import DataError, Problem, suggest
from dmaic.text import name_list, printable


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as it stands in a file.

    Attributes:
        name: of the sheet, or empty.
        rows: texts by row; the first with anything in it is the header.
        place: what the file or sheet is called in messages.
    """

    name: str
    rows: Sequence[Sequence[str]]
    place: str


def piece_of_grids(
    grids: Sequence[Grid], model: type[Document], listed: str | None = None
) -> tuple[Piece, list[str]]:
    """The tables of a file as pieces, and what was left out of them in words.

    Args:
        grids: the sheets of a workbook, or the one table of a CSV file.
        model: of the document that they fill.
        listed: name of the list that the only table holds.

    Raises:
        DataError: with every problem, each with its row and column.
    """
    fields = form(model)
    wanted = named([each for each in fields if each.line], listed) if listed else None
    found: dict[str, Piece] = {}
    problems: list[Problem] = []
    notes: list[str] = []
    used = 0
    for grid in grids:
        head = next((i for i, row in enumerate(grid.rows) if any(map(str.strip, row))), None)
        if head is None:
            continue
        header = [text.strip() for text in grid.rows[head]]
        if _is_pairs(header):
            _read_pairs(grid, head, model, found, problems)
        elif (each := wanted or _list_of(grid, header, fields, alone=len(grids) == 1)) is not None:
            _read_lines(grid, head, header, each, found, problems, notes)
        else:
            notes.append(f"{grid.place} was left out: it is none of the document's lists.")
            continue
        used += 1
    if not used:
        lists = [each.label for each in fields if each.line is not None]
        problems.append(
            Problem(
                "document.no-table",
                "No table fits the document.",
                "A table begins with a row of headings: Field and Value"
                + (f", or those of {' or '.join(lists)}." if lists else "."),
                grids[0].place if grids else "",
            )
        )
    if problems:
        raise DataError.of(problems)
    return Piece(found, grids[0].place), notes


def _is_pairs(header: Sequence[str]) -> bool:
    words = [text.casefold() for text in header if text]
    return words[:2] == ["field", "value"] and len(words) <= 3


def _list_of(
    grid: Grid, header: Sequence[str], fields: Sequence[FormField], *, alone: bool
) -> FormField | None:
    """The list that a table fills: by the sheet's name, as the only one, or by its headings."""
    lists = [each for each in fields if each.line is not None]
    by_name = [each for each in lists if is_name(each, grid.name)]
    if by_name:
        return by_name[0]

    def fit(each: FormField) -> int:
        cells = form(each.line) if each.line else ()
        return sum(any(is_name(cell, text) for cell in cells) for text in header)

    best = max(lists, key=fit, default=None)
    if best is not None and (fit(best) or (alone and len(lists) == 1)):
        return best
    return None


def _read_pairs(
    grid: Grid,
    head: int,
    model: type[Document],
    found: dict[str, Piece],
    problems: list[Problem],
) -> None:
    lists = {each.name: each for each in form(model) if each.line is not None}
    lines: dict[tuple[str, str], dict[str, Piece]] = {}
    for number, row in enumerate(grid.rows[head + 1 :], start=head + 2):
        cells = [*row, "", ""]
        path, text = cells[0].strip(), unguarded(cells[1])
        where = f"{grid.place}, row {number}".lstrip(", ")
        if not path:
            if text.strip():
                problems.append(Problem("document.no-field", "A value without a field.", "", where))
            continue
        parts = path.split(".")
        if len(parts) == 3 and parts[0] in lists:
            lines.setdefault((parts[0], parts[1]), {})[parts[2]] = Piece(text, where)
        elif path in found:
            said = f'"{printable(path, 60)}" stands there twice.'
            problems.append(
                Problem("document.twice", said, f"The other is at {found[path].where}.", where)
            )
        else:
            found[path] = Piece(text, where)
    for (name, id), line in lines.items():
        first = next(iter(line.values()))
        there = found.setdefault(name, Piece([], first.where))
        if isinstance(there.value, list):
            there.value.append(Piece({"id": Piece(id, first.where), **line}, first.where))


def _read_lines(
    grid: Grid,
    head: int,
    header: Sequence[str],
    each: FormField,
    found: dict[str, Piece],
    problems: list[Problem],
    notes: list[str],
) -> None:
    cells = form(each.line) if each.line else ()
    columns: dict[int, str] = {}
    left: list[str] = []
    for place, title in enumerate(header):
        where = f"{grid.place}, row {head + 1}, column {letters(place)}".lstrip(", ")
        if not title:
            if any(len(row) > place and row[place].strip() for row in grid.rows[head + 1 :]):
                problems.append(
                    Problem("document.no-heading", "The column has no heading.", "", where)
                )
            continue
        cell = next((cell for cell in cells if is_name(cell, title)), None)
        near = suggest(title, [word for cell in cells for word in (cell.label, cell.name)])
        if cell is not None or title.casefold() in ("id", "#", "no", "no.", "nr", "nr."):
            columns[place] = title
        elif near:
            said = f'{each.label} has no field "{printable(title, 60)}".'
            problems.append(Problem("document.no-field", said, near, where))
        else:
            left.append(title)
    if left:
        notes.append(f"{name_list(left, 8)} of {grid.place} was left out: no such field.")
    if not columns:
        names = ", ".join(cell.label for cell in cells)
        problems.append(
            Problem("document.no-table", f"No heading is one of {each.label.lower()}.",
                    f"Headings are {names}.", grid.place)
        )  # fmt: skip
    made = []
    for number, row in enumerate(grid.rows[head + 1 :], start=head + 2):
        if not any(text.strip() for text in row):
            continue
        where = f"{grid.place}, row {number}".lstrip(", ")
        made.append(
            Piece(
                {
                    title: Piece(
                        unguarded(row[place]) if len(row) > place else "",
                        f'{where}, column "{printable(title, 40)}"',
                    )
                    for place, title in columns.items()
                },
                where,
            )
        )
    there = found.setdefault(each.name, Piece([], grid.place))
    if isinstance(there.value, list):
        there.value.extend(made)


def letters(place: int) -> str:
    """The letters of a column, as spreadsheets name it: A, Z, AA.

    Args:
        place: counted from 0.
    """
    shown = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        shown = chr(65 + rest) + shown
    return shown
