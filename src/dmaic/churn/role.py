"""Which column of an export plays which role: customer, churned, value and so on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from dmaic.churn.column import Column
from dmaic.churn.role_word import EXACT, UNLESS, WITHIN, YEARLY, normalise
from dmaic.errors import Problem, UsageError, suggest
from dmaic.text import name_list, printable

if TYPE_CHECKING:
    from dmaic.churn.preset import Preset

Role = Literal[
    "customer", "subscription", "churned", "churned_at", "signup", "segment", "plan", "region",
    "reason", "value", "currency", "interval", "tenure",
]  # fmt: skip

ROLES: tuple[Role, ...] = (
    "customer", "churned", "churned_at", "signup", "segment", "plan", "region", "reason", "value",
    "currency", "interval", "tenure", "subscription",
)  # fmt: skip
"""All roles, in the order they are told."""

NONE = "none"
"""Said of a role that no column shall play."""

Origin = Literal["option", "preset", "header"]


@dataclass(frozen=True, slots=True)
class Roles:
    """The columns that play a role.

    Attributes:
        columns: role -> column.
        alternatives: role -> further columns whose header fits, the better ones first.
        origins: role -> how it was found.
        value_factor: 1/12 where the value column's header says that its amounts are those of a
            year, so that they become monthly ones; else 1. A preset's scale comes on top.
        aliases: shorter name -> column, such as `industry` for `industry (metadata)`.
    """

    columns: Mapping[str, Column] = field(default_factory=dict)
    alternatives: Mapping[str, tuple[Column, ...]] = field(default_factory=dict)
    origins: Mapping[str, Origin] = field(default_factory=dict)
    value_factor: float = 1.0
    aliases: Mapping[str, str] = field(default_factory=dict)

    def get(self, role: str) -> Column | None:
        """The column that plays a role, or None."""
        return self.columns.get(role)

    def items(self) -> Iterator[tuple[str, Column]]:
        """Role and column, in the order roles are told."""
        return ((role, self.columns[role]) for role in ROLES if role in self.columns)

    def names(self) -> dict[str, str]:
        """Role -> column name, aliases included, for conditions and dimensions."""
        return {**self.aliases, **{role: column.name for role, column in self.items()}}

    def line(self, readings: Mapping[str, str] | None = None) -> str:
        """The choice in one line: `churned = Churn (Yes/No), value = MonthlyCharges`.

        Args:
            readings: column name -> reading in words.
        """
        told = []
        for role, column in self.items():
            reading = (readings or {}).get(column.name, "")
            shown = f" ({printable(reading, 40)})" if reading else ""
            told.append(f"{role} = {printable(column.name, 60)}{shown}")
        return ", ".join(told)


def recognise(
    columns: Sequence[Column],
    overrides: Mapping[str, str] | None = None,
    preset: Preset | None = None,
) -> Roles:
    """Find the columns that play the roles.

    What the person names comes first, then what the preset names, then headers: a whole header
    that is known before one that holds a known phrase, a preferred word before a lesser one, and
    then the order of the columns. No column plays two roles. For `churned` the header makes a
    candidate only; whether its cells say yes and no is for the reader of flags to tell.

    Args:
        columns: the columns of the export.
        overrides: role -> column name, exact or else in any case; `none` (where no column is
            called so) means that no column plays the role.
        preset: the preset that applies.

    Raises:
        UsageError: an override names a column that is not there (`role.unknown-column`), or two
            name the same one (`role.column-twice`).
    """
    chosen: dict[str, Column] = {}
    origins: dict[str, Origin] = {}
    closed = _take_overrides(chosen, columns, overrides or {})
    origins.update(dict.fromkeys(chosen, "option"))
    if preset is not None:
        _take_preset(chosen, columns, preset, closed)
        origins.update(dict.fromkeys(chosen.keys() - origins.keys(), "preset"))
    aliases = _aliases(columns, preset)
    ignored = {header.casefold() for header in preset.ignore} if preset is not None else set()
    open_to_all = [each for each in columns if each.name.strip().casefold() not in ignored]
    fits = _fits(open_to_all, {column: alias for alias, column in aliases.items()})
    # The preset tells by a condition who is lost; a status column is then no flag of its own.
    if preset is not None and preset.churned_when:
        closed.add("churned")
    for _, role, column in fits:
        if role not in chosen and role not in closed and column not in chosen.values():
            chosen[role] = column
            origins[role] = "header"
    taken = set(chosen.values())
    alternatives: dict[str, tuple[Column, ...]] = {}
    for _, role, column in fits:
        if column not in taken:
            alternatives[role] = (*alternatives.get(role, ()), column)
    return Roles(chosen, alternatives, origins, _value_factor(chosen), aliases)


def find_column(name: str, columns: Iterable[Column]) -> Column | None:
    """The column of that name: exactly, or else the only one in any case; None if there is none.

    Args:
        name: what was written.
        columns: where to look.
    """
    known = list(columns)
    for column in known:
        if column.name == name:
            return column
    folded = name.strip().casefold()
    same = [column for column in known if column.name.strip().casefold() == folded]
    return same[0] if len(same) == 1 else None


def _take_overrides(
    chosen: dict[str, Column], columns: Sequence[Column], overrides: Mapping[str, str]
) -> set[str]:
    """Note the columns that the person named; the roles that no column shall play come back."""
    problems = []
    closed = set()
    for role, name in overrides.items():
        option = "--" + role.replace("_", "-")
        column = find_column(name, columns)
        if column is None and name.strip().casefold() == NONE:
            closed.add(role)
        elif column is None:
            names = [each.name for each in columns]
            hint = f"{suggest(name, names)} The columns are {name_list(names)}.".strip()
            message = f'{option} names "{printable(name, 60)}", but there is no such column.'
            problems.append(Problem("role.unknown-column", message, hint, option))
        elif column in chosen.values():
            other = next(each for each in chosen if chosen[each] == column)
            message = (
                f'{option} and --{other.replace("_", "-")} both name "{printable(name, 60)}"; a '
                "column plays one role."
            )
            hint = "A churn date alone tells who is lost: give --churned-at without --churned."
            hint = hint if {role, other} == {"churned", "churned_at"} else "Leave one out."
            problems.append(Problem("role.column-twice", message, hint, option))
        else:
            chosen[role] = column
    if problems:
        raise UsageError.of(problems)
    return closed


def _take_preset(
    chosen: dict[str, Column], columns: Sequence[Column], preset: Preset, closed: Set[str]
) -> None:
    for role, headers in preset.roles.items():
        if role in chosen or role in closed:
            continue
        for header in headers:
            column = find_column(header, columns)
            if column is not None and column not in chosen.values():
                chosen[role] = column
                break


def _aliases(columns: Sequence[Column], preset: Preset | None) -> dict[str, str]:
    """Shorter names of columns such as `industry (metadata)`, where no column has that name."""
    mark = preset.metadata_pattern if preset is not None else ""
    if not mark:
        return {}
    names = {column.name.casefold() for column in columns}
    aliases: dict[str, str] = {}
    for column in columns:
        alias = column.name.removesuffix(mark).strip().casefold()
        if alias and column.name.endswith(mark) and alias not in names:
            aliases.setdefault(alias, column.name)
    return aliases


def _fits(
    columns: Sequence[Column], aliases: Mapping[str, str]
) -> list[tuple[tuple[int, int, int, int], str, Column]]:
    """Every role and column that fit by header, the best first."""
    fits: list[tuple[tuple[int, int, int, int], str, Column]] = []
    for place, column in enumerate(columns):
        header = normalise(aliases.get(column.name, column.name))
        words = frozenset(header.split())
        for turn, role in enumerate(ROLES):
            if header in EXACT[role]:
                fits.append(((0, EXACT[role].index(header), turn, place), role, column))
            elif not words & UNLESS[role]:
                for rank, phrase in enumerate(WITHIN[role]):
                    if f" {phrase} " in f" {header} ":
                        fits.append(((1, rank, turn, place), role, column))
                        break
    return sorted(fits, key=lambda fit: fit[0])


def _value_factor(chosen: Mapping[str, Column]) -> float:
    column = chosen.get("value")
    yearly = column is not None and set(normalise(column.name).split()) & YEARLY
    return 1 / 12 if yearly else 1.0
